#include "shared/domain/forms/field_value.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "shared/base/text.h"
#include "shared/domain/identity/id_number.h"
#include "shared/domain/rules/js_text.h"

namespace yizhan::forms {

namespace {

using Json = nlohmann::json;

constexpr std::size_t k_longest_text = 2'000;  // code points
constexpr std::size_t k_most_parts = 300;
constexpr double k_largest_whole = 9007199254740992.0;  // 2^53

std::string clean(std::string const& text) { return text::prefix(text::without_controls(text), k_longest_text); }

bool is_empty(Json const& value) {
  return value.is_null() || (value.is_string() && value.get_ref<std::string const&>().empty()) ||
         (value.is_structured() && value.empty());
}

std::string text_of(Json const& object, char const* key) {
  auto const found = object.find(key);
  return found != object.end() && found->is_string() ? clean(found->get_ref<std::string const&>()) : std::string();
}

std::optional<Json> kept_texts(Field const& field, Json const& value) {
  if (!value.is_array() || value.size() > k_most_parts) return std::nullopt;
  Json all = Json::array();
  for (auto const& each : value) {
    if (!each.is_string()) return std::nullopt;
    if (std::find(all.begin(), all.end(), each) == all.end()) all.push_back(clean(each.get_ref<std::string const&>()));
  }
  // Choices stand in the order of the options, whatever was tapped first.
  auto const place = [&](Json const& one) {
    return std::find_if(field.options.begin(), field.options.end(),
                        [&](Option const& option) { return option.value == one.get_ref<std::string const&>(); });
  };
  if (field.kind == FieldKind::choices) {
    std::stable_sort(all.begin(), all.end(),
                     [&](Json const& left, Json const& right) { return place(left) < place(right); });
  }
  return all.empty() ? Json() : all;
}

std::optional<Json> kept_address(Json const& value, Divisions const* divisions) {
  if (!value.is_object()) return std::nullopt;
  Json codes = Json::array();
  Json names = Json::array();
  auto const given = value.find("codes");
  auto const given_names = value.find("names");
  if (given != value.end()) {
    constexpr std::size_t k_levels = 5;
    if (!given->is_array() || given->size() > k_levels) return std::nullopt;
    for (std::size_t i = 0; i < given->size(); ++i) {
      auto const& code = (*given)[i];
      if (!code.is_string()) return std::nullopt;
      codes.push_back(clean(code.get_ref<std::string const&>()));
      bool const named = given_names != value.end() && given_names->is_array() && i < given_names->size() &&
                         (*given_names)[i].is_string();
      auto const found = divisions ? divisions->name(codes.back().get_ref<std::string const&>()) : std::string_view{};
      names.push_back(!found.empty() ? std::string(found)
                      : named        ? clean((*given_names)[i].get_ref<std::string const&>())
                                     : std::string());
    }
  }
  auto detail = text_of(value, "detail");
  if (codes.empty() && detail.empty()) return Json();
  return Json{{"codes", std::move(codes)}, {"names", std::move(names)}, {"detail", std::move(detail)}};
}

std::optional<Json> kept_person(Json const& value) {
  if (!value.is_object()) return std::nullopt;
  auto name = text_of(value, "name");
  auto number = text_of(value, "number");
  auto document = text_of(value, "document");
  if (name.empty() && number.empty()) return Json();
  if (document.empty()) document = "id_card";
  return Json{{"name", std::move(name)}, {"document", std::move(document)}, {"number", std::move(number)}};
}

/// Whole numbers as integers: 12, not 12.0.
Json number(double value) {
  if (!std::isfinite(value)) return {};
  if (std::floor(value) == value && std::abs(value) < k_largest_whole) return static_cast<std::int64_t>(value);
  return value;
}

std::string without_spaces(std::string_view text) {
  std::string out;
  for (char const c : text::trim(text)) {
    if (c != ' ' && c != '-') out += c;
  }
  return out;
}

Json plain_text(Field const& field, std::string_view text) {
  switch (field.kind) {
    case FieldKind::number: {
      double value = 0;
      auto const [end, error] =
          std::from_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
      bool const whole = error == std::errc() && end == text.data() + text.size();
      return whole && std::isfinite(value) ? number(value) : Json(text);  // what is no number is said beside the field
    }
    case FieldKind::phone: return without_spaces(text);
    case FieldKind::id_number: return text::to_upper_ascii(without_spaces(text));
    default: return text;
  }
}

}  // namespace

std::optional<Json> kept(Field const& field, Json value, Divisions const* divisions) {
  if (field.kind == FieldKind::note) return std::nullopt;
  if (is_empty(value)) return Json();
  switch (field.kind) {
    case FieldKind::number:
      if (value.is_number()) return number(value.get<double>());
      [[fallthrough]];
    case FieldKind::text:
    case FieldKind::date:
    case FieldKind::choice:
    case FieldKind::phone:
    case FieldKind::id_number:
    case FieldKind::signature: {
      if (!value.is_string()) return std::nullopt;
      auto text = clean(value.get_ref<std::string const&>());
      return text.empty() ? Json() : Json(std::move(text));
    }
    case FieldKind::choices:
    case FieldKind::attachment: return kept_texts(field, value);
    case FieldKind::address: return kept_address(value, divisions);
    case FieldKind::person: return kept_person(value);
    case FieldKind::note: break;
  }
  return std::nullopt;
}

Json plain(Field const& field, Json const& kept) {
  if (kept.is_string()) {
    auto value = plain_text(field, text::trim(kept.get_ref<std::string const&>()));
    return is_empty(value) ? Json() : value;
  }
  auto value = kept;
  auto const trim = [&](char const* key) {
    value[key] = std::string(text::trim(value[key].get_ref<std::string const&>()));
    return value[key].get_ref<std::string const&>().empty();
  };
  if (field.kind == FieldKind::address && value.is_object()) {
    if (trim("detail") && value["codes"].empty()) return {};
  }
  if (field.kind == FieldKind::person && value.is_object()) {
    value["number"] = text::to_upper_ascii(without_spaces(value["number"].get_ref<std::string const&>()));
    if (trim("name") && value["number"].get_ref<std::string const&>().empty()) return {};
  }
  return value;
}

Json derived_value(Field const& field, Json const& result, Divisions const* divisions) {
  bool const as_text = result.is_number() && field.kind != FieldKind::number;
  auto value = kept(field, as_text ? Json(rules::js::number_text(result.get<double>())) : result, divisions);
  return value ? std::move(*value) : Json();
}

}  // namespace yizhan::forms

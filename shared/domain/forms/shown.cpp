#include <algorithm>

#include "shared/domain/forms/form_state.h"
#include "shared/domain/rules/js_text.h"

namespace yizhan::forms {

namespace {

using Json = nlohmann::json;

std::string text_of(Json const& json) { return json.is_string() ? json.get<std::string>() : std::string(); }

std::string member(Json const& object, char const* key) {
  auto const found = object.find(key);
  return found == object.end() ? std::string() : text_of(*found);
}

/// 2026年11月24日; English keeps 2026-11-24, which nobody reads the wrong way round.
std::string date_text(std::string const& text, bool chinese) {
  auto const day = calendar::BusinessDay::parse(text);
  if (!day || !chinese) return text;
  return std::to_string(static_cast<int>(day->date.year())) + "年" +
         std::to_string(static_cast<unsigned>(day->date.month())) + "月" +
         std::to_string(static_cast<unsigned>(day->date.day())) + "日";
}

std::string option_text(Field const& field, Json const& value, bool chinese) {
  auto const text = text_of(value);
  auto const found = std::find_if(field.options.begin(), field.options.end(),
                                  [&](Option const& option) { return option.value == text; });
  return found == field.options.end() ? text : found->text.in(chinese);
}

/// Chinese addresses are written without spaces; 省直辖县级行政区划 is no part of one.
std::string address_text(Json const& value, bool chinese) {
  constexpr std::string_view k_no_prefecture = "90";
  std::string out;
  auto const add = [&](std::string const& part) {
    if (part.empty()) return;
    if (!chinese && !out.empty()) out += ' ';
    out += part;
  };
  auto const names = value.find("names");
  auto const codes = value.find("codes");
  for (std::size_t i = 0; names != value.end() && names->is_array() && i < names->size(); ++i) {
    bool const coded = codes != value.end() && codes->is_array() && i < codes->size();
    auto const code = coded ? text_of((*codes)[i]) : std::string();
    if (code.size() == 4 && code.substr(2) == k_no_prefecture) continue;
    add(text_of((*names)[i]));
  }
  add(member(value, "detail"));
  return out;
}

}  // namespace

std::string shown(Field const& field, Json const& value, bool chinese) {
  std::string const separator = chinese ? "、" : ", ";
  if (value.is_number()) return rules::js::number_text(value.get<double>());
  switch (field.kind) {
    case FieldKind::date: return date_text(text_of(value), chinese);
    case FieldKind::choice: return option_text(field, value, chinese);
    case FieldKind::choices: {
      std::string out;
      for (auto const& each : value) out += (out.empty() ? "" : separator) + option_text(field, each, chinese);
      return out;
    }
    case FieldKind::address: return value.is_object() ? address_text(value, chinese) : std::string();
    case FieldKind::person: {
      if (!value.is_object()) return {};
      auto const name = member(value, "name");
      auto const number = member(value, "number");
      return name.empty() || number.empty() ? name + number : name + separator + number;
    }
    case FieldKind::text:
    case FieldKind::number:
    case FieldKind::phone:
    case FieldKind::id_number: return text_of(value);
    case FieldKind::attachment:
    case FieldKind::signature:
    case FieldKind::note: break;
  }
  return {};
}

}  // namespace yizhan::forms

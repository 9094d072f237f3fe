#include "shared/domain/forms/validate.h"

#include <algorithm>
#include <cmath>

#include "shared/base/text.h"
#include "shared/domain/forms/dates.h"
#include "shared/domain/identity/id_number.h"
#include "shared/domain/rules/js_text.h"

namespace yizhan::forms {

namespace {

using Json = nlohmann::json;
using Found = std::optional<Problem>;

constexpr std::size_t k_longest_detail = 100;
constexpr std::size_t k_longest_name = 50;

Problem problem(Field const& field, std::string code, std::vector<std::pair<std::string, std::string>> arguments = {}) {
  return {field.id, std::move(code), std::move(arguments)};
}

/// Both limits in one sentence where there are two, else the one that was broken.
Problem out_of_limits(Field const& field, std::string both, std::string const& one, std::string least,
                      std::string most) {
  if (!least.empty() && !most.empty()) {
    return problem(field, std::move(both), {{"min", std::move(least)}, {"max", std::move(most)}});
  }
  if (most.empty()) return problem(field, one + "_min", {{"min", std::move(least)}});
  return problem(field, one + "_max", {{"max", std::move(most)}});
}

Found check_text(Field const& field, std::string const& value, Judge const& judge) {
  auto const length = text::length(value);
  if ((field.min_length && length < *field.min_length) || (field.max_length && length > *field.max_length)) {
    auto const words = [](std::optional<std::size_t> limit) { return limit ? std::to_string(*limit) : std::string(); };
    return out_of_limits(field, "length", "length", words(field.min_length), words(field.max_length));
  }
  if (judge.pattern && !judge.pattern->matches(value)) return problem(field, "pattern");
  return std::nullopt;
}

Found check_number(Field const& field, Json const& value) {
  if (!value.is_number()) return problem(field, "number");
  double const number = value.get<double>();
  if ((field.minimum && number < *field.minimum) || (field.maximum && number > *field.maximum)) {
    auto const words = [](std::optional<double> limit) {
      return limit ? rules::js::number_text(*limit) : std::string();
    };
    return out_of_limits(field, "range", "range", words(field.minimum), words(field.maximum));
  }
  if (field.multiple_of && *field.multiple_of > 0) {
    // Steps like 0.1 have no exact double: off by less than a millionth of a step is on it.
    constexpr double k_slack = 1e-6;
    double const steps = number / *field.multiple_of;
    if (std::abs(steps - std::round(steps)) > k_slack) {
      return problem(field, "step", {{"step", rules::js::number_text(*field.multiple_of)}});
    }
  }
  return std::nullopt;
}

Found check_date(Field const& field, std::string const& value, Judge const& judge) {
  auto const day = calendar::BusinessDay::parse(value);
  if (!day) return problem(field, "date");
  auto const earliest = day_of(field.earliest, judge.today);
  auto const latest = day_of(field.latest, judge.today);
  if ((earliest && *day < *earliest) || (latest && *day > *latest)) {
    auto const words = [](std::optional<calendar::BusinessDay> const& limit) {
      return limit ? limit->to_string() : std::string();
    };
    return out_of_limits(field, "date_range", "date", words(earliest), words(latest));
  }
  // Where the year's holidays are not announced yet, Monday to Friday are taken for working days.
  if (field.workday && !judge.calendar->is_workday(*day)) return problem(field, "workday");
  return std::nullopt;
}

Found check_choice(Field const& field, std::string const& value, Judge const& judge) {
  bool const offered = std::any_of(judge.options->begin(), judge.options->end(),
                                   [&](Option const* option) { return option->value == value; });
  return offered ? std::nullopt : Found(problem(field, "option"));
}

/// Each code begins with the one before and is one level longer; with `divisions` all exist and the last has nothing below.
bool nests(Json const& codes, Divisions const* divisions) {
  constexpr std::size_t k_lengths[] = {2, 4, 6, 9, 12};
  if (codes.empty() || codes.size() > std::size(k_lengths)) return false;
  std::string before;
  for (std::size_t i = 0; i < codes.size(); ++i) {
    auto const& code = codes[i].get_ref<std::string const&>();
    bool const digits = std::all_of(code.begin(), code.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (!digits || code.size() != k_lengths[i] || code.substr(0, before.size()) != before) return false;
    if (divisions && divisions->find(code) == nullptr) return false;
    before = code;
  }
  return divisions == nullptr || divisions->children(before).empty();
}

Found check_address(Field const& field, Json const& value, Judge const& judge) {
  if (!nests(value["codes"], judge.divisions)) return problem(field, "address");
  auto const length = text::length(value["detail"].get_ref<std::string const&>());
  if (length >= 1 && length <= k_longest_detail) return std::nullopt;
  return problem(field, "address_detail", {{"max", std::to_string(k_longest_detail)}});
}

Found check_person(Field const& field, Json const& value) {
  auto const& name = value["name"].get_ref<std::string const&>();
  auto const& document = value["document"].get_ref<std::string const&>();
  auto const& number = value["number"].get_ref<std::string const&>();
  if (name.empty() || text::length(name) > k_longest_name) return problem(field, "person");
  if (document == "id_card") {
    return identity::check_id_number(number).valid() ? std::nullopt : Found(problem(field, "id_number"));
  }
  // Passports and other papers: 5 to 20 letters and digits.
  bool const known = document == "passport" || document == "other_document";
  bool const plausible = number.size() >= 5 && number.size() <= 20 &&
                         std::all_of(number.begin(), number.end(),
                                     [](char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z'); });
  return known && plausible ? std::nullopt : Found(problem(field, "person"));
}

/// Landlines with their area code: 010 and 02x with 8 digits, 0xxx with 7 or 8; subscribers' numbers begin with 2 to 8.
bool is_landline(std::string_view number) {
  if (number.size() < 11 || number.size() > 12 || number[0] != '0') return false;
  if (!std::all_of(number.begin(), number.end(), [](char c) { return c >= '0' && c <= '9'; })) return false;
  bool const short_area = number.substr(0, 3) == "010" || number[1] == '2';
  if (short_area ? number.size() != 11 : number[1] < '3') return false;
  char const first = number[short_area ? 3 : 4];
  return first >= '2' && first <= '8';
}

Found check_phone(Field const& field, std::string const& value) {
  bool const good = identity::normalise_phone(value).has_value() || is_landline(value);
  return good ? std::nullopt : Found(problem(field, "phone"));
}

}  // namespace

Found check(Field const& field, Json const& value, Judge const& judge) {
  auto const text = [&]() -> std::string const& { return value.get_ref<std::string const&>(); };
  switch (field.kind) {
    case FieldKind::text: return check_text(field, text(), judge);
    case FieldKind::number: return check_number(field, value);
    case FieldKind::date: return check_date(field, text(), judge);
    case FieldKind::choice: return check_choice(field, text(), judge);
    case FieldKind::choices:
      for (auto const& each : value) {
        if (auto found = check_choice(field, each.get_ref<std::string const&>(), judge)) return found;
      }
      return std::nullopt;
    case FieldKind::address: return check_address(field, value, judge);
    case FieldKind::person: return check_person(field, value);
    case FieldKind::phone: return check_phone(field, text());
    case FieldKind::id_number:
      return identity::check_id_number(text()).valid() ? std::nullopt : Found(problem(field, "id_number"));
    case FieldKind::attachment:
    case FieldKind::signature:
    case FieldKind::note: break;
  }
  return std::nullopt;
}

}  // namespace yizhan::forms

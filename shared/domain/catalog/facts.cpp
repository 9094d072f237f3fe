#include "shared/domain/catalog/facts.h"

#include "shared/domain/identity/id_number.h"

namespace yizhan::catalog {

namespace {

using calendar::BusinessDay;
using identity::IdKind;

/// What an ID number tells (GB 11643): area 6, birth 8, sequence 3 with the sex in its last digit.
struct Told {
  std::optional<BusinessDay> birth;
  std::string sex;
  std::string area;
};

Told told_by(std::string_view number) {
  auto const check = identity::check_id_number(number);
  if (!check.valid()) return {};
  if (check.kind == IdKind::citizen15) {
    auto const full = identity::upgrade_citizen15(number);
    return full ? told_by(full->view()) : Told{};
  }
  if (check.kind == IdKind::foreign2017) return {};
  Told told;
  std::string const digits(number.substr(6, 8));
  auto const birth = BusinessDay::parse(digits.substr(0, 4) + '-' + digits.substr(4, 2) + '-' + digits.substr(6, 2));
  if (birth) told.birth = *birth;
  if (check.kind == IdKind::foreign2023) return told;
  told.sex = (number[16] - '0') % 2 == 1 ? "male" : "female";
  told.area = number.substr(0, 6);
  return told;
}

/// Completed years; one born on 29 February completes them on 1 March of common years.
int full_years(BusinessDay const& birth, BusinessDay const& today) {
  int const years = static_cast<int>(today.date.year()) - static_cast<int>(birth.date.year());
  bool const before = std::pair(today.date.month(), today.date.day()) < std::pair(birth.date.month(), birth.date.day());
  return before ? years - 1 : years;
}

std::optional<int> age_of(identity::Person const& person, Told const& told, BusinessDay const& today) {
  std::optional<int> age;
  auto const birth = BusinessDay::parse(person.birth.view());
  if (birth) {
    age = full_years(*birth, today);
  } else if (told.birth) {
    age = full_years(*told.birth, today);
  } else if (auto const year = BusinessDay::parse(person.birth_year + "-01-01")) {
    age = full_years(*year, today);  // the age reached in the course of this year: nobody is turned away by it
  }
  return age && *age >= 0 ? age : std::nullopt;
}

nlohmann::json or_null(std::string_view text) { return text.empty() ? nlohmann::json() : nlohmann::json(text); }

nlohmann::json nobody() {
  return {{"known", false}, {"verified", false}, {"document", nullptr},
          {"age", nullptr}, {"sex", nullptr},    {"area", nullptr}};
}

}  // namespace

Facts::Facts()
    : data{{"answers", nlohmann::json::object()},
           {"fields", nlohmann::json::object()},
           {"person", nobody()},
           {"today", nullptr}} {}

void Facts::set_person(identity::Person const* person, BusinessDay const& today) {
  data["today"] = today.to_string();
  data["person"] = nobody();
  if (person == nullptr) return;
  auto& facts = data["person"];
  using identity::Verification;
  bool const verified = person->verification == Verification::card_read;
  facts["known"] = verified || person->verification == Verification::code;
  facts["verified"] = verified;
  facts["document"] = identity::to_string(person->kind);
  bool const id_card = person->kind == identity::DocumentKind::id_card;
  auto const told = id_card ? told_by(person->number.view()) : Told{};
  if (auto const age = age_of(*person, told, today)) facts["age"] = *age;
  facts["sex"] = or_null(person->sex.empty() ? told.sex : person->sex.view());
  facts["area"] = or_null(told.area);
}

void Facts::set_answer(std::string const& question, std::string const& choice) { data["answers"][question] = choice; }

void Facts::forget_answer(std::string const& question) { data["answers"].erase(question); }

void Facts::set_field(std::string const& field, nlohmann::json value) {
  if (value.is_null()) {
    data["fields"].erase(field);
  } else {
    data["fields"][field] = std::move(value);
  }
}

}  // namespace yizhan::catalog

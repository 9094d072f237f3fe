#include <algorithm>

#include "shared/domain/forms/live.h"
#include "shared/domain/identity/id_number.h"

namespace yizhan::forms {

namespace {

using Json = nlohmann::json;

std::string birth_of(identity::Person const& person) {
  if (!person.birth.empty()) return std::string(person.birth.view());
  if (person.kind != identity::DocumentKind::id_card) return {};
  auto const check = identity::check_id_number(person.number.view());
  bool const eighteen = check.valid() && person.number.view().size() == 18;
  if (!eighteen) return {};
  auto const digits = std::string(person.number.view().substr(6, 8));
  return digits.substr(0, 4) + '-' + digits.substr(4, 2) + '-' + digits.substr(6, 2);
}

Json address_of(Field const& field, std::string_view address, Divisions const* divisions) {
  if (field.kind != FieldKind::address) return std::string(address);
  auto const located = divisions ? divisions->locate(address) : Located{{}, std::string(address)};
  Json codes = Json::array();
  for (auto const* division : located.path) codes.push_back(division->code);
  return {{"codes", std::move(codes)}, {"detail", located.detail}};
}

/// The option that says the same: by its value or its Chinese text, with or without 族.
Json as_option(Field const& field, std::string_view value) {
  auto const same = [&](Option const& option) {
    return option.value == value || option.text.zh == value || option.text.zh == std::string(value) + "族";
  };
  auto const found = std::find_if(field.options.begin(), field.options.end(), same);
  return found == field.options.end() ? Json() : Json(found->value);
}

Json said(Field const& field, identity::Person const& person, calendar::BusinessDay const& today,
          Divisions const* divisions) {
  bool const phone = person.kind == identity::DocumentKind::phone;
  switch (field.prefill) {
    case Prefill::none: break;
    case Prefill::name: return std::string(person.name.view());
    case Prefill::number: return std::string(phone ? std::string_view{} : person.number.view());
    case Prefill::phone: return std::string(phone ? person.number.view() : std::string_view{});
    case Prefill::birth: return birth_of(person);
    case Prefill::address: return address_of(field, person.address.view(), divisions);
    case Prefill::ethnic: return std::string(person.ethnic.view());
    case Prefill::today: return today.to_string();
    case Prefill::sex:
      if (field.kind == FieldKind::choice) return std::string(person.sex.view());
      if (person.sex.view() == "male") return "男";
      if (person.sex.view() == "female") return "女";
      break;
  }
  return {};
}

}  // namespace

Json prefilled(Field const& field, identity::Person const& person, calendar::BusinessDay const& today,
               Divisions const* divisions) {
  auto value = said(field, person, today, divisions);
  if (field.kind == FieldKind::choice) {
    value = value.is_string() ? as_option(field, value.get_ref<std::string const&>()) : Json();
  }
  return kept(field, std::move(value), divisions).value_or(Json());
}

}  // namespace yizhan::forms

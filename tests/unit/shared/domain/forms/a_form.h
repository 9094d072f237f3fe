#pragma once
/// Small forms for tests, and people who fill them.
#include "shared/domain/forms/form_state.h"
#include "shared/domain/rules/json_logic.h"

namespace yizhan::forms {

inline Condition rule(char const* text) {
  return std::make_shared<rules::Rule const>(rules::Rule::parse_text(text).value());
}

inline calendar::BusinessDay day(std::string_view text) { return calendar::BusinessDay::parse(text).value(); }

inline Field field(std::string id, FieldKind kind = FieldKind::text) {
  Field made;
  made.id = std::move(id);
  made.kind = kind;
  return made;
}

inline Form form_of(std::vector<Field> fields) {
  Form form;
  form.id = "a_form";
  form.sections.push_back({});
  form.sections.back().id = "one";
  form.sections.back().fields = std::move(fields);
  return form;
}

inline FormState fill(Form const& form, Divisions const* divisions = nullptr) {
  static calendar::HolidayCalendar const calendar;
  return FormState(form, {}, day("2026-11-24"), calendar, divisions);
}

/// 张三 as the reader gives him.
inline identity::Person zhang_san() {
  identity::Person person;
  person.number = SecretText("420106199003070016");
  person.name = SecretText("张三");
  person.birth = SecretText("1990-03-07");
  person.address = SecretText("湖北省武汉市武昌区示例路12号3栋1单元501室");
  person.sex = SecretText("male");
  person.ethnic = SecretText("汉");
  person.verification = identity::Verification::card_read;
  return person;
}

inline std::vector<std::string> codes(std::vector<Problem> const& problems) {
  std::vector<std::string> all;
  for (auto const& problem : problems) all.push_back(problem.field + ":" + problem.code);
  return all;
}

}  // namespace yizhan::forms

#pragma once
/// A form being filled: values, what is visible and required now, what is wrong. Every change re-evaluates the conditions
/// (300 fields with a condition each: ≤ 2 ms). Pure; thread: ui or store.
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "shared/domain/calendar/workdays.h"
#include "shared/domain/catalog/facts.h"
#include "shared/domain/forms/form.h"

namespace yizhan::forms {

/// What is wrong with a field: a translation key "form.problem.<code>" with named arguments, or the field's own message.
struct Problem {
  std::string field;
  std::string code;  // empty, length, pattern, number, range, step, date, date_range, workday, option, address, person, phone,
                     // id_number, rule
  std::vector<std::pair<std::string, std::string>> arguments;
};

class FormState {
 public:
  /// All outlive the state. `facts` holds person and answers; its fields are this state's to write.
  FormState(Form const& form, catalog::Facts facts, calendar::BusinessDay today,
            calendar::HolidayCalendar const& calendar);

  /// Fills from the person what the fields say, where they are empty.
  void prefill(identity::Person const& person);
  /// Takes the values of a draft; what the form no longer has, or of another kind, is left out.
  void restore(nlohmann::json const& fields);
  /// null or "" empties. A locked or derived field is not changed.
  void set(std::string_view field, nlohmann::json value);
  /// New answers (guidance) may change conditions.
  void set_answers(nlohmann::json const& answers);

  [[nodiscard]] Form const& form() const { return *m_form; }
  [[nodiscard]] catalog::Facts const& facts() const { return m_facts; }
  [[nodiscard]] nlohmann::json const& value(std::string_view field) const;  // null where empty
  [[nodiscard]] bool visible(Field const& field) const;
  [[nodiscard]] bool visible(Section const& section) const;
  [[nodiscard]] bool required(Field const& field) const;
  /// Prefilled from a read card and not to be changed, or derived.
  [[nodiscard]] bool fixed(Field const& field) const;
  [[nodiscard]] std::vector<Option const*> options(Field const& field) const;
  /// Sections to show, in order.
  [[nodiscard]] std::vector<Section const*> sections() const;
  [[nodiscard]] std::vector<Problem> problems(Section const& section) const;
  /// Of everything visible.
  [[nodiscard]] std::vector<Problem> problems() const;
  /// Visible values only: what is applied with, and drafted.
  [[nodiscard]] nlohmann::json fields() const;

 private:
  void evaluate();
  Form const* m_form;
  catalog::Facts m_facts;
  calendar::BusinessDay m_today;
  calendar::HolidayCalendar const* m_calendar;
  struct Live;
  std::shared_ptr<Live> m_live;
};

/// One value as people read it, in the language asked for; "" where empty.
[[nodiscard]] std::string shown(Field const& field, nlohmann::json const& value, bool chinese);

}  // namespace yizhan::forms

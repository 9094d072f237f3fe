#pragma once
/// A form being filled: values, what is visible and required now, what is wrong. Every change re-evaluates the conditions
/// that depend on it (300 fields with a condition each: ≤ 2 ms). Pure; thread: ui or store.
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "shared/domain/calendar/workdays.h"
#include "shared/domain/catalog/facts.h"
#include "shared/domain/forms/divisions.h"
#include "shared/domain/forms/form.h"

namespace yizhan::forms {

/// What is wrong with a field: a translation key "form.problem.<code>" with named arguments, or the field's own message
/// (codes pattern and rule, where it has one).
struct Problem {
  std::string field;
  /// empty, pattern, number, step {step}, date, workday, option, address, address_detail {max}, person, phone, id_number,
  /// rule; length {min} {max}, range {min} {max} and date_range {min} {max} where the field has both limits, else length_min,
  /// length_max, range_min, range_max, date_min, date_max with the one that was broken.
  std::string code;
  std::vector<std::pair<std::string, std::string>> arguments;
};

class FormState {
 public:
  /// All outlive the state. `facts` holds person and answers; its fields are this state's to write. Without `divisions` the
  /// codes of an address must only nest.
  FormState(Form const& form, catalog::Facts facts, calendar::BusinessDay today,
            calendar::HolidayCalendar const& calendar, Divisions const* divisions = nullptr);
  FormState(FormState const& other);
  FormState& operator=(FormState const& other);
  FormState(FormState&&) noexcept;
  FormState& operator=(FormState&&) noexcept;
  ~FormState();

  /// Fills from the person what the fields say, where they are empty; what a read card says of a locked field always.
  void prefill(identity::Person const& person);
  /// Takes the values of a draft; what the form no longer has, is fixed or of another kind, is left out.
  void restore(nlohmann::json const& fields);
  /// Text is taken as typed, also for numbers, phones and ID numbers; an address needs codes and detail, its names are
  /// looked up. null, "", [] and {} empty. A fixed field, and what has another shape than the kind's, change nothing.
  void set(std::string_view field, nlohmann::json value);
  /// New answers (guidance) may change conditions.
  void set_answers(nlohmann::json const& answers);

  [[nodiscard]] Form const& form() const { return *m_form; }
  [[nodiscard]] catalog::Facts const& facts() const { return m_facts; }
  /// As it was set; null where empty or hidden. A hidden field's value comes back when it is shown again.
  [[nodiscard]] nlohmann::json const& value(std::string_view field) const;
  [[nodiscard]] bool visible(Field const& field) const;
  /// Its condition holds and so does that of one of its fields.
  [[nodiscard]] bool visible(Section const& section) const;
  [[nodiscard]] bool required(Field const& field) const;
  /// Prefilled from a read card and not to be changed, or derived.
  [[nodiscard]] bool fixed(Field const& field) const;
  [[nodiscard]] std::vector<Option const*> options(Field const& field) const;
  /// Sections to show, in order.
  [[nodiscard]] std::vector<Section const*> sections() const;
  /// Attachments and signatures are not judged here: other steps fill them.
  [[nodiscard]] std::vector<Problem> problems(Section const& section) const;
  /// Of everything visible.
  [[nodiscard]] std::vector<Problem> problems() const;
  /// Visible values only, as conditions see them: what is applied with, and drafted. Text without spaces around it, numbers as
  /// numbers, phones and ID numbers without separators, wherever they can be read as such.
  [[nodiscard]] nlohmann::json fields() const;

 private:
  void evaluate();
  void evaluate_all();
  bool evaluate_field(std::size_t index);
  bool evaluate_section(std::size_t index);
  void judge(std::size_t index);

  Form const* m_form;
  catalog::Facts m_facts;
  calendar::BusinessDay m_today;
  calendar::HolidayCalendar const* m_calendar;
  Divisions const* m_divisions;
  struct Live;
  std::unique_ptr<Live> m_live;
};

/// One value as people read it, in the language asked for; "" where empty.
[[nodiscard]] std::string shown(Field const& field, nlohmann::json const& value, bool chinese);

}  // namespace yizhan::forms

#pragma once
/// Whether conditions can hold and can fail, by trying what may be answered: every choice of the questions they ask about,
/// values around the constants they compare a person's facts and a form's fields with, and the limits of numbers.
#include <set>

#include "shared/domain/catalog/draft.h"

namespace yizhan::catalog {

/// What conditions of one place may ask about.
struct Scope {
  std::vector<Question const*> questions;  // answered before
  bool answers_may_lack = false;           // a form is also filled where a question was not put
  std::vector<forms::Form const*> forms;   // whose fields are known
  bool sound = true;                       // no fault among the questions that others would follow from
};

class Reach {
 public:
  Reach(Draft const& draft, Scope const& scope) : m_draft(draft), m_scope(scope) {}

  enum class Answer { unknown, never, always, sometimes };
  [[nodiscard]] Answer of(Condition const& condition);
  /// For each condition whether some case makes it the first that holds; all true where there are too many cases.
  [[nodiscard]] std::vector<bool> first_to_hold(std::vector<Condition> const& conditions);

 private:
  struct Variable {
    std::string name;  // "answers.lost"
    std::vector<Json> values;
  };
  /// Calls `visit(data)` with the facts of each case until it answers false. False: too many cases.
  template <class Visit>
  bool each_case(std::vector<Condition> const& conditions, Visit&& visit);
  void need(Condition const& condition);
  void need_name(std::string const& name);
  std::vector<Json> values_of(std::string const& name) const;
  std::vector<Json> values_of_field(std::string const& name) const;

  Draft const& m_draft;
  Scope const& m_scope;
  std::vector<Variable> m_variables;
  std::vector<Question const*> m_questions;  // that are needed
  std::set<std::string> m_texts;             // constants of the conditions
  std::set<double> m_numbers;
};

}  // namespace yizhan::catalog

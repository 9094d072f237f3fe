#include <algorithm>

#include "shared/domain/catalog/codes.h"
#include "shared/domain/catalog/reach.h"
#include "shared/domain/catalog/rule_names.h"

namespace yizhan::catalog {

namespace {

using forms::FieldKind;

forms::Field const* field_of(Scope const& scope, std::string_view id) {
  for (auto const* form : scope.forms) {
    for (auto const& section : form->sections) {
      for (auto const& field : section.fields) {
        if (field.id == id) return &field;
      }
    }
  }
  return nullptr;
}

/// "" or what is wrong with a name.
std::string fault_of(Scope const& scope, std::string const& name) {
  if (name == "today") return "";
  auto const dot = name.find('.');
  auto const kind = name.substr(0, dot);
  auto const rest = dot == name.npos ? std::string() : name.substr(dot + 1);
  if (kind == "person") {
    bool const known = std::find(std::begin(codes::person_facts), std::end(codes::person_facts), rest) !=
                       std::end(codes::person_facts);
    return known ? "" : "no such fact of a person: " + rest;
  }
  if (kind == "answers") {
    bool const known = std::any_of(scope.questions.begin(), scope.questions.end(),
                                   [&](Question const* question) { return question->id == rest; });
    return known ? "" : "no question of that id is asked before: " + rest;
  }
  if (kind != "fields") return "no such fact: " + name;
  auto const part = rest.find('.');
  auto const* const field = field_of(scope, rest.substr(0, part));
  if (field == nullptr) return "no such field: " + rest;
  bool const has_parts = field->kind == FieldKind::address || field->kind == FieldKind::person ||
                         field->kind == FieldKind::choices || field->kind == FieldKind::attachment;
  return part == rest.npos || has_parts ? "" : "a field of this kind has no parts: " + rest;
}

/// Whether a value can be what `name` is: only choices are a closed list.
bool can_be(Scope const& scope, std::string const& name, Json const& value) {
  bool closed = false;
  bool found = false;
  auto const* const text = value.get_ptr<std::string const*>();
  for (auto const* question : scope.questions) {
    if ("answers." + question->id != name) continue;
    closed = true;
    for (auto const& choice : question->choices) found = found || (text != nullptr && choice.id == *text);
  }
  if (name.compare(0, 7, "fields.") == 0) {
    auto const* const field = field_of(scope, name.substr(7));
    if (field != nullptr && (field->kind == FieldKind::choice || field->kind == FieldKind::choices)) {
      closed = true;
      for (auto const& option : field->options) found = found || (text != nullptr && option.value == *text);
    }
  }
  return !closed || found;
}

class Conditions {
 public:
  explicit Conditions(Draft& draft) : m_draft(draft) {}

  void all() {
    auto const& catalog = m_draft.catalog;
    for (std::size_t i = 0; i < catalog.items.size(); ++i) {
      auto const& item = catalog.items[i];
      auto scope = scope_of({&item, nullptr});
      scope.sound = matter(at("/items", i), {&item, nullptr});
      for (auto const& material : item.materials) judge(material.when, scope, "the material is never asked for");
    }
    for (std::size_t i = 0; i < catalog.bundles.size(); ++i) {
      auto const& bundle = catalog.bundles[i];
      auto scope = scope_of({nullptr, &bundle});
      scope.sound = matter(at("/bundles", i), {nullptr, &bundle});
      for (auto const& part : bundle.parts) judge(part.when, scope, "the part is never done");
    }
    for (auto const& form : catalog.forms) this->form(form);
  }

 private:
  Scope scope_of(Matter const& matter) const {
    Scope scope;
    for (auto const& question : matter.questions()) scope.questions.push_back(&question);
    if (auto const* const form = m_draft.catalog.form(matter.form())) scope.forms.push_back(form);
    return scope;
  }

  /// Whether each of its questions can be asked.
  bool matter(std::string const& pointer, Matter const& matter) {
    Scope before;
    for (auto const& question : matter.questions()) {
      before.sound = judge(question.when, before, "the question is never asked") && before.sound;
      before.questions.push_back(&question);
    }
    std::vector<Condition> conditions;
    bool sound = before.sound;
    for (auto const& outcome : matter.outcomes()) {
      // "Always" is judged below: only the last may.
      sound = judge(outcome.when, before, "the outcome is never reached", false) && sound;
      conditions.push_back(outcome.when);
    }
    if (!sound) return before.sound;
    auto const first = Reach(m_draft, before).first_to_hold(conditions);
    for (std::size_t i = 0; i < first.size(); ++i) {
      if (!first[i])
        m_draft.report(at(pointer + "/outcomes", i), "is never reached: others before it hold whenever it does");
    }
    return true;
  }

  void form(forms::Form const& form) {
    Scope scope;
    scope.forms = {&form};
    scope.answers_may_lack = true;
    auto const add = [&](Matter const& matter) {
      if (matter.form() != form.id) return;
      for (auto const& question : matter.questions()) scope.questions.push_back(&question);
    };
    for (auto const& item : m_draft.catalog.items) add({&item, nullptr});
    for (auto const& bundle : m_draft.catalog.bundles) add({nullptr, &bundle});
    for (auto const& section : form.sections) {
      judge(section.visible, scope, "the section is never shown");
      for (auto const& field : section.fields) {
        judge(field.visible, scope, "the field is never shown");
        judge(field.required_when, scope, "the field is never required");
        judge(field.valid, scope, "no value is good", false);
        check_names(field.derived, scope);
        for (auto const& option : field.options) judge(option.when, scope, "the option is never offered");
      }
    }
  }

  /// False where something is wrong with the condition.
  bool judge(Condition const& condition, Scope const& scope, char const* never, bool warn_always = true) {
    if (!condition) return true;
    if (!check_names(condition, scope)) return false;
    if (!scope.sound) return true;
    auto const answer = Reach(m_draft, scope).of(condition);
    auto const pointer = m_draft.written.at(condition.get()).pointer;
    if (answer == Reach::Answer::never) say(pointer, std::string("can never hold: ") + never, true);
    if (answer == Reach::Answer::always && warn_always) say(pointer, "always holds", false);
    return answer != Reach::Answer::never;
  }

  bool check_names(Condition const& condition, Scope const& scope) {
    if (!condition) return true;
    auto const& written = m_draft.written.at(condition.get());
    auto const names = names_in(*written.logic, written.pointer);
    bool good = true;
    for (auto const& pointer : names.computed) say(pointer, "a computed name cannot be checked", false);
    for (auto const& [name, pointer] : names.named) {
      auto const fault = name.empty() ? "names no fact" : fault_of(scope, name);
      if (fault.empty()) continue;
      say(pointer, fault, true);
      good = false;
    }
    for (auto const& [name, literal, pointer] : names.compared) {
      if (can_be(scope, name, *literal)) continue;
      say(pointer, "no choice of " + name, true);
      good = false;
    }
    return good;
  }

  /// A condition of a common material is judged for each item that asks for it, and named once.
  void say(std::string const& pointer, std::string const& what, bool error) {
    if (!m_said.insert(pointer + ": " + what).second) return;
    error ? m_draft.report(pointer, what) : m_draft.warn(pointer, what);
  }

  Draft& m_draft;
  std::set<std::string> m_said;
};

}  // namespace

void check_conditions(Draft& draft) { Conditions(draft).all(); }

}  // namespace yizhan::catalog

#include "shared/domain/catalog/reach.h"

#include <algorithm>
#include <set>

#include "shared/domain/catalog/facts.h"

namespace yizhan::catalog {

namespace {

constexpr std::size_t k_most_cases = 4'096;

bool holds(Condition const& condition, Json const& data) {
  if (!condition) return true;
  auto const result = condition->test(data);
  return result && *result;
}

/// Where "fields.address.codes.2" stands in the facts, made where it is not there.
Json& place_of(Json& data, std::string_view name) {
  auto* place = &data;
  while (!name.empty()) {
    auto const dot = name.find('.');
    if (!place->is_object()) *place = Json::object();
    place = &(*place)[std::string(name.substr(0, dot))];
    name = dot == name.npos ? std::string_view{} : name.substr(dot + 1);
  }
  return *place;
}

bool begins(std::string_view text, std::string_view front) { return text.substr(0, front.size()) == front; }

void collect(Json const& logic, std::set<std::string>& texts, std::set<double>& numbers) {
  if (logic.is_string()) texts.insert(logic.get<std::string>());
  if (logic.is_number()) numbers.insert(logic.get<double>());
  if (logic.is_structured()) {
    for (auto const& each : logic) collect(each, texts, numbers);  // rules are at most 32 deep
  }
}

/// For limits that a number field does not have: fields that are compared with each other must be able to differ.
constexpr double k_small = 1;
constexpr double k_large = 1'000'000;

Json whole(double number) {
  return number == static_cast<double>(static_cast<std::int64_t>(number)) ? Json(static_cast<std::int64_t>(number))
                                                                          : Json(number);
}

}  // namespace

void Reach::need(Condition const& condition) {
  if (!condition) return;
  auto const written = m_draft.written.find(condition.get());
  if (written != m_draft.written.end()) collect(*written->second.logic, m_texts, m_numbers);
  for (auto const& name : condition->variables()) need_name(name);
}

void Reach::need_name(std::string const& name) {
  auto const known = [&](Variable const& variable) { return variable.name == name; };
  if (std::any_of(m_variables.begin(), m_variables.end(), known)) return;
  m_variables.push_back({name, {}});
  if (!begins(name, "answers.")) return;
  for (auto const* question : m_scope.questions) {
    if ("answers." + question->id != name) continue;
    if (std::find(m_questions.begin(), m_questions.end(), question) != m_questions.end()) continue;
    m_questions.push_back(question);
    need(question->when);
  }
}

std::vector<Json> Reach::values_of_field(std::string const& name) const {
  std::vector<Json> values{nullptr};
  auto const id = name.substr(name.find('.') + 1);
  forms::Field const* field = nullptr;
  for (auto const* form : m_scope.forms) {
    for (auto const& section : form->sections) {
      for (auto const& each : section.fields) {
        if (each.id == id) field = &each;
      }
    }
  }
  using forms::FieldKind;
  auto const kind = field ? field->kind : FieldKind::text;  // a part of an address or a person is text
  if (kind == FieldKind::choice) {
    for (auto const& option : field->options) values.emplace_back(option.value);
  } else if (kind == FieldKind::choices) {
    auto all = Json::array();
    for (auto const& option : field->options) {
      values.push_back(Json::array({option.value}));
      all.push_back(option.value);
    }
    values.push_back(std::move(all));
  } else if (kind == FieldKind::attachment || kind == FieldKind::signature) {
    values.push_back(Json::array({"x"}));
  } else if (kind == FieldKind::number) {
    std::set<double> numbers{0, field->minimum.value_or(k_small), field->maximum.value_or(k_large)};
    for (double const number : m_numbers) numbers.insert({number - 1, number, number + 1});
    for (double const number : numbers) values.push_back(whole(number));
  } else {
    for (auto const& text : m_texts) values.emplace_back(text);
    for (double const number : m_numbers) values.push_back(whole(number).dump());
    for (auto const* text : {"0", "x", "0001-01-01", "9999-12-31"}) values.emplace_back(text);
  }
  return values;
}

std::vector<Json> Reach::values_of(std::string const& name) const {
  std::vector<Json> values;
  if (begins(name, "answers.")) {
    std::set<std::string> ids;
    for (auto const* question : m_scope.questions) {
      if ("answers." + question->id != name) continue;
      for (auto const& choice : question->choices) {
        if (ids.insert(choice.id).second) values.emplace_back(choice.id);
      }
    }
    if (m_scope.answers_may_lack || values.empty()) values.emplace_back(nullptr);
    return values;
  }
  if (begins(name, "fields.")) return values_of_field(name);
  if (name == "person.known" || name == "person.verified") return {true, false};
  if (name == "person.sex") return {"male", "female", nullptr};
  if (name == "person.document") {
    using identity::DocumentKind;
    for (auto const kind :
         {DocumentKind::id_card, DocumentKind::passport, DocumentKind::phone, DocumentKind::other_document}) {
      values.emplace_back(identity::to_string(kind));
    }
    values.emplace_back(nullptr);
    return values;
  }
  if (name == "person.age") {
    std::set<double> ages{0, 120};
    for (double const number : m_numbers) {
      for (double const near : {number - 1, number, number + 1}) {
        if (near >= 0 && near <= 130) ages.insert(near);
      }
    }
    for (double const age : ages) values.push_back(whole(age));
    values.emplace_back(nullptr);
    return values;
  }
  if (name == "today") {
    values = {"0001-01-01", "9999-12-31"};
    for (auto const& text : m_texts) {
      if (calendar::BusinessDay::parse(text)) values.emplace_back(text);
    }
    return values;
  }
  values = {"000000", nullptr};  // person.area, of which parts may be compared
  for (auto const& text : m_texts) {
    values.emplace_back(text);
    if (text.size() < 6 && text.find_first_not_of("0123456789") == text.npos) {
      values.emplace_back(text + std::string(6 - text.size(), '0'));
    }
  }
  return values;
}

template <class Visit>
bool Reach::each_case(std::vector<Condition> const& conditions, Visit&& visit) {
  m_variables.clear();
  m_questions.clear();
  m_texts.clear();
  m_numbers.clear();
  for (auto const& condition : conditions) {
    if (condition && condition->dynamic()) return false;
    need(condition);
  }
  std::size_t cases = 1;
  for (auto& variable : m_variables) {
    variable.values = values_of(variable.name);
    if (variable.values.size() > k_most_cases) return false;
    cases *= variable.values.size();
    if (cases > k_most_cases) return false;
  }
  // In the order of the catalogue, so that a question's own condition is decided before it.
  std::vector<Question const*> asked;
  for (auto const* question : m_scope.questions) {
    if (std::find(m_questions.begin(), m_questions.end(), question) != m_questions.end()) asked.push_back(question);
  }
  auto const blank = Facts().data;
  for (std::size_t number = 0; number < cases; ++number) {
    auto data = blank;
    auto rest = number;
    for (auto const& variable : m_variables) {
      place_of(data, variable.name) = variable.values[rest % variable.values.size()];
      rest /= variable.values.size();
    }
    for (auto const* question : asked) {
      if (!holds(question->when, data)) data["answers"][question->id] = nullptr;
    }
    if (!visit(data)) return true;
  }
  return true;
}

Reach::Answer Reach::of(Condition const& condition) {
  bool can_hold = false;
  bool can_fail = false;
  bool const tried = each_case({condition}, [&](Json const& data) {
    (holds(condition, data) ? can_hold : can_fail) = true;
    return !(can_hold && can_fail);
  });
  if (!tried) return Answer::unknown;
  if (!can_hold) return Answer::never;
  return can_fail ? Answer::sometimes : Answer::always;
}

std::vector<bool> Reach::first_to_hold(std::vector<Condition> const& conditions) {
  std::vector<bool> first(conditions.size(), false);
  bool const tried = each_case(conditions, [&](Json const& data) {
    auto const found = std::find_if(conditions.begin(), conditions.end(),
                                    [&](Condition const& condition) { return holds(condition, data); });
    if (found != conditions.end()) first[static_cast<std::size_t>(found - conditions.begin())] = true;
    return !std::all_of(first.begin(), first.end(), [](bool each) { return each; });
  });
  if (!tried) first.assign(conditions.size(), true);
  return first;
}

}  // namespace yizhan::catalog

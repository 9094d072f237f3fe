#include "shared/domain/forms/form_state.h"

#include "shared/domain/forms/live.h"
#include "shared/domain/rules/json_logic.h"

namespace yizhan::forms {

namespace {

using Json = nlohmann::json;

/// A rule that gives up (too long, a bad operand) decides nothing: `otherwise` stands.
bool holds(Condition const& condition, Json const& facts, bool otherwise) {
  if (!condition) return true;
  auto const result = condition->test(facts);
  return result ? *result : otherwise;
}

/// Rules that read each other in a circle are refused with the catalogue; should they come, they stop here.
constexpr int k_most_passes = 8;

}  // namespace

FormState::FormState(Form const& form, catalog::Facts facts, calendar::BusinessDay today,
                     calendar::HolidayCalendar const& calendar, Divisions const* divisions)
    : m_form(&form),
      m_facts(std::move(facts)),
      m_today(today),
      m_calendar(&calendar),
      m_divisions(divisions),
      m_live(std::make_unique<Live>()) {
  auto plan = std::make_shared<Plan>(make_plan(form));
  m_live->values.resize(plan->fields.size());
  m_live->sections.resize(form.sections.size());
  m_live->plan = std::move(plan);
  m_facts.data["fields"] = Json::object();
  m_facts.data["today"] = today.to_string();
  evaluate_all();
}

FormState::FormState(FormState const& other)
    : m_form(other.m_form),
      m_facts(other.m_facts),
      m_today(other.m_today),
      m_calendar(other.m_calendar),
      m_divisions(other.m_divisions),
      m_live(std::make_unique<Live>(*other.m_live)) {}

FormState& FormState::operator=(FormState const& other) {
  if (this != &other) *this = FormState(other);
  return *this;
}

FormState::FormState(FormState&&) noexcept = default;
FormState& FormState::operator=(FormState&&) noexcept = default;
FormState::~FormState() = default;

void FormState::prefill(identity::Person const& person) {
  bool const from_card = person.verification == identity::Verification::card_read;
  for (std::size_t i = 0; i < m_live->values.size(); ++i) {
    auto const& field = *m_live->plan->fields[i].field;
    auto& value = m_live->values[i];
    if (field.derived || field.prefill == Prefill::none) continue;
    auto filled = prefilled(field, person, m_today, m_divisions);
    if (filled.is_null()) continue;
    bool const locked = field.locked && from_card && field.prefill != Prefill::today;
    if (locked || value.raw.is_null()) value.raw = std::move(filled);
    value.locked = locked;
  }
  evaluate_all();
}

void FormState::restore(Json const& fields) {
  if (!fields.is_object()) return;
  for (auto const& member : fields.items()) {
    auto const i = m_live->plan->find(member.key());
    if (!i || fixed(*m_live->plan->fields[*i].field)) continue;
    auto value = kept(*m_live->plan->fields[*i].field, member.value(), m_divisions);
    if (value) m_live->values[*i].raw = std::move(*value);
  }
  evaluate_all();
}

void FormState::set(std::string_view field, Json value) {
  auto const i = m_live->plan->find(field);
  if (!i || fixed(*m_live->plan->fields[*i].field)) return;
  auto accepted = kept(*m_live->plan->fields[*i].field, std::move(value), m_divisions);
  if (!accepted || *accepted == m_live->values[*i].raw) return;
  m_live->values[*i].raw = std::move(*accepted);
  m_live->due[*i] = true;
  evaluate();
}

void FormState::set_answers(Json const& answers) {
  m_facts.data["answers"] = answers.is_object() ? answers : Json::object();
  evaluate_all();
}

void FormState::evaluate_all() {
  m_live->due.assign(m_live->plan->order.size(), true);
  m_live->judge.assign(m_live->values.size(), true);
  evaluate();
}

void FormState::evaluate() {
  auto& live = *m_live;
  auto const& plan = *live.plan;
  bool again = true;
  for (int pass = 0; again && pass < k_most_passes; ++pass) {
    again = false;
    for (auto const node : plan.order) {
      if (!live.due[node]) continue;
      live.due[node] = false;
      bool const is_field = node < live.values.size();
      bool const changed = is_field ? evaluate_field(node) : evaluate_section(node - live.values.size());
      if (!changed) continue;
      for (auto const reader : plan.readers[node]) {
        live.due[reader] = true;
        again = again || plan.position[reader] <= plan.position[node];
      }
    }
  }
  live.due.assign(live.due.size(), false);
  for (std::size_t i = 0; i < live.values.size(); ++i) {
    if (live.judge[i]) judge(i);
    live.judge[i] = false;
  }
}

bool FormState::evaluate_section(std::size_t index) {
  bool const shown = holds(m_form->sections[index].visible, m_facts.data, true);
  bool const changed = shown != m_live->sections[index];
  m_live->sections[index] = shown;
  return changed;
}

/// Whether readers see another value than before.
bool FormState::evaluate_field(std::size_t index) {
  auto& value = m_live->values[index];
  auto const& entry = m_live->plan->fields[index];
  auto const& field = *entry.field;
  value.visible = m_live->sections[entry.section] && holds(field.visible, m_facts.data, true);
  if (value.visible && field.derived) {
    auto const result = field.derived->evaluate(m_facts.data);
    value.raw = result ? derived_value(field, *result, m_divisions) : Json();
  }
  m_live->judge[index] = true;
  auto seen = value.visible ? plain(field, value.raw) : Json();
  if (seen == value.seen) return false;
  m_facts.set_field(field.id, seen);
  value.seen = std::move(seen);
  for (auto const asker : m_live->plan->askers[index]) m_live->judge[asker] = true;
  return true;
}

/// Whether it is needed, what may be chosen, what is wrong.
void FormState::judge(std::size_t index) {
  auto& value = m_live->values[index];
  auto const& entry = m_live->plan->fields[index];
  auto const& field = *entry.field;
  value.problems.clear();
  value.options.clear();
  value.required = false;
  if (!value.visible || field.kind == FieldKind::note) return;
  auto const& facts = m_facts.data;
  for (auto const& option : field.options) {
    if (holds(option.when, facts, true)) value.options.push_back(&option);
  }
  value.required = field.required_when ? holds(field.required_when, facts, field.required) : field.required;
  bool const elsewhere = field.kind == FieldKind::attachment || field.kind == FieldKind::signature;
  if (value.seen.is_null()) {
    // A derived value is missing because another field is: that one says so.
    if (value.required && !elsewhere && !field.derived) value.problems.push_back({field.id, "empty", {}});
    return;
  }
  auto const* const pattern = entry.pattern ? &*entry.pattern : nullptr;
  if (auto found = check(field, value.seen, {m_today, m_calendar, m_divisions, pattern, &value.options})) {
    value.problems.push_back(std::move(*found));
  } else if (!holds(field.valid, facts, false)) {
    value.problems.push_back({field.id, "rule", {}});
  }
}

}  // namespace yizhan::forms

// One section of a form: its fields, and below them (or beside) what the chosen one is filled in with.
#include <algorithm>

#include "kiosk/resident/form_drawing.h"
#include "shared/base/secret.h"

namespace yizhan::resident {

using flows::matter::FieldChosen;
using forms::FieldKind;
using Field = forms::Field;

FormDrawing::FormDrawing(Canvas const& canvas, flows::MatterFlow const& flow, flows::matter::FormPage const& state)
    : m_canvas(canvas),
      m_ui(canvas.ui),
      m_flow(flow),
      m_form(*flow.form()),
      m_state(state),
      m_section(*flow.section()) {
  for (auto const& field : m_section.fields) {
    if (!m_form.visible(field)) continue;
    m_fields.push_back(&field);
    if (field.id == state.field && !m_form.fixed(field)) m_active = &field;
  }
  follow_flow();
}

void FormDrawing::draw() {
  if (m_active == nullptr) return ui::scroll(m_ui, m_canvas.sub("fields"), 0, [&] { fields(); });
  auto const editor_content = [&] { editor(); };
  if (!m_canvas.portrait()) {
    ui::columns(m_ui, {1, 1}, [&](std::size_t column) {
      if (column == 0)
        ui::scroll(m_ui, m_canvas.sub("fields"), 0, [&] { fields(); });
      else
        ui::scroll(m_ui, m_canvas.sub("editor"), 0, editor_content);
    });
    return;
  }
  constexpr float k_least = 0.4F;  // of the page belongs to the fields
  float const all = ui::height_left(m_ui);
  float const gap = m_ui.metrics().gap_mm();
  float const wanted = ui::measure(m_ui, editor_content);
  float const above = std::max(all * k_least, all - wanted - gap * 1.5F);
  ui::scroll(m_ui, m_canvas.sub("fields"), above, [&] { fields(); });
  if (wanted <= all - above - gap)
    editor_content();
  else
    ui::scroll(m_ui, m_canvas.sub("editor"), all - above - gap, editor_content);
}

std::string const& FormDrawing::active_part() const { return m_canvas.memory.active; }

bool FormDrawing::typed(Field const& field) const {
  return field.kind == FieldKind::text || field.kind == FieldKind::number || field.kind == FieldKind::phone ||
         field.kind == FieldKind::id_number || field.kind == FieldKind::date;
}

std::string FormDrawing::first_part(Field const& field) const {
  return field.kind == FieldKind::person ? field_key(field.id, "name") : field_key(field.id);
}

/// The flow says which field; which part of it (name or number, district or house) is the page's own.
void FormDrawing::follow_flow() {
  auto& active = m_canvas.memory.active;
  if (m_active != nullptr) {
    auto const key = field_key(m_active->id);
    bool const inside = active == key || active.starts_with(key + ".");
    if (inside) return;
    active = first_part(*m_active);
    m_ui.focus(active, false);
    return;
  }
  active.clear();
  if (!m_canvas.memory.entered || !m_state.problems.empty()) return;
  // The first empty field, where it is one to type into: its keyboard is there at once.
  for (auto const* field : m_fields) {
    if (!is_answer(*field) || m_form.fixed(*field) || !m_form.value(field->id).is_null()) continue;
    if (typed(*field)) m_canvas.emit(FieldChosen{field->id});
    return;
  }
}

/// The focus went into a field: it gets the keyboard.
void FormDrawing::follow_focus(Field const& field, std::string const& key) {
  if (m_ui.measuring() || m_ui.focused() != key) return;
  if (m_state.field != field.id) m_canvas.emit(FieldChosen{field.id});
  m_canvas.memory.active = key;
}

/// What is typed into; follows the flow's value while somebody else is being typed into.
ui::TextBuffer& FormDrawing::buffer(std::string const& key, std::string value) {
  auto [found, fresh] = m_canvas.memory.fields.try_emplace(key);
  if (fresh || (key != active_part() && found->second.view() != value)) found->second.set(value);
  scrub(value);
  return found->second;
}

std::string FormDrawing::error_of(Field const& field) const {
  for (auto const& problem : m_state.problems) {
    if (problem.field == field.id) return problem_text(m_canvas, field, problem);
  }
  return {};
}

std::string FormDrawing::label_of(Field const& field) const {
  auto const& label = m_canvas.in(field.label);
  return m_form.required(field) ? label : m_ui.tr("resident.form.optional", fmt::arg("label", label));
}

void FormDrawing::fields() {
  summary();
  if (!m_flow.draft_problem().empty()) problem_banner(m_canvas, "not_saved", m_flow.draft_problem());
  for (auto const* field : m_fields) draw_field(*field);
}

void FormDrawing::summary() {
  if (m_state.problems.empty()) return;
  std::vector<std::string> texts;
  std::vector<std::string> keys;
  std::vector<ui::ErrorEntry> entries;
  std::vector<Field const*> wrong;
  for (auto const* field : m_fields) {
    auto const error = error_of(*field);
    if (error.empty()) continue;
    wrong.push_back(field);
    texts.push_back(
        m_ui.tr("resident.form.wrong", fmt::arg("label", m_canvas.in(field->label)), fmt::arg("what", error)));
    keys.push_back(m_canvas.sub("wrong." + field->id));
  }
  for (std::size_t i = 0; i < texts.size(); ++i) entries.push_back({keys[i], texts[i]});
  auto const title = m_ui.tr("resident.form.problems", fmt::arg("count", entries.size()));
  if (auto const used = ui::error_summary(m_ui, m_canvas.sub("wrong"), title, entries)) {
    auto const& field = *wrong[*used];
    m_canvas.emit(FieldChosen{field.id});
    m_ui.focus(first_part(field), false);
  }
}

void FormDrawing::draw_field(Field const& field) {
  switch (field.kind) {
    case FieldKind::attachment:
    case FieldKind::signature: return;
    case FieldKind::note:
      ui::banner(m_ui, field_key(field.id),
                 {.tone = ui::Tone::info, .title = m_canvas.in(field.label), .text = m_canvas.in(field.hint)});
      return;
    default: break;
  }
  if (m_form.fixed(field)) return fixed_field(field);
  switch (field.kind) {
    case FieldKind::date: return date(field);
    case FieldKind::choice:
    case FieldKind::choices: return choice(field);
    case FieldKind::address: return address(field);
    case FieldKind::person: return person(field);
    default: return line(field);
  }
}

/// From the card, or computed: to read, masked.
void FormDrawing::fixed_field(Field const& field) {
  ui::panel(m_ui, {.padding = m_ui.metrics().gap_mm(), .shadow = false},
            [&] { field_value(m_canvas, field_key(field.id), m_form, field); });
}

void draw(Canvas const& canvas, flows::MatterFlow const& flow, flows::matter::FormPage const& state) {
  auto const names = stage_names(canvas);
  auto const& section = *flow.section();
  ui::ScreenSpec const spec{.key = canvas.key,
                            .title = canvas.in(section.title),
                            .lead = canvas.in(section.lead),
                            .back = canvas.tr("resident.back"),
                            .primary = canvas.tr(state.to_review ? "resident.form.to_review" : "resident.next"),
                            .step = static_cast<std::size_t>(Stage::form),
                            .step_names = names};
  FormDrawing drawing(canvas, flow, state);
  canvas.page(spec, [&] { drawing.draw(); });
}

}  // namespace yizhan::resident

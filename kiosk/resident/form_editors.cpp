// Addresses, and what the chosen field is filled in with: keyboards, months, lists, divisions.
#include <algorithm>

#include "kiosk/resident/form_drawing.h"
#include "shared/domain/forms/dates.h"

namespace yizhan::resident {

using forms::FieldKind;
using Field = forms::Field;
using Json = nlohmann::json;

std::vector<std::string> FormDrawing::codes_of(Field const& field) const {
  std::vector<std::string> codes;
  auto const& value = m_form.value(field.id);
  auto const found = value.is_object() ? value.find("codes") : value.end();
  if (value.is_object() && found != value.end() && found->is_array()) {
    for (auto const& code : *found) {
      if (code.is_string()) codes.push_back(code.get<std::string>());
    }
  }
  return codes;
}

void FormDrawing::set_address(Field const& field, std::vector<std::string> const& codes, std::string const& detail) {
  if (codes.empty() && detail.empty()) return edited(field, {});
  edited(field, {{"codes", codes}, {"detail", detail}});
}

std::string FormDrawing::way_text(std::vector<std::string> const& codes) const {
  std::string text;
  if (m_flow.world().divisions == nullptr) return text;
  for (auto const& code : codes) {
    if (!text.empty() && !m_canvas.chinese()) text += " ";
    text += m_flow.world().divisions->name(code);
  }
  return text;
}

void FormDrawing::address(Field const& field) {
  auto const key = field_key(field.id);
  opened_elsewhere(field, way_text(codes_of(field)), key);
  auto const part = field_key(field.id, "detail");
  auto& typed_text = buffer(part, text_member(m_form.value(field.id), "detail"));
  auto const event = ui::text_field(m_ui, part, typed_text,
                                    {.label = m_canvas.tr("resident.form.detail"),
                                     .hint = m_canvas.tr("resident.form.detail.hint"),
                                     .max_length = k_longest_detail});
  follow_focus(field, part);
  heed(field, part, event);
}

void FormDrawing::pick_address(Field const& field) {
  auto const* divisions = m_flow.world().divisions.get();
  if (divisions == nullptr) return;
  auto codes = codes_of(field);
  // Most live where the hall is.
  auto& start = m_canvas.memory.way;
  if (codes.empty() && m_canvas.memory.way_of != field.id) {
    m_canvas.memory.way_of = field.id;
    start.clear();
    constexpr std::size_t k_county = 6;
    for (auto const* division : divisions->path(m_canvas.flow.catalog().hall.substr(0, k_county)))
      start.push_back(division->code);
  }
  if (codes.empty()) codes = start;
  std::vector<ui::Division> path;
  for (auto const& code : codes) path.push_back({code, std::string(divisions->name(code))});
  std::vector<ui::Division> children;
  for (auto const& child : divisions->children(codes.empty() ? std::string_view() : std::string_view(codes.back())))
    children.push_back({child.code, child.name});
  constexpr char const* k_questions[] = {"province", "prefecture", "county", "street", "community"};
  auto const level = std::min(codes.size(), std::size(k_questions) - 1);
  auto const use =
      ui::address_picker(m_ui, field_key("address"),
                         {.question = m_canvas.tr(std::string("resident.form.which.") + k_questions[level]),
                          .path = path,
                          .children = children});
  if (!use.keep && !use.child) return;
  if (use.keep) codes.resize(*use.keep);
  if (use.child) codes.push_back(children[*use.child].code);
  start = codes;
  set_address(field, codes, text_member(m_form.value(field.id), "detail"));
  // The way ends: the house is next.
  if (use.child && divisions->children(codes.back()).empty()) {
    m_canvas.memory.active = field_key(field.id, "detail");
    m_ui.focus(m_canvas.memory.active, false);
  }
}

void FormDrawing::keyboard(ui::KeyboardLayout layout, std::size_t longest) {
  auto const key = active_part();
  auto const found = m_canvas.memory.fields.find(key);
  if (found == m_canvas.memory.fields.end()) return;
  auto const keys = [&] {
    heed(*m_active, key, ui::keyboard(m_ui, field_key("keys"), found->second, layout, longest));
  };
  if (layout == ui::KeyboardLayout::latin) return keys();
  ui::centred(m_ui, m_canvas.portrait() ? 260.0F : 200.0F, keys);
}

/// Days that lie near are picked from a month, others typed.
bool FormDrawing::near(Field const& field) const {
  auto const& today = m_flow.world().today;
  auto const earliest = forms::day_of(field.earliest, today);
  auto const latest = forms::day_of(field.latest, today);
  if (!today.date.ok()) return false;
  if (field.workday) return true;
  if (!earliest || !latest) return false;
  auto const days = std::chrono::sys_days(latest->date) - std::chrono::sys_days(earliest->date);
  return days <= std::chrono::days(400);
}

void FormDrawing::pick_date(Field const& field) {
  auto const key = active_part();
  auto const found = m_canvas.memory.fields.find(key);
  if (found == m_canvas.memory.fields.end()) return;
  auto const& today = m_flow.world().today;
  auto const limit = [&](std::string const& expression) {
    auto const day = forms::day_of(expression, today);
    return day ? day->to_string() : std::string();
  };
  auto const earliest = limit(field.earliest);
  auto const latest = limit(field.latest);
  auto const now = today.to_string();
  ui::CalendarSpec spec;
  spec.today = now;
  spec.earliest = earliest;
  spec.latest = latest;
  spec.workdays_only = field.workday;
  spec.is_workday = [&](std::string_view date) {
    auto const day = calendar::BusinessDay::parse(date);
    return day && m_flow.world().calendar->is_workday(*day);
  };
  heed(field, key, ui::calendar(m_ui, field_key("calendar"), found->second, spec));
}

void FormDrawing::editor() {
  auto const& field = *m_active;
  auto const& part = active_part();
  switch (field.kind) {
    case FieldKind::number: return keyboard(ui::KeyboardLayout::number, longest_of(field));
    case FieldKind::phone: return keyboard(ui::KeyboardLayout::digits, longest_of(field));
    case FieldKind::id_number: return keyboard(ui::KeyboardLayout::id_number, longest_of(field));
    case FieldKind::date: return near(field) ? pick_date(field) : keyboard(ui::KeyboardLayout::digits, 8);
    case FieldKind::choice:
    case FieldKind::choices:
      if (m_form.options(field).size() > k_open_choices) options(field, false);
      return;
    case FieldKind::address:
      if (part.ends_with(".detail")) return keyboard(ui::KeyboardLayout::latin, k_longest_detail);
      return pick_address(field);
    case FieldKind::person: {
      bool const id_card = text_member(person_value(field), "document") == "id_card";
      if (part.ends_with(".number") && id_card) return keyboard(ui::KeyboardLayout::id_number, 18);
      return keyboard(ui::KeyboardLayout::latin, part.ends_with(".number") ? k_longest_number : k_longest_name);
    }
    default: return keyboard(ui::KeyboardLayout::latin, longest_of(field));
  }
}

}  // namespace yizhan::resident

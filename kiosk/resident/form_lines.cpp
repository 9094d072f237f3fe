// Fields that are typed into, choices, other people.
#include <algorithm>

#include "kiosk/resident/form_drawing.h"

namespace yizhan::resident {

using flows::matter::FieldChosen;
using flows::matter::FieldEdited;
using forms::FieldKind;
using Field = forms::Field;
using Json = nlohmann::json;

std::string FormDrawing::text_value(Field const& field) const {
  auto const& value = m_form.value(field.id);
  return value.is_string() ? value.get<std::string>() : forms::shown(field, value, m_canvas.chinese());
}

void FormDrawing::line(Field const& field) {
  auto const key = field_key(field.id);
  auto& typed_text = buffer(key, text_value(field));
  auto const label = label_of(field);
  auto const error = error_of(field);
  std::size_t const longest = longest_of(field);
  auto event = ui::FieldEvent::none;
  if (field.kind == FieldKind::text && longest > k_long_text) {
    event = ui::text_area(m_ui, key, typed_text,
                          {.label = label, .hint = m_canvas.in(field.hint), .error = error, .max_length = longest});
  } else {
    event = ui::text_field(m_ui, key, typed_text,
                           {.label = label,
                            .hint = m_canvas.in(field.hint),
                            .error = error,
                            .max_length = longest,
                            .digits_only = field.kind == FieldKind::phone,
                            .decimal = field.kind == FieldKind::number,
                            .upper_case = field.kind == FieldKind::id_number});
  }
  follow_focus(field, key);
  heed(field, key, event);
}

std::size_t FormDrawing::longest_of(Field const& field) {
  if (field.kind == FieldKind::phone) return 12;
  if (field.kind == FieldKind::id_number) return 18;
  if (field.kind == FieldKind::number) return 12;
  return std::min(field.max_length.value_or(k_long_text), k_longest_text);
}

void FormDrawing::edited(Field const& field, Json value) { m_canvas.emit(FieldEdited{field.id, std::move(value)}); }

/// Typed or taken back, by the field or by the keyboard: the flow gets the whole value.
void FormDrawing::heed(Field const& field, std::string const& key, ui::FieldEvent event) {
  if (event == ui::FieldEvent::none) return;
  if (event == ui::FieldEvent::submitted) return next_field(field);
  auto const& typed_text = m_canvas.memory.fields.find(key)->second;
  auto const text = std::string(typed_text.view());
  switch (field.kind) {
    case FieldKind::date: {
      auto const date = ui::date_of_digits(text);
      return edited(field, text.empty() ? Json() : Json(date.empty() ? text : date));
    }
    case FieldKind::address: return set_address(field, codes_of(field), text);
    case FieldKind::person: {
      auto value = person_value(field);
      value[key.ends_with(".name") ? "name" : "number"] = text;
      return set_person(field, std::move(value));
    }
    default: return edited(field, text.empty() ? Json() : Json(text));
  }
}

/// Enter goes on to the next field that can be filled in.
void FormDrawing::next_field(Field const& field) {
  bool passed = false;
  for (auto const* one : m_fields) {
    if (passed && is_answer(*one) && !m_form.fixed(*one)) {
      m_canvas.emit(FieldChosen{one->id});
      m_ui.focus(first_part(*one), false);
      return;
    }
    passed = passed || one == &field;
  }
  m_canvas.emit(FieldChosen{});
}

void FormDrawing::date(Field const& field) {
  auto const key = field_key(field.id);
  auto const label = label_of(field);
  auto const error = error_of(field);
  std::string digits;
  for (char const one : text_value(field)) {
    if (one >= '0' && one <= '9') digits += one;
  }
  auto& typed_text = buffer(key, digits);
  auto const event =
      ui::date_field(m_ui, key, typed_text, {.label = label, .hint = m_canvas.in(field.hint), .error = error});
  follow_focus(field, key);
  heed(field, key, event);
}

bool FormDrawing::chosen(Field const& field, std::string const& option) const {
  auto const& value = m_form.value(field.id);
  if (value.is_array()) return std::ranges::find(value, Json(option)) != value.end();
  return value.is_string() && value.get_ref<std::string const&>() == option;
}

void FormDrawing::options(Field const& field, bool in_page) {
  auto const offered = m_form.options(field);
  std::vector<std::string> keys;
  std::vector<ui::ChoiceSpec> choices;
  keys.reserve(offered.size());
  bool short_texts = true;
  for (auto const* option : offered) {
    keys.push_back(field_key(field.id, option->value));
    choices.push_back(
        {.key = keys.back(), .text = m_canvas.in(option->text), .selected = chosen(field, option->value)});
    constexpr std::size_t k_short = 24;  // bytes: eight hanzi, four English words
    short_texts = short_texts && m_canvas.in(option->text).size() <= k_short;
  }
  auto const label = label_of(field);
  auto const error = error_of(field);
  ui::ChoiceListSpec spec;
  spec.label = label;
  spec.several = field.kind == FieldKind::choices;
  spec.across = short_texts && !m_ui.elder() ? 2 : 1;
  if (in_page) {
    spec.hint = m_canvas.in(field.hint);
    spec.error = error;
  }
  auto const used = ui::choice_list(m_ui, field_key(field.id, "options"), spec, choices);
  if (!used) return;
  auto const& value = offered[*used]->value;
  if (field.kind == FieldKind::choice) {
    edited(field, value);
    if (!in_page) next_field(field);
    return;
  }
  auto list = m_form.value(field.id);
  if (!list.is_array()) list = Json::array();
  auto const found = std::ranges::find(list, Json(value));
  if (found != list.end())
    list.erase(found);
  else
    list.push_back(value);
  edited(field, std::move(list));
}

void FormDrawing::choice(Field const& field) {
  if (m_form.options(field).size() <= k_open_choices) return options(field, true);
  opened_elsewhere(field, forms::shown(field, m_form.value(field.id), m_canvas.chinese()), field_key(field.id));
}

/// A field whose choices are shown where the keyboard is; another tap closes them.
void FormDrawing::opened_elsewhere(Field const& field, std::string const& value, std::string const& key) {
  auto const label = label_of(field);
  auto const error = error_of(field);
  bool const open = m_active == &field && active_part() == key;
  auto const hint =
      field.hint.empty() ? m_canvas.tr("resident.form.choose") : std::string_view(m_canvas.in(field.hint));
  if (!ui::chosen_field(m_ui, key, {.label = label, .value = value, .hint = hint, .error = error, .open = open}))
    return;
  m_canvas.memory.active = key;
  m_canvas.emit(FieldChosen{open ? std::string() : field.id});
}

Json FormDrawing::person_value(Field const& field) const {
  auto const& value = m_form.value(field.id);
  auto document = text_member(value, "document");
  if (document.empty()) document = "id_card";
  return {{"name", text_member(value, "name")}, {"document", document}, {"number", text_member(value, "number")}};
}

void FormDrawing::set_person(Field const& field, Json value) {
  bool const empty = text_member(value, "name").empty() && text_member(value, "number").empty();
  edited(field, empty ? Json() : std::move(value));
}

void FormDrawing::person(Field const& field) {
  auto const label = label_of(field);
  auto const error = error_of(field);
  auto value = person_value(field);
  auto const document = text_member(value, "document");
  auto const part = [&](char const* name, std::string_view title, std::size_t longest, bool upper) {
    auto const key = field_key(field.id, name);
    auto& typed_text = buffer(key, text_member(value, name));
    auto const event = ui::text_field(m_ui, key, typed_text,
                                      {.label = title,
                                       .hint = upper ? std::string_view() : std::string_view(m_canvas.in(field.hint)),
                                       .error = upper ? std::string_view(error) : std::string_view(),
                                       .max_length = longest,
                                       .upper_case = upper});
    follow_focus(field, key);
    heed(field, key, event);
  };
  part("name", m_ui.tr("resident.form.person.name", fmt::arg("label", label)), k_longest_name, false);
  ui::row(m_ui, ui::Align::left, [&] {
    for (char const* kind : {"id_card", "passport", "other_document"}) {
      auto const text = std::string("resident.form.document.") + kind;
      if (!ui::chip(m_ui, field_key(field.id, kind), m_canvas.tr(text), document == kind)) continue;
      value["document"] = kind;
      set_person(field, value);
    }
  });
  part("number", m_canvas.tr("resident.form.person.number"), document == "id_card" ? 18 : k_longest_number, true);
}

}  // namespace yizhan::resident

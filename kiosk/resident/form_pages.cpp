// One section of a form: its fields, and below them (or beside) what the chosen one is filled in with.
#include <algorithm>

#include "kiosk/resident/form_field.h"
#include "shared/base/secret.h"
#include "shared/domain/forms/dates.h"

namespace yizhan::resident {

using namespace flows::matter;
using flows::MatterFlow;
using forms::Field;
using forms::FieldKind;
using Json = nlohmann::json;

namespace {

// Choices that fit beside each other stand in the page; more of them are shown where the keyboard is.
constexpr std::size_t k_open_choices = 4;
constexpr std::size_t k_long_text = 40;  // code points; longer answers get several lines
constexpr std::size_t k_longest_text = 200;
constexpr std::size_t k_longest_name = 50;
constexpr std::size_t k_longest_detail = 100;
constexpr std::size_t k_longest_number = 20;

/// The page of one section: fields above, the editor of the chosen one below.
class FormDrawing {
 public:
  FormDrawing(Canvas const& canvas, MatterFlow const& flow, FormPage const& state)
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

  void draw() {
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

 private:
  // ---- which field is being filled in

  [[nodiscard]] std::string const& active_part() const { return m_canvas.memory.active; }
  [[nodiscard]] bool typed(Field const& field) const {
    return field.kind == FieldKind::text || field.kind == FieldKind::number || field.kind == FieldKind::phone ||
           field.kind == FieldKind::id_number || field.kind == FieldKind::date;
  }
  [[nodiscard]] std::string first_part(Field const& field) const {
    return field.kind == FieldKind::person ? field_key(field.id, "name") : field_key(field.id);
  }

  /// The flow says which field; which part of it (name or number, district or house) is the page's own.
  void follow_flow() {
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
  void follow_focus(Field const& field, std::string const& key) {
    if (m_ui.measuring() || m_ui.focused() != key) return;
    if (m_state.field != field.id) m_canvas.emit(FieldChosen{field.id});
    m_canvas.memory.active = key;
  }

  void edited(Field const& field, Json value) { m_canvas.emit(FieldEdited{field.id, std::move(value)}); }

  /// What is typed into; follows the flow's value while somebody else is being typed into.
  ui::TextBuffer& buffer(std::string const& key, std::string value) {
    auto [found, fresh] = m_canvas.memory.fields.try_emplace(key);
    if (fresh || (key != active_part() && found->second.view() != value)) found->second.set(value);
    scrub(value);
    return found->second;
  }

  [[nodiscard]] std::string error_of(Field const& field) const {
    for (auto const& problem : m_state.problems) {
      if (problem.field == field.id) return problem_text(m_canvas, field, problem);
    }
    return {};
  }

  [[nodiscard]] std::string label_of(Field const& field) const {
    auto const& label = m_canvas.in(field.label);
    return m_form.required(field) ? label : m_ui.tr("resident.form.optional", fmt::arg("label", label));
  }

  // ---- the fields

  void fields() {
    summary();
    if (!m_flow.draft_problem().empty()) problem_banner(m_canvas, "not_saved", m_flow.draft_problem());
    for (auto const* field : m_fields) draw_field(*field);
  }

  void summary() {
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

  void draw_field(Field const& field) {
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
  void fixed_field(Field const& field) {
    ui::panel(m_ui, {.padding = m_ui.metrics().gap_mm(), .shadow = false},
              [&] { field_value(m_canvas, field_key(field.id), m_form, field); });
  }

  [[nodiscard]] std::string text_value(Field const& field) const {
    auto const& value = m_form.value(field.id);
    return value.is_string() ? value.get<std::string>() : forms::shown(field, value, m_canvas.chinese());
  }

  void line(Field const& field) {
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

  [[nodiscard]] static std::size_t longest_of(Field const& field) {
    if (field.kind == FieldKind::phone) return 12;
    if (field.kind == FieldKind::id_number) return 18;
    if (field.kind == FieldKind::number) return 12;
    return std::min(field.max_length.value_or(k_long_text), k_longest_text);
  }

  /// Typed or taken back, by the field or by the keyboard: the flow gets the whole value.
  void heed(Field const& field, std::string const& key, ui::FieldEvent event) {
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
  void next_field(Field const& field) {
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

  void date(Field const& field) {
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

  // ---- choices

  [[nodiscard]] bool chosen(Field const& field, std::string const& option) const {
    auto const& value = m_form.value(field.id);
    if (value.is_array()) return std::ranges::find(value, Json(option)) != value.end();
    return value.is_string() && value.get_ref<std::string const&>() == option;
  }

  void options(Field const& field, bool in_page) {
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

  void choice(Field const& field) {
    if (m_form.options(field).size() <= k_open_choices) return options(field, true);
    opened_elsewhere(field, forms::shown(field, m_form.value(field.id), m_canvas.chinese()), field_key(field.id));
  }

  /// A field whose choices are shown where the keyboard is; another tap closes them.
  void opened_elsewhere(Field const& field, std::string const& value, std::string const& key) {
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

  // ---- addresses

  [[nodiscard]] std::vector<std::string> codes_of(Field const& field) const {
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

  void set_address(Field const& field, std::vector<std::string> const& codes, std::string const& detail) {
    if (codes.empty() && detail.empty()) return edited(field, {});
    edited(field, {{"codes", codes}, {"detail", detail}});
  }

  [[nodiscard]] std::string way_text(std::vector<std::string> const& codes) const {
    std::string text;
    if (m_flow.world().divisions == nullptr) return text;
    for (auto const& code : codes) {
      if (!text.empty() && !m_canvas.chinese()) text += " ";
      text += m_flow.world().divisions->name(code);
    }
    return text;
  }

  void address(Field const& field) {
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

  void pick_address(Field const& field) {
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
    static constexpr char const* k_questions[] = {"province", "prefecture", "county", "street", "community"};
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

  // ---- other people

  [[nodiscard]] Json person_value(Field const& field) const {
    auto const& value = m_form.value(field.id);
    auto document = text_member(value, "document");
    if (document.empty()) document = "id_card";
    return {{"name", text_member(value, "name")}, {"document", document}, {"number", text_member(value, "number")}};
  }

  void set_person(Field const& field, Json value) {
    bool const empty = text_member(value, "name").empty() && text_member(value, "number").empty();
    edited(field, empty ? Json() : std::move(value));
  }

  void person(Field const& field) {
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

  // ---- what the chosen field is filled in with

  void keyboard(ui::KeyboardLayout layout, std::size_t longest) {
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
  [[nodiscard]] bool near(Field const& field) const {
    auto const& today = m_flow.world().today;
    auto const earliest = forms::day_of(field.earliest, today);
    auto const latest = forms::day_of(field.latest, today);
    if (!today.date.ok()) return false;
    if (field.workday) return true;
    if (!earliest || !latest) return false;
    auto const days = std::chrono::sys_days(latest->date) - std::chrono::sys_days(earliest->date);
    return days <= std::chrono::days(400);
  }

  void pick_date(Field const& field) {
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

  void editor() {
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

  Canvas const& m_canvas;
  ui::Ui& m_ui;
  MatterFlow const& m_flow;
  forms::FormState const& m_form;
  FormPage const& m_state;
  forms::Section const& m_section;
  std::vector<Field const*> m_fields;
  Field const* m_active = nullptr;
};

}  // namespace

void draw(Canvas const& canvas, MatterFlow const& flow, FormPage const& state) {
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

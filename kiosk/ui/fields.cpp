// Typing: text field, PIN field, on-screen keyboard.
#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "kiosk/ui/pen.h"
#include "kiosk/ui/widgets.h"
#include "shared/base/secret.h"
#include "shared/base/text.h"

namespace yizhan::ui {

namespace {

std::string sub(std::string_view key, std::string_view part) { return std::string(key) + "." + std::string(part); }

bool is_digit(std::string_view one) { return one.size() == 1 && one[0] >= '0' && one[0] <= '9'; }

struct EditRules {
  std::size_t max_length;
  bool digits_only = false;
  bool upper_case = false;
};

FieldEvent insert(TextBuffer& buffer, std::string_view typed, EditRules const& rules) {
  if (rules.digits_only && !is_digit(typed)) return FieldEvent::none;
  std::string one = rules.upper_case ? text::to_upper_ascii(typed) : std::string(typed);
  bool const changed = buffer.insert(one, rules.max_length);
  scrub(one);
  return changed ? FieldEvent::changed : FieldEvent::none;
}

/// What the physical keyboard did to the focused field in this frame.
FieldEvent take_edits(UiState& state, TextBuffer& buffer, EditRules const& rules) {
  FieldEvent event = FieldEvent::none;
  while (!state.edits.empty()) {
    KeyPress press = std::move(state.edits.front());
    state.edits.pop_front();
    bool changed = false;
    switch (press.key) {
      case Key::none: changed = insert(buffer, press.text, rules) == FieldEvent::changed; break;
      case Key::backspace: changed = buffer.erase_before(); break;
      case Key::del: changed = buffer.erase_after(); break;
      case Key::left: buffer.move(-1); break;
      case Key::right: buffer.move(1); break;
      case Key::home: buffer.move_to(0); break;
      case Key::end: buffer.move_to(buffer.length()); break;
      case Key::enter: return FieldEvent::submitted;
      default: break;
    }
    scrub(press.text);
    if (changed) event = FieldEvent::changed;
    state.want_frames(2);
  }
  return event;
}

struct FieldLayout {
  TextStyle label_style{};
  TextStyle style{};
  TextBlock label{};
  TextBlock error{};
  float box_height = 0;
  float padding = 0;
  float height = 0;
};

FieldLayout lay_out_field(UiState& state, std::string_view label, std::string_view error) {
  FieldLayout layout;
  layout.style = style_of(state, TextRole::heading);
  layout.label = lay_out(state, style_of(state, TextRole::strong), label, state.area().width);
  layout.error = lay_out(state, style_of(state, TextRole::body), error, state.area().width);
  layout.box_height = state.mm(state.metrics.button_mm());
  layout.padding = state.mm(state.metrics.gap_mm());
  layout.height = (label.empty() ? 0 : layout.label.height) + layout.box_height +
                  (error.empty() ? 0 : layout.error.height + layout.padding * 0.3F);
  return layout;
}

/// Label, box and error around a field; returns the box.
Rect draw_frame(UiState& state, std::string_view key, FieldLayout const& layout, std::string_view label,
                std::string_view error, Rect const& rect, NodeSpec const& node, Hit& hit) {
  Theme const& theme = *state.theme;
  float y = rect.y;
  Rect box{rect.x, y + (label.empty() ? 0 : layout.label.height), rect.width, layout.box_height};
  hit = interact(state, key, box, node);
  if (!label.empty())
    draw_block(state, layout.label, label, {rect.x, y, rect.width, layout.label.height}, Align::left, ink(state));
  float const radius = state.mm(state.metrics.radius_mm());
  fill(box, theme.surface, radius);
  Colour const border = !error.empty() ? theme.error : hit.focused ? accent(state) : theme.ink_soft;
  float const thick = std::max(1.5F, state.mm(state.metrics.gap_mm() * (hit.focused ? 0.16F : 0.08F)));
  outline(box, border, thick, radius);
  if (!error.empty()) {
    Rect const line{rect.x, box.bottom() + layout.padding * 0.3F, rect.width, layout.error.height};
    NodeSpec status;
    status.role = Role::status;
    status.name = error;
    add_node(state, sub(key, "error"), line, status);
    draw_block(state, layout.error, error, line, Align::left, theme.error);
  }
  focus_ring(state, box, radius, hit);
  return box;
}

}  // namespace

FieldEvent text_field(Ui& ui, std::string_view key, TextBuffer& buffer, FieldSpec const& spec) {
  UiState& state = ui.state();
  FieldLayout const layout = lay_out_field(state, spec.label, spec.error);
  Rect const rect = place(state, state.area().width, layout.height);
  if (ui.measuring()) return FieldEvent::none;
  NodeSpec node;
  node.role = Role::field;
  node.name = spec.label.empty() ? spec.hint : spec.label;
  std::string value(buffer.view());
  node.value = value;
  Hit hit;
  Rect const box = draw_frame(state, key, layout, spec.label, spec.error, rect, node, hit);
  FieldEvent event = FieldEvent::none;
  if (hit.focused) event = take_edits(state, buffer, {spec.max_length, spec.digits_only, spec.upper_case});
  scrub(value);

  // Drawn character by character: the caret stands between two of them, and groups get air.
  TextStyle style = layout.style;
  float const left = box.x + layout.padding + (spec.icon.empty() ? 0 : style.em * 1.5F);
  float const free = box.right() - layout.padding - left;
  if (!spec.icon.empty())
    draw_icon(state, spec.icon, {box.x + layout.padding + style.em * 0.55F, box.centre().y}, style.em * 1.2F,
              ink_soft(state));
  std::u32string characters = text::to_code_points(buffer.view());
  float const air = spec.group > 0 ? style.em * 0.35F : 0;
  auto const width_of = [&](TextStyle const& s) {
    float const gaps =
        spec.group > 0 && !characters.empty() ? static_cast<float>((characters.size() - 1) / spec.group) : 0;
    return text_width(state, s, buffer.view()) + gaps * air;
  };
  float const wanted = width_of(style);
  if (wanted > free)
    style = fitted(state, style, buffer.view(), free * text_width(state, style, buffer.view()) / wanted, 0.5F);
  float const y = box.centre().y - style.line / 2;
  float x = left;
  float caret_x = left;
  std::size_t const caret = buffer.caret();
  ImGui::PushClipRect({box.x + 2, box.y}, {box.right() - 2, box.bottom()}, true);
  for (std::size_t i = 0; i < characters.size(); ++i) {
    if (spec.group > 0 && i > 0 && i % spec.group == 0) x += air;
    if (i == caret) caret_x = x;
    std::string one = text::from_code_points(std::u32string_view(&characters[i], 1));
    draw_line(state, style, one, x, y, pack(state.theme->ink));
    x += text_width(state, style, one);
    scrub(one);
  }
  if (caret >= characters.size()) caret_x = x;
  if (characters.empty() && !spec.hint.empty())
    draw_label(state, key, style_of(state, TextRole::body), spec.hint,
               {left + style.em * 0.3F, box.y, free, box.height}, Align::left, state.theme->ink_soft);
  // It does not blink: nothing on this screen does.
  if (hit.focused) {
    float const caret_width = std::max(2.0F, style.em * 0.07F);
    fill({caret_x, box.centre().y - style.em * 0.6F, caret_width, style.em * 1.2F}, state.theme->focus, 0);
  }
  ImGui::PopClipRect();
  std::ranges::fill(characters, U'\0');
  return event;
}

FieldEvent pin_field(Ui& ui, std::string_view key, TextBuffer& buffer, std::string_view label, std::size_t digits) {
  UiState& state = ui.state();
  FieldLayout const layout = lay_out_field(state, label, {});
  Rect const rect = place(state, state.area().width, layout.height);
  if (ui.measuring()) return FieldEvent::none;
  NodeSpec node;
  node.role = Role::pin;
  node.name = label;
  Hit hit;
  Rect const box = draw_frame(state, key, layout, label, {}, rect, node, hit);
  FieldEvent event = FieldEvent::none;
  std::size_t const before = buffer.length();
  if (hit.focused) event = take_edits(state, buffer, {digits, true, false});
  if (event == FieldEvent::changed && before < digits && buffer.length() == digits) event = FieldEvent::submitted;
  float const step = std::min(box.height * 0.8F, (box.width - 2 * layout.padding) / static_cast<float>(digits));
  float const radius = std::min(step * 0.26F, box.height * 0.16F);
  float x = box.centre().x - step * static_cast<float>(digits) / 2 + step / 2;
  std::size_t const filled_dots = buffer.length();
  for (std::size_t i = 0; i < digits; ++i, x += step) {
    Point const centre{x, box.centre().y};
    if (i < filled_dots)
      disc(centre, radius, ink(state));
    else
      ring(centre, radius, std::max(1.5F, radius * 0.18F), 0, 1, ink_soft(state));
  }
  return event;
}

// ---- on-screen keyboard -----------------------------------------------------------------------------------------

namespace {

struct KeyCap {
  std::string_view text;  // what it types; for special keys their name
  float weight = 1;
  bool special = false;
};

using KeyLine = std::vector<KeyCap>;

std::vector<KeyLine> number_lines(bool with_x) {
  KeyLine last{{"backspace", 1, true}, {"0"}, {"clear", 1, true}};
  if (with_x) last = {{"X"}, {"0"}, {"backspace", 1, true}};
  return {{{"1"}, {"2"}, {"3"}}, {{"4"}, {"5"}, {"6"}}, {{"7"}, {"8"}, {"9"}}, last};
}

std::vector<KeyLine> latin_lines() {
  auto const line = [](std::string_view characters) {
    KeyLine keys;
    for (std::size_t i = 0; i < characters.size(); ++i) keys.push_back({characters.substr(i, 1)});
    return keys;
  };
  std::vector<KeyLine> lines{line("1234567890"), line("qwertyuiop"), line("asdfghjkl"), line("zxcvbnm")};
  lines[3].insert(lines[3].begin(), {"shift", 1.5F, true});
  lines[3].push_back({"backspace", 1.5F, true});
  lines.push_back({{"-"}, {"."}, {"space", 5, true}, {"@"}, {"_"}});
  return lines;
}

std::string_view icon_of(std::string_view special) {
  if (special == "backspace") return "backspace";
  if (special == "shift") return "arrow_upward";
  if (special == "space") return "space_bar";
  if (special == "clear") return "clear_all";
  return {};
}

bool key_button(Ui& ui, std::string_view key, Rect const& rect, std::string_view label, std::string_view icon_name,
                std::string_view said, bool chosen, bool primary) {
  UiState& state = ui.state();
  Theme const& theme = *state.theme;
  NodeSpec node;
  node.role = Role::key;
  node.name = said;
  node.selected = chosen;
  Hit const hit = interact(state, key, rect, node);
  Colour const ground = primary              ? (hit.held ? theme.action_deep : theme.action)
                        : hit.held || chosen ? theme.surface_high
                                             : theme.surface;
  Colour const words = primary ? theme.on_action : theme.ink;
  float const radius = state.mm(state.metrics.radius_mm() * 0.8F);
  fill(rect, ground, radius);  // no shadows: forty keys side by side would only look dirty
  if (!primary) outline(rect, theme.line, std::max(1.5F, state.mm(0.35F)), radius);
  TextStyle const style = style_of(state, primary ? TextRole::strong : TextRole::heading);
  if (!icon_name.empty())
    draw_icon(state, icon_name, rect.centre(), style.em * 1.2F, words);
  else
    draw_label(state, key, style, label, rect.inset(2), Align::centre, words);
  focus_ring(state, rect, radius, hit);
  return hit.used;
}

}  // namespace

FieldEvent keyboard(Ui& ui, std::string_view key, TextBuffer& buffer, KeyboardLayout layout, std::size_t max_length,
                    std::string_view done) {
  UiState& state = ui.state();
  bool const numbers = layout != KeyboardLayout::latin;
  auto const lines = numbers ? number_lines(layout == KeyboardLayout::id_number) : latin_lines();
  float const gap = state.mm(std::max(state.metrics.gap_mm() * 0.6F, state.scale == Scale::kiosk ? 3.0F : 1.0F));
  float const key_height = state.mm(state.metrics.button_mm() * (numbers ? 1.0F : 0.9F));
  float const done_height = done.empty() ? 0 : key_height + gap;
  auto const count = static_cast<float>(lines.size());
  Rect const rect = place(state, state.area().width, key_height * count + gap * (count - 1) + done_height);
  if (ui.measuring()) return FieldEvent::none;
  std::string const shift_key = sub(key, "shift");
  bool const shift = state.shifted == shift_key;
  FieldEvent event = FieldEvent::none;
  float y = rect.y;
  for (KeyLine const& line : lines) {
    float total = 0;
    for (KeyCap const& cap : line) total += cap.weight;
    // Letters keep one size in every line; a shorter line is centred.
    float const unit_count = numbers ? 3.0F : 10.0F;
    float const unit = (rect.width - gap * (unit_count - 1)) / unit_count;
    float const line_width = total * unit + gap * (static_cast<float>(line.size()) - 1);
    float x = rect.x + std::max(0.0F, (rect.width - line_width) / 2);
    for (KeyCap const& cap : line) {
      Rect const box{x, y, unit * cap.weight, key_height};
      x += box.width + gap;
      std::string const typed = shift && !cap.special ? text::to_upper_ascii(cap.text) : std::string(cap.text);
      std::string const said = cap.special ? std::string(ui.tr(sub("ui.key", cap.text))) : typed;
      if (!key_button(ui, sub(key, cap.text), box, typed, cap.special ? icon_of(cap.text) : std::string_view(), said,
                      cap.text == "shift" && shift, false))
        continue;
      bool changed = false;
      if (!cap.special) {
        changed = buffer.insert(typed, max_length);
        state.shifted.clear();
      } else if (cap.text == "backspace") {
        changed = buffer.erase_before();
      } else if (cap.text == "clear") {
        changed = !buffer.empty();
        buffer.clear();
      } else if (cap.text == "space") {
        changed = buffer.insert(" ", max_length);
      } else {
        state.shifted = shift ? std::string() : shift_key;
      }
      if (changed) event = FieldEvent::changed;
    }
    y += key_height + gap;
  }
  if (!done.empty() &&
      key_button(ui, sub(key, "done"), {rect.x, y, rect.width, key_height}, done, {}, done, false, true))
    event = FieldEvent::submitted;
  return event;
}

}  // namespace yizhan::ui

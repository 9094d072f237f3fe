// The on-screen keyboard, and the input method's candidates above its letters.
#include <algorithm>
#include <string>
#include <vector>

#include "kiosk/ui/field_parts.h"
#include "kiosk/ui/input_method.h"
#include "kiosk/ui/page_parts.h"
#include "shared/base/secret.h"
#include "shared/base/text.h"

namespace yizhan::ui {

namespace {

struct KeyCap {
  std::string_view text;  // what it types; for special keys their name
  float weight = 1;
  bool special = false;
};

using KeyLine = std::vector<KeyCap>;

std::vector<KeyLine> number_lines(KeyboardLayout layout) {
  KeyLine last{{"backspace", 1, true}, {"0"}, {"clear", 1, true}};
  if (layout == KeyboardLayout::id_number) last = {{"X"}, {"0"}, {"backspace", 1, true}};
  if (layout == KeyboardLayout::number) last = {{"."}, {"0"}, {"backspace", 1, true}};
  return {{{"1"}, {"2"}, {"3"}}, {{"4"}, {"5"}, {"6"}}, {{"7"}, {"8"}, {"9"}}, last};
}

std::vector<KeyLine> latin_lines(bool input_method) {
  auto const line = [](std::string_view characters) {
    KeyLine keys;
    for (std::size_t i = 0; i < characters.size(); ++i) keys.push_back({characters.substr(i, 1)});
    return keys;
  };
  std::vector<KeyLine> lines{line("1234567890"), line("qwertyuiop"), line("asdfghjkl"), line("zxcvbnm")};
  lines[3].insert(lines[3].begin(), {"shift", 1.5F, true});
  lines[3].push_back({"backspace", 1.5F, true});
  lines.push_back({{"-"}, {"."}, {"space", 5, true}, {"@"}, {"_"}});
  if (input_method) {
    lines[4].insert(lines[4].begin(), {"input_method", 2, true});
    lines[4][3].weight = 4;
  }
  return lines;
}

std::string_view icon_of(std::string_view special) {
  if (special == "backspace") return "backspace";
  if (special == "shift") return "arrow_upward";
  if (special == "space") return "space_bar";
  if (special == "clear") return "clear_all";
  return {};
}

struct CapLook {
  std::string_view label;
  std::string_view icon{};
  std::string_view said;
  bool chosen = false;
  bool primary = false;
};

bool key_button(UiState& state, std::string_view key, Rect const& rect, CapLook const& look) {
  Theme const& theme = *state.theme;
  NodeSpec node;
  node.role = Role::key;
  node.name = look.said;
  node.selected = look.chosen;
  Hit const hit = interact(state, key, rect, node);
  Colour const ground = look.primary              ? (hit.held ? theme.action_deep : theme.action)
                        : hit.held || look.chosen ? theme.surface_high
                                                  : theme.surface;
  Colour const words = look.primary ? theme.on_action : theme.ink;
  float const radius = state.mm(state.metrics.radius_mm() * 0.8F);
  fill(rect, ground, radius);  // no shadows: forty keys side by side would only look dirty
  if (!look.primary) outline(rect, theme.line, std::max(1.5F, state.mm(0.35F)), radius);
  TextStyle const style = style_of(state, look.primary ? TextRole::strong : TextRole::heading);
  if (!look.icon.empty())
    draw_icon(state, look.icon, rect.centre(), style.em * 1.2F, words);
  else
    draw_label(state, key, style, look.label, rect.inset(2), Align::centre, words);
  focus_ring(state, rect, radius, hit);
  return hit.used;
}

/// Composition and words to choose from; the last place turns to further ones.
bool candidates_bar(UiState& state, std::string_view key, Rect const& rect, float gap, TextBuffer& buffer,
                    std::size_t max_length) {
  InputMethod& method = *state.input_method;
  TextStyle const style = style_of(state, TextRole::heading);
  std::string_view const composing = method.composing();
  WidgetMemory& memory = state.remember(key);
  if (composing.empty()) {
    memory.page = 0;
    return false;
  }
  float const width = std::min(rect.width * 0.3F, text_width(state, style, composing) + style.em);
  draw_label(state, key, style, composing, {rect.x, rect.y, width, rect.height}, Align::left, accent(state));
  NodeSpec node;
  node.role = Role::status;
  node.name = composing;
  add_node(state, sub_key(key, "composing"), {rect.x, rect.y, width, rect.height}, node);
  std::vector<std::string> words = method.candidates();
  if (memory.page >= words.size()) memory.page = 0;
  float const more = rect.height;
  float x = rect.x + width + gap;
  bool changed = false;
  std::size_t shown = memory.page;
  for (; shown < words.size(); ++shown) {
    float const wide = std::max(rect.height, text_width(state, style, words[shown]) + style.em);
    bool const last = shown + 1 == words.size() && memory.page == 0;
    if (x + wide > rect.right() - (last ? 0 : more + gap)) break;
    if (key_button(state, sub_key(key, std::to_string(shown)), {x, rect.y, wide, rect.height},
                   {.label = words[shown], .said = words[shown]})) {
      std::string word = method.choose(shown);
      changed = buffer.insert(word, max_length);
      scrub(word);
      memory.page = 0;
      break;
    }
    x += wide + gap;
  }
  if (!changed && (shown < words.size() || memory.page > 0) &&
      key_button(state, sub_key(key, "more"), {rect.right() - more, rect.y, more, rect.height},
                 {.label = {}, .icon = "more_horiz", .said = state.tr("ui.key.more")}))
    memory.page = shown < words.size() ? shown : 0;
  for (std::string& word : words) scrub(word);
  return changed;
}

}  // namespace

FieldEvent keyboard(Ui& ui, std::string_view key, TextBuffer& buffer, KeyboardLayout layout, std::size_t max_length,
                    std::string_view done) {
  UiState& state = ui.state();
  bool const numbers = layout != KeyboardLayout::latin;
  InputMethod* const method = numbers ? nullptr : state.input_method;
  bool const composes = method != nullptr && state.input_method_on;
  auto const lines = numbers ? number_lines(layout) : latin_lines(method != nullptr);
  float const gap = state.mm(std::max(state.metrics.gap_mm() * 0.6F, state.scale == Scale::kiosk ? 3.0F : 1.0F));
  float const key_height = state.mm(state.metrics.button_mm() * (numbers ? 1.0F : 0.9F));
  float const done_height = done.empty() ? 0 : key_height + gap;
  float const bar_height = composes ? key_height + gap : 0;
  auto const count = static_cast<float>(lines.size());
  Rect const rect = place(state, state.area().width, bar_height + key_height * count + gap * (count - 1) + done_height);
  if (ui.measuring()) return FieldEvent::none;
  std::string const shift_key = sub_key(key, "shift");
  bool const shift = state.shifted == shift_key;
  FieldEvent event = FieldEvent::none;
  float y = rect.y;
  if (composes) {
    if (candidates_bar(state, sub_key(key, "word"), {rect.x, y, rect.width, key_height}, gap, buffer, max_length))
      event = FieldEvent::changed;
    y += bar_height;
  }
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
      std::string typed = shift && !cap.special ? text::to_upper_ascii(cap.text) : std::string(cap.text);
      bool const switches = cap.text == "input_method";
      std::string const said = switches      ? std::string(method->name())
                               : cap.special ? std::string(ui.tr(sub_key("ui.key", cap.text)))
                                             : typed;
      if (switches) typed = said;
      if (!key_button(state, sub_key(key, cap.text), box,
                      {.label = typed,
                       .icon = cap.special ? icon_of(cap.text) : std::string_view(),
                       .said = said,
                       .chosen = (cap.text == "shift" && shift) || (switches && composes)}))
        continue;
      bool changed = false;
      if (!cap.special) {
        bool const second = numbers && typed == "." && buffer.view().find('.') != std::string_view::npos;
        changed = (composes && method->take(typed)) || (!second && buffer.insert(typed, max_length));
        state.shifted.clear();
      } else if (cap.text == "backspace") {
        changed = (composes && method->erase()) || buffer.erase_before();
      } else if (cap.text == "clear") {
        changed = !buffer.empty();
        buffer.clear();
      } else if (cap.text == "space") {
        changed = buffer.insert(" ", max_length);
      } else if (switches) {
        method->reset();
        state.input_method_on = !composes;
      } else {
        state.shifted = shift ? std::string() : shift_key;
      }
      if (changed) event = FieldEvent::changed;
    }
    y += key_height + gap;
  }
  if (!done.empty() && key_button(state, sub_key(key, "done"), {rect.x, y, rect.width, key_height},
                                  {.label = done, .said = done, .primary = true}))
    event = FieldEvent::submitted;
  return event;
}

}  // namespace yizhan::ui

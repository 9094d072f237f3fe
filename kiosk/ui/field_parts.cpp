#include "kiosk/ui/field_parts.h"

#include <algorithm>

#include "kiosk/ui/input_method.h"
#include "kiosk/ui/page_parts.h"
#include "shared/base/secret.h"
#include "shared/base/text.h"

namespace yizhan::ui {

namespace {

bool is_digit(std::string_view one) { return one.size() == 1 && one[0] >= '0' && one[0] <= '9'; }

FieldEvent insert(TextBuffer& buffer, std::string_view typed, EditRules const& rules) {
  if (rules.digits_only && !is_digit(typed)) return FieldEvent::none;
  bool const point = typed == "." && buffer.view().find('.') == std::string_view::npos;
  if (rules.decimal && !is_digit(typed) && !point) return FieldEvent::none;
  std::string one = rules.upper_case ? text::to_upper_ascii(typed) : std::string(typed);
  bool const changed = buffer.insert(one, rules.max_length);
  scrub(one);
  return changed ? FieldEvent::changed : FieldEvent::none;
}

}  // namespace

FieldEvent take_edits(UiState& state, TextBuffer& buffer, EditRules const& rules) {
  bool const compose = state.input_method != nullptr && state.input_method_on && !rules.digits_only && !rules.decimal &&
                       !rules.upper_case;
  FieldEvent event = FieldEvent::none;
  while (!state.edits.empty()) {
    KeyPress press = std::move(state.edits.front());
    state.edits.pop_front();
    bool changed = false;
    switch (press.key) {
      case Key::none:
        changed = (compose && state.input_method->take(press.text)) ||
                  insert(buffer, press.text, rules) == FieldEvent::changed;
        break;
      case Key::backspace: changed = (compose && state.input_method->erase()) || buffer.erase_before(); break;
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

FieldLayout lay_out_field(UiState& state, FieldTexts const& texts, float box_height) {
  FieldLayout layout;
  layout.style = style_of(state, TextRole::heading);
  layout.label = lay_out(state, style_of(state, TextRole::strong), texts.label, state.area().width);
  layout.error = lay_out(state, style_of(state, TextRole::body), texts.error, state.area().width);
  layout.box_height = std::max(box_height, state.mm(state.metrics.button_mm()));
  layout.padding = state.mm(state.metrics.gap_mm());
  layout.height = (texts.label.empty() ? 0 : layout.label.height) + layout.box_height +
                  (texts.error.empty() ? 0 : layout.error.height + layout.padding * 0.3F);
  return layout;
}

Rect field_frame(UiState& state, std::string_view key, FieldLayout const& layout, FieldTexts const& texts,
                 Rect const& rect, NodeSpec const& node, Hit& hit) {
  Theme const& theme = *state.theme;
  float const y = rect.y;
  Rect const box{rect.x, y + (texts.label.empty() ? 0 : layout.label.height), rect.width, layout.box_height};
  hit = interact(state, key, box, node);
  if (!texts.label.empty())
    draw_block(state, layout.label, texts.label, {rect.x, y, rect.width, layout.label.height}, Align::left, ink(state));
  float const radius = state.mm(state.metrics.radius_mm());
  fill(box, theme.surface, radius);
  bool const wrong = !texts.error.empty();
  bool const active = hit.focused || node.expanded;
  Colour const border = wrong ? theme.error : active ? accent(state) : theme.ink_soft;
  float const thick = std::max(1.5F, state.mm(state.metrics.gap_mm() * (active ? 0.16F : 0.08F)));
  outline(box, border, thick, radius);
  if (wrong) {
    Rect const line{rect.x, box.bottom() + layout.padding * 0.3F, rect.width, layout.error.height};
    NodeSpec status;
    status.role = Role::status;
    status.name = texts.error;
    add_node(state, sub_key(key, "error"), line, status);
    draw_block(state, layout.error, texts.error, line, Align::left, theme.error);
  }
  focus_ring(state, box, radius, hit);
  return box;
}

void draw_caret(UiState& state, float x, float middle, float em) {
  float const width = std::max(2.0F, em * 0.07F);
  fill({x, middle - em * 0.6F, width, em * 1.2F}, state.theme->focus, 0);
}

void field_error(Ui& ui, std::string_view key, std::string_view error) {
  if (error.empty()) return;
  UiState& state = ui.state();
  TextBlock const block = lay_out(state, style_of(state, TextRole::body), error, state.area().width);
  state.area().y -= state.area().gap * 0.7F;
  Rect const rect = place(state, state.area().width, block.height);
  if (ui.measuring()) return;
  NodeSpec status;
  status.role = Role::status;
  status.name = error;
  add_node(state, sub_key(key, "error"), rect, status);
  draw_block(state, block, error, rect, Align::left, state.theme->error);
}

}  // namespace yizhan::ui

// Typing on one line: text field, PIN field.
#include <algorithm>
#include <string>

#include "kiosk/ui/field_parts.h"
#include "shared/base/secret.h"
#include "shared/base/text.h"

namespace yizhan::ui {

FieldEvent text_field(Ui& ui, std::string_view key, TextBuffer& buffer, FieldSpec const& spec) {
  UiState& state = ui.state();
  FieldLayout const layout = lay_out_field(state, {spec.label, spec.error});
  Rect const rect = place(state, state.area().width, layout.height);
  if (ui.measuring()) return FieldEvent::none;
  NodeSpec node;
  node.role = Role::field;
  node.name = spec.label.empty() ? spec.hint : spec.label;
  std::string value(buffer.view());
  node.value = value;
  Hit hit;
  Rect const box = field_frame(state, key, layout, {spec.label, spec.error}, rect, node, hit);
  FieldEvent event = FieldEvent::none;
  if (hit.focused)
    event = take_edits(state, buffer, {spec.max_length, spec.digits_only, spec.decimal, spec.upper_case});
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
  if (hit.focused) draw_caret(state, caret_x, box.centre().y, style.em);
  ImGui::PopClipRect();
  std::ranges::fill(characters, U'\0');
  return event;
}

FieldEvent pin_field(Ui& ui, std::string_view key, TextBuffer& buffer, std::string_view label, std::size_t digits) {
  UiState& state = ui.state();
  FieldLayout const layout = lay_out_field(state, {label, {}});
  Rect const rect = place(state, state.area().width, layout.height);
  if (ui.measuring()) return FieldEvent::none;
  NodeSpec node;
  node.role = Role::pin;
  node.name = label;
  Hit hit;
  Rect const box = field_frame(state, key, layout, {label, {}}, rect, node, hit);
  FieldEvent event = FieldEvent::none;
  std::size_t const before = buffer.length();
  if (hit.focused) event = take_edits(state, buffer, {.max_length = digits, .digits_only = true});
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

}  // namespace yizhan::ui

// Typing over several lines.
#include <algorithm>
#include <string>

#include "kiosk/ui/field_parts.h"
#include "kiosk/ui/widgets_form.h"
#include "shared/base/secret.h"

namespace yizhan::ui {

FieldEvent text_area(Ui& ui, std::string_view key, TextBuffer& buffer, TextAreaSpec const& spec) {
  UiState& state = ui.state();
  TextStyle const style = style_of(state, TextRole::body);
  float const padding = state.mm(state.metrics.gap_mm());
  float const free = state.area().width - 2 * padding - style.em * 0.2F;
  TextBlock block = lay_out(state, style, buffer.view(), free);
  auto const least = static_cast<float>(spec.lines);
  FieldTexts const texts{spec.label, spec.error};
  FieldLayout const layout = lay_out_field(state, texts, std::max(block.height, style.line * least) + padding * 1.2F);
  Rect const rect = place(state, state.area().width, layout.height);
  if (ui.measuring()) return FieldEvent::none;
  NodeSpec node;
  node.role = Role::field;
  node.name = spec.label.empty() ? spec.hint : spec.label;
  std::string value(buffer.view());
  node.value = value;
  Hit hit;
  Rect const box = field_frame(state, key, layout, texts, rect, node, hit);
  scrub(value);
  FieldEvent const event = hit.focused ? take_edits(state, buffer, {.max_length = spec.max_length}) : FieldEvent::none;
  if (event == FieldEvent::changed) block = lay_out(state, style, buffer.view(), free);
  Rect const inner{box.x + padding, box.y + padding * 0.6F, free, block.height};
  if (buffer.empty() && !spec.hint.empty()) {
    TextBlock const hint = lay_out(state, style, spec.hint, free, spec.lines);
    draw_block(state, hint, spec.hint, {inner.x + style.em * 0.3F, inner.y, free, hint.height}, Align::left,
               state.theme->ink_soft);
  }
  draw_block(state, block, buffer.view(), inner, Align::left, state.theme->ink);
  if (!hit.focused) return event;
  // The line the caret is in: the last that begins before it.
  std::size_t const caret = buffer.caret_bytes();
  std::size_t line = 0;
  while (line + 1 < block.lines.size() && block.lines[line + 1].begin <= caret) ++line;
  std::size_t const begin = block.lines.empty() ? 0 : std::min(block.lines[line].begin, caret);
  float const x = inner.x + text_width(state, style, buffer.view().substr(begin, caret - begin));
  draw_caret(state, std::min(x, inner.right()), inner.y + style.line * (static_cast<float>(line) + 0.5F), style.em);
  return event;
}

}  // namespace yizhan::ui

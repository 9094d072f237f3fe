#pragma once
/// What fields are put together from. For kiosk/ui's own files.
#include <string>
#include <string_view>

#include "kiosk/ui/pen.h"
#include "kiosk/ui/text_buffer.h"
#include "kiosk/ui/widgets.h"

namespace yizhan::ui {

struct EditRules {
  std::size_t max_length;
  bool digits_only = false;
  bool decimal = false;
  bool upper_case = false;
};
/// What the physical keyboard did to the focused field in this frame.
FieldEvent take_edits(UiState& state, TextBuffer& buffer, EditRules const& rules);

struct FieldTexts {
  std::string_view label;
  std::string_view error;
};
struct FieldLayout {
  TextStyle style{};
  TextBlock label{};
  TextBlock error{};
  float box_height = 0;
  float padding = 0;
  float height = 0;
};
/// `box_height` 0: one line.
[[nodiscard]] FieldLayout lay_out_field(UiState& state, FieldTexts const& texts, float box_height = 0);
/// Label, box and error around a field; returns the box.
Rect field_frame(UiState& state, std::string_view key, FieldLayout const& layout, FieldTexts const& texts,
                 Rect const& rect, NodeSpec const& node, Hit& hit);
/// It does not blink: nothing on this screen does.
void draw_caret(UiState& state, float x, float middle, float em);
/// The error under something that is not a field.
void field_error(Ui& ui, std::string_view key, std::string_view error);

}  // namespace yizhan::ui

#pragma once
/// Breaking text into lines by the rules of Chinese typesetting (GB/T 15834, W3C "Requirements for Chinese Text
/// Layout"): between any two ideographs, but no line begins with 。,)》 and none ends with (《; Latin words stay whole
/// where a line can hold them. ImGui's own wrapping treats a run of Chinese as one word.
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/ui/ui_state.h"

namespace yizhan::ui {

struct TextStyle {
  bool bold = false;
  float em = 16;    // pixels
  float line = 22;  // distance of baselines
  float cap = 12;   // height of "H"
};

struct TextLine {
  std::size_t begin = 0;
  std::size_t end = 0;
  float width = 0;
  bool ellipsis = false;
};

struct TextBlock {
  TextStyle style{};
  std::vector<TextLine> lines{};
  float width = 0;
  float height = 0;
  bool cut = false;  // did not fit in max_lines
};

[[nodiscard]] TextStyle style_of(UiState& state, TextRole role);
[[nodiscard]] float text_width(UiState& state, TextStyle const& style, std::string_view utf8);
/// `max_lines` 0: no limit.
[[nodiscard]] TextBlock lay_out(UiState& state, TextStyle const& style, std::string_view utf8, float width,
                                std::size_t max_lines = 0);
/// One line with its em reduced (to no less than `floor` of it) until it fits.
[[nodiscard]] TextStyle fitted(UiState& state, TextStyle style, std::string_view utf8, float width, float floor = 0.6F);
/// One line from `x`, its line box's top at `y`.
void draw_line(UiState& state, TextStyle const& style, std::string_view utf8, float x, float y, ImU32 colour);

}  // namespace yizhan::ui

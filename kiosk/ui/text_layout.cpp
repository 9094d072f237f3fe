#include "kiosk/ui/text_layout.h"

#include <imgui_internal.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "shared/base/text.h"

namespace yizhan::ui {

namespace {

struct Glyph {
  char32_t code_point = 0xFFFD;
  std::size_t size = 1;
};

/// The code point at the front of well-formed UTF-8; an ill-formed byte is U+FFFD.
Glyph decode(std::string_view utf8) {
  unsigned int code_point = 0;
  int const size = ImTextCharFromUtf8(&code_point, utf8.data(), utf8.data() + utf8.size());
  return {static_cast<char32_t>(code_point), static_cast<std::size_t>(std::max(size, 1))};
}

bool is_wide(char32_t c) {
  return (c >= 0x2E80 && c <= 0x9FFF) || (c >= 0xAC00 && c <= 0xD7FF) || (c >= 0xF900 && c <= 0xFAFF) ||
         (c >= 0xFE30 && c <= 0xFE4F) || (c >= 0xFF00 && c <= 0xFF60) || (c >= 0x20000 && c <= 0x3FFFF);
}

bool never_begins_line(char32_t c) {
  constexpr std::u32string_view k_closing = U",。、;:?!)》」』】〉〕”’…—·~%,.;:?!)]}%°";
  return k_closing.find(c) != std::u32string_view::npos;
}

bool never_ends_line(char32_t c) {
  constexpr std::u32string_view k_opening = U"(《「『【〈〔“‘([{¥$#";
  return k_opening.find(c) != std::u32string_view::npos;
}

bool may_break(char32_t before, char32_t after) {
  if (never_begins_line(after) || never_ends_line(before)) return false;
  if (before == U' ') return after != U' ';
  return is_wide(before) || is_wide(after);
}

float advance(UiState& state, TextStyle const& style, char32_t code_point) {
  Face const& face = state.fonts->face_of(code_point, style.bold);
  return face.font->GetFontBaked(style.em * face.size_per_em)->GetCharAdvance(code_point);
}

constexpr char32_t k_ellipsis = U'…';

/// Ends `line` in "…" within `width`.
void cut(UiState& state, TextStyle const& style, std::string_view utf8, TextLine& line, float width) {
  float const dots = advance(state, style, k_ellipsis);
  float used = 0;
  std::size_t at = line.begin;
  while (at < line.end) {
    Glyph const glyph = decode(utf8.substr(at));
    float const step = advance(state, style, glyph.code_point);
    if (used + step + dots > width) break;
    used += step;
    at += glyph.size;
  }
  line.end = at;
  line.width = used + dots;
  line.ellipsis = true;
}

/// A last line of one character alone takes another from the line before.
void keep_company(UiState& state, TextStyle const& style, std::string_view utf8, TextBlock& block) {
  if (block.lines.size() < 2) return;
  TextLine& last = block.lines.back();
  TextLine& above = block.lines[block.lines.size() - 2];
  std::u32string const alone = text::to_code_points(utf8.substr(last.begin, last.end - last.begin));
  std::u32string const upper = text::to_code_points(utf8.substr(above.begin, above.end - above.begin));
  constexpr std::size_t k_enough = 4;
  if (alone.size() != 1 || above.end != last.begin || upper.size() < k_enough) return;
  char32_t const moved = upper.back();
  if (!is_wide(moved) || !may_break(upper[upper.size() - 2], moved)) return;
  std::size_t const size = text::from_code_points(std::u32string_view(&moved, 1)).size();
  float const width = advance(state, style, moved);
  above.end -= size;
  above.width -= width;
  last.begin -= size;
  last.width += width;
}

}  // namespace

TextStyle style_of(UiState& state, TextRole role) {
  TextStyle style;
  style.bold = role != TextRole::body && role != TextRole::caption;
  Face const& face = style.bold ? state.fonts->bold() : state.fonts->regular();
  // Rounded up to whole pixels: crisp, and never below the height that was promised.
  style.em = std::ceil(state.metrics.cap_px(role) / face.cap_em);
  style.cap = style.em * face.cap_em;
  style.line = std::round(style.em * state.metrics.line_spacing(role));
  return style;
}

float text_width(UiState& state, TextStyle const& style, std::string_view utf8) {
  float width = 0;
  while (!utf8.empty()) {
    Glyph const glyph = decode(utf8);
    width += advance(state, style, glyph.code_point);
    utf8.remove_prefix(glyph.size);
  }
  return width;
}

TextBlock lay_out(UiState& state, TextStyle const& style, std::string_view utf8, float width, std::size_t max_lines) {
  TextBlock block;
  block.style = style;
  TextLine line;
  std::size_t break_at = 0;  // where the line may end; == line.begin: nowhere yet
  float break_width = 0;
  char32_t before = 0;
  auto const finish = [&](std::size_t end, float line_width, std::size_t next) {
    line.end = end;
    line.width = line_width;
    while (line.end > line.begin && utf8[line.end - 1] == ' ') --line.end;
    block.lines.push_back(line);
    line = {next, next, 0, false};
    break_at = next;
    break_width = 0;
    before = 0;
  };
  std::size_t at = 0;
  while (at < utf8.size()) {
    Glyph const glyph = decode(utf8.substr(at));
    if (glyph.code_point == U'\n') {
      finish(at, line.width, at + glyph.size);
      at += glyph.size;
      continue;
    }
    float const step = advance(state, style, glyph.code_point);
    if (before != 0 && may_break(before, glyph.code_point)) {
      break_at = at;
      break_width = line.width;
    }
    if (line.width + step > width + 0.5F && glyph.code_point != U' ' && at > line.begin) {
      std::size_t const end = break_at > line.begin ? break_at : at;
      finish(end, break_at > line.begin ? break_width : line.width, end);
      at = end;
      continue;
    }
    line.width += step;
    before = glyph.code_point;
    at += glyph.size;
  }
  if (line.begin < utf8.size() || block.lines.empty()) finish(utf8.size(), line.width, utf8.size());
  keep_company(state, style, utf8, block);
  if (max_lines > 0 && block.lines.size() > max_lines) {
    block.cut = true;
    block.lines.resize(max_lines);
    block.lines.back().end = utf8.size();
    cut(state, style, utf8, block.lines.back(), width);
  }
  for (TextLine const& one : block.lines) block.width = std::max(block.width, one.width);
  block.height = style.line * static_cast<float>(block.lines.size());
  return block;
}

TextStyle fitted(UiState& state, TextStyle style, std::string_view utf8, float width, float floor) {
  float const wanted = text_width(state, style, utf8);
  if (wanted <= width || wanted <= 0) return style;
  float const smallest = std::floor(style.em * floor);
  float em = std::max(std::floor(style.em * width / wanted), smallest);
  auto const sized = [&style](float size) {
    TextStyle made = style;
    made.line *= size / style.em;
    made.cap *= size / style.em;
    made.em = size;
    return made;
  };
  // Advances are whole pixels at each size, so the width does not shrink evenly.
  while (em > smallest && text_width(state, sized(em), utf8) > width) --em;
  return sized(em);
}

void draw_line(UiState& state, TextStyle const& style, std::string_view utf8, float x, float y, ImU32 colour) {
  ImDrawList* const list = ImGui::GetWindowDrawList();
  // The em box of an ideograph is 0.88 em above and 0.12 em below the baseline; it is centred in the line.
  constexpr float k_above = 0.88F;
  float const baseline = std::round(y + (style.line - style.em) / 2 + k_above * style.em);
  std::size_t begin = 0;
  float run_x = x;
  while (begin < utf8.size()) {
    Face const* face = nullptr;
    std::size_t end = begin;
    float width = 0;
    while (end < utf8.size()) {
      Glyph const glyph = decode(utf8.substr(end));
      Face const& one = state.fonts->face_of(glyph.code_point, style.bold);
      if (face != nullptr && &one != face) break;
      face = &one;
      width += one.font->GetFontBaked(style.em * one.size_per_em)->GetCharAdvance(glyph.code_point);
      end += glyph.size;
    }
    if (face == nullptr) return;  // the loop above took at least one glyph
    float const size = style.em * face->size_per_em;
    float const top = baseline - face->font->GetFontBaked(size)->Ascent;
    list->AddText(face->font, size, {std::round(run_x), top}, colour, utf8.data() + begin, utf8.data() + end);
    run_x += width;
    begin = end;
  }
}

}  // namespace yizhan::ui

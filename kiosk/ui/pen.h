#pragma once
/// Drawing and reacting, for kiosk/ui's own widgets. Pixels throughout.
///
/// A widget works in this order: lay out its texts, `place` itself, return if `measuring`, `interact` (or `add_node`),
/// draw. So measuring costs no drawing, and nothing is drawn that the tree does not know.
#include <string>
#include <string_view>

#include "kiosk/ui/layout.h"
#include "kiosk/ui/text_layout.h"
#include "kiosk/ui/ui_state.h"

namespace yizhan::ui {

// ---- layout
/// The next widget's rectangle: the area's width (in a row: `natural`), `height` high.
Rect place(UiState& state, float natural, float height);
/// Runs `content` in an area of its own; returns the height it used.
float in_area(UiState& state, Area area, Content const& content);
/// The height `content` would use in `area`, without drawing.
float measure_in(UiState& state, Area area, Content const& content);
/// An area like the present one (colours, gap) at another place.
[[nodiscard]] Area area_at(UiState const& state, float x, float y, float width, float bottom);
/// What `fill_height` widgets take: `natural` or more.
[[nodiscard]] float filled(UiState const& state, float natural);

// ---- reacting
struct Hit {
  bool used = false;  // tapped, or Enter while focused
  bool held = false;
  bool focused = false;
  bool pointed = false;
};
struct NodeSpec {
  Role role = Role::text;
  std::string_view name;
  std::string_view value = {};
  bool enabled = true;
  bool selected = false;
  bool expanded = false;
};
/// Static node.
void add_node(UiState& state, std::string_view key, Rect const& rect, NodeSpec const& spec);
/// Interactive node: registers with ImGui, the tree and the focus.
Hit interact(UiState& state, std::string_view key, Rect const& rect, NodeSpec const& spec);
/// After drawing the widget.
void focus_ring(UiState& state, Rect const& rect, float radius, Hit const& hit);

// ---- colours
[[nodiscard]] ImU32 pack(Colour colour);
[[nodiscard]] Colour faded(Colour colour, float alpha);
[[nodiscard]] Colour ink(UiState const& state);
[[nodiscard]] Colour ink_soft(UiState const& state);
/// Brand-coloured texts and icons; in high contrast they are drawn in ink.
[[nodiscard]] Colour accent(UiState const& state);
/// The empty part of a bar or ring.
[[nodiscard]] Colour track(UiState const& state);
[[nodiscard]] Colour tone_ink(UiState const& state, Tone tone);

// ---- drawing
[[nodiscard]] ImVec2 vec(Point point);
void fill(Rect const& rect, Colour colour, float radius);
void outline(Rect const& rect, Colour colour, float thickness, float radius);
/// A raised surface: soft shadow, or a border where the theme has no shadows.
void surface(UiState& state, Rect const& rect, Colour colour, float radius, bool shadow = true);
void disc(Point centre, float radius, Colour colour);
/// Part of a circle, clockwise from the top; `from` and `to` in 0…1.
void ring(Point centre, float radius, float thickness, float from, float to, Colour colour);
/// `size` is the icon's em box. Nothing for an empty name; an unknown one is noted in the tree.
void draw_icon(UiState& state, std::string_view name, Point centre, float size, Colour colour);
/// Lines of `block` from the rectangle's top.
void draw_block(UiState& state, TextBlock const& block, std::string_view utf8, Rect const& rect, Align align,
                Colour colour);
/// One line, vertically centred; shrunk to 0.6 where too long, then cut (noted in the tree).
void draw_label(UiState& state, std::string_view key, TextStyle style, std::string_view utf8, Rect const& rect,
                Align align, Colour colour);

}  // namespace yizhan::ui

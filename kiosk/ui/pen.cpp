#include "kiosk/ui/pen.h"

#include <imgui_internal.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "kiosk/ui/icons.h"
#include "shared/base/text.h"

namespace yizhan::ui {

// ---- layout ---------------------------------------------------------------------------------------------------------

Rect place(UiState& state, float natural, float height) {
  Area& area = state.area();
  if (!area.in_row) {
    if (!area.first) area.y += area.gap;
    area.first = false;
    Rect const rect{area.x, area.y, area.width, height};
    area.y += height;
    return rect;
  }
  float const width = std::min(natural, area.width);
  if (area.row_x > area.x && area.row_x + width > area.x + area.width + 0.5F) {
    area.y += area.row_height + area.gap;
    area.row_x = area.x;
    area.row_height = 0;
  }
  float const lower = std::max(0.0F, area.row_line - height) / 2;
  Rect const rect{area.row_x, area.y + lower, width, height};
  area.row_x += width + area.gap;
  area.row_height = std::max({area.row_height, height, area.row_line});
  area.row_used = std::max(area.row_used, rect.right() - area.x);
  area.first = false;
  return rect;
}

float in_area(UiState& state, Area area, Content const& content) {
  float const start = area.y;
  state.areas.push_back(area);
  content();
  float const height = state.area().y + state.area().row_height - start;
  state.areas.pop_back();
  return height;
}

float measure_in(UiState& state, Area area, Content const& content) {
  ++state.measuring;
  float const height = in_area(state, area, content);
  --state.measuring;
  return height;
}

Area area_at(UiState const& state, float x, float y, float width, float bottom) {
  Area area = state.areas.back();
  area.x = x;
  area.y = y;
  area.width = std::max(width, 1.0F);
  area.bottom = bottom;
  area.first = true;
  area.in_row = false;
  area.row_height = 0;
  area.row_used = 0;
  area.row_line = 0;
  area.fill = 0;
  return area;
}

float filled(UiState const& state, float natural) {
  Area const& area = state.areas.back();
  if (state.measuring > 0 || area.in_row) return natural;
  if (area.fill > 0) return std::max(natural, area.fill);
  if (area.bottom >= k_unbounded) return natural;
  return std::max(natural, area.bottom - area.y - (area.first ? 0 : area.gap));
}

// ---- reacting -------------------------------------------------------------------------------------------------------

namespace {

Node make_node(UiState& state, std::string_view key, Rect const& rect, NodeSpec const& spec) {
  ImRect const& clip = ImGui::GetCurrentWindow()->ClipRect;
  Node node;
  node.key = key;
  node.role = spec.role;
  node.name = spec.name;
  node.value = spec.value;
  node.rect = rect;
  node.visible = rect.intersect({clip.Min.x, clip.Min.y, clip.GetWidth(), clip.GetHeight()});
  node.state.enabled = spec.enabled;
  node.state.selected = spec.selected;
  node.state.expanded = spec.expanded;
  if (!state.scroll_frames.empty())
    node.state.clipped = node.visible.width * node.visible.height < 0.5F * rect.width * rect.height;
  else
    node.visible = rect;  // beyond the screen it must show as a finding
  return node;
}

void scroll_into_view(UiState& state, Rect const& rect) {
  state.reveal.clear();
  if (state.scroll_frames.empty()) return;
  ScrollFrame const& frame = state.scroll_frames.back();
  float const margin = state.area().gap;
  float const above = frame.view.y + margin - rect.y;
  float const below = rect.bottom() - (frame.view.bottom() - margin);
  if (above > 0)
    frame.state->offset -= above;
  else if (below > 0)
    frame.state->offset += below;
  else
    return;
  state.want_frames(2);
}

}  // namespace

void add_node(UiState& state, std::string_view key, Rect const& rect, NodeSpec const& spec) {
  if (state.reveal == key && !key.empty()) scroll_into_view(state, rect);
  state.tree.add(make_node(state, key, rect, spec));
}

Hit interact(UiState& state, std::string_view key, Rect const& rect, NodeSpec const& spec) {
  if (state.reveal == key) scroll_into_view(state, rect);
  Node node = make_node(state, key, rect, spec);
  node.state.interactive = true;
  node.id = ImHashStr(key.data(), key.size());
  Hit hit;
  hit.focused = state.focus == key && !state.inert;
  node.state.focused = hit.focused;
  bool const enabled = spec.enabled && !state.inert;
  ImRect const box({rect.x, rect.y}, {rect.right(), rect.bottom()});
  ImGui::PushItemFlag(ImGuiItemFlags_Disabled, !enabled);
  // What lies under an overlay is not there for ImGui: even a disabled item would take the pointer from what lies above.
  if (!state.inert && ImGui::ItemAdd(box, node.id)) {
    bool used = ImGui::ButtonBehavior(box, node.id, &hit.pointed, &hit.held);
    if (!enabled) hit.held = used = false;
    hit.used = used;
    if (used && spec.role != Role::key) {
      state.focus = key;
      state.focus_visible = false;
    }
  }
  ImGui::PopItemFlag();
  if (enabled && !state.activate.empty() && state.activate == key) {
    state.activate.clear();
    hit.used = true;
  }
  if (hit.used) {
    state.tapped = key;
    state.want_frames(2);
  }
  state.tree.add(std::move(node));
  return hit;
}

void focus_ring(UiState& state, Rect const& rect, float radius, Hit const& hit) {
  if (!hit.focused || !state.focus_visible) return;
  float const thick = std::max(2.0F, state.mm(state.metrics.gap_mm() * 0.22F));
  outline(rect.inset(-thick), state.theme->focus, thick, radius + thick);
}

// ---- colours --------------------------------------------------------------------------------------------------------

ImU32 pack(Colour colour) { return IM_COL32(colour.r, colour.g, colour.b, colour.a); }

Colour faded(Colour colour, float alpha) {
  colour.a = static_cast<std::uint8_t>(std::lround(static_cast<float>(colour.a) * std::clamp(alpha, 0.0F, 1.0F)));
  return colour;
}

Colour ink(UiState const& state) { return state.areas.back().on_brand ? state.theme->on_brand : state.theme->ink; }
Colour ink_soft(UiState const& state) {
  return state.areas.back().on_brand ? state.theme->on_brand : state.theme->ink_soft;
}
Colour accent(UiState const& state) {
  if (state.areas.back().on_brand) return state.theme->on_brand;
  return state.theme->palette == Palette::contrast ? state.theme->ink : state.theme->brand;
}
Colour track(UiState const& state) { return blend(state.areas.back().under, faded(accent(state), 0.2F)); }
Colour tone_ink(UiState const& state, Tone tone) {
  return tone == Tone::neutral ? accent(state) : state.theme->tone(tone);
}

// ---- drawing --------------------------------------------------------------------------------------------------------

ImVec2 vec(Point point) { return {point.x, point.y}; }

namespace {

Rect rounded(Rect const& rect) {
  float const left = std::round(rect.x);
  float const top = std::round(rect.y);
  return {left, top, std::round(rect.right()) - left, std::round(rect.bottom()) - top};
}

}  // namespace

void fill(Rect const& rect, Colour colour, float radius) {
  Rect const r = rounded(rect);
  ImGui::GetWindowDrawList()->AddRectFilled({r.x, r.y}, {r.right(), r.bottom()}, pack(colour), radius);
}

void outline(Rect const& rect, Colour colour, float thickness, float radius) {
  Rect const r = rounded(rect).inset(thickness / 2);
  ImGui::GetWindowDrawList()->AddRect({r.x, r.y}, {r.right(), r.bottom()}, pack(colour),
                                      std::max(0.0F, radius - thickness / 2), 0, thickness);
}

void surface(UiState& state, Rect const& rect, Colour colour, float radius, bool shadow) {
  Theme const& theme = *state.theme;
  if (shadow && theme.shadow.a > 0) {
    // Rings that grow fainter outwards, falling downwards: a soft shadow without a blur pass, and without filling what
    // the surface covers anyway (a software rasteriser pays for every pixel).
    constexpr int k_rings = 6;
    float const step = std::max(1.0F, std::round(state.mm(state.metrics.gap_mm() * 0.1F)));
    float const drop = step * 2;
    for (int ring = 0; ring < k_rings; ++ring) {
      float const grow = step * static_cast<float>(ring + 1);
      Rect const outer{rect.x - grow, rect.y - grow + drop, rect.width + 2 * grow, rect.height + 2 * grow};
      Colour shade = theme.shadow;
      shade.a = static_cast<std::uint8_t>(shade.a * (k_rings - ring));
      // The innermost reaches under the surface, which hides the drop's gap at the top and the corners.
      float const thickness = ring == 0 ? step + drop + radius * 0.6F : step;
      outline(outer, shade, thickness, radius + grow);
    }
  }
  fill(rect, colour, radius);
  if (theme.outlines)
    outline(rect, theme.line, std::max(1.0F, theme.line_px * state.metrics.px_per_mm() / 3.2F), radius);
}

void disc(Point centre, float radius, Colour colour) {
  ImGui::GetWindowDrawList()->AddCircleFilled(vec(centre), radius, pack(colour));
}

void ring(Point centre, float radius, float thickness, float from, float to, Colour colour) {
  if (to <= from) return;
  constexpr float k_turn = 2 * std::numbers::pi_v<float>;
  constexpr float k_top = -std::numbers::pi_v<float> / 2;
  ImDrawList* const list = ImGui::GetWindowDrawList();
  list->PathArcTo(vec(centre), radius, k_top + from * k_turn, k_top + to * k_turn, 64);
  list->PathStroke(pack(colour), 0, thickness);
}

void draw_icon(UiState& state, std::string_view name, Point centre, float size, Colour colour) {
  if (name.empty()) return;
  auto const code_point = icon_code_point(name);
  if (!code_point) {
    state.tree.note({"unknown_icon", std::string(name), "no Material icon has this name"});
    return;
  }
  Face const& face = state.fonts->icons();
  float const em = std::round(size);
  float const font_size = em * face.size_per_em;
  std::string const glyph = text::from_code_points(std::u32string_view(&*code_point, 1));
  // Material glyphs fill the em box exactly; its top is one em above ImGui's descender line.
  float const top = centre.y - font_size / 2;
  ImGui::GetWindowDrawList()->AddText(face.font, font_size, {std::round(centre.x - em / 2), std::round(top)},
                                      pack(colour), glyph.data(), glyph.data() + glyph.size());
}

void draw_block(UiState& state, TextBlock const& block, std::string_view utf8, Rect const& rect, Align align,
                Colour colour) {
  float y = rect.y;
  for (TextLine const& line : block.lines) {
    float const slack = rect.width - line.width;
    float const x = rect.x + (align == Align::left ? 0.0F : align == Align::centre ? slack / 2 : slack);
    std::string_view const shown = utf8.substr(line.begin, line.end - line.begin);
    if (line.ellipsis)
      draw_line(state, block.style, std::string(shown) + "…", x, y, pack(colour));
    else
      draw_line(state, block.style, shown, x, y, pack(colour));
    y += block.style.line;
  }
}

void draw_label(UiState& state, std::string_view key, TextStyle style, std::string_view utf8, Rect const& rect,
                Align align, Colour colour) {
  style = fitted(state, style, utf8, rect.width);
  TextBlock const block = lay_out(state, style, utf8, std::max(rect.width, 1.0F) + 1, 1);
  if (block.cut) state.tree.note({"text_cut", std::string(key), std::string(utf8)});
  Rect const line{rect.x, rect.y + (rect.height - style.line) / 2, rect.width, style.line};
  draw_block(state, block, utf8, line, align, colour);
}

}  // namespace yizhan::ui

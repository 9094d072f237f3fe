#include "kiosk/ui/layout.h"

#include <imgui_internal.h>

#include <algorithm>
#include <cmath>

#include "kiosk/ui/pen.h"

namespace yizhan::ui {

void columns(Ui& ui, std::initializer_list<float> weights, std::function<void(std::size_t)> const& cell, float gap) {
  UiState& state = ui.state();
  float const between = gap > 0 ? state.mm(gap) : state.area().gap;
  float total = 0;
  for (float const weight : weights) total += weight;
  Rect const top = place(state, state.area().width, 0);
  float const free = top.width - between * static_cast<float>(weights.size() - 1);
  float const bottom = state.area().bottom;
  float x = top.x;
  float tallest = 0;
  std::size_t index = 0;
  for (float const weight : weights) {
    float const width = free * weight / total;
    std::size_t const column = index++;
    tallest = std::max(tallest, in_area(state, area_at(state, x, top.y, width, bottom), [&] { cell(column); }));
    x += width + between;
  }
  state.area().y += tallest;
}

void grid(Ui& ui, std::size_t across, std::size_t count, std::function<void(std::size_t)> const& cell) {
  UiState& state = ui.state();
  across = std::max<std::size_t>(across, 1);
  for (std::size_t begin = 0; begin < count; begin += across) {
    std::size_t const end = std::min(begin + across, count);
    Rect const top = place(state, state.area().width, 0);
    float const gap = state.area().gap;
    float const width = (top.width - gap * static_cast<float>(across - 1)) / static_cast<float>(across);
    auto const area_of = [&](std::size_t index) {
      return area_at(state, top.x + (width + gap) * static_cast<float>(index - begin), top.y, width, k_unbounded);
    };
    float height = 0;
    for (std::size_t i = begin; i < end; ++i)
      height = std::max(height, measure_in(state, area_of(i), [&] { cell(i); }));
    if (!ui.measuring())
      for (std::size_t i = begin; i < end; ++i) {
        Area area = area_of(i);
        area.fill = height;
        in_area(state, area, [&] { cell(i); });
      }
    state.area().y += height;
  }
}

void row(Ui& ui, Align align, Content const& content) {
  UiState& state = ui.state();
  Rect const top = place(state, state.area().width, 0);
  Area area = area_at(state, top.x, top.y, top.width, state.area().bottom);
  area.in_row = true;
  area.row_x = area.x;
  float used = 0;
  float line = 0;
  ++state.measuring;
  float const height = in_area(state, area, [&] {
    content();
    used = state.area().row_used;
    line = state.area().row_height;
  });
  --state.measuring;
  if (!ui.measuring()) {
    area.row_line = line;
    if (align != Align::left && height <= line + 0.5F) {
      float const slack = area.width - used;
      float const shift = align == Align::centre ? slack / 2 : slack;
      area.x += shift;
      area.row_x = area.x;
      area.width -= shift;
    }
    in_area(state, area, content);
  }
  state.area().y += height;
}

void centred(Ui& ui, float width, Content const& content) {
  UiState& state = ui.state();
  Rect const top = place(state, state.area().width, 0);
  float const narrow = std::min(state.mm(width), top.width);
  Area area = area_at(state, top.x + (top.width - narrow) / 2, top.y, narrow, state.area().bottom);
  state.area().y += in_area(state, area, content);
}

namespace {

/// `content` lower down, by `share` of the free height.
void pushed_down(UiState& state, float share, Content const& content) {
  Rect const top = place(state, state.area().width, 0);
  float const bottom = state.area().bottom;
  Area area = area_at(state, top.x, top.y, top.width, bottom);
  if (state.measuring == 0 && bottom < k_unbounded) {
    float const height = measure_in(state, area, content);
    area.y += std::max(0.0F, bottom - top.y - height) * share;
  }
  float const shift = area.y - top.y;
  state.area().y += shift + in_area(state, area, content);
}

}  // namespace

void middle(Ui& ui, Content const& content) { pushed_down(ui.state(), 0.5F, content); }
void at_bottom(Ui& ui, Content const& content) { pushed_down(ui.state(), 1.0F, content); }

void panel(Ui& ui, PanelSpec const& spec, Content const& content) {
  UiState& state = ui.state();
  Theme const& theme = *state.theme;
  float const padding = state.mm(spec.padding > 0 ? spec.padding : state.metrics.gap_mm() * 1.4F);
  float const width = state.area().width - 2 * padding;
  Area inner = area_at(state, state.area().x + padding, 0, width, k_unbounded);
  float const natural = measure_in(state, inner, content) + 2 * padding;
  Rect const rect = place(state, state.area().width, spec.fill_height ? filled(state, natural) : natural);
  if (ui.measuring()) return;
  Colour const colour = spec.brand                   ? theme.brand
                        : spec.tone == Tone::neutral ? theme.surface
                                                     : theme.tone_tint(spec.tone);
  surface(state, rect, colour, state.mm(state.metrics.radius_mm()), spec.shadow);
  inner = area_at(state, rect.x + padding, rect.y + padding, rect.width - 2 * padding, rect.bottom() - padding);
  inner.on_brand = spec.brand;
  inner.under = colour;
  in_area(state, inner, content);
}

// ---- scrolling ------------------------------------------------------------------------------------------------------

namespace {

/// A drag that leaves the finger's jitter becomes scrolling, and the button under it is let go.
void drag_scroll(UiState& state, ScrollState& scroll, Rect const& view) {
  ImGuiIO const& io = ImGui::GetIO();
  Point const pressed_at{io.MouseClickedPos[0].x, io.MouseClickedPos[0].y};
  float const threshold = state.mm(4.0F);
  if (std::ranges::any_of(state.claims_last, [&](Rect const& claim) { return claim.contains(pressed_at); })) return;
  if (ImGui::IsMouseClicked(0) && view.contains(pressed_at)) scroll.drag_from = scroll.offset;
  if (!io.MouseDown[0] || state.inert) {
    if (!io.MouseReleased[0]) scroll.dragging = false;
  } else if (view.contains(pressed_at) && scroll.content > scroll.view) {
    float const moved = io.MousePos.y - pressed_at.y;
    if (std::abs(moved) > threshold) scroll.dragging = true;
    if (scroll.dragging) scroll.offset = scroll.drag_from - moved;
  }
  if (scroll.dragging) ImGui::ClearActiveID();
  if (io.MouseWheel != 0 && view.contains({io.MousePos.x, io.MousePos.y}) && !state.inert) {
    constexpr float k_notch_mm = 16;
    scroll.offset -= io.MouseWheel * state.mm(k_notch_mm);
    state.want_frames(2);
  }
}

void draw_rail(UiState& state, ScrollState const& scroll, Rect const& view, float width) {
  Rect const groove{view.right() - width, view.y, width, view.height};
  fill(groove, track(state), width / 2);
  float const share = view.height / scroll.content;
  float const length = std::max(view.height * share, state.mm(state.metrics.gap_mm() * 3));
  float const at = scroll.offset / (scroll.content - scroll.view);
  fill({groove.x, groove.y + (groove.height - length) * at, width, length}, accent(state), width / 2);
}

/// The content fades out where there is more, and an arrow says so.
void draw_edge(UiState& state, Rect const& view, bool top) {
  float const height = std::min(state.mm(state.metrics.gap_mm() * 3), view.height / 3);
  Colour const solid = state.area().under;
  ImU32 const none = pack(faded(solid, 0));
  ImU32 const full = pack(solid);
  float const y = top ? view.y : view.bottom() - height;
  ImGui::GetWindowDrawList()->AddRectFilledMultiColor({view.x, y}, {view.right(), y + height}, top ? full : none,
                                                      top ? full : none, top ? none : full, top ? none : full);
  float const radius = state.mm(state.metrics.gap_mm() * 1.1F);
  Point const centre{view.x + view.width / 2, top ? view.y + radius : view.bottom() - radius};
  disc(centre, radius, state.theme->brand);
  draw_icon(state, top ? "expand_less" : "expand_more", centre, radius * 1.8F, state.theme->on_brand);
}

}  // namespace

void scroll(Ui& ui, std::string_view key, float height, Content const& content) {
  UiState& state = ui.state();
  float const rail = state.mm(state.metrics.gap_mm() * 0.6F);
  float const rail_space = rail + state.area().gap;
  Area probe = area_at(state, state.area().x, 0, state.area().width, k_unbounded);
  float natural = measure_in(state, probe, content);
  float const left = state.area().bottom - state.area().y - (state.area().first ? 0 : state.area().gap);
  float view_height = height > 0 ? state.mm(height) : std::max(left, state.mm(state.metrics.button_mm()));
  if (height <= 0 && (state.area().bottom >= k_unbounded || state.measuring > 0))
    view_height = std::min(natural, view_height);
  bool const overflows = natural > view_height + 0.5F;
  if (overflows) {
    probe.width -= rail_space;
    natural = measure_in(state, probe, content);
  }
  Rect const view = place(state, state.area().width, view_height);
  if (ui.measuring()) return;

  auto found = state.scrolls.find(key);
  if (found == state.scrolls.end()) found = state.scrolls.emplace(std::string(key), ScrollState{}).first;
  ScrollState& scroll = found->second;
  if (scroll.last_frame + 1 < state.frame) scroll = ScrollState{};  // another visit begins at the top
  scroll.last_frame = state.frame;
  scroll.content = natural;
  scroll.view = view.height;
  drag_scroll(state, scroll, view);
  scroll.offset = std::clamp(scroll.offset, 0.0F, std::max(0.0F, natural - view.height));

  NodeSpec node;
  node.role = Role::scroll;
  node.name = {};
  add_node(state, key, view, node);
  // Shadows and focus rings reach a little over the sides.
  float const bleed = overflows ? state.area().gap * 0.5F : state.area().gap;
  ImGui::PushClipRect({view.x - bleed, view.y - (overflows ? 0 : bleed)},
                      {view.right() + bleed, view.bottom() + (overflows ? 0 : bleed)}, true);
  state.scroll_frames.push_back({&scroll, view});
  Area const inner = area_at(state, view.x, std::round(view.y - scroll.offset),
                             view.width - (overflows ? rail_space : 0), k_unbounded);
  in_area(state, inner, content);
  state.scroll_frames.pop_back();
  ImGui::PopClipRect();
  if (!overflows) return;
  draw_rail(state, scroll, view, rail);
  Rect const edge{view.x - bleed, view.y, view.width - rail_space + bleed * 2, view.height};
  if (scroll.offset > 1) draw_edge(state, edge, true);
  if (scroll.offset < natural - view.height - 1) draw_edge(state, edge, false);
}

// ---- small things ---------------------------------------------------------------------------------------------------

void space(Ui& ui, float millimetres) {
  Area& area = ui.state().area();
  if (area.in_row)
    area.row_x += ui.state().mm(millimetres);
  else
    area.y += ui.state().mm(millimetres);
}

void divider(Ui& ui) {
  UiState& state = ui.state();
  float const thick = std::max(1.0F, state.theme->line_px * state.metrics.px_per_mm() / 3.2F);
  Rect const rect = place(state, state.area().width, thick);
  if (!ui.measuring()) fill(rect, state.theme->line, 0);
}

float width_left(Ui const& ui) { return ui.state().areas.back().width / ui.state().metrics.px_per_mm(); }

float height_left(Ui const& ui) {
  Area const& area = ui.state().areas.back();
  return (area.bottom - area.y - (area.first ? 0 : area.gap)) / ui.state().metrics.px_per_mm();
}

float measure(Ui& ui, Content const& content) {
  UiState& state = ui.state();
  Area const area = area_at(state, state.area().x, state.area().y, state.area().width, k_unbounded);
  return measure_in(state, area, content) / state.metrics.px_per_mm();
}

}  // namespace yizhan::ui

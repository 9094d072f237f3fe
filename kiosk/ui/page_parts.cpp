#include "kiosk/ui/page_parts.h"

#include <algorithm>
#include <cmath>

#include "kiosk/ui/widgets.h"

namespace yizhan::ui {

std::string sub_key(std::string_view key, std::string_view part) { return std::string(key) + "." + std::string(part); }

void enter_screen(UiState& state, std::string_view key, std::string_view title) {
  Rect const all{0, 0, static_cast<float>(state.panel.width_px), static_cast<float>(state.panel.height_px)};
  state.screen = key;
  NodeSpec node;
  node.role = Role::screen;
  node.name = title;
  add_node(state, key, all, node);
  if (state.last_screen != key) state.motion.start(state.clock.now(), state.theme->motion && !state.skip_motion);
}

/// The new content comes up from the ground; in three steps at most.
void veil(UiState& state, Rect const& rect) {
  if (state.skip_motion) return;
  SteadyTime const now = state.clock.now();
  float const shown = 0.45F + 0.55F * state.motion.at(now);
  if (shown < 1) fill(rect, faded(state.theme->ground, 1 - shown), 0);
  if (auto const next = state.motion.next_step(now); next && (!state.wake_at || *next < *state.wake_at))
    state.wake_at = next;
}

// ---- header ---------------------------------------------------------------------------------------------------------

namespace {

float pill_height(UiState const& state, Rect const& band) {
  return std::min(band.height * 0.74F, state.mm(state.metrics.button_mm()));
}

float pill_width(UiState& state, Pill const& pill, Rect const& band) {
  TextStyle const style = style_of(state, TextRole::strong);
  float const height = pill_height(state, band);
  float const icon = pill.icon.empty() ? 0 : style.em * 1.55F;
  return std::max(height, icon + text_width(state, style, pill.label) + height * 0.6F);
}

bool header_pill(UiState& state, Pill const& pill, float x, Rect const& band) {
  Theme const& theme = *state.theme;
  TextStyle const style = style_of(state, TextRole::strong);
  float const height = pill_height(state, band);
  Rect const rect{x, band.y + (band.height - height) / 2, pill_width(state, pill, band), height};
  NodeSpec node;
  node.role = Role::button;
  node.name = pill.name;
  Hit const hit = interact(state, pill.key, rect, node);
  Colour const quiet = hit.held ? theme.brand_deep : blend(theme.brand, faded(theme.on_brand, 0.1F));
  Colour const words = pill.strong ? theme.brand : theme.on_brand;
  fill(rect, pill.strong ? theme.on_brand : quiet, height * 0.3F);
  if (theme.outlines) outline(rect, theme.on_brand, theme.line_px, height * 0.3F);
  float const text = text_width(state, style, pill.label);
  float const icon = pill.icon.empty() ? 0 : style.em * 1.25F;
  float const gap = pill.icon.empty() ? 0 : style.em * 0.3F;
  float left = rect.x + (rect.width - icon - gap - text) / 2;
  draw_icon(state, pill.icon, {left + icon / 2, rect.centre().y}, icon, words);
  left += icon + gap;
  draw_line(state, style, pill.label, left, rect.y + (rect.height - style.line) / 2, pack(words));
  focus_ring(state, rect, height * 0.3F, hit);
  return hit.used;
}

template <class Enum>
Enum next_of(Enum value, int count) {
  return static_cast<Enum>((static_cast<int>(value) + 1) % count);
}

}  // namespace

void PillRow::add_language() {
  std::string_view const other = language_name(next_of(m_state.preferences.language, 2));
  if (m_state.chrome.languages) add({"ui.language", other, {}, other});
}

float PillRow::left() const {
  float left = m_band.right();
  for (Pill const& pill : m_pills) left -= pill_width(m_state, pill, m_band) + m_gap;
  return m_pills.empty() ? left : left + m_gap;
}

std::string_view PillRow::draw() const {
  std::string_view used;
  float x = left();
  for (Pill const& pill : m_pills) {
    if (header_pill(m_state, pill, x, m_band)) used = pill.key;
    x += pill_width(m_state, pill, m_band) + m_gap;
  }
  return used;
}

bool apply_preference(Ui& ui, std::string_view used) {
  Preferences wanted = ui.preferences();
  if (used == "ui.language") wanted.language = next_of(wanted.language, 2);
  if (used == "ui.text_size") wanted.text_size = next_of(wanted.text_size, 3);
  if (used == "ui.contrast") wanted.palette = next_of(wanted.palette, 3);
  if (wanted == ui.preferences()) return false;
  ui.set_preferences(wanted);
  return true;
}

namespace {

/// The hall's name on one line where it is short enough, else on two, smaller the longer it is.
TextBlock name_block(UiState& state, std::string_view name, float width, float height) {
  constexpr float k_smallest = 0.6F;
  constexpr float k_step = 0.05F;
  TextStyle const style = style_of(state, TextRole::strong);
  TextBlock block = lay_out(state, style, name, width, 1);
  for (float scale = 1; block.cut && scale > k_smallest; scale -= k_step) {
    TextStyle smaller = style;
    smaller.em = std::floor(style.em * scale);  // whole pixels: every size is a page of glyphs
    smaller.line *= smaller.em / style.em;
    smaller.cap *= smaller.em / style.em;
    block = lay_out(state, smaller, name, width, smaller.line * 2 <= height ? 2 : 1);
  }
  return block;
}

}  // namespace

void draw_identity(UiState& state, Rect const& area) {
  Theme const& theme = *state.theme;
  float const crest = std::min(area.height * 0.66F, state.mm(state.metrics.button_mm()));
  Point const centre{area.x + crest / 2, area.centre().y};
  disc(centre, crest / 2, theme.on_brand);
  draw_icon(state, state.chrome.crest_icon, centre, crest * 0.62F, theme.brand);
  float const left = area.x + crest + crest * 0.22F;
  Rect text{left, area.y, area.right() - left, area.height};
  TextStyle const clock_style = style_of(state, TextRole::caption);
  bool const clock = !state.chrome.clock.empty();
  std::string_view const name = state.chrome.hall_name;
  TextBlock const block = name_block(state, name, text.width, text.height - (clock ? clock_style.line : 0));
  float y = area.centre().y - (block.height + (clock ? clock_style.line : 0)) / 2;
  Rect const name_rect{text.x, y, text.width, block.height};
  NodeSpec node;
  node.role = Role::text;
  node.name = name;
  add_node(state, "ui.hall", name_rect, node);
  if (block.cut) state.tree.note({"text_cut", "ui.hall", std::string(name)});
  draw_block(state, block, name, name_rect, Align::left, theme.on_brand);
  if (!clock) return;
  y += block.height;
  Rect const clock_rect{text.x, y, text.width, clock_style.line};
  node.name = state.chrome.clock;
  add_node(state, "ui.clock", clock_rect, node);
  draw_label(state, "ui.clock", clock_style, state.chrome.clock, clock_rect, Align::left, theme.on_brand);
}

// ---- content --------------------------------------------------------------------------------------------------------

void draw_notice(Ui& ui) {
  if (ui.chrome().notice.empty()) return;
  BannerSpec notice;
  notice.tone = ui.chrome().notice_tone;
  notice.text = ui.chrome().notice;
  banner(ui, "ui.notice", notice);
}

/// Content where it fits, else in a scroll area.
void draw_content(Ui& ui, std::string_view key, Content const& content) {
  UiState& state = ui.state();
  Area probe = area_at(state, state.area().x, state.area().y, state.area().width, state.area().bottom);
  float const height = measure_in(state, probe, content);
  if (height > state.area().bottom - state.area().y + 0.5F)
    scroll(ui, sub_key(key, "scroll"), 0, content);
  else
    in_area(state, probe, content);
}

}  // namespace yizhan::ui

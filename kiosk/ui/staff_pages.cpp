// Pages for staff and for the hall: desk, board.
#include <algorithm>
#include <string>

#include "kiosk/ui/page_parts.h"
#include "kiosk/ui/widgets.h"

namespace yizhan::ui {

namespace {

/// One line of the desk's header.
void say(UiState& state, std::string const& key, TextStyle const& style, std::string_view words, Rect const& rect) {
  NodeSpec node;
  node.name = words;
  add_node(state, key, rect, node);
  draw_label(state, key, style, words, rect, Align::left, state.theme->on_brand);
}

void draw_status(UiState& state, DeskSpec const& spec, TextStyle const& style, Rect const& band, float x, float most) {
  Theme const& theme = *state.theme;
  float const width = std::min(most, text_width(state, style, spec.status) + style.em * 2.2F);
  float const height = style.line * 1.2F;
  Rect const pill{x, band.y + (band.height - height) / 2, width, height};
  std::string const key = sub_key(spec.key, "status");
  NodeSpec node;
  node.role = Role::status;
  node.name = spec.status;
  add_node(state, key, pill, node);
  Colour const tone = theme.tone(spec.status_tone);
  fill(pill, theme.tone_tint(spec.status_tone), pill.height / 2);
  disc({pill.x + style.em * 0.8F, pill.centre().y}, style.em * 0.3F, tone);
  draw_label(state, key, style, spec.status, {pill.x + style.em * 1.4F, pill.y, width - style.em * 1.8F, height},
             Align::left, tone);
}

/// Title, who, status from the left; clock and language at the right end.
void draw_desk_header(Ui& ui, DeskSpec const& spec, Rect const& band) {
  UiState& state = ui.state();
  fill(band, state.theme->brand, 0);
  float const margin = state.mm(state.metrics.margin_mm());
  TextStyle const title = style_of(state, TextRole::heading);
  TextStyle const small = style_of(state, TextRole::body);
  auto const line = [&](float x, TextStyle const& style, std::string_view words, float most) {
    return Rect{x, band.y + (band.height - style.line) / 2, std::min(text_width(state, style, words) + 1, most),
                style.line};
  };
  PillRow pills(state, {margin, band.y, band.width - 2 * margin, band.height}, margin);
  pills.add_language();
  float right = pills.left() - (state.chrome.languages ? margin : 0);
  Rect const clock = line(0, small, state.chrome.clock, band.width / 4);
  right -= clock.width + margin;

  Rect rect = line(margin, title, spec.title, band.width / 3);
  say(state, sub_key(spec.key, "title"), title, spec.title, rect);
  float x = rect.right() + margin;
  if (!spec.who.empty()) {
    rect = line(x, small, spec.who, band.width / 6);
    say(state, sub_key(spec.key, "who"), small, spec.who, rect);
    x = rect.right() + margin;
  }
  if (!spec.status.empty()) draw_status(state, spec, small, band, x, std::max(1.0F, right - x));
  if (!state.chrome.clock.empty())
    say(state, "ui.clock", small, state.chrome.clock, {right + margin, clock.y, clock.width, clock.height});
  apply_preference(ui, pills.draw());
}

/// The actions with their F-keys, side by side.
std::optional<std::size_t> draw_actions(Ui& ui, std::span<DeskAction const> actions, Rect const& bar) {
  UiState& state = ui.state();
  std::optional<std::size_t> chosen;
  fill(bar, state.theme->surface, 0);
  fill({bar.x, bar.y, bar.width, std::max(1.0F, state.theme->line_px)}, state.theme->line, 0);
  float const margin = state.mm(state.metrics.margin_mm());
  float const height = state.mm(state.metrics.button_mm());
  float const y = bar.y + (bar.height - height) / 2;
  float const gap = state.area().gap;
  auto const count = static_cast<float>(actions.size());
  float const each = (bar.width - 2 * margin - gap * (count - 1)) / count;
  for (std::size_t i = 0; i < actions.size(); ++i) {
    DeskAction const& action = actions[i];
    ButtonSpec one{.label = action.label, .icon = action.icon, .enabled = action.enabled, .shortcut = action.shortcut};
    if (action.primary) one.kind = ButtonKind::primary;
    if (action.danger) one.kind = ButtonKind::danger;
    in_area(state, area_at(state, margin + (each + gap) * static_cast<float>(i), y, each, y + height), [&] {
      if (button(ui, action.key, one)) chosen = i;
    });
  }
  return chosen;
}

}  // namespace

std::optional<std::size_t> desk(Ui& ui, DeskSpec const& spec, Content const& content) {
  UiState& state = ui.state();
  enter_screen(state, spec.key, spec.title);
  auto const width = static_cast<float>(state.panel.width_px);
  auto const height = static_cast<float>(state.panel.height_px);
  float const margin = state.mm(state.metrics.margin_mm());
  Rect const band{0, 0, width, state.mm(state.metrics.button_mm() * 1.3F)};
  draw_desk_header(ui, spec, band);
  float const bar = spec.actions.empty() ? 0 : state.mm(state.metrics.button_mm() * 1.55F);
  float const bottom = height - bar - margin * 0.8F;
  in_area(state, area_at(state, margin, band.bottom() + margin, width - 2 * margin, bottom), [&] {
    draw_notice(ui);
    Area const page = state.area();
    float const top = page.y + (page.first ? 0 : page.gap);
    in_area(state, area_at(state, page.x, top, page.width, bottom), [&] { draw_content(ui, spec.key, content); });
  });
  if (spec.actions.empty()) return std::nullopt;
  return draw_actions(ui, spec.actions, {0, height - bar, width, bar});
}

void board(Ui& ui, std::string_view key, std::string_view title, Content const& content) {
  UiState& state = ui.state();
  enter_screen(state, key, title);
  Theme const& theme = *state.theme;
  auto const width = static_cast<float>(state.panel.width_px);
  auto const height = static_cast<float>(state.panel.height_px);
  float const margin = state.mm(state.metrics.margin_mm());
  TextStyle const style = style_of(state, TextRole::strong);
  Rect const band{0, 0, width, style.line * 1.7F};
  fill(band, theme.brand, 0);
  float const crest = band.height * 0.62F;
  disc({margin + crest / 2, band.centre().y}, crest / 2, theme.on_brand);
  draw_icon(state, state.chrome.crest_icon, {margin + crest / 2, band.centre().y}, crest * 0.62F, theme.brand);
  float const clock_width = text_width(state, style, state.chrome.clock);
  auto const say = [&](std::string_view node_key, std::string_view words, Rect const& rect, Align align) {
    if (words.empty()) return;
    NodeSpec node;
    node.name = words;
    add_node(state, node_key, rect, node);
    draw_label(state, node_key, style, words, rect, align, theme.on_brand);
  };
  float const left = margin + crest * 1.4F;
  float const free = width - margin - clock_width - margin - left;
  say("ui.hall", state.chrome.hall_name, {left, band.y, free * 0.6F, band.height}, Align::left);
  say(sub_key(key, "title"), title, {left + free * 0.6F, band.y, free * 0.4F, band.height}, Align::right);
  say("ui.clock", state.chrome.clock, {width - margin - clock_width, band.y, clock_width + 1, band.height},
      Align::right);
  in_area(state, area_at(state, margin, band.bottom() + margin, width - 2 * margin, height - margin), [&] {
    draw_notice(ui);
    content();
  });
}

}  // namespace yizhan::ui

// Whole pages: screen, desk, board, bare, overlay.
#include <imgui.h>

#include <algorithm>
#include <string>

#include "kiosk/ui/pen.h"
#include "kiosk/ui/widgets.h"

namespace yizhan::ui {

namespace {

std::string sub(std::string_view key, std::string_view part) { return std::string(key) + "." + std::string(part); }

void enter_screen(UiState& state, std::string_view key, std::string_view title) {
  Rect const all{0, 0, static_cast<float>(state.panel.width_px), static_cast<float>(state.panel.height_px)};
  state.screen = key;
  fill(all, state.theme->ground, 0);
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

/// Header controls keep the standard size in every text size: they must all stay reachable.
Metrics header_metrics(UiState const& state) { return {state.panel, state.scale, TextSize::standard}; }

/// A control in the header: a pill on the brand's ground.
struct Pill {
  std::string_view key;
  std::string_view label;
  std::string_view icon;
  std::string_view name;  // said
  bool strong = false;
};

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

/// Pills from left to right, ending at the band's right edge; reading order is what one sees.
class PillRow {
 public:
  PillRow(UiState& state, Rect const& band, float gap) : m_state(state), m_band(band), m_gap(gap) {}
  void add(Pill const& pill) { m_pills.push_back(pill); }
  [[nodiscard]] float left() const {
    float left = m_band.right();
    for (Pill const& pill : m_pills) left -= pill_width(m_state, pill, m_band) + m_gap;
    return m_pills.empty() ? left : left + m_gap;
  }
  /// The key of the one that was used; empty for none.
  [[nodiscard]] std::string_view draw() const {
    std::string_view used;
    float x = left();
    for (Pill const& pill : m_pills) {
      if (header_pill(m_state, pill, x, m_band)) used = pill.key;
      x += pill_width(m_state, pill, m_band) + m_gap;
    }
    return used;
  }

 private:
  UiState& m_state;
  Rect m_band;
  float m_gap;
  std::vector<Pill> m_pills{};
};

void draw_identity(UiState& state, Rect const& area) {
  Theme const& theme = *state.theme;
  float const crest = std::min(area.height * 0.66F, state.mm(state.metrics.button_mm()));
  Point const centre{area.x + crest / 2, area.centre().y};
  disc(centre, crest / 2, theme.on_brand);
  draw_icon(state, state.chrome.crest_icon, centre, crest * 0.62F, theme.brand);
  float const left = area.x + crest + crest * 0.22F;
  Rect text{left, area.y, area.right() - left, area.height};
  TextStyle const name_style = style_of(state, TextRole::strong);
  TextStyle clock_style = style_of(state, TextRole::caption);
  bool const clock = !state.chrome.clock.empty();
  float const total = name_style.line + (clock ? clock_style.line : 0);
  float y = area.centre().y - total / 2;
  Rect const name_rect{text.x, y, text.width, name_style.line};
  NodeSpec node;
  node.role = Role::text;
  node.name = state.chrome.hall_name;
  add_node(state, "ui.hall", name_rect, node);
  draw_label(state, "ui.hall", name_style, state.chrome.hall_name, name_rect, Align::left, theme.on_brand);
  if (!clock) return;
  y += name_style.line;
  Rect const clock_rect{text.x, y, text.width, clock_style.line};
  node.name = state.chrome.clock;
  add_node(state, "ui.clock", clock_rect, node);
  draw_label(state, "ui.clock", clock_style, state.chrome.clock, clock_rect, Align::left, theme.on_brand);
}

template <class Enum>
Enum next_of(Enum value, int count) {
  return static_cast<Enum>((static_cast<int>(value) + 1) % count);
}

PillRow controls_of(Ui& ui, ScreenSpec const& spec, Rect const& band) {
  UiState& state = ui.state();
  PillRow pills(state, band, state.mm(state.metrics.gap_mm() * 0.7F));
  if (spec.preferences) {
    std::string_view const other = language_name(next_of(ui.language(), 2));
    if (state.chrome.languages) pills.add({"ui.language", other, {}, other});
    pills.add({"ui.text_size", ui.tr("ui.text_size"), {}, ui.tr("ui.text_size.name")});
    pills.add({"ui.contrast", ui.tr("ui.contrast"), {}, ui.tr("ui.contrast.name")});
  }
  if (spec.help) pills.add({"ui.help", ui.tr("ui.help"), "support_agent", ui.tr("ui.help.name"), true});
  return pills;
}

void apply_control(Ui& ui, std::string_view used, ScreenEvents& events) {
  if (used == "ui.help") events.help = true;
  Preferences wanted = ui.preferences();
  if (used == "ui.language") wanted.language = next_of(wanted.language, 2);
  if (used == "ui.text_size") wanted.text_size = next_of(wanted.text_size, 3);
  if (used == "ui.contrast") wanted.palette = next_of(wanted.palette, 3);
  if (wanted == ui.preferences()) return;
  ui.set_preferences(wanted);
  events.preferences_changed = true;
}

/// "第 2 步,共 4 步" as segments.
void draw_steps(Ui& ui, ScreenSpec const& spec) {
  if (spec.steps == 0) return;
  UiState& state = ui.state();
  float const height = state.mm(state.metrics.gap_mm() * 0.4F);
  Rect const rect = place(state, state.area().width, height);
  if (ui.measuring()) return;
  NodeSpec node;
  node.role = Role::progress;
  std::string const name = ui.tr("ui.step", fmt::arg("step", spec.step), fmt::arg("steps", spec.steps));
  node.name = name;
  add_node(state, sub(spec.key, "step"), rect, node);
  float const gap = height;
  auto const count = static_cast<float>(spec.steps);
  float const width = (rect.width - gap * (count - 1)) / count;
  for (std::size_t i = 0; i < spec.steps; ++i) {
    Rect const segment{rect.x + (width + gap) * static_cast<float>(i), rect.y, width, height};
    fill(segment, i < spec.step ? accent(state) : track(state), height / 2);
  }
}

void draw_titles(Ui& ui, ScreenSpec const& spec, TextRole role = TextRole::title) {
  draw_steps(ui, spec);
  if (!spec.title.empty()) heading(ui, sub(spec.key, "title"), spec.title, role);
  if (!spec.lead.empty()) {
    space(ui, -ui.metrics().gap_mm() * 0.5F);
    TextSpec lead;
    lead.soft = true;
    text(ui, sub(spec.key, "lead"), spec.lead, lead);
  }
}

/// Back bottom left, primary bottom right, time left between them.
void draw_footer(Ui& ui, ScreenSpec const& spec, Rect const& rect, ScreenEvents& events) {
  UiState& state = ui.state();
  fill({0, rect.y, static_cast<float>(state.panel.width_px), rect.height}, state.theme->surface, 0);
  fill({0, rect.y, static_cast<float>(state.panel.width_px), std::max(1.0F, state.theme->line_px)}, state.theme->line,
       0);
  float const height = state.mm(state.metrics.button_mm());
  float const top = rect.y + (rect.height - height) / 2;
  float const gap = state.area().gap;
  float const third = (rect.width - 2 * gap) / 3;
  auto const place_button = [&](float x, float width, std::string_view part, ButtonSpec const& button_spec) {
    bool used = false;
    in_area(state, area_at(state, x, top, width, top + height),
            [&] { used = button(ui, sub(spec.key, part), button_spec); });
    return used;
  };
  if (!spec.back.empty()) {
    ButtonSpec back{.label = spec.back, .icon = spec.back_icon};
    events.back = place_button(rect.x, third, "back", back);
    if (ui.pressed(Key::escape)) events.back = true;
  }
  if (!spec.secondary.empty()) {
    ButtonSpec second{.label = spec.secondary, .icon = spec.secondary_icon};
    events.secondary = place_button(rect.x + third + gap, third, "secondary", second);
  } else if (spec.seconds_total > 0) {
    in_area(state, area_at(state, rect.x + third + gap, top, third, top + height), [&] {
      countdown(ui, sub(spec.key, "time"), ui.tr("ui.time_left", fmt::arg("seconds", spec.seconds_left)),
                spec.seconds_left, spec.seconds_total, state.metrics.button_mm());
    });
  }
  if (!spec.primary.empty()) {
    ButtonSpec next{.label = spec.primary,
                    .icon = spec.primary_icon,
                    .kind = ButtonKind::primary,
                    .enabled = spec.primary_enabled,
                    .icon_last = true};
    events.primary = place_button(rect.right() - third, third, "primary", next);
  }
}

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
    scroll(ui, sub(key, "scroll"), 0, content);
  else
    in_area(state, probe, content);
}

}  // namespace

ScreenEvents screen(Ui& ui, ScreenSpec const& spec, Content const& content) {
  UiState& state = ui.state();
  ScreenEvents events;
  enter_screen(state, spec.key, spec.title);
  auto const width = static_cast<float>(state.panel.width_px);
  auto const height = static_cast<float>(state.panel.height_px);
  float const margin = state.mm(state.metrics.margin_mm());
  bool const reach = ui.preferences().reach;
  bool const footer = !spec.back.empty() || !spec.primary.empty() || !spec.secondary.empty() || spec.seconds_total > 0;

  Metrics const chosen = state.metrics;
  state.metrics = header_metrics(state);
  float const band_height = state.mm(state.metrics.button_mm() * 1.35F);
  float const upper = reach ? height / 2 : 0;  // what no hand from a wheelchair needs to reach
  Rect const band{0, upper, width, band_height};
  if (reach) fill({0, 0, width, upper}, state.theme->brand, 0);
  fill(band, state.theme->brand, 0);
  if (state.theme->outlines) fill({0, band.bottom() - 3, width, 3}, state.theme->line, 0);
  Rect const inner{margin, band.y, width - 2 * margin, band.height};
  Rect identity = inner;
  if (reach) identity.y = 0;
  PillRow const controls = controls_of(ui, spec, inner);
  if (!reach) identity.width = std::max(0.0F, controls.left() - state.area().gap - identity.x);
  draw_identity(state, identity);
  apply_control(ui, controls.draw(), events);
  state.metrics = chosen;

  float const footer_height = footer ? state.mm(state.metrics.button_mm() * 1.35F) : 0;
  float top = band.bottom() + margin * 0.7F;
  float const bottom = height - footer_height - margin * 0.6F;
  if (reach) {
    Area above = area_at(state, margin, band_height + margin, width - 2 * margin, upper - margin);
    above.on_brand = true;
    above.under = state.theme->brand;
    in_area(state, above, [&] { middle(ui, [&] { draw_titles(ui, spec, TextRole::display); }); });
  }
  Area page = area_at(state, margin, top, width - 2 * margin, bottom);
  in_area(state, page, [&] {
    draw_notice(ui);
    if (!reach) draw_titles(ui, spec);
    space(ui, state.area().first ? 0 : state.metrics.gap_mm());
    Area const rest = area_at(state, page.x, state.area().y, page.width, bottom);
    in_area(state, rest, [&] { draw_content(ui, spec.key, content); });
  });
  veil(state, {0, band.bottom(), width, height - footer_height - band.bottom()});
  if (footer) draw_footer(ui, spec, {margin, height - footer_height, width - 2 * margin, footer_height}, events);
  return events;
}

std::optional<std::size_t> desk(Ui& ui, DeskSpec const& spec, Content const& content) {
  UiState& state = ui.state();
  enter_screen(state, spec.key, spec.title);
  Theme const& theme = *state.theme;
  auto const width = static_cast<float>(state.panel.width_px);
  auto const height = static_cast<float>(state.panel.height_px);
  float const margin = state.mm(state.metrics.margin_mm());
  Rect const band{0, 0, width, state.mm(state.metrics.button_mm() * 1.3F)};
  fill(band, theme.brand, 0);
  TextStyle const title_style = style_of(state, TextRole::heading);
  TextStyle const small = style_of(state, TextRole::body);
  float x = margin;
  auto const say = [&](std::string_view part, TextStyle const& style, std::string_view words, float at, float most) {
    float const text = std::min(text_width(state, style, words), most);
    Rect const rect{at, band.y + (band.height - style.line) / 2, text, style.line};
    NodeSpec node;
    node.role = Role::text;
    node.name = words;
    add_node(state, sub(spec.key, part), rect, node);
    draw_label(state, sub(spec.key, part), style, words, rect, Align::left, theme.on_brand);
    return text;
  };
  float const third = width / 3;
  x += say("title", title_style, spec.title, x, third) + margin;
  if (!spec.who.empty()) x += say("who", small, spec.who, x, third / 2) + margin;
  if (!spec.status.empty()) {
    float const text = text_width(state, small, spec.status);
    float const dot = small.em * 0.3F;
    Rect const pill{x, band.y + (band.height - small.line * 1.2F) / 2, text + small.em * 2.2F, small.line * 1.2F};
    NodeSpec node;
    node.role = Role::status;
    node.name = spec.status;
    add_node(state, sub(spec.key, "status"), pill, node);
    fill(pill, theme.tone_tint(spec.status_tone), pill.height / 2);
    disc({pill.x + small.em * 0.8F, pill.centre().y}, dot, theme.tone(spec.status_tone));
    draw_line(state, small, spec.status, pill.x + small.em * 1.4F, pill.y + (pill.height - small.line) / 2,
              pack(theme.tone(spec.status_tone)));
  }
  PillRow pills(state, {margin, band.y, width - 2 * margin, band.height}, margin);
  std::string_view const other = language_name(next_of(ui.language(), 2));
  if (state.chrome.languages) pills.add({"ui.language", other, {}, other});
  float const right = pills.left() - (state.chrome.languages ? margin : 0);
  if (!state.chrome.clock.empty()) {
    float const text = text_width(state, small, state.chrome.clock);
    say("clock", small, state.chrome.clock, right - text, text);
  }
  ScreenEvents preferences;
  apply_control(ui, pills.draw(), preferences);

  std::optional<std::size_t> chosen;
  float const bar = spec.actions.empty() ? 0 : state.mm(state.metrics.button_mm() * 1.55F);
  float const top = band.bottom() + margin;
  float const bottom = height - bar - margin * 0.8F;
  Area const page = area_at(state, margin, top, width - 2 * margin, bottom);
  in_area(state, page, [&] {
    draw_notice(ui);
    Area const rest =
        area_at(state, page.x, state.area().y + (state.area().first ? 0 : state.area().gap), page.width, bottom);
    in_area(state, rest, [&] { draw_content(ui, spec.key, content); });
  });
  if (spec.actions.empty()) return chosen;
  fill({0, height - bar, width, bar}, theme.surface, 0);
  fill({0, height - bar, width, std::max(1.0F, theme.line_px)}, theme.line, 0);
  float const button_height = state.mm(state.metrics.button_mm());
  float const gap = state.area().gap;
  auto const count = static_cast<float>(spec.actions.size());
  float const each = (width - 2 * margin - gap * (count - 1)) / count;
  for (std::size_t i = 0; i < spec.actions.size(); ++i) {
    DeskAction const& action = spec.actions[i];
    ButtonSpec one{.label = action.label,
                   .icon = action.icon,
                   .kind = action.primary  ? ButtonKind::primary
                           : action.danger ? ButtonKind::danger
                                           : ButtonKind::secondary,
                   .enabled = action.enabled,
                   .shortcut = action.shortcut};
    float const y = height - bar + (bar - button_height) / 2;
    in_area(state, area_at(state, margin + (each + gap) * static_cast<float>(i), y, each, y + button_height), [&] {
      if (button(ui, action.key, one)) chosen = i;
    });
  }
  return chosen;
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
  say(sub(key, "title"), title, {left + free * 0.6F, band.y, free * 0.4F, band.height}, Align::right);
  say("ui.clock", state.chrome.clock, {width - margin - clock_width, band.y, clock_width + 1, band.height},
      Align::right);
  in_area(state, area_at(state, margin, band.bottom() + margin, width - 2 * margin, height - margin), [&] {
    draw_notice(ui);
    content();
  });
}

void bare(Ui& ui, std::string_view key, Content const& content) {
  UiState& state = ui.state();
  enter_screen(state, key, {});
  float const margin = state.mm(state.metrics.margin_mm());
  auto const width = static_cast<float>(state.panel.width_px);
  auto const height = static_cast<float>(state.panel.height_px);
  in_area(state, area_at(state, margin, margin, width - 2 * margin, height - margin), content);
}

void overlay(Ui& ui, std::string_view key, float width, Content const& content) {
  UiState& state = ui.state();
  if (ui.measuring()) return;
  state.overlay_now = true;
  state.inert = false;
  state.tree.obscure_all();
  auto const screen_width = static_cast<float>(state.panel.width_px);
  auto const screen_height = static_cast<float>(state.panel.height_px);
  fill({0, 0, screen_width, screen_height}, state.theme->scrim, 0);
  float const margin = state.mm(state.metrics.margin_mm());
  float const padding = margin;
  float const outer = std::min(state.mm(width), screen_width - 2 * margin);
  Area inner = area_at(state, (screen_width - outer) / 2 + padding, 0, outer - 2 * padding, k_unbounded);
  inner.on_brand = false;
  inner.under = state.theme->surface;
  float const height = measure_in(state, inner, content) + 2 * padding;
  float const top = ui.preferences().reach ? std::max(screen_height / 2, screen_height - margin - height)
                                           : (screen_height - height) / 2;
  Rect const rect{(screen_width - outer) / 2, std::max(margin, top), outer, height};
  surface(state, rect, state.theme->surface, state.mm(state.metrics.radius_mm() * 1.6F));
  NodeSpec node;
  node.role = Role::status;
  add_node(state, key, rect, node);
  inner.y = rect.y + padding;
  inner.bottom = rect.bottom() - padding;
  in_area(state, inner, content);
}

}  // namespace yizhan::ui

// Widgets to use: buttons, chips, cards, rows.
#include <algorithm>
#include <cmath>
#include <string>

#include "kiosk/ui/pen.h"
#include "kiosk/ui/widgets.h"

namespace yizhan::ui {

namespace {

struct ButtonColours {
  Colour ground;
  Colour words;
  bool border = false;
};

ButtonColours colours_of(UiState const& state, ButtonKind kind, bool enabled, bool held) {
  Theme const& t = *state.theme;
  if (!enabled) return {t.disabled, t.on_disabled, t.outlines};
  switch (kind) {
    case ButtonKind::primary: return {held ? t.action_deep : t.action, t.on_action, false};
    case ButtonKind::secondary:
      return {held ? t.surface_high : t.surface, t.palette == Palette::contrast ? t.ink : t.brand, true};
    case ButtonKind::quiet: return {faded(t.brand_tint, held ? 1.0F : 0.0F), accent(state), false};
    case ButtonKind::danger: return {t.error, t.error_tint, false};
  }
  return {t.surface, t.ink, true};
}

float border_of(UiState const& state) {
  return std::max(1.5F, state.mm(state.metrics.gap_mm() * 0.08F) * state.theme->line_px);
}

/// A key cap at the end of a button: "F1". Returns its width with the gap before it.
float key_cap_width(UiState& state, Key key) {
  if (key == Key::none) return 0;
  TextStyle const style = style_of(state, TextRole::caption);
  return text_width(state, style, key_name(key)) + style.em * 1.6F;
}

void draw_key_cap(UiState& state, Key key, float right, float middle, Colour words) {
  TextStyle const style = style_of(state, TextRole::caption);
  float const width = key_cap_width(state, key) - style.em * 0.6F;
  Rect const cap{right - width, middle - style.line * 0.55F, width, style.line * 1.1F};
  outline(cap, faded(words, 0.6F), std::max(1.0F, border_of(state) * 0.7F), style.em * 0.3F);
  draw_line(state, style, key_name(key), cap.x + style.em * 0.5F, cap.centre().y - style.line / 2, pack(words));
}

}  // namespace

bool button(Ui& ui, std::string_view key, ButtonSpec const& spec) {
  UiState& state = ui.state();
  TextStyle style = style_of(state, spec.large ? TextRole::heading : TextRole::strong);
  float const padding = state.mm(state.metrics.button_mm() * 0.25F);
  float const icon_size = spec.icon.empty() ? 0 : style.em * 1.3F;
  float const gap = spec.icon.empty() || spec.label.empty() ? 0 : style.em * 0.4F;
  float const cap = key_cap_width(state, spec.shortcut);
  float const natural = text_width(state, style, spec.label) + icon_size + gap + cap + 2 * padding;
  float const width = state.area().in_row ? std::min(natural, state.area().width) : state.area().width;
  float const free = std::max(1.0F, width - 2 * padding - icon_size - gap - cap);
  float const least = state.mm(state.metrics.button_mm() * (spec.large ? 1.4F : 1.0F));
  // A long label takes two lines, then it shrinks: the button keeps its height.
  constexpr float k_fill = 0.92F;
  TextBlock block = lay_out(state, style, spec.label, free + 1, 2);
  for (int tries = 0; (block.cut || block.height > least * k_fill) && tries < 7; ++tries) {
    constexpr float k_smaller = 0.92F;
    style.em = std::floor(style.em * k_smaller);
    style.line *= k_smaller;
    block = lay_out(state, style, spec.label, free + 1, 2);
  }
  Rect const rect = place(state, natural, std::max(least, block.height));
  if (ui.measuring()) return false;
  if (block.cut) state.tree.note({"text_cut", std::string(key), std::string(spec.label)});
  NodeSpec node;
  node.role = Role::button;
  node.name = spec.label;
  node.value = key_name(spec.shortcut);
  node.enabled = spec.enabled;
  Hit hit = interact(state, key, rect, node);
  if (spec.enabled && spec.shortcut != Key::none && ui.pressed(spec.shortcut)) hit.used = true;
  ButtonColours const colours = colours_of(state, spec.kind, spec.enabled, hit.held);
  float const radius = std::min(rect.height * 0.3F, state.mm(state.metrics.radius_mm() * 1.2F));
  if (colours.ground.a > 0)
    surface(state, rect, colours.ground, radius, spec.enabled && spec.kind != ButtonKind::quiet && !hit.held);
  if (colours.border) outline(rect, spec.enabled ? colours.words : state.theme->line, border_of(state), radius);
  float const used_width = block.width + icon_size + gap + cap;
  float x = rect.x + std::max(padding, (rect.width - used_width) / 2);
  float const y = rect.centre().y - block.height / 2;
  if (!spec.icon.empty() && !spec.icon_last) {
    draw_icon(state, spec.icon, {x + icon_size / 2, rect.centre().y}, icon_size, colours.words);
    x += icon_size + gap;
  }
  draw_block(state, block, spec.label, {x, y, block.width, block.height}, Align::centre, colours.words);
  x += block.width;
  if (!spec.icon.empty() && spec.icon_last)
    draw_icon(state, spec.icon, {x + gap + icon_size / 2, rect.centre().y}, icon_size, colours.words);
  if (spec.shortcut != Key::none)
    draw_key_cap(state, spec.shortcut, rect.x + std::max(padding, (rect.width - used_width) / 2) + used_width,
                 rect.centre().y, colours.words);
  focus_ring(state, rect, radius, hit);
  return hit.used;
}

bool icon_button(Ui& ui, std::string_view key, std::string_view icon_name, std::string_view name, bool enabled) {
  UiState& state = ui.state();
  float const size = state.mm(state.metrics.button_mm());
  Rect const line = place(state, size, size);
  if (ui.measuring()) return false;
  Rect const rect{line.x, line.y, size, size};
  NodeSpec node;
  node.role = Role::button;
  node.name = name;
  node.enabled = enabled;
  Hit const hit = interact(state, key, rect, node);
  ButtonColours const colours = colours_of(state, ButtonKind::secondary, enabled, hit.held);
  surface(state, rect, colours.ground, size * 0.3F, enabled && !hit.held);
  outline(rect, enabled ? colours.words : state.theme->line, border_of(state), size * 0.3F);
  draw_icon(state, icon_name, rect.centre(), size * 0.52F, colours.words);
  focus_ring(state, rect, size * 0.3F, hit);
  return hit.used;
}

bool chip(Ui& ui, std::string_view key, std::string_view label, bool selected, std::string_view icon_name) {
  UiState& state = ui.state();
  Theme const& theme = *state.theme;
  TextStyle const style = style_of(state, TextRole::body);
  float const height = std::max(state.mm(state.metrics.button_mm() * 0.72F), state.mm(state.metrics.min_target_mm()));
  // A chosen one says so with a tick, not with its colour alone.
  std::string_view const shown_icon = selected ? "check" : icon_name;
  float const icon_size = shown_icon.empty() ? 0 : style.em * 1.1F;
  float const gap = shown_icon.empty() ? 0 : style.em * 0.3F;
  float const natural = text_width(state, style, label) + icon_size + gap + height * 0.9F;
  Rect const line = place(state, natural, height);
  if (ui.measuring()) return false;
  Rect const rect{line.x, line.y, std::min(natural, line.width), height};
  NodeSpec node;
  node.role = Role::chip;
  node.name = label;
  node.selected = selected;
  Hit const hit = interact(state, key, rect, node);
  Colour const ground = selected ? theme.brand : hit.held ? theme.surface_high : theme.surface;
  Colour const words = selected ? theme.on_brand : theme.ink;
  fill(rect, ground, height / 2);
  outline(rect, selected && !theme.outlines ? theme.brand : theme.line, border_of(state), height / 2);
  float x = rect.x + height * 0.45F;
  if (!shown_icon.empty()) {
    draw_icon(state, shown_icon, {x + icon_size / 2, rect.centre().y}, icon_size, words);
    x += icon_size + gap;
  }
  draw_label(state, key, style, label, {x, rect.y, rect.right() - height * 0.4F - x, rect.height}, Align::left, words);
  focus_ring(state, rect, height / 2, hit);
  return hit.used;
}

bool shortcut(Ui& ui, std::string_view key, Key key_code, std::string_view label) {
  if (ui.measuring()) return false;
  NodeSpec node;
  node.role = Role::key;
  node.name = label;
  node.value = key_name(key_code);
  add_node(ui.state(), key, {}, node);
  return ui.pressed(key_code);
}

// ---- cards ------------------------------------------------------------------------------------------------------

namespace {

struct CardLayout {
  TextBlock name;
  TextBlock line;
  float padding = 0;
  float icon = 0;    // diameter of the disc
  float text_x = 0;  // from the card's left
  float text_y = 0;  // from the card's top, where the icon stands above
  bool icon_above = false;
  float note_height = 0;
  float height = 0;
};

CardLayout lay_out_card(UiState& state, CardSpec const& spec, float width) {
  CardLayout layout;
  layout.padding = state.mm(state.metrics.gap_mm() * 1.4F);
  TextStyle const name_style = style_of(state, TextRole::heading);
  TextStyle const line_style = style_of(state, TextRole::body);
  layout.icon = spec.icon.empty() ? 0 : std::max(name_style.em * 2.3F, state.mm(state.metrics.button_mm() * 0.9F));
  layout.icon_above = layout.icon > 0 && width < layout.icon * 5;
  layout.text_x = layout.padding + (layout.icon > 0 && !layout.icon_above ? layout.icon + layout.padding : 0);
  float const free = width - layout.text_x - layout.padding;
  layout.name = lay_out(state, name_style, spec.name, free, 3);
  layout.line = lay_out(state, line_style, spec.line, free, 4);
  layout.note_height = spec.note.empty() ? 0 : style_of(state, TextRole::caption).line * 1.35F;
  float text = layout.name.height;
  if (!spec.line.empty()) text += layout.line.height + layout.padding * 0.15F;
  if (layout.note_height > 0) text += layout.note_height + layout.padding * 0.5F;
  layout.text_y = layout.icon_above ? layout.padding + layout.icon + layout.padding * 0.6F : layout.padding;
  layout.height =
      layout.icon_above ? layout.text_y + text + layout.padding : std::max(text, layout.icon) + 2 * layout.padding;
  layout.height = std::max(layout.height, state.mm(state.metrics.button_mm() * 1.7F));
  return layout;
}

bool draw_card(Ui& ui, CardSpec const& spec, CardLayout const& layout, Rect const& rect) {
  UiState& state = ui.state();
  Theme const& theme = *state.theme;
  NodeSpec node;
  node.role = Role::card;
  node.name = spec.name;
  node.value = spec.line;
  node.enabled = spec.enabled;
  node.selected = spec.selected;
  Hit const hit = interact(state, spec.key, rect, node);
  if (layout.name.cut) state.tree.note({"text_cut", std::string(spec.key), std::string(spec.name)});
  float const radius = state.mm(state.metrics.radius_mm() * 1.2F);
  Colour ground = theme.surface;
  Colour words = theme.palette == Palette::contrast ? theme.ink : theme.brand;
  Colour soft = theme.ink_soft;
  Colour tint = theme.brand_tint;
  Colour mark = words;
  if (spec.prominent) {
    ground = hit.held ? theme.brand_deep : theme.brand;
    words = soft = mark = theme.on_brand;
    tint = blend(theme.brand, faded(theme.on_brand, 0.14F));
  } else if (hit.held || spec.selected) {
    ground = theme.surface_high;
    tint = theme.surface;
  }
  if (!spec.enabled) {
    ground = theme.disabled;
    words = soft = mark = theme.on_disabled;
    tint = blend(theme.disabled, faded(theme.on_disabled, 0.12F));
  }
  surface(state, rect, ground, radius, spec.enabled && !hit.held);
  if (spec.selected) outline(rect, mark, border_of(state) * 1.6F, radius);
  float y = rect.y + layout.text_y;
  if (!layout.icon_above) {
    float text = layout.name.height;
    if (!spec.line.empty()) text += layout.line.height + layout.padding * 0.15F;
    if (layout.note_height > 0) text += layout.note_height + layout.padding * 0.5F;
    y = rect.y + (rect.height - text) / 2;
  }
  if (layout.icon > 0) {
    Point const centre{rect.x + layout.padding + layout.icon / 2,
                       layout.icon_above ? rect.y + layout.padding + layout.icon / 2 : rect.centre().y};
    disc(centre, layout.icon / 2, tint);
    draw_icon(state, spec.selected ? "check" : spec.icon, centre, layout.icon * 0.58F, mark);
  }
  float const x = rect.x + layout.text_x;
  float const free = rect.width - layout.text_x - layout.padding;
  draw_block(state, layout.name, spec.name, {x, y, free, layout.name.height}, Align::left, words);
  y += layout.name.height;
  if (!spec.line.empty()) {
    y += layout.padding * 0.15F;
    draw_block(state, layout.line, spec.line, {x, y, free, layout.line.height}, Align::left, soft);
    y += layout.line.height;
  }
  if (!spec.note.empty()) {
    TextStyle const style = style_of(state, TextRole::caption);
    y += layout.padding * 0.5F;
    float const width = std::min(free, text_width(state, style, spec.note) + style.em * 1.4F);
    Rect const badge{x, y, width, layout.note_height};
    fill(badge, spec.prominent ? theme.on_brand : tint, badge.height / 2);
    draw_label(state, spec.key, style, spec.note,
               {badge.x + style.em * 0.7F, badge.y, width - style.em * 1.4F, badge.height}, Align::left,
               spec.prominent ? theme.brand : mark);
  }
  focus_ring(state, rect, radius, hit);
  return hit.used;
}

}  // namespace

bool card(Ui& ui, CardSpec const& spec) {
  UiState& state = ui.state();
  CardLayout const layout = lay_out_card(state, spec, state.area().width);
  Rect const rect =
      place(state, state.area().width, state.area().fill > 0 ? filled(state, layout.height) : layout.height);
  if (ui.measuring()) return false;
  return draw_card(ui, spec, layout, rect);
}

std::optional<std::size_t> card_grid(Ui& ui, std::size_t across, std::span<CardSpec const> cards) {
  std::optional<std::size_t> chosen;
  grid(ui, across, cards.size(), [&](std::size_t index) {
    if (card(ui, cards[index])) chosen = index;
  });
  return chosen;
}

bool list_row(Ui& ui, std::string_view key, RowSpec const& spec) {
  UiState& state = ui.state();
  Theme const& theme = *state.theme;
  bool const far_away = state.scale == Scale::display;
  TextStyle const title_style = style_of(state, far_away ? TextRole::heading : TextRole::strong);
  TextStyle const line_style = style_of(state, state.scale == Scale::kiosk ? TextRole::body : TextRole::caption);
  float const padding = state.mm(state.metrics.gap_mm());
  float const icon_size = spec.icon.empty() ? 0 : title_style.em * 1.5F;
  bool const chevron = spec.chevron && spec.interactive;
  float const arrow = chevron ? title_style.em * 1.2F : 0;
  TextStyle const trailing_style = style_of(state, far_away ? TextRole::heading : TextRole::body);
  float const trailing =
      spec.trailing.empty() ? 0 : std::min(text_width(state, trailing_style, spec.trailing), state.area().width * 0.4F);
  float const left = padding + (icon_size > 0 ? icon_size + padding : 0);
  float const free = state.area().width - left - padding - arrow - (trailing > 0 ? trailing + padding : 0);
  TextBlock const title = lay_out(state, title_style, spec.title, free, 2);
  TextBlock const line = lay_out(state, line_style, spec.line, free, state.scale == Scale::kiosk ? 3 : 2);
  float const text_height = title.height + (spec.line.empty() ? 0 : line.height);
  float const height =
      std::max(text_height + padding * 1.2F, spec.interactive ? state.mm(state.metrics.button_mm() * 0.95F) : 0.0F);
  Rect const rect = place(state, state.area().width, height);
  if (ui.measuring()) return false;
  NodeSpec node;
  node.role = Role::row;
  node.name = spec.title;
  std::string value(spec.line);
  if (!spec.trailing.empty()) value += (value.empty() ? "" : " · ") + std::string(spec.trailing);
  node.value = value;
  node.enabled = spec.enabled;
  node.selected = spec.selected;
  Hit hit;
  if (spec.interactive)
    hit = interact(state, key, rect, node);
  else
    add_node(state, key, rect, node);
  float const radius = state.mm(state.metrics.radius_mm());
  Colour const ground = !spec.enabled ? theme.disabled : hit.held || spec.selected ? theme.surface_high : theme.surface;
  surface(state, rect, ground, radius, spec.interactive && spec.enabled);
  if (spec.selected) outline(rect, accent(state), border_of(state) * 1.4F, radius);
  Colour const words = spec.enabled ? theme.ink : theme.on_disabled;
  Colour const soft = spec.enabled ? theme.ink_soft : theme.on_disabled;
  Colour const mark = !spec.enabled                ? theme.on_disabled
                      : spec.tone == Tone::neutral ? (theme.palette == Palette::contrast ? theme.ink : theme.brand)
                                                   : theme.tone(spec.tone);
  if (icon_size > 0) draw_icon(state, spec.icon, {rect.x + padding + icon_size / 2, rect.centre().y}, icon_size, mark);
  float const y = rect.centre().y - text_height / 2;
  draw_block(state, title, spec.title, {rect.x + left, y, free, title.height}, Align::left, words);
  if (!spec.line.empty())
    draw_block(state, line, spec.line, {rect.x + left, y + title.height, free, line.height}, Align::left, soft);
  float right = rect.right() - padding;
  if (chevron) {
    draw_icon(state, "chevron_right", {right - arrow / 2, rect.centre().y}, arrow * 1.2F, mark);
    right -= arrow;
  }
  if (trailing > 0)
    draw_label(state, key, trailing_style, spec.trailing, {right - trailing - 1, rect.y, trailing + 1, rect.height},
               Align::right, spec.tone == Tone::neutral ? soft : mark);
  focus_ring(state, rect, radius, hit);
  return hit.used;
}

bool idle_warning(Ui& ui, std::string_view key, int seconds_left, int seconds_total) {
  bool go_on = false;
  Metrics const& m = ui.metrics();
  overlay(ui, key, m.button_mm() * 12, [&] {
    std::string const base(key);
    heading(ui, base + ".title", ui.tr("ui.idle.title"), TextRole::title, Align::centre);
    TextSpec words;
    words.align = Align::centre;
    text(ui, base + ".text", ui.tr("ui.idle.text"), words);
    countdown(ui, base + ".count", ui.tr("ui.time_left", fmt::arg("seconds", seconds_left)), seconds_left,
              seconds_total, m.button_mm() * 2.4F);
    ButtonSpec stay{
        .label = ui.tr("ui.idle.continue"), .icon = "touch_app", .kind = ButtonKind::primary, .large = true};
    go_on = button(ui, base + ".continue", stay);
  });
  return go_on;
}

}  // namespace yizhan::ui

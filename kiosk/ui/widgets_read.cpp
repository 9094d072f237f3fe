// Widgets to read: headings, texts, icons, banners, values, numbers, facts.
#include <algorithm>
#include <cmath>
#include <string>

#include "kiosk/ui/pen.h"
#include "kiosk/ui/widgets.h"

namespace yizhan::ui {

namespace {

std::string sub(std::string_view key, std::string_view part) { return std::string(key) + "." + std::string(part); }

/// A block of text as a widget of its own.
void text_node(Ui& ui, std::string_view key, std::string_view words, Role role, TextStyle const& style,
               std::size_t max_lines, Align align, Colour colour) {
  UiState& state = ui.state();
  TextBlock const block = lay_out(state, style, words, state.area().width, max_lines);
  Rect const rect = place(state, std::ceil(block.width), block.height);
  if (ui.measuring()) return;
  if (block.cut && max_lines == 1) state.tree.note({"text_cut", std::string(key), std::string(words)});
  NodeSpec node;
  node.role = role;
  node.name = words;
  add_node(state, key, rect, node);
  draw_block(state, block, words, rect, align, colour);
}

std::string_view default_icon(Tone tone) {
  switch (tone) {
    case Tone::neutral:
    case Tone::info: return "info";
    case Tone::good: return "check_circle";
    case Tone::warning: return "warning";
    case Tone::error: return "error";
  }
  return "info";
}

}  // namespace

void heading(Ui& ui, std::string_view key, std::string_view words, TextRole role, Align align) {
  UiState& state = ui.state();
  text_node(ui, key, words, Role::heading, style_of(state, role), 0, align, accent(state));
}

void text(Ui& ui, std::string_view key, std::string_view words, TextSpec const& spec) {
  UiState& state = ui.state();
  Colour const colour = spec.tone != Tone::neutral ? tone_ink(state, spec.tone)
                        : spec.soft                ? ink_soft(state)
                                                   : ink(state);
  text_node(ui, key, words, Role::text, style_of(state, spec.role), spec.max_lines, spec.align, colour);
}

void icon(Ui& ui, std::string_view key, std::string_view icon_name, std::string_view name, Tone tone, float diameter) {
  UiState& state = ui.state();
  float const size = state.mm(diameter > 0 ? diameter : state.metrics.button_mm());
  Rect const rect = place(state, size, size);
  if (ui.measuring()) return;
  if (!name.empty()) {
    NodeSpec node;
    node.role = Role::icon;
    node.name = name;
    add_node(state, key, rect, node);
  }
  Point const centre = rect.centre();
  Colour const tint = state.area().on_brand ? blend(state.theme->brand, faded(state.theme->on_brand, 0.14F))
                                            : state.theme->tone_tint(tone);
  disc(centre, size / 2, tint);
  draw_icon(state, icon_name, centre, size * 0.58F, tone_ink(state, tone));
}

bool banner(Ui& ui, std::string_view key, BannerSpec const& spec) {
  UiState& state = ui.state();
  Theme const& theme = *state.theme;
  float const padding = state.mm(state.metrics.gap_mm() * 1.1F);
  TextStyle const title_style = style_of(state, TextRole::strong);
  TextStyle const text_style = style_of(state, TextRole::body);
  float const icon_size = title_style.em * 1.5F;
  float const action_height = state.mm(state.metrics.button_mm() * 0.8F);
  float action_width = 0;
  if (!spec.action.empty()) action_width = text_width(state, title_style, spec.action) + 2.6F * title_style.em;
  float const left = padding + icon_size + padding * 0.7F;
  float const free = state.area().width - left - padding - (action_width > 0 ? action_width + padding : 0);
  TextBlock const title = lay_out(state, title_style, spec.title, free);
  TextBlock const words = lay_out(state, text_style, spec.text, free);
  float const height_of_text = (spec.title.empty() ? 0 : title.height) + (spec.text.empty() ? 0 : words.height);
  float const height = std::max({height_of_text, icon_size, action_width > 0 ? action_height : 0.0F}) + 2 * padding;
  Rect const rect = place(state, state.area().width, height);
  if (ui.measuring()) return false;
  NodeSpec node;
  node.role = Role::status;
  node.name = spec.title.empty() ? spec.text : spec.title;
  node.value = spec.title.empty() ? std::string_view() : spec.text;
  add_node(state, key, rect, node);
  float const radius = state.mm(state.metrics.radius_mm());
  Colour const tone = spec.tone == Tone::neutral ? accent(state) : theme.tone(spec.tone);
  surface(state, rect, theme.tone_tint(spec.tone), radius, false);
  if (!theme.outlines) outline(rect, faded(tone, 0.35F), std::max(1.5F, state.mm(0.4F)), radius);
  draw_icon(state, spec.icon.empty() ? default_icon(spec.tone) : spec.icon,
            {rect.x + padding + icon_size / 2, rect.centre().y}, icon_size, tone);
  float y = rect.y + (rect.height - height_of_text) / 2;
  if (!spec.title.empty()) {
    draw_block(state, title, spec.title, {rect.x + left, y, free, title.height}, Align::left, tone);
    y += title.height;
  }
  if (!spec.text.empty())
    draw_block(state, words, spec.text, {rect.x + left, y, free, words.height}, Align::left, theme.ink);
  bool used = false;
  if (action_width > 0) {
    float const top = rect.centre().y - action_height / 2;
    Rect const box{rect.right() - padding - action_width, top, action_width, action_height};
    NodeSpec action;
    action.role = Role::button;
    action.name = spec.action;
    Hit const hit = interact(state, sub(key, "action"), box, action);
    fill(box, hit.held ? theme.surface_high : theme.surface, action_height * 0.28F);
    outline(box, tone, std::max(1.5F, theme.line_px), action_height * 0.28F);
    draw_label(state, key, title_style, spec.action, box.inset(2), Align::centre, tone);
    focus_ring(state, box, action_height * 0.28F, hit);
    used = hit.used;
  }
  return used;
}

namespace {

struct ValueLayout {
  TextBlock label;
  TextBlock value;
  bool side_by_side = true;
  float label_width = 0;
  float height = 0;
};

/// Label left, value right of it; under each other where the line is short. `reserved` at the right end is for a
/// button; the columns do not depend on it, so that rows with and without one line up.
ValueLayout lay_out_value(UiState& state, std::string_view label, std::string_view value, float width,
                          float reserved = 0) {
  ValueLayout layout;
  float const gap = state.area().gap;
  layout.side_by_side = !label.empty() && width > state.mm(state.metrics.button_mm() * 6);
  layout.label_width = label.empty() ? 0 : layout.side_by_side ? width * 0.34F : width;
  float const value_width = (layout.side_by_side ? width - layout.label_width - gap : width) - reserved;
  layout.label = lay_out(state, style_of(state, TextRole::body), label, layout.label_width);
  layout.value = lay_out(state, style_of(state, TextRole::strong), value, value_width);
  layout.height = label.empty()         ? layout.value.height
                  : layout.side_by_side ? std::max(layout.label.height, layout.value.height)
                                        : layout.label.height + layout.value.height;
  return layout;
}

void draw_value(UiState& state, ValueLayout const& layout, std::string_view label, std::string_view value,
                Rect const& rect) {
  float const y = rect.y + (rect.height - layout.height) / 2;
  float const gap = state.area().gap;
  if (!label.empty())
    draw_block(state, layout.label, label, {rect.x, y, layout.label_width, layout.label.height}, Align::left,
               ink_soft(state));
  Rect box{rect.x, y, rect.width, layout.value.height};
  if (layout.side_by_side) {
    box.x += layout.label_width + gap;
    box.width -= layout.label_width + gap;
  } else if (!label.empty()) {
    box.y += layout.label.height;
  }
  draw_block(state, layout.value, value, box, Align::left, ink(state));
}

}  // namespace

void key_value(Ui& ui, std::string_view key, std::string_view label, std::string_view value) {
  UiState& state = ui.state();
  ValueLayout const layout = lay_out_value(state, label, value, state.area().width);
  float const padding = state.mm(state.metrics.gap_mm() * 0.35F);
  Rect const rect = place(state, state.area().width, layout.height + 2 * padding);
  if (ui.measuring()) return;
  NodeSpec node;
  node.role = Role::value;
  node.name = label;
  node.value = value;
  add_node(state, key, rect, node);
  draw_value(state, layout, label, value, rect);
}

void masked_value(Ui& ui, std::string_view key, std::string_view label, std::string_view masked,
                  std::string_view full) {
  UiState& state = ui.state();
  TextStyle const style = style_of(state, TextRole::strong);
  std::string_view const show = ui.tr("ui.show");
  float const icon_size = style.em * 1.2F;
  float const button_height = state.mm(state.metrics.button_mm() * 0.8F);
  float const button_width = text_width(state, style, show) + icon_size * 1.3F + button_height * 0.6F;
  float const free = state.area().width - button_width - state.area().gap;
  float const reserved = button_width + state.area().gap;
  ValueLayout const layout = lay_out_value(state, label, masked, state.area().width, reserved);
  Rect const rect = place(state, state.area().width, std::max(layout.height, button_height));
  if (ui.measuring()) return;
  NodeSpec value_node;
  value_node.role = Role::value;
  value_node.name = label;
  value_node.value = masked;
  add_node(state, key, {rect.x, rect.y, free, rect.height}, value_node);
  Rect const box{rect.right() - button_width, rect.centre().y - button_height / 2, button_width, button_height};
  NodeSpec node;
  node.role = Role::button;
  node.name = ui.tr("ui.show.name");
  Hit const hit = interact(state, sub(key, "show"), box, node);
  float const radius = button_height * 0.28F;
  fill(box, hit.held ? state.theme->surface_high : state.theme->brand_tint, radius);
  if (state.theme->outlines) outline(box, state.theme->line, state.theme->line_px, radius);
  float const left = box.x + button_height * 0.3F;
  draw_icon(state, hit.held ? "visibility" : "visibility_off", {left + icon_size / 2, box.centre().y}, icon_size,
            accent(state));
  draw_line(state, style, show, left + icon_size * 1.3F, box.y + (box.height - style.line) / 2, pack(accent(state)));
  focus_ring(state, box, radius, hit);
  std::string_view const shown = hit.held ? full : masked;
  draw_value(state, lay_out_value(state, label, shown, rect.width, reserved), label, shown,
             {rect.x, rect.y, free, rect.height});
}

void number_panel(Ui& ui, std::string_view key, std::string_view number, NumberSpec const& spec) {
  UiState& state = ui.state();
  Theme const& theme = *state.theme;
  float const padding = state.mm(state.metrics.gap_mm() * 1.8F);
  float const inner = state.area().width - 2 * padding;
  TextBlock const caption = lay_out(state, style_of(state, TextRole::heading), spec.caption, inner);
  TextBlock const below = lay_out(state, style_of(state, TextRole::heading), spec.below, inner);
  TextStyle const style = fitted(state, style_of(state, TextRole::number), number, inner, 0.3F);
  float const natural = (spec.caption.empty() ? 0 : caption.height) + style.line * 1.05F +
                        (spec.below.empty() ? 0 : below.height) + 2 * padding;
  Rect const rect = place(state, state.area().width, spec.fill_height ? filled(state, natural) : natural);
  if (ui.measuring()) return;
  NodeSpec node;
  node.role = Role::number;
  node.name = spec.caption.empty() ? number : spec.caption;
  node.value = number;
  add_node(state, key, rect, node);
  if (!spec.below.empty()) {
    NodeSpec line;
    line.name = spec.below;
    add_node(state, sub(key, "below"), {rect.x, rect.bottom() - padding - below.height, rect.width, below.height},
             line);
  }
  Colour const ground = spec.brand                   ? theme.brand
                        : spec.tone == Tone::neutral ? theme.surface
                                                     : theme.tone_tint(spec.tone);
  surface(state, rect, ground, state.mm(state.metrics.radius_mm() * 1.4F));
  Colour const main = spec.brand ? theme.on_brand : tone_ink(state, spec.tone);
  Colour const soft = spec.brand ? theme.on_brand : theme.ink_soft;
  TextStyle big = style;
  if (spec.fill_height) {
    // A panel that fills the screen is read from afar: the number takes what height and width allow.
    constexpr float k_most = 2.2F;
    float const factor = std::clamp(std::min((style.line + rect.height - natural) / style.line,
                                             inner * 0.92F / std::max(1.0F, text_width(state, style, number))),
                                    1.0F, k_most);
    big.em = std::floor(style.em * factor);
    big.line = style.line * factor;
  }
  float y = rect.y + (rect.height - natural - (big.line - style.line) * 1.05F) / 2 + padding;
  if (!spec.caption.empty()) {
    draw_block(state, caption, spec.caption, {rect.x + padding, y, inner, caption.height}, Align::centre, soft);
    y += caption.height;
  }
  draw_label(state, key, big, number, {rect.x + padding, y, inner, big.line * 1.05F}, Align::centre, main);
  y += big.line * 1.05F;
  if (!spec.below.empty())
    draw_block(state, below, spec.below, {rect.x + padding, y, inner, below.height}, Align::centre, main);
}

void stats(Ui& ui, std::span<Stat const> entries) {
  if (entries.empty()) return;
  UiState& state = ui.state();
  Theme const& theme = *state.theme;
  float const gap = state.area().gap;
  float const padding = state.mm(state.metrics.gap_mm() * 1.1F);
  TextStyle const value_style = style_of(state, TextRole::title);
  TextStyle const caption_style = style_of(state, TextRole::body);
  // Side by side, unless a value would have to be much smaller for it; then one below another.
  constexpr float k_legible = 0.75F;
  auto across = static_cast<float>(entries.size());
  float width = (state.area().width - gap * (across - 1)) / across;
  auto const fits = [&](Stat const& entry) {
    return text_width(state, value_style, entry.value) * k_legible <= width - 2 * padding;
  };
  if (!std::ranges::all_of(entries, fits)) {
    across = 1;
    width = state.area().width;
  }
  float tallest = 0;
  for (Stat const& entry : entries)
    tallest = std::max(tallest, lay_out(state, caption_style, entry.caption, width - 2 * padding).height);
  float const height = value_style.line + tallest + 2 * padding;
  float const rows = across == 1 ? static_cast<float>(entries.size()) : 1;
  Rect const rect = place(state, state.area().width, rows * height + (rows - 1) * gap);
  if (ui.measuring()) return;
  Rect box{rect.x, rect.y, width, height};
  for (Stat const& entry : entries) {
    NodeSpec node;
    node.role = Role::value;
    node.name = entry.caption;
    node.value = entry.value;
    add_node(state, entry.key, box, node);
    surface(state, box, entry.tone == Tone::neutral ? theme.surface : theme.tone_tint(entry.tone),
            state.mm(state.metrics.radius_mm()));
    float const icon_size = value_style.em;
    Rect line{box.x + padding, box.y + padding, box.width - 2 * padding, value_style.line};
    // The icon gives way to the value.
    if (!entry.icon.empty() && text_width(state, value_style, entry.value) * k_legible <= line.width - icon_size) {
      draw_icon(state, entry.icon, {line.right() - icon_size / 2, line.centre().y}, icon_size * 0.9F,
                tone_ink(state, entry.tone));
      line.width -= icon_size;
    }
    draw_label(state, entry.key, value_style, entry.value, line, Align::left, tone_ink(state, entry.tone));
    TextBlock const caption = lay_out(state, caption_style, entry.caption, box.width - 2 * padding);
    draw_block(state, caption, entry.caption, {box.x + padding, line.bottom(), box.width - 2 * padding, caption.height},
               Align::left, theme.ink_soft);
    (across == 1 ? box.y : box.x) += (across == 1 ? height : width) + gap;
  }
}

}  // namespace yizhan::ui

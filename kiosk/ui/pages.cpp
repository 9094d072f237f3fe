// Whole pages for the public: screen, bare, overlay.
#include <algorithm>
#include <string>

#include "kiosk/ui/page_parts.h"
#include "kiosk/ui/widgets_matter.h"

namespace yizhan::ui {

namespace {

/// Header controls keep the standard size in every text size: they must all stay reachable.
Metrics header_metrics(UiState const& state) { return {state.panel, state.scale, TextSize::standard}; }

PillRow controls_of(Ui& ui, ScreenSpec const& spec, Rect const& band) {
  UiState& state = ui.state();
  PillRow pills(state, band, state.mm(state.metrics.gap_mm() * 0.7F));
  if (spec.preferences) {
    pills.add_language();
    pills.add({"ui.text_size", ui.tr("ui.text_size"), {}, ui.tr("ui.text_size.name")});
    pills.add({"ui.contrast", ui.tr("ui.contrast"), {}, ui.tr("ui.contrast.name")});
  }
  if (spec.help) pills.add({"ui.help", ui.tr("ui.help"), "support_agent", ui.tr("ui.help.name"), true});
  return pills;
}

/// "第 2 步,共 4 步" as segments.
void draw_steps(Ui& ui, ScreenSpec const& spec) {
  if (!spec.step_names.empty()) return journey(ui, sub_key(spec.key, "step"), spec.step_names, spec.step);
  if (spec.steps == 0) return;
  UiState& state = ui.state();
  float const height = state.mm(state.metrics.gap_mm() * 0.4F);
  Rect const rect = place(state, state.area().width, height);
  if (ui.measuring()) return;
  NodeSpec node;
  node.role = Role::progress;
  std::string const name = ui.tr("ui.step", fmt::arg("step", spec.step), fmt::arg("steps", spec.steps));
  node.name = name;
  add_node(state, sub_key(spec.key, "step"), rect, node);
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
  if (!spec.title.empty()) heading(ui, sub_key(spec.key, "title"), spec.title, role);
  if (!spec.lead.empty()) {
    space(ui, -ui.metrics().gap_mm() * 0.5F);
    TextSpec lead;
    lead.soft = true;
    text(ui, sub_key(spec.key, "lead"), spec.lead, lead);
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
            [&] { used = button(ui, sub_key(spec.key, part), button_spec); });
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
      countdown(ui, sub_key(spec.key, "time"), ui.tr("ui.time_left", fmt::arg("seconds", spec.seconds_left)),
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
  std::string_view const used = controls.draw();
  events.help = used == "ui.help" || (spec.help && ui.pressed(Key::help));
  events.preferences_changed = apply_preference(ui, used);
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

// Widgets that show a state: progress, steps, countdown, chart.

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "kiosk/ui/pen.h"
#include "kiosk/ui/widgets.h"

namespace yizhan::ui {

void progress(Ui& ui, std::string_view key, std::string_view what, float done) {
  UiState& state = ui.state();
  TextStyle const style = style_of(state, TextRole::body);
  TextBlock const words = lay_out(state, style, what, state.area().width);
  float const bar = state.mm(state.metrics.gap_mm() * 0.9F);
  float const gap = state.mm(state.metrics.gap_mm() * 0.5F);
  Rect const rect = place(state, state.area().width, words.height + gap + bar);
  if (ui.measuring()) return;
  std::string const percent =
      done < 0 ? std::string() : fmt::format("{}%", static_cast<int>(std::lround(std::clamp(done, 0.0F, 1.0F) * 100)));
  NodeSpec node;
  node.role = Role::progress;
  node.name = what;
  node.value = percent;
  add_node(state, key, rect, node);
  draw_block(state, words, what, rect, Align::left, ink(state));
  Rect const groove{rect.x, rect.bottom() - bar, rect.width, bar};
  fill(groove, track(state), bar / 2);
  if (done >= 0) {
    fill({groove.x, groove.y, std::max(bar, groove.width * std::min(done, 1.0F)), bar}, accent(state), bar / 2);
    return;
  }
  // Unknown: a piece that stands in another quarter every half second; calm, and two frames a second at most.
  constexpr auto k_step = std::chrono::milliseconds(500);
  constexpr int k_places = 4;
  auto const at = static_cast<float>((state.clock.now().time_since_epoch() / k_step) % k_places);
  fill({groove.x + groove.width * at / k_places, groove.y, groove.width / k_places, bar}, accent(state), bar / 2);
  ui.wake_after(k_step);
}

void step_list(Ui& ui, std::string_view key, std::span<Step const> steps) {
  UiState& state = ui.state();
  Theme const& theme = *state.theme;
  std::size_t index = 0;
  for (Step const& step : steps) {
    TextStyle const style = style_of(state, step.state == Step::State::now ? TextRole::strong : TextRole::body);
    float const mark = style.em * 1.5F;
    float const left = mark + style.em * 0.7F;
    TextBlock const words = lay_out(state, style, step.text, state.area().width - left);
    Rect const rect = place(state, state.area().width, std::max(words.height, mark));
    std::string const node_key = fmt::format("{}.{}", key, index++);
    if (ui.measuring()) continue;
    NodeSpec node;
    node.role = Role::progress;
    node.name = step.text;
    node.selected = step.state == Step::State::now;
    Point const centre{rect.x + mark / 2, rect.y + std::max(style.line, mark) / 2};
    switch (step.state) {
      case Step::State::done:
        node.value = ui.tr("ui.step.done");
        disc(centre, mark / 2, theme.good_tint);
        draw_icon(state, "check", centre, mark * 0.7F, theme.good);
        break;
      case Step::State::now:
        node.value = ui.tr("ui.step.now");
        disc(centre, mark / 2, accent(state));
        disc(centre, mark / 5, state.area().on_brand ? theme.brand : theme.surface);
        break;
      case Step::State::later:
        node.value = ui.tr("ui.step.later");
        ring(centre, mark / 2 - 2, std::max(2.0F, mark * 0.08F), 0, 1, theme.line);
        break;
      case Step::State::failed:
        node.value = ui.tr("ui.step.failed");
        disc(centre, mark / 2, theme.error_tint);
        draw_icon(state, "close", centre, mark * 0.7F, theme.error);
        break;
    }
    add_node(state, node_key, rect, node);
    Colour const colour = step.state == Step::State::later    ? ink_soft(state)
                          : step.state == Step::State::failed ? theme.error
                                                              : ink(state);
    draw_block(state, words, step.text,
               {rect.x + left, rect.y + (std::max(style.line, mark) - style.line) / 2, rect.width - left, words.height},
               Align::left, colour);
  }
}

void countdown(Ui& ui, std::string_view key, std::string_view name, int seconds_left, int seconds_total,
               float diameter) {
  UiState& state = ui.state();
  float const size = state.mm(diameter > 0 ? diameter : state.metrics.button_mm() * 2);
  Rect const rect = place(state, size, size);
  if (ui.measuring()) return;
  std::string const number = fmt::format("{}", seconds_left);
  NodeSpec node;
  node.role = Role::progress;
  node.name = name;
  node.value = number;
  add_node(state, key, rect, node);
  float const share = seconds_total > 0
                          ? std::clamp(static_cast<float>(seconds_left) / static_cast<float>(seconds_total), 0.0F, 1.0F)
                          : 0;
  float const thick = size * 0.09F;
  Tone const tone = share <= 0.25F ? Tone::warning : Tone::neutral;
  ring(rect.centre(), size / 2 - thick / 2, thick, 0, 1, track(state));
  ring(rect.centre(), size / 2 - thick / 2, thick, 0, share, tone_ink(state, tone));
  TextStyle const style =
      fitted(state, style_of(state, size > state.mm(40) ? TextRole::title : TextRole::strong), number, size * 0.6F);
  Rect const middle{rect.centre().x - size * 0.4F, rect.centre().y - style.line / 2, size * 0.8F, style.line};
  draw_label(state, key, style, number, middle, Align::centre, tone_ink(state, tone));
}

void bar_chart(Ui& ui, std::string_view key, std::string_view name, std::span<Bar const> bars, float height) {
  UiState& state = ui.state();
  Theme const& theme = *state.theme;
  float const total = state.mm(height > 0 ? height : state.metrics.button_mm() * 2.4F);
  Rect const rect = place(state, state.area().width, total);
  if (ui.measuring()) return;
  NodeSpec node;
  node.role = Role::chart;
  node.name = name;
  add_node(state, key, rect, node);
  if (bars.empty()) return;
  TextStyle const style = style_of(state, TextRole::caption);
  float most = 0;
  for (Bar const& bar : bars) most = std::max(most, bar.value);
  if (most <= 0) most = 1;
  float const base = rect.bottom() - style.line;
  float const top = rect.y + style.line;
  float const each = rect.width / static_cast<float>(bars.size());
  float const width = std::min(each * 0.62F, state.mm(state.metrics.button_mm()));
  float x = rect.x;
  for (Bar const& bar : bars) {
    float const tall = std::max(2.0F, (base - top) * bar.value / most);
    Rect const box{x + (each - width) / 2, base - tall, width, tall};
    Colour const colour = bar.highlighted ? theme.action : blend(theme.surface, faded(accent(state), 0.55F));
    fill(box, colour, std::min(width, tall) * 0.25F);
    if (bar.highlighted) {
      std::string const value = fmt::format("{:.0f}", bar.value);
      TextStyle const bold = style_of(state, TextRole::strong);
      TextStyle const fit = fitted(state, bold, value, each * 1.6F);
      draw_line(state, fit, value, box.centre().x - text_width(state, fit, value) / 2, box.y - fit.line,
                pack(ink(state)));
    }
    TextStyle const label = fitted(state, style, bar.label, each * 0.95F);
    draw_line(state, label, bar.label, x + (each - text_width(state, label, bar.label)) / 2, base + style.line * 0.08F,
              pack(ink_soft(state)));
    x += each;
  }
  fill({rect.x, base, rect.width, std::max(1.0F, theme.line_px)}, theme.line, 0);
}

}  // namespace yizhan::ui

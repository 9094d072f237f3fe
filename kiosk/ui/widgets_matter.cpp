// The long way and what came of it: journey, timeline, faces.
#include "kiosk/ui/widgets_matter.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "kiosk/ui/page_parts.h"

namespace yizhan::ui {

void journey(Ui& ui, std::string_view key, std::span<std::string_view const> names, std::size_t now) {
  if (names.empty()) return;
  UiState& state = ui.state();
  float const bar = state.mm(state.metrics.gap_mm() * 0.5F);
  TextStyle const style = style_of(state, TextRole::caption);
  TextStyle const bold = [&] {
    TextStyle made = style;
    made.bold = true;
    return made;
  }();
  float const gap = bar;
  auto const count = static_cast<float>(names.size());
  float const width = (state.area().width - gap * (count - 1)) / count;
  // Where the words are too long for their segments, only the present step's is written.
  bool const all =
      std::ranges::all_of(names, [&](std::string_view name) { return text_width(state, bold, name) <= width * 1.02F; });
  Rect const rect = place(state, state.area().width, bar + style.line);
  if (ui.measuring()) return;
  NodeSpec node;
  node.role = Role::progress;
  std::string const name = ui.tr("ui.step", fmt::arg("step", now + 1), fmt::arg("steps", names.size()));
  node.name = name;
  node.value = names[std::min(now, names.size() - 1)];
  add_node(state, key, rect, node);
  for (std::size_t i = 0; i < names.size(); ++i) {
    float const x = rect.x + (width + gap) * static_cast<float>(i);
    fill({x, rect.y, width, bar}, i <= now ? accent(state) : track(state), bar / 2);
    if (all)
      draw_label(state, key, i == now ? bold : style, names[i], {x, rect.y + bar, width, style.line}, Align::left,
                 i == now ? accent(state) : ink_soft(state));
  }
  if (all || now >= names.size()) return;
  std::string const line = name + " · " + std::string(names[now]);
  draw_label(state, key, bold, line, {rect.x, rect.y + bar, rect.width, style.line}, Align::left, accent(state));
}

void timeline(Ui& ui, std::string_view key, std::span<TimelineEntry const> entries) {
  UiState& state = ui.state();
  Theme const& theme = *state.theme;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    TimelineEntry const& entry = entries[i];
    bool const now = entry.state == Step::State::now;
    TextStyle const title_style = style_of(state, TextRole::strong);
    TextStyle const style = style_of(state, TextRole::body);
    float const mark = title_style.em * 1.5F;
    float const left = mark + title_style.em * 0.7F;
    float const free = state.area().width - left;
    TextBlock const title = lay_out(state, title_style, entry.title, free);
    TextBlock const date = lay_out(state, style, entry.date, free);
    TextBlock const line = lay_out(state, style, entry.line, free);
    float const words = title.height + (entry.date.empty() ? 0 : date.height) + (entry.line.empty() ? 0 : line.height);
    float const below = i + 1 < entries.size() ? title_style.em * 0.6F : 0;
    Rect const rect = place(state, state.area().width, std::max(words, mark) + below);
    if (i + 1 < entries.size()) state.area().y -= state.area().gap;  // the line between two does not break
    if (ui.measuring()) continue;
    NodeSpec node;
    node.role = Role::progress;
    node.name = entry.title;
    std::string value(entry.date);
    for (std::string_view const part : {entry.line, std::string_view()})
      if (!part.empty()) value += (value.empty() ? "" : " · ") + std::string(part);
    node.value = value;
    node.selected = now;
    add_node(state, fmt::format("{}.{}", key, i), {rect.x, rect.y, rect.width, rect.height - below}, node);
    Point const centre{rect.x + mark / 2, rect.y + title_style.line / 2};
    bool const open = entry.state == Step::State::later;
    if (i + 1 < entries.size()) {
      float const thick = std::max(2.0F, mark * 0.08F);
      bool const passed = entry.state == Step::State::done;
      fill({centre.x - thick / 2, centre.y, thick, rect.height}, passed ? accent(state) : track(state), 0);
    }
    disc(centre, mark / 2, state.area().under);
    switch (entry.state) {
      case Step::State::done:
        disc(centre, mark / 2, theme.good_tint);
        draw_icon(state, "check", centre, mark * 0.7F, theme.good);
        break;
      case Step::State::now:
        disc(centre, mark / 2, accent(state));
        disc(centre, mark / 5, state.area().under);
        break;
      case Step::State::later: ring(centre, mark / 2 - 2, std::max(2.0F, mark * 0.08F), 0, 1, ink_soft(state)); break;
      case Step::State::failed:
        disc(centre, mark / 2, theme.error_tint);
        draw_icon(state, "close", centre, mark * 0.7F, theme.error);
        break;
    }
    float y = rect.y;
    draw_block(state, title, entry.title, {rect.x + left, y, free, title.height}, Align::left,
               open  ? ink_soft(state)
               : now ? accent(state)
                     : ink(state));
    y += title.height;
    if (!entry.date.empty()) {
      draw_block(state, date, entry.date, {rect.x + left, y, free, date.height}, Align::left, ink_soft(state));
      y += date.height;
    }
    if (!entry.line.empty())
      draw_block(state, line, entry.line, {rect.x + left, y, free, line.height}, Align::left, ink(state));
  }
}

std::optional<int> face_rating(Ui& ui, std::span<FaceSpec const> best_first, int selected) {
  static constexpr std::string_view k_faces[] = {"sentiment_very_satisfied", "sentiment_satisfied", "sentiment_neutral",
                                                 "sentiment_dissatisfied", "sentiment_very_dissatisfied"};
  static constexpr Tone k_tones[] = {Tone::good, Tone::good, Tone::info, Tone::warning, Tone::error};
  constexpr int k_best = 5;
  UiState& state = ui.state();
  bool const upright = state.metrics.portrait();
  std::optional<int> used;
  std::size_t const count = std::min<std::size_t>(best_first.size(), k_best);
  grid(ui, upright ? 1 : count, count, [&](std::size_t index) {
    FaceSpec const& face = best_first[index];
    int const grade = k_best - static_cast<int>(index);
    float const padding = state.mm(state.metrics.gap_mm());
    TextStyle const style = style_of(state, TextRole::heading);
    float const free = upright ? state.area().width : state.area().width - 2 * padding;
    float const size = upright ? state.mm(state.metrics.button_mm() * 1.8F) : std::min(free, state.mm(70));
    float const words_width = upright ? free - size - 4 * padding : free;
    TextBlock const words = lay_out(state, style, face.name, words_width, 3);
    float const natural = upright ? std::max(size, words.height) + 1.4F * padding : size + words.height + 3 * padding;
    Rect const rect = place(state, state.area().width, filled(state, natural));
    if (ui.measuring()) return;
    if (words.cut) state.tree.note({"text_cut", std::string(face.key), std::string(face.name)});
    NodeSpec node;
    node.role = Role::radio;
    node.name = face.name;
    node.selected = grade == selected;
    Hit const hit = interact(state, face.key, rect, node);
    Theme const& theme = *state.theme;
    float const radius = state.mm(state.metrics.radius_mm() * 1.2F);
    surface(state, rect, hit.held || node.selected ? theme.surface_high : theme.surface, radius, !hit.held);
    if (node.selected) outline(rect, accent(state), state.mm(1.0F), radius);
    Point const centre = upright ? Point{rect.x + 1.5F * padding + size / 2, rect.centre().y}
                                 : Point{rect.centre().x, rect.y + padding + size / 2};
    disc(centre, size / 2, theme.tone_tint(k_tones[index]));
    draw_icon(state, k_faces[index], centre, size * 0.86F, theme.tone(k_tones[index]));
    Rect const text_box = upright ? Rect{centre.x + size / 2 + 1.5F * padding, rect.centre().y - words.height / 2,
                                         words_width, words.height}
                                  : Rect{rect.x + padding, centre.y + size / 2 + padding, words_width, words.height};
    draw_block(state, words, face.name, text_box, upright ? Align::left : Align::centre, theme.ink);
    focus_ring(state, rect, radius, hit);
    if (hit.used) used = grade;
  });
  return used;
}

}  // namespace yizhan::ui

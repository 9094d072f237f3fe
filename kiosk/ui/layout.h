#pragma once
/// Where things go. An area has a width and a cursor that moves down; widgets fill the width of the area they are in.
/// All lengths are millimetres.
#include <cstddef>
#include <functional>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/ui/ui.h"

namespace yizhan::ui {

using Content = std::function<void()>;

enum class Align { left, centre, right };

// ---- whole pages -----------------------------------------------------------------------------------------------

/// A resident's page: header (crest, hall, clock, language, text size, contrast, Help in the top right corner),
/// title, content that scrolls where it must, footer (Back bottom left, primary bottom right).
struct ScreenSpec {
  std::string_view key;         // "resident.home": what `expect state` names. Buttons get key + ".back" …
  std::string_view title = {};  // key + ".title"
  std::string_view lead = {};   // one line under the title; key + ".lead"
  std::string_view back = {};   // label; empty: no Back
  std::string_view back_icon = "arrow_back";
  std::string_view primary = {};  // label; empty: no primary action
  std::string_view primary_icon = "arrow_forward";
  bool primary_enabled = true;
  std::string_view secondary = {};  // a second, quieter action left of the primary; key + ".secondary"
  std::string_view secondary_icon = {};
  bool help = true;
  std::size_t step = 0;  // "第 2 步,共 4 步" as a bar of segments; 0: none. Of `step_names` from 0
  std::size_t steps = 0;
  std::span<std::string_view const> step_names = {};  // instead of `steps`: a long way, its parts by name
  int seconds_left = 0;                               // a ring in the footer; 0: none
  int seconds_total = 0;
  bool preferences = true;  // false: no language/text size/contrast buttons (attract or fault pages)
};
struct ScreenEvents {
  bool back = false;
  bool primary = false;
  bool secondary = false;
  bool help = false;
  /// Language, text size or contrast was changed (already done; for the flow's log and for speech).
  bool preferences_changed = false;
};
ScreenEvents screen(Ui& ui, ScreenSpec const& spec, Content const& content);

/// A desktop page for clerks: a slim header (title, who, where, clock, language), content, and a bar of actions with
/// their F-keys at the bottom.
struct DeskAction {
  std::string_view key;
  std::string_view label;
  std::string_view icon = {};
  Key shortcut = Key::none;
  bool enabled = true;
  bool primary = false;
  bool danger = false;
};
struct DeskSpec {
  std::string_view key;          // "counter.desk"
  std::string_view title;        // "综合窗口 3"
  std::string_view who = {};     // "王敏"
  std::string_view status = {};  // "已连接"; as a chip
  Tone status_tone = Tone::good;
  std::span<DeskAction const> actions = {};
};
/// Which action was chosen, by tap or F-key.
std::optional<std::size_t> desk(Ui& ui, DeskSpec const& spec, Content const& content);

/// A hall display: hall name, clock, content without scrolling or controls. `key` is the screen's.
void board(Ui& ui, std::string_view key, std::string_view title, Content const& content);

/// A bare page of this key (start-up, out of service): margins only.
void bare(Ui& ui, std::string_view key, Content const& content);

/// Over everything else: scrim and a centred panel `width` wide. Nodes drawn before become unreachable. Call it last.
void overlay(Ui& ui, std::string_view key, float width, Content const& content);

// ---- inside a page ----------------------------------------------------------------------------------------------

/// Side by side; widths by weight. The cursor continues below the tallest.
void columns(Ui& ui, std::initializer_list<float> weights, std::function<void(std::size_t column)> const& cell,
             float gap = 0 /* the metrics' */);
/// `count` cells, `across` in a line, every cell of a line as high as its highest. Inside a cell `fill_height` widgets
/// (cards, panels) take the whole height.
void grid(Ui& ui, std::size_t across, std::size_t count, std::function<void(std::size_t cell)> const& cell);
/// Widgets one after another in their natural width, wrapping at the end of the line.
void row(Ui& ui, Align align, Content const& content);
/// A narrower area in the middle; `width` is cut to what there is.
void centred(Ui& ui, float width, Content const& content);
/// Content in the vertical middle of what is left of the page.
void middle(Ui& ui, Content const& content);
/// What follows stands at the bottom of the area: `content` is measured and pushed down.
void at_bottom(Ui& ui, Content const& content);

struct PanelSpec {
  Tone tone = Tone::neutral;  // neutral: surface; others: the tone's tint
  bool brand = false;         // brand ground, texts in on_brand
  float padding = 0;          // 0: the metrics'
  bool shadow = true;
  bool fill_height = false;  // down to the area's bottom (or the grid line's height)
};
/// A rounded surface around its content.
void panel(Ui& ui, PanelSpec const& spec, Content const& content);

/// An area `height` high (0: what is left) whose content is dragged by the finger or the wheel; a rail and a fading
/// edge show that there is more. The focused node is scrolled into view.
void scroll(Ui& ui, std::string_view key, float height, Content const& content);

/// Extra vertical space (the usual gap between widgets is already there). Negative pulls together.
void space(Ui& ui, float millimetres);
void divider(Ui& ui);
/// What is left of the area, in millimetres. Large where nothing limits it (inside scroll).
[[nodiscard]] float width_left(Ui const& ui);
[[nodiscard]] float height_left(Ui const& ui);
/// How high `content` would be at the present width, in millimetres.
[[nodiscard]] float measure(Ui& ui, Content const& content);

}  // namespace yizhan::ui

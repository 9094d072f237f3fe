#pragma once
/// Ui: one window's drawing context, handed to the screen in every frame. A screen is a function of its flow's state:
///
///     void draw_home(ui::Ui& ui, HomeState const& state, Emit const& emit) {
///       auto const frame = ui::screen(ui, {.key = "resident.home", .title = ui.tr("resident.home.title")}, [&] {
///         auto const chosen = ui::card_grid(ui, 2, cards);
///         …
///       });
///       if (frame.back) emit(Back{});
///     }
///
/// Widgets (widgets.h) and layout (layout.h) are free functions that take the Ui first and a stable key second.
/// Keys are dotted, unique in a frame, the same in every language: "resident.home.take_ticket".
///
/// Keyboard: Tab/Down/Right and Shift+Tab/Up/Left walk the nodes in reading order, Enter or Space acts, Esc is the
/// screen's Back. Within a text field Left/Right/Home/End move the caret. A widget answers a key exactly like a tap.
///
/// Content functions given to layout helpers may run TWICE a frame: the first time only to measure (`measuring()`
/// is true, nothing is drawn, every widget returns false/none). They must not count or append to anything outside
/// before a widget said yes.
///
/// Thread: ui. Nothing here blocks or does I/O.
#include <memory>
#include <string>
#include <string_view>

#include "kiosk/ui/i18n.h"
#include "kiosk/ui/input.h"
#include "kiosk/ui/metrics.h"
#include "kiosk/ui/theme.h"
#include "kiosk/ui/tree.h"
#include "shared/base/env.h"

namespace yizhan::ui {

struct UiState;  // ui_state.h, for kiosk/ui alone
struct ImageView;
class InputMethod;

/// What the person in front may change; the welcome screen after a wipe starts with the window's defaults again.
struct Preferences {
  Language language = Language::zh_CN;
  TextSize text_size = TextSize::standard;
  Palette palette = Palette::civic;
  bool reach = false;  // controls in the lower half
  bool operator==(Preferences const&) const = default;
};

/// The same on every screen of a window: set by the application when it changes.
struct Chrome {
  std::string hall_name;  // "水果湖街道政务服务中心"
  std::string crest_icon = "account_balance";
  std::string clock;   // "05:39", formatted by the owner; asks for one frame where it changes
  std::string notice;  // one line across the top of the page, e.g. "网络中断,取号照常"; empty: none
  Tone notice_tone = Tone::info;
  bool languages = true;  // offer the language switch
  bool operator==(Chrome const&) const = default;
};

class Ui {
 public:
  /// Made by Window; screens only receive it.
  explicit Ui(std::unique_ptr<UiState> state);
  ~Ui();
  Ui(Ui const&) = delete;
  Ui& operator=(Ui const&) = delete;

  // ---- texts
  [[nodiscard]] std::string_view tr(std::string_view key) const;
  /// `ui.tr("resident.ticket.ahead", fmt::arg("count", 3))`
  template <class... Args>
  requires(sizeof...(Args) > 0) [[nodiscard]] std::string tr(std::string_view key, Args const&... args) const {
    return translations().format(preferences().language, key, args...);
  }
  [[nodiscard]] std::string tr_named(std::string_view key,
                                     std::span<std::pair<std::string, std::string> const> arguments) const {
    return translations().format_named(preferences().language, key, arguments);
  }
  [[nodiscard]] Translations const& translations() const;
  [[nodiscard]] Language language() const { return preferences().language; }

  // ---- settings; changes take effect with the next frame
  [[nodiscard]] Preferences const& preferences() const;
  void set_preferences(Preferences const& preferences);
  /// What `wipe` returns to.
  void set_defaults(Preferences const& defaults);
  [[nodiscard]] Chrome const& chrome() const;
  void set_chrome(Chrome const& chrome);
  [[nodiscard]] Theme const& theme() const;
  [[nodiscard]] Metrics const& metrics() const;
  /// Elder mode: fewer choices, slower time-outs, speech on.
  [[nodiscard]] bool elder() const { return preferences().text_size != TextSize::standard; }

  /// Takes the letters of every keyboard of this window (input_method.h); null: none. It outlives the window.
  void set_input_method(InputMethod* method);

  // ---- the frame
  [[nodiscard]] bool measuring() const;
  [[nodiscard]] SteadyTime now() const;
  /// Draw `count` (≤ 3) more frames after this one.
  void request_frames(int count = 1);
  /// Draw a frame after `delay` of steady time: a countdown, a step of a progress. The earliest wish counts.
  void wake_after(Duration delay);

  // ---- focus
  [[nodiscard]] std::string_view focused() const;
  /// Takes effect with the next frame; an unknown key clears the focus. `visible` shows the ring.
  void focus(std::string_view key, bool visible = true);
  /// Focuses `key` in the first frame of a screen; call it in every frame, before or inside `screen`.
  void focus_on_entry(std::string_view key);
  /// True after the widget `key` was drawn in the frame in which it was touched; a field, say.
  [[nodiscard]] bool tapped(std::string_view key) const;
  /// True in the frame in which `key` was pressed and no field took it. The same press is given out once.
  [[nodiscard]] bool pressed(Key key);

  // ---- what was drawn
  /// The last complete frame.
  [[nodiscard]] Tree const& tree() const;

  /// End of a session: scrubs the tree and input queues, forgets focus, scrolling and pictures, returns to the default
  /// preferences, asks for frames.
  void wipe();

  /// For kiosk/ui's own files.
  [[nodiscard]] UiState& state() { return *m_state; }
  [[nodiscard]] UiState const& state() const { return *m_state; }

 private:
  std::unique_ptr<UiState> m_state;
};

}  // namespace yizhan::ui

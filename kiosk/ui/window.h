#pragma once
/// Windows, events and frames. Frames are drawn because something changed, never by a clock: a visible change asks for
/// at most three, then `pump` sleeps in the operating system until an event, a wake or the next wish (≤ 5 s).
///
///     auto desktop = TRY(ui::Desktop::create(env.steady, ui::Translations::builtin()));
///     auto& window = *TRY(desktop->open({.title = "Yizhan", .panel = panel}));
///     window.on_draw([&](ui::Ui& ui) { screens.draw(ui); });
///     while (!desktop->closing()) {
///       app.drain_inboxes();              // other threads: post to an inbox, then desktop->wake()
///       desktop->pump(app.next_due());
///     }
///
/// Thread: ui, except `Desktop::wake`.
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "kiosk/ui/i18n.h"
#include "kiosk/ui/input.h"
#include "kiosk/ui/key_guard.h"
#include "kiosk/ui/metrics.h"
#include "kiosk/ui/ui.h"
#include "shared/base/env.h"
#include "shared/base/result.h"

namespace yizhan::ui {

struct WindowSpec {
  std::string title = "Yizhan";
  Panel panel{};  // pixels of the window (or of the screen) and the millimetres they stand for
  Scale scale = Scale::kiosk;
  Preferences defaults{};
  bool full_screen = false;   // borderless over the whole screen; the panel's pixels follow the screen
  bool resizable = false;     // windowed on a developer's desktop; millimetres keep their ratio
  bool hide_pointer = false;  // touch only
};

class Window {
 public:
  virtual ~Window() = default;

  /// Draws everything, every frame. Setting it asks for frames.
  virtual void on_draw(std::function<void(Ui&)> draw) = 0;
  /// After any touch, click, key or wheel of a person or a scenario, once an event: for the idle navigator.
  virtual void on_input(std::function<void()> input) = 0;

  [[nodiscard]] virtual Ui& ui() = 0;
  /// Something changed: `count` frames (cut to 3).
  virtual void request_frames(int count = 2) = 0;
  /// Frames drawn since it was opened.
  [[nodiscard]] virtual std::uint64_t frames() const = 0;
  /// When the oldest requested frame that is not drawn yet was asked for; empty where nothing is owed. The watchdog is
  /// fed while this is not older than 2 s.
  [[nodiscard]] virtual std::optional<SteadyTime> oldest_request() const = 0;
  /// Time of the first complete frame after `open` was called.
  [[nodiscard]] virtual std::optional<Duration> first_frame_time() const = 0;
  [[nodiscard]] virtual bool is_settled() const = 0;  // no frame asked for, no injected input left

  // ---- injected input: goes through the same paths as the real one
  /// Presses and releases the pointer in the middle of the node's visible part. Errors: no_such_node, node_disabled
  /// (also obscured), node_not_visible (scroll first: `reveal`).
  virtual Result<void> tap(std::string_view key) = 0;
  /// Scrolls the node into view where it is in a scroll area. Errors: no_such_node.
  virtual Result<void> reveal(std::string_view key) = 0;
  /// Presses without releasing, for press-and-hold; `release` ends it. Errors: as tap.
  virtual Result<void> press(std::string_view key) = 0;
  virtual void release() = 0;
  /// Drags from one point to another, in pixels.
  virtual void drag(Point from, Point to) = 0;
  virtual void key(KeyPress const& press) = 0;
  /// Types into the focused field, character by character.
  virtual void type(std::string_view utf8) = 0;
  /// Draws frames until nothing is asked for any more (at most `limit`). Returns how many.
  virtual int settle(int limit = 120) = 0;

  /// Settles, then writes what is shown. Errors: capture_failed.
  virtual Result<void> capture(std::filesystem::path const& png) = 0;
  virtual void set_panel(Panel const& panel) = 0;  // resizes a windowed one
};

class Desktop {
 public:
  virtual ~Desktop() = default;
  /// Starts SDL video. Errors: no_display, no_opengl. REQUIRES: one Desktop at a time.
  static Result<std::unique_ptr<Desktop>> create(SteadyClock const& clock, Translations const& translations);

  /// The desktop owns it; it stays valid until `close` or the desktop's end. Errors: no_opengl, font_missing.
  virtual Result<Window*> open(WindowSpec const& spec) = 0;
  virtual void close(Window* window) = 0;
  /// Handles events and draws what was asked for; sleeps up to `max_wait` (≤ 5 s) where there is nothing to do.
  virtual void pump(Duration max_wait) = 0;
  /// Bursts of keys reach no window; what they typed is told here, on the ui thread. Always on (key_guard.h).
  virtual void on_burst(std::function<void(KeyBurst)> heard) = 0;
  virtual void guard_keys(KeyGuardOptions const& options) = 0;
  /// Keys of a keypad: USB HID usages (page 07h) and what they mean; their characters are not typed.
  virtual void map_keys(std::map<std::uint16_t, Key> keys) = 0;
  /// Ends a sleeping `pump`, asks for no frame. Thread: any.
  virtual void wake() = 0;
  /// The window manager or a signal asked to end; a window over the whole screen only ends by a signal, since a code can
  /// type Alt+F4.
  [[nodiscard]] virtual bool closing() const = 0;
};

}  // namespace yizhan::ui

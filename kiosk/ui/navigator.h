#pragma once
/// Leaving a session alone: after `idle` without a touch or key a warning counts down `warning`, then everything of
/// the session is wiped. Any input during the warning keeps the session (WCAG 2.2, 2.2.1: ≥ 20 s, by a simple
/// action, any number of times).
///
/// A state machine over an injected clock: the owner calls `tick` in its loop and acts on what it returns. Speaking the
/// countdown is the owner's part (`Countdown` once a second).
///
/// Thread: ui.
#include <chrono>
#include <functional>
#include <optional>

#include "shared/base/env.h"

namespace yizhan::ui {

struct IdleSettings {
  Duration idle = std::chrono::seconds(60);
  Duration warning = std::chrono::seconds(20);
  /// Both are multiplied by this in elder mode.
  float elder_factor = 1.5F;
};

class IdleNavigator {
 public:
  enum class Phase {
    off,      // nobody's session: the welcome screen
    active,   // somebody is at it
    warning,  // counting down
  };
  /// `wipe` runs once at the end of the countdown (and on `end_session`); the navigator is then `off`.
  IdleNavigator(SteadyClock const& clock, IdleSettings settings, std::function<void()> wipe);

  /// A session begins (card, code or first tap). Also restarts the time of a running one.
  void begin_session();
  /// Touch, key, card or code: keeps the session. Nothing happens in `off`.
  void input();
  /// Nobody is there any more: the countdown begins, unless it has. What is held gets its whole time afterwards.
  void left();
  /// Printing, reading a card: time does not count while true.
  void hold(bool busy);
  /// The resident is done: wipes at once. Nothing happens in `off`.
  void end_session();
  void set_elder(bool elder) { m_elder = elder; }

  /// Moves on to what the clock says. Returns true where phase or `seconds_left` changed: draw a frame.
  bool tick();
  [[nodiscard]] Phase phase() const { return m_phase; }
  /// During `warning`: 20 … 1, rounded up. Else 0.
  [[nodiscard]] int seconds_left() const { return m_seconds_left; }
  /// The warning's whole length, for the ring.
  [[nodiscard]] int warning_seconds() const;
  /// When `tick` has something to do next; empty in `off` and while held.
  [[nodiscard]] std::optional<SteadyTime> next_due() const;

 private:
  [[nodiscard]] Duration idle_time() const;
  [[nodiscard]] Duration warning_time() const;
  void wipe_now();

  SteadyClock const& m_clock;
  IdleSettings m_settings;
  std::function<void()> m_wipe;
  Phase m_phase = Phase::off;
  SteadyTime m_last_input{};
  int m_seconds_left = 0;
  bool m_held = false;
  bool m_elder = false;
};

}  // namespace yizhan::ui

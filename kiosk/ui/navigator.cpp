#include "kiosk/ui/navigator.h"

#include <utility>

namespace yizhan::ui {

namespace {

Duration stretched(Duration time, bool elder, float factor) {
  return elder ? std::chrono::duration_cast<Duration>(time * static_cast<double>(factor)) : time;
}

constexpr Duration k_second = std::chrono::seconds(1);

}  // namespace

IdleNavigator::IdleNavigator(SteadyClock const& clock, IdleSettings settings, std::function<void()> wipe)
    : m_clock(clock), m_settings(settings), m_wipe(std::move(wipe)) {}

Duration IdleNavigator::idle_time() const { return stretched(m_settings.idle, m_elder, m_settings.elder_factor); }
Duration IdleNavigator::warning_time() const { return stretched(m_settings.warning, m_elder, m_settings.elder_factor); }

int IdleNavigator::warning_seconds() const {
  return static_cast<int>((warning_time() + k_second - Duration(1)) / k_second);
}

void IdleNavigator::begin_session() {
  m_phase = Phase::active;
  m_seconds_left = 0;
  m_last_input = m_clock.now();
}

void IdleNavigator::input() {
  if (m_phase != Phase::off) begin_session();
}

void IdleNavigator::left() {
  if (m_phase == Phase::active) m_last_input = std::min(m_last_input, m_clock.now() - idle_time());
}

void IdleNavigator::hold(bool busy) {
  if (m_held && !busy) m_last_input = m_clock.now();  // the resident gets the whole time after the wait
  m_held = busy;
  if (busy && m_phase == Phase::warning) begin_session();
}

void IdleNavigator::end_session() {
  if (m_phase != Phase::off) wipe_now();
}

void IdleNavigator::wipe_now() {
  m_phase = Phase::off;
  m_seconds_left = 0;
  m_held = false;
  m_elder = false;
  if (m_wipe) m_wipe();
}

bool IdleNavigator::tick() {
  if (m_phase == Phase::off || m_held) return false;
  Duration const quiet = m_clock.now() - m_last_input;
  if (quiet < idle_time()) return false;
  Duration const left = idle_time() + warning_time() - quiet;
  if (left <= Duration(0)) {
    wipe_now();
    return true;
  }
  int const seconds = static_cast<int>((left + k_second - Duration(1)) / k_second);
  bool const changed = m_phase != Phase::warning || seconds != m_seconds_left;
  m_phase = Phase::warning;
  m_seconds_left = seconds;
  return changed;
}

std::optional<SteadyTime> IdleNavigator::next_due() const {
  if (m_phase == Phase::off || m_held) return std::nullopt;
  SteadyTime const warning_at = m_last_input + idle_time();
  if (m_phase == Phase::active) return warning_at;
  return warning_at + warning_time() - (m_seconds_left - 1) * k_second;
}

}  // namespace yizhan::ui

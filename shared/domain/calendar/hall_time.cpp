#include "shared/domain/calendar/hall_time.h"

#include <date/tz.h>

#include <algorithm>
#include <cstdio>

namespace yizhan::calendar {

namespace {

/// Adapter: the library throws for a zone it does not know and for a broken tz database.
Result<date::time_zone const*> find_zone(std::string_view zone) {
  try {
    return date::locate_zone(zone);
  } catch (std::exception const&) {
    return Error::make("unknown_time_zone", Retry::no, std::string(zone));
  }
}

Result<Duration> local_since_epoch(WallTime time, std::string_view zone) {
  auto const* const found = TRY(find_zone(zone));
  try {
    return found->to_local(time).time_since_epoch();
  } catch (std::exception const&) {
    return Error::make("unknown_time_zone", Retry::no, std::string(zone));
  }
}

}  // namespace

std::string BusinessDay::to_string() const {
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, "%04d-%02u-%02u", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  return buffer;
}

Result<BusinessDay> BusinessDay::parse(std::string_view text) {
  constexpr std::string_view k_shape = "dddd-dd-dd";
  if (text.size() != k_shape.size()) return Error::make("bad_date");
  int parts[3] = {};
  int part = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (k_shape[i] == '-') {
      if (text[i] != '-') return Error::make("bad_date");
      ++part;
    } else if (text[i] < '0' || text[i] > '9') {
      return Error::make("bad_date");
    } else {
      parts[part] = parts[part] * 10 + (text[i] - '0');
    }
  }
  std::chrono::year_month_day const date{std::chrono::year{parts[0]},
                                         std::chrono::month{static_cast<unsigned>(parts[1])},
                                         std::chrono::day{static_cast<unsigned>(parts[2])}};
  if (!date.ok()) return Error::make("bad_date");
  return BusinessDay{date};
}

char const* to_string(ClockState state) {
  switch (state) {
    case ClockState::trusted: return "trusted";
    case ClockState::estimated: return "estimated";
    case ClockState::unset: return "unset";
  }
  return "unset";
}

Result<BusinessDay> local_day(WallTime time, std::string_view zone) {
  auto const local = TRY(local_since_epoch(time, zone));
  return BusinessDay{std::chrono::sys_days{std::chrono::floor<std::chrono::days>(local)}};
}

Result<std::chrono::minutes> local_minute_of_day(WallTime time, std::string_view zone) {
  auto const local = TRY(local_since_epoch(time, zone));
  return std::chrono::floor<std::chrono::minutes>(local - std::chrono::floor<std::chrono::days>(local));
}

Result<WallTime> end_of_day(BusinessDay const& day, std::string_view zone) {
  if (!day.date.ok()) return Error::make("bad_date");
  auto const* const found = TRY(find_zone(zone));
  auto const next = std::chrono::sys_days{day.date} + std::chrono::days{1};
  try {
    // Where clocks skip or repeat midnight, the day begins with the earlier reading.
    date::local_time<Duration> const midnight{Duration{next.time_since_epoch()}};
    return WallTime{found->to_sys(midnight, date::choose::earliest)};
  } catch (std::exception const&) {
    return Error::make("unknown_time_zone", Retry::no, std::string(zone));
  }
}

namespace {

/// As much as clocks are put right by themselves, and people by hand.
constexpr Duration k_set = std::chrono::minutes(10);
constexpr int k_beliefs = 3;

}  // namespace

HallClock::HallClock(WallClock const& wall, SteadyClock const& steady, WallTime build_time)
    : m_wall(wall), m_steady(steady), m_floor(build_time), m_highest(build_time) {}

/// The time as it is believed to be, whatever was told before. With the lock held.
WallTime HallClock::look() {
  auto const told = m_wall.now() + m_offset;
  auto const steady = m_steady.now();
  auto const expected = m_anchor ? m_anchor->hall + (steady - m_anchor->steady) : told;
  auto const believed = std::chrono::abs(told - expected) <= k_set ? told : expected;
  m_anchor = Anchor{believed, steady};
  return believed;
}

WallTime HallClock::now() {
  std::lock_guard const lock(m_mutex);
  m_highest = std::max(m_highest, look());
  if (m_state == ClockState::trusted) m_floor = m_highest;
  return m_highest;
}

ClockState HallClock::state() const {
  std::lock_guard const lock(m_mutex);
  return m_state;
}

void HallClock::restore(Duration offset, WallTime highest) {
  std::lock_guard const lock(m_mutex);
  bool const nothing_stored = offset == Duration{0} && highest == WallTime{};
  if (m_state == ClockState::trusted || nothing_stored) return;
  auto const wall = m_wall.now();
  auto const shifted = wall + offset;
  bool const both_may_be = wall >= highest && shifted >= highest;
  bool const neither = wall < highest && shifted < highest;
  bool const plain = both_may_be ? wall < shifted : neither ? wall > shifted : wall >= highest;
  bool const far = highest != WallTime{} && std::chrono::abs(offset) > k_set;
  m_offset = far && plain ? Duration{0} : offset;
  m_stored = highest;
  m_highest = std::max(m_highest, highest);
  m_anchor.reset();
  m_state = ClockState::estimated;
}

void HallClock::learn_offset(Duration offset) {
  std::lock_guard const lock(m_mutex);
  m_offset = offset;
  m_state = ClockState::trusted;
  m_anchor.reset();
  auto const told = look();
  if (told + k_set < m_highest) m_highest = std::max(told, m_floor);
}

Duration HallClock::offset() const {
  std::lock_guard const lock(m_mutex);
  return m_offset;
}

/// With the lock held.
WallTime HallClock::believed() {
  if (m_state == ClockState::trusted) return look();
  switch (m_belief % k_beliefs) {
    case 0: return std::max(m_floor, look());
    case 1: return m_wall.now();
    default: return std::max(m_floor, m_stored);
  }
}

WallTime HallClock::certificate_time() {
  std::lock_guard const lock(m_mutex);
  return believed();
}

void HallClock::certificate_time_failed(WallTime judged) {
  std::lock_guard const lock(m_mutex);
  // Several transfers fail together: the first of them moves on.
  if (m_state == ClockState::trusted) return;
  for (int i = 0; i < k_beliefs && std::chrono::abs(believed() - judged) <= k_set; ++i) ++m_belief;
}

}  // namespace yizhan::calendar

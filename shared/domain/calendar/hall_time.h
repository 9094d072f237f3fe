#pragma once
/// Hall time = max(wall clock + last known offset, build time, highest hall time stored). It drives the business day
/// and every deadline, and does not go back, so a dead clock battery stops nothing. Between two looks it goes on as the
/// steady clock does: who sets the wall clock by more than 10 minutes changes nothing until the platform has spoken. Only
/// the platform's word takes back a time that nobody had confirmed.
#include <chrono>
#include <compare>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "shared/base/env.h"
#include "shared/base/result.h"

namespace yizhan::calendar {

/// A local calendar day of the hall (业务日), "YYYY-MM-DD".
struct BusinessDay {
  std::chrono::year_month_day date{};
  [[nodiscard]] std::string to_string() const;
  /// Errors: bad_date.
  static Result<BusinessDay> parse(std::string_view text);
  auto operator<=>(BusinessDay const&) const = default;
};

/// What events call `clockstate`: trusted (offset from the platform in this run), estimated (offset or highest time
/// from storage), unset (neither).
enum class ClockState { trusted, estimated, unset };
[[nodiscard]] char const* to_string(ClockState state);

/// Local day and minute of an instant in an IANA zone, e.g. "Asia/Shanghai". Errors: unknown_time_zone.
Result<BusinessDay> local_day(WallTime time, std::string_view zone);
Result<std::chrono::minutes> local_minute_of_day(WallTime time, std::string_view zone);
/// The instant at which the local day after `day` begins.
Result<WallTime> end_of_day(BusinessDay const& day, std::string_view zone);

/// Thread: any.
class HallClock {
 public:
  HallClock(WallClock const& wall, SteadyClock const& steady, WallTime build_time);
  /// Never less than an earlier answer since learn_offset() was called last.
  [[nodiscard]] WallTime now();
  [[nodiscard]] ClockState state() const;
  /// From storage at start; no more once the platform has spoken. Of an offset of more than 10 minutes and none at all the one
  /// counts that needs less time to have gone by since `highest`: somebody may have set the clock right meanwhile.
  void restore(Duration offset, WallTime highest);
  /// From the platform (GET /v1/time, middle of the round trip).
  void learn_offset(Duration offset);
  [[nodiscard]] Duration offset() const;

  /// When certificates are judged: now, without what was ahead of it before. While the platform has not spoken it is one of
  /// what this machine can believe: its estimate, the wall clock, the highest time stored; a dead or wrong clock must not end
  /// the way to the one that can put it right.
  [[nodiscard]] WallTime certificate_time();
  /// The platform's certificate was not valid at `judged`: the next one is tried.
  void certificate_time_failed(WallTime judged);

 private:
  WallTime look();
  WallTime believed();

  mutable std::mutex m_mutex;
  WallClock const& m_wall;
  SteadyClock const& m_steady;
  Duration m_offset{};
  WallTime m_floor;  // what cannot be taken back: the build, and what was told while trusted
  WallTime m_stored{};
  WallTime m_highest;
  ClockState m_state = ClockState::unset;
  struct Anchor {
    WallTime hall;
    SteadyTime steady;
  };
  std::optional<Anchor> m_anchor;
  int m_belief = 0;
};

}  // namespace yizhan::calendar

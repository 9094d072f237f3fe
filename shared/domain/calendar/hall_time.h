#pragma once
/// Hall time = max(wall clock + last known offset, build time, highest hall time stored). It drives the business day
/// and every deadline, and never goes back, so a dead clock battery stops nothing.
#include <chrono>
#include <compare>
#include <mutex>
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
  HallClock(WallClock const& wall, WallTime build_time);
  /// Never less than any earlier answer.
  [[nodiscard]] WallTime now();
  [[nodiscard]] ClockState state() const;
  /// From storage at start. A later call cannot lower `highest`.
  void restore(Duration offset, WallTime highest);
  /// From the platform (GET /v1/time, middle of the round trip).
  void learn_offset(Duration offset);
  [[nodiscard]] Duration offset() const;

 private:
  mutable std::mutex m_mutex;
  WallClock const& m_wall;
  Duration m_offset{};
  WallTime m_highest;
  ClockState m_state = ClockState::unset;
};

}  // namespace yizhan::calendar

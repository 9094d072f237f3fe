#pragma once
/// Working days (工作日): Monday to Friday but for the holidays and moved working days the State Council announces for
/// each year (国务院办公厅节假日安排). Periods: Civil Code 200-204, Administrative Licensing Law 82.
#include <cstdint>
#include <string_view>
#include <vector>

#include "shared/base/result.h"
#include "shared/domain/calendar/hall_time.h"

namespace yizhan::calendar {

class HolidayCalendar {
 public:
  /// Knows no year: Monday to Friday, everything provisional.
  HolidayCalendar() = default;

  /// {"version":N,"years":[{"year":2026,"off":["2026-01-01",…],"work":["2026-01-04",…]},…]}: `off` are the days the
  /// holidays take, `work` the Saturdays and Sundays people work for them. Days of a year's entry lie in that year or in
  /// the December before it. Other members are ignored. A year whose `off` is empty is not known yet.
  /// Errors: calendar_invalid (JSON Pointer and what is wanted there).
  static Result<HolidayCalendar> parse(std::string_view json);

  [[nodiscard]] std::int64_t version() const { return m_version; }
  [[nodiscard]] bool covers(std::chrono::year year) const;
  /// Whether `day` is settled: its year is known and, in the last week of December, the next year too, because New
  /// Year's holiday may reach back or have its working day there.
  [[nodiscard]] bool certain(BusinessDay const& day) const;
  [[nodiscard]] bool is_workday(BusinessDay const& day) const;

 private:
  std::int64_t m_version = 0;
  std::vector<std::chrono::year> m_years;  // sorted, as the others
  std::vector<std::chrono::sys_days> m_off;
  std::vector<std::chrono::sys_days> m_work;
};

/// The last day of a period. `provisional`: it rests on days that are not settled and may change with the next calendar.
struct Due {
  BusinessDay day;
  bool provisional = false;
  bool operator==(Due const&) const = default;
};

/// Longer periods do not occur; they are cut to this, in days and in months.
inline constexpr int k_longest_period = 10'000;

/// The day of the `count`-th working day after `start`, which does not count itself (Civil Code 201). 0: `start`.
[[nodiscard]] Due add_workdays(HolidayCalendar const& calendar, BusinessDay const& start, int count);
/// `count` days after `start`; where that is a rest day, the next working day (Civil Code 203).
[[nodiscard]] Due add_natural_days(HolidayCalendar const& calendar, BusinessDay const& start, int count);
/// The same day `count` months later, or that month's last (Civil Code 202); a rest day as with natural days.
[[nodiscard]] Due add_months(HolidayCalendar const& calendar, BusinessDay const& start, int count);

/// Units of periods, with their codes in the national item lists (时限单位).
enum class TimeUnit { workday = 1, natural_day = 2, hour = 3, minute = 4, month = 5 };

/// Hours and minutes end on the day that as many whole days lead to: 3 hours on the day itself, 48 hours two days
/// later; a rest day as with natural days.
[[nodiscard]] Due due_after(HolidayCalendar const& calendar, BusinessDay const& start, int count, TimeUnit unit);

/// Working days after `from` up to and with `to`; negative where `to` is earlier. Elapsed: from the start to today.
/// Remaining: from today to the due day; less than 0 when overdue.
[[nodiscard]] int workdays_between(HolidayCalendar const& calendar, BusinessDay const& from, BusinessDay const& to);

}  // namespace yizhan::calendar

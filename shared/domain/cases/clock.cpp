// The legal clock: Administrative Licensing Law 42 and 82 (working days from acceptance), 45 (what a hearing, inspection or
// review takes does not count), Civil Code 201-203.
#include <algorithm>

#include "shared/domain/cases/case.h"

namespace yizhan::cases {

namespace {

using calendar::BusinessDay;
using calendar::Due;
using calendar::TimeUnit;
using std::chrono::days;
using std::chrono::sys_days;

Step const* last(Part const& part, Act act) {
  auto const found =
      std::find_if(part.steps.rbegin(), part.steps.rend(), [&](Step const& step) { return step.act == act; });
  return found == part.steps.rend() ? nullptr : &*found;
}

/// Days on which the clock stood, `from` among them, `to` not.
struct Stand {
  sys_days from;
  sys_days to;
};

std::vector<Stand> stands(Part const& part) {
  std::vector<Stand> all;
  for (auto const& step : part.steps) {
    if (step.act == Act::suspend) all.push_back({sys_days{step.day.date}, sys_days{step.day.date}});
    if (step.act == Act::resume && !all.empty()) all.back().to = sys_days{step.day.date};
  }
  return all;
}

/// `due` later by what of `stand` lies behind the day of acceptance and not behind `due`.
Due later(Due const& due, Stand const& stand, BusinessDay const& accepted, bool workdays,
          calendar::HolidayCalendar const& calendar) {
  auto const from = std::max(stand.from, sys_days{accepted.date} + days{1});
  if (from > sys_days{due.day.date} || stand.to <= from) return due;
  BusinessDay const before{from - days{1}};
  BusinessDay const end{stand.to - days{1}};
  auto moved = workdays ? add_workdays(calendar, due.day, workdays_between(calendar, before, end))
                        : Due{BusinessDay{sys_days{due.day.date} + (stand.to - from)}, false};
  moved.provisional = moved.provisional || due.provisional || !calendar.certain(before) || !calendar.certain(end);
  return moved;
}

/// The last day of a period of natural days, hours or months, be it a rest day.
BusinessDay end_of_period(catalog::Period const& period, BusinessDay const& start) {
  int const count = std::min(period.count, calendar::k_longest_period);
  if (period.unit == TimeUnit::month) {
    auto const date = start.date + std::chrono::months{count};
    return {date.ok() ? date : std::chrono::year_month_day{date.year() / date.month() / std::chrono::last}};
  }
  constexpr int k_hours = 24;
  int const unit = period.unit == TimeUnit::hour ? k_hours : period.unit == TimeUnit::minute ? k_hours * 60 : 1;
  return BusinessDay{sys_days{start.date} + days{count / unit}};
}

}  // namespace

std::optional<Due> due(Part const& part, calendar::HolidayCalendar const& calendar, bool legal) {
  auto const& period = legal ? part.legal : part.promise;
  auto const* const accepted = last(part, Act::accept);
  if (accepted == nullptr || period.count <= 0 || part.state == State::suspended) return std::nullopt;
  auto const standing = stands(part);
  if (standing.empty()) return due_after(calendar, accepted->day, period.count, period.unit);

  bool const workdays = period.unit == TimeUnit::workday;
  auto result = workdays ? due_after(calendar, accepted->day, period.count, period.unit)
                         : Due{end_of_period(period, accepted->day), false};
  for (auto const& stand : standing) result = later(result, stand, accepted->day, workdays, calendar);
  if (workdays) return result;
  auto rolled = add_natural_days(calendar, result.day, 0);
  rolled.provisional = rolled.provisional || result.provisional;
  return rolled;
}

std::optional<Due> supplement_due(Part const& part, calendar::HolidayCalendar const& calendar) {
  auto const* const asked = last(part, Act::ask_supplement);
  if (part.state != State::supplement || asked == nullptr || asked->days <= 0) return std::nullopt;
  return add_workdays(calendar, asked->day, asked->days);
}

}  // namespace yizhan::cases

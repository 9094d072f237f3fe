#include "shared/domain/calendar/workdays.h"

#include <algorithm>

namespace yizhan::calendar {

namespace {

using std::chrono::days;
using std::chrono::sys_days;

bool holds(std::vector<sys_days> const& list, sys_days day) {
  return std::binary_search(list.begin(), list.end(), day);
}

/// Rest days at the end of a period are not its end.
Due rolled(HolidayCalendar const& calendar, sys_days day) {
  Due due{BusinessDay{day}, false};
  for (;; day += days{1}) {
    due.day = BusinessDay{day};
    due.provisional = due.provisional || !calendar.certain(due.day);
    if (calendar.is_workday(due.day)) return due;
  }
}

}  // namespace

bool HolidayCalendar::covers(std::chrono::year year) const {
  return std::binary_search(m_years.begin(), m_years.end(), year);
}

bool HolidayCalendar::certain(BusinessDay const& day) const {
  auto const year = day.date.year();
  bool const last_week = day.date.month() == std::chrono::December && day.date.day() >= std::chrono::day{25};
  return covers(year) && (!last_week || covers(year + std::chrono::years{1}));
}

bool HolidayCalendar::is_workday(BusinessDay const& day) const {
  sys_days const date{day.date};
  if (holds(m_work, date)) return true;
  return !holds(m_off, date) && std::chrono::weekday(date).iso_encoding() <= 5;
}

Due add_workdays(HolidayCalendar const& calendar, BusinessDay const& start, int count) {
  Due due{start, false};
  int left = std::clamp(count, 0, k_longest_period);
  for (sys_days day{start.date}; left > 0;) {
    day += days{1};
    due.day = BusinessDay{day};
    due.provisional = due.provisional || !calendar.certain(due.day);
    if (calendar.is_workday(due.day)) --left;
  }
  return due;
}

Due add_natural_days(HolidayCalendar const& calendar, BusinessDay const& start, int count) {
  return rolled(calendar, sys_days{start.date} + days{std::clamp(count, 0, k_longest_period)});
}

Due add_months(HolidayCalendar const& calendar, BusinessDay const& start, int count) {
  auto const later = start.date + std::chrono::months{std::clamp(count, 0, k_longest_period)};
  if (later.ok()) return rolled(calendar, sys_days{later});
  return rolled(calendar, sys_days{later.year() / later.month() / std::chrono::last});
}

Due due_after(HolidayCalendar const& calendar, BusinessDay const& start, int count, TimeUnit unit) {
  constexpr int k_hours = 24;
  constexpr int k_minutes = 24 * 60;
  switch (unit) {
    case TimeUnit::workday: return add_workdays(calendar, start, count);
    case TimeUnit::natural_day: return add_natural_days(calendar, start, count);
    case TimeUnit::hour: return add_natural_days(calendar, start, count / k_hours);
    case TimeUnit::minute: return add_natural_days(calendar, start, count / k_minutes);
    case TimeUnit::month: return add_months(calendar, start, count);
  }
  return add_natural_days(calendar, start, count);
}

int workdays_between(HolidayCalendar const& calendar, BusinessDay const& from, BusinessDay const& to) {
  if (to < from) return -workdays_between(calendar, to, from);
  int count = 0;
  for (auto day = sys_days{from.date}; day < sys_days{to.date};) {
    day += days{1};
    if (calendar.is_workday(BusinessDay{day})) ++count;
  }
  return count;
}

}  // namespace yizhan::calendar

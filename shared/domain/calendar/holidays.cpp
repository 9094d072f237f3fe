// The holiday calendar as a document: whole or refused with a place.
#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "shared/domain/calendar/workdays.h"

namespace yizhan::calendar {

namespace {

using Json = nlohmann::json;
using std::chrono::sys_days;

constexpr std::size_t k_largest_text = 1U << 20;
constexpr std::int64_t k_first_year = 1949;
constexpr std::int64_t k_last_year = 2199;

Error invalid(std::string const& pointer, std::string_view wanted) {
  return Error::make("calendar_invalid", Retry::no, pointer + ": " + std::string(wanted));
}

Json const* member(Json const& object, char const* key) {
  auto const found = object.find(key);
  return found == object.end() ? nullptr : &*found;
}

Result<std::int64_t> integer(Json const& object, std::string const& pointer, char const* key, std::int64_t least,
                             std::int64_t most) {
  auto const* const value = member(object, key);
  bool const good = value != nullptr && value->is_number_integer() && *value >= least && *value <= most;
  if (good) return value->get<std::int64_t>();
  return invalid(pointer + "/" + key,
                 "an integer from " + std::to_string(least) + " to " + std::to_string(most) + " is wanted");
}

Result<Json const*> array(Json const& object, std::string const& pointer, char const* key) {
  auto const* const value = member(object, key);
  if (value == nullptr || !value->is_array()) return invalid(pointer + "/" + key, "an array is wanted");
  return value;
}

/// A day of `year`, or of the December before it.
Result<sys_days> day_of(Json const& value, std::string const& pointer, std::chrono::year year) {
  auto const day = value.is_string() ? BusinessDay::parse(value.get_ref<std::string const&>())
                                     : Result<BusinessDay>(Error::make("bad_date"));
  if (!day) return invalid(pointer, "a date YYYY-MM-DD is wanted");
  bool const before = day->date.year() + std::chrono::years{1} == year && day->date.month() == std::chrono::December;
  if (day->date.year() != year && !before) return invalid(pointer, "a day of that year is wanted");
  return sys_days{day->date};
}

/// Days of a year; each stands once in the whole document.
Result<void> add_days(Json const& list, std::string const& pointer, std::chrono::year year, std::set<sys_days>& seen,
                      std::vector<sys_days>& days) {
  constexpr std::size_t k_most = 366;
  if (list.size() > k_most) return invalid(pointer, "more days than a year has");
  for (std::size_t i = 0; i < list.size(); ++i) {
    auto const place = pointer + "/" + std::to_string(i);
    auto const day = TRY(day_of(list[i], place, year));
    if (!seen.insert(day).second) return invalid(place, "this day stands here twice");
    days.push_back(day);
  }
  return {};
}

}  // namespace

Result<HolidayCalendar> HolidayCalendar::parse(std::string_view text) {
  if (text.size() > k_largest_text) return invalid("", "at most 1 MiB is wanted");
  auto const document = Json::parse(text, nullptr, false);
  if (!document.is_object()) return invalid("", "a JSON object is wanted");
  HolidayCalendar calendar;
  calendar.m_version = TRY(integer(document, "", "version", 1, (std::int64_t{1} << 53) - 1));
  auto const& years = *TRY(array(document, "", "years"));
  std::set<std::chrono::year> years_seen;
  std::set<sys_days> seen;
  for (std::size_t i = 0; i < years.size(); ++i) {
    auto const pointer = "/years/" + std::to_string(i);
    if (!years[i].is_object()) return invalid(pointer, "an object is wanted");
    auto const number = TRY(integer(years[i], pointer, "year", k_first_year, k_last_year));
    std::chrono::year const year{static_cast<int>(number)};
    if (!years_seen.insert(year).second) return invalid(pointer + "/year", "a year stands once");
    auto const& off = *TRY(array(years[i], pointer, "off"));
    auto const& work = *TRY(array(years[i], pointer, "work"));
    TRY(add_days(off, pointer + "/off", year, seen, calendar.m_off));
    TRY(add_days(work, pointer + "/work", year, seen, calendar.m_work));
    if (!off.empty()) calendar.m_years.push_back(year);
  }
  std::sort(calendar.m_years.begin(), calendar.m_years.end());
  std::sort(calendar.m_off.begin(), calendar.m_off.end());
  std::sort(calendar.m_work.begin(), calendar.m_work.end());
  return calendar;
}

}  // namespace yizhan::calendar

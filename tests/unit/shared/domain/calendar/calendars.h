#pragma once
#include <gtest/gtest.h>

#include "shared/base/file.h"
#include "shared/domain/calendar/workdays.h"

namespace yizhan::calendar {

inline BusinessDay day(char const* text) { return BusinessDay::parse(text).value(); }
inline std::string show(Due const& due) { return due.day.to_string() + (due.provisional ? " provisional" : ""); }

/// What is delivered: 2025 and 2026.
inline HolidayCalendar delivered() {
  auto const text = read_whole_file("assets/calendar/holidays.json", 1 << 20);
  auto calendar = HolidayCalendar::parse(text ? *text : "");
  EXPECT_TRUE(calendar && true);
  return calendar ? *calendar : HolidayCalendar();
}

}  // namespace yizhan::calendar

#include "tests/unit/shared/domain/calendar/calendars.h"

namespace yizhan::calendar {
namespace {

TEST(Workdays, CountAsThePublishedHolidaysSay) {
  auto const calendar = delivered();
  struct Vector {
    char const* start;
    int count;
    char const* due;
  };
  for (auto const& [start, count, due] : {Vector{"2026-02-13", 1, "2026-02-14"},  // a Saturday people work
                                          Vector{"2026-02-13", 5, "2026-02-27"}, Vector{"2026-02-13", 6, "2026-02-28"},
                                          Vector{"2026-04-30", 5, "2026-05-11"}, Vector{"2026-09-18", 1, "2026-09-20"},
                                          Vector{"2026-09-24", 5, "2026-10-09"}, Vector{"2026-09-30", 1, "2026-10-08"},
                                          Vector{"2026-10-09", 1, "2026-10-10"}, Vector{"2026-01-01", 1, "2026-01-04"},
                                          Vector{"2025-12-31", 2, "2026-01-05"}}) {
    EXPECT_EQ(show(add_workdays(calendar, day(start), count)), due) << start << " + " << count;
  }
}

TEST(Workdays, BothYearsHave248) {
  auto const calendar = delivered();
  EXPECT_EQ(workdays_between(calendar, day("2024-12-31"), day("2025-12-31")), 248);
  EXPECT_EQ(workdays_between(calendar, day("2025-12-31"), day("2026-12-31")), 248);
}

TEST(Workdays, EveryDayOfTheYearIsCountedOnce) {
  auto const calendar = delivered();
  auto const start = day("2025-12-31");
  int count = 0;
  for (auto date = std::chrono::sys_days{start.date}; date < std::chrono::sys_days{day("2026-12-24").date};) {
    date += std::chrono::days{1};
    BusinessDay const today{date};
    if (!calendar.is_workday(today)) continue;
    ++count;
    ASSERT_EQ(show(add_workdays(calendar, start, count)), today.to_string());
    ASSERT_EQ(workdays_between(calendar, start, today), count);
  }
}

TEST(Workdays, AMissingYearMakesTheDayProvisional) {
  auto const calendar = delivered();
  EXPECT_EQ(show(add_workdays(calendar, day("2027-01-01"), 1)), "2027-01-04 provisional");
  EXPECT_EQ(show(add_workdays(calendar, day("2026-12-20"), 20)), "2027-01-15 provisional");
  EXPECT_EQ(show(add_workdays(calendar, day("2024-12-30"), 1)), "2024-12-31 provisional");
  EXPECT_EQ(show(add_workdays(calendar, day("2024-12-31"), 1)), "2025-01-02");
  EXPECT_EQ(show(add_workdays(HolidayCalendar(), day("2026-09-30"), 1)), "2026-10-01 provisional");
}

TEST(Workdays, TheLastWeekOfDecemberWaitsForTheNextYear) {
  auto const calendar = delivered();
  EXPECT_EQ(show(add_workdays(calendar, day("2026-12-23"), 1)), "2026-12-24");
  EXPECT_EQ(show(add_workdays(calendar, day("2026-12-24"), 1)), "2026-12-25 provisional");
  EXPECT_EQ(show(add_workdays(calendar, day("2026-12-30"), 1)), "2026-12-31 provisional");
  EXPECT_EQ(show(add_workdays(calendar, day("2025-12-30"), 1)), "2025-12-31");
  // 2023-12-30 was taken by the New Year's holiday of 2024; a working day may lie there as well (2018-12-29 for 2019).
  auto const next = HolidayCalendar::parse(R"({"version":2,"years":[
      {"year":2018,"off":["2018-01-01"],"work":[]},
      {"year":2019,"off":["2018-12-31","2019-01-01"],"work":["2018-12-29"]}]})");
  ASSERT_TRUE(next && true);
  EXPECT_EQ(show(add_workdays(*next, day("2018-12-28"), 1)), "2018-12-29");
  EXPECT_EQ(show(add_workdays(*next, day("2018-12-28"), 2)), "2019-01-02");
}

TEST(Workdays, NothingToWaitForEndsAtOnce) {
  EXPECT_EQ(show(add_workdays(delivered(), day("2026-10-03"), 0)), "2026-10-03");
  EXPECT_EQ(show(add_workdays(delivered(), day("2026-10-03"), -5)), "2026-10-03");
}

TEST(NaturalDays, EndOnTheNextWorkingDay) {
  auto const calendar = delivered();
  EXPECT_EQ(show(add_natural_days(calendar, day("2026-09-20"), 3)), "2026-09-23");
  EXPECT_EQ(show(add_natural_days(calendar, day("2026-09-20"), 11)), "2026-10-08");
  EXPECT_EQ(show(add_natural_days(calendar, day("2026-02-10"), 4)), "2026-02-14");  // a Saturday people work
  EXPECT_EQ(show(add_natural_days(calendar, day("2026-12-01"), 30)), "2026-12-31 provisional");
  EXPECT_EQ(show(add_natural_days(calendar, day("2026-12-01"), 60)), "2027-02-01 provisional");
}

TEST(NaturalDays, OnlyTheirEndRestsOnTheCalendar) {
  EXPECT_EQ(show(add_natural_days(delivered(), day("2024-12-20"), 40)), "2025-02-05");
}

TEST(Months, EndOnTheSameDayOrTheMonthsLast) {
  auto const calendar = delivered();
  EXPECT_EQ(show(add_months(calendar, day("2026-03-12"), 1)), "2026-04-13");  // the 12th is a Sunday
  EXPECT_EQ(show(add_months(calendar, day("2025-12-31"), 2)), "2026-02-28");
  EXPECT_EQ(show(add_months(calendar, day("2026-05-31"), 1)), "2026-06-30");
  EXPECT_EQ(show(add_months(calendar, day("2025-11-10"), 3)), "2026-02-10");
}

TEST(Periods, InEveryUnit) {
  auto const calendar = delivered();
  auto const due = [&](int count, TimeUnit unit) { return show(due_after(calendar, day("2026-09-24"), count, unit)); };
  EXPECT_EQ(due(5, TimeUnit::workday), "2026-10-09");
  EXPECT_EQ(due(1, TimeUnit::natural_day), "2026-09-28");
  EXPECT_EQ(due(3, TimeUnit::hour), "2026-09-24");
  EXPECT_EQ(due(24, TimeUnit::hour), "2026-09-28");
  EXPECT_EQ(due(30, TimeUnit::minute), "2026-09-24");
  EXPECT_EQ(due(5 * 24 * 60, TimeUnit::minute), "2026-09-29");
  EXPECT_EQ(due(1, TimeUnit::month), "2026-10-26");
  // The codes of the national item lists.
  EXPECT_EQ(static_cast<int>(TimeUnit::workday), 1);
  EXPECT_EQ(static_cast<int>(TimeUnit::month), 5);
}

TEST(Periods, ThatCannotBeMeantAreCut) {
  auto const calendar = delivered();
  auto const longest = due_after(calendar, day("2026-01-01"), 2'000'000'000, TimeUnit::workday);
  EXPECT_EQ(workdays_between(calendar, day("2026-01-01"), longest.day), k_longest_period);
  EXPECT_TRUE(due_after(calendar, day("2026-01-01"), 2'000'000'000, TimeUnit::month).provisional);
}

TEST(Remaining, IsNegativeWhenOverdue) {
  auto const calendar = delivered();
  EXPECT_EQ(workdays_between(calendar, day("2026-09-30"), day("2026-10-09")), 2);
  EXPECT_EQ(workdays_between(calendar, day("2026-10-09"), day("2026-10-09")), 0);
  EXPECT_EQ(workdays_between(calendar, day("2026-10-09"), day("2026-09-30")), -2);
}

}  // namespace
}  // namespace yizhan::calendar

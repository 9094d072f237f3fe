// The legal clock, by the holidays of 2026 as the State Council announced them.
#include <gtest/gtest.h>

#include "shared/domain/cases/case.h"

namespace yizhan::cases {
namespace {

using calendar::BusinessDay;
using calendar::Due;
using calendar::TimeUnit;

constexpr auto k_holidays = R"({"version":1,"years":[{"year":2026,"off":[
  "2026-01-01","2026-01-02","2026-01-03",
  "2026-02-15","2026-02-16","2026-02-17","2026-02-18","2026-02-19","2026-02-20","2026-02-21","2026-02-22","2026-02-23",
  "2026-04-04","2026-04-05","2026-04-06",
  "2026-05-01","2026-05-02","2026-05-03","2026-05-04","2026-05-05",
  "2026-06-19","2026-06-20","2026-06-21",
  "2026-09-25","2026-09-26","2026-09-27",
  "2026-10-01","2026-10-02","2026-10-03","2026-10-04","2026-10-05","2026-10-06","2026-10-07"],
  "work":["2026-01-04","2026-02-14","2026-02-28","2026-05-09","2026-09-20","2026-10-10"]}]})";

BusinessDay day(char const* text) { return BusinessDay::parse(text).value(); }

calendar::HolidayCalendar const& holidays() {
  static auto const calendar = calendar::HolidayCalendar::parse(k_holidays).value();
  return calendar;
}

void take(Part& part, Act act, char const* on, int days = 0) {
  Step step;
  step.act = act;
  step.day = day(on);
  step.days = days;
  step.outcome = act == Act::decide ? Outcome::granted : Outcome::none;
  ASSERT_TRUE(apply(part, step)) << to_string(act) << " on " << on;
}

Part accepted_on(char const* on, int count, TimeUnit unit = TimeUnit::workday) {
  Part part;
  part.promise = {count, unit};
  take(part, Act::submit, on);
  take(part, Act::receive, on);
  take(part, Act::accept, on);
  return part;
}

TEST(LegalClock, CountsWorkingDaysFromAcceptanceWithoutTheFirst) {
  EXPECT_EQ(due(accepted_on("2026-02-13", 1), holidays()), (Due{day("2026-02-14"), false}));
  EXPECT_EQ(due(accepted_on("2026-02-13", 5), holidays()), (Due{day("2026-02-27"), false}));
  EXPECT_EQ(due(accepted_on("2026-09-24", 20), holidays())->day, day("2026-10-29"));
}

TEST(LegalClock, BeginsWithAcceptanceAndNotBefore) {
  Part part;
  part.promise = {5, TimeUnit::workday};
  take(part, Act::submit, "2026-03-02");
  take(part, Act::receive, "2026-03-02");
  EXPECT_FALSE(due(part, holidays()));
  take(part, Act::ask_supplement, "2026-03-03", 10);
  EXPECT_FALSE(due(part, holidays()));
  take(part, Act::supplied, "2026-03-16");
  take(part, Act::accept, "2026-03-17");  // Tuesday: what the supplement took does not count
  EXPECT_EQ(due(part, holidays())->day, day("2026-03-24"));
}

TEST(LegalClock, NothingIsDueOfWhatIsDoneAtOnce) { EXPECT_FALSE(due(accepted_on("2026-03-02", 0), holidays())); }

TEST(LegalClock, TheLawsPeriodIsAnotherOne) {
  auto part = accepted_on("2026-03-02", 5);
  part.legal = {20, TimeUnit::workday};
  EXPECT_EQ(due(part, holidays())->day, day("2026-03-09"));
  EXPECT_EQ(due(part, holidays(), true)->day, day("2026-03-30"));
}

TEST(LegalClock, StandsWhileSuspended) {
  auto part = accepted_on("2026-03-02", 5);  // Monday: due on Monday the 9th
  take(part, Act::suspend, "2026-03-04");
  EXPECT_FALSE(due(part, holidays()));
  take(part, Act::resume, "2026-03-11");  // 4, 5, 6, 9, 10 stood: five working days
  EXPECT_EQ(due(part, holidays()), (Due{day("2026-03-16"), false}));
}

TEST(LegalClock, SuspensionOverRestDaysCostsOnlyWorkingDays) {
  auto part = accepted_on("2026-04-29", 3);  // Wednesday; 30 April, 6 and 7 May
  EXPECT_EQ(due(part, holidays())->day, day("2026-05-07"));
  take(part, Act::suspend, "2026-05-01");
  take(part, Act::resume, "2026-05-06");
  EXPECT_EQ(due(part, holidays())->day, day("2026-05-07"));
}

TEST(LegalClock, AddsUpEverySuspension) {
  auto part = accepted_on("2026-03-02", 10);  // due on the 16th
  take(part, Act::suspend, "2026-03-03");
  take(part, Act::resume, "2026-03-05");  // 3, 4: the 18th
  take(part, Act::suspend, "2026-03-17");
  take(part, Act::resume, "2026-03-18");  // 17: the 19th
  EXPECT_EQ(due(part, holidays())->day, day("2026-03-19"));
}

TEST(LegalClock, WhatIsSuspendedAndResumedOnOneDayStoodForNone) {
  auto part = accepted_on("2026-03-02", 5);
  take(part, Act::suspend, "2026-03-04");
  take(part, Act::resume, "2026-03-04");
  EXPECT_EQ(due(part, holidays())->day, day("2026-03-09"));
}

TEST(LegalClock, ASuspensionBehindTheDueDayChangesNothing) {
  auto part = accepted_on("2026-03-02", 5);
  take(part, Act::suspend, "2026-03-20");
  take(part, Act::resume, "2026-03-27");
  EXPECT_EQ(due(part, holidays())->day, day("2026-03-09"));
}

TEST(LegalClock, TheDayOfAcceptanceCountsNeitherWay) {
  auto part = accepted_on("2026-03-02", 5);
  take(part, Act::suspend, "2026-03-02");
  take(part, Act::resume, "2026-03-03");
  EXPECT_EQ(due(part, holidays())->day, day("2026-03-09"));
}

TEST(LegalClock, NaturalDaysStandWholeAndEndOnAWorkingDay) {
  auto part = accepted_on("2026-04-20", 11, TimeUnit::natural_day);  // 1 May: rolls over the holiday
  EXPECT_EQ(due(part, holidays())->day, day("2026-05-06"));
  take(part, Act::suspend, "2026-04-22");
  take(part, Act::resume, "2026-04-25");  // 22, 23, 24: 4 May, rolls as well
  EXPECT_EQ(due(part, holidays())->day, day("2026-05-06"));
  take(part, Act::suspend, "2026-04-27");
  take(part, Act::resume, "2026-05-01");  // four more: 8 May
  EXPECT_EQ(due(part, holidays())->day, day("2026-05-08"));
}

TEST(LegalClock, MonthsEndOnTheSameDayOrTheLast) {
  EXPECT_EQ(due(accepted_on("2026-01-31", 1, TimeUnit::month), holidays())->day, day("2026-02-28"));
  auto part = accepted_on("2026-06-15", 2, TimeUnit::month);  // 15 August is a Saturday
  EXPECT_EQ(due(part, holidays())->day, day("2026-08-17"));
  take(part, Act::suspend, "2026-07-01");
  take(part, Act::resume, "2026-07-06");  // five days: 20 August
  EXPECT_EQ(due(part, holidays())->day, day("2026-08-20"));
}

TEST(LegalClock, HoursEndOnTheirDay) {
  EXPECT_EQ(due(accepted_on("2026-03-02", 3, TimeUnit::hour), holidays())->day, day("2026-03-02"));
  EXPECT_EQ(due(accepted_on("2026-03-02", 48, TimeUnit::hour), holidays())->day, day("2026-03-04"));
}

TEST(LegalClock, AnUnknownYearMakesItProvisional) {
  EXPECT_EQ(due(accepted_on("2026-12-21", 3), holidays()), (Due{day("2026-12-24"), false}));
  EXPECT_TRUE(due(accepted_on("2026-12-21", 10), holidays())->provisional);
  auto part = accepted_on("2026-12-14", 5);  // due on the 21st
  take(part, Act::suspend, "2026-12-16");
  EXPECT_FALSE(due(part, holidays()));
  take(part, Act::resume, "2027-01-11");
  EXPECT_TRUE(due(part, holidays())->provisional);
  EXPECT_TRUE(due(accepted_on("2026-03-02", 5), calendar::HolidayCalendar{})->provisional);
}

TEST(SupplementClock, GivesWorkingDaysFromTheDayItWasAsked) {
  Part part;
  take(part, Act::submit, "2026-02-12");
  take(part, Act::receive, "2026-02-12");
  EXPECT_FALSE(supplement_due(part, holidays()));
  take(part, Act::ask_supplement, "2026-02-13", 5);
  EXPECT_EQ(supplement_due(part, holidays()), (Due{day("2026-02-27"), false}));
  take(part, Act::supplied, "2026-02-14");
  EXPECT_FALSE(supplement_due(part, holidays()));
  take(part, Act::ask_supplement, "2026-02-24", 1);
  EXPECT_EQ(supplement_due(part, holidays())->day, day("2026-02-25"));
}

}  // namespace
}  // namespace yizhan::cases

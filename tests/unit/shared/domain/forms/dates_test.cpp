#include "shared/domain/forms/dates.h"

#include <gtest/gtest.h>

namespace yizhan::forms {
namespace {

std::string on(std::string_view expression, std::string_view today = "2026-11-24") {
  auto const day = day_of(expression, calendar::BusinessDay::parse(today).value());
  return day ? day->to_string() : "none";
}

TEST(MovingDays, MoveWithToday) {
  EXPECT_EQ(on("today"), "2026-11-24");
  EXPECT_EQ(on("today-18y"), "2008-11-24");
  EXPECT_EQ(on("today+30d"), "2026-12-24");
  EXPECT_EQ(on("today-6m"), "2026-05-24");
  EXPECT_EQ(on("today+0d"), "2026-11-24");
  EXPECT_EQ(on("1949-10-01"), "1949-10-01");
}

TEST(MovingDays, ADayTheMonthDoesNotHaveIsItsLast) {
  EXPECT_EQ(on("today-18y", "2024-02-29"), "2006-02-28");
  EXPECT_EQ(on("today+1m", "2026-01-31"), "2026-02-28");
}

TEST(MovingDays, AnythingElseIsNone) {
  for (auto const* wrong :
       {"", "Today", "today ", "today-", "today-y", "today18y", "today-18", "today-18w", "today-12345d", "today--1d",
        "today-1.5y", "tomorrow", "2026-02-30", "2026-1-1", "today-9999y"}) {
    EXPECT_EQ(on(wrong), "none") << wrong;
  }
}

}  // namespace
}  // namespace yizhan::forms

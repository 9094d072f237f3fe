#include "shared/domain/calendar/hall_time.h"

#include <gtest/gtest.h>

#include "shared/base/manual_env.h"
#include "shared/base/text.h"

namespace yizhan::calendar {
namespace {

using namespace std::chrono_literals;
constexpr std::string_view k_zone = "Asia/Shanghai";

WallTime at(std::string_view rfc3339) { return WallTime{Duration{text::from_rfc3339(rfc3339).value()}}; }

TEST(TicketNumbers, RestartAtLocalMidnightNotUtc) {
  EXPECT_EQ(local_day(at("2026-11-24T15:59:59.999Z"), k_zone).value().to_string(), "2026-11-24");
  EXPECT_EQ(local_day(at("2026-11-24T16:00:00Z"), k_zone).value().to_string(), "2026-11-25");
  EXPECT_EQ(local_day(at("2026-11-25T00:00:00Z"), k_zone).value().to_string(), "2026-11-25");
}

TEST(LocalTime, MinuteOfDayAndEndOfDay) {
  EXPECT_EQ(local_minute_of_day(at("2026-11-24T00:30:59Z"), k_zone).value(), 8h + 30min);
  auto const day = BusinessDay::parse("2026-11-24").value();
  EXPECT_EQ(end_of_day(day, k_zone).value(), at("2026-11-24T16:00:00Z"));
  EXPECT_EQ(end_of_day(BusinessDay::parse("2026-12-31").value(), k_zone).value(), at("2026-12-31T16:00:00Z"));
}

TEST(LocalTime, ADayThatBeginsInsideAGapBeginsBehindIt) {
  // Santiago set its clocks from 00:00 to 01:00 on 2023-09-03.
  auto const day = BusinessDay::parse("2023-09-02").value();
  EXPECT_EQ(end_of_day(day, "America/Santiago").value(), at("2023-09-03T04:00:00Z"));
}

TEST(LocalTime, UnknownZonesAreErrors) {
  EXPECT_TRUE(local_day(WallTime{}, "Mars/Olympus").error().is("unknown_time_zone"));
  EXPECT_TRUE(end_of_day(BusinessDay::parse("2026-11-24").value(), "").error().is("unknown_time_zone"));
}

TEST(BusinessDay, ParsesOnlyDatesThatExist) {
  EXPECT_EQ(BusinessDay::parse("2028-02-29").value().to_string(), "2028-02-29");
  for (auto const* wrong :
       {"", "2026-02-29", "2026-1-1", "2026-11-24 ", "2026/11/24", "20261124", "2026-00-10", "+026-11-24"}) {
    EXPECT_TRUE(BusinessDay::parse(wrong).error().is("bad_date")) << wrong;
  }
  EXPECT_LT(BusinessDay::parse("2026-11-24").value(), BusinessDay::parse("2026-11-25").value());
}

class HallClockTest : public ::testing::Test {
 protected:
  WallTime const m_build = at("2026-11-01T00:00:00Z");
  ManualClock m_clock{at("2026-11-24T02:00:00Z")};
  HallClock m_hall{m_clock.wall(), m_clock.steady(), m_build};
};

TEST_F(HallClockTest, ADeadBatteryCannotGoBehindTheBuild) {
  m_clock.set_wall(WallTime{});
  EXPECT_EQ(m_hall.now(), m_build);
  EXPECT_STREQ(to_string(m_hall.state()), "unset");
}

TEST_F(HallClockTest, WhoSetsTheClockMovesNothing) {
  m_hall.learn_offset(Duration{0});
  auto const first = m_hall.now();
  for (auto const* set : {"2020-01-01T00:00:00Z", "2027-11-24T02:00:00Z"}) {
    m_clock.set_wall(at(set));
    EXPECT_EQ(m_hall.now(), first) << set;
  }
  m_clock.advance(1h);
  EXPECT_EQ(m_hall.now(), first + 1h) << "it goes on as time does";
  EXPECT_EQ(m_hall.certificate_time(), first + 1h);
  m_clock.set_wall(first + 1h + 3min);  // as clocks are put right
  EXPECT_EQ(m_hall.now(), first + 1h + 3min);
}

TEST_F(HallClockTest, WhatThePlatformConfirmedIsNeverTakenBack) {
  m_hall.learn_offset(Duration{0});
  auto const first = m_hall.now();
  m_hall.learn_offset(-24h);
  EXPECT_EQ(m_hall.now(), first);
  m_hall.learn_offset(-24h * 365);
  EXPECT_EQ(m_hall.now(), first);
}

TEST_F(HallClockTest, ThePlatformTakesBackATimeThatNobodyHadConfirmed) {
  auto const truth = m_clock.wall().now();
  m_clock.set_wall(truth + 24h * 365);
  m_hall.restore(Duration{0}, truth - 10min);
  EXPECT_EQ(m_hall.now(), truth + 24h * 365) << "there is no better word";
  EXPECT_EQ(m_hall.state(), ClockState::estimated);
  m_hall.learn_offset(-24h * 365);
  EXPECT_EQ(m_hall.now(), truth);
  EXPECT_EQ(m_hall.state(), ClockState::trusted);
  m_clock.set_wall(truth);  // somebody sets it right
  EXPECT_EQ(m_hall.now(), truth);
  m_hall.learn_offset(Duration{0});
  EXPECT_EQ(m_hall.now(), truth);
}

TEST_F(HallClockTest, AStoredOffsetIsLeftWhereTheClockWasSetRightMeanwhile) {
  auto const truth = m_clock.wall().now();
  m_hall.restore(24h * 365, truth - 1h);  // the clock had been a year behind, and is right now
  EXPECT_EQ(m_hall.now(), truth);
  HallClock ahead(m_clock.wall(), m_clock.steady(), m_build);
  ahead.restore(-24h * 365, truth - 1h);  // a year ahead, and right now
  EXPECT_EQ(ahead.now(), truth);
  m_clock.set_wall(truth - 24h * 365);  // still a year behind
  HallClock behind(m_clock.wall(), m_clock.steady(), m_build);
  behind.restore(24h * 365, truth - 1h);
  EXPECT_EQ(behind.now(), truth);
}

TEST_F(HallClockTest, CertificatesAreJudgedAtWhatTheMachineCanBelieveUntilThePlatformSpeaks) {
  auto const truth = m_clock.wall().now();
  auto const stored = truth - 1h;
  m_clock.set_wall(truth + 24h * 365);
  m_hall.restore(Duration{0}, stored);
  EXPECT_GT(m_hall.now(), truth);
  auto const wrong = m_hall.certificate_time();
  EXPECT_EQ(wrong, truth + 24h * 365);
  m_hall.certificate_time_failed(wrong);  // the wall clock says the same
  EXPECT_EQ(m_hall.certificate_time(), stored);
  m_hall.certificate_time_failed(wrong);  // another transfer, begun before
  EXPECT_EQ(m_hall.certificate_time(), stored);
  m_hall.learn_offset(-24h * 365);
  EXPECT_EQ(m_hall.certificate_time(), truth);
  m_hall.certificate_time_failed(truth);
  EXPECT_EQ(m_hall.certificate_time(), truth) << "a certificate that is not valid now stays refused";
}

TEST_F(HallClockTest, TheHighestTimeOfEarlierRunsHolds) {
  m_clock.set_wall(WallTime{});
  auto const highest = at("2026-11-23T09:00:00Z");
  m_hall.restore(Duration{0}, highest);
  EXPECT_EQ(m_hall.now(), highest);
  EXPECT_EQ(m_hall.state(), ClockState::estimated);
  m_hall.restore(Duration{0}, m_build);
  EXPECT_EQ(m_hall.now(), highest);
}

TEST_F(HallClockTest, TheStoredOffsetIsUsedUntilThePlatformTellsABetterOne) {
  m_hall.restore(2h, WallTime{});
  EXPECT_EQ(m_hall.now(), at("2026-11-24T04:00:00Z"));
  EXPECT_EQ(m_hall.state(), ClockState::estimated);
  m_hall.learn_offset(3h);
  EXPECT_EQ(m_hall.now(), at("2026-11-24T05:00:00Z"));
  EXPECT_EQ(m_hall.state(), ClockState::trusted);
  m_hall.restore(9h, WallTime{});
  EXPECT_EQ(m_hall.offset(), 3h);
}

TEST_F(HallClockTest, AnEmptyStoreEstimatesNothing) {
  m_hall.restore(Duration{0}, WallTime{});
  EXPECT_EQ(m_hall.state(), ClockState::unset);
}

}  // namespace
}  // namespace yizhan::calendar

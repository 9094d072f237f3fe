#include "shared/domain/queue/rules.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "shared/base/manual_env.h"

namespace yizhan::queue {
namespace {

using namespace std::chrono_literals;

class RulesTest : public ::testing::Test {
 protected:
  Ticket ticket(std::chrono::minutes issued, PriorityClass priority = PriorityClass::normal, char queue = 'A') {
    Ticket made;
    made.id = Uuid::v7(m_world.env());
    m_world.clock.advance(1ms);
    made.issued_at = m_world.clock.wall().now() + issued;
    made.priority = priority;
    made.queue = queue;
    return made;
  }
  ManualEnv m_world{WallTime{std::chrono::hours{490'000}}};
  Policy m_policy;
};

TEST_F(RulesTest, APriorityTicketGoesBeforeThoseThatWaitedLessThanTheAgeingLonger) {
  auto const early = ticket(0min);
  auto const late = ticket(10min);
  auto const elder = ticket(14min, PriorityClass::priority);
  EXPECT_TRUE(goes_before(elder, late, m_policy));
  EXPECT_TRUE(goes_before(elder, early, m_policy));
  auto const later_elder = ticket(16min, PriorityClass::priority);
  EXPECT_TRUE(goes_before(early, later_elder, m_policy)) << "sixteen minutes of waiting are not overtaken";
  EXPECT_TRUE(goes_before(later_elder, late, m_policy));
}

TEST_F(RulesTest, NobodyWaitsForeverBehindPriorityTickets) {
  auto const normal = ticket(0min);
  for (int i = 0; i < 100; ++i) {
    auto const elder = ticket(16min + std::chrono::minutes{i}, PriorityClass::priority);
    EXPECT_TRUE(goes_before(normal, elder, m_policy));
  }
}

TEST_F(RulesTest, TheOrderIsTotalAlsoForOneInstant) {
  std::vector<Ticket> tickets;
  for (int i = 0; i < 40; ++i) {
    tickets.push_back(
        ticket(std::chrono::minutes{i % 3}, i % 4 == 0 ? PriorityClass::priority : PriorityClass::normal));
    tickets.back().issued_at = std::chrono::floor<std::chrono::minutes>(tickets.back().issued_at);
  }
  for (auto const& a : tickets) {
    EXPECT_FALSE(goes_before(a, a, m_policy));
    for (auto const& b : tickets) {
      if (a.id == b.id) continue;
      EXPECT_NE(goes_before(a, b, m_policy), goes_before(b, a, m_policy));
    }
  }
}

TEST_F(RulesTest, ACounterCallsOnlyFromItsQueuesAndOnlyWaitingTickets) {
  std::vector<Ticket> tickets{ticket(0min, PriorityClass::normal, 'B'), ticket(1min), ticket(2min),
                              ticket(3min, PriorityClass::normal, 'C')};
  tickets[1].state = TicketState::called;
  std::vector<char> const a_and_c{'C', 'A'};
  EXPECT_EQ(next_ticket(tickets, a_and_c, m_policy), 2U);
  EXPECT_EQ(next_ticket(tickets, std::vector<char>{'D'}, m_policy), std::nullopt);
  EXPECT_EQ(next_ticket({}, a_and_c, m_policy), std::nullopt);
}

TEST_F(RulesTest, NobodyAheadIsAtMostAMinute) {
  auto const range = estimate_wait({.ahead = 0}, m_policy);
  EXPECT_EQ(range.low, 0min);
  EXPECT_EQ(range.high, 1min);
}

TEST_F(RulesTest, QuartilesTimesPeopleOverCounters) {
  // Sorted 120 180 240 300 360: quartiles 180 s and 300 s. 6 people, 2 counters: 3 rounds.
  auto const range =
      estimate_wait({.ahead = 6, .working_counters = 2, .service_times = {240s, 120s, 360s, 180s, 300s}}, m_policy);
  EXPECT_EQ(range.low, 9min);
  EXPECT_EQ(range.high, 15min);
  EXPECT_EQ(range.ahead, 6);
}

TEST_F(RulesTest, OneVeryLongServiceDoesNotSpoilTheRange) {
  auto const range =
      estimate_wait({.ahead = 1, .service_times = {300s, 300s, 300s, 300s, 300s, 300s, 300s, 7200s}}, m_policy);
  EXPECT_EQ(range.low, 5min);
  EXPECT_EQ(range.high, 6min) << "a range is never a point";
}

TEST_F(RulesTest, UntilFiveWereMeasuredTheDefaultIsUsed) {
  auto const range = estimate_wait({.ahead = 2, .service_times = {3600s, 3600s, 3600s, 3600s}}, m_policy);
  EXPECT_EQ(range.low, 8min);
  EXPECT_EQ(range.high, 16min);
}

TEST_F(RulesTest, NoCounterAtWorkCountsAsOne) {
  EXPECT_EQ(estimate_wait({.ahead = 2, .working_counters = 0}, m_policy).high, 16min);
}

}  // namespace
}  // namespace yizhan::queue

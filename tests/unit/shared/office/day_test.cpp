#include "tests/unit/shared/office/office_machine.h"

namespace yizhan::test {
namespace {

using namespace std::chrono_literals;

office::TakeTicket const k_request{.service = "social_card_replace"};

TEST(BusinessDay, EndsAtLocalMidnightWithEventsAndNumbersStartAnew) {
  OfficeMachine m;
  auto const left = *m.office().take_ticket(k_request);
  ASSERT_TRUE(m.office().take_ticket(k_request));
  m.advance(14h + 59min);  // 23:59 in Shanghai
  EXPECT_EQ(m.office().take_ticket(k_request)->ticket.number, "A003");
  m.advance(1min);
  EXPECT_EQ(m.office().today()->to_string(), "2026-11-25");
  auto const first = *m.office().take_ticket(k_request);
  EXPECT_EQ(first.ticket.number, "A001");
  EXPECT_EQ(m.event_types(),
            (std::vector<std::string>{"issued", "issued", "issued", "expired", "expired", "expired", "issued"}));
  EXPECT_EQ(m.events()[3].subject, left.ticket.id.to_string());
  EXPECT_EQ(m.events()[3].data["day"], "2026-11-24");
  for (auto const& event : m.events()) EXPECT_EQ(misfit(event.type, event.data), "") << event.data;
  EXPECT_EQ(m.office().view()->waiting.size(), 1U);
}

TEST(BusinessDay, EndsAlsoWhenTheMachineWasOffAtMidnight) {
  OfficeMachine m;
  ASSERT_TRUE(m.office().take_ticket(k_request));
  m.advance(24h);
  m.restart();
  ASSERT_TRUE(m.office().recover());
  EXPECT_EQ(m.event_types(), (std::vector<std::string>{"issued", "expired"}));
  ASSERT_TRUE(m.office().recover());
  EXPECT_EQ(m.event_types().size(), 2U) << "once";
}

TEST(BusinessDay, NeverGoesBackWithTheWallClock) {
  OfficeMachine m;
  ASSERT_TRUE(m.office().take_ticket(k_request));
  m.machine.env.clock.set_wall(k_morning - std::chrono::hours(24 * 365));
  auto const next = *m.office().take_ticket(k_request);
  EXPECT_EQ(next.ticket.number, "A002");
  EXPECT_EQ(next.ticket.day.to_string(), "2026-11-24");
}

TEST(BusinessDay, ClosingEndsTodaysTicketsAndGivesOutNoMore) {
  OfficeMachine m;
  ASSERT_TRUE(m.office().take_ticket(k_request));
  ASSERT_TRUE(m.office().close_day(true));
  EXPECT_EQ(m.event_types(), (std::vector<std::string>{"issued", "expired"}));
  EXPECT_EQ(code_of(m.office().take_ticket(k_request)), "service_closed");
  m.restart();
  EXPECT_EQ(code_of(m.office().take_ticket(k_request)), "service_closed");
  m.advance(24h);
  EXPECT_EQ(m.office().take_ticket(k_request)->ticket.number, "A001");
}

TEST(BusinessDay, EndsOnceAfterTheLastOpeningHours) {
  OfficeMachine m;  // 09:00 in Shanghai
  m.settings.hours = {{9h + 30min, 12h}, {14h, 17h + 30min}};
  m.restart();
  ASSERT_TRUE(m.office().keep_hours());
  ASSERT_TRUE(m.office().take_ticket(k_request)) << "before the first opening";
  m.advance(4h);
  ASSERT_TRUE(m.office().keep_hours());
  ASSERT_TRUE(m.office().take_ticket(k_request)) << "between two openings";
  m.advance(4h + 30min);
  ASSERT_TRUE(m.office().keep_hours());
  EXPECT_EQ(m.event_types(), (std::vector<std::string>{"issued", "issued", "expired", "expired"}));
  EXPECT_EQ(code_of(m.office().take_ticket(k_request)), "service_closed");
  m.restart();
  ASSERT_TRUE(m.office().keep_hours());
  EXPECT_EQ(m.event_types().size(), 4U);
  m.advance(6h + 30min);  // midnight
  ASSERT_TRUE(m.office().keep_hours());
  EXPECT_EQ(m.office().take_ticket(k_request)->ticket.number, "A001");
}

TEST(BusinessDay, IsOverForAMachineThatStartsAfterClosing) {
  OfficeMachine m;
  m.settings.hours = {{8h, 8h + 30min}};
  m.restart();
  ASSERT_TRUE(m.office().keep_hours());
  EXPECT_EQ(code_of(m.office().take_ticket(k_request)), "service_closed");
}

TEST(BusinessDay, LastsToMidnightInAHallThatNeverCloses) {
  OfficeMachine m;
  m.settings.hours = {{0h, 24h}};
  m.restart();
  m.advance(14h + 59min);  // 23:59
  ASSERT_TRUE(m.office().keep_hours());
  EXPECT_TRUE(m.office().take_ticket(k_request));
}

TEST(Numbers, AreNotGivenOutAgainAfterTheDatabaseFellBehind) {
  OfficeMachine m;
  ASSERT_TRUE(m.office().take_ticket(k_request));
  // The mark beside the database knows of numbers that the database lost.
  ASSERT_TRUE(m.machine.store->high_water().raise_number(m.machine.today(), 'A', "", 7));
  m.restart();
  ASSERT_TRUE(m.machine.store->missing());
  EXPECT_EQ(m.office().take_ticket(k_request)->ticket.number, "A008");
}

TEST(Numbers, ComeFromTheSpareSeriesWhenTheMarkIsLost) {
  OfficeMachine m;
  auto const old = *m.office().take_ticket({.service = "social_card_replace", .person = zhang_san()});
  auto const mark = m.machine.store->database().file().parent_path() / "high-water";
  ASSERT_TRUE(std::filesystem::remove(mark));
  m.restart();
  EXPECT_EQ(m.office().take_ticket(k_request)->ticket.number, "AX001");
  EXPECT_EQ(m.office().take_ticket(k_request)->ticket.number, "AX002");
  auto const again = *m.office().take_ticket({.service = "social_card_replace", .person = zhang_san()});
  EXPECT_TRUE(again.existing);
  EXPECT_EQ(again.ticket.number, old.ticket.number);
  m.advance(24h);
  EXPECT_EQ(m.office().take_ticket(k_request)->ticket.number, "A001") << "a new day's numbers are nobody's yet";
}

TEST(Numbers, AreWithheldWithoutASpareSeries) {
  OfficeMachine m;
  ASSERT_TRUE(m.office().take_ticket(k_request));
  ASSERT_TRUE(std::filesystem::remove(m.machine.store->database().file().parent_path() / "high-water"));
  m.settings.series = "";
  m.restart();
  EXPECT_EQ(code_of(m.office().take_ticket(k_request)), "numbers_withheld");
  m.advance(24h);
  EXPECT_EQ(m.office().take_ticket(k_request)->ticket.number, "A001");
}

}  // namespace
}  // namespace yizhan::test

#include "tests/unit/shared/office/office_machine.h"

namespace yizhan::test {
namespace {

using namespace std::chrono_literals;
using office::PrintState;

office::IssuedTicket take(OfficeMachine& m) {
  m.advance(1s);
  return *m.office().take_ticket({.service = "social_card_replace"});
}

TEST(PrintJobs, AreQueuedWithTheTicketAndFollowThePrinter) {
  OfficeMachine m;
  auto const issued = take(m);
  EXPECT_EQ(m.jobs("queued"), 1);
  ASSERT_TRUE(m.office().mark_print(issued.print_job, PrintState::sent));
  EXPECT_EQ(m.jobs("sent"), 1);
  ASSERT_TRUE(m.office().mark_print(issued.print_job, PrintState::printed));
  EXPECT_EQ(m.jobs("printed"), 1);
  EXPECT_EQ(code_of(m.office().mark_print(issued.print_job, PrintState::sent)), "print_job_unknown")
      << "an outcome is not taken back";
  EXPECT_EQ(code_of(m.office().mark_print(Uuid::v7(m.machine.env.env()), PrintState::sent)), "print_job_unknown");
}

TEST(PrintJobs, RestartTurnsSentIntoUnknownAndOffersTheTicketForTenMinutes) {
  OfficeMachine m;
  auto const sent = take(m);
  ASSERT_TRUE(m.office().mark_print(sent.print_job, PrintState::sent));
  auto const queued = take(m);
  auto const printed = take(m);
  ASSERT_TRUE(m.office().mark_print(printed.print_job, PrintState::printed));
  EXPECT_TRUE(m.office().unprinted()->empty()) << "they are being printed";

  m.restart();
  ASSERT_TRUE(m.office().recover());
  EXPECT_EQ(m.jobs("unknown"), 1);
  EXPECT_EQ(m.jobs("failed"), 1) << "never sent: not printed";
  auto offers = *m.office().unprinted();
  ASSERT_EQ(offers.size(), 2U);
  EXPECT_EQ(offers[0].ticket.number, "A001");
  EXPECT_EQ(offers[0].print_job, sent.print_job);
  EXPECT_EQ(offers[1].ticket.number, "A002");

  m.advance(10min);
  EXPECT_EQ(m.office().unprinted()->size(), 2U);
  m.advance(1s);
  EXPECT_TRUE(m.office().unprinted()->empty());
  m.office().printer_refilled();
  EXPECT_EQ(m.office().unprinted()->size(), 2U);
}

TEST(PrintJobs, AreOfferedForAsLongAsConfigured) {
  OfficeMachine m;
  m.settings.offer_unprinted_for = 0min;
  m.restart();
  ASSERT_TRUE(m.office().mark_print(take(m).print_job, PrintState::failed));
  m.advance(1s);
  EXPECT_TRUE(m.office().unprinted()->empty());
}

TEST(PrintJobs, RecoveringAgainLeavesWhatThisProcessPrints) {
  OfficeMachine m;
  ASSERT_TRUE(m.office().recover());
  ASSERT_TRUE(m.office().mark_print(take(m).print_job, PrintState::sent));
  ASSERT_TRUE(m.office().recover());
  EXPECT_EQ(m.jobs("sent"), 1);
}

TEST(PrintJobs, OfferEndsWithAPrintedReprintOrTheTicketsEnd) {
  OfficeMachine m;
  auto const one = take(m);
  auto const other = take(m);
  for (auto const& issued : {one, other}) ASSERT_TRUE(m.office().mark_print(issued.print_job, PrintState::failed));
  ASSERT_EQ(m.office().unprinted()->size(), 2U);

  auto const again = m.office().reprint(one.ticket.id);
  ASSERT_TRUE(again) << again.error().to_line();
  EXPECT_EQ(again->ticket.number, "A001");
  EXPECT_EQ(m.office().unprinted()->size(), 1U) << "the newest job counts: it is under way";
  ASSERT_TRUE(m.office().mark_print(again->print_job, PrintState::failed));
  auto const offers = *m.office().unprinted();
  ASSERT_EQ(offers.size(), 2U);
  ASSERT_TRUE(m.office().mark_print(again->print_job, PrintState::printed));
  EXPECT_EQ(m.office().unprinted()->size(), 1U);

  ASSERT_TRUE(m.office().cancel(other.ticket.id));
  EXPECT_TRUE(m.office().unprinted()->empty());
  EXPECT_EQ(code_of(m.office().reprint(other.ticket.id)), "ticket_wrong_state");
  EXPECT_EQ(code_of(m.office().reprint(Uuid::v7(m.machine.env.env()))), "ticket_not_found");
}

}  // namespace
}  // namespace yizhan::test

// From the choice of a service to the ticket, its paper, and back to it.
#include "tests/unit/kiosk/flows/visit.h"

namespace yizhan::flows {
namespace {

using namespace resident;

TEST(ResidentTicket, IsAskedForWithServicePriorityAndPerson) {
  Visit visit;
  visit.go_to("resident.confirm");
  visit.on(PriorityChosen{PriorityReason::veteran}).on(Next{});
  auto const* asked = visit.asked<TakeTicket>();
  ASSERT_NE(asked, nullptr);
  EXPECT_EQ(asked->service, "card");
  EXPECT_EQ(asked->priority, PriorityReason::veteran);
  EXPECT_EQ(asked->person.number.view(), zhang_san().number.view());
  EXPECT_EQ(visit.name(), "resident.ticket.issuing");
}

TEST(ResidentTicket, ASecondTapAsksForNoSecondTicket) {
  Visit visit;
  visit.go_to("resident.ticket.issuing");
  visit.on(Next{});
  EXPECT_EQ(visit.asked<TakeTicket>(), nullptr);
}

TEST(ResidentTicket, EldersAreOfferedTheirPriority) {
  Visit visit;
  visit.on(CardIdentified{wang(), {}}).on(Next{}).on(ServiceChosen{"card"}).on(matter::TakeTicket{});
  EXPECT_EQ(visit.state<Confirm>().priority, PriorityReason::elder);
  visit.on(PriorityChosen{PriorityReason::none});
  EXPECT_EQ(visit.state<Confirm>().priority, PriorityReason::none) << "an offer, not a rule";
}

TEST(ResidentTicket, TheWaitIsAskedForAndShownForItsServiceAlone) {
  Visit visit;
  visit.go_to("resident.matter.about");
  visit.on(matter::TakeTicket{});
  ASSERT_NE(visit.asked<AskWait>(), nullptr);
  EXPECT_EQ(visit.asked<AskWait>()->service, "card");
  visit.on(WaitKnown{"join", {std::chrono::minutes(50), std::chrono::minutes(60), 9}});
  EXPECT_FALSE(visit.state<Confirm>().wait);
  visit.on(WaitKnown{"card", {std::chrono::minutes(5), std::chrono::minutes(6), 1}});
  ASSERT_TRUE(visit.state<Confirm>().wait);
  EXPECT_EQ(visit.state<Confirm>().wait->ahead, 1);
}

TEST(ResidentTicket, IsPrintedAndSpokenOnce) {
  Visit visit;
  visit.go_to("resident.ticket.issued");
  ASSERT_NE(visit.asked<Print>(), nullptr);
  EXPECT_EQ(visit.asked<Print>()->view.ticket.number, "A001");
  EXPECT_TRUE(visit.said("speech.ticket_ready"));
  EXPECT_EQ(visit.said_number(), "A001");
  EXPECT_EQ(visit.state<Issued>().printing, Printing::waiting);
  visit.on(PrintDone{uuid(101)});
  EXPECT_EQ(visit.state<Issued>().printing, Printing::printed);
}

TEST(ResidentTicket, ThatExistsIsOfferedAgainWithoutPaper) {
  Visit visit;
  visit.go_to("resident.ticket.existing");
  EXPECT_EQ(visit.asked<Print>(), nullptr);
  EXPECT_TRUE(visit.said("speech.ticket_existing"));
  EXPECT_EQ(visit.state<Issued>().printing, Printing::none);
  visit.on(ReprintChosen{uuid(1)});
  ASSERT_NE(visit.asked<Reprint>(), nullptr);
  EXPECT_EQ(visit.asked<Reprint>()->ticket, uuid(1));
  visit.on(TicketReady{ticket_view("A001", 1, true)});
  EXPECT_NE(visit.asked<Print>(), nullptr) << "asked for, so it is printed this time";
  EXPECT_EQ(visit.name(), "resident.ticket.issued");
}

TEST(ResidentTicket, ThatWasNotPrintedKeepsItsNumberOnTheScreen) {
  for (bool const unknown : {false, true}) {
    Visit visit;
    visit.go_to("resident.ticket.issued");
    visit.on(PrintRefused{uuid(101), "paper_end", unknown});
    EXPECT_EQ(visit.name(), "resident.ticket.issued");
    EXPECT_EQ(visit.state<Issued>().view.ticket.number, "A001");
    EXPECT_EQ(visit.state<Issued>().printing, unknown ? Printing::unknown : Printing::failed);
    EXPECT_EQ(visit.state<Issued>().problem, "paper_end");
    EXPECT_TRUE(visit.said(unknown ? "speech.ticket_perhaps_printed" : "speech.ticket_not_printed"));
    EXPECT_EQ(visit.said_number(), "A001");
  }
}

TEST(ResidentTicket, RefusedMayBeTriedAgainTheSameWay) {
  Visit visit;
  visit.go_to("resident.confirm");
  visit.on(PriorityChosen{PriorityReason::disabled}).on(Next{}).on(TicketRefused{"hall_unreachable"});
  EXPECT_EQ(visit.state<Problem>().code, "hall_unreachable");
  EXPECT_TRUE(visit.said("error.hall_unreachable"));
  visit.on(Next{});
  auto const* again = visit.asked<TakeTicket>();
  ASSERT_NE(again, nullptr);
  EXPECT_EQ(again->service, "card");
  EXPECT_EQ(again->priority, PriorityReason::disabled);
  EXPECT_EQ(again->person.number.view(), zhang_san().number.view());
}

TEST(ResidentTicket, ARefusedReprintHasNothingToRetryAndEndsTheSession) {
  Visit visit;
  visit.on(ReprintChosen{uuid(1)});
  ASSERT_NE(visit.asked<Reprint>(), nullptr) << "from the welcome screen";
  visit.on(TicketRefused{"ticket_not_found"});
  EXPECT_FALSE(visit.state<Problem>().retry);
  visit.on(Next{});
  visit.expect_wiped();
}

TEST(ResidentTicket, DoneEndsTheSession) {
  Visit visit;
  visit.go_to("resident.ticket.issued");
  visit.on(Next{});
  visit.expect_wiped();
}

TEST(ResidentTicket, AnAnswerAfterLeavingBelongsToNobody) {
  Visit visit;
  visit.go_to("resident.ticket.issuing");
  visit.on(Leave{});
  visit.on(TicketReady{ticket_view("A001", 1)});
  EXPECT_EQ(visit.name(), "resident.home");
  EXPECT_TRUE(visit.effects.empty());
}

// --- my tickets ------------------------------------------------------------------------------------------------------

TEST(MyTickets, AreLookedUpByThePerson) {
  Visit visit;
  visit.on(Begin{Purpose::find_ticket}).on(CardIdentified{zhang_san(), {}}).on(Next{});
  EXPECT_EQ(visit.name(), "resident.tickets.looking");
  ASSERT_NE(visit.asked<FindTickets>(), nullptr);
  EXPECT_EQ(visit.asked<FindTickets>()->person.number.view(), zhang_san().number.view());
  visit.on(TicketsFound{});
  EXPECT_EQ(visit.name(), "resident.tickets");
  EXPECT_TRUE(visit.said("speech.no_ticket_found"));
}

TEST(MyTickets, NoneFoundLeadsToANewOneWithoutTheCardAgain) {
  Visit visit;
  visit.on(Begin{Purpose::find_ticket}).on(CardIdentified{zhang_san(), {}}).on(Next{}).on(TicketsFound{}).on(Next{});
  EXPECT_EQ(visit.name(), "resident.groups");
  EXPECT_NE(visit.flow.person(), nullptr);
}

TEST(MyTickets, FoundByACodeANewOneAsksWhoItIsFor) {
  Visit visit;
  visit.on(CodeSeen{"YZ1:T"}).on(CodeResolved{{}, "A012", {}}).on(TicketsFound{}).on(Next{});
  EXPECT_EQ(visit.name(), "resident.identify");
}

TEST(MyTickets, AreGivenUpOnlyAfterAQuestion) {
  Visit visit;
  visit.go_to("resident.tickets.cancel");
  EXPECT_EQ(visit.asked<CancelTicket>(), nullptr);
  EXPECT_EQ(visit.state<ConfirmCancel>().view.ticket.number, "B002");
  visit.on(Next{});
  ASSERT_NE(visit.asked<CancelTicket>(), nullptr);
  EXPECT_EQ(visit.asked<CancelTicket>()->ticket, uuid(2));
  visit.on(Next{});
  EXPECT_EQ(visit.asked<CancelTicket>(), nullptr) << "asked once";
  visit.on(TicketCancelled{uuid(2)});
  visit.expect_wiped();
  EXPECT_TRUE(visit.said("speech.ticket_cancelled"));
}

TEST(MyTickets, AreAllStillThereAfterKeepingOne) {
  Visit visit;
  visit.go_to("resident.tickets.cancel");
  visit.on(Back{});
  EXPECT_EQ(visit.state<MyTickets>().tickets.size(), 2u);
}

TEST(MyTickets, ATicketBeingGivenUpIsNotShownAsKept) {
  Visit visit;
  visit.go_to("resident.tickets.cancel");
  visit.on(Next{}).on(Back{});
  EXPECT_EQ(visit.name(), "resident.tickets.cancel");
  visit.on(TicketRefused{"ticket_wrong_state"});
  EXPECT_EQ(visit.state<Problem>().code, "ticket_wrong_state");
}

TEST(MyTickets, AnUnknownOneCannotBeGivenUp) {
  Visit visit;
  visit.go_to("resident.tickets");
  visit.on(CancelChosen{uuid(7)});
  EXPECT_EQ(visit.name(), "resident.tickets");
}

}  // namespace
}  // namespace yizhan::flows

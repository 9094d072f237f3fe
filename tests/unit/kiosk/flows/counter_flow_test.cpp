// A clerk's counter: one ticket at a time, and every wrong key explained.
#include "kiosk/flows/counter_flow.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace yizhan::flows {
namespace {

using namespace counter;
using queue::TicketState;

Uuid uuid(int n) {
  Uuid made;
  made.bytes[15] = static_cast<std::byte>(n);
  return made;
}

queue::Ticket ticket(std::string number, TicketState state, std::string where = "3") {
  queue::Ticket made;
  made.id = uuid(number.back());
  made.number = std::move(number);
  made.state = state;
  made.counter = std::move(where);
  return made;
}

struct Counter : testing::Test {
  catalog::Catalog catalog;
  CounterFlow flow{std::make_shared<catalog::Catalog const>(catalog), "3"};
  std::vector<Effect> effects;

  template <class Event>
  void on(Event event) {
    effects = flow.step(std::move(event));
  }
  template <class Effect>
  Effect const* asked() const {
    for (auto const& effect : effects) {
      if (auto const* found = std::get_if<Effect>(&effect)) return found;
    }
    return nullptr;
  }
  Desk const& desk() const { return std::get<Desk>(flow.state()); }
  SignedOut const& signed_out() const { return std::get<SignedOut>(flow.state()); }
  void sign_in() {
    on(NumberEdited{"1001"});
    on(PinEdited{SecretText("246810")});
    on(Submit{});
    on(SignedIn{{"1001", "clerk"}});
  }
  void call() {
    on(CallNext{});
    on(TicketChanged{ticket("A001", TicketState::called)});
  }
  void serve() {
    call();
    on(Start{});
    on(TicketChanged{ticket("A001", TicketState::serving)});
  }
};

// --- signing in ------------------------------------------------------------------------------------------------------

TEST_F(Counter, SignsInWithNumberAndPin) {
  on(NumberEdited{"1001"});
  on(PinEdited{SecretText("246810")});
  on(Submit{});
  ASSERT_NE(asked<DoSignIn>(), nullptr);
  EXPECT_EQ(asked<DoSignIn>()->number, "1001");
  EXPECT_EQ(asked<DoSignIn>()->pin.view(), "246810");
  EXPECT_TRUE(signed_out().pin.empty()) << "the PIN stays nowhere";
  on(Submit{});
  EXPECT_TRUE(effects.empty()) << "while it is checked";
  on(SignedIn{{"1001", "clerk"}});
  EXPECT_EQ(flow.name(), "counter.desk.idle");
  EXPECT_NE(asked<DoRefresh>(), nullptr);
}

TEST_F(Counter, AsksForWhatIsMissingFirst) {
  on(Submit{});
  EXPECT_EQ(signed_out().focus, Field::number);
  EXPECT_TRUE(effects.empty());
  on(NumberEdited{"1001"});
  on(Submit{});
  EXPECT_EQ(signed_out().focus, Field::pin);
  EXPECT_TRUE(effects.empty());
}

TEST_F(Counter, ARefusedPinSaysHowManyTriesAreLeft) {
  on(NumberEdited{"1001"});
  on(PinEdited{SecretText("000000")});
  on(Submit{});
  on(SignInRefused{"staff_refused", 4, {}});
  EXPECT_EQ(signed_out().problem, "staff_refused");
  EXPECT_EQ(signed_out().attempts_left, 4);
  EXPECT_EQ(signed_out().number, "1001") << "only the PIN is typed again";
  EXPECT_TRUE(signed_out().pin.empty());
  EXPECT_FALSE(signed_out().checking);
  on(SignInRefused{"staff_locked", 0, std::chrono::seconds(30)});
  EXPECT_EQ(signed_out().locked_for, std::chrono::seconds(30));
}

TEST_F(Counter, WithoutASignInNothingCanBeDone) {
  on(CallNext{});
  EXPECT_TRUE(effects.empty());
  on(WaitingChosen{"A001"});
  on(OpenTake{});
  on(ServiceChosen{"card"});
  on(TicketChanged{ticket("A001", TicketState::called)});
  on(ViewArrived{});
  EXPECT_TRUE(effects.empty());
  EXPECT_EQ(flow.name(), "counter.signed_out");
}

TEST_F(Counter, EscapeClearsTheSignIn) {
  on(NumberEdited{"1001"});
  on(PinEdited{SecretText("24")});
  on(Escape{});
  EXPECT_TRUE(signed_out().number.empty());
  EXPECT_TRUE(signed_out().pin.empty());
}

// --- one ticket at a time --------------------------------------------------------------------------------------------

TEST_F(Counter, CallsServesAndFinishes) {
  sign_in();
  on(CallNext{});
  EXPECT_NE(asked<DoCallNext>(), nullptr);
  on(TicketChanged{ticket("A001", TicketState::called)});
  EXPECT_EQ(flow.name(), "counter.desk.called");
  EXPECT_EQ(desk().notice, "counter.notice.called");
  EXPECT_EQ(desk().notice_number, "A001");
  on(Start{});
  EXPECT_EQ(asked<DoStart>()->ticket, uuid('1'));
  on(TicketChanged{ticket("A001", TicketState::serving)});
  EXPECT_EQ(flow.name(), "counter.desk.serving");
  on(Finish{});
  EXPECT_EQ(asked<DoFinish>()->ticket, uuid('1'));
  on(TicketChanged{ticket("A001", TicketState::finished)});
  EXPECT_EQ(flow.name(), "counter.desk.idle");
  EXPECT_EQ(desk().notice, "counter.notice.finished");
}

TEST_F(Counter, CallsNobodyElseWhileATicketIsThere) {
  sign_in();
  for (auto const state : {TicketState::called, TicketState::serving}) {
    call();
    if (state == TicketState::serving) {
      on(Start{});
      on(TicketChanged{ticket("A001", TicketState::serving)});
    }
    on(CallNext{});
    EXPECT_TRUE(effects.empty());
    EXPECT_EQ(desk().problem, "counter_busy");
    on(WaitingChosen{"A002"});
    EXPECT_TRUE(effects.empty());
    on(OpenNumber{});
    on(PanelEdited{"A002"});
    on(Submit{});
    EXPECT_TRUE(effects.empty());
    on(Escape{});
    on(TicketChanged{ticket("A001", TicketState::finished)});
  }
}

TEST_F(Counter, AKeyPressedTwiceAsksOnce) {
  sign_in();
  on(CallNext{});
  on(CallNext{});
  EXPECT_TRUE(effects.empty());
  on(TicketChanged{ticket("A001", TicketState::called)});
  on(Start{});
  on(Start{});
  EXPECT_TRUE(effects.empty());
}

TEST_F(Counter, AKeyOutOfTurnSaysWhy) {
  sign_in();
  for (int key = 0; key < 3; ++key) {
    if (key == 0) on(Recall{});
    if (key == 1) on(NoShow{});
    if (key == 2) on(Start{});
    EXPECT_TRUE(effects.empty());
    EXPECT_EQ(desk().problem, "nobody_called") << key;
    on(Escape{});
    EXPECT_TRUE(desk().problem.empty());
  }
  on(Finish{});
  EXPECT_EQ(desk().problem, "nobody_served");
  call();
  on(Finish{});
  EXPECT_TRUE(effects.empty());
  EXPECT_EQ(desk().problem, "nobody_served") << "called is not yet served";
}

TEST_F(Counter, AServedTicketIsNeitherRecalledNorMissed) {
  sign_in();
  serve();
  on(Recall{});
  EXPECT_TRUE(effects.empty());
  on(NoShow{});
  EXPECT_TRUE(effects.empty());
  EXPECT_EQ(desk().problem, "nobody_called");
  EXPECT_EQ(flow.name(), "counter.desk.serving");
}

TEST_F(Counter, RecallsAndRecordsWhoDidNotCome) {
  sign_in();
  call();
  on(Recall{});
  EXPECT_NE(asked<DoRecall>(), nullptr);
  on(TicketChanged{ticket("A001", TicketState::called)});
  EXPECT_EQ(desk().notice, "counter.notice.recalled");
  on(NoShow{});
  EXPECT_NE(asked<DoNoShow>(), nullptr);
  on(TicketChanged{ticket("A001", TicketState::no_show)});
  EXPECT_EQ(flow.name(), "counter.desk.idle");
}

TEST_F(Counter, ARefusalIsShownAndTheHallAskedAgain) {
  sign_in();
  on(CallNext{});
  on(Refused{"queue_empty"});
  EXPECT_EQ(desk().problem, "queue_empty");
  EXPECT_NE(asked<DoRefresh>(), nullptr);
  on(CallNext{});
  EXPECT_NE(asked<DoCallNext>(), nullptr) << "and may be tried again";
  EXPECT_TRUE(desk().problem.empty());
}

// --- the hall is the truth -------------------------------------------------------------------------------------------

TEST_F(Counter, TakesUpItsTicketAfterARestart) {
  sign_in();
  queue::HallView view;
  view.active = {ticket("B001", TicketState::serving, "2"), ticket("A007", TicketState::serving, "3")};
  on(ViewArrived{view});
  EXPECT_EQ(flow.name(), "counter.desk.serving");
  EXPECT_EQ(desk().current->number, "A007");
  view.active.pop_back();
  on(ViewArrived{view});
  EXPECT_EQ(flow.name(), "counter.desk.idle") << "expired or cancelled elsewhere";
}

TEST_F(Counter, AViewThatIsOlderThanTheActionUnderWayDoesNotUndoIt) {
  sign_in();
  call();
  on(Start{});
  on(ViewArrived{});
  ASSERT_TRUE(desk().current);
  EXPECT_EQ(desk().current->number, "A001");
}

// --- panels ----------------------------------------------------------------------------------------------------------

TEST_F(Counter, CallsByNumber) {
  sign_in();
  on(OpenNumber{});
  EXPECT_EQ(flow.name(), "counter.desk.number");
  on(Submit{});
  EXPECT_TRUE(effects.empty());
  on(PanelEdited{"b012"});
  on(Submit{});
  ASSERT_NE(asked<DoCallNumber>(), nullptr);
  EXPECT_EQ(asked<DoCallNumber>()->number, "B012");
  EXPECT_NE(flow.name(), "counter.desk.number");
}

TEST_F(Counter, CallsARowOfTheWaitingList) {
  sign_in();
  on(WaitingChosen{"A003"});
  ASSERT_NE(asked<DoCallNumber>(), nullptr);
  EXPECT_EQ(asked<DoCallNumber>()->number, "A003");
}

TEST_F(Counter, TakesATicketForSomebodyAlsoWhileServing) {
  sign_in();
  serve();
  on(OpenTake{});
  EXPECT_EQ(flow.name(), "counter.desk.take");
  on(PriorityToggled{});
  on(ServiceChosen{"card"});
  ASSERT_NE(asked<DoTake>(), nullptr);
  EXPECT_EQ(asked<DoTake>()->service, "card");
  EXPECT_EQ(asked<DoTake>()->priority, queue::PriorityClass::priority);
  on(TicketTaken{ticket("A009", TicketState::waiting)});
  EXPECT_EQ(desk().notice, "counter.notice.taken");
  EXPECT_EQ(desk().notice_number, "A009");
  EXPECT_EQ(flow.name(), "counter.desk.serving") << "the one being served stays";
}

TEST_F(Counter, AServiceWithoutItsPanelIsNotTaken) {
  sign_in();
  on(ServiceChosen{"card"});
  EXPECT_TRUE(effects.empty());
}

TEST_F(Counter, EscapeClosesThePanel) {
  sign_in();
  on(OpenTake{});
  on(PanelEdited{"dibao"});
  on(Escape{});
  EXPECT_EQ(flow.name(), "counter.desk.idle");
  on(OpenTake{});
  EXPECT_TRUE(std::get<TakeEntry>(desk().panel).search.empty());
}

// --- leaving ---------------------------------------------------------------------------------------------------------

TEST_F(Counter, NobodyIsLeftStandingBySigningOut) {
  sign_in();
  call();
  on(SignOut{});
  EXPECT_TRUE(effects.empty());
  EXPECT_EQ(desk().problem, "counter_busy");
  on(NoShow{});
  on(TicketChanged{ticket("A001", TicketState::no_show)});
  on(SignOut{});
  EXPECT_NE(asked<DoWipe>(), nullptr);
  EXPECT_EQ(flow.name(), "counter.signed_out");
}

TEST_F(Counter, LeftAloneItLocksAndComesBackToItsTicket) {
  sign_in();
  serve();
  on(Idle{});
  EXPECT_NE(asked<DoWipe>(), nullptr);
  EXPECT_EQ(flow.name(), "counter.signed_out");
  EXPECT_TRUE(signed_out().number.empty());
  sign_in();
  queue::HallView view;
  view.active = {ticket("A001", TicketState::serving)};
  on(ViewArrived{view});
  EXPECT_EQ(flow.name(), "counter.desk.serving");
}

TEST_F(Counter, AnAnswerAfterTheLockChangesNothing) {
  sign_in();
  on(CallNext{});
  on(Idle{});
  on(TicketChanged{ticket("A001", TicketState::called)});
  EXPECT_EQ(flow.name(), "counter.signed_out");
  on(TicketTaken{ticket("A002", TicketState::waiting)});
  EXPECT_EQ(flow.name(), "counter.signed_out");
}

}  // namespace
}  // namespace yizhan::flows

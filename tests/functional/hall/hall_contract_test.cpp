// What every hall authority promises, over both of them.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "shared/hall/command_json.h"
#include "tests/functional/hall/hall_backends.h"

namespace yizhan::test {
namespace {

using namespace yizhan::queue;

class HallContract : public testing::TestWithParam<Backend> {
 protected:
  HallMachine m{GetParam() == Backend::embedded ? "" : hall_database()};

  Ticket called(std::string const& counter = "1") { return m.apply(CallNext{{'A', 'B'}}, counter)->ticket; }
  TicketState state_of(Uuid const& id) { return m.hall->find(id)->value().state; }
};

INSTANTIATE_TEST_SUITE_P(Halls, HallContract, testing::Values(Backend::embedded, Backend::postgres),
                         [](auto const& each) { return each.param == Backend::embedded ? "Embedded" : "Postgres"; });

TEST_P(HallContract, NumbersCountFromOnePerQueueAndSeries) {
  EXPECT_EQ(m.issued('A').number, "A001");
  EXPECT_EQ(m.issued('A').number, "A002");
  EXPECT_EQ(m.issued('B').number, "B001");
  auto own = m.wanted();
  own.series = "K";
  EXPECT_EQ(m.apply(own)->ticket.number, "AK001");
  EXPECT_EQ(m.issued('A').number, "A003");
}

TEST_P(HallContract, NumbersStartAnewOnTheNextLocalDay) {
  m.issued();
  m.issued();
  m.machine.env.clock.advance(std::chrono::hours(15));  // 00:00 in Shanghai, 16:00 UTC
  auto const ticket = m.issued();
  EXPECT_EQ(ticket.number, "A001");
  EXPECT_EQ(ticket.day.to_string(), "2026-11-25");
}

TEST_P(HallContract, NumbersNeverFallBelowTheHighWaterMark) {
  ASSERT_TRUE(m.machine.store->high_water().raise_number(m.machine.today(), 'A', "", 17));
  EXPECT_EQ(m.issued().number, "A018");
  EXPECT_EQ(m.issued().number, "A019");
  EXPECT_EQ(m.issued('B').number, "B001");
}

TEST_P(HallContract, NumbersEndAtFourDigits) {
  ASSERT_TRUE(m.machine.store->high_water().raise_number(m.machine.today(), 'A', "", 9998));
  EXPECT_EQ(m.issued().number, "A9999");
  EXPECT_EQ(code_of(m.apply(m.wanted())), "numbers_exhausted");
  EXPECT_EQ(code_of(m.apply(m.wanted())), "numbers_exhausted");
}

TEST_P(HallContract, IssuedTicketCarriesWhatWasAsked) {
  auto wanted = m.wanted("h1", 'B', "elder_card");
  wanted.priority = PriorityClass::priority;
  auto const reply = m.apply(wanted);
  ASSERT_TRUE(reply) << reply.error().to_line();
  auto const& ticket = reply->ticket;
  EXPECT_EQ(ticket.id, wanted.ticket);
  EXPECT_EQ(ticket.state, TicketState::waiting);
  EXPECT_EQ(ticket.priority, PriorityClass::priority);
  EXPECT_EQ(ticket.service, "elder_card");
  EXPECT_EQ(ticket.holder, "h1");
  EXPECT_EQ(ticket.issued_at, m.machine.clock->now());
  EXPECT_EQ(ticket.issued_by, m.machine.device);
  EXPECT_EQ(ticket.calls, 0);
  EXPECT_FALSE(ticket.called_at || ticket.started_at || ticket.ended_at);
  EXPECT_EQ(hall::to_json(m.hall->find(m.machine.today(), ticket.number)->value()), hall::to_json(ticket));
}

TEST_P(HallContract, SameHolderAndServiceGetsTheOpenTicketAgain) {
  auto const first = m.apply(m.wanted("h1"))->ticket;
  auto again = m.apply(m.wanted("h1"));
  ASSERT_TRUE(again);
  EXPECT_TRUE(again->existing);
  EXPECT_EQ(again->ticket.id, first.id);
  EXPECT_FALSE(m.apply(m.wanted("h2"))->existing);
  EXPECT_FALSE(m.apply(m.wanted("h1", 'B', "elder_card"))->existing);
  called();  // first
  EXPECT_TRUE(m.apply(m.wanted("h1"))->existing);
  ASSERT_TRUE(m.apply(StartService{first.id}, "1"));
  EXPECT_FALSE(m.apply(m.wanted("h1"))->existing) << "service began: a new visit";
  EXPECT_FALSE(m.apply(m.wanted(""))->existing);
  EXPECT_FALSE(m.apply(m.wanted(""))->existing) << "nobody is not one person";
}

TEST_P(HallContract, CallsInOrderOfIssueWithPriorityAgedBefore) {
  auto const first = m.issued();
  m.machine.env.clock.advance(std::chrono::minutes(20));
  auto const second = m.issued();
  auto const urgent = m.issued('A', PriorityClass::priority);
  EXPECT_EQ(called("1").id, first.id) << "has waited longer than the ageing";
  EXPECT_EQ(called("2").id, urgent.id);
  EXPECT_EQ(called("3").id, second.id);
  EXPECT_EQ(code_of(m.apply(CallNext{{'A', 'B'}}, "4")), "queue_empty");
}

TEST_P(HallContract, CallsOnlyItsQueues) {
  m.issued('A');
  auto const b = m.issued('B');
  EXPECT_EQ(m.apply(CallNext{{'B', 'C'}}, "1")->ticket.id, b.id);
  EXPECT_EQ(code_of(m.apply(CallNext{{'C'}}, "2")), "queue_empty");
  EXPECT_EQ(code_of(m.apply(CallNext{{}}, "2")), "queue_empty");
}

TEST_P(HallContract, CalledTicketBelongsToTheCounter) {
  auto const ticket = m.issued();
  auto const reply = m.apply(CallNext{{'A'}}, "3号窗口");
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->ticket.state, TicketState::called);
  EXPECT_EQ(reply->ticket.counter, "3号窗口");
  EXPECT_EQ(reply->ticket.called_at, m.machine.clock->now());
  EXPECT_EQ(reply->ticket.calls, 1);
  EXPECT_EQ(hall::to_json(m.hall->find(ticket.id)->value()), hall::to_json(reply->ticket));
}

TEST_P(HallContract, CounterCallsOneAtATime) {
  for (int i = 0; i < 3; ++i) m.issued();
  auto const first = called("1");
  EXPECT_EQ(code_of(m.apply(CallNext{{'A'}}, "1")), "counter_busy");
  EXPECT_EQ(code_of(m.apply(CallNumber{"A002"}, "1")), "counter_busy");
  ASSERT_TRUE(m.apply(StartService{first.id}, "1"));
  EXPECT_EQ(code_of(m.apply(CallNext{{'A'}}, "1")), "counter_busy");
  ASSERT_TRUE(m.apply(FinishService{first.id}, "1"));
  EXPECT_EQ(called("1").number, "A002");
  ASSERT_TRUE(m.apply(NoShow{m.hall->view(m.machine.today())->active.front().id}, "1"));
  EXPECT_EQ(called("1").number, "A003");
}

TEST_P(HallContract, KioskCannotCall) {
  m.issued();
  EXPECT_EQ(code_of(m.apply(CallNext{{'A'}})), "counter_missing");
  EXPECT_EQ(code_of(m.apply(CallNumber{"A001"})), "counter_missing");
}

TEST_P(HallContract, CallByNumber) {
  m.issued();
  auto const second = m.issued();
  EXPECT_EQ(m.apply(CallNumber{"A002"}, "1")->ticket.id, second.id);
  EXPECT_EQ(code_of(m.apply(CallNumber{"A002"}, "2")), "ticket_not_waiting");
  EXPECT_EQ(code_of(m.apply(CallNumber{"A077"}, "2")), "ticket_not_found");
  EXPECT_EQ(code_of(m.apply(CallNumber{"'; DROP TABLE tickets; --"}, "2")), "ticket_not_found");
}

TEST_P(HallContract, RecallUpToTheLimit) {
  m.issued();
  auto const ticket = called("1");
  EXPECT_EQ(m.apply(Recall{ticket.id}, "1")->ticket.calls, 2);
  EXPECT_EQ(m.apply(Recall{ticket.id}, "1")->ticket.calls, 3);
  EXPECT_EQ(code_of(m.apply(Recall{ticket.id}, "1")), "recall_limit");
  EXPECT_EQ(m.hall->find(ticket.id)->value().calls, 3);
}

TEST_P(HallContract, ServiceRunsFromCalledToFinished) {
  m.issued();
  auto const ticket = called("1");
  auto const started = m.apply(StartService{ticket.id}, "1");
  ASSERT_TRUE(started) << started.error().to_line();
  EXPECT_EQ(started->ticket.state, TicketState::serving);
  EXPECT_EQ(started->ticket.started_at, m.machine.clock->now());
  auto const finished = m.apply(FinishService{ticket.id}, "1");
  ASSERT_TRUE(finished);
  EXPECT_EQ(finished->ticket.state, TicketState::finished);
  EXPECT_EQ(finished->ticket.ended_at, m.machine.clock->now());
  EXPECT_EQ(finished->ticket.started_at, started->ticket.started_at);
}

TEST_P(HallContract, WrongStatesAreRefusedAndChangeNothing) {
  auto const waiting = m.issued();
  for (decltype(HallCommand::what) const& what : std::initializer_list<decltype(HallCommand::what)>{
           Recall{waiting.id}, NoShow{waiting.id}, StartService{waiting.id}, FinishService{waiting.id}})
    EXPECT_EQ(code_of(m.apply(what, "1")), "ticket_wrong_state");
  EXPECT_EQ(hall::to_json(m.hall->find(waiting.id)->value()), hall::to_json(waiting));
  called("1");
  EXPECT_EQ(code_of(m.apply(FinishService{waiting.id}, "1")), "ticket_wrong_state");
  ASSERT_TRUE(m.apply(StartService{waiting.id}, "1"));
  EXPECT_EQ(code_of(m.apply(Cancel{waiting.id})), "ticket_wrong_state");
  EXPECT_EQ(code_of(m.apply(NoShow{waiting.id}, "1")), "ticket_wrong_state");
  ASSERT_TRUE(m.apply(FinishService{waiting.id}, "1"));
  EXPECT_EQ(code_of(m.apply(StartService{waiting.id}, "1")), "ticket_wrong_state");
  EXPECT_EQ(code_of(m.apply(Cancel{waiting.id})), "ticket_wrong_state");
}

TEST_P(HallContract, AnotherCountersTicketIsLeftAlone) {
  m.issued();
  auto const ticket = called("1");
  for (decltype(HallCommand::what) const& what : std::initializer_list<decltype(HallCommand::what)>{
           Recall{ticket.id}, NoShow{ticket.id}, StartService{ticket.id}})
    EXPECT_EQ(code_of(m.apply(what, "2")), "ticket_other_counter");
  EXPECT_EQ(state_of(ticket.id), TicketState::called);
}

TEST_P(HallContract, UnknownTicketsAreNotFound) {
  auto const nobody = Uuid::v7(m.machine.env.env());
  for (decltype(HallCommand::what) const& what : std::initializer_list<decltype(HallCommand::what)>{
           Recall{nobody}, NoShow{nobody}, StartService{nobody}, FinishService{nobody}, Cancel{nobody}})
    EXPECT_EQ(code_of(m.apply(what, "1")), "ticket_not_found");
  EXPECT_FALSE(m.hall->find(nobody)->has_value());
  EXPECT_FALSE(m.hall->find(m.machine.today(), "A001")->has_value());
}

TEST_P(HallContract, CancelledFromWaitingOrCalledFromAnywhere) {
  m.issued();
  m.issued();
  auto const first = called("1");
  EXPECT_EQ(m.apply(Cancel{first.id})->ticket.state, TicketState::cancelled);
  auto const second = m.hall->find(m.machine.today(), "A002")->value();
  auto const cancelled = m.apply(Cancel{second.id});
  EXPECT_EQ(cancelled->ticket.ended_at, m.machine.clock->now());
  EXPECT_EQ(code_of(m.apply(CallNext{{'A'}}, "1")), "queue_empty");
}

TEST_P(HallContract, NewDayEndsWhatPastDaysLeftOpen) {
  auto const left = m.issued();
  auto const forgotten = m.issued();
  ASSERT_TRUE(m.apply(CallNumber{forgotten.number}, "1"));
  ASSERT_TRUE(m.apply(StartService{forgotten.id}, "1"));
  ASSERT_TRUE(m.apply(Cancel{m.issued().id}));
  m.machine.env.clock.advance(std::chrono::hours(24));
  auto const todays = m.issued();
  EXPECT_EQ(called("1").id, todays.id) << "yesterday's service does not block the counter";
  auto const reply = m.apply(CloseDay{});
  ASSERT_TRUE(reply) << reply.error().to_line();
  ASSERT_EQ(reply->closed.size(), 2U);
  EXPECT_EQ(reply->closed[0].id, left.id);
  EXPECT_EQ(reply->closed[0].state, TicketState::expired);
  EXPECT_EQ(reply->closed[0].ended_at, m.machine.clock->now());
  EXPECT_EQ(reply->closed[1].id, forgotten.id);
  EXPECT_EQ(state_of(todays.id), TicketState::called);
  EXPECT_TRUE(m.apply(CloseDay{})->closed.empty());
}

TEST_P(HallContract, ClosingEndsTodayExceptWhereSomebodyIsServed) {
  auto const waiting = m.issued();
  auto const at_counter = m.issued();
  auto const served = m.issued();
  ASSERT_TRUE(m.apply(CallNumber{at_counter.number}, "1"));
  ASSERT_TRUE(m.apply(CallNumber{served.number}, "2"));
  ASSERT_TRUE(m.apply(StartService{served.id}, "2"));
  EXPECT_TRUE(m.apply(CloseDay{})->closed.empty());
  auto const closing = m.apply(CloseDay{true});
  ASSERT_EQ(closing->closed.size(), 2U);
  EXPECT_EQ(closing->closed[0].id, waiting.id);
  EXPECT_EQ(closing->closed[1].id, at_counter.id);
  ASSERT_TRUE(m.apply(FinishService{served.id}, "2"));
}

TEST_P(HallContract, RepeatOfACommandReturnsItsResultAndChangesNothing) {
  auto const issue = m.machine.command(m.wanted());
  auto const first = m.apply(issue);
  ASSERT_TRUE(first);
  EXPECT_FALSE(first->repeated);
  auto const call = m.machine.command(CallNext{{'A'}}, "1");
  auto const reply = m.apply(call);
  auto const version = m.hall->view(m.machine.today())->version;

  auto again = m.apply(issue);
  ASSERT_TRUE(again);
  EXPECT_TRUE(again->repeated);
  EXPECT_EQ(again->ticket.state, TicketState::waiting) << "as it was then";
  EXPECT_EQ(again->ticket.number, first->ticket.number);
  auto call_again = m.apply(call);
  ASSERT_TRUE(call_again);
  EXPECT_TRUE(call_again->repeated);
  call_again->repeated = false;
  EXPECT_EQ(hall::to_json(*call_again), hall::to_json(*reply));
  EXPECT_EQ(m.hall->view(m.machine.today())->version, version);
  EXPECT_EQ(m.hall->announcements(m.machine.today(), 0)->size(), 1U);
  EXPECT_EQ(m.issued().number, "A002");
}

TEST_P(HallContract, SettlingTellsTheResultOfAnAppliedCommand) {
  auto const issue = m.machine.command(m.wanted());
  auto const first = m.apply(issue);
  auto const settled = m.settle(issue);
  ASSERT_TRUE(settled);
  EXPECT_EQ(settled->ticket.id, first->ticket.id);
  EXPECT_TRUE(settled->repeated);
  EXPECT_EQ(code_of(m.settle(m.machine.command(m.wanted()))), "command_void");
}

TEST_P(HallContract, ViewShowsWaitingInCallingOrderAndWhatIsAtTheCounters) {
  m.issued();
  m.issued('B', PriorityClass::priority);
  m.issued();
  m.issued();
  auto const first = called("1");
  auto const second = called("2");
  auto view = *m.hall->view(m.machine.today());
  ASSERT_EQ(view.waiting.size(), 2U);
  EXPECT_EQ(view.waiting[0].number, "A002");
  EXPECT_EQ(view.waiting[1].number, "A003");
  ASSERT_EQ(view.active.size(), 2U);
  EXPECT_EQ(view.active[0].id, second.id) << "newest call first";
  ASSERT_TRUE(m.apply(Recall{first.id}, "1"));
  view = *m.hall->view(m.machine.today());
  EXPECT_EQ(view.active[0].id, first.id) << "a recall is a new call";
  ASSERT_TRUE(m.apply(NoShow{second.id}, "2"));
  ASSERT_TRUE(m.apply(Cancel{view.waiting[1].id}));
  auto const later = *m.hall->view(m.machine.today());
  ASSERT_EQ(later.recently_ended.size(), 2U);
  EXPECT_EQ(later.recently_ended[0].state, TicketState::cancelled);
  EXPECT_EQ(later.recently_ended[1].state, TicketState::no_show);
  EXPECT_GT(later.version, view.version);
}

TEST_P(HallContract, AtMostTwentyEndedTicketsAreShown) {
  for (int i = 0; i < 23; ++i) ASSERT_TRUE(m.apply(Cancel{m.issued().id}));
  auto const view = *m.hall->view(m.machine.today());
  ASSERT_EQ(view.recently_ended.size(), 20U);
  EXPECT_EQ(view.recently_ended[0].number, "A023");
}

TEST_P(HallContract, HoldersOpenTicketsOldestFirst) {
  auto const a = m.apply(m.wanted("h1"))->ticket;
  auto const b = m.apply(m.wanted("h1", 'B', "elder_card"))->ticket;
  ASSERT_TRUE(m.apply(m.wanted("h2")));
  ASSERT_TRUE(m.apply(m.wanted("")));
  auto mine = *m.hall->of_holder(m.machine.today(), "h1");
  ASSERT_EQ(mine.size(), 2U);
  EXPECT_EQ(mine[0].id, a.id);
  ASSERT_TRUE(m.apply(Cancel{a.id}));
  mine = *m.hall->of_holder(m.machine.today(), "h1");
  ASSERT_EQ(mine.size(), 1U);
  EXPECT_EQ(mine[0].id, b.id);
  EXPECT_TRUE(m.hall->of_holder(m.machine.today(), "")->empty());
}

TEST_P(HallContract, WaitInputsCountPeopleCountersAndTimes) {
  auto inputs = *m.hall->wait_inputs(m.machine.today(), 'A');
  EXPECT_EQ(inputs.ahead, 0);
  EXPECT_EQ(inputs.working_counters, 1);
  for (int i = 0; i < 4; ++i) m.issued();
  m.issued('B');
  for (std::string const counter : {"1", "2"}) {
    auto const ticket = called(counter);
    ASSERT_TRUE(m.apply(StartService{ticket.id}, counter));
    m.machine.env.clock.advance(std::chrono::seconds(counter == "1" ? 299 : 59));
    ASSERT_TRUE(m.apply(FinishService{ticket.id}, counter));
  }
  inputs = *m.hall->wait_inputs(m.machine.today(), 'A');
  EXPECT_EQ(inputs.ahead, 2);
  EXPECT_EQ(inputs.working_counters, 2);
  EXPECT_EQ(inputs.service_times,
            (std::vector<std::chrono::seconds>{std::chrono::seconds(300), std::chrono::seconds(60)}));
  m.machine.env.clock.advance(std::chrono::minutes(28));
  EXPECT_EQ(m.hall->wait_inputs(m.machine.today(), 'A')->working_counters, 2);
  m.machine.env.clock.advance(std::chrono::minutes(3));
  EXPECT_EQ(m.hall->wait_inputs(m.machine.today(), 'A')->working_counters, 1) << "nobody: at least one is assumed";
}

TEST_P(HallContract, EveryCallIsAnnouncedInOrderWithoutGaps) {
  m.issued();
  m.issued();
  auto const first = called("1");
  ASSERT_TRUE(m.apply(Recall{first.id}, "1"));
  auto const second = called("2");
  EXPECT_EQ(code_of(m.apply(CallNext{{'A'}}, "3")), "queue_empty");
  ASSERT_TRUE(m.apply(Recall{second.id}, "2"));
  auto const calls = *m.hall->announcements(m.machine.today(), 0);
  ASSERT_EQ(calls.size(), 4U);
  for (std::size_t i = 0; i < calls.size(); ++i) EXPECT_EQ(calls[i].sequence, static_cast<std::int64_t>(i + 1));
  EXPECT_EQ(calls[1].ticket, first.id);
  EXPECT_EQ(calls[1].number, "A001");
  EXPECT_EQ(calls[1].counter, "1");
  EXPECT_TRUE(calls[1].recall);
  EXPECT_FALSE(calls[2].recall);
  auto const later = *m.hall->announcements(m.machine.today(), 3);
  ASSERT_EQ(later.size(), 1U);
  EXPECT_EQ(later[0].sequence, 4);
  m.machine.env.clock.advance(std::chrono::hours(24));
  m.issued();
  called("1");
  EXPECT_EQ(m.hall->announcements(m.machine.today(), 0)->front().sequence, 1) << "counts anew each day";
}

}  // namespace
}  // namespace yizhan::test

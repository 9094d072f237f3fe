// The use cases over a PostgreSQL hall: intent, the hall's transaction, result; cut off at every step.
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <functional>

#include "shared/hall/postgres_schema.h"
#include "tests/functional/hall/hall_backends.h"
#include "tests/unit/shared/office/office_machine.h"

namespace yizhan::test {
namespace {

using namespace std::chrono_literals;
using queue::TicketState;

/// A hall that something happens to, before or after a command reaches it.
class FaultyHall final : public hall::HallAuthority {
 public:
  explicit FaultyHall(hall::HallAuthority& real) : m_real(real) {}
  enum class Fault { none, request_lost, reply_lost };
  Fault next = Fault::none;  // of the next command only
  std::function<void()> before = [] {};
  std::function<void()> after = [] {};

  [[nodiscard]] bool shares_transaction() const override { return m_real.shares_transaction(); }
  Result<queue::HallReply> apply(queue::HallCommand const& command) override {
    before();
    auto const fault = std::exchange(next, Fault::none);
    if (fault == Fault::request_lost) return Error::make("hall_unreachable", Retry::later);
    auto reply = m_real.apply(command);
    after();
    if (fault == Fault::reply_lost) return Error::make("hall_unreachable", Retry::later);
    return reply;
  }
  Result<queue::HallReply> settle(queue::HallCommand const& command) override { return m_real.settle(command); }
  Result<queue::HallView> view(calendar::BusinessDay const& day) override { return m_real.view(day); }
  Result<std::optional<queue::Ticket>> find(calendar::BusinessDay const& day, std::string const& number) override {
    return m_real.find(day, number);
  }
  Result<std::optional<queue::Ticket>> find(Uuid const& ticket) override { return m_real.find(ticket); }
  Result<std::vector<queue::Ticket>> of_holder(calendar::BusinessDay const& day,
                                               identity::Holder const& holder) override {
    return m_real.of_holder(day, holder);
  }
  Result<queue::WaitInputs> wait_inputs(calendar::BusinessDay const& day, char queue) override {
    return m_real.wait_inputs(day, queue);
  }
  Result<std::vector<queue::Announcement>> announcements(calendar::BusinessDay const& day,
                                                         std::int64_t after) override {
    return m_real.announcements(day, after);
  }

 private:
  hall::HallAuthority& m_real;
};

office::TakeTicket by_card() { return {.service = "social_card_replace", .person = zhang_san()}; }

std::int64_t open_intents(OfficeMachine& m) { return m.machine.count("SELECT count(*) FROM intents"); }

std::string rows(std::string const& uri, std::string const& sql) { return cluster().psql(sql, database_of(uri)); }

TEST(OfficeOverPostgres, ThreeMachinesMeetAndEachTellsItsOwnDeeds) {
  auto const uri = hall_database();
  OfficeMachine kiosk(uri, "001", 1);
  OfficeMachine counter(uri, "002", 2);
  OfficeMachine display(uri, "003", 3);
  auto const issued = kiosk.office().take_ticket(by_card());
  ASSERT_TRUE(issued) << issued.error().to_line();
  EXPECT_EQ(issued->ticket.number, "A001");
  auto const called = counter.office().call_next({'A'});
  ASSERT_TRUE(called) << called.error().to_line();
  EXPECT_EQ(called->id, issued->ticket.id);
  EXPECT_EQ(display.office().view()->active.at(0).counter, "002号窗口");
  EXPECT_EQ(display.office().announcements(0)->at(0).number, "A001");
  ASSERT_TRUE(counter.office().start_service(called->id));
  ASSERT_TRUE(counter.office().finish_service(called->id));

  EXPECT_EQ(kiosk.event_types(), std::vector<std::string>{"issued"});
  EXPECT_EQ(counter.event_types(), (std::vector<std::string>{"called", "started", "finished"}));
  EXPECT_TRUE(display.event_types().empty());
  for (auto* m : {&kiosk, &counter})
    for (auto const& event : m->events()) EXPECT_EQ(misfit(event.type, event.data), "") << event.data;
  EXPECT_EQ(open_intents(kiosk) + open_intents(counter), 0);
  EXPECT_EQ(kiosk.jobs("queued"), 1);
  EXPECT_TRUE(kiosk.office().visitor(issued->ticket.id)->has_value());
  EXPECT_EQ(kiosk.machine.store->high_water().highest(kiosk.machine.today(), 'A', ""), 1);
  EXPECT_EQ(kiosk.machine.count("SELECT count(*) FROM tickets"), 0) << "one truth";
}

TEST(OfficeOverPostgres, NoPersonReachesTheSharedDatabase) {
  auto const uri = hall_database();
  OfficeMachine kiosk(uri);
  auto const issued = *kiosk.office().take_ticket(by_card());
  auto const all = rows(uri, "SELECT t::text FROM hall.tickets t UNION ALL SELECT c::text FROM hall.commands c");
  EXPECT_NE(all.find(issued.ticket.holder), std::string::npos);
  EXPECT_EQ(all.find("420106199003070016"), std::string::npos);
  EXPECT_EQ(all.find("张三"), std::string::npos);
}

TEST(OfficeOverPostgres, HallThatIsAwayLosesNothingAndDoublesNothing) {
  auto const uri = hall_database();
  OfficeMachine m(uri);
  FaultyHall hall(*m.hall);
  m.use(hall);
  ASSERT_TRUE(m.office().recover());

  hall.next = FaultyHall::Fault::request_lost;
  EXPECT_EQ(code_of(m.office().take_ticket(by_card())), "hall_unreachable");
  EXPECT_EQ(open_intents(m), 1);
  EXPECT_TRUE(m.events().empty());
  // The next wish first settles the last one: it never came, and never will.
  EXPECT_EQ(m.office().take_ticket({.service = "elder_card"})->ticket.number, "B001");
  EXPECT_EQ(open_intents(m), 0);
  EXPECT_EQ(rows(uri, "SELECT string_agg(number, ' ') FROM hall.tickets"), "B001");
  EXPECT_EQ(m.event_types(), std::vector<std::string>{"issued"});

  hall.next = FaultyHall::Fault::reply_lost;
  EXPECT_EQ(code_of(m.office().take_ticket(by_card())), "hall_unreachable");
  EXPECT_EQ(m.event_types().size(), 1U) << "not known yet";
  // The same person tries again and gets the ticket that was issued unheard.
  auto const again = *m.office().take_ticket(by_card());
  EXPECT_TRUE(again.existing);
  EXPECT_EQ(again.ticket.number, "A001");
  EXPECT_EQ(m.event_types(), (std::vector<std::string>{"issued", "issued"}));
  EXPECT_EQ(m.events()[1].subject, again.ticket.id.to_string());
  EXPECT_EQ(rows(uri, "SELECT count(*) FROM hall.tickets"), "2");
}

TEST(OfficeOverPostgres, CallWhoseAnswerWasLostIsFoundAtTheCounter) {
  auto const uri = hall_database();
  OfficeMachine m(uri);
  FaultyHall hall(*m.hall);
  m.use(hall);
  auto const ticket = m.office().take_ticket(by_card())->ticket;
  m.advance(1s);
  ASSERT_TRUE(m.office().take_ticket({.service = "social_card_replace"}));
  hall.next = FaultyHall::Fault::reply_lost;
  EXPECT_EQ(code_of(m.office().call_next({'A'})), "hall_unreachable");
  EXPECT_EQ(code_of(m.office().call_next({'A'})), "counter_busy") << "the first call had its effect";
  EXPECT_EQ(m.event_types(), (std::vector<std::string>{"issued", "issued", "called"}));
  EXPECT_EQ(m.office().view()->active.at(0).id, ticket.id);
  ASSERT_TRUE(m.office().start_service(ticket.id));
  EXPECT_EQ(m.event_types().size(), 4U);
}

TEST(OfficeOverPostgres, RefusalLeavesNoIntent) {
  OfficeMachine m(hall_database());
  EXPECT_EQ(code_of(m.office().call_next({'A'})), "queue_empty");
  EXPECT_EQ(open_intents(m), 0);
  EXPECT_TRUE(m.events().empty());
}

TEST(OfficeOverPostgres, StartWithoutTheHallLeavesIntentsOpenAndGoesOn) {
  PostgresCluster own;
  auto const uri = own.create_database("hall");
  ASSERT_TRUE(hall::install_schema(uri));
  OfficeMachine m(as_user(uri, "yizhan_machine"));
  FaultyHall hall(*m.hall);
  m.use(hall);
  ASSERT_TRUE(m.office().recover());
  hall.next = FaultyHall::Fault::reply_lost;
  EXPECT_EQ(code_of(m.office().take_ticket(by_card())), "hall_unreachable");
  own.stop();
  m.restart();
  EXPECT_EQ(code_of(m.office().recover()), "hall_unreachable");
  EXPECT_EQ(open_intents(m), 1);
  own.start();
  ASSERT_TRUE(m.office().recover());
  EXPECT_EQ(open_intents(m), 0);
  EXPECT_EQ(m.event_types(), std::vector<std::string>{"issued"});
}

TEST(OfficeOverPostgres, MidnightIsToldOnceByWhoeverComesFirst) {
  auto const uri = hall_database();
  OfficeMachine kiosk(uri, "001", 1);
  OfficeMachine counter(uri, "002", 2);
  ASSERT_TRUE(kiosk.office().take_ticket(by_card()));
  ASSERT_TRUE(counter.office().recover());
  for (auto* m : {&kiosk, &counter}) m->advance(15h);
  ASSERT_TRUE(counter.office().close_day(false));
  EXPECT_EQ(kiosk.office().take_ticket(by_card())->ticket.number, "A001");
  EXPECT_EQ(counter.event_types(), std::vector<std::string>{"expired"});
  EXPECT_EQ(kiosk.event_types(), (std::vector<std::string>{"issued", "issued"}));
}

// ---- kill -9 between the steps

enum class Step { before_hall, after_hall };

/// Lets another process do `act` on the machine's folder and be killed at `step`; afterwards the machine starts anew.
void killed_while(OfficeMachine& m, Step step, std::function<void(office::Office&)> const& act) {
  m.close();
  pid_t const child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    m.restart();
    FaultyHall hall(*m.hall);
    m.use(hall);
    if (!m.office().recover()) ::_exit(3);
    (step == Step::before_hall ? hall.before : hall.after) = [] { ::kill(::getpid(), SIGKILL); };
    act(m.office());
    ::_exit(2);  // still alive
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) << "exit " << WEXITSTATUS(status);
  m.restart();
}

class Killed : public testing::TestWithParam<Step> {};
INSTANTIATE_TEST_SUITE_P(BetweenSteps, Killed, testing::Values(Step::before_hall, Step::after_hall),
                         [](auto const& each) { return each.param == Step::before_hall ? "BeforeHall" : "AfterHall"; });

TEST_P(Killed, LeavesExactlyOneTicketAndOneEventAfterTheNextStart) {
  auto const uri = hall_database();
  OfficeMachine m(uri);
  killed_while(m, GetParam(), [](office::Office& office) { (void)office.take_ticket(by_card()); });
  EXPECT_EQ(open_intents(m), 1);
  EXPECT_TRUE(m.events().empty());
  EXPECT_EQ(rows(uri, "SELECT count(*) FROM hall.tickets"), GetParam() == Step::before_hall ? "0" : "1");

  m.advance(20s);
  ASSERT_TRUE(m.office().recover());
  ASSERT_TRUE(m.office().recover());
  EXPECT_EQ(rows(uri, "SELECT string_agg(number, ' ') FROM hall.tickets"), "A001");
  ASSERT_EQ(m.event_types(), std::vector<std::string>{"issued"});
  EXPECT_EQ(m.events()[0].subject, rows(uri, "SELECT id FROM hall.tickets"));
  EXPECT_EQ(misfit(m.events()[0].type, m.events()[0].data), "");
  EXPECT_EQ(open_intents(m), 0);
  auto const offers = *m.office().unprinted();
  ASSERT_EQ(offers.size(), 1U) << "its paper never came";
  EXPECT_EQ(offers[0].ticket.number, "A001");
  EXPECT_EQ(m.machine.store->high_water().highest(m.machine.today(), 'A', ""), 1);
}

TEST_P(Killed, OldWishIsLookedUpButNotCarriedOut) {
  auto const uri = hall_database();
  OfficeMachine m(uri);
  killed_while(m, GetParam(), [](office::Office& office) { (void)office.take_ticket(by_card()); });
  m.advance(11min);
  ASSERT_TRUE(m.office().recover());
  EXPECT_EQ(open_intents(m), 0);
  bool const was_issued = GetParam() == Step::after_hall;
  EXPECT_EQ(rows(uri, "SELECT count(*) FROM hall.tickets"), was_issued ? "1" : "0");
  EXPECT_EQ(m.events().size(), was_issued ? 1U : 0U);
}

TEST_P(Killed, ClosingOfADayTellsEachTicketOnce) {
  auto const uri = hall_database();
  OfficeMachine kiosk(uri, "001", 1);
  OfficeMachine counter(uri, "002", 2);
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(kiosk.office().take_ticket({.service = "elder_card"}));
  killed_while(counter, GetParam(), [](office::Office& office) { (void)office.close_day(true); });
  ASSERT_TRUE(counter.office().recover());
  EXPECT_EQ(counter.event_types(), (std::vector<std::string>{"expired", "expired", "expired"}));
  EXPECT_EQ(rows(uri, "SELECT string_agg(DISTINCT state, ' ') FROM hall.tickets"), "expired");
}

}  // namespace
}  // namespace yizhan::test

// Two backends, one behaviour: random days in both halls at once give the same answers to everything.
#include <array>
#include <nlohmann/json.hpp>
#include <set>

#include "shared/hall/command_json.h"
#include "tests/functional/hall/hall_backends.h"

namespace yizhan::test {
namespace {

using namespace yizhan::queue;
using nlohmann::json;

/// Reply or refusal, as text.
std::string answer(Result<HallReply> const& reply) {
  return reply ? hall::to_json(*reply).dump() : std::string(reply.error().code());
}

json tickets(std::vector<Ticket> const& list) {
  auto array = json::array();
  for (auto const& ticket : list) array.push_back(hall::to_json(ticket));
  return array;
}

/// Everything that can be asked of a hall on a day.
json picture(hall::HallAuthority& hall, calendar::BusinessDay const& day) {
  auto const view = hall.view(day);
  if (!view) return view.error().to_line();
  json all{
      {"waiting", tickets(view->waiting)}, {"active", tickets(view->active)}, {"ended", tickets(view->recently_ended)}};
  for (char queue : {'A', 'B', 'C'}) {
    auto const inputs = hall.wait_inputs(day, queue);
    auto times = json::array();
    for (auto const& time : inputs->service_times) times.push_back(time.count());
    all[std::string("inputs ") + queue] = {inputs->ahead, inputs->working_counters, times};
  }
  for (std::string const holder : {"h0", "h1", "h2"}) all[holder] = tickets(*hall.of_holder(day, holder));
  auto const calls = hall.announcements(day, 0);
  for (auto const& call : *calls)
    all["calls"].push_back({call.sequence, call.ticket.to_string(), call.number, call.counter, call.recall});
  return all;
}

class RandomDay {
 public:
  RandomDay(Machine& machine, std::uint64_t seed) : m_machine(machine), m_rng(seed) {}

  HallCommand next() {
    // Minutes at most, so that priority and age overtake each other; now and then into the next day.
    m_machine.env.clock.advance(std::chrono::seconds(m_rng.below(50) == 0 ? 36000 : m_rng.below(240)));
    return m_machine.command(what(), std::to_string(m_rng.below(4)).substr(m_rng.below(12) == 0 ? 1 : 0));
  }
  void saw(Ticket const& ticket) { m_tickets.push_back(ticket); }
  bool repeat() { return m_rng.below(10) == 0; }

 private:
  Uuid some_ticket() {
    if (m_tickets.empty() || m_rng.below(20) == 0) return Uuid::v7(m_machine.env.env());
    auto const recent = std::min<std::uint64_t>(m_tickets.size(), 12);
    return m_tickets[m_tickets.size() - 1 - m_rng.below(recent)].id;
  }
  decltype(HallCommand::what) what() {
    switch (m_rng.below(14)) {
      case 0:
      case 1:
      case 2:
      case 3:
        return IssueTicket{Uuid::v7(m_machine.env.env()),
                           "ABC"[m_rng.below(3)],
                           m_rng.below(8) == 0 ? "K" : "",
                           m_rng.below(2) == 0 ? "elder_card" : "social_card_replace",
                           m_rng.below(3) == 0 ? PriorityClass::priority : PriorityClass::normal,
                           m_rng.below(2) == 0 ? "" : "h" + std::to_string(m_rng.below(3))};
      case 4:
      case 5: return CallNext{{'A', 'B', 'C'}};
      case 6: return CallNext{{"ABC"[m_rng.below(3)]}};
      case 7: return CallNumber{m_tickets.empty() ? "A001" : m_tickets[m_rng.below(m_tickets.size())].number};
      case 8: return Recall{some_ticket()};
      case 9: return NoShow{some_ticket()};
      case 10: return StartService{some_ticket()};
      case 11: return FinishService{some_ticket()};
      case 12: return Cancel{some_ticket()};
      default: return CloseDay{m_rng.below(6) == 0};
    }
  }
  Machine& m_machine;
  SeededRng m_rng;
  std::vector<Ticket> m_tickets;
};

class HallSameAnswers : public testing::TestWithParam<std::uint64_t> {};
INSTANTIATE_TEST_SUITE_P(Seeds, HallSameAnswers, testing::Values(1, 2, 3, 4));

TEST_P(HallSameAnswers, ToRandomCommands) {
  HallMachine here("", "001", GetParam());
  HallMachine there(hall_database(), "001", GetParam());
  RandomDay day(here.machine, GetParam());
  std::set<std::string> refusals;
  int applied = 0;
  for (int step = 0; step < 250; ++step) {
    auto const command = day.next();
    // Both machines live at the same time.
    there.machine.env.clock.advance(here.machine.env.clock.steady().now() - there.machine.env.clock.steady().now());
    auto const one = here.apply(command);
    auto const other = there.apply(command);
    ASSERT_EQ(answer(one), answer(other)) << "step " << step << ' ' << hall::to_json(command);
    if (!one) {
      refusals.insert(std::string(one.error().code()));
    } else {
      ++applied;
      if (!one->ticket.id.is_nil()) day.saw(one->ticket);
      if (day.repeat()) {
        auto const again = here.apply(command);
        ASSERT_EQ(answer(again), answer(there.apply(command))) << "repeat of step " << step;
        ASSERT_TRUE(again && again->repeated);
      }
    }
    if (step % 10 == 0) {
      auto const today = here.machine.today();
      ASSERT_EQ(picture(*here.hall, today), picture(*there.hall, today)) << "after step " << step;
    }
  }
  EXPECT_GT(applied, 70);
  EXPECT_GE(refusals.size(), 5U) << "the days were too quiet to prove anything";
}

TEST(HallRules, TransitionsInTheDatabaseAreTheDomains) {
  auto const uri = hall_database("yizhan");
  constexpr std::array states{TicketState::waiting, TicketState::called,    TicketState::serving, TicketState::finished,
                              TicketState::no_show, TicketState::cancelled, TicketState::held,    TicketState::expired};
  std::string sql = "SELECT before || ' ' || after || ' ' || hall.may_become(before, after) FROM (VALUES ";
  std::string expected;
  for (auto from : states) {
    for (auto to : states) {
      sql += std::string(expected.empty() ? "('" : ", ('") + to_string(from) + "', '" + to_string(to) + "')";
      expected += std::string(to_string(from)) + " " + to_string(to) + (may_become(from, to) ? " true\n" : " false\n");
    }
  }
  EXPECT_EQ(cluster().psql(sql + ") AS pairs (before, after)", database_of(uri)) + "\n", expected);
}

TEST(HallCommands, SurviveTheWayThroughJson) {
  Machine machine;
  RandomDay day(machine, 7);
  std::set<std::string> kinds;
  for (int i = 0; i < 300; ++i) {
    auto const command = day.next();
    auto const json = hall::to_json(command);
    auto const back = hall::command_from_json(json);
    ASSERT_TRUE(back) << json;
    EXPECT_EQ(hall::to_json(*back), json);
    kinds.insert(hall::kind_of(command));
  }
  EXPECT_EQ(kinds.size(), 9U);
  EXPECT_EQ(code_of(hall::command_from_json(json::parse(R"({"kind": "issue"})"))), "hall_malformed");
  EXPECT_EQ(code_of(hall::command_from_json(json())), "hall_malformed");
  EXPECT_EQ(code_of(hall::ticket_from_json(json::array())), "hall_malformed");
  EXPECT_EQ(code_of(hall::reply_from_json(json::parse(R"({"ticket": 3})"))), "hall_malformed");
}

}  // namespace
}  // namespace yizhan::test

// A session: when it begins, how it ends from everywhere, and what may not reach into it from outside.
#include <set>

#include "tests/unit/kiosk/flows/visit.h"

namespace yizhan::flows {
namespace {

using namespace resident;

class EveryState : public testing::TestWithParam<std::string_view> {
 protected:
  Visit visit;
  void SetUp() override {
    visit.go_to(GetParam());
    ASSERT_EQ(visit.name(), GetParam());
  }
};

std::string test_name(testing::TestParamInfo<std::string_view> const& info) {
  std::string name(info.param);
  std::ranges::replace(name, '.', '_');
  return name;
}
INSTANTIATE_TEST_SUITE_P(Resident, EveryState, testing::ValuesIn(k_resident_states), test_name);
INSTANTIATE_TEST_SUITE_P(Matter, EveryState, testing::ValuesIn(k_matter_states), test_name);

TEST_P(EveryState, IsPartOfASession) { EXPECT_TRUE(visit.flow.in_session()); }

TEST_P(EveryState, LeavingWipesEverything) {
  visit.on(Leave{});
  visit.expect_wiped();
}

TEST_P(EveryState, BackEndsAtTheWelcomeScreenWithAWipe) {
  // What is being committed or looked for is waited for; everywhere else Back leads out, a page at a time.
  if (visit.flow.busy() || visit.name() == "resident.matter.looking") {
    auto const name = visit.name();
    visit.on(Back{});
    EXPECT_EQ(visit.name(), name);
    return;
  }
  int steps = 0;
  while (visit.name() != "resident.home" && steps < 15) {
    visit.on(Back{});
    ++steps;
  }
  EXPECT_LT(steps, 15);
  visit.expect_wiped();
}

TEST_P(EveryState, TheNextResidentSeesNothingOfIt) {
  visit.on(Leave{});
  visit.on(Begin{}).on(MethodChosen{Method::document});
  EXPECT_TRUE(visit.state<EnterDocument>().typed.empty());
  visit.on(Back{}).on(MethodChosen{Method::nobody});
  EXPECT_EQ(visit.name(), "resident.groups") << "an appointment of the last session must not steer this one";
  EXPECT_TRUE(visit.state<ChooseGroup>().search.empty());
  ASSERT_NE(visit.flow.person(), nullptr);
  EXPECT_TRUE(visit.flow.person()->number.empty());
}

TEST_P(EveryState, AnswersItDidNotAskForChangeNothing) {
  std::set<std::string_view> const tickets{"resident.tickets.looking", "resident.tickets"};
  auto const name = std::string(visit.name());
  auto const unmoved = [&](char const* what) {
    EXPECT_EQ(visit.name(), name) << what;
    EXPECT_EQ(visit.asked<Print>(), nullptr) << what;
    EXPECT_EQ(visit.asked<Wipe>(), nullptr) << what;
  };
  visit.on(CodeResolved{"card", {}, {}});
  unmoved("CodeResolved");
  visit.on(TicketCancelled{uuid(9)});
  unmoved("TicketCancelled of another ticket");
  visit.on(WaitKnown{"emergency", {}});
  unmoved("WaitKnown of another service");
  visit.on(PrintDone{uuid(99)});
  unmoved("PrintDone of another job");
  visit.on(PrintRefused{uuid(99), "paper_end", false});
  unmoved("PrintRefused of another job");
  std::set<std::string_view> const answered{"resident.progress.looking",        "resident.rating.looking",
                                            "resident.rating.sending",          "resident.matter.looking",
                                            "resident.matter.submitting",       "resident.matter.composing",
                                            "resident.matter.capture.checking", "resident.matter.capture.taking"};
  if (!answered.contains(name)) {
    visit.on(matter::DraftsFound{{{uuid(60), "replace", {}}}, {}});
    unmoved("DraftsFound");
    visit.on(matter::DraftOpened{});
    unmoved("DraftOpened");
    visit.on(matter::PageStored{"photo", std::string(64, 'b')});
    unmoved("PageStored");
    visit.on(matter::DocumentReady{std::string(64, 'd'), 1});
    unmoved("DocumentReady");
    visit.on(matter::Submitted{case_view("replace", 5)});
    unmoved("Submitted");
    visit.on(progress::CasesFound{{case_view("replace", 5)}, {}});
    unmoved("CasesFound");
    visit.on(rating::Rated{});
    unmoved("Rated");
  }
  if (name != "resident.ticket.issuing") {
    visit.on(TicketReady{ticket_view("Z999", 9)});
    unmoved("TicketReady");
  }
  if (!tickets.contains(name)) {
    visit.on(TicketsFound{{ticket_view("Z999", 9)}});
    unmoved("TicketsFound");
  }
}

TEST(ResidentSession, BeginsWithATapACardOrACode) {
  for (int way = 0; way < 4; ++way) {
    Visit visit;
    EXPECT_FALSE(visit.flow.in_session());
    if (way == 0) visit.on(Begin{});
    if (way == 1) visit.on(CardSeen{});
    if (way == 2) visit.on(CardIdentified{zhang_san(), {}});
    if (way == 3) visit.on(CodeSeen{"YZ1:X"});
    EXPECT_TRUE(visit.flow.in_session()) << way;
  }
}

TEST(ResidentSession, TheWelcomeScreenHasNothingToWipe) {
  Visit visit;
  visit.on(Leave{});
  EXPECT_TRUE(visit.effects.empty());
  visit.on(TicketReady{ticket_view("A001", 1)}).on(TicketRefused{"hall_unreachable"}).on(TicketCancelled{uuid(1)});
  EXPECT_EQ(visit.name(), "resident.home");
  EXPECT_FALSE(visit.flow.in_session());
}

TEST(ResidentSession, BackGoesOnePageAtATime) {
  std::pair<char const*, char const*> const pages[] = {
      {"resident.card", "resident.identify"},          {"resident.card.problem", "resident.identify"},
      {"resident.code", "resident.identify"},          {"resident.phone", "resident.identify"},
      {"resident.document", "resident.identify"},      {"resident.recognised", "resident.identify"},
      {"resident.groups", "resident.identify"},        {"resident.services", "resident.groups"},
      {"resident.matter.about", "resident.services"},  {"resident.confirm", "resident.matter.about"},
      {"resident.tickets.cancel", "resident.tickets"}, {"resident.other_person", "resident.recognised"},
  };
  for (auto const& [from, to] : pages) {
    Visit visit;
    visit.go_to(from);
    visit.on(Back{});
    EXPECT_EQ(visit.name(), to) << from;
  }
}

TEST(ResidentSession, BackToTheWaysForgetsThePerson) {
  for (auto const* from : {"resident.recognised", "resident.groups"}) {
    Visit visit;
    visit.go_to(from);
    visit.on(Back{});
    EXPECT_EQ(visit.flow.person(), nullptr) << from;
  }
}

}  // namespace
}  // namespace yizhan::flows

// 好差评: voluntary at every step, nothing chosen before somebody chooses.
#include "tests/unit/kiosk/flows/visit.h"

namespace yizhan::flows {
namespace {

using namespace resident;
using rating::GradeChosen;
using rating::OptionToggled;
using rating::Skip;

TEST(Rating, OneThingToRateIsNotAskedFor) {
  Visit visit;
  visit.go_to("resident.rating.looking");
  visit.on(rating::RatablesFound{{ratable(1, "card")}});
  EXPECT_EQ(visit.name(), "resident.rating.grade");
  EXPECT_EQ(visit.flow.rating()->what()->subject, uuid(1));
}

TEST(Rating, NothingToRateEndsClearly) {
  Visit visit;
  visit.go_to("resident.rating.looking");
  visit.on(rating::RatablesFound{});
  EXPECT_EQ(visit.name(), "resident.rating.what");
  EXPECT_TRUE(visit.said("speech.nothing_to_rate"));
  visit.on(Next{});
  visit.expect_wiped();
}

TEST(Rating, NothingIsChosenByDefault) {
  Visit visit;
  visit.go_to("resident.rating.grade");
  visit.on(Next{});
  EXPECT_EQ(visit.name(), "resident.rating.grade") << "no grade, no next";
  for (int const wrong : {0, 6, -1}) visit.on(GradeChosen{wrong});
  EXPECT_EQ(visit.name(), "resident.rating.grade");
  visit.on(GradeChosen{5});
  EXPECT_TRUE(std::get<rating::Options>(visit.flow.rating()->state()).chosen.empty());
}

TEST(Rating, GradeAndReasonsAreGivenTogether) {
  Visit visit;
  visit.go_to("resident.rating.options");
  visit.on(OptionToggled{"213"}).on(OptionToggled{"214"}).on(OptionToggled{"214"}).on(OptionToggled{"510"});
  EXPECT_EQ(visit.asked<rating::Rate>(), nullptr) << "not before it is said to be all";
  visit.on(Next{});
  auto const* rate = visit.asked<rating::Rate>();
  ASSERT_NE(rate, nullptr);
  EXPECT_EQ(rate->grade, 2);
  EXPECT_EQ(rate->options, std::vector<std::string>{"213"}) << "taken back, or of another grade";
  EXPECT_EQ(rate->what.subject, uuid(2));
}

TEST(Rating, SkippingBeforeAGradeIsNoRating) {
  for (auto const* state : {"resident.rating.looking", "resident.rating.what", "resident.rating.grade"}) {
    Visit visit;
    visit.go_to(state);
    visit.on(Skip{});
    EXPECT_EQ(visit.asked<rating::Rate>(), nullptr) << state;
    visit.expect_wiped();
  }
}

TEST(Rating, SkippingTheReasonsGivesTheGradeAlone) {
  Visit visit;
  visit.go_to("resident.rating.options");
  visit.on(OptionToggled{"213"}).on(Skip{});
  ASSERT_NE(visit.asked<rating::Rate>(), nullptr);
  EXPECT_EQ(visit.asked<rating::Rate>()->grade, 2);
  EXPECT_TRUE(visit.asked<rating::Rate>()->options.empty());
}

TEST(Rating, WhoWalksAwayHasNotRated) {
  for (auto const* state : {"resident.rating.grade", "resident.rating.options"}) {
    Visit visit;
    visit.go_to(state);
    visit.on(Leave{});
    EXPECT_EQ(visit.asked<rating::Rate>(), nullptr) << state;
    visit.expect_wiped();
  }
}

TEST(Rating, ABadGradeHearsThatSomebodyWillSeeToItAndByWhen) {
  Visit visit;
  visit.go_to("resident.rating.thanks");
  EXPECT_TRUE(visit.said("speech.rated_follow_up"));
  auto const& thanks = std::get<rating::Thanks>(visit.flow.rating()->state());
  ASSERT_TRUE(thanks.follow_up);
  EXPECT_EQ(thanks.follow_up->day, k_today);
  visit.on(Next{});
  visit.expect_wiped();
}

TEST(Rating, RefusedMayBeTriedAgainButNotWhatWasRatedAlready) {
  Visit visit;
  visit.go_to("resident.rating.problem");
  visit.on(Next{});
  ASSERT_NE(visit.asked<rating::Rate>(), nullptr);
  EXPECT_EQ(visit.asked<rating::Rate>()->options, std::vector<std::string>{"213"});
  visit.on(rating::RateRefused{"rated_already"});
  EXPECT_TRUE(visit.said("error.rated_already"));
  visit.on(Next{});
  visit.expect_wiped();
}

TEST(Rating, ChosenAnewForgetsTheReasons) {
  Visit visit;
  visit.go_to("resident.rating.options");
  visit.on(OptionToggled{"213"}).on(Back{}).on(GradeChosen{2});
  EXPECT_TRUE(std::get<rating::Options>(visit.flow.rating()->state()).chosen.empty());
  visit.on(Back{}).on(Back{});
  EXPECT_EQ(visit.name(), "resident.rating.what");
}

TEST(Rating, NeedsACardOrATicket) {
  Visit visit;
  visit.on(Begin{Purpose::rate}).on(MethodChosen{Method::phone});
  EXPECT_EQ(visit.name(), "resident.identify");
  visit.on(MethodChosen{Method::code}).on(CodeSeen{"YZ1:T"}).on(CodeResolved{{}, "A012", {}});
  EXPECT_EQ(visit.name(), "resident.rating.looking");
  ASSERT_NE(visit.asked<rating::LoadRatables>(), nullptr);
  EXPECT_EQ(visit.asked<rating::LoadRatables>()->ticket_number, "A012");
  EXPECT_TRUE(visit.asked<rating::LoadRatables>()->person.number.empty());
}

TEST(Rating, IsOfferedToAFinishedTicketThatIsScanned) {
  Visit visit;
  visit.on(CodeSeen{"YZ1:T"}).on(CodeResolved{{}, "A012", {}}).on(TicketsFound{{}, ratable(12, "card")});
  EXPECT_EQ(visit.name(), "resident.tickets");
  EXPECT_TRUE(visit.said("speech.visit_over"));
  visit.on(RateVisit{});
  EXPECT_EQ(visit.name(), "resident.rating.grade");
  EXPECT_EQ(visit.flow.rating()->what()->subject, uuid(12));
  Visit open;
  open.on(CodeSeen{"YZ1:T"}).on(CodeResolved{{}, "A012", {}}).on(TicketsFound{{ticket_view("A012", 12)}, {}});
  open.on(RateVisit{});
  EXPECT_EQ(open.name(), "resident.tickets") << "its visit is not over";
}

}  // namespace
}  // namespace yizhan::flows

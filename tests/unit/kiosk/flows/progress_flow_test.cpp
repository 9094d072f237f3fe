// My cases: by card and by code, here and at the platform, also while that is away.
#include "shared/domain/cases/case_number.h"
#include "tests/unit/kiosk/flows/visit.h"

namespace yizhan::flows {
namespace {

using namespace resident;
using progress::CasesFound;
using progress::PlatformAnswered;
using progress::PlatformAway;

WallTime at(int hours) { return WallTime(std::chrono::hours(hours)); }

cases::RemoteCase remote(std::string number, cases::State state, WallTime submitted = at(1)) {
  cases::RemoteCase made;
  made.number = std::move(number);
  made.matter = "replace";
  made.state = state;
  made.submitted_at = submitted;
  return made;
}

/// By card, with what this machine has.
void begin(Visit& visit, std::vector<CaseView> cases, std::vector<DraftHead> drafts = {}) {
  visit.on(Begin{Purpose::progress}).on(CardIdentified{zhang_san(), {}}).on(Next{});
  ASSERT_EQ(visit.name(), "resident.progress.looking");
  visit.on(CasesFound{std::move(cases), std::move(drafts)});
}

TEST(Progress, IsAskedForHereAndAtThePlatform) {
  Visit visit;
  visit.on(Begin{Purpose::progress}).on(CardIdentified{zhang_san(), {}}).on(Next{});
  ASSERT_NE(visit.asked<progress::LoadCases>(), nullptr);
  EXPECT_EQ(visit.asked<progress::LoadCases>()->person.number.view(), zhang_san().number.view());
  EXPECT_TRUE(visit.asked<progress::LoadCases>()->code.empty());
  ASSERT_NE(visit.asked<progress::AskPlatform>(), nullptr);
  EXPECT_EQ(visit.asked<progress::AskPlatform>()->person.number.view(), zhang_san().number.view());
}

TEST(Progress, NeedsACardOrACode) {
  for (auto const method : {Method::phone, Method::document, Method::nobody}) {
    Visit visit;
    visit.on(Begin{Purpose::progress}).on(MethodChosen{method});
    EXPECT_EQ(visit.name(), "resident.identify");
    EXPECT_FALSE(visit.flow.offers(method));
  }
}

TEST(Progress, WhatBothKnowIsOneCaseAndTheOthersAreThere) {
  Visit visit;
  auto const mine = case_view("replace", 1);
  begin(visit, {mine});
  EXPECT_EQ(visit.name(), "resident.progress.list");
  EXPECT_EQ(visit.flow.progress()->platform(), progress::Platform::asked);
  auto const same = remote(cases::masked(mine.what.number), cases::State::accepted);
  visit.on(PlatformAnswered{{same, remote("…7654321", cases::State::decided, at(900'000))}, at(900'001)});
  auto const& entries = visit.flow.progress()->entries();
  ASSERT_EQ(entries.size(), 2u);
  EXPECT_FALSE(entries[0].here) << "the newest first";
  ASSERT_TRUE(entries[1].here && entries[1].there);
  EXPECT_EQ(entries[1].state(), cases::State::submitted) << "not delivered yet: what is here is newer";
  EXPECT_EQ(visit.flow.progress()->as_of(), at(900'001));
}

TEST(Progress, ThePlatformDecidesWhatWasDelivered) {
  Visit visit;
  auto mine = case_view("replace", 1);
  mine.delivered = true;
  begin(visit, {mine});
  visit.on(PlatformAnswered{{remote(mine.what.number, cases::State::accepted)}, at(2)});
  EXPECT_EQ(visit.flow.progress()->entries()[0].state(), cases::State::accepted);
}

TEST(Progress, WithThePlatformAwayWhatIsHereIsShownWithItsTime) {
  Visit visit;
  begin(visit, {case_view("replace", 1)});
  visit.on(PlatformAway{"platform_unreachable", at(7)});
  EXPECT_EQ(visit.name(), "resident.progress.list");
  EXPECT_EQ(visit.flow.progress()->platform(), progress::Platform::away);
  EXPECT_EQ(visit.flow.progress()->platform_problem(), "platform_unreachable");
  EXPECT_EQ(visit.flow.progress()->as_of(), at(7));
  EXPECT_EQ(visit.flow.progress()->entries().size(), 1u);
  visit.on(progress::LookAgain{});
  EXPECT_EQ(visit.name(), "resident.progress.looking");
  EXPECT_NE(visit.asked<progress::AskPlatform>(), nullptr);
}

TEST(Progress, NothingHereAndThePlatformAwayIsNotCalledNothing) {
  for (bool const away : {true, false}) {
    Visit visit;
    begin(visit, {});
    EXPECT_FALSE(visit.said("speech.no_case_found")) << "the platform may know one";
    if (away) {
      visit.on(PlatformAway{"platform_unreachable", {}});
      EXPECT_TRUE(visit.said("speech.platform_away"));
    } else {
      visit.on(PlatformAnswered{});
      EXPECT_TRUE(visit.said("speech.no_case_found"));
    }
    EXPECT_EQ(visit.name(), "resident.progress.list");
    visit.on(Next{});
    EXPECT_EQ(visit.name(), "resident.groups");
  }
}

TEST(Progress, ALatePlatformDoesNotChangeTheCaseOneLooksAt) {
  Visit visit;
  begin(visit, {case_view("replace", 1)});
  visit.on(progress::EntryChosen{0});
  visit.on(PlatformAnswered{{remote("…7654321", cases::State::decided, at(900'000))}, at(900'001)});
  ASSERT_EQ(visit.name(), "resident.progress.detail");
  auto const* flow = visit.flow.progress();
  EXPECT_EQ(std::get<progress::Detail>(flow->state()).entry, 1u);
  EXPECT_TRUE(flow->entries()[1].here);
}

TEST(Progress, ByCodeIsOneCaseToLookAtAndNoMore) {
  Visit visit;
  visit.on(CodeSeen{"YZ1:C"}).on(CodeResolved{{}, {}, {}, "YZ1:C"});
  EXPECT_EQ(visit.name(), "resident.progress.looking");
  ASSERT_NE(visit.asked<progress::LoadCases>(), nullptr);
  EXPECT_EQ(visit.asked<progress::LoadCases>()->code, "YZ1:C");
  EXPECT_TRUE(visit.asked<progress::LoadCases>()->person.number.empty());
  visit.on(CasesFound{{asked_view("replace", 1, {"photo"})}, {}});
  EXPECT_EQ(visit.name(), "resident.progress.detail");
  EXPECT_FALSE(visit.flow.progress()->by_card());
  visit.on(progress::SupplementChosen{1});
  EXPECT_EQ(visit.name(), "resident.progress.detail") << "no papers without the card";
  visit.on(progress::WithdrawChosen{}).on(progress::RateChosen{});
  EXPECT_EQ(visit.name(), "resident.progress.detail");
  visit.on(Back{});
  visit.expect_wiped();
}

TEST(Progress, TheCardAfterTheCodeLooksAsItsHolder) {
  Visit visit;
  visit.on(CodeSeen{"YZ1:C"}).on(CodeResolved{{}, {}, {}, "YZ1:C"}).on(CasesFound{{case_view("replace", 1)}, {}});
  visit.on(CardIdentified{wang(), {}});
  EXPECT_EQ(visit.name(), "resident.progress.looking");
  EXPECT_TRUE(visit.flow.progress()->entries().empty()) << "nothing of the code's case is taken along";
  EXPECT_EQ(visit.asked<progress::LoadCases>()->person.number.view(), wang().number.view());
  EXPECT_TRUE(visit.asked<progress::LoadCases>()->code.empty());
}

TEST(Progress, ACodeOfAnotherPersonsOrNoCaseIsTheSameAnswer) {
  Visit visit;
  visit.on(CodeSeen{"YZ1:C"}).on(CodeResolved{{}, {}, {}, "YZ1:C"}).on(progress::CasesRefused{"case_unknown"});
  EXPECT_EQ(visit.name(), "resident.progress.list");
  visit.on(PlatformAnswered{});
  EXPECT_TRUE(visit.said("speech.no_case_found"));
  EXPECT_TRUE(visit.flow.progress()->entries().empty());
}

TEST(Progress, WithdrawsOnlyAfterAQuestionAndOnlyWhatCanBe) {
  Visit visit;
  begin(visit, {case_view("replace", 1)});
  visit.on(progress::EntryChosen{0}).on(progress::WithdrawChosen{});
  EXPECT_EQ(visit.name(), "resident.progress.withdraw");
  EXPECT_EQ(visit.asked<progress::WithdrawCase>(), nullptr);
  visit.on(Next{});
  ASSERT_NE(visit.asked<progress::WithdrawCase>(), nullptr);
  EXPECT_EQ(visit.asked<progress::WithdrawCase>()->case_id, uuid(1));
  EXPECT_TRUE(visit.flow.busy());
  visit.on(Next{}).on(Back{});
  EXPECT_EQ(visit.name(), "resident.progress.withdraw");
  auto gone = case_view("replace", 1);
  gone.what.parts[0].state = cases::State::withdrawn;
  gone.overall = cases::overall(gone.what);
  visit.on(progress::Withdrawn{gone});
  EXPECT_EQ(visit.name(), "resident.progress.detail");
  EXPECT_FALSE(visit.flow.progress()->may_withdraw(visit.flow.progress()->entries()[0]));
  visit.on(progress::WithdrawChosen{});
  EXPECT_EQ(visit.name(), "resident.progress.detail");
}

TEST(Progress, ARefusedWithdrawalSaysWhy) {
  Visit visit;
  visit.go_to("resident.progress.withdraw");
  visit.on(Next{}).on(progress::WithdrawRefused{"case_act_out_of_order"});
  EXPECT_EQ(std::get<progress::Detail>(visit.flow.progress()->state()).problem, "case_act_out_of_order");
  EXPECT_TRUE(visit.said("error.case_act_out_of_order"));
}

TEST(Progress, ADecidedCaseIsRatedOnce) {
  for (bool const rated : {false, true}) {
    auto done = case_view("replace", 1);
    done.what.parts[0].state = cases::State::decided;
    done.what.rated = rated;
    done.overall = cases::overall(done.what);
    Visit visit;
    begin(visit, {done});
    visit.on(progress::EntryChosen{0}).on(progress::RateChosen{});
    EXPECT_EQ(visit.name(), rated ? "resident.progress.detail" : "resident.rating.grade");
  }
}

TEST(Progress, ADraftGoesOnAndComesBack) {
  Visit visit;
  begin(visit, {}, {{uuid(60), "replace", at(1)}, {uuid(61), "abolished", at(1)}});
  visit.on(progress::DraftChosen{uuid(60)});
  EXPECT_EQ(visit.name(), "resident.matter.looking");
  ASSERT_NE(visit.asked<matter::OpenDraft>(), nullptr);
  EXPECT_EQ(visit.asked<matter::OpenDraft>()->draft, uuid(60));
  visit.on(matter::DraftsRefused{"draft_unknown"}).on(Next{});
  EXPECT_EQ(visit.name(), "resident.progress.list");
  visit.on(progress::DraftChosen{uuid(61)});
  EXPECT_EQ(visit.state<Problem>().code, "service_unknown");
}

TEST(Progress, PromisedPapersAreBroughtToo) {
  auto later = case_view("replace", 1);
  later.what.parts[0].state = cases::State::accepted;
  later.what.parts[0].promised_materials = {"proof"};
  later.overall = cases::overall(later.what);
  Visit visit;
  begin(visit, {later});
  visit.on(progress::EntryChosen{0}).on(progress::SupplementChosen{1});
  ASSERT_EQ(visit.name(), "resident.matter.materials");
  ASSERT_EQ(visit.flow.matter()->rows().size(), 1u);
  EXPECT_EQ(visit.flow.matter()->rows()[0].material.id, "proof");
}

TEST(Progress, AnotherPersonsCardShowsNothingOfTheFirst) {
  Visit visit;
  begin(visit, {case_view("replace", 1)});
  visit.on(CardIdentified{wang(), {}});
  EXPECT_EQ(visit.name(), "resident.other_person");
  visit.on(PlatformAnswered{{remote("…1", cases::State::decided)}, at(1)}).on(SwitchPerson{});
  EXPECT_EQ(visit.flow.progress(), nullptr);
  visit.on(CasesFound{{case_view("replace", 1)}, {}});
  EXPECT_EQ(visit.name(), "resident.recognised") << "a late answer is nobody's";
}

}  // namespace
}  // namespace yizhan::flows

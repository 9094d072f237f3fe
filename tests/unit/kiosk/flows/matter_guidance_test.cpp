// From a chosen matter to its notice: questions, where it can be done, who may not queue, whose card applies.
#include "tests/unit/kiosk/flows/visit.h"

namespace yizhan::flows {
namespace {

using namespace resident;
using matter::AnswerChosen;
using matter::ApplyHere;

identity::Person from_beijing() {
  return {identity::DocumentKind::id_card, SecretText("110101199003070011"), SecretText("李四"), "1990",
          identity::Verification::card_read};
}

/// A person at a matter's first page.
void begin(Visit& visit, std::string matter, identity::Person person = zhang_san()) {
  visit.on(CardIdentified{std::move(person), {}}).on(Next{}).on(ServiceChosen{std::move(matter)});
  ASSERT_EQ(visit.name(), "resident.matter.about");
}

TEST(MatterGuidance, AsksOneQuestionAtATimeUntilTheNotice) {
  Visit visit;
  begin(visit, "replace");
  visit.on(Next{});
  EXPECT_EQ(visit.matter<matter::Asking>().question, "who");
  visit.on(AnswerChosen{"who", "self"});
  EXPECT_EQ(visit.matter<matter::Asking>().question, "how");
  EXPECT_EQ(visit.flow.matter()->question_place(), (std::pair<std::size_t, std::size_t>{2, 2}));
  visit.on(AnswerChosen{"how", "lost"});
  EXPECT_EQ(visit.name(), "resident.matter.notice");
  EXPECT_TRUE(visit.said("speech.matter.here"));
  EXPECT_TRUE(visit.flow.matter()->can_apply());
  EXPECT_EQ(visit.flow.matter()->verdict().materials.size(), 4u);
}

TEST(MatterGuidance, WithoutQuestionsTheNoticeComesAtOnce) {
  Visit visit;
  begin(visit, "card");
  visit.on(Next{});
  EXPECT_EQ(visit.name(), "resident.matter.notice");
  EXPECT_FALSE(visit.flow.matter()->can_apply()) << "no form, no kiosk among its places";
  visit.on(ApplyHere{});
  EXPECT_EQ(visit.name(), "resident.matter.notice");
}

TEST(MatterGuidance, AnAnswerTakenBackTakesTheLaterOnesWithIt) {
  Visit visit;
  begin(visit, "replace");
  visit.on(Next{}).on(AnswerChosen{"who", "self"}).on(AnswerChosen{"how", "lost"}).on(Back{}).on(Back{});
  EXPECT_EQ(visit.matter<matter::Asking>().question, "who");
  EXPECT_EQ(visit.flow.matter()->answer("who"), "self");
  visit.on(Next{});
  EXPECT_EQ(visit.matter<matter::Asking>().question, "how") << "the answer that stands goes on";
  EXPECT_EQ(visit.flow.matter()->answer("how"), "");
  visit.on(Back{}).on(AnswerChosen{"who", "agent"});
  EXPECT_EQ(visit.name(), "resident.matter.notice");
}

TEST(MatterGuidance, UnknownAnswersAndAnswersToOtherQuestionsChangeNothing) {
  Visit visit;
  begin(visit, "replace");
  visit.on(Next{}).on(AnswerChosen{"how", "lost"}).on(AnswerChosen{"who", "nobody"}).on(Next{});
  EXPECT_EQ(visit.matter<matter::Asking>().question, "who");
  EXPECT_EQ(visit.flow.matter()->answer("who"), "");
}

TEST(MatterGuidance, WhoIsNotEligibleHearsWhyAndMayNotQueue) {
  Visit visit;
  begin(visit, "replace");
  visit.on(Next{}).on(AnswerChosen{"who", "agent"});
  EXPECT_TRUE(visit.said("speech.matter.not_eligible"));
  auto const& verdict = visit.flow.matter()->verdict();
  EXPECT_FALSE(verdict.eligible);
  ASSERT_NE(verdict.outcome, nullptr);
  EXPECT_EQ(verdict.outcome->instead.en, "Come yourself");
  visit.on(matter::TakeTicket{}).on(ApplyHere{});
  EXPECT_EQ(visit.name(), "resident.matter.notice");
  EXPECT_EQ(visit.flow.matter()->instead(), "join");
  visit.on(matter::InsteadChosen{});
  EXPECT_EQ(visit.name(), "resident.matter.about");
  EXPECT_EQ(visit.flow.matter()->code(), "join");
}

TEST(MatterGuidance, NotHereNamesWhere) {
  Visit visit;
  begin(visit, "replace", from_beijing());
  visit.on(Next{}).on(AnswerChosen{"who", "self"}).on(AnswerChosen{"how", "lost"});
  EXPECT_TRUE(visit.said("speech.matter.elsewhere"));
  auto const& verdict = visit.flow.matter()->verdict();
  EXPECT_TRUE(verdict.eligible);
  ASSERT_EQ(verdict.places.size(), 1u);
  EXPECT_EQ(verdict.places[0]->channel, catalog::Channel::community);
  visit.on(matter::TakeTicket{});
  EXPECT_EQ(visit.name(), "resident.matter.notice") << "nobody queues for what is not done at a counter";
  visit.on(ApplyHere{});
  EXPECT_EQ(visit.name(), "resident.matter.notice");
  visit.on(Next{});
  EXPECT_EQ(visit.name(), "resident.groups") << "nothing to do here: other services";
}

TEST(MatterGuidance, WhatIsDoneByPhoneOnlyHasNoTicket) {
  Visit visit;
  begin(visit, "hotline");
  visit.on(matter::TakeTicket{});
  EXPECT_EQ(visit.name(), "resident.matter.about");
  visit.on(Next{});
  EXPECT_FALSE(visit.flow.matter()->can_take_ticket());
}

TEST(MatterGuidance, ATicketWithoutQuestionsIsOneTap) {
  Visit visit;
  begin(visit, "card");
  visit.on(matter::TakeTicket{});
  EXPECT_EQ(visit.name(), "resident.confirm");
  EXPECT_EQ(visit.state<Confirm>().service, "card");
  visit.on(Back{});
  EXPECT_EQ(visit.name(), "resident.matter.about");
  visit.on(Next{}).on(Next{});
  EXPECT_EQ(visit.name(), "resident.confirm") << "also from the notice";
  visit.on(Back{});
  EXPECT_EQ(visit.name(), "resident.matter.notice");
}

TEST(MatterGuidance, ATicketIsGivenOnlyAfterTheQuestionsThatDecideIt) {
  Visit visit;
  begin(visit, "replace");
  visit.on(matter::TakeTicket{});
  EXPECT_EQ(visit.matter<matter::Asking>().question, "who");
  visit.on(AnswerChosen{"who", "self"}).on(AnswerChosen{"how", "lost"});
  EXPECT_EQ(visit.name(), "resident.confirm");
  Visit other;
  begin(other, "replace");
  other.on(matter::TakeTicket{}).on(AnswerChosen{"who", "agent"});
  EXPECT_EQ(other.name(), "resident.matter.notice");
  EXPECT_TRUE(other.said("speech.matter.not_eligible"));
}

TEST(MatterGuidance, QuestionsThatDecideNothingAboutTheCounterAreNotAskedBeforeATicket) {
  Visit visit;
  begin(visit, "join");
  visit.on(matter::TakeTicket{});
  EXPECT_EQ(visit.name(), "resident.confirm");
  visit.on(Back{}).on(Next{});
  EXPECT_EQ(visit.name(), "resident.matter.question") << "whoever wants to know is asked";
}

TEST(MatterGuidance, TheNoticeIsPrintedAsSlipAndAsDocument) {
  Visit visit;
  visit.go_to("resident.matter.notice");
  visit.on(matter::PrintChosen{matter::Paper::notice_slip});
  ASSERT_NE(visit.asked<matter::PrintPaper>(), nullptr);
  visit.on(matter::PrintChosen{matter::Paper::notice_slip});
  EXPECT_EQ(visit.asked<matter::PrintPaper>(), nullptr) << "one at a time";
  visit.on(matter::PaperPrinted{matter::Paper::notice_slip});
  EXPECT_EQ(visit.matter<matter::Notice>().slip, Printing::printed);
  visit.on(matter::PrintChosen{matter::Paper::notice_document});
  visit.on(matter::PaperRefused{matter::Paper::notice_document, "tray_empty", false});
  EXPECT_EQ(visit.matter<matter::Notice>().document, Printing::failed);
  EXPECT_EQ(visit.matter<matter::Notice>().document_problem, "tray_empty");
  EXPECT_TRUE(visit.matter<matter::Notice>().problem.empty()) << "the slip came out";
  EXPECT_TRUE(visit.said("error.tray_empty"));
  visit.on(matter::PrintChosen{matter::Paper::receipt_slip});
  EXPECT_EQ(visit.asked<matter::PrintPaper>(), nullptr) << "there is no receipt yet";
}

TEST(MatterGuidance, WithoutADocumentPrinterThereIsTheSlip) {
  Visit visit;
  visit.flow.document_printer_usable = false;
  visit.go_to("resident.matter.notice");
  visit.on(matter::PrintChosen{matter::Paper::notice_document});
  EXPECT_EQ(visit.asked<matter::PrintPaper>(), nullptr);
}

// --- the card that applies ------------------------------------------------------------------------------------------

TEST(MatterCard, WhoTypedOrSaidNothingIsAskedForTheCard) {
  Visit visit;
  visit.go_to("resident.matter.need_card");
  EXPECT_TRUE(visit.said("speech.present_card"));
  visit.on(CardSeen{});
  EXPECT_EQ(visit.name(), "resident.matter.need_card.reading");
  visit.on(CardRefused{"card_unreadable"});
  EXPECT_EQ(visit.name(), "resident.matter.need_card.problem");
  visit.on(CardIdentified{zhang_san(), {}});
  EXPECT_EQ(visit.name(), "resident.matter.looking");
  ASSERT_NE(visit.asked<matter::LoadDrafts>(), nullptr);
  EXPECT_EQ(visit.asked<matter::LoadDrafts>()->person.number.view(), zhang_san().number.view());
  EXPECT_EQ(visit.asked<matter::LoadDrafts>()->matter, "replace");
  EXPECT_NE(visit.asked<matter::AskOnFile>(), nullptr);
}

TEST(MatterCard, AskedForItReplacesWhatWasTyped) {
  Visit visit;
  visit.on(Begin{}).on(MethodChosen{Method::phone}).on(Edited{SecretText("13800000000")}).on(Next{});
  visit.on(ServiceChosen{"replace"}).on(Next{}).on(AnswerChosen{"who", "self"}).on(AnswerChosen{"how", "lost"});
  visit.on(ApplyHere{});
  EXPECT_EQ(visit.name(), "resident.matter.need_card");
  visit.on(CardIdentified{zhang_san(), {}});
  EXPECT_EQ(visit.name(), "resident.matter.looking") << "a phone number is not another person";
  EXPECT_EQ(visit.flow.person()->verification, identity::Verification::card_read);
}

TEST(MatterCard, MayCloseTheWay) {
  Visit visit;
  visit.go_to("resident.matter.need_card");
  visit.on(CardIdentified{from_beijing(), {}});
  EXPECT_EQ(visit.name(), "resident.matter.notice");
  EXPECT_TRUE(visit.said("speech.matter.elsewhere"));
  EXPECT_EQ(visit.asked<matter::LoadDrafts>(), nullptr);
}

TEST(MatterCard, NamesWhoeverSaidNobodyWithoutLosingThePage) {
  Visit visit;
  visit.on(Begin{}).on(MethodChosen{Method::nobody}).on(ServiceChosen{"replace"}).on(Next{});
  visit.on(CardIdentified{zhang_san(), {}});
  EXPECT_EQ(visit.name(), "resident.matter.question");
  EXPECT_EQ(visit.flow.person()->number.view(), zhang_san().number.view());
  EXPECT_EQ(visit.flow.matter()->facts().data["person"]["verified"], true);
}

TEST(MatterCard, WhoHasNoneTakesATicketInstead) {
  Visit visit;
  visit.go_to("resident.matter.need_card");
  visit.on(matter::TakeTicket{});
  EXPECT_EQ(visit.name(), "resident.confirm");
}

TEST(MatterCard, WithoutAHallKeyNobodyAppliesHere) {
  Visit visit;
  visit.flow.applications_possible = false;
  begin(visit, "replace");
  visit.on(Next{}).on(AnswerChosen{"who", "self"}).on(AnswerChosen{"how", "lost"});
  EXPECT_FALSE(visit.flow.matter()->can_apply());
  EXPECT_TRUE(visit.flow.matter()->can_take_ticket());
}

// --- choosing -------------------------------------------------------------------------------------------------------

TEST(ResidentChoice, ByLifeEventAndAudienceAndBack) {
  Visit visit;
  visit.go_to("resident.groups");
  visit.on(FindByChosen{FindBy::life_events});
  EXPECT_EQ(visit.flow.groups(FindBy::life_events).size(), 2u);
  visit.on(GroupChosen{"birth"});
  auto const listed = visit.flow.listed(visit.state<ChooseService>());
  ASSERT_EQ(listed.size(), 1u);
  EXPECT_EQ(listed[0].code(), "newborn");
  visit.on(ServiceChosen{"newborn"});
  EXPECT_EQ(visit.name(), "resident.matter.about");
  visit.on(Back{});
  EXPECT_EQ(visit.state<ChooseService>().group, "birth");
  visit.on(Back{});
  EXPECT_EQ(visit.state<ChooseGroup>().by, FindBy::life_events);
}

TEST(ResidentChoice, TheCatalogueChangesOnlyBetweenVisits) {
  Visit visit;
  auto other = std::make_shared<catalog::Catalog>(*small_catalog());
  other->version = 8;
  visit.on(Begin{});
  EXPECT_FALSE(visit.flow.use_catalog(other));
  EXPECT_EQ(visit.flow.catalog().version, 7);
  visit.on(Leave{});
  EXPECT_TRUE(visit.flow.use_catalog(other));
  EXPECT_EQ(visit.flow.catalog().version, 8);
}

}  // namespace
}  // namespace yizhan::flows

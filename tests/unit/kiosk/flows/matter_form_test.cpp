// Drafts, and the form section by section.
#include "tests/unit/kiosk/flows/visit.h"

namespace yizhan::flows {
namespace {

using namespace resident;
using matter::AnswerChosen;
using matter::FieldChosen;
using matter::FieldEdited;
using matter::FormPage;

cases::Draft stored_draft() {
  cases::Draft draft;
  draft.id = uuid(60);
  draft.matter = "replace";
  draft.catalog_version = 7;
  draft.answers = {{"who", "self"}, {"how", "broken"}};
  draft.fields = {{"phone", "13800000000"}, {"damage", "折断"}};
  draft.section = "delivery";
  return draft;
}

TEST(MatterForm, IsFilledFromTheCardAndWhatTheCardSaysStays) {
  Visit visit;
  visit.go_to("resident.matter.form.applicant");
  auto const* form = visit.flow.matter()->form();
  ASSERT_NE(form, nullptr);
  EXPECT_EQ(form->value("name"), "张三");
  EXPECT_EQ(form->value("number"), "420106199003070016");
  visit.on(FieldEdited{"name", "李四"}).on(FieldChosen{"name"});
  EXPECT_EQ(visit.flow.matter()->form()->value("name"), "张三");
  EXPECT_EQ(visit.matter<FormPage>().field, "");
}

TEST(MatterForm, WhatIsWrongStandsBesideTheFieldUntilItIsChanged) {
  Visit visit;
  visit.go_to("resident.matter.form.applicant");
  visit.on(FieldEdited{"phone", "138"}).on(Next{});
  EXPECT_EQ(visit.name(), "resident.matter.form.applicant");
  ASSERT_EQ(visit.matter<FormPage>().problems.size(), 1u);
  EXPECT_EQ(visit.matter<FormPage>().problems[0].field, "phone");
  EXPECT_EQ(visit.matter<FormPage>().problems[0].code, "phone");
  EXPECT_TRUE(visit.said("speech.form_problems"));
  visit.on(FieldEdited{"phone", "13800000000"});
  EXPECT_TRUE(visit.matter<FormPage>().problems.empty());
  visit.on(Next{});
  EXPECT_EQ(visit.name(), "resident.matter.form.delivery");
}

TEST(MatterForm, FieldsOfOtherSectionsAndHiddenOnesAreNotReached) {
  Visit visit;
  visit.go_to("resident.matter.form.delivery");
  visit.on(FieldEdited{"phone", "13911111111"}).on(FieldChosen{"phone"}).on(FieldEdited{"address", "x"});
  EXPECT_EQ(visit.flow.matter()->form()->value("phone"), "13800000000");
  EXPECT_EQ(visit.matter<FormPage>().field, "");
  EXPECT_TRUE(visit.flow.matter()->form()->value("address").is_null());
  visit.on(FieldEdited{"way", "mail"}).on(FieldChosen{"address"}).on(FieldEdited{"address", "中南路 1 号"});
  EXPECT_EQ(visit.matter<FormPage>().field, "address");
  EXPECT_EQ(visit.flow.matter()->form()->value("address"), "中南路 1 号");
}

TEST(MatterForm, SectionsThatDoNotApplyAreLeftOutBothWays) {
  Visit visit;
  visit.go_to("resident.matter.form.delivery");
  visit.on(Back{});
  EXPECT_EQ(visit.name(), "resident.matter.form.applicant") << "nothing is broken";
  visit.on(Back{});
  ASSERT_EQ(visit.name(), "resident.matter.notice");
  visit.on(Back{}).on(AnswerChosen{"how", "broken"}).on(matter::ApplyHere{});
  EXPECT_EQ(visit.name(), "resident.matter.form.applicant") << "where it was left, without looking for drafts again";
  EXPECT_EQ(visit.flow.matter()->form()->value("phone"), "13800000000");
  visit.on(Next{});
  EXPECT_EQ(visit.name(), "resident.matter.form.broken");
}

TEST(MatterDraft, IsStoredAfterEverySection) {
  Visit visit;
  visit.go_to("resident.matter.form.applicant");
  visit.on(FieldEdited{"phone", "13800000000"});
  EXPECT_EQ(visit.asked<matter::SaveDraft>(), nullptr) << "not for every key";
  visit.on(Next{});
  auto const* last = [&]() -> matter::SaveDraft const* {
    matter::SaveDraft const* found = nullptr;
    for (auto const& effect : visit.effects) {
      auto const* part = std::get_if<matter::Effect>(&effect);
      if (part != nullptr && std::holds_alternative<matter::SaveDraft>(*part))
        found = &std::get<matter::SaveDraft>(*part);
    }
    return found;
  }();
  ASSERT_NE(last, nullptr);
  EXPECT_EQ(last->person.number.view(), zhang_san().number.view());
  EXPECT_EQ(last->draft.id, uuid(201));
  EXPECT_EQ(last->draft.matter, "replace");
  EXPECT_EQ(last->draft.catalog_version, 7);
  EXPECT_EQ(last->draft.answers, (nlohmann::json{{"who", "self"}, {"how", "lost"}}));
  EXPECT_EQ(last->draft.fields["phone"], "13800000000");
  EXPECT_EQ(last->draft.section, "delivery") << "where the resident is now";
}

TEST(MatterDraft, IsStoredWhenTheNextFieldIsChosen) {
  Visit visit;
  visit.go_to("resident.matter.form.applicant");
  visit.on(FieldChosen{"phone"});
  EXPECT_EQ(visit.asked<matter::SaveDraft>(), nullptr) << "nothing has changed";
  visit.on(FieldEdited{"phone", "13800000000"}).on(FieldChosen{""});
  EXPECT_NE(visit.asked<matter::SaveDraft>(), nullptr);
}

TEST(MatterDraft, IsStoredWhenItsOwnerWalksAwayOrAnotherComes) {
  for (bool const other : {false, true}) {
    Visit visit;
    visit.go_to("resident.matter.form.applicant");
    visit.on(FieldEdited{"phone", "13800000000"});
    if (other) {
      visit.on(CardIdentified{wang(), {}}).on(SwitchPerson{});
    } else {
      visit.on(Leave{});
    }
    auto const* saved = visit.asked<matter::SaveDraft>();
    ASSERT_NE(saved, nullptr);
    EXPECT_EQ(saved->person.number.view(), zhang_san().number.view()) << "for its owner";
    EXPECT_EQ(saved->draft.fields["phone"], "13800000000");
    EXPECT_LT(visit.place_of<matter::Effect>(), visit.place_of<Wipe>());
  }
  Visit looked;
  looked.go_to("resident.matter.form.applicant");
  looked.on(Leave{});
  EXPECT_EQ(looked.asked<matter::SaveDraft>(), nullptr) << "who only looked leaves no draft";
}

TEST(MatterDraft, AFullDiskIsSaidOnceAndTheFormGoesOnInMemory) {
  Visit visit;
  visit.go_to("resident.matter.form.delivery");
  visit.on(matter::DraftRefused{"disk_full"});
  EXPECT_EQ(visit.name(), "resident.matter.form.delivery");
  EXPECT_EQ(visit.flow.matter()->draft_problem(), "disk_full");
  EXPECT_TRUE(visit.said("error.disk_full"));
  visit.on(FieldEdited{"way", "pick"}).on(Next{});
  EXPECT_NE(visit.asked<matter::SaveDraft>(), nullptr) << "tried again with the next change";
  visit.on(matter::DraftRefused{"disk_full"});
  EXPECT_FALSE(visit.said("error.disk_full"));
  EXPECT_EQ(visit.flow.matter()->draft().fields["phone"], "13800000000");
  visit.on(matter::DraftSaved{});
  EXPECT_EQ(visit.flow.matter()->draft_problem(), "");
}

TEST(MatterDraft, IsContinuedWhereItWasLeft) {
  Visit visit;
  visit.go_to("resident.matter.draft");
  EXPECT_TRUE(visit.said("speech.draft_found"));
  visit.on(Next{});
  ASSERT_NE(visit.asked<matter::OpenDraft>(), nullptr);
  EXPECT_EQ(visit.asked<matter::OpenDraft>()->draft, uuid(60));
  EXPECT_EQ(visit.asked<matter::OpenDraft>()->person.number.view(), zhang_san().number.view());
  visit.on(matter::DraftOpened{stored_draft()});
  EXPECT_EQ(visit.name(), "resident.matter.form.delivery");
  auto const draft = visit.flow.matter()->draft();
  EXPECT_EQ(draft.id, uuid(60));
  EXPECT_EQ(draft.answers["how"], "broken") << "its own answers, not those given on the way to it";
  EXPECT_EQ(draft.fields["phone"], "13800000000");
  EXPECT_EQ(draft.fields["damage"], "折断");
  EXPECT_EQ(draft.fields["name"], "张三");
}

TEST(MatterDraft, OfAnotherCatalogueIsAskedWhatIsNew) {
  Visit visit;
  visit.go_to("resident.matter.draft");
  auto draft = stored_draft();
  draft.answers.erase("how");
  draft.fields["gone"] = "x";
  draft.section = "gone";
  visit.on(Next{}).on(matter::DraftOpened{std::move(draft)});
  EXPECT_EQ(visit.matter<matter::Asking>().question, "how");
  visit.on(AnswerChosen{"how", "lost"}).on(matter::ApplyHere{});
  EXPECT_EQ(visit.name(), "resident.matter.form.applicant") << "its section is gone: from the first one";
  EXPECT_EQ(visit.flow.matter()->draft().id, uuid(60));
  EXPECT_FALSE(visit.flow.matter()->draft().fields.contains("gone"));
  EXPECT_EQ(visit.flow.matter()->draft().fields["phone"], "13800000000");
}

TEST(MatterDraft, BegunAnewIsDropped) {
  Visit visit;
  visit.go_to("resident.matter.draft");
  visit.on(matter::BeginAnew{});
  ASSERT_NE(visit.asked<matter::DiscardDraft>(), nullptr);
  EXPECT_EQ(visit.asked<matter::DiscardDraft>()->draft, uuid(60));
  EXPECT_EQ(visit.name(), "resident.matter.form.applicant");
  EXPECT_NE(visit.flow.matter()->draft().id, uuid(60));
}

TEST(MatterDraft, TheNewestOfThisMatterIsOffered) {
  Visit visit;
  visit.go_to("resident.matter.looking");
  auto const at = [](int hours) { return WallTime(std::chrono::hours(hours)); };
  visit.on(
      matter::DraftsFound{{{uuid(61), "replace", at(1)}, {uuid(62), "replace", at(3)}, {uuid(63), "join", at(9)}}, {}});
  EXPECT_EQ(visit.matter<matter::DraftFound>().draft->id, uuid(62));
}

TEST(MatterDraft, SubmittedBeforeTheReceiptCameIsTheReceiptNow) {
  Visit visit;
  visit.go_to("resident.matter.draft.submitted");
  EXPECT_TRUE(visit.said("speech.submitted_before"));
  visit.on(Next{});
  EXPECT_EQ(visit.name(), "resident.matter.receipt");
  EXPECT_TRUE(visit.matter<matter::Receipt>().repeated);
  EXPECT_EQ(visit.asked<matter::Submit>(), nullptr) << "no second case";
  EXPECT_EQ(visit.matter<matter::Receipt>().view.what.id, uuid(1));
}

TEST(MatterDraft, ThatIsGoneMeanwhileEndsClearly) {
  Visit visit;
  visit.go_to("resident.matter.draft");
  visit.on(Next{}).on(matter::DraftsRefused{"draft_unknown"});
  EXPECT_EQ(visit.matter<matter::Problem>().retry, matter::Problem::Retry::none);
  EXPECT_TRUE(visit.said("error.draft_unknown"));
  visit.on(Next{});
  EXPECT_EQ(visit.name(), "resident.groups");
}

TEST(MatterDraft, AStoreThatFailsIsAskedAgain) {
  Visit visit;
  visit.go_to("resident.matter.looking");
  visit.on(matter::DraftsRefused{"store_failed"});
  EXPECT_EQ(visit.name(), "resident.matter.problem");
  visit.on(Next{});
  EXPECT_NE(visit.asked<matter::LoadDrafts>(), nullptr);
  visit.on(matter::DraftsFound{{{uuid(60), "replace", {}}}, {}}).on(Next{}).on(matter::DraftsRefused{"store_failed"});
  visit.on(Next{});
  ASSERT_NE(visit.asked<matter::OpenDraft>(), nullptr) << "the draft that was chosen";
  EXPECT_EQ(visit.asked<matter::OpenDraft>()->draft, uuid(60));
  visit.on(matter::DraftsRefused{"store_failed"}).on(Back{});
  EXPECT_EQ(visit.name(), "resident.matter.about");
}

// --- another card in the middle of it ---------------------------------------------------------------------------------

TEST(MatterCards, AnotherPersonsAsksAndTheFormIsStillThere) {
  Visit visit;
  visit.go_to("resident.matter.form.delivery");
  visit.on(CardIdentified{wang(), {}});
  EXPECT_EQ(visit.name(), "resident.other_person");
  visit.on(matter::DraftSaved{});
  EXPECT_EQ(visit.name(), "resident.other_person");
  visit.on(KeepPerson{});
  EXPECT_EQ(visit.name(), "resident.matter.form.delivery");
  EXPECT_EQ(visit.flow.matter()->draft().fields["phone"], "13800000000");
  EXPECT_EQ(visit.flow.matter()->draft().fields["name"], "张三");
}

TEST(MatterCards, TheOtherPersonSeesNothingOfTheForm) {
  Visit visit;
  visit.go_to("resident.matter.form.delivery");
  visit.on(CardIdentified{wang(), {}}).on(SwitchPerson{});
  EXPECT_EQ(visit.flow.matter(), nullptr);
  EXPECT_NE(visit.asked<Wipe>(), nullptr);
  EXPECT_LT(visit.place_of<Wipe>(), visit.place_of<Speak>()) << "wiped before the other is greeted";
  EXPECT_EQ(visit.asked<matter::DiscardDraft>(), nullptr) << "the draft stays stored, for its owner";
  visit.on(Next{}).on(ServiceChosen{"replace"}).on(Next{}).on(AnswerChosen{"who", "self"});
  visit.on(AnswerChosen{"how", "lost"}).on(matter::ApplyHere{});
  ASSERT_NE(visit.asked<matter::LoadDrafts>(), nullptr);
  EXPECT_EQ(visit.asked<matter::LoadDrafts>()->person.number.view(), wang().number.view());
  visit.on(matter::DraftsFound{});
  EXPECT_EQ(visit.flow.matter()->form()->value("name"), "王秀英");
  EXPECT_TRUE(visit.flow.matter()->form()->value("phone").is_null());
}

TEST(MatterCards, TheSameCardGoesOn) {
  for (auto const state : k_matter_states) {
    if (state.starts_with("resident.matter.need_card")) continue;
    Visit visit;
    visit.go_to(state);
    ASSERT_EQ(visit.name(), state);
    visit.on(CardIdentified{zhang_san(), {}});
    EXPECT_EQ(visit.name(), state);
    EXPECT_EQ(visit.asked<Wipe>(), nullptr) << state;
  }
}

TEST(MatterCards, AnotherPersonsWaitsWhileSomethingIsCommitted) {
  for (auto const state :
       {"resident.matter.composing", "resident.matter.submitting", "resident.matter.capture.checking"}) {
    Visit visit;
    visit.go_to(state);
    EXPECT_TRUE(visit.flow.busy()) << state;
    visit.on(CardIdentified{wang(), {}});
    EXPECT_EQ(visit.name(), state);
    EXPECT_TRUE(visit.effects.empty()) << state;
  }
}

TEST(MatterCards, LeavingTheCameraTurnsItOff) {
  Visit visit;
  visit.go_to("resident.matter.capture.accept");
  visit.on(Leave{});
  EXPECT_NE(visit.asked<matter::StopDocumentCamera>(), nullptr);
  visit.expect_wiped();
}

}  // namespace
}  // namespace yizhan::flows

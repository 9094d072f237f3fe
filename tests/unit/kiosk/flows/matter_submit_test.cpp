// Review, signature, submission, receipt; a bundle from end to end.
#include "tests/unit/kiosk/flows/visit.h"

namespace yizhan::flows {
namespace {

using namespace resident;

std::string sha(char c) { return std::string(64, c); }

std::vector<std::string> held(cases::Draft const& draft) {
  std::vector<std::string> ids;
  for (auto const& one : draft.materials) ids.push_back(one.material);
  return ids;
}

// --- review -----------------------------------------------------------------------------------------------------------

TEST(MatterReview, LeadsToASectionAndBackToItself) {
  Visit visit;
  visit.go_to("resident.matter.review");
  visit.on(matter::SectionChosen{"applicant"});
  EXPECT_EQ(visit.name(), "resident.matter.form.applicant");
  visit.on(matter::FieldEdited{"phone", "13911111111"}).on(Next{});
  EXPECT_EQ(visit.name(), "resident.matter.review");
  visit.on(matter::MaterialsChosen{}).on(matter::RemoveChosen{"photo"}).on(Back{});
  EXPECT_EQ(visit.name(), "resident.matter.review");
  visit.on(Next{});
  EXPECT_EQ(visit.name(), "resident.matter.review");
  EXPECT_EQ(visit.matter<matter::Review>().missing, std::vector<std::string>{"photo"});
}

TEST(MatterReview, NamesEveryProblemOfEverySection) {
  Visit visit;
  visit.go_to("resident.matter.review");
  visit.on(matter::SectionChosen{"applicant"}).on(matter::FieldEdited{"phone", ""}).on(Back{});
  visit.on(matter::SectionChosen{"delivery"}).on(matter::FieldEdited{"way", "mail"}).on(Back{}).on(Next{});
  EXPECT_EQ(visit.name(), "resident.matter.review");
  ASSERT_EQ(visit.matter<matter::Review>().problems.size(), 2u);
  EXPECT_EQ(visit.matter<matter::Review>().problems[0].field, "phone");
  EXPECT_EQ(visit.matter<matter::Review>().problems[1].field, "address");
  EXPECT_EQ(visit.asked<matter::ComposeDocument>(), nullptr);
}

// --- signature ----------------------------------------------------------------------------------------------------------

TEST(MatterSign, IsBoundToExactlyTheDocumentShown) {
  Visit visit;
  visit.go_to("resident.matter.review");
  visit.on(Next{});
  ASSERT_NE(visit.asked<matter::ComposeDocument>(), nullptr);
  EXPECT_EQ(held(visit.asked<matter::ComposeDocument>()->draft),
            (std::vector<std::string>{"id_card", "photo", "proof"}));
  visit.on(matter::DocumentReady{sha('d'), 1});
  auto foreign = signature();
  foreign.document = sha('x');
  visit.on(matter::SignatureChanged{foreign}).on(Next{});
  auto const* submit = visit.asked<matter::Submit>();
  ASSERT_NE(submit, nullptr);
  EXPECT_EQ(submit->document, sha('d'));
  EXPECT_EQ(submit->signature.document, sha('d'));
  EXPECT_EQ(submit->signature.strokes.size(), 2u);
  EXPECT_EQ(submit->applicant.number.view(), zhang_san().number.view());
  EXPECT_EQ(submit->catalog, visit.flow.shared_catalog());
  EXPECT_EQ(submit->draft.id, uuid(201));
}

TEST(MatterSign, EveryPageIsShownBeforeOneSigns) {
  Visit visit;
  visit.go_to("resident.matter.composing");
  visit.on(matter::DocumentReady{sha('d'), 3}).on(matter::SignatureChanged{signature()}).on(Next{});
  EXPECT_EQ(visit.matter<matter::Sign>().problem, "document_not_seen");
  visit.on(matter::PageTurned{2}).on(Next{});
  EXPECT_EQ(visit.name(), "resident.matter.sign") << "a jump to the end shows nothing of the middle";
  visit.on(matter::PageTurned{7});
  EXPECT_EQ(visit.matter<matter::Sign>().page, 2u);
  visit.on(matter::PageTurned{1}).on(matter::PageTurned{2}).on(Next{});
  EXPECT_EQ(visit.name(), "resident.matter.submitting");
}

TEST(MatterSign, ADotIsNoSignature) {
  for (int kind = 0; kind < 3; ++kind) {
    auto made = signature();
    if (kind == 0) made.strokes.clear();
    if (kind == 1) made.strokes = {{{1'000, 1'000, 0}}};
    if (kind == 2)
      made.strokes = {{{1'000, 1'000, 0},
                       {9'000, 1'000, 9},
                       {1'000, 1'000, 20},
                       {9'000, 1'000, 30},
                       {1'000, 1'000, 40},
                       {9'000, 1'000, 50}}};  // 40 mm, but only 8 mm wide
    Visit visit;
    visit.go_to("resident.matter.sign");
    visit.on(matter::SignatureChanged{made}).on(Next{});
    EXPECT_EQ(visit.matter<matter::Sign>().problem, "signature_too_short") << kind;
    EXPECT_TRUE(visit.said("error.signature_too_short"));
    EXPECT_EQ(visit.asked<matter::Submit>(), nullptr);
  }
}

TEST(MatterSign, WhoCannotSignThereTakesATicket) {
  Visit visit;
  visit.go_to("resident.matter.sign");
  visit.on(matter::TakeTicket{});
  EXPECT_EQ(visit.name(), "resident.confirm");
  EXPECT_EQ(visit.asked<matter::DiscardDraft>(), nullptr);
  visit.on(Back{});
  EXPECT_EQ(visit.name(), "resident.matter.sign");
}

TEST(MatterSign, ClearedOrLeftIsGone) {
  Visit visit;
  visit.go_to("resident.matter.sign");
  visit.on(matter::SignatureChanged{signature()}).on(matter::ClearSignature{});
  EXPECT_TRUE(visit.matter<matter::Sign>().signature.empty());
  visit.on(matter::SignatureChanged{signature()}).on(Back{});
  EXPECT_EQ(visit.name(), "resident.matter.review");
  visit.on(Next{}).on(matter::DocumentReady{sha('e'), 1});
  EXPECT_TRUE(visit.matter<matter::Sign>().signature.empty()) << "another document, another signature";
  EXPECT_EQ(visit.matter<matter::Sign>().document, sha('e'));
}

TEST(MatterSign, IsSkippedWhereNoneIsNeeded) {
  Visit visit;
  visit.on(CardIdentified{zhang_san(), {}}).on(Next{}).on(ServiceChosen{"instant"}).on(Next{}).on(matter::ApplyHere{});
  visit.on(matter::DraftsFound{});
  EXPECT_EQ(visit.name(), "resident.matter.form.only");
  visit.on(Next{});
  EXPECT_EQ(visit.name(), "resident.matter.review") << "no papers, no page for them";
  visit.on(Back{});
  EXPECT_EQ(visit.name(), "resident.matter.form.only");
  visit.on(Next{}).on(Next{}).on(matter::DocumentReady{sha('d'), 2});
  EXPECT_EQ(visit.name(), "resident.matter.submitting");
  ASSERT_NE(visit.asked<matter::Submit>(), nullptr);
  EXPECT_TRUE(visit.asked<matter::Submit>()->signature.empty());
  EXPECT_EQ(visit.asked<matter::Submit>()->document, sha('d'));
}

// --- submission ---------------------------------------------------------------------------------------------------------

TEST(MatterSubmit, IsAskedForOnce) {
  Visit visit;
  visit.go_to("resident.matter.submitting");
  visit.on(Next{}).on(Back{});
  EXPECT_EQ(visit.asked<matter::Submit>(), nullptr);
  EXPECT_EQ(visit.name(), "resident.matter.submitting");
}

TEST(MatterSubmit, RefusedIsTriedAgainWithTheSameDraftDocumentAndSignature) {
  Visit visit;
  visit.go_to("resident.matter.submitting");
  visit.on(matter::SubmitRefused{"disk_full"});
  EXPECT_EQ(visit.name(), "resident.matter.problem");
  EXPECT_TRUE(visit.said("error.disk_full"));
  visit.on(Next{});
  auto const* again = visit.asked<matter::Submit>();
  ASSERT_NE(again, nullptr);
  EXPECT_EQ(again->draft.id, uuid(201)) << "the same draft becomes the same case";
  EXPECT_EQ(again->draft.fields["phone"], "13800000000") << "also where it could not be stored before";
  EXPECT_EQ(again->document, sha('d'));
  EXPECT_EQ(again->signature.strokes.size(), 2u);
  visit.on(matter::SubmitRefused{"form_incomplete"}).on(Back{});
  EXPECT_EQ(visit.name(), "resident.matter.review") << "where it can be put right";
}

TEST(MatterSubmit, WhatTryingAgainCannotHelpLeadsWhereItCanBePutRight) {
  using Retry = matter::Problem::Retry;
  std::pair<char const*, Retry> const codes[] = {{"materials_incomplete", Retry::review},
                                                 {"signature_of_other_document", Retry::compose},
                                                 {"matter_not_here", Retry::none},
                                                 {"upload_key_unknown", Retry::submit}};
  for (auto const& [code, retry] : codes) {
    Visit visit;
    visit.go_to("resident.matter.submitting");
    visit.on(matter::SubmitRefused{code});
    EXPECT_EQ(visit.matter<matter::Problem>().retry, retry) << code;
    visit.on(Next{});
    EXPECT_EQ(visit.name(), retry == Retry::review    ? "resident.matter.review"
                            : retry == Retry::compose ? "resident.matter.composing"
                            : retry == Retry::none    ? "resident.groups"
                                                      : "resident.matter.submitting");
  }
}

TEST(MatterSubmit, ADocumentThatCannotBeMadeIsTriedAgain) {
  Visit visit;
  visit.go_to("resident.matter.problem");
  visit.on(Next{});
  EXPECT_NE(visit.asked<matter::ComposeDocument>(), nullptr);
}

TEST(MatterReceipt, IsPrintedAsASlipAndEndsTheSession) {
  Visit visit;
  visit.go_to("resident.matter.receipt");
  EXPECT_TRUE(visit.said("speech.receipt"));
  ASSERT_NE(visit.asked<matter::PrintPaper>(), nullptr);
  EXPECT_EQ(visit.asked<matter::PrintPaper>()->paper, matter::Paper::receipt_slip);
  EXPECT_EQ(visit.matter<matter::Receipt>().slip, Printing::waiting);
  visit.on(matter::PaperRefused{matter::Paper::receipt_slip, "paper_end", true});
  EXPECT_EQ(visit.matter<matter::Receipt>().slip, Printing::unknown);
  EXPECT_EQ(visit.matter<matter::Receipt>().problem, "paper_end");
  EXPECT_EQ(visit.name(), "resident.matter.receipt") << "the number is on the screen and valid";
  visit.on(matter::PrintChosen{matter::Paper::receipt_document})
      .on(matter::PaperPrinted{matter::Paper::receipt_document});
  EXPECT_EQ(visit.matter<matter::Receipt>().document, Printing::printed);
  visit.on(Next{});
  visit.expect_wiped();
}

TEST(MatterReceipt, IsStillHeardBehindAnotherPersonsCard) {
  Visit visit;
  visit.go_to("resident.matter.receipt");
  visit.on(CardIdentified{wang(), {}}).on(matter::PaperPrinted{matter::Paper::receipt_slip}).on(KeepPerson{});
  EXPECT_EQ(visit.matter<matter::Receipt>().slip, Printing::printed);
}

TEST(MatterReceipt, LeadsToItsRating) {
  Visit visit;
  visit.go_to("resident.matter.receipt");
  visit.on(matter::RateChosen{});
  EXPECT_EQ(visit.name(), "resident.rating.grade");
  ASSERT_NE(visit.flow.rating()->what(), nullptr);
  EXPECT_EQ(visit.flow.rating()->what()->about, Ratable::About::case_);
  EXPECT_EQ(visit.flow.rating()->what()->subject, uuid(1));
  EXPECT_EQ(visit.flow.rating()->what()->label.find("420106001001"), std::string::npos) << "masked";
}

// --- one thing (一件事) ---------------------------------------------------------------------------------------------------

TEST(MatterBundle, FivePartsAreOneFormOneSetOfPapersOneApplication) {
  for (bool const allowance : {true, false}) {
    Visit visit;
    visit.on(CardIdentified{zhang_san(), {}}).on(Next{}).on(FindByChosen{FindBy::life_events}).on(GroupChosen{"birth"});
    visit.on(ServiceChosen{"newborn"}).on(Next{}).on(matter::AnswerChosen{"allowance", allowance ? "yes" : "no"});
    EXPECT_EQ(visit.flow.matter()->verdict().parts.size(), allowance ? 5u : 4u);
    EXPECT_EQ(visit.flow.matter()->verdict().parts[0]->code, "newborn_birth");
    visit.on(Next{}).on(matter::DraftsFound{});
    EXPECT_EQ(visit.name(), "resident.matter.form.child");
    visit.on(matter::FieldEdited{"child", "张小"}).on(Next{});
    EXPECT_EQ(visit.flow.matter()->rows().size(), allowance ? 2u : 1u) << "the proof is asked for once";
    for (auto const& row : visit.flow.matter()->rows()) {
      visit.on(matter::PhotographChosen{row.material.id}).on(Next{}).on(matter::PictureTaken{1, {}}).on(Next{});
      visit.on(matter::PageStored{row.material.id, sha('a')});
      EXPECT_EQ(visit.name(), "resident.matter.materials") << "one page each";
    }
    visit.on(Next{})
        .on(Next{})
        .on(matter::DocumentReady{sha('d'), 1})
        .on(matter::SignatureChanged{signature()})
        .on(Next{});
    ASSERT_NE(visit.asked<matter::Submit>(), nullptr);
    EXPECT_EQ(visit.asked<matter::Submit>()->draft.matter, "newborn");
    EXPECT_EQ(visit.asked<matter::Submit>()->draft.answers["allowance"], allowance ? "yes" : "no");
    EXPECT_FALSE(visit.flow.matter()->can_take_ticket()) << "no counter among its places";
  }
}

}  // namespace
}  // namespace yizhan::flows

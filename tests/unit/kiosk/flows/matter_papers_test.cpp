// Papers: photographed, reused, promised, missing; and more of them for a case.
#include "tests/unit/kiosk/flows/visit.h"

namespace yizhan::flows {
namespace {

using namespace resident;
using cases::HeldMaterial;
using matter::Capture;

std::string sha(char c) { return std::string(64, c); }

matter::Row row(Visit const& visit, std::string_view id) {
  for (auto& row : visit.flow.matter()->rows()) {
    if (row.material.id == id) return row;
  }
  ADD_FAILURE() << "no row " << id;
  return {};
}

TEST(MatterPapers, TheCardThatWasReadIsInHand) {
  Visit visit;
  visit.go_to("resident.matter.materials");
  auto const card = row(visit, "id_card");
  ASSERT_NE(card.held, nullptr);
  EXPECT_EQ(card.held->how, HeldMaterial::How::from_card);
  visit.on(matter::RemoveChosen{"id_card"});
  EXPECT_NE(row(visit, "id_card").held, nullptr);
}

TEST(MatterPapers, WhatIsMissingHoldsUpTheReview) {
  Visit visit;
  visit.go_to("resident.matter.materials");
  EXPECT_TRUE(row(visit, "photo").missing);
  EXPECT_TRUE(row(visit, "proof").missing);
  EXPECT_TRUE(row(visit, "proof").promise);
  EXPECT_FALSE(row(visit, "photo").promise) << "only what may come later";
  EXPECT_FALSE(row(visit, "hukou").missing);
  visit.on(Next{});
  EXPECT_EQ(visit.name(), "resident.matter.materials");
  EXPECT_TRUE(visit.matter<matter::Materials>().checked);
  EXPECT_TRUE(visit.said("speech.materials_missing"));
}

TEST(MatterPapers, APageIsTakenLookedAtAndStored) {
  Visit visit;
  visit.go_to("resident.matter.materials");
  visit.on(matter::PhotographChosen{"photo"});
  EXPECT_NE(visit.asked<matter::StartDocumentCamera>(), nullptr);
  visit.on(Next{});
  EXPECT_NE(visit.asked<matter::TakePicture>(), nullptr);
  visit.on(matter::PictureTaken{4, {"glare"}});
  EXPECT_EQ(visit.name(), "resident.matter.capture.accept");
  EXPECT_EQ(visit.matter<Capture>().quality.advice, "glare");
  EXPECT_TRUE(visit.said("speech.capture_bad"));
  visit.on(matter::Again{}).on(matter::TakeIt{}).on(matter::PictureTaken{5, {}}).on(Next{});
  auto const* store = visit.asked<matter::StorePage>();
  ASSERT_NE(store, nullptr);
  EXPECT_EQ(store->owner, uuid(201)) << "the draft";
  EXPECT_EQ(store->material, "photo");
  EXPECT_EQ(store->picture, 5u);
  visit.on(matter::PageStored{"photo", sha('a')});
  EXPECT_EQ(visit.name(), "resident.matter.capture") << "it may have two pages";
  EXPECT_EQ(visit.matter<Capture>().page, 1u);
  ASSERT_NE(visit.asked<matter::SaveDraft>(), nullptr);
  EXPECT_EQ(visit.asked<matter::SaveDraft>()->draft.materials.back().pages, std::vector{sha('a')});
  visit.on(matter::TakeIt{})
      .on(matter::PictureTaken{6, {}})
      .on(matter::Accept{})
      .on(matter::PageStored{"photo", sha('b')});
  EXPECT_EQ(visit.name(), "resident.matter.materials") << "and no third";
  EXPECT_NE(visit.asked<matter::StopDocumentCamera>(), nullptr);
  EXPECT_EQ(row(visit, "photo").held->pages, (std::vector{sha('a'), sha('b')}));
  EXPECT_FALSE(row(visit, "photo").photograph);
}

TEST(MatterPapers, ADiskThatFillsKeepsTheOtherPagesAndSaysSo) {
  Visit visit;
  visit.go_to("resident.matter.capture.checking");
  visit.on(matter::PageStored{"photo", sha('a')})
      .on(matter::TakeIt{})
      .on(matter::PictureTaken{2, {}})
      .on(matter::Accept{});
  visit.on(matter::PageRefused{"disk_full"});
  EXPECT_EQ(visit.name(), "resident.matter.capture.failed");
  EXPECT_EQ(visit.matter<Capture>().problem, "disk_full");
  EXPECT_TRUE(visit.said("error.disk_full"));
  visit.on(Back{});
  EXPECT_EQ(row(visit, "photo").held->pages.size(), 1u);
}

TEST(MatterPapers, ATooLargePhotoIsRefusedAndTakenAgain) {
  Visit visit;
  visit.go_to("resident.matter.capture.taking");
  visit.on(matter::PictureRefused{"picture_too_large"});
  EXPECT_EQ(visit.matter<Capture>().problem, "picture_too_large");
  visit.on(Next{});
  EXPECT_EQ(visit.name(), "resident.matter.capture.taking");
}

TEST(MatterPapers, APictureThatComesTooLateIsNobodys) {
  Visit visit;
  visit.go_to("resident.matter.capture.taking");
  visit.on(Back{});
  EXPECT_NE(visit.asked<matter::StopDocumentCamera>(), nullptr);
  visit.on(matter::PhotographChosen{"photo"}).on(matter::PictureTaken{1, {}});
  EXPECT_EQ(visit.name(), "resident.matter.capture");
}

TEST(MatterPapers, APageBeingStoredIsWaitedFor) {
  Visit visit;
  visit.go_to("resident.matter.capture.checking");
  visit.on(Back{}).on(matter::EnoughPages{}).on(matter::Again{});
  EXPECT_EQ(visit.name(), "resident.matter.capture.checking");
}

TEST(MatterPapers, WithoutACameraThereAreTheOtherWays) {
  Visit visit;
  visit.flow.document_camera_usable = false;
  visit.go_to("resident.matter.materials");
  visit.on(matter::PhotographChosen{"photo"});
  EXPECT_EQ(visit.name(), "resident.matter.materials");
  visit.on(matter::TakeTicket{});
  EXPECT_EQ(visit.name(), "resident.confirm");
  visit.on(Back{});
  EXPECT_EQ(visit.name(), "resident.matter.materials");
}

TEST(MatterPapers, WhatThePlatformHasIsReused) {
  Visit visit;
  visit.go_to("resident.matter.materials");
  visit.on(matter::ReuseChosen{"photo"});
  EXPECT_EQ(row(visit, "photo").held, nullptr) << "nothing is on file yet";
  visit.on(matter::OnFileKnown{{{"photo", {sha('f')}, {}}}});
  EXPECT_NE(row(visit, "photo").on_file, nullptr);
  visit.on(matter::ReuseChosen{"photo"});
  ASSERT_NE(row(visit, "photo").held, nullptr);
  EXPECT_EQ(row(visit, "photo").held->how, HeldMaterial::How::on_file);
  EXPECT_EQ(row(visit, "photo").held->pages, std::vector{sha('f')});
  EXPECT_NE(visit.asked<matter::SaveDraft>(), nullptr);
  visit.on(matter::RemoveChosen{"photo"});
  EXPECT_EQ(visit.asked<matter::DropPage>(), nullptr) << "the platform's page stays where it is";
  EXPECT_TRUE(row(visit, "photo").missing);
}

TEST(MatterPapers, RemovingDropsWhatWasPhotographed) {
  Visit visit;
  visit.go_to("resident.matter.capture.checking");
  visit.on(matter::PageStored{"photo", sha('a')}).on(matter::EnoughPages{}).on(matter::RemoveChosen{"photo"});
  ASSERT_NE(visit.asked<matter::DropPage>(), nullptr);
  EXPECT_EQ(visit.asked<matter::DropPage>()->sha256, sha('a'));
  EXPECT_EQ(visit.asked<matter::DropPage>()->owner, uuid(201));
}

TEST(MatterPapers, APromiseNamesItsLastDay) {
  Visit visit;
  visit.flow.holidays = std::make_shared<calendar::HolidayCalendar const>(
      calendar::HolidayCalendar::parse(
          R"({"version":1,"years":[{"year":2026,"off":["2026-10-01"],"work":[]},{"year":2027,"off":["2027-01-01"],"work":[]}]})")
          .value());
  visit.go_to("resident.matter.promise");
  EXPECT_EQ(visit.matter<matter::Promise>().due.day.to_string(), "2026-12-08") << "ten working days after 24 November";
  EXPECT_FALSE(visit.matter<matter::Promise>().due.provisional);
  visit.on(Back{});
  EXPECT_EQ(row(visit, "proof").held, nullptr) << "no is no";
  visit.on(matter::PromiseChosen{"proof"}).on(Next{});
  EXPECT_EQ(row(visit, "proof").held->how, HeldMaterial::How::promised);
  EXPECT_NE(visit.asked<matter::SaveDraft>(), nullptr);
}

// --- more papers (补正) ---------------------------------------------------------------------------------------------------

struct Supplemented : testing::Test {
  Visit visit;
  void SetUp() override {
    visit.on(Begin{Purpose::progress}).on(CardIdentified{zhang_san(), {}}).on(Next{});
    visit.on(progress::CasesFound{{asked_view("replace", 3, {"photo", "abolished"})}, {}});
    visit.on(progress::EntryChosen{0}).on(progress::SupplementChosen{1});
    ASSERT_EQ(visit.name(), "resident.matter.materials");
  }
};

TEST_F(Supplemented, OnlyWhatWasAskedForIsWanted) {
  auto const rows = visit.flow.matter()->rows();
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0].material.id, "photo");
  EXPECT_EQ(rows[1].material.id, "abolished") << "also what the catalogue no longer has";
  for (auto const& row : rows) {
    EXPECT_TRUE(row.missing);
    EXPECT_TRUE(row.photograph);
    EXPECT_FALSE(row.promise);
  }
  visit.on(Next{});
  EXPECT_EQ(visit.name(), "resident.matter.materials");
}

TEST_F(Supplemented, IsOneAnswerToTheCaseWithItsOwnIdentifier) {
  for (std::string const id : {"photo", "abolished"}) {
    visit.on(matter::PhotographChosen{id}).on(Next{}).on(matter::PictureTaken{1, {}}).on(Next{});
    ASSERT_NE(visit.asked<matter::StorePage>(), nullptr);
    EXPECT_EQ(visit.asked<matter::StorePage>()->owner, uuid(201));
    visit.on(matter::PageStored{id, sha(id[0])});
    EXPECT_EQ(visit.asked<matter::SaveDraft>(), nullptr) << "no draft";
  }
  visit.on(Next{});
  EXPECT_EQ(visit.name(), "resident.matter.review");
  visit.on(Next{});
  EXPECT_EQ(visit.name(), "resident.matter.submitting");
  auto const* sent = visit.asked<matter::Supplement>();
  ASSERT_NE(sent, nullptr);
  EXPECT_EQ(sent->id, uuid(201));
  EXPECT_EQ(sent->case_id, uuid(3));
  EXPECT_EQ(sent->part, 1);
  EXPECT_EQ(sent->materials.size(), 2u);
  visit.on(matter::SubmitRefused{"disk_full"}).on(Next{});
  ASSERT_NE(visit.asked<matter::Supplement>(), nullptr);
  EXPECT_EQ(visit.asked<matter::Supplement>()->id, uuid(201)) << "a repeat is the same one";
  visit.on(matter::Submitted{case_view("replace", 3)});
  EXPECT_TRUE(visit.matter<matter::Receipt>().supplemented);
  EXPECT_TRUE(visit.said("speech.supplemented"));
  visit.on(Next{});
  visit.expect_wiped();
}

TEST_F(Supplemented, WhoWalksAwayLeavesNoPages) {
  visit.on(matter::PhotographChosen{"photo"}).on(Next{}).on(matter::PictureTaken{1, {}}).on(Next{});
  visit.on(matter::PageStored{"photo", sha('a')}).on(Leave{});
  EXPECT_NE(visit.asked<matter::DropPage>(), nullptr);
  visit.expect_wiped();
}

TEST_F(Supplemented, LeftGoesBackToTheCases) {
  visit.on(matter::PhotographChosen{"photo"}).on(Next{}).on(matter::PictureTaken{1, {}}).on(Next{});
  visit.on(matter::PageStored{"photo", sha('a')}).on(Back{});
  EXPECT_EQ(visit.name(), "resident.progress.detail");
  EXPECT_EQ(visit.flow.matter(), nullptr);
  ASSERT_NE(visit.asked<matter::DropPage>(), nullptr) << "its pages belong to nothing";
  EXPECT_EQ(visit.asked<matter::DropPage>()->owner, uuid(201));
}

}  // namespace
}  // namespace yizhan::flows

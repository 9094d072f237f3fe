// From a draft to a case: everything is checked anew, and everything happens or nothing does.
#include <fstream>

#include "shared/crypto/hash.h"
#include "shared/domain/cases/case_number.h"
#include "shared/store/blobs.h"
#include "tests/support/store/fault_disk.h"
#include "tests/unit/shared/office/matter_machine.h"

namespace yizhan::test {
namespace {

using nlohmann::json;
using namespace std::chrono_literals;
using How = cases::HeldMaterial::How;

TEST(Submitting, MakesACaseItsDocumentsItsEventAndItsAuditRecord) {
  MatterMachine m;
  m.trust_the_clock();
  auto const draft = m.ready_draft(zhang_san());
  auto const submission = m.submission(draft, zhang_san());
  auto const view = m.matters().submit(submission);
  ASSERT_TRUE(view) << view.error().to_line();

  auto const& what = view->what;
  EXPECT_EQ(what.id, draft.id);
  EXPECT_EQ(what.number, "4201060010012026112400100010");
  EXPECT_TRUE(cases::is_case_number(what.number));
  ASSERT_EQ(what.parts.size(), 1U);
  EXPECT_EQ(what.parts[0].promised_materials, std::vector<std::string>{"proof"});
  ASSERT_TRUE(what.parts[0].materials_due);
  EXPECT_EQ(what.parts[0].materials_due->day.to_string(), "2026-12-01");
  EXPECT_FALSE(what.parts[0].materials_due->provisional);
  EXPECT_FALSE(view->delivered);
  EXPECT_EQ(view->qr, what.number) << "no signing key: the number alone";

  auto const events = m.events();
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(events[0].type, "cn.yizhan.case.submitted.v1");
  EXPECT_EQ(events[0].subject, "case/" + what.number);
  EXPECT_EQ(misfit(events[0].type, events[0].data), "") << events[0].data;
  EXPECT_EQ(events[0].data.at("promised")[0].at("due"), "2026-12-01");
  ASSERT_EQ(events[0].data.at("documents").size(), 4U);

  auto const documents = m.documents(events[0].data);
  ASSERT_EQ(documents.size(), 4U);
  auto const application = json::parse(documents[0]);
  EXPECT_EQ(application.at("case"), what.number);
  EXPECT_EQ(application.at("applicant").at("number"), "420106199003070016");
  EXPECT_EQ(application.at("applicant").at("name"), "张三");
  EXPECT_EQ(application.at("fields").at("phone"), "13800000000");
  EXPECT_EQ(application.at("fields").at("name"), "张三") << "from the card";
  EXPECT_EQ(application.at("answers"), json({{"lost", "yes"}}));
  EXPECT_EQ(application.at("signature").at("document"), crypto::sha256_hex(submission.application_pdf));
  EXPECT_EQ(application.at("materials")[1].at("pages")[0], draft.materials[1].pages[0]);
  EXPECT_EQ(documents[1], text::chars_of(submission.signature_png));
  EXPECT_EQ(documents[2], text::chars_of(page_of("household 1")));
  EXPECT_EQ(documents[3], text::chars_of(page_of("household 2", 400000)));

  EXPECT_TRUE(m.matters().drafts(zhang_san())->empty());
  EXPECT_EQ(code_of(m.matters().page(draft.materials[1].pages[0])), "blob_unknown") << "only envelopes are left";
  EXPECT_EQ(m.count("SELECT count(*) FROM blobs"), 4);
  EXPECT_EQ(m.count("SELECT count(*) FROM audit WHERE action = 'case.submit'"), 1);
  EXPECT_EQ(m.count("SELECT count(*) FROM audit WHERE details LIKE '%1990%' OR details LIKE '%张%'"), 0);
  EXPECT_GT(m.changes, 0);
}

TEST(Submitting, ASecondTimeGivesTheCaseItBecame) {
  MatterMachine m;
  auto const draft = m.ready_draft(zhang_san());
  auto const first = m.matters().submit(m.submission(draft, zhang_san())).value();
  m.restart();
  auto const second = m.matters().submit(m.submission(draft, zhang_san()));
  ASSERT_TRUE(second) << second.error().to_line();
  EXPECT_EQ(second->what.number, first.what.number);
  EXPECT_EQ(code_of(m.matters().submit(m.submission(draft, zhang_san('7')))), "draft_unknown");
  EXPECT_TRUE(m.matters().save_draft(zhang_san(), draft)) << "a late save changes nothing";
  EXPECT_EQ(code_of(m.matters().save_draft(zhang_san('7'), draft)), "draft_foreign");
  EXPECT_EQ(m.events().size(), 1U);
  EXPECT_EQ(m.count("SELECT count(*) FROM cases"), 1);
}

TEST(Submitting, EveryRefusalLeavesTheDraftAsItWas) {
  MatterMachine m;
  auto const draft = m.ready_draft(zhang_san());
  auto const refused = [&](auto change) {
    auto submission = m.submission(draft, zhang_san());
    change(submission);
    return code_of(m.matters().submit(submission));
  };
  EXPECT_EQ(refused([&](auto& s) { s.draft = Uuid::v7(m.env()); }), "draft_unknown");
  EXPECT_EQ(refused([](auto& s) { s.applicant.verification = identity::Verification::typed; }), "person_unknown");
  EXPECT_EQ(refused([](auto& s) { s.applicant.verification = identity::Verification::code; }), "materials_incomplete")
      << "no card stands for the ID card";
  EXPECT_EQ(refused([](auto& s) { s.signature.strokes.clear(); }), "signature_missing");
  EXPECT_EQ(refused([](auto& s) { s.signature_png.clear(); }), "signature_missing");
  EXPECT_EQ(refused([](auto& s) { s.application_pdf.push_back(std::byte{1}); }), "signature_of_other_document");
  m.matters().use_upload_key(std::nullopt);
  EXPECT_EQ(refused([](auto&) {}), "upload_key_unknown");
  m.matters().use_upload_key(self_signed("urn:x", k_morning, crypto::Algorithm::sm2).certificate());
  EXPECT_EQ(refused([](auto&) {}), "envelope_recipient");
  m.matters().use_upload_key(m.platform.certificate());

  EXPECT_EQ(m.matters().open_draft(zhang_san(), draft.id)->fields, draft.fields);
  EXPECT_EQ(m.events().size(), 0U);
  EXPECT_EQ(m.count("SELECT count(*) FROM cases"), 0);
  EXPECT_EQ(m.count("SELECT count(*) FROM blobs"), 2) << "nothing prepared is left";
  EXPECT_EQ(refused([](auto&) {}), "ok");
}

TEST(Submitting, FormAndPapersAreCheckedAnew) {
  MatterMachine m;
  auto const result = [&](auto change) {
    auto draft = m.ready_draft(zhang_san());
    change(draft);
    EXPECT_TRUE(m.matters().save_draft(zhang_san(), draft));
    auto submitted = m.matters().submit(m.submission(draft, zhang_san()));
    return submitted ? std::string("ok") : std::string(submitted.error().code()) + " " + submitted.error().detail();
  };
  EXPECT_EQ(result([](auto& d) { d.fields.erase("phone"); }), "form_incomplete phone empty");
  EXPECT_EQ(result([](auto& d) { d.fields["phone"] = "12"; }), "form_incomplete phone phone");
  EXPECT_EQ(result([](auto& d) { d.answers.clear(); }), "form_incomplete question lost");
  EXPECT_EQ(result([](auto& d) { d.answers["lost"] = "no"; }), "matter_not_here social_card_replace");
  EXPECT_EQ(result([](auto& d) { d.matter = "pension_check"; }), "matter_not_here pension_check");
  EXPECT_EQ(result([](auto& d) { d.matter = "elder_card"; }), "matter_not_here elder_card");
  EXPECT_EQ(result([](auto& d) { d.matter = "unheard_of"; }), "matter_not_here unheard_of");
  EXPECT_EQ(result([](auto& d) { d.materials.pop_back(); }), "materials_incomplete proof");
  EXPECT_EQ(result([](auto& d) { d.materials[1].how = How::promised; }), "materials_incomplete household_register")
      << "only what is tolerated can be promised";
  EXPECT_EQ(result([](auto& d) { d.materials[1].how = How::shown_original; }),
            "materials_incomplete household_register");
  EXPECT_EQ(result([](auto& d) { d.materials[1].how = How::from_card; }), "materials_incomplete household_register");
  EXPECT_EQ(result([](auto& d) { d.materials[1].pages.clear(); }), "materials_incomplete household_register");
  EXPECT_EQ(result([](auto& d) { d.materials.push_back({"unheard_of", {}, How::promised}); }), "ok");
}

TEST(Submitting, ACatalogueReplacedMeanwhileIsTheOneThatCounts) {
  MatterMachine m;
  auto draft = m.ready_draft(zhang_san());
  auto submission = m.submission(draft, zhang_san());
  submission.catalog = matters_catalog(2);
  auto const refused = m.matters().submit(submission);
  ASSERT_FALSE(refused);
  EXPECT_EQ(std::string(refused.error().code()) + " " + refused.error().detail(), "form_incomplete bank empty");
  draft.fields["bank"] = "China Bank";
  ASSERT_TRUE(m.matters().save_draft(zhang_san(), draft));
  ASSERT_TRUE(m.matters().submit(submission));
  auto const application = json::parse(m.documents(m.events()[0].data)[0]);
  EXPECT_FALSE(application.at("fields").contains("reason")) << "the form asks for it no longer";
  EXPECT_EQ(application.at("catalog"), 2);
}

TEST(Submitting, APrefilledValueTheResidentEmptiedStaysEmpty) {
  MatterMachine m;
  auto catalog = *matters_catalog();
  forms::Field extra;
  extra.id = "home";
  extra.required = false;
  extra.prefill = forms::Prefill::address;
  catalog.forms[0].sections[1].fields.push_back(extra);
  auto const draft = m.ready_draft(zhang_san());
  auto submission = m.submission(draft, zhang_san());
  submission.applicant.address = SecretText("湖北省武汉市");
  submission.catalog = std::make_shared<catalog::Catalog const>(std::move(catalog));
  ASSERT_TRUE(m.matters().submit(submission));
  auto const application = json::parse(m.documents(m.events()[0].data)[0]);
  EXPECT_FALSE(application.at("fields").contains("home"));
}

TEST(Submitting, ABundleBecomesOneCaseOfSeveralParts) {
  MatterMachine m;
  auto const view = m.submit(zhang_san(), "retirement");
  ASSERT_EQ(view.what.parts.size(), 3U);
  EXPECT_TRUE(view.what.bundle);
  auto const data = m.events().at(0).data;
  EXPECT_EQ(misfit("cn.yizhan.case.submitted.v1", data), "");
  std::map<std::string, json> parts;
  for (auto const& part : data.at("parts")) parts[part.at("item")] = part;
  EXPECT_EQ(parts.at("elder_card").at("after"), json({"social_card_replace"}));
  EXPECT_EQ(parts.at("pension_check").at("after"), json::array());
  for (auto const& part : view.what.parts) {
    EXPECT_EQ(part.promised_materials.size(), part.item == "social_card_replace" ? 1U : 0U) << part.item;
  }
}

TEST(CaseNumbers, CountByDayAndAreNeverGivenOutTwice) {
  MatterMachine m;
  std::vector<std::string> numbers;
  for (char const digit : {'1', '2'}) numbers.push_back(m.submit(zhang_san(digit)).what.number);
  EXPECT_EQ(numbers[0].substr(0, 27), "420106001001202611240010001");
  EXPECT_EQ(numbers[1].substr(0, 27), "420106001001202611240010002");

  // The disk goes back to before the next case; the mark does not.
  auto const folder = m.machine.machine.folder / "data";
  auto const copy = m.machine.machine.folder / "copy.db";
  m.machine.close();
  std::filesystem::copy_file(folder / "yizhan.db", copy);
  std::filesystem::remove(folder / "yizhan.db-wal");
  m.restart();
  EXPECT_EQ(m.submit(zhang_san('3')).what.number.substr(23, 4), "0003");
  m.machine.close();
  std::filesystem::copy_file(copy, folder / "yizhan.db", std::filesystem::copy_options::overwrite_existing);
  std::filesystem::remove(folder / "yizhan.db-wal");
  m.restart();
  ASSERT_TRUE(m.machine.machine.store->missing());
  EXPECT_EQ(m.machine.machine.store->missing()->number_families, std::vector<std::string>{"#"});
  EXPECT_EQ(m.submit(zhang_san('4')).what.number.substr(23, 4), "0004");

  m.advance(24h);
  EXPECT_EQ(m.submit(zhang_san('5')).what.number.substr(12, 15), "202611250010001");
}

TEST(CaseNumbers, AreWithheldAfterARestoredBackup) {
  MatterMachine m;
  m.submit(zhang_san('7'));
  auto const draft = m.ready_draft(zhang_san());
  m.machine.close();
  std::filesystem::remove(m.machine.machine.folder / "data" / "high-water");
  m.restart();
  EXPECT_EQ(code_of(m.matters().submit(m.submission(draft, zhang_san()))), "numbers_withheld");
  m.advance(24h);
  EXPECT_EQ(code_of(m.matters().submit(m.submission(draft, zhang_san()))), "ok");
}

TEST(CaseNumbers, OfAnotherDataFolderOnTheSameDayAreOthers) {
  // The platform knew this machine: the first epoch of this database is its second.
  for (auto const& [epoch, first] : {std::pair{"1", "0001"}, {"2", "1001"}, {"9", "8001"}, {"10", "0001"}}) {
    MatterMachine m;
    auto& outbox = m.machine.machine.store->outbox();
    auto const request = outbox.epoch_request(line::EpochReason::created, std::to_string(std::stoi(epoch) - 1));
    ASSERT_TRUE(request);
    ASSERT_TRUE(outbox.open_epoch(request->request_id, epoch));
    EXPECT_EQ(m.submit(zhang_san('1')).what.number.substr(23, 4), first) << epoch;
  }
}

TEST(CaseNumbers, EndAt9999) {
  MatterMachine m;
  ASSERT_TRUE(m.machine.machine.store->database().execute("INSERT INTO case_numbers VALUES ('2026-11-24', 9998)"));
  EXPECT_EQ(m.submit(zhang_san('1')).what.number.substr(23, 4), "9999");
  auto const draft = m.ready_draft(zhang_san('2'));
  EXPECT_EQ(code_of(m.matters().submit(m.submission(draft, zhang_san('2')))), "numbers_exhausted");
}

TEST(Deadlines, AreProvisionalWithoutATrustedClockOrAKnownYear) {
  MatterMachine m;
  EXPECT_TRUE(m.submit(zhang_san('1')).what.parts[0].materials_due->provisional) << "the clock is not trusted";
  m.trust_the_clock();
  EXPECT_FALSE(m.submit(zhang_san('2')).what.parts[0].materials_due->provisional);
  m.matters().use_calendar(std::make_shared<calendar::HolidayCalendar>());
  EXPECT_TRUE(m.submit(zhang_san('3')).what.parts[0].materials_due->provisional) << "the year is not known";
}

class FullDisk : public testing::Test {
 protected:
  FaultDisk m_disk;
  MatterMachine m_machine;
  void SetUp() override { m_machine.restart(m_disk.name()); }
  void TearDown() override {
    m_disk.decide = {};
    m_machine.restart();
  }
  /// The disk takes `writes` more and is full then.
  void fill_after(int writes) {
    m_disk.decide = [left = writes](DiskOperation operation, std::string const&) mutable {
      if (operation != DiskOperation::write) return DiskFault::none;
      return left-- > 0 ? DiskFault::none : DiskFault::full;
    };
  }
};

TEST_F(FullDisk, RefusesAPageAndKeepsTheDraft) {
  auto const draft = m_machine.ready_draft(zhang_san());
  fill_after(10);
  EXPECT_EQ(code_of(m_machine.matters().put_page(draft.id, page_of("third", 200000))), "disk_full");
  m_disk.decide = {};
  EXPECT_EQ(m_machine.matters().open_draft(zhang_san(), draft.id)->materials.size(), 3U);
  EXPECT_EQ(m_machine.count("SELECT count(*) FROM blobs"), 2);
}

TEST_F(FullDisk, AtAnyMomentOfASubmissionLeavesTheDraftAndNoHalfCase) {
  auto const draft = m_machine.ready_draft(zhang_san());
  auto const submission = m_machine.submission(draft, zhang_san());
  int refused = 0;
  for (int writes = 0;; writes += 13) {
    fill_after(writes);
    auto const result = m_machine.matters().submit(submission);
    m_disk.decide = {};
    if (result) break;
    ++refused;
    ASSERT_EQ(code_of(result), "disk_full") << writes;
    ASSERT_TRUE(m_machine.matters().open_draft(zhang_san(), draft.id)) << writes;
    ASSERT_EQ(m_machine.count("SELECT count(*) FROM cases"), 0) << writes;
    ASSERT_TRUE(m_machine.events().empty()) << writes;
  }
  EXPECT_GT(refused, 10);
  EXPECT_EQ(m_machine.documents(m_machine.events().at(0).data).size(), 4U);
  ASSERT_TRUE(m_machine.matters().keep_house());
  EXPECT_EQ(m_machine.count("SELECT count(*) FROM blobs"), 4) << "what earlier tries prepared is gone";
  EXPECT_TRUE(m_machine.machine.machine.store->check()->empty());
}

TEST(Submitting, TheLogStaysShortWithManyPages) {
  MatterMachine m;
  auto draft = m.ready_draft(zhang_san());
  for (int page = 0; page < 24; ++page) {
    draft.materials[1].pages.push_back(
        m.matters().put_page(draft.id, page_of("large " + std::to_string(page), 4 * 1024 * 1024)).value());
  }
  ASSERT_TRUE(m.matters().save_draft(zhang_san(), draft));
  ASSERT_TRUE(m.matters().submit(m.submission(draft, zhang_san())));
  auto const log = std::filesystem::file_size(m.machine.machine.folder / "data" / "yizhan.db-wal");
  EXPECT_LE(log, 64U * 1024 * 1024) << "a log never shrinks between checkpoints that empty it: its size is its highest";
  EXPECT_EQ(m.count("SELECT count(*) FROM uploads"), 28);
}

}  // namespace
}  // namespace yizhan::test

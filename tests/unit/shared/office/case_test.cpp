// A case on its way: who may see it, what the platform tells, what the applicant adds or takes back.
#include "shared/store/uploads.h"
#include "tests/unit/shared/office/matter_machine.h"

namespace yizhan::test {
namespace {

using nlohmann::json;
using namespace std::chrono_literals;
using How = cases::HeldMaterial::How;

cases::Part part_of(MatterMachine& m, std::size_t index = 0) {
  return m.matters().cases(zhang_san())->at(0).what.parts.at(index);
}

/// Two pages of the household register for a part.
office::Supplement supplement_for(MatterMachine& m, office::CaseView const& view, std::string const& material) {
  office::Supplement supplement;
  supplement.id = Uuid::v7(m.env());
  supplement.case_id = view.what.id;
  supplement.applicant = zhang_san();
  auto const page = m.matters().put_page(supplement.id, page_of("better"));
  supplement.materials = {{material, {page.value()}, How::photographed}};
  return supplement;
}

TEST(MyCases, AreMineOnlyAndStandBehindMyCard) {
  MatterMachine m;
  auto const view = m.submit(zhang_san());
  m.restart();
  auto const mine = m.matters().cases(zhang_san()).value();
  ASSERT_EQ(mine.size(), 1U);
  EXPECT_EQ(mine[0].what.number, view.what.number);
  EXPECT_EQ(mine[0].what.parts[0].promise.count, 5);
  EXPECT_EQ(mine[0].what.parts[0].legal.count, 20);
  auto const other = zhang_san('7');
  EXPECT_TRUE(m.matters().cases(other)->empty());
  auto const me = zhang_san();
  EXPECT_EQ(code_of(m.matters().find_case(view.what.number, &me)), "ok");
  EXPECT_EQ(code_of(m.matters().find_case("4201 0600 1001 2026 1124 0010 0010", &me)), "ok") << "as it is printed";
  EXPECT_EQ(code_of(m.matters().find_case(view.what.number, &other)), "case_unknown");
  EXPECT_EQ(code_of(m.matters().find_case(view.what.number, nullptr)), "case_unknown") << "anybody can type a number";
  EXPECT_EQ(code_of(m.matters().find_case("4201060010012026112400100011", &me)), "case_unknown") << "its check digit";
  EXPECT_EQ(code_of(m.matters().find_case("", &me)), "case_unknown");
  EXPECT_EQ(code_of(m.matters().withdraw(other, view.what.id)), "case_unknown");
}

TEST(MyCases, AReceiptsSignedCodeOpensItsCaseAlone) {
  MatterMachine m;
  m.device = self_signed(m.settings.device, k_morning);
  m.restart();
  auto const view = m.submit(zhang_san());
  ASSERT_TRUE(view.qr.starts_with("YZ1:"));
  EXPECT_EQ(view.qr.find("4201061990"), std::string::npos);
  auto const found = m.matters().find_case(view.qr, nullptr);
  ASSERT_TRUE(found) << found.error().to_line();
  EXPECT_EQ(found->what.number, view.what.number);
  auto const other = zhang_san('7');
  EXPECT_EQ(code_of(m.matters().find_case(view.qr, &other)), "case_unknown");
  auto broken = view.qr;
  broken[broken.size() / 2] = broken[broken.size() / 2] == 'A' ? 'B' : 'A';
  EXPECT_EQ(code_of(m.matters().find_case(broken, nullptr)), "case_unknown");
  m.device = self_signed(m.settings.device, k_morning);
  m.restart();
  EXPECT_EQ(code_of(m.matters().find_case(view.qr, nullptr)), "case_unknown") << "signed with another key";
}

TEST(Delivery, NeedsTheEventAndEveryDocument) {
  MatterMachine m;
  auto const view = m.submit(zhang_san());
  auto& store = *m.machine.machine.store;
  auto const delivered = [&] { return m.matters().cases(zhang_san())->at(0).delivered; };
  EXPECT_FALSE(delivered());
  EXPECT_EQ(m.matters().counts()->undelivered, 1);
  while (auto const next = store.uploads().next_upload().value()) {
    ASSERT_TRUE(store.uploads().note_upload(next->sha256, next->size));
  }
  EXPECT_FALSE(delivered()) << "the event is not accepted yet";
  m.deliver();
  EXPECT_TRUE(delivered());
  EXPECT_EQ(m.count("SELECT count(*) FROM blobs"), 0);
  m.submit(zhang_san('7'));
  m.deliver();
  m.advance(24h * 40);
  ASSERT_TRUE(store.outbox().forget_answered(30));
  ASSERT_EQ(m.count("SELECT count(*) FROM outbox WHERE subject = 'case/" + view.what.number + "'"), 0);
  EXPECT_TRUE(delivered()) << "its event was answered so long ago that it is gone";
}

TEST(Delivery, ADocumentThePlatformRefusesIsShownToStaff) {
  MatterMachine m;
  auto const view = m.submit(zhang_san());
  auto& uploads = m.machine.machine.store->uploads();
  ASSERT_TRUE(uploads.park_upload(uploads.next_upload().value()->sha256, "upload_hash"));
  auto const parked = m.matters().parked_documents().value();
  ASSERT_EQ(parked.size(), 1U);
  EXPECT_EQ(parked[0].case_number, view.what.number);
  EXPECT_EQ(parked[0].kind, "application");
  EXPECT_EQ(parked[0].problem, "upload_hash");
}

TEST(PlatformFacts, MoveTheCaseAndItsClock) {
  MatterMachine m;
  auto const number = m.submit(zhang_san()).what.number;
  auto const changes = m.changes;
  EXPECT_TRUE(m.told(number, "received", {{"part", 0}, {"province_number", "HB-2026-1"}}));
  EXPECT_GT(m.changes, changes);
  EXPECT_EQ(m.matters().cases(zhang_san())->at(0).what.province_number, "HB-2026-1");
  EXPECT_TRUE(m.told(number, "supplement_requested",
                     {{"materials", {"household_register"}}, {"reason", "materials_unclear"}, {"days", 5}}));
  m.restart();
  auto view = m.matters().cases(zhang_san())->at(0);
  EXPECT_EQ(view.overall.state, cases::State::supplement);
  EXPECT_TRUE(view.overall.needs_applicant);
  ASSERT_TRUE(view.supplement_due[0]);
  EXPECT_EQ(view.supplement_due[0]->day.to_string(), "2026-12-02");
  EXPECT_FALSE(view.due[0]) << "the clock starts with acceptance";
  ASSERT_TRUE(m.matters().supplement(supplement_for(m, view, "household_register")));
  EXPECT_TRUE(m.told(number, "accepted"));
  EXPECT_EQ(m.matters().cases(zhang_san())->at(0).due[0]->day.to_string(), "2026-12-02");
  EXPECT_TRUE(m.told(number, "suspended", {{"reason", "hearing"}}));
  EXPECT_TRUE(m.told(number, "resumed"));
  EXPECT_TRUE(m.told(number, "decided", {{"outcome", "granted"}, {"reason", ""}}));
  EXPECT_EQ(part_of(m).state, cases::State::decided);
  EXPECT_EQ(part_of(m).outcome, cases::Outcome::granted);
}

TEST(PlatformFacts, OutOfOrderForeignAndMalformedOnesChangeNothing) {
  MatterMachine m;
  auto const number = m.submit(zhang_san()).what.number;
  EXPECT_FALSE(m.told(number, "decided", {{"outcome", "granted"}})) << "before acceptance";
  EXPECT_FALSE(m.told("4201060010012026112400200010", "received")) << "of another machine";
  EXPECT_FALSE(m.told(number, "received", {{"part", 7}})) << "no such part";
  EXPECT_FALSE(m.told(number, "received", {{"part", "1"}}));
  EXPECT_FALSE(m.told(number, "received", {{"at", "yesterday"}}));
  EXPECT_FALSE(m.told(number, "received", {{"reason", "Free text!"}}));
  EXPECT_FALSE(m.told(number, "submitted")) << "another machine's fact";
  EXPECT_FALSE(m.told(number, "reopened")) << "a type of a later version";
  EXPECT_FALSE(m.told("x", "received"));
  EXPECT_EQ(part_of(m).steps.size(), 1U);
  // One that pretends to come from the platform.
  json const event{{"source", "urn:yizhan:device:420106001001:002"},
                   {"data", {{"case", number}, {"part", 1}, {"at", "2026-11-25T02:00:00Z"}}}};
  ASSERT_TRUE(
      m.machine.machine.store->outbox().apply_changes({{"f", "cn.yizhan.case.received.v1", event.dump()}}, "c"));
  ASSERT_TRUE(m.machine.machine.store->outbox().apply_changes({{"g", "cn.yizhan.case.received.v1", "no json"}}, "d"));
  EXPECT_EQ(part_of(m).steps.size(), 1U);
}

TEST(PlatformFacts, OnePartsRefusalDoesNotEndTheOthers) {
  MatterMachine m;
  auto const number = m.submit(zhang_san(), "retirement").what.number;
  EXPECT_TRUE(m.told(number, "received", {{"part", 0}}));
  EXPECT_TRUE(m.told(number, "refused", {{"part", 3}, {"reason", "not_competent"}}));
  EXPECT_TRUE(m.told(number, "accepted", {{"part", 1}}));
  EXPECT_FALSE(m.told(number, "accepted", {{"part", 3}}));
  EXPECT_TRUE(m.told(number, "accepted", {{"part", 0}})) << "all it fits";
  auto const view = m.matters().cases(zhang_san())->at(0);
  EXPECT_EQ(view.what.parts[0].state, cases::State::accepted);
  EXPECT_EQ(view.what.parts[1].state, cases::State::accepted);
  EXPECT_EQ(view.what.parts[2].state, cases::State::refused);
  EXPECT_EQ(view.overall.ended, 1);
}

TEST(Supplements, BringWhatWasAskedFor) {
  MatterMachine m;
  auto const view = m.submit(zhang_san());
  m.deliver();
  auto const supplement = supplement_for(m, view, "household_register");
  EXPECT_EQ(code_of(m.matters().supplement(supplement)), "materials_incomplete")
      << "nothing was asked; what was promised is another paper";
  ASSERT_TRUE(m.told(view.what.number, "received"));
  ASSERT_TRUE(
      m.told(view.what.number, "supplement_requested",
             {{"materials", {"household_register", "photo_1in"}}, {"reason", "materials_missing"}, {"days", 5}}));
  EXPECT_EQ(code_of(m.matters().supplement(supplement)), "materials_incomplete") << "all that was asked, at once";
  auto whole = supplement_for(m, view, "household_register");
  whole.materials.push_back(
      {"photo_1in", {m.matters().put_page(whole.id, page_of("photo")).value()}, How::photographed});
  auto foreign = whole.applicant.clone();
  whole.applicant = zhang_san('7');
  EXPECT_EQ(code_of(m.matters().supplement(whole)), "case_unknown");
  whole.applicant = std::move(foreign);
  whole.part = 9;
  EXPECT_EQ(code_of(m.matters().supplement(whole)), "case_act_out_of_order");
  whole.part = 1;

  auto const done = m.matters().supplement(whole);
  ASSERT_TRUE(done) << done.error().to_line();
  EXPECT_EQ(done->what.parts[0].state, cases::State::received);
  EXPECT_FALSE(done->delivered);
  auto const event = m.events("case.supplemented").at(0);
  EXPECT_EQ(misfit(event.type, event.data), "") << event.data;
  auto const documents = m.documents(event.data);
  ASSERT_EQ(documents.size(), 2U);
  EXPECT_EQ(documents[0], text::chars_of(page_of("better")));
  m.restart();
  ASSERT_TRUE(m.matters().supplement(whole)) << "again: nothing happens";
  EXPECT_EQ(m.events("case.supplemented").size(), 1U);
  EXPECT_EQ(part_of(m).steps.size(), 4U);
}

TEST(Supplements, BringWhatWasPromised) {
  MatterMachine m;
  auto const view = m.submit(zhang_san());
  ASSERT_TRUE(m.told(view.what.number, "received"));
  ASSERT_TRUE(m.told(view.what.number, "accepted"));
  auto const done = m.matters().supplement(supplement_for(m, view, "proof"));
  ASSERT_TRUE(done) << done.error().to_line();
  EXPECT_EQ(done->what.parts[0].state, cases::State::accepted);
  EXPECT_TRUE(done->what.parts[0].promised_materials.empty());
  EXPECT_FALSE(done->what.parts[0].materials_due);
  EXPECT_EQ(code_of(m.matters().supplement(supplement_for(m, view, "proof"))), "case_act_out_of_order");
}

TEST(Withdrawing, EndsWhatIsNotAcceptedYet) {
  MatterMachine m;
  auto const view = m.submit(zhang_san(), "retirement");
  ASSERT_TRUE(m.told(view.what.number, "received", {{"part", 0}}));
  ASSERT_TRUE(m.told(view.what.number, "accepted", {{"part", 1}}));
  auto const withdrawn = m.matters().withdraw(zhang_san(), view.what.id);
  ASSERT_TRUE(withdrawn) << withdrawn.error().to_line();
  EXPECT_EQ(withdrawn->what.parts[0].state, cases::State::accepted);
  EXPECT_EQ(withdrawn->what.parts[1].state, cases::State::withdrawn);
  auto const event = m.events("case.withdrawn").at(0);
  EXPECT_EQ(misfit(event.type, event.data), "") << event.data;
  EXPECT_EQ(code_of(m.matters().withdraw(zhang_san(), view.what.id)), "case_act_out_of_order");
  EXPECT_EQ(m.events("case.withdrawn").size(), 1U);
}

TEST(OnFile, OffersWhatThePlatformHasWhole) {
  MatterMachine m;
  m.submit(zhang_san());
  EXPECT_TRUE(m.matters().on_file(zhang_san())->empty()) << "it is still on its way";
  m.deliver();
  auto const papers = m.matters().on_file(zhang_san()).value();
  ASSERT_EQ(papers.size(), 1U);
  EXPECT_EQ(papers[0].material, "household_register");
  EXPECT_EQ(papers[0].pages, m.ready_draft(zhang_san()).materials[1].pages) << "by their own hash";
  EXPECT_TRUE(m.matters().on_file(zhang_san('7'))->empty());

  // The next application uses it: nothing is sent twice.
  m.advance(1h);
  auto draft = m.ready_draft(zhang_san());
  draft.materials[1] = {"household_register", papers[0].pages, How::on_file};
  ASSERT_TRUE(m.matters().save_draft(zhang_san(), draft));
  ASSERT_TRUE(m.matters().submit(m.submission(draft, zhang_san())));
  auto const data = m.events().at(1).data;
  EXPECT_EQ(data.at("documents").size(), 2U);
  EXPECT_EQ(data.at("on_file")[0].at("sha256").size(), 2U);
  EXPECT_EQ(misfit("cn.yizhan.case.submitted.v1", data), "");
  EXPECT_EQ(m.matters().on_file(zhang_san())->size(), 1U);
}

TEST(OldCases, GoOnceThePlatformHasThem) {
  MatterMachine m;
  auto const view = m.submit(zhang_san());
  ASSERT_TRUE(m.told(view.what.number, "received"));
  ASSERT_TRUE(m.told(view.what.number, "refused", {{"reason", "repeated"}}));
  m.advance(24h * 92);
  ASSERT_TRUE(m.matters().keep_house());
  EXPECT_EQ(m.count("SELECT count(*) FROM cases"), 1) << "the platform lacks it";
  m.deliver();
  ASSERT_TRUE(m.matters().keep_house());
  for (auto const* table : {"cases", "case_parts", "case_papers", "uploads", "dossiers", "blobs"}) {
    EXPECT_EQ(m.count("SELECT count(*) FROM " + std::string(table)), 0) << table;
  }
}

TEST(Counts, TellWhatWaits) {
  MatterMachine m;
  m.ready_draft(zhang_san());
  m.submit(zhang_san());
  auto const counts = m.matters().counts().value();
  EXPECT_EQ(counts.drafts, 1);
  EXPECT_EQ(counts.cases, 1);
  EXPECT_EQ(counts.open_cases, 1);
  EXPECT_EQ(counts.undelivered, 1);
}

}  // namespace
}  // namespace yizhan::test

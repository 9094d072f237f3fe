// Drafts and pages: kept for the same person only, for a time, and gone with everything they own.
#include "tests/unit/shared/office/matter_machine.h"

namespace yizhan::test {
namespace {

using namespace std::chrono_literals;

identity::Person typed(char digit = '6') {
  auto person = zhang_san(digit);
  person.verification = identity::Verification::typed;
  return person;
}

TEST(Drafts, AreResumedByTheSamePersonAfterARestart) {
  MatterMachine m;
  auto const draft = m.ready_draft(zhang_san());
  m.restart();
  auto const heads = m.matters().drafts(zhang_san()).value();
  ASSERT_EQ(heads.size(), 1U);
  EXPECT_EQ(heads[0].id, draft.id);
  EXPECT_EQ(heads[0].matter, "social_card_replace");
  auto const opened = m.matters().open_draft(zhang_san(), draft.id);
  ASSERT_TRUE(opened) << opened.error().to_line();
  EXPECT_EQ(opened->fields, draft.fields);
  EXPECT_EQ(opened->answers, draft.answers);
  ASSERT_EQ(opened->materials.size(), 3U);
  EXPECT_EQ(m.matters().page(opened->materials[1].pages[0]).value(), page_of("household 1"));
}

TEST(Drafts, AnotherPersonSeesAndChangesNothing) {
  MatterMachine m;
  auto draft = m.ready_draft(zhang_san());
  auto const other = zhang_san('7');
  EXPECT_TRUE(m.matters().drafts(other)->empty());
  EXPECT_EQ(code_of(m.matters().open_draft(other, draft.id)), "draft_unknown");
  EXPECT_EQ(code_of(m.matters().discard_draft(other, draft.id)), "draft_unknown");
  draft.materials.clear();
  EXPECT_EQ(code_of(m.matters().save_draft(other, draft)), "draft_foreign");
  EXPECT_EQ(code_of(m.matters().submit(m.submission(draft, zhang_san('7')))), "draft_unknown");
  EXPECT_EQ(m.matters().open_draft(zhang_san(), draft.id)->materials.size(), 3U);
}

TEST(Drafts, ANumberAloneOpensNothing) {
  MatterMachine m;
  auto const draft = m.ready_draft(zhang_san());
  for (auto const& person : {typed(), identity::Person{}}) {
    EXPECT_EQ(code_of(m.matters().drafts(person)), "person_unknown");
    EXPECT_EQ(code_of(m.matters().open_draft(person, draft.id)), "person_unknown");
    EXPECT_EQ(code_of(m.matters().save_draft(person, draft)), "person_unknown");
    EXPECT_EQ(code_of(m.matters().cases(person)), "person_unknown");
    EXPECT_EQ(code_of(m.matters().on_file(person)), "person_unknown");
    EXPECT_EQ(code_of(m.matters().ratable(person)), "person_unknown");
  }
}

TEST(Drafts, APageOfAnotherDraftCannotBeNamed) {
  MatterMachine m;
  auto const theirs = m.ready_draft(zhang_san());
  cases::Draft mine;
  mine.id = Uuid::v7(m.env());
  mine.matter = "social_card_replace";
  mine.materials = theirs.materials;
  EXPECT_EQ(code_of(m.matters().save_draft(zhang_san('7'), mine)), "page_unknown");
}

TEST(Drafts, AreSealedAtRest) {
  MatterMachine m;
  m.ready_draft(zhang_san());
  EXPECT_EQ(m.count("SELECT count(*) FROM dossiers WHERE instr(sealed, CAST('13800000000' AS BLOB)) > 0 OR "
                    "instr(sealed, CAST('phone' AS BLOB)) > 0"),
            0);
}

TEST(Drafts, ExpireWithTheirPages) {
  MatterMachine m;
  auto const draft = m.ready_draft(zhang_san());
  m.advance(71h);
  ASSERT_TRUE(m.matters().keep_house());
  EXPECT_EQ(m.count("SELECT count(*) FROM blobs"), 2);
  m.advance(1h);
  EXPECT_EQ(code_of(m.matters().open_draft(zhang_san(), draft.id)), "draft_unknown");
  ASSERT_TRUE(m.matters().keep_house());
  EXPECT_EQ(m.count("SELECT count(*) FROM dossiers"), 0);
  EXPECT_EQ(m.count("SELECT count(*) FROM blobs"), 0);
  EXPECT_EQ(m.count("SELECT count(*) FROM blob_chunks"), 0);
}

TEST(Drafts, EachSaveStartsTheTimeAnew) {
  MatterMachine m;
  auto draft = m.ready_draft(zhang_san());
  m.advance(60h);
  draft.section = "more";
  ASSERT_TRUE(m.matters().save_draft(zhang_san(), draft));
  m.advance(60h);
  ASSERT_TRUE(m.matters().keep_house());
  EXPECT_EQ(m.matters().open_draft(zhang_san(), draft.id)->section, "more");
}

TEST(Drafts, DiscardedOnesLeaveNothing) {
  MatterMachine m;
  auto const draft = m.ready_draft(zhang_san());
  ASSERT_TRUE(m.matters().discard_draft(zhang_san(), draft.id));
  EXPECT_TRUE(m.matters().drafts(zhang_san())->empty());
  EXPECT_EQ(m.count("SELECT count(*) FROM dossiers"), 0);
  EXPECT_EQ(m.count("SELECT count(*) FROM blobs"), 0);
}

TEST(Drafts, PagesThatNoDraftNamesGoAfterADay) {
  MatterMachine m;
  ASSERT_TRUE(m.matters().put_page(Uuid::v7(m.env()), page_of("stray")));
  m.advance(23h);
  ASSERT_TRUE(m.matters().keep_house());
  EXPECT_EQ(m.count("SELECT count(*) FROM blobs"), 1);
  m.advance(1h);
  ASSERT_TRUE(m.matters().keep_house());
  EXPECT_EQ(m.count("SELECT count(*) FROM blobs"), 0);
}

TEST(Drafts, ADroppedPageGoesAtOnce) {
  MatterMachine m;
  auto const draft = m.ready_draft(zhang_san());
  ASSERT_TRUE(m.matters().drop_page(draft.id, draft.materials[1].pages[1]));
  EXPECT_EQ(code_of(m.matters().page(draft.materials[1].pages[1])), "blob_unknown");
  EXPECT_EQ(m.count("SELECT count(*) FROM blobs"), 1);
}

TEST(Drafts, WithoutAHallKeyNothingIsKept) {
  MatterMachine m;
  m.hall_key.clear();
  m.restart();
  cases::Draft draft;
  draft.id = Uuid::v7(m.env());
  draft.matter = "social_card_replace";
  EXPECT_EQ(code_of(m.matters().save_draft(zhang_san(), draft)), "no_hall_key");
  EXPECT_EQ(m.count("SELECT count(*) FROM dossiers"), 0);
}

TEST(Drafts, TooLargeAPageIsRefused) {
  MatterMachine m;
  std::vector<std::byte> const huge(32 * 1024 * 1024 + 1);
  EXPECT_EQ(code_of(m.matters().put_page(Uuid::v7(m.env()), huge)), "blob_too_large");
}

}  // namespace
}  // namespace yizhan::test

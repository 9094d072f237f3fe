#include "shared/store/uploads.h"

#include <gtest/gtest.h>

#include "shared/base/text.h"
#include "shared/store/blobs.h"
#include "tests/support/store/machine.h"

namespace yizhan::store {
namespace {

class UploadTable : public testing::Test {
 protected:
  test::Machine m_machine;
  Uuid m_case = Uuid::v7(m_machine.env().env());

  void SetUp() override { ASSERT_TRUE(m_machine.open()); }
  Uploads& uploads() { return m_machine.store().uploads(); }
  /// A document of the case, its name.
  std::string add(std::string const& kind, std::string const& content, std::optional<Uuid> const& of = {}) {
    auto const owner = of.value_or(m_case);
    auto const name = m_machine.store().blobs().put(upload_owner(owner), text::bytes_of(content)).value();
    EXPECT_TRUE(uploads().add(owner, kind, name));
    return name;
  }
  std::string next() {
    auto const due = uploads().next_upload().value();
    return due ? due->sha256 : "";
  }
};

TEST_F(UploadTable, ApplicationGoesBeforeSignatureBeforePagesAndOlderCasesFirst) {
  auto const page_1 = add("material", "page 1");
  auto const page_2 = add("material", "page 2");
  auto const signature = add("signature", "signature");
  auto const application = add("application", "application");
  m_machine.env().clock.advance(std::chrono::seconds(1));
  auto const later = add("application", "of another", Uuid::v7(m_machine.env().env()));
  for (auto const& wanted : {application, signature, page_1, page_2, later}) {
    EXPECT_EQ(next(), wanted);
    ASSERT_TRUE(uploads().note_upload(wanted, uploads().next_upload().value()->size));
  }
  EXPECT_EQ(next(), "");
}

TEST_F(UploadTable, KnowsHowFarItCameAfterARestart) {
  auto const name = add("material", "0123456789");
  EXPECT_EQ(uploads().upload_status()->bytes, 10u);
  ASSERT_TRUE(uploads().note_upload(name, 4));
  ASSERT_TRUE(m_machine.open());
  auto const due = uploads().next_upload().value();
  ASSERT_TRUE(due);
  EXPECT_EQ(due->sent, 4u);
  EXPECT_EQ(due->size, 10u);
  EXPECT_EQ(text::chars_of(uploads().read_upload(name, 4, 100).value()), "456789");
  auto const status = uploads().upload_status().value();
  EXPECT_EQ(status.waiting, 1u);
  EXPECT_EQ(status.bytes, 6u);
  // The platform lost what it had.
  ASSERT_TRUE(uploads().note_upload(name, 0));
  EXPECT_EQ(uploads().next_upload().value()->sent, 0u);
}

TEST_F(UploadTable, BytesGoOnceThePlatformHasThem) {
  auto const name = add("material", "page");
  EXPECT_FALSE(uploads().all_done(m_case).value());
  ASSERT_TRUE(uploads().note_upload(name, 4));
  EXPECT_TRUE(uploads().all_done(m_case).value());
  EXPECT_TRUE(uploads().done(name).value());
  EXPECT_EQ(m_machine.one("SELECT count(*) FROM blob_chunks"), "0");
  EXPECT_TRUE(uploads().read_upload(name, 0, 4).error().is("upload_unknown"));
  ASSERT_TRUE(uploads().note_upload(name, 0)) << "a late word changes nothing";
  EXPECT_TRUE(uploads().done(name).value());
}

TEST_F(UploadTable, AParkedDocumentHoldsNothingUpAndCanBeTriedAgain) {
  auto const refused = add("application", "refused");
  auto const other = add("material", "other");
  ASSERT_TRUE(uploads().park_upload(refused, "upload_hash"));
  EXPECT_EQ(next(), other);
  EXPECT_EQ(uploads().upload_status()->parked, 1u);
  EXPECT_EQ(uploads().upload_status()->waiting, 1u);
  ASSERT_EQ(uploads().parked_uploads()->size(), 1u);
  EXPECT_EQ(uploads().parked_uploads()->front().problem, "upload_hash");
  EXPECT_EQ(uploads().parked_uploads()->front().case_id, m_case);
  ASSERT_TRUE(uploads().note_upload(other, 5));
  EXPECT_FALSE(uploads().all_done(m_case).value());
  ASSERT_TRUE(uploads().unpark(refused));
  EXPECT_EQ(next(), refused);
  EXPECT_TRUE(uploads().unpark(refused).error().is("upload_unknown"));
}

TEST_F(UploadTable, OnlyStoredContentOfTheCaseCanBeSent) {
  auto const name = m_machine.store().blobs().put("a draft", text::bytes_of("x")).value();
  EXPECT_TRUE(uploads().add(m_case, "material", name).error().is("blob_unknown"));
  EXPECT_TRUE(uploads().note_upload(name, 1).error().is("upload_unknown"));
  EXPECT_TRUE(uploads().read_upload(name, 0, 1).error().is("upload_unknown"));
}

TEST_F(UploadTable, AForgottenCaseLeavesNoDocuments) {
  add("material", "page");
  ASSERT_TRUE(uploads().forget(m_case));
  EXPECT_EQ(m_machine.one("SELECT count(*) FROM uploads"), "0");
  EXPECT_EQ(m_machine.one("SELECT count(*) FROM blob_chunks"), "0");
}

}  // namespace
}  // namespace yizhan::store

#include "tests/unit/shared/office/office_machine.h"

namespace yizhan::test {
namespace {

using namespace std::chrono_literals;

/// Every byte the machine has written.
std::string all_files(OfficeMachine& m) {
  std::string bytes;
  for (auto const& entry : std::filesystem::recursive_directory_iterator(m.machine.folder.path()))
    if (entry.is_regular_file() && entry.path().filename() != "vault.dev") bytes += read_file(entry.path());
  return bytes;
}

TEST(Visits, KeepWhoCameForTheClerkAndNobodyElse) {
  OfficeMachine m;
  auto const issued = *m.office().take_ticket({.service = "social_card_replace", .person = zhang_san()});
  auto const visitor = m.office().visitor(issued.ticket.id);
  ASSERT_TRUE(visitor && visitor->has_value());
  EXPECT_EQ((*visitor)->name.view(), "张三");
  EXPECT_EQ((*visitor)->number.view(), "420106199003070016");
  EXPECT_EQ((*visitor)->kind, identity::DocumentKind::id_card);
  auto const nobody = *m.office().take_ticket({.service = "social_card_replace"});
  EXPECT_FALSE(m.office().visitor(nobody.ticket.id)->has_value());

  // Sealed inside the encrypted database too: a query does not read it.
  auto row = m.machine.store->database().prepare("SELECT personal FROM visits");
  ASSERT_TRUE(row->step().value_or(false));
  auto const sealed = row->blob(0);
  EXPECT_EQ(text::chars_of(sealed).find("420106199003070016"), std::string_view::npos);
}

TEST(Visits, NoNameOrNumberReachesAnyFile) {
  OfficeMachine m;
  auto const issued = *m.office().take_ticket({.service = "social_card_replace", .person = zhang_san()});
  ASSERT_TRUE(m.office().call_next({'A'}));
  auto const bytes = all_files(m);
  ASSERT_GT(bytes.size(), 4096U);
  for (std::string const& secret : {std::string("420106199003070016"), std::string("19900307"), std::string("张三"),
                                    std::string("A001"), std::string("\x20\x5F\x09\x4E"), issued.ticket.holder})
    EXPECT_EQ(bytes.find(secret), std::string::npos);
}

TEST(Visits, EndOfASessionForgetsFinishedOnes) {
  OfficeMachine m;
  auto const first = *m.office().take_ticket({.service = "social_card_replace", .person = zhang_san()});
  m.advance(1s);
  auto const other = *m.office().take_ticket({.service = "social_card_replace", .person = zhang_san('X')});
  ASSERT_TRUE(m.office().wipe_session());
  EXPECT_TRUE(m.office().visitor(first.ticket.id)->has_value()) << "still waiting";
  ASSERT_TRUE(m.office().call_next({'A'}));
  ASSERT_TRUE(m.office().start_service(first.ticket.id));
  ASSERT_TRUE(m.office().finish_service(first.ticket.id));
  ASSERT_TRUE(m.office().wipe_session());
  EXPECT_FALSE(m.office().visitor(first.ticket.id)->has_value());
  EXPECT_TRUE(m.office().visitor(other.ticket.id)->has_value());
  EXPECT_EQ(m.machine.count("SELECT count(*) FROM visits"), 1);
  m.advance(24h);
  ASSERT_TRUE(m.office().recover());
  ASSERT_TRUE(m.office().wipe_session());
  EXPECT_EQ(m.machine.count("SELECT count(*) FROM visits"), 0);
  EXPECT_EQ(m.office().take_ticket({.service = "elder_card"})->ticket.number, "B001") << "the office goes on";
}

}  // namespace
}  // namespace yizhan::test

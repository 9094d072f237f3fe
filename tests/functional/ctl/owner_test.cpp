// A data folder that nobody owns: yizhanctl opens it itself.
#include <sqlite3.h>

#include "tests/functional/ctl/ctl.h"

namespace yizhan {
namespace {

using test::answer_of;
using test::ctl;
using test::expect_refusal;

struct DataFolder : testing::Test {
  test::TempDir folder{"ctl"};
  [[nodiscard]] std::filesystem::path database() const { return folder / "data/yizhan.db"; }

  void SetUp() override {
    test::write_file(folder / "terminal.toml", "[terminal]\nid = \"001\"\n");
    ASSERT_EQ(ask({"staff", "add", "--number", "9000"}, "246810\n").exit, test::k_answered);
  }
  test::Outcome ask(std::vector<std::string> words, std::string input = {}) {
    words.insert(words.end(), {"--config", (folder / "terminal.toml").string(), "--data", (folder / "data").string(),
                               "--profile", "demo"});
    return ctl(words, std::move(input));
  }
};

TEST_F(DataFolder, IsChecked) {
  auto const fresh = ask({"db", "check"});
  EXPECT_EQ(fresh.exit, test::k_answered) << fresh.err;
  EXPECT_EQ(fresh.out, "ok\n");
  EXPECT_TRUE(answer_of(ask({"db", "check", "--json"}))["findings"].empty());
}

TEST_F(DataFolder, WithNoMachineIsRefusedAndLeftAsItIs) {
  std::filesystem::remove_all(folder / "data");
  for (auto const& words : {std::vector<std::string>{"db", "check"}, {"sync", "status"}, {"sync", "once"}}) {
    expect_refusal(ask(words), test::k_unavailable, "machine_absent");
    EXPECT_FALSE(std::filesystem::exists(folder / "data"));
  }
}

TEST_F(DataFolder, ThatLostItsDatabaseIsNotCalledWell) {
  for (auto const* rest : {"", "-wal"}) std::filesystem::remove(database().string() + rest);
  expect_refusal(ask({"db", "check"}), test::k_unavailable, "machine_absent");
  EXPECT_FALSE(std::filesystem::exists(database()));
}

TEST_F(DataFolder, ThatWasNeverClonedHasNothingToAdopt) { EXPECT_NE(ask({"sync", "adopt"}).exit, test::k_answered); }

TEST_F(DataFolder, WithAPlainDatabaseIsBadData) {
  ASSERT_EQ(ask({"db", "check"}).exit, 0);
  for (auto const* rest : {"", "-wal", "-shm"}) std::filesystem::remove(database().string() + rest);
  sqlite3* plain = nullptr;
  ASSERT_EQ(sqlite3_open(database().c_str(), &plain), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(plain, "CREATE TABLE visits (name TEXT)", nullptr, nullptr, nullptr), SQLITE_OK);
  sqlite3_close(plain);
  expect_refusal(ask({"db", "check"}), test::k_bad_data, "database_not_encrypted");
}

TEST_F(DataFolder, WithAFlippedBitIsBadData) {
  ASSERT_EQ(ask({"staff", "add", "--number", "1001"}, "246810\n").exit, 0);
  auto bytes = test::read_file(database());
  ASSERT_GT(bytes.size(), 3u * 4096u);
  bytes[bytes.size() - 2048] = static_cast<char>(bytes[bytes.size() - 2048] ^ 1);
  test::write_file(database(), bytes);
  EXPECT_EQ(ask({"db", "check"}).exit, test::k_bad_data);
}

TEST_F(DataFolder, TellsItsLineWithoutAnOwner) {
  auto const status = answer_of(ask({"sync", "status", "--json"}));
  for (auto const* member : {"epoch", "sequence", "accepted_through", "backlog", "parked", "last_contact", "state"}) {
    EXPECT_TRUE(status.contains(member)) << member;
  }
  EXPECT_EQ(status["backlog"], 0);
  EXPECT_EQ(status["parked"], 0);
  EXPECT_TRUE(status["last_contact"].is_null());
  EXPECT_EQ(status["state"], "no_epoch");
}

TEST_F(DataFolder, WithoutAPlatformCannotSynchronise) {
  expect_refusal(ask({"sync", "once"}), test::k_unavailable, "platform_not_configured");
}

TEST_F(DataFolder, IsBackedUp) {
  auto const file = (folder / "copy.db").string();
  EXPECT_EQ(ask({"db", "backup", file}).exit, test::k_answered);
  EXPECT_FALSE(test::read_file(file).starts_with("SQLite format 3"));
}

TEST_F(DataFolder, TakesAPinOnlyFromStandardInput) {
  auto const added = ask({"staff", "add", "--number", "1001", "--role", "supervisor"}, "246810\n");
  EXPECT_EQ(added.exit, test::k_answered) << added.err;
  EXPECT_EQ(added.out.find("246810"), std::string::npos);
  EXPECT_EQ(ask({"staff", "add", "--number", "1001", "--role", "king"}, "246810\n").exit, test::k_wrong_usage);
  EXPECT_NE(ask({"staff", "add", "--number", "王"}, "246810\n").exit, test::k_answered);
}

TEST_F(DataFolder, NamesAnUnknownKeyOfItsConfiguration) {
  test::write_file(folder / "terminal.toml", "[terminal]\nid = \"001\"\nidd = 3\n");
  auto const outcome = ask({"sync", "status"});
  expect_refusal(outcome, test::k_bad_data, "config_unknown_key");
  EXPECT_NE(outcome.err.find("terminal.toml:3: terminal.idd"), std::string::npos) << outcome.err;
}

TEST_F(DataFolder, IsNotOpenedWithAKeyFileInProduction) {
  EXPECT_EQ(
      ctl({"db", "check", "--config", (folder / "terminal.toml").string(), "--data", (folder / "data").string()}).exit,
      test::k_not_permitted);
}

TEST(Ctl, ExplainsItself) {
  auto const help = ctl({"--help"});
  EXPECT_EQ(help.exit, test::k_answered);
  for (auto const* command : {"scan", "card", "reader", "ticket", "printer", "credential", "id", "db", "sync"}) {
    EXPECT_NE(help.out.find(command), std::string::npos) << command;
  }
  EXPECT_EQ(ctl({}).exit, test::k_wrong_usage);
  EXPECT_EQ(ctl({"fly"}).exit, test::k_wrong_usage);
}

}  // namespace
}  // namespace yizhan

// What stops the start: one clear line on standard error, an exit code a service manager can tell apart, nothing lost.
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <algorithm>

#include "tests/flow/kiosk_program.h"

namespace yizhan {
namespace {

constexpr int k_bad_data = 65;
constexpr int k_unavailable = 69;
constexpr int k_not_permitted = 77;
constexpr int k_wrong_usage = 2;

/// The lines that are not the log's.
std::vector<std::string> complaints(test::Outcome const& outcome) {
  std::vector<std::string> lines;
  std::string_view rest = outcome.err;
  while (!rest.empty()) {
    auto const line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    if (line.starts_with("yizhan-kiosk: ")) lines.emplace_back(line);
  }
  return lines;
}

void expect_one_line(test::Outcome const& outcome, int exit, std::string const& words) {
  EXPECT_EQ(outcome.exit, exit) << outcome.err;
  auto const lines = complaints(outcome);
  ASSERT_EQ(lines.size(), 1u) << outcome.err;
  EXPECT_NE(lines[0].find(words), std::string::npos) << lines[0];
}

void make_plain_database(std::filesystem::path const& file) {
  sqlite3* database = nullptr;
  ASSERT_EQ(sqlite3_open(file.c_str(), &database), SQLITE_OK);
  EXPECT_EQ(sqlite3_exec(database, "CREATE TABLE visits (name TEXT)", nullptr, nullptr, nullptr), SQLITE_OK);
  EXPECT_EQ(sqlite3_close(database), SQLITE_OK);
  ASSERT_TRUE(test::read_file(file).starts_with("SQLite format 3"));
}

TEST(Start, LeavesAFolderThatTheNextStartOpens) {
  test::Kiosk const kiosk;
  EXPECT_EQ(kiosk.start().exit, 0);
  EXPECT_TRUE(std::filesystem::exists(kiosk.data() / "yizhan.db"));
  auto const again = kiosk.start();
  EXPECT_EQ(again.exit, 0) << again.err;
}

TEST(Start, IsStoppedByAPlainDatabaseAndLeavesItAsItIs) {
  test::Kiosk const kiosk;
  ASSERT_EQ(kiosk.start().exit, 0);
  auto const file = kiosk.data() / "yizhan.db";
  for (auto const* rest : {"", "-wal", "-shm"}) std::filesystem::remove(file.string() + rest);
  make_plain_database(file);
  auto const before = test::read_file(file);
  expect_one_line(kiosk.start(), k_bad_data, "database_not_encrypted");
  EXPECT_EQ(test::read_file(file), before);
}

TEST(Start, IsStoppedByADatabaseOfAnotherMachinesKey) {
  test::Kiosk const mine;
  test::Kiosk const other;
  ASSERT_EQ(mine.start().exit, 0);
  ASSERT_EQ(other.start().exit, 0);
  for (auto const* rest : {"-wal", "-shm"}) std::filesystem::remove((mine.data() / "yizhan.db").string() + rest);
  std::filesystem::copy_file(other.data() / "yizhan.db", mine.data() / "yizhan.db",
                             std::filesystem::copy_options::overwrite_existing);
  expect_one_line(mine.start(), k_bad_data, "database_wrong_key");
}

TEST(Start, NamesFileLineAndKeyOfAnUnknownSetting) {
  test::Kiosk const kiosk({.more_config = "[session]\nidle_secnods = 30\n"});
  auto const text = test::read_file(kiosk.config());
  auto const line =
      1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(text.find("idle_secnods")), '\n');
  expect_one_line(kiosk.start(), k_bad_data,
                  kiosk.config().string() + ":" + std::to_string(line) + ": session.idle_secnods");
}

TEST(Start, NamesWhatAValueMustBe) {
  test::Kiosk const kiosk({.more_config = "[session]\nidle_seconds = 5\n"});
  expect_one_line(kiosk.start(), k_bad_data, "session.idle_seconds: must be 10 … 600 (s)");
}

TEST(Start, NamesTheLineOfAFaultyScenario) {
  test::Kiosk const kiosk;
  expect_one_line(kiosk.play_text("seed 1\nat 1s jump\n"), k_bad_data, "line 2");
}

TEST(Start, OneProcessOwnsAFolder) {
  test::Kiosk const kiosk;
  test::ChildProcess owner(kiosk.command());
  ASSERT_TRUE(test::eventually(std::chrono::seconds(60), [&] {
    return std::filesystem::exists(kiosk.data() / "control.sock");
  })) << owner.err();
  expect_one_line(kiosk.start(), k_unavailable, "folder_in_use");
  EXPECT_TRUE(owner.running());
  EXPECT_EQ(owner.terminate(), 0) << owner.err();
  EXPECT_EQ(kiosk.start().exit, 0);
}

TEST(Start, AKilledOwnerDoesNotBlockTheNext) {
  test::Kiosk const kiosk;
  {
    test::ChildProcess owner(kiosk.command());
    ASSERT_TRUE(test::eventually(std::chrono::seconds(60),
                                 [&] { return std::filesystem::exists(kiosk.data() / "control.sock"); }));
    owner.kill();
  }
  auto const next = kiosk.start();
  EXPECT_EQ(next.exit, 0) << next.err;
}

TEST(Start, ProductionAllowsNeitherEmulatedDevicesNorAKeyFile) {
  test::Kiosk const kiosk;
  auto command = kiosk.command();
  std::replace(command.argv.begin(), command.argv.end(), std::string("demo"), std::string("production"));
  auto const outcome = test::run(command);
  EXPECT_EQ(outcome.exit, k_not_permitted) << outcome.err;
  EXPECT_EQ(complaints(outcome).size(), 1u) << outcome.err;
}

TEST(Start, WithoutADisplayTheServiceIsUnavailable) {
  test::Kiosk const kiosk;
  auto command = kiosk.command();
  command.environment.emplace_back("DISPLAY", ":0.invalid");
  expect_one_line(test::run(command), k_unavailable, "no_display");
}

TEST(Start, WrongWordsOnTheCommandLineAreWrongUsage) {
  test::Kiosk const kiosk({.modes = "resident,kitchen"});
  EXPECT_EQ(kiosk.start().exit, k_wrong_usage);
}

}  // namespace
}  // namespace yizhan

int main(int count, char** arguments) { return yizhan::test::run_with_display(count, arguments); }

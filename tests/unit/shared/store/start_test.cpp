// What a start notices about its folder.
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <nlohmann/json.hpp>

#include "tests/support/store/machine.h"

namespace yizhan::store {
namespace {

namespace fs = std::filesystem;
using line::EpochReason;

calendar::BusinessDay day(unsigned of_march) {
  return {std::chrono::year(2026) / std::chrono::March / std::chrono::day(of_march)};
}

class Start : public testing::Test {
 protected:
  test::Machine m_machine;
  fs::path m_copy = m_machine.folder().parent_path() / "copy.db";

  /// Puts a database file in the closed machine's place.
  void replace_database(fs::path const& with) {
    fs::remove(m_machine.database_file().string() + "-wal");
    fs::copy_file(with, m_machine.database_file(), fs::copy_options::overwrite_existing);
  }
  /// As the disk is right now, log included: the image of a machine that lost power.
  void copy_image(fs::path const& to) {
    fs::create_directory(to);
    for (auto const& entry : fs::directory_iterator(m_machine.folder())) {
      if (entry.is_regular_file()) fs::copy_file(entry.path(), to / entry.path().filename());
    }
  }
};

TEST_F(Start, MakesAPrivateFolder) {
  ::umask(0);
  ASSERT_TRUE(m_machine.open());
  m_machine.append();
  struct stat found {};
  ASSERT_EQ(::stat(m_machine.folder().c_str(), &found), 0);
  EXPECT_EQ(found.st_mode & 0777, 0700u);
  for (auto const& entry : fs::directory_iterator(m_machine.folder())) {
    ASSERT_EQ(::stat(entry.path().c_str(), &found), 0);
    EXPECT_EQ(found.st_mode & 0777, 0600u) << entry.path();
  }
}

TEST_F(Start, RefusesAFolderThatHasAnOwner) {
  ASSERT_TRUE(m_machine.open());
  calendar::HallClock clock(m_machine.env().clock.wall(), m_machine.env().clock.steady(), WallTime{});
  StoreOptions options;
  options.folder = m_machine.folder();
  auto const second = Store::open(std::move(options), m_machine.vault(), m_machine.env().env(), clock);
  ASSERT_FALSE(second);
  EXPECT_TRUE(second.error().is("folder_in_use"));
  m_machine.append();
}

TEST_F(Start, NeverMakesANewKeyForAnOldDatabase) {
  ASSERT_TRUE(m_machine.open());
  m_machine.close();
  test::Machine other;
  fs::create_directory(other.folder());
  fs::copy_file(m_machine.database_file(), other.database_file());
  EXPECT_TRUE(other.open().error().is("key_absent"));
}

TEST_F(Start, FindsNothingAfterAnOrdinaryStop) {
  ASSERT_TRUE(m_machine.open());
  ASSERT_TRUE(m_machine.open_epoch("1"));
  m_machine.append();
  ASSERT_TRUE(m_machine.open());
  EXPECT_FALSE(m_machine.store().missing());
  EXPECT_FALSE(m_machine.outbox().epoch_reason_due().value());
  EXPECT_FALSE(m_machine.store().numbers_withheld(day(2)).value());
}

TEST_F(Start, ReportsATailThatTheDiskLostByNumber) {
  ASSERT_TRUE(m_machine.open());
  ASSERT_TRUE(m_machine.open_epoch("1"));
  ASSERT_TRUE(m_machine.accept(m_machine.due()));
  ASSERT_TRUE(m_machine.store().database().execute("PRAGMA wal_checkpoint(TRUNCATE)"));
  for (int i = 0; i < 8; ++i) m_machine.append();
  // The log as the disk gives it back: a frame in the middle has a flipped bit, which cuts off all behind it.
  auto const image = m_machine.folder().parent_path() / "image";
  copy_image(image);
  m_machine.close();
  auto log = test::read_file(image / "yizhan.db-wal");
  log[log.size() / 2] ^= 1;
  for (auto const& entry : fs::directory_iterator(image)) {
    fs::copy_file(entry.path(), m_machine.folder() / entry.path().filename(), fs::copy_options::overwrite_existing);
  }
  test::write_file(m_machine.folder() / "yizhan.db-wal", log);

  ASSERT_TRUE(m_machine.open());
  auto const& missing = m_machine.store().missing();
  ASSERT_TRUE(missing);
  auto const last = m_machine.outbox().status()->last.sequence;
  EXPECT_LT(last, 9u);
  EXPECT_EQ(missing->epoch, "1");
  EXPECT_EQ(missing->first_missing, last + 1);
  EXPECT_EQ(missing->last_missing, 9u);
  EXPECT_FALSE(missing->restored);
  EXPECT_TRUE(m_machine.store().check()->empty()) << "all other checks are blind to it";
  EXPECT_EQ(m_machine.outbox().status()->halt, line::Halt::no_epoch);
  EXPECT_EQ(m_machine.outbox().epoch_request(EpochReason::created, "1")->reason, EpochReason::behind);

  // Still said after another start, and after new events took the missing numbers in the old epoch.
  for (int i = 0; i < 9; ++i) m_machine.append();
  ASSERT_TRUE(m_machine.open());
  ASSERT_TRUE(m_machine.store().missing());
  EXPECT_EQ(m_machine.store().missing()->first_missing, last + 1);
  EXPECT_EQ(m_machine.store().missing()->last_missing, 9u);
  EXPECT_EQ(m_machine.one("SELECT count(*) FROM audit WHERE action = 'store.behind'"), "1");

  ASSERT_TRUE(m_machine.open_epoch("2", "1"));
  ASSERT_TRUE(m_machine.open());
  EXPECT_FALSE(m_machine.store().missing());
}

TEST_F(Start, KnowsARestoredBackup) {
  ASSERT_TRUE(m_machine.open());
  ASSERT_TRUE(m_machine.open_epoch("1"));
  auto const before = m_machine.append("before");
  ASSERT_TRUE(m_machine.store().backup(m_copy));
  EXPECT_FALSE(m_machine.outbox().epoch_reason_due().value()) << "the original is none";
  m_machine.append("after");
  m_machine.close();
  replace_database(m_copy);

  ASSERT_TRUE(m_machine.open());
  ASSERT_TRUE(m_machine.store().missing());
  EXPECT_TRUE(m_machine.store().missing()->restored);
  EXPECT_EQ(m_machine.store().missing()->first_missing, 3u);
  EXPECT_EQ(m_machine.store().missing()->last_missing, 3u);
  EXPECT_TRUE(m_machine.outbox().contains(before).value());
  EXPECT_EQ(m_machine.outbox().epoch_reason_due().value(), EpochReason::restored);
  EXPECT_TRUE(m_machine.due().empty());
  ASSERT_TRUE(m_machine.open_epoch("2", "1"));
  EXPECT_EQ(nlohmann::json::parse(m_machine.due()[0].fact.data).at("reason"), "restored");
}

TEST_F(Start, KnowsABackupOnANewMachineWithoutAMark) {
  ASSERT_TRUE(m_machine.open());
  m_machine.append();
  ASSERT_TRUE(m_machine.store().backup(m_copy));
  m_machine.close();
  replace_database(m_copy);
  fs::remove(m_machine.high_water_file());
  ASSERT_TRUE(m_machine.open());
  ASSERT_TRUE(m_machine.store().missing());
  EXPECT_TRUE(m_machine.store().missing()->restored);
}

TEST_F(Start, TakesALostMarkForARestore) {
  ASSERT_TRUE(m_machine.open());
  ASSERT_TRUE(m_machine.open_epoch("1"));
  m_machine.append();
  m_machine.close();
  fs::remove(m_machine.high_water_file());
  for (int i = 0; i < 2; ++i) {
    ASSERT_TRUE(m_machine.open());
    ASSERT_TRUE(m_machine.store().missing()) << "said at every start until the epoch is open";
    EXPECT_TRUE(m_machine.store().missing()->restored);
    EXPECT_EQ(m_machine.outbox().epoch_reason_due().value(), EpochReason::restored);
  }
  EXPECT_EQ(m_machine.one("SELECT count(*) FROM audit WHERE action = 'store.restored'"), "1");
}

TEST_F(Start, StopsWhenTheMarkIsUnreadable) {
  ASSERT_TRUE(m_machine.open());
  m_machine.close();
  test::write_file(m_machine.high_water_file(), std::string(8192, 'x'));
  EXPECT_TRUE(m_machine.open().error().is("high_water_corrupt"));
}

TEST_F(Start, NumbersAreWithheldAfterARestoreUntilReleasedOrTheDayIsOver) {
  ASSERT_TRUE(m_machine.open());
  m_machine.append();
  m_machine.close();
  fs::remove(m_machine.high_water_file());
  ASSERT_TRUE(m_machine.open());
  EXPECT_TRUE(m_machine.store().numbers_withheld(day(2)).value());
  ASSERT_TRUE(m_machine.open());
  EXPECT_TRUE(m_machine.store().numbers_withheld(day(2)).value());
  EXPECT_FALSE(m_machine.store().numbers_withheld(day(3)).value());
  EXPECT_FALSE(m_machine.store().numbers_withheld(day(2)).value());
}

TEST_F(Start, NumbersOfARestoreCanBeReleased) {
  ASSERT_TRUE(m_machine.open());
  m_machine.append();
  m_machine.close();
  fs::remove(m_machine.high_water_file());
  ASSERT_TRUE(m_machine.open());
  ASSERT_TRUE(m_machine.store().numbers_withheld(day(2)).value());
  ASSERT_TRUE(m_machine.store().release_numbers());
  EXPECT_FALSE(m_machine.store().numbers_withheld(day(2)).value());
}

TEST_F(Start, NamesNumberFamiliesAboveWhatTheDatabaseKnows) {
  ASSERT_TRUE(m_machine.open());
  auto const issue = [&](char queue, std::string const& series, int serial) {
    return m_machine.store().commit([&]() -> Result<void> {
      auto insert = TRY(m_machine.store().database().prepare(
          "INSERT INTO hall_numbers VALUES ('2026-03-02', ?, ?, ?) ON CONFLICT DO UPDATE SET last = excluded.last"));
      TRY(insert.bind_all(std::string_view(&queue, 1), std::string_view(series), serial).run());
      return m_machine.store().high_water().raise_number(day(2), queue, series, serial);
    });
  };
  ASSERT_TRUE(issue('A', "", 7));
  ASSERT_TRUE(issue('B', "", 2));
  ASSERT_TRUE(issue('A', "K", 4));
  ASSERT_TRUE(m_machine.open());
  EXPECT_FALSE(m_machine.store().missing());
  ASSERT_TRUE(m_machine.store().database().execute("UPDATE hall_numbers SET last = 3 WHERE queue = 'A'"));
  ASSERT_TRUE(m_machine.open());
  ASSERT_TRUE(m_machine.store().missing());
  EXPECT_EQ(m_machine.store().missing()->number_families, (std::vector<std::string>{"A", "AK"}));
  EXPECT_EQ(m_machine.store().high_water().highest(day(2), 'A', ""), 7);
}

TEST_F(Start, ABackupIsPrivateWholeAndWithoutTheMark) {
  ASSERT_TRUE(m_machine.open());
  m_machine.append();
  ASSERT_TRUE(m_machine.store().backup(m_copy));
  struct stat found {};
  ASSERT_EQ(::stat(m_copy.c_str(), &found), 0);
  EXPECT_EQ(found.st_mode & 0777, 0600u);
  EXPECT_EQ(test::read_file(m_copy).find("SQLite format"), std::string::npos);
  EXPECT_TRUE(m_machine.store().backup(m_copy).error().is("backup_failed")) << "nothing is overwritten";
  EXPECT_TRUE(m_machine.store().backup("/proc/none/copy.db").error().is("backup_failed"));
  m_machine.append();
  auto const key = m_machine.vault().get("database").value();
  auto copy = Database::open(m_copy, key).value();
  EXPECT_TRUE(copy->check()->empty());
}

}  // namespace
}  // namespace yizhan::store

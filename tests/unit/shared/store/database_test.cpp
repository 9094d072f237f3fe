#include "shared/store/database.h"

#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/stat.h>

#include <fstream>

#include "shared/store/schema.h"
#include "shared/store/wiping_memory.h"
#include "tests/support/store/machine.h"

namespace yizhan::store {
namespace {

SecretBytes key_of(char fill) {
  SecretBytes key(32);
  for (auto& byte : key.span()) byte = static_cast<std::byte>(fill);
  return key;
}

class DatabaseFile : public testing::Test {
 protected:
  test::TempDir m_dir{"db"};
  std::filesystem::path m_file = m_dir / "yizhan.db";

  std::unique_ptr<Database> open(char key = 'k') {
    auto opened = Database::open(m_file, key_of(key));
    EXPECT_TRUE(opened) << opened.error().to_line();
    return opened ? std::move(opened).value() : nullptr;
  }
  Error refused(char key = 'k') {
    auto opened = Database::open(m_file, key_of(key));
    EXPECT_FALSE(opened);
    return opened ? Error::make("opened") : opened.error();
  }
};

std::int64_t number(Database& database, std::string const& sql) {
  auto statement = database.prepare(sql);
  EXPECT_TRUE(statement) << sql;
  EXPECT_TRUE(statement->step());
  return statement->integer(0);
}

TEST_F(DatabaseFile, KeepsWhatWasCommittedAndNothingElse) {
  {
    auto database = open();
    ASSERT_TRUE(database->transaction([&] { return database->execute("INSERT INTO settings VALUES ('a', '1')"); }));
    auto const failed = database->transaction([&]() -> Result<void> {
      EXPECT_TRUE(database->execute("INSERT INTO settings VALUES ('b', '2')"));
      return Error::make("changed_my_mind");
    });
    EXPECT_TRUE(failed.error().is("changed_my_mind"));
  }
  auto database = open();
  EXPECT_EQ(number(*database, "SELECT count(*) FROM settings"), 1);
}

TEST_F(DatabaseFile, IsSetUpAsPromised) {
  auto database = open();
  auto const text = [&](char const* pragma) {
    auto statement = database->prepare(pragma);
    EXPECT_TRUE(statement->step());
    return statement->text(0);
  };
  EXPECT_EQ(text("PRAGMA locking_mode"), "exclusive");
  EXPECT_EQ(text("PRAGMA journal_mode"), "wal");
  EXPECT_EQ(text("PRAGMA synchronous"), "2");
  EXPECT_EQ(text("PRAGMA foreign_keys"), "1");
  EXPECT_EQ(text("PRAGMA temp_store"), "2");
  EXPECT_EQ(text("PRAGMA secure_delete"), "1");
  EXPECT_TRUE(memory_is_wiped());
  EXPECT_FALSE(std::filesystem::exists(m_file.string() + "-shm"));
}

TEST_F(DatabaseFile, FilesAreForTheirOwnerOnly) {
  auto database = open();
  for (auto const* suffix : {"", "-wal"}) {
    struct stat found {};
    ASSERT_EQ(::stat((m_file.string() + suffix).c_str(), &found), 0) << suffix;
    EXPECT_EQ(found.st_mode & 0777, 0600u) << suffix;
  }
}

TEST_F(DatabaseFile, RefusesAPlainSqliteFile) {
  sqlite3* plain = nullptr;
  ASSERT_EQ(sqlite3_open(m_file.c_str(), &plain), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(plain, "CREATE TABLE t (x)", nullptr, nullptr, nullptr), SQLITE_OK);
  sqlite3_close(plain);
  auto const before = test::read_file(m_file);
  EXPECT_TRUE(refused().is("database_not_encrypted"));
  EXPECT_EQ(test::read_file(m_file), before) << "the refused file was changed";
}

TEST_F(DatabaseFile, RefusesAWrongKeyAndStaysWhole) {
  (void)open();
  EXPECT_TRUE(refused('x').is("database_wrong_key"));
  EXPECT_TRUE(Database::open(m_file, SecretBytes(16)).error().is("database_wrong_key"));
  EXPECT_TRUE(open()->check()->empty());
}

TEST_F(DatabaseFile, RefusesGarbage) {
  test::write_file(m_file, std::string(8192, 'g'));
  EXPECT_TRUE(refused().is("database_wrong_key"));
}

TEST_F(DatabaseFile, RefusesASecondConnection) {
  auto const first = open();
  EXPECT_TRUE(refused().is("database_locked"));
}

TEST_F(DatabaseFile, RefusesAFileOfALaterProgram) {
  ASSERT_TRUE(open()->execute("INSERT INTO schema_version VALUES (100000)"));
  EXPECT_TRUE(refused().is("database_too_new"));
}

TEST_F(DatabaseFile, MigratesAnEmptyFileToTheNewestVersionOnce) {
  test::write_file(m_file, "");
  for (int i = 0; i < 2; ++i) {
    auto database = open();
    EXPECT_EQ(number(*database, "SELECT max(version) FROM schema_version"), migrations().back().version);
    EXPECT_EQ(number(*database, "SELECT count(*) FROM schema_version"), static_cast<int>(migrations().size()));
  }
}

TEST_F(DatabaseFile, ReopensWithEverythingInPlace) {
  auto database = open();
  ASSERT_TRUE(database->execute("INSERT INTO settings VALUES ('a', '1')"));
  ASSERT_TRUE(database->reopen());
  EXPECT_EQ(number(*database, "SELECT count(*) FROM settings"), 1);
  ASSERT_TRUE(database->transaction([&] { return database->execute("INSERT INTO settings VALUES ('b', '1')"); }));
}

TEST_F(DatabaseFile, AFlippedBitIsFound) {
  {
    auto database = open();
    ASSERT_TRUE(database->transaction([&]() -> Result<void> {
      for (int i = 0; i < 200; ++i) {
        auto insert = TRY(database->prepare("INSERT INTO settings VALUES (?, ?)"));
        TRY(insert.bind_all(std::string_view("k" + std::to_string(i)), std::string_view(std::string(200, 'v'))).run());
      }
      return {};
    }));
  }
  auto const size = std::filesystem::file_size(m_file);
  {
    std::fstream file(m_file, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(static_cast<std::streamoff>(size - 2000));
    file.put('\x55');
  }
  auto database = open();
  auto const findings = database->check();
  ASSERT_TRUE(findings) << findings.error().to_line();
  EXPECT_FALSE(findings->empty());
}

TEST_F(DatabaseFile, ErrorsOfSqlNameNoValues) {
  auto database = open();
  ASSERT_TRUE(database->execute("INSERT INTO settings VALUES ('a', '1')"));
  auto insert = database->prepare("INSERT INTO settings VALUES (?, ?)");
  auto const failed = insert->bind_all(std::string_view("a"), std::string_view("420106199003070016")).run();
  EXPECT_TRUE(failed.error().is("database_constraint"));
  EXPECT_EQ(failed.error().to_line().find("420106"), std::string::npos);
}

TEST_F(DatabaseFile, ValuesComeBackAsTheyWere) {
  auto database = open();
  ASSERT_TRUE(database->execute("CREATE TABLE t (i INTEGER, t TEXT, b BLOB, n TEXT, u TEXT) STRICT"));
  auto const id = Uuid::parse("0192f000-0000-7000-8000-000000000001").value();
  std::vector<std::byte> const blob = {std::byte{0}, std::byte{255}};
  auto insert = database->prepare("INSERT INTO t VALUES (?, ?, ?, ?, ?)");
  ASSERT_TRUE(
      insert->bind_all(std::int64_t{-5}, std::string_view("䶮\0x", 5), blob, std::optional<std::int64_t>(), id).run());
  ASSERT_TRUE(insert->bind(2, std::string_view()).run()) << "an empty text is not NULL";
  auto row = database->prepare("SELECT i, t, b, n, u FROM t");
  ASSERT_TRUE(row->step().value());
  EXPECT_EQ(row->integer(0), -5);
  EXPECT_EQ(row->text(1), std::string("䶮\0x", 5));
  EXPECT_EQ(row->blob(2), blob);
  EXPECT_TRUE(row->is_null(3));
  EXPECT_EQ(row->integer_or_null(3), std::nullopt);
  EXPECT_EQ(row->uuid(4).value(), id);
  EXPECT_TRUE(row->uuid(1).error().is("database_corrupt"));
}

}  // namespace
}  // namespace yizhan::store

#include "shared/store/database.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cstdlib>

#include "shared/base/log.h"
#include "shared/base/text.h"
#include "shared/store/schema.h"
#include "shared/store/sqlite_error.h"
#include "shared/store/wiping_memory.h"

namespace yizhan::store {
namespace {

/// What SQLCipher would print on stderr comes as an Error too.
constexpr char const* k_before_key = "PRAGMA cipher_log_level = NONE";

/// EXCLUSIVE comes before WAL is first touched: then the WAL index is on the heap and there is no -shm file.
constexpr char const* k_settings =
    "PRAGMA locking_mode = EXCLUSIVE;"
    "PRAGMA synchronous = FULL;"
    "PRAGMA foreign_keys = ON;"
    "PRAGMA temp_store = MEMORY;"
    "PRAGMA secure_delete = ON;"
    "PRAGMA trusted_schema = OFF;"
    "PRAGMA wal_autocheckpoint = 1000;"       // pages of 4 KiB
    "PRAGMA journal_size_limit = 16777216;";  // bytes the WAL keeps after a checkpoint

/// Makes the file with our mode before SQLite can make it with its own (0644), and refuses what is not encrypted.
Result<void> prepare_file(std::filesystem::path const& file) {
  int const fd = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd < 0) return Error::make("database_io", Retry::later, file.string() + ", errno " + std::to_string(errno));
  std::array<char, 16> head{};
  auto const got = ::pread(fd, head.data(), head.size(), 0);
  ::fchmod(fd, 0600);
  ::close(fd);
  constexpr std::string_view k_plain("SQLite format 3\0", 16);
  if (got == 16 && std::string_view(head.data(), head.size()) == k_plain) {
    return Error::make("database_not_encrypted", Retry::no, file.string() + " is a plain SQLite file");
  }
  return {};
}

}  // namespace

struct Database::State {
  std::filesystem::path file;
  SecretBytes key;
  DatabaseOptions options;
  sqlite3* connection = nullptr;
  std::int64_t number = 0;  // of the last committed transaction
};

Database::Database() : m_state(std::make_unique<State>()) {}

Database::~Database() { sqlite3_close_v2(m_state->connection); }

Result<std::unique_ptr<Database>> Database::open(std::filesystem::path const& file, SecretBytes const& key,
                                                 DatabaseOptions options) {
  if (key.size() != 32) return Error::make("database_wrong_key", Retry::no, "the key is not 32 bytes");
  std::unique_ptr<Database> database(new Database);
  database->m_state->file = file;
  database->m_state->key = key.clone();
  database->m_state->options = std::move(options);
  TRY(database->connect());
  TRY(migrate(*database));
  database->m_state->number = TRY(database->transaction_number());
  return database;
}

Result<void> Database::connect() {
  TRY(prepare_file(m_state->file));
  int const flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  if (sqlite3_open_v2(m_state->file.c_str(), &m_state->connection, flags, m_state->options.vfs) != SQLITE_OK) {
    return sqlite_error(m_state->connection);
  }
  TRY(execute(k_before_key));
  if (!memory_is_wiped()) TRY(execute("PRAGMA cipher_memory_security = ON"));
  {
    // As SQL, not sqlite3_key(): where another SQLite answers the calls this is without effect and the next check
    // refuses, while a half-interposed library would crash.
    auto hex = text::to_hex(m_state->key.view());
    auto statement = "PRAGMA key = \"x'" + hex + "'\"";
    scrub(hex);
    auto const code = sqlite3_exec(m_state->connection, statement.c_str(), nullptr, nullptr, nullptr);
    scrub(statement);
    if (code != SQLITE_OK) return sqlite_error(m_state->connection);
  }
  {
    auto version = TRY(prepare("PRAGMA cipher_version"));
    if (!TRY(version.step()) || version.text(0).empty()) {
      return Error::make("database_not_encrypted", Retry::no, "this SQLite has no SQLCipher");
    }
  }
  TRY(execute(k_settings));
  auto mode = TRY(prepare("PRAGMA journal_mode = WAL"));
  if (!TRY(mode.step()) || mode.text(0) != "wal") {
    return Error::make("database_io", Retry::later, "no write-ahead log: " + mode.text(0));
  }
  return execute("SELECT count(*) FROM sqlite_master");
}

/// Without a checkpoint: fast, and after a failed COMMIT the log is left as the disk has it.
void Database::disconnect() {
  if (m_state->connection == nullptr) return;
  sqlite3_db_config(m_state->connection, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
  sqlite3_close_v2(m_state->connection);
  m_state->connection = nullptr;
}

Result<Statement> Database::prepare(std::string_view sql) {
  if (m_state->connection == nullptr) return Error::make("database_io", Retry::no, "closed after two failures");
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v2(m_state->connection, sql.data(), static_cast<int>(sql.size()), &statement, nullptr) !=
      SQLITE_OK) {
    return sqlite_error(m_state->connection);
  }
  return Statement(m_state->connection, statement);
}

Result<void> Database::execute(std::string_view sql) {
  if (m_state->connection == nullptr) return Error::make("database_io", Retry::no, "closed after two failures");
  if (sqlite3_exec(m_state->connection, std::string(sql).c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
    return sqlite_error(m_state->connection);
  }
  return {};
}

bool Database::in_transaction() const {
  return m_state->connection != nullptr && sqlite3_get_autocommit(m_state->connection) == 0;
}

Result<void> Database::begin() { return execute("BEGIN IMMEDIATE"); }

void Database::roll_back() {
  // After some errors (disk full, I/O) SQLite has rolled back by itself.
  if (in_transaction()) (void)execute("ROLLBACK");
}

Result<void> Database::commit() {
  if (!in_transaction()) return Error::make("database_io", Retry::later, "the transaction was rolled back by SQLite");
  auto const expected = m_state->number + 1;
  if (auto numbered = execute("UPDATE transactions SET number = " + std::to_string(expected)); !numbered) {
    roll_back();
    return numbered;
  }
  auto committed = execute("COMMIT");
  if (committed) {
    m_state->number = expected;
    return committed;
  }
  auto failure = std::move(committed).error();
  if (failure.is("database_constraint") || failure.is("database_locked")) {
    roll_back();
    return failure;
  }
  return resolve_commit(std::move(failure), expected);
}

Result<void> Database::resolve_commit(Error failure, std::int64_t expected) {
  log::error("COMMIT failed, looking for its outcome: {}", failure.to_line());
  // Read back from the cache of the system a log may look whole that never reached the disk (a failed fsync marks its
  // pages clean): only a checkpoint, which syncs the database file itself, makes "it is there" true.
  auto const outcome = [&]() -> Result<bool> {
    disconnect();
    TRY(connect());
    auto const number = TRY(transaction_number());
    if (number >= expected) TRY(execute("PRAGMA wal_checkpoint(TRUNCATE)"));
    m_state->number = number;
    return number >= expected;
  };
  auto happened = outcome();
  if (!happened) happened = outcome();
  if (!happened) {
    disconnect();
    auto unknown = Error::make("commit_unknown").caused_by(std::move(happened).error());
    end_process(unknown);
    return unknown;
  }
  log::warning("the transaction {}", *happened ? "is stored" : "is not stored");
  if (*happened) return {};
  return failure;
}

Result<std::int64_t> Database::transaction_number() {
  auto statement = TRY(prepare("SELECT number FROM transactions"));
  if (!TRY(statement.step())) return Error::make("database_corrupt", Retry::no, "no transaction number");
  return statement.integer(0);
}

Result<void> Database::reopen() {
  auto const again = [&]() -> Result<void> {
    disconnect();
    return connect();
  };
  auto opened = again();
  if (!opened) opened = again();
  if (!opened) {
    disconnect();
    end_process(opened.error());
  }
  return opened;
}

void Database::end_process(Error const& why) {
  log::error("the database cannot be opened again, the process ends: {}", why.to_line());
  if (m_state->options.on_fatal) return m_state->options.on_fatal(why);
  // No destructors, no core: memory still holds what belongs to people.
  std::_Exit(EXIT_FAILURE);
}

Result<std::vector<std::string>> Database::check() {
  std::vector<std::string> findings;
  for (auto const* pragma : {"PRAGMA cipher_integrity_check", "PRAGMA integrity_check", "PRAGMA foreign_key_check"}) {
    auto statement = prepare(pragma);
    while (true) {
      auto const row = statement ? statement->step() : Result<bool>(statement.error());
      if (!row) {
        // A page that cannot be read ends this check; the others may say more.
        if (!row.error().is("database_corrupt")) return row.error();
        findings.push_back(std::string(pragma) + ": " + row.error().to_line());
      }
      if (!row || !*row) break;
      if (auto finding = statement->text(0); finding != "ok") findings.push_back(std::move(finding));
    }
  }
  return findings;
}

std::filesystem::path const& Database::file() const { return m_state->file; }

SecretBytes const& Database::key() const { return m_state->key; }

}  // namespace yizhan::store

#pragma once
/// The one SQLCipher connection of a data folder. Thread: the store thread only.
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/env.h"
#include "shared/base/result.h"
#include "shared/base/secret.h"
#include "shared/base/uuid.h"

struct sqlite3;
struct sqlite3_stmt;

namespace yizhan::store {

class Database;

/// A prepared statement; finalized on destruction. Parameters count from 1, columns from 0.
class Statement {
 public:
  ~Statement();
  Statement(Statement&&) noexcept;
  Statement& operator=(Statement&&) noexcept;

  Statement& bind(int index, std::int64_t value);
  Statement& bind(int index, std::string_view text);
  Statement& bind(int index, std::span<std::byte const> blob);
  Statement& bind(int index, Uuid const& id);
  Statement& bind_null(int index);
  /// Binds 1, 2, … in order; std::optional binds NULL when empty.
  template <class... Values>
  Statement& bind_all(Values const&... values) {
    int index = 0;
    (bind_one(++index, values), ...);
    return *this;
  }

  /// True: a row is ready. False: done. Errors as of Database::execute.
  Result<bool> step();
  /// To the end, expecting no rows; then the parameters may be bound anew (those that are not stay).
  Result<void> run();
  void reset();

  [[nodiscard]] std::int64_t integer(int column) const;
  [[nodiscard]] std::string text(int column) const;
  [[nodiscard]] std::vector<std::byte> blob(int column) const;
  [[nodiscard]] bool is_null(int column) const;
  /// Empty for NULL.
  [[nodiscard]] std::optional<std::int64_t> integer_or_null(int column) const;
  [[nodiscard]] std::optional<std::string> text_or_null(int column) const;
  /// Errors: database_corrupt (not a UUID).
  [[nodiscard]] Result<Uuid> uuid(int column) const;

 private:
  friend class Database;
  Statement& noted(int code);
  Statement(sqlite3* database, sqlite3_stmt* statement) : m_database(database), m_statement(statement) {}
  template <class Value>
  void bind_one(int index, Value const& value) {
    if constexpr (requires {
                    value.has_value();
                    *value;
                  }) {
      if (value)
        bind_one(index, *value);
      else
        bind_null(index);
    } else if constexpr (std::is_integral_v<Value>) {
      bind(index, static_cast<std::int64_t>(value));
    } else {
      bind(index, value);
    }
  }
  sqlite3* m_database;
  sqlite3_stmt* m_statement;
  std::optional<Error> m_bind_error;
};

struct DatabaseOptions {
  /// Name of the SQLite VFS; null: the system's. Tests put a faulty disk here.
  char const* vfs = nullptr;
  /// Ends the process when the database cannot be opened again; must not return there. Tests let it return: the
  /// failing call then gives commit_unknown or database_io and nothing else works any more.
  std::function<void(Error const&)> on_fatal = {};
};

class Database {
 public:
  /// Opens or creates `file` (0600) with a raw 32-byte key, locking_mode EXCLUSIVE, WAL, synchronous FULL, and migrates.
  /// Fail closed. Errors: database_locked (another owner), database_not_encrypted (a plain SQLite file, or an SQLite
  /// without SQLCipher), database_wrong_key (or a damaged first page: the two cannot be told apart), database_too_new,
  /// database_corrupt, disk_full, database_io.
  static Result<std::unique_ptr<Database>> open(std::filesystem::path const& file, SecretBytes const& key,
                                                DatabaseOptions options = {});
  ~Database();
  Database(Database const&) = delete;
  Database& operator=(Database const&) = delete;

  Result<Statement> prepare(std::string_view sql);
  /// One or more statements that return no rows of interest.
  /// Errors: disk_full, database_io (both: try later), database_corrupt, database_locked, database_constraint,
  /// database_error (a mistake in the SQL).
  Result<void> execute(std::string_view sql);
  [[nodiscard]] bool in_transaction() const;

  /// Runs `work` in BEGIN IMMEDIATE … COMMIT; an error of `work` rolls back and is returned. After an I/O error in
  /// COMMIT nobody knows whether it happened: the connection is closed and opened again, and the transaction's number
  /// (table `transactions`) tells. There: made durable by a checkpoint, and a success after all. Not there: nothing was
  /// stored, and the error is disk_full or database_io. Two failures on that way end the process. So an error always
  /// means: nothing was stored. Not re-entrant. REQUIRES: no transaction is open, no Statement outlives `work`.
  template <class Work>
  auto transaction(Work&& work) -> std::invoke_result_t<Work> {
    using R = std::invoke_result_t<Work>;
    if (auto begun = begin(); !begun) return R(std::move(begun).error());
    R result = work();
    if (!result.has_value()) {
      roll_back();
      return result;
    }
    if (auto committed = commit(); !committed) return R(std::move(committed).error());
    return result;
  }

  /// `work` in the caller's open transaction, or in one of its own.
  template <class Work>
  auto joined(Work&& work) -> std::invoke_result_t<Work> {
    return in_transaction() ? work() : transaction(std::forward<Work>(work));
  }

  /// Closes and reopens: the page cache keeps names otherwise (session wipe). REQUIRES: no transaction, no Statement.
  Result<void> reopen();
  /// PRAGMA integrity_check + cipher_integrity_check; the findings, empty when clean.
  Result<std::vector<std::string>> check();
  /// A consistent copy under the same key in a new file (0600), after `edit` ran on it (SQL; the copy is attached as
  /// `copy`). Errors: backup_failed (the file exists or cannot be written), disk_full.
  Result<void> copy_to(std::filesystem::path const& target, std::string_view edit);
  [[nodiscard]] std::filesystem::path const& file() const;

 private:
  Database();
  [[nodiscard]] SecretBytes const& key() const;
  Result<void> begin();
  Result<void> commit();
  void roll_back();
  Result<void> connect();
  void disconnect();
  Result<std::int64_t> transaction_number();
  Result<void> resolve_commit(Error failure, std::int64_t expected);
  void end_process(Error const& why);
  struct State;
  std::unique_ptr<State> m_state;
};

}  // namespace yizhan::store

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
  /// To the end, expecting no rows.
  Result<void> run();
  void reset();

  [[nodiscard]] std::int64_t integer(int column) const;
  [[nodiscard]] std::string text(int column) const;
  [[nodiscard]] std::vector<std::byte> blob(int column) const;
  [[nodiscard]] bool is_null(int column) const;

 private:
  friend class Database;
  Statement(sqlite3* database, sqlite3_stmt* statement) : m_database(database), m_statement(statement) {}
  template <class Value>
  void bind_one(int index, Value const& value) {
    if constexpr (requires { value.has_value(); *value; }) {
      if (value) bind_one(index, *value);
      else bind_null(index);
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

class Database {
 public:
  /// Opens or creates `file` with a raw 32-byte key, locking_mode EXCLUSIVE, WAL, synchronous FULL, and migrates.
  /// Fail closed. Errors: database_locked (another owner), database_not_encrypted (a plain SQLite file, or an SQLite
  /// without SQLCipher), database_wrong_key, database_too_new, database_corrupt, disk_full, database_io.
  static Result<std::unique_ptr<Database>> open(std::filesystem::path const& file, SecretBytes const& key);
  ~Database();
  Database(Database const&) = delete;
  Database& operator=(Database const&) = delete;

  Result<Statement> prepare(std::string_view sql);
  Result<void> execute(std::string_view sql);

  /// Runs `work` in BEGIN IMMEDIATE … COMMIT; an error of `work` rolls back and is returned. An I/O error in COMMIT
  /// gives commit_unknown: the connection is closed and reopened; the caller looks for its id, then answers. Two
  /// failures to reopen end the process. Not re-entrant: REQUIRES no transaction is open.
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

  /// Closes and reopens: the page cache keeps names otherwise (session wipe; 0.25 ms with a raw key).
  Result<void> reopen();
  /// PRAGMA integrity_check + cipher_integrity_check; the findings, empty when clean.
  Result<std::vector<std::string>> check();
  [[nodiscard]] std::filesystem::path const& file() const;

 private:
  Database();
  Result<void> begin();
  Result<void> commit();
  void roll_back();
  struct State;
  std::unique_ptr<State> m_state;
};

}  // namespace yizhan::store

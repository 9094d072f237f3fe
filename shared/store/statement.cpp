#include <sqlite3.h>

#include <utility>

#include "shared/store/database.h"
#include "shared/store/sqlite_error.h"

namespace yizhan::store {

Statement::~Statement() { sqlite3_finalize(m_statement); }

Statement::Statement(Statement&& other) noexcept
    : m_database(other.m_database),
      m_statement(std::exchange(other.m_statement, nullptr)),
      m_bind_error(std::move(other.m_bind_error)) {}

Statement& Statement::operator=(Statement&& other) noexcept {
  if (this != &other) {
    sqlite3_finalize(m_statement);
    m_database = other.m_database;
    m_statement = std::exchange(other.m_statement, nullptr);
    m_bind_error = std::move(other.m_bind_error);
  }
  return *this;
}

Statement& Statement::noted(int code) {
  if (code != SQLITE_OK && !m_bind_error) m_bind_error = sqlite_error(m_database);
  return *this;
}

Statement& Statement::bind(int index, std::int64_t value) {
  return noted(sqlite3_bind_int64(m_statement, index, value));
}

// An empty view may have no address, which SQLite would take for NULL.
Statement& Statement::bind(int index, std::string_view text) {
  return noted(sqlite3_bind_text64(m_statement, index, text.empty() ? "" : text.data(), text.size(), SQLITE_TRANSIENT,
                                   SQLITE_UTF8));
}

Statement& Statement::bind(int index, std::span<std::byte const> blob) {
  if (blob.empty()) return noted(sqlite3_bind_zeroblob(m_statement, index, 0));
  return noted(sqlite3_bind_blob64(m_statement, index, blob.data(), blob.size(), SQLITE_TRANSIENT));
}

Statement& Statement::bind(int index, Uuid const& id) { return bind(index, std::string_view(id.to_string())); }

Statement& Statement::bind_null(int index) { return noted(sqlite3_bind_null(m_statement, index)); }

Result<bool> Statement::step() {
  if (m_bind_error) return *m_bind_error;
  switch (sqlite3_step(m_statement)) {
    case SQLITE_ROW: return true;
    case SQLITE_DONE: return false;
    default: return sqlite_error(m_database);
  }
}

Result<void> Statement::run() {
  while (TRY(step())) {
  }
  sqlite3_reset(m_statement);
  return {};
}

void Statement::reset() {
  // Repeats the last step's error, which step() has reported.
  sqlite3_reset(m_statement);
  sqlite3_clear_bindings(m_statement);
  m_bind_error.reset();
}

std::int64_t Statement::integer(int column) const { return sqlite3_column_int64(m_statement, column); }

std::string Statement::text(int column) const {
  auto const* bytes = static_cast<char const*>(sqlite3_column_blob(m_statement, column));
  if (bytes == nullptr) return {};
  return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(m_statement, column))};
}

std::vector<std::byte> Statement::blob(int column) const {
  auto const* bytes = static_cast<std::byte const*>(sqlite3_column_blob(m_statement, column));
  if (bytes == nullptr) return {};
  return {bytes, bytes + sqlite3_column_bytes(m_statement, column)};
}

bool Statement::is_null(int column) const { return sqlite3_column_type(m_statement, column) == SQLITE_NULL; }

std::optional<std::int64_t> Statement::integer_or_null(int column) const {
  if (is_null(column)) return std::nullopt;
  return integer(column);
}

std::optional<std::string> Statement::text_or_null(int column) const {
  if (is_null(column)) return std::nullopt;
  return text(column);
}

Result<Uuid> Statement::uuid(int column) const {
  auto id = Uuid::parse(text(column));
  if (!id) return Error::make("database_corrupt", Retry::no, "not a UUID").caused_by(std::move(id).error());
  return id;
}

}  // namespace yizhan::store

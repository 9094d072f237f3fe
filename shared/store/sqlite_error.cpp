#include "shared/store/sqlite_error.h"

#include <sqlite3.h>

#include <string>
#include <string_view>

namespace yizhan::store {

Error sqlite_error(sqlite3* connection, std::source_location where) {
  int const code = sqlite3_extended_errcode(connection);
  auto detail = std::to_string(code) + ' ' + sqlite3_errmsg(connection);
  if (int const system = sqlite3_system_errno(connection); system != 0) detail += ", errno " + std::to_string(system);
  switch (code & 0xff) {
    case SQLITE_FULL: return Error::make("disk_full", Retry::later, std::move(detail), where);
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY: return Error::make("database_io", Retry::later, std::move(detail), where);
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return Error::make("database_locked", Retry::later, std::move(detail), where);
    case SQLITE_NOTADB: return Error::make("database_wrong_key", Retry::no, std::move(detail), where);
    case SQLITE_CORRUPT: return Error::make("database_corrupt", Retry::no, std::move(detail), where);
    case SQLITE_CONSTRAINT: return Error::make("database_constraint", Retry::no, std::move(detail), where);
    case SQLITE_ERROR: {
      // A mistake in SQL explains itself. A page that SQLCipher's HMAC refuses comes with the code's own text, and
      // sqlcipher_export() hides another code behind this one.
      std::string_view const message = sqlite3_errmsg(connection);
      if (message == sqlite3_errstr(SQLITE_FULL))
        return Error::make("disk_full", Retry::later, std::move(detail), where);
      bool const unexplained = message == sqlite3_errstr(SQLITE_ERROR);
      return Error::make(unexplained ? "database_corrupt" : "database_error", Retry::no, std::move(detail), where);
    }
    default: return Error::make("database_error", Retry::no, std::move(detail), where);
  }
}

}  // namespace yizhan::store

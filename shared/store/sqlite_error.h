#pragma once
/// SQLite's result codes as Errors. Internal to shared/store.
#include <source_location>

#include "shared/base/error.h"

struct sqlite3;

namespace yizhan::store {

/// The connection's last error. SQLite's messages name tables and columns, never values.
Error sqlite_error(sqlite3* connection, std::source_location where = std::source_location::current());

}  // namespace yizhan::store

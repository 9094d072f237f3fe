#pragma once
/// The tables of a machine's database and how older ones become today's. Migrations only go forward; a released one is
/// never edited, the next is added behind it (schema.cpp).
///
/// Conventions: UUIDs are 36-character text; instants are Unix microseconds (integers) unless the column is named
/// `time` (RFC 3339); days are "YYYY-MM-DD"; `state`, `priority`, `role` hold the words of the domain's to_string().
#include <span>

#include "shared/base/result.h"

namespace yizhan::store {

class Database;

struct Migration {
  int version;
  char const* sql;
};

/// All of them, in order, versions 1, 2, 3 … without gaps.
[[nodiscard]] std::span<Migration const> migrations();

/// Brings an open database to the newest version, each step in a transaction of its own.
/// Errors: database_too_new (a later program wrote it), and those of Database::execute.
Result<void> migrate(Database& database);

}  // namespace yizhan::store

#pragma once
/// What a start must notice: the database is behind the high-water mark, or came without one. Internal to shared/store.
#include "shared/store/store.h"

namespace yizhan::store {

/// Compares and stores what follows: the reason for a new epoch, withheld numbers, an audit record for each new finding.
/// `mark` null: there is no mark file.
Result<std::optional<MissingAfterStart>> compare_with_mark(Database& database, AuditLog& audit,
                                                           HighWaterMark const* mark);

/// SQL on an attached database `copy` that makes a start from it notice that it is a restored one.
inline constexpr std::string_view k_mark_as_restored =
    "UPDATE copy.line SET reason_due = 'restored';"
    "DELETE FROM copy.epochs WHERE epoch IS NULL;"
    "INSERT OR REPLACE INTO copy.settings (name, value) VALUES ('numbers.withheld', '')";

}  // namespace yizhan::store

#pragma once
/// The database side of a hall of many machines: tables, functions and the role `yizhan_machine` (schema.sql).
#include <string>
#include <string_view>

#include "shared/base/result.h"

namespace yizhan::hall {

/// Plain SQL, also good for `psql -1 -f`.
[[nodiscard]] std::string_view schema_sql();

/// Installs or renews the schema in one transaction; data stay. `uri`: of a user that may create roles and schemas.
/// Errors: hall_unreachable, hall_uri, hall_failed.
Result<void> install_schema(std::string const& uri);

}  // namespace yizhan::hall

#pragma once
/// Tables of the platform. Versions only go forward; several processes may start at once.
#include <pqxx/connection>

namespace yizhan::platform {

/// Brings the database to this program's version, under an advisory lock, in one transaction. Throws as libpqxx does;
/// std::runtime_error where the database is newer than the program.
void migrate(pqxx::connection& connection);

}  // namespace yizhan::platform

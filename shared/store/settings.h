#pragma once
/// The table `settings`. Internal to shared/store.
#include <optional>
#include <string>
#include <string_view>

#include "shared/store/database.h"

namespace yizhan::store {

/// Present: numbers are withheld; its value is the day on which that was first asked, "" before.
inline constexpr std::string_view k_withheld_setting = "numbers.withheld";

Result<std::optional<std::string>> read_setting(Database& database, std::string_view name);
/// REQUIRES: an open transaction, as for erase_setting.
Result<void> write_setting(Database& database, std::string_view name, std::string_view value);
Result<void> erase_setting(Database& database, std::string_view name);

}  // namespace yizhan::store

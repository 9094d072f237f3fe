#include "shared/store/settings.h"

namespace yizhan::store {

Result<std::optional<std::string>> read_setting(Database& database, std::string_view name) {
  auto row = TRY(database.prepare("SELECT value FROM settings WHERE name = ?"));
  row.bind(1, name);
  if (!TRY(row.step())) return std::optional<std::string>();
  return std::optional(row.text(0));
}

Result<void> write_setting(Database& database, std::string_view name, std::string_view value) {
  auto statement = TRY(database.prepare(
      "INSERT INTO settings (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = ?2"));
  return statement.bind_all(name, value).run();
}

Result<void> erase_setting(Database& database, std::string_view name) {
  auto statement = TRY(database.prepare("DELETE FROM settings WHERE name = ?"));
  return statement.bind(1, name).run();
}

}  // namespace yizhan::store

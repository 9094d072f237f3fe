#pragma once
/// AuditLog over the table `audit`. Chain: hex SM3(previous chain as 32 raw bytes, zeros first ‖ canonical JSON of the
/// record without it). Internal to shared/store.
#include "shared/store/store.h"

namespace yizhan::store {

class SqliteAuditLog final : public AuditLog {
 public:
  SqliteAuditLog(Database& database, calendar::HallClock& clock) : m_database(database), m_clock(clock) {}
  Result<void> append(std::string_view action, std::string_view actor, std::string_view subject,
                      nlohmann::json const& details) override;
  Result<std::int64_t> verify() override;
  Result<std::string> head() override;

 private:
  Database& m_database;
  calendar::HallClock& m_clock;
};

}  // namespace yizhan::store

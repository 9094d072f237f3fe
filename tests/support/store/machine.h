#pragma once
/// A machine's data folder with everything a Store needs around it, so that a test can open, close and break it.
#include <memory>

#include "shared/base/manual_env.h"
#include "shared/store/store.h"
#include "tests/support/temp_dir.h"

namespace yizhan::test {

inline constexpr char const* k_device = "urn:yizhan:device:420106001001:001";
/// 2026-03-02T01:00:00Z, a Monday morning in Wuhan.
inline constexpr WallTime k_morning = std::chrono::sys_days(std::chrono::year(2026) / 3 / 2) + std::chrono::hours(1);

class Machine {
 public:
  explicit Machine(std::uint64_t seed = 1);
  ~Machine();

  [[nodiscard]] std::filesystem::path folder() const { return m_dir / "data"; }
  [[nodiscard]] std::filesystem::path database_file() const { return folder() / "yizhan.db"; }
  [[nodiscard]] std::filesystem::path high_water_file() const { return folder() / "high-water"; }

  /// Closes first. A new HallClock each time, as after a restart.
  Result<void> open(store::DatabaseOptions options = {});
  void close() { m_store.reset(); }
  /// REQUIRES: open. Ends the test program otherwise.
  [[nodiscard]] store::Store& store();
  [[nodiscard]] store::Outbox& outbox() { return store().outbox(); }
  [[nodiscard]] calendar::HallClock& clock() { return *m_clock; }
  [[nodiscard]] ManualEnv& env() { return m_env; }
  [[nodiscard]] crypto::KeyVault& vault() { return *m_vault; }

  /// One event in a transaction of its own; its id.
  Uuid append(std::string const& subject = "ticket");
  /// Asks for an epoch and opens it.
  Result<void> open_epoch(std::string const& epoch, std::string const& based_on = "0");
  /// Everything due, as one batch without limits.
  [[nodiscard]] std::vector<line::PlacedEvent> due();
  /// The platform accepts all of it.
  Result<void> accept(std::vector<line::PlacedEvent> const& events);
  /// First column of the first row.
  [[nodiscard]] std::string one(std::string const& sql);

 private:
  TempDir m_dir{"store"};
  ManualEnv m_env;
  std::unique_ptr<crypto::KeyVault> m_vault;
  std::unique_ptr<calendar::HallClock> m_clock;
  std::unique_ptr<store::Store> m_store;
};

/// The first place whose chain does not follow from the event before it, 0 where all do. Independent of the store's own check
/// only in what it starts from: the events as they would be sent.
[[nodiscard]] std::uint64_t first_broken_link(std::vector<line::PlacedEvent> const& events, std::string previous);

}  // namespace yizhan::test

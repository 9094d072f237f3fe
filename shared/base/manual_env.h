#pragma once
/// Time and tasks driven by hand: for tests, scenarios and the simulator.
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <vector>

#include "shared/base/env.h"
#include "shared/base/real_env.h"

namespace yizhan {

/// Wall and steady time that move only when told. Thread: any.
class ManualClock final {
 public:
  explicit ManualClock(WallTime start);
  /// Moves both. REQUIRES: by ≥ 0.
  void advance(Duration by);
  /// Moves the wall clock alone, either way: a user, NTP or a dead battery.
  void set_wall(WallTime time);
  [[nodiscard]] WallClock& wall() { return m_wall; }
  [[nodiscard]] SteadyClock& steady() { return m_steady; }

 private:
  struct Wall final : WallClock {
    explicit Wall(ManualClock const& clock) : owner(clock) {}
    [[nodiscard]] WallTime now() const override;
    ManualClock const& owner;
  };
  struct Steady final : SteadyClock {
    explicit Steady(ManualClock const& clock) : owner(clock) {}
    [[nodiscard]] SteadyTime now() const override;
    ManualClock const& owner;
  };
  mutable std::mutex m_mutex;
  WallTime m_wall_time;
  SteadyTime m_steady_time{};
  Wall m_wall{*this};
  Steady m_steady{*this};
};

/// Deterministic bytes. Never for keys outside tests.
class SeededSecureRng final : public SecureRng {
 public:
  explicit SeededSecureRng(std::uint64_t seed) : m_rng(seed) {}
  void fill(std::span<std::byte> out) override;

 private:
  SeededRng m_rng;
};

struct ManualEnv {
  explicit ManualEnv(WallTime start, std::uint64_t seed = 1) : clock(start), rng(seed), secure_rng(seed + 1) {}
  ManualClock clock;
  SeededRng rng;
  SeededSecureRng secure_rng;
  [[nodiscard]] Env env() { return {clock.wall(), clock.steady(), rng, secure_rng}; }
};

/// Tasks run when told, on the calling thread, in order of (due time, posting).
class ManualExecutor final : public Executor {
 public:
  explicit ManualExecutor(SteadyClock const& clock) : m_clock(clock) {}
  void post(Task task) override { post_after(Duration{0}, std::move(task)); }
  void post_after(Duration delay, Task task) override;
  /// Runs everything due by the clock, also what that adds. Returns how many ran.
  std::size_t run_due();
  /// When the next waiting task is due.
  [[nodiscard]] std::optional<SteadyTime> next_due() const;

 private:
  struct Item {
    SteadyTime due;
    std::uint64_t order;
    Task task;
  };
  SteadyClock const& m_clock;
  std::vector<Item> m_items;
  std::uint64_t m_next_order = 0;
};

}  // namespace yizhan

#pragma once
/// What a program would otherwise take from the machine behind its back: time, randomness, later. Everything
/// outside shared/base and kiosk/app gets these injected, so that the very product code runs in tests, scenarios
/// and the simulator. Real ones: real_env.h. Hand-driven ones: manual_env.h.
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>

namespace yizhan {

/// Microseconds since 1970-01-01T00:00:00Z, as the machine believes. May jump either way.
using WallTime = std::chrono::sys_time<std::chrono::microseconds>;
/// Monotonic; its zero means nothing. For time-outs, back-off, lock-outs.
using SteadyTime = std::chrono::time_point<std::chrono::steady_clock, std::chrono::microseconds>;
using Duration = std::chrono::microseconds;

class WallClock {
 public:
  virtual ~WallClock() = default;
  /// Thread: any.
  [[nodiscard]] virtual WallTime now() const = 0;
};

class SteadyClock {
 public:
  virtual ~SteadyClock() = default;
  /// Thread: any.
  [[nodiscard]] virtual SteadyTime now() const = 0;
};

/// For jitter and choices that need no secrecy; seeded in tests and simulation. Thread: any.
class Rng {
 public:
  virtual ~Rng() = default;
  [[nodiscard]] virtual std::uint64_t next() = 0;
  /// Uniform in [0, bound). REQUIRES: bound > 0.
  [[nodiscard]] std::uint64_t below(std::uint64_t bound);
};

/// For keys, nonces, salts and identifiers. Thread: any.
class SecureRng {
 public:
  virtual ~SecureRng() = default;
  virtual void fill(std::span<std::byte> out) = 0;
};

/// Runs tasks one after another on one thread of its own.
class Executor {
 public:
  using Task = std::function<void()>;
  virtual ~Executor() = default;
  /// Queues `task` and returns at once. After stop() tasks are dropped. Thread: any.
  virtual void post(Task task) = 0;
  /// The same after `delay` of steady time.
  virtual void post_after(Duration delay, Task task) = 0;
};

struct Env {
  WallClock& wall;
  SteadyClock& steady;
  Rng& rng;
  SecureRng& secure_rng;
};

}  // namespace yizhan

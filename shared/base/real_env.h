#pragma once
/// The machine's own clocks, randomness and threads. Only composition roots (kiosk/app, tools/*) make these.
#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <random>
#include <string>
#include <thread>

#include "shared/base/env.h"

namespace yizhan {

class RealWallClock final : public WallClock {
 public:
  [[nodiscard]] WallTime now() const override;
};

class RealSteadyClock final : public SteadyClock {
 public:
  [[nodiscard]] SteadyTime now() const override;
};

/// mt19937_64, seeded from the system unless a seed is given.
class SeededRng final : public Rng {
 public:
  SeededRng();
  explicit SeededRng(std::uint64_t seed) : m_engine(seed) {}
  [[nodiscard]] std::uint64_t next() override;

 private:
  std::mutex m_mutex;
  std::mt19937_64 m_engine;
};

/// getrandom(2); ends the process if the kernel has none.
class SystemSecureRng final : public SecureRng {
 public:
  void fill(std::span<std::byte> out) override;
};

/// All of the above in one, for a composition root.
struct RealEnv {
  RealWallClock wall;
  RealSteadyClock steady;
  SeededRng rng;
  SystemSecureRng secure_rng;
  [[nodiscard]] Env env() { return {wall, steady, rng, secure_rng}; }
};

/// One named thread. The destructor runs what is already due, drops the rest and joins.
/// Delayed tasks wait on the real steady clock.
class ThreadExecutor final : public Executor {
 public:
  explicit ThreadExecutor(std::string name);
  ~ThreadExecutor() override;
  ThreadExecutor(ThreadExecutor const&) = delete;
  ThreadExecutor& operator=(ThreadExecutor const&) = delete;

  void post(Task task) override;
  void post_after(Duration delay, Task task) override;
  /// Runs what is queued without delay, then ends the thread. Later posts are dropped. Thread: any but its own.
  void stop();
  [[nodiscard]] bool on_this_thread() const { return std::this_thread::get_id() == m_thread.get_id(); }

 private:
  struct State;
  std::shared_ptr<State> m_state;
  std::thread m_thread;
};

}  // namespace yizhan

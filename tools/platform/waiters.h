#pragma once
/// Long polls at rest. One thread holds all of them and one PostgreSQL connection that LISTENs for committed facts, so
/// that a thousand waiting machines cost a thousand sockets and no thread of the pool.
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "shared/base/env.h"

namespace yizhan::platform {

enum class Woken { changed, timed_out };

class Waiters {
 public:
  using Wake = std::function<void(Woken)>;

  /// Starts the thread.
  Waiters(std::string uri, SteadyClock const& clock);
  /// Wakes all with timed_out, then joins.
  ~Waiters();
  Waiters(Waiters const&) = delete;
  Waiters& operator=(Waiters const&) = delete;

  /// Counts the hall's changes. Ask before reading the database and hand it to add(): a commit in between is then not missed.
  [[nodiscard]] std::uint64_t generation(std::string const& hall);
  /// `wake` is called once, on the waiters' thread or at once: when the hall changed since `seen` or after `retry`
  /// (changed), at `deadline` (timed_out). Thread: any.
  void add(std::string const& hall, std::uint64_t seen, SteadyTime deadline,
           std::optional<std::chrono::milliseconds> retry, Wake wake);
  /// Wakes all with timed_out and every later one at once.
  void stop();

 private:
  struct Waiter {
    std::string hall;
    std::uint64_t seen;
    SteadyTime deadline;
    std::optional<SteadyTime> retry;
    Wake wake;
  };

  void run();
  void wake_due();
  void note_change(std::string const& hall);
  void note_change_everywhere();
  [[nodiscard]] std::uint64_t generation_locked(std::string const& hall) const;
  [[nodiscard]] int milliseconds_to_next();
  void ring() const;

  std::string const m_uri;
  SteadyClock const& m_clock;
  int m_bell;  // eventfd: a waiter came, or the end
  std::mutex m_mutex;
  std::map<std::string, std::uint64_t> m_generations;
  std::uint64_t m_everywhere = 0;
  std::vector<Waiter> m_waiters;
  bool m_stopped = false;  // nobody waits any more
  bool m_ended = false;    // the thread may go
  std::thread m_thread;
};

}  // namespace yizhan::platform

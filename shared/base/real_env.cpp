#include "shared/base/real_env.h"

#include <sys/random.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <deque>

#include "shared/base/log.h"

namespace yizhan {

namespace {

void fill_from_system(std::span<std::byte> out) {
  while (!out.empty()) {
    auto const got = ::getrandom(out.data(), out.size(), 0);
    if (got > 0) {
      out = out.subspan(static_cast<std::size_t>(got));
    } else if (errno != EINTR) {
      std::fputs("getrandom(2) failed: no key may be made without it\n", stderr);
      std::abort();
    }
  }
}

std::uint64_t system_seed() {
  std::uint64_t seed = 0;
  fill_from_system(std::as_writable_bytes(std::span(&seed, 1)));
  return seed;
}

SteadyTime steady_now() { return std::chrono::time_point_cast<Duration>(std::chrono::steady_clock::now()); }

}  // namespace

WallTime RealWallClock::now() const { return std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now()); }

SteadyTime RealSteadyClock::now() const { return steady_now(); }

SeededRng::SeededRng() : m_engine(system_seed()) {}

std::uint64_t SeededRng::next() {
  std::lock_guard const lock(m_mutex);
  return m_engine();
}

void SystemSecureRng::fill(std::span<std::byte> out) { fill_from_system(out); }

/// Shared with the thread, which may outlive nothing of the executor but finishes its last task without it.
struct ThreadExecutor::State {
  std::mutex mutex;
  std::condition_variable changed;
  std::deque<Task> ready;
  std::multimap<SteadyTime, Task> delayed;  // equal times keep the order of posting
  bool stopping = false;

  void move_due() {
    auto const end = delayed.upper_bound(steady_now());
    for (auto it = delayed.begin(); it != end; ++it) ready.push_back(std::move(it->second));
    delayed.erase(delayed.begin(), end);
  }

  void run() {
    std::unique_lock lock(mutex);
    for (;;) {
      move_due();
      if (!ready.empty()) {
        Task task = std::move(ready.front());
        ready.pop_front();
        lock.unlock();
        task();
        task = nullptr;  // what it holds dies outside the lock
        lock.lock();
      } else if (stopping) {
        return;
      } else if (delayed.empty()) {
        changed.wait(lock);
      } else {
        auto const due = delayed.begin()->first;
        changed.wait_until(lock, due);
      }
    }
  }
};

ThreadExecutor::ThreadExecutor(std::string name) : m_state(std::make_shared<State>()) {
  m_thread = std::thread([state = m_state, name = std::move(name)] {
    log::set_thread_name(name.c_str());
    state->run();
  });
}

ThreadExecutor::~ThreadExecutor() { stop(); }

void ThreadExecutor::post(Task task) {
  {
    std::lock_guard const lock(m_state->mutex);
    if (m_state->stopping) return;
    m_state->ready.push_back(std::move(task));
  }
  m_state->changed.notify_one();
}

void ThreadExecutor::post_after(Duration delay, Task task) {
  {
    std::lock_guard const lock(m_state->mutex);
    if (m_state->stopping) return;
    m_state->delayed.emplace(steady_now() + delay, std::move(task));
  }
  m_state->changed.notify_one();
}

void ThreadExecutor::stop() {
  std::multimap<SteadyTime, Task> dropped;
  {
    std::lock_guard const lock(m_state->mutex);
    if (!m_state->stopping) m_state->move_due();
    m_state->stopping = true;
    dropped.swap(m_state->delayed);
  }
  m_state->changed.notify_one();
  if (m_thread.joinable()) m_thread.join();
}

}  // namespace yizhan

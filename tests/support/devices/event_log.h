#pragma once
/// Events of a device driver, collected from its thread; tests wait for what they expect, with a limit.
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <variant>
#include <vector>

namespace yizhan::test {

/// Looks every 2 ms until `holds()`. False after 20 s.
inline bool eventually(std::function<bool()> const& holds) {
  auto const limit = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (!holds()) {
    if (std::chrono::steady_clock::now() > limit) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  return true;
}

template <class Event>
class EventLog {
 public:
  static constexpr std::chrono::seconds k_limit{20};

  /// To be given to the driver. The log outlives it.
  [[nodiscard]] std::function<void(Event)> listener() {
    return [this](Event event) {
      std::lock_guard const lock(m_mutex);
      m_events.push_back(std::move(event));
      m_changed.notify_all();
    };
  }

  /// The next event of this kind that `accept` takes, after those that earlier calls returned; others are skipped.
  template <class Kind>
  std::optional<Kind> next(std::function<bool(Kind const&)> accept = {}, std::chrono::milliseconds limit = k_limit) {
    std::unique_lock lock(m_mutex);
    std::optional<Kind> found;
    m_changed.wait_for(lock, limit, [&] {
      while (!found && m_read < m_events.size()) {
        auto* const event = std::get_if<Kind>(&m_events[m_read++]);
        if (event && (!accept || accept(*event))) found.emplace(std::move(*event));
      }
      return found.has_value();
    });
    return found;
  }

  /// Goes on reading until `accept` takes an event. False after the limit.
  bool next_that(std::function<bool(Event const&)> const& accept, std::chrono::milliseconds limit = k_limit) {
    std::unique_lock lock(m_mutex);
    return m_changed.wait_for(lock, limit, [&] {
      while (m_read < m_events.size()) {
        if (accept(m_events[m_read++])) return true;
      }
      return false;
    });
  }

  template <class Kind>
  [[nodiscard]] int count() {
    std::lock_guard const lock(m_mutex);
    int count = 0;
    for (auto const& event : m_events) count += std::holds_alternative<Kind>(event) ? 1 : 0;
    return count;
  }
  [[nodiscard]] std::size_t size() {
    std::lock_guard const lock(m_mutex);
    return m_events.size();
  }

 private:
  std::mutex m_mutex;
  std::condition_variable m_changed;
  std::vector<Event> m_events;
  std::size_t m_read = 0;
};

}  // namespace yizhan::test

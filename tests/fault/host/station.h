#pragma once
/// One device of the machine: its driver on its own thread, its emulated end, and what the driver told of its health.
#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "peripherals/api/device.h"
#include "peripherals/emulated/wire_device.h"

namespace yizhan::test {

using Clock = std::chrono::steady_clock;
using Seconds = std::chrono::duration<double>;

/// Health as it was told, with the time it was told at.
class HealthLog {
 public:
  struct Entry {
    Clock::time_point at;
    device::Health health;
  };

  void add(device::Health health) {
    std::lock_guard const lock(m_mutex);
    m_entries.push_back({Clock::now(), std::move(health)});
    m_changed.notify_all();
  }
  /// The first entry not older than `since` that `holds`; waits `limit` for it.
  template <class Holds>
  std::optional<Entry> wait(Clock::time_point since, Holds holds, std::chrono::milliseconds limit) {
    std::unique_lock lock(m_mutex);
    std::size_t seen = 0;
    std::optional<Entry> found;
    m_changed.wait_for(lock, limit, [&] {
      for (; !found && seen < m_entries.size(); ++seen) {
        if (m_entries[seen].at >= since && holds(m_entries[seen].health)) found = m_entries[seen];
      }
      return found.has_value();
    });
    return found;
  }
  [[nodiscard]] std::vector<Entry> all() {
    std::lock_guard const lock(m_mutex);
    return m_entries;
  }

 private:
  std::mutex m_mutex;
  std::condition_variable m_changed;
  std::vector<Entry> m_entries;
};

/// A device nobody may speak to, at a node that was another's.
class Stranger final : public emulated::WireDevice {
 public:
  explicit Stranger(std::filesystem::path path) : WireDevice(std::move(path)) { m_started = start().has_value(); }
  ~Stranger() override { stop(); }
  [[nodiscard]] bool started() const { return m_started; }
  [[nodiscard]] std::size_t heard() const {
    std::lock_guard const lock(m_mutex);
    return m_heard;
  }

 private:
  void bytes(std::span<std::byte const> arrived, std::unique_lock<std::mutex>&) override { m_heard += arrived.size(); }
  std::size_t m_heard = 0;
  bool m_started = false;
};

/// The machine's nodes: each is one device's at a time, and goes from device to device.
class Nodes {
 public:
  explicit Nodes(std::vector<std::string> all) : m_free(std::move(all)) {}
  /// `wanted` if it is free, else any free one but it; `at` chooses.
  std::string take(std::string const& wanted, std::uint64_t at) {
    std::lock_guard const lock(m_mutex);
    auto found = std::find(m_free.begin(), m_free.end(), wanted);
    if (found == m_free.end()) found = m_free.begin() + static_cast<std::ptrdiff_t>(at % m_free.size());
    auto node = *found;
    m_free.erase(found);
    return node;
  }
  bool take_exactly(std::string const& node) {
    std::lock_guard const lock(m_mutex);
    auto const found = std::find(m_free.begin(), m_free.end(), node);
    if (found == m_free.end()) return false;
    m_free.erase(found);
    return true;
  }
  void give_back(std::string const& node) {
    std::lock_guard const lock(m_mutex);
    m_free.push_back(node);
  }

 private:
  std::mutex m_mutex;
  std::vector<std::string> m_free;
};

}  // namespace yizhan::test

#pragma once
/// Where a driver's events leave it. After close() none does: not even one that the device's thread is making now.
#include <functional>
#include <mutex>
#include <utility>

#include "peripherals/api/device.h"

namespace yizhan::host {

/// Thread: any. The listener runs on the device's thread and must not destroy the driver.
template <class Event>
class Outlet {
 public:
  explicit Outlet(std::function<void(Event)> listener) : m_listener(std::move(listener)) {}

  void emit(Event event) {
    std::lock_guard const lock(m_mutex);
    if (m_listener) m_listener(std::move(event));
  }
  /// Waits for a call under way; none follows.
  void close() {
    std::lock_guard const lock(m_mutex);
    m_listener = nullptr;
  }

 private:
  std::mutex m_mutex;
  std::function<void(Event)> m_listener;
};

/// A device's health, kept by its thread: says when a change is worth an event.
class HealthRecord {
 public:
  HealthRecord(WallClock const& wall, std::string name, std::string port) : m_wall(wall) {
    m_health.name = std::move(name);
    m_health.port = std::move(port);
  }
  [[nodiscard]] device::Health const& health() const { return m_health; }
  /// Where the port was opened; an empty identity leaves the known one.
  void found_at(std::string node, std::string identity) {
    m_health.port = std::move(node);
    if (!identity.empty()) m_health.identity = std::move(identity);
  }
  void set_identity(std::string identity) { m_health.identity = std::move(identity); }
  /// True if the state changed.
  bool succeed() {
    m_health.last_success_at = m_wall.now();
    return std::exchange(m_health.state, device::State::ready) != device::State::ready;
  }
  /// device_absent leads to Absent, everything else to Faulted. True if the state or the fault changed.
  bool fail(Error error) {
    auto const state = error.is("device_absent") ? device::State::absent : device::State::faulted;
    bool const changed = m_health.state != state || !m_health.last_fault || m_health.last_fault->code() != error.code();
    m_health.state = state;
    m_health.last_fault = std::move(error);
    m_health.last_fault_at = m_wall.now();
    return changed;
  }

 private:
  WallClock const& m_wall;
  device::Health m_health;
};

}  // namespace yizhan::host

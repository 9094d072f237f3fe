#include "peripherals/emulated/wire_device.h"

#include <poll.h>

#include <algorithm>
#include <array>
#include <utility>

namespace yizhan::emulated {

Result<void> WireDevice::start() {
  TRY(plug());
  m_thread = std::thread([this] { serve(); });
  return {};
}

void WireDevice::stop() {
  m_ended = true;
  m_stop.raise();
  if (m_thread.joinable()) m_thread.join();
}

/// The serving thread closes the line: while it waits for it in poll(2), a close from here would not hang up.
void WireDevice::unplug() {
  std::unique_lock lock(m_mutex);
  if (!m_pty || !m_thread.joinable()) return;
  m_unplugging = true;
  m_unplugged.wait(lock, [this] { return !m_unplugging; });
}

void WireDevice::unplug_locked() {
  m_pty.reset();
  power_lost();
}

Result<void> WireDevice::plug() {
  std::lock_guard const lock(m_mutex);
  if (!m_pty) m_pty.emplace(TRY(Pty::open(m_path)));
  return {};
}

Result<void> WireDevice::plug_at(std::filesystem::path path) {
  {
    std::lock_guard const lock(m_mutex);
    if (!m_pty) m_path = std::move(path);
  }
  return plug();
}

std::filesystem::path WireDevice::path() const {
  std::lock_guard const lock(m_mutex);
  return m_path;
}

bool WireDevice::plugged() const {
  std::lock_guard const lock(m_mutex);
  return m_pty.has_value();
}

void WireDevice::send(std::span<std::byte const> bytes) {
  if (plugged_locked()) m_pty->write(bytes);
}

void WireDevice::rest(Duration time, std::unique_lock<std::mutex>& lock) {
  constexpr Duration k_slice = std::chrono::milliseconds(20);
  for (; time > Duration{0} && !m_unplugging && !m_ended; time -= k_slice) {
    lock.unlock();
    [[maybe_unused]] auto const slept = host::pause(std::min(time, k_slice), m_stop);
    lock.lock();
  }
}

void WireDevice::serve() {
  std::array<std::byte, 4096> chunk;
  while (!m_ended) {
    int fd = -1;
    // A short limit, because the line may be unplugged and plugged while this waits.
    std::chrono::milliseconds limit(50);
    {
      std::lock_guard const lock(m_mutex);
      if (std::exchange(m_unplugging, false)) unplug_locked();
      m_unplugged.notify_all();
      if (m_pty) fd = m_pty->fd();
      limit = idle().value_or(limit);
    }
    pollfd items[] = {{m_stop.fd(), POLLIN, 0}, {fd, POLLIN, 0}};
    ::poll(items, 2, static_cast<int>(limit.count()));
    if (m_ended) return;
    std::unique_lock lock(m_mutex);
    if (!m_pty || m_pty->fd() != fd) continue;
    auto const got = m_pty->read_some(chunk);
    if (got > 0) bytes(std::span(chunk).first(got), lock);
  }
}

}  // namespace yizhan::emulated

#pragma once
/// What the emulated devices at a serial line share: a pseudo terminal and a thread that serves it.
#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <filesystem>
#include <mutex>
#include <optional>
#include <span>
#include <thread>

#include "peripherals/emulated/pty.h"
#include "peripherals/host/wait.h"
#include "shared/base/result.h"

namespace yizhan::emulated {

/// Derived classes call start() last in create() and stop() first in their destructor; their state is guarded by
/// m_mutex, which is held while bytes() runs.
class WireDevice {
 public:
  WireDevice(WireDevice const&) = delete;
  WireDevice& operator=(WireDevice const&) = delete;
  virtual ~WireDevice() = default;

  [[nodiscard]] std::filesystem::path path() const;
  /// Once unplug() returns the line is dead. Thread: any but the device's, for all. Errors: pty_failed.
  void unplug();
  Result<void> plug();
  /// The same at another node; REQUIRES: unplugged.
  Result<void> plug_at(std::filesystem::path path);
  [[nodiscard]] bool plugged() const;

 protected:
  explicit WireDevice(std::filesystem::path path) : m_path(std::move(path)) {}
  Result<void> start();
  void stop();

  /// Bytes from the driver. Runs on the device's thread with `lock` held.
  virtual void bytes(std::span<std::byte const> arrived, std::unique_lock<std::mutex>& lock) = 0;
  /// Work that takes time, between bytes: the wait until it wants to go on. With the lock held.
  virtual std::optional<std::chrono::milliseconds> idle() { return std::nullopt; }
  /// The plug was pulled or put in. With the lock held.
  virtual void power_lost() {}

  void send(std::span<std::byte const> bytes);
  /// Time passes with the lock released; ends early when the device stops or its plug is pulled.
  void rest(Duration time, std::unique_lock<std::mutex>& lock);
  void unplug_locked();
  [[nodiscard]] bool plugged_locked() const { return m_pty.has_value() && !m_unplugging; }

  mutable std::mutex m_mutex;

 private:
  void serve();

  std::filesystem::path m_path;
  std::optional<Pty> m_pty;
  host::Interrupt m_stop;
  std::atomic<bool> m_ended = false;
  bool m_unplugging = false;
  std::condition_variable m_unplugged;
  std::thread m_thread;
};

}  // namespace yizhan::emulated

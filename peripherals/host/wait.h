#pragma once
/// Waiting for file descriptors with a limit that counts real time but reads no clock: both are descriptors of their
/// own, so one poll(2) watches the wire, the time-out and whoever wants the thread back.
#include "shared/base/env.h"
#include "shared/base/result.h"

namespace yizhan::host {

/// Ends every wait that watches it, from any thread, and stays raised.
class Interrupt {
 public:
  Interrupt();
  ~Interrupt();
  Interrupt(Interrupt const&) = delete;
  Interrupt& operator=(Interrupt const&) = delete;

  /// Thread: any.
  void raise() noexcept;
  [[nodiscard]] bool raised() const;
  [[nodiscard]] int fd() const { return m_fd; }

 private:
  int m_fd = -1;
};

/// Starts at construction. Thread: its maker's.
class Deadline {
 public:
  explicit Deadline(Duration in);
  ~Deadline();
  Deadline(Deadline const&) = delete;
  Deadline& operator=(Deadline const&) = delete;

  [[nodiscard]] bool passed() const;
  [[nodiscard]] int fd() const { return m_fd; }

 private:
  int m_fd = -1;
};

/// Nothing but the time passes. Errors: device_cancelled.
Result<void> pause(Duration time, Interrupt const& interrupt);

/// Waits between attempts at a device that does not answer: 250 ms, then twice as long each time, up to 1 s, so that
/// a device that comes back is there within 3 s, its own start included.
class BackOff {
 public:
  [[nodiscard]] Duration next();
  void reset() { m_next = k_first; }

 private:
  static constexpr Duration k_first = std::chrono::milliseconds(250);
  static constexpr Duration k_longest = std::chrono::seconds(1);
  Duration m_next = k_first;
};

}  // namespace yizhan::host

#pragma once
/// A serial line, 8N1, raw: real ports, USB-CDC modules and pseudo terminals alike. termios by hand because
/// libserialport looks a port up in sysfs and knows neither pseudo terminals nor symbolic links to a port.
#include <cstddef>
#include <memory>
#include <span>
#include <string>

#include "peripherals/host/wait.h"
#include "shared/base/result.h"

namespace yizhan::host {

/// Owned by one device's thread. All waits end at once when the interrupt is raised (device_cancelled).
class SerialPort {
 public:
  /// Opens `path` for itself alone (advisory lock) and drops what had arrived before.
  /// Errors: device_absent (not there, later), device_busy (another program has it, later), device_refused (no
  /// permission), device_baud (not a rate of this system).
  static Result<SerialPort> open(std::string const& path, int baud, std::shared_ptr<Interrupt> interrupt);

  ~SerialPort();
  SerialPort(SerialPort&& other) noexcept;
  SerialPort& operator=(SerialPort&& other) noexcept;
  SerialPort(SerialPort const&) = delete;
  SerialPort& operator=(SerialPort const&) = delete;

  /// At least one byte. Errors: device_timeout (later), device_absent (unplugged, later), device_cancelled.
  Result<std::size_t> read_some(std::span<std::byte> out, Deadline const& deadline);
  /// All of it; `written`, if given, counts the bytes that left also when it fails. Errors: as above.
  Result<void> write_all(std::span<std::byte const> bytes, Deadline const& deadline, std::size_t* written = nullptr);
  /// Drops what has arrived and was not read.
  void discard_input();

 private:
  SerialPort(int fd, std::shared_ptr<Interrupt> interrupt) : m_fd(fd), m_interrupt(std::move(interrupt)) {}
  Result<void> wait(short events, Deadline const& deadline);
  void close();

  int m_fd = -1;
  std::shared_ptr<Interrupt> m_interrupt;
};

}  // namespace yizhan::host

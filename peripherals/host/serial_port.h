#pragma once
/// A serial line, 8N1, raw: real ports, USB-CDC modules and pseudo terminals alike. termios by hand because
/// libserialport looks a port up in sysfs and knows neither pseudo terminals nor symbolic links to a port.
#include <string>

#include "peripherals/host/line.h"

namespace yizhan::host {

class SerialPort final : public Line {
 public:
  /// Opens `path` for itself alone (advisory lock) and drops what had arrived before.
  /// Errors: device_absent (not there, later), device_busy (another program has it, later), device_refused (no
  /// permission), device_baud (not a rate of this system).
  static Result<std::unique_ptr<SerialPort>> open(std::string const& path, int baud,
                                                  std::shared_ptr<Interrupt> interrupt);

  ~SerialPort() override;

  Result<std::size_t> read_some(std::span<std::byte> out, Deadline const& deadline) override;
  Result<void> write_all(std::span<std::byte const> bytes, Deadline const& deadline, std::size_t* written) override;
  void discard_input() override;

 private:
  SerialPort(int fd, std::shared_ptr<Interrupt> interrupt) : m_fd(fd), m_interrupt(std::move(interrupt)) {}
  Result<void> wait(short events, Deadline const& deadline);

  int const m_fd;
  std::shared_ptr<Interrupt> const m_interrupt;
};

}  // namespace yizhan::host

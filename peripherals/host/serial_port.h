#pragma once
/// A serial line, 8N1, raw: real ports, USB-CDC modules and pseudo terminals alike. termios by hand because
/// libserialport looks a port up in sysfs and knows neither pseudo terminals nor symbolic links to a port.
#include <string>

#include "peripherals/host/fd_line.h"

namespace yizhan::host {

class SerialPort final : public FdLine {
 public:
  /// Opens `path` for itself alone (advisory lock) and drops what had arrived before.
  /// Errors: device_absent (not there, later), device_busy (another program has it, later), device_refused (no
  /// permission), device_baud (not a rate of this system).
  static Result<std::unique_ptr<SerialPort>> open(std::string const& path, int baud,
                                                  std::shared_ptr<Interrupt> interrupt);

  ~SerialPort() override;

  void discard_input() override;

 private:
  SerialPort(int fd, std::shared_ptr<Interrupt> interrupt) : FdLine(fd, std::move(interrupt)) {}
};

}  // namespace yizhan::host

#pragma once
/// Both ends of each thing that carries bytes to a device.
#include <memory>
#include <string>
#include <string_view>

#include "peripherals/host/transports.h"

namespace yizhan::test {

class Wire {
 public:
  virtual ~Wire() = default;
  virtual Result<std::unique_ptr<host::Line>> open(std::shared_ptr<host::Interrupt> interrupt) = 0;
  /// The device's end. received() waits for so many bytes, 10 s at most.
  virtual void send(std::string_view bytes) = 0;
  virtual std::string received(std::size_t length) = 0;
  virtual void unplug() = 0;
  /// The device takes nothing any more.
  virtual void jam() = 0;
  [[nodiscard]] virtual bool shared_by_nature() const { return false; }
};

std::unique_ptr<Wire> make_serial_wire();
std::unique_ptr<Wire> make_printer_node_wire();
std::unique_ptr<Wire> make_report_node_wire();
std::unique_ptr<Wire> make_tcp_wire();
std::unique_ptr<Wire> make_usb_wire();

}  // namespace yizhan::test

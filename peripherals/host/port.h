#pragma once
/// Where a device is: what its driver opens, as often as it must, without knowing what carries the bytes or how the
/// place is found.
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "peripherals/host/bus.h"
#include "peripherals/host/line.h"

namespace yizhan::host {

/// A line under way. `node` is where the device is now ("/dev/ttyUSB1"), `identity` which one it is
/// ("usb:0400:c35a:5A01"); empty where the place tells nothing.
struct OpenedLine {
  std::unique_ptr<Line> line;
  std::string node;
  std::string identity;
};

class Port {
 public:
  virtual ~Port() = default;

  /// Opens the device for this process alone and drops what had arrived before. Thread: the device's.
  /// Errors: device_absent (not there, later), device_busy (another program has it, later), device_refused (no
  /// permission), device_foreign (another device is at its place, later), device_ambiguous (two answer to the
  /// description), device_baud (not a rate of this system), device_cancelled.
  virtual Result<OpenedLine> open(std::shared_ptr<Interrupt> interrupt) = 0;
  /// As configured, for people: a path, "usb:0400:c35a", "tcp://10.0.0.7:9100".
  [[nodiscard]] virtual std::string name() const = 0;
  /// `arrived` is called, on any thread, when a device that may be the one was plugged in: a driver that waits to try
  /// again tries at once. One listener; nullptr ends it and waits for a call under way. Ports that cannot tell ignore it.
  virtual void on_arrival(std::function<void()> /*arrived*/) {}
};

/// USB bulk endpoints. What is 0 or empty is taken from the descriptors: the first interface with a bulk pipe each way.
struct UsbPipes {
  std::optional<int> interface;
  std::uint8_t in = 0;   // 0x81 …
  std::uint8_t out = 0;  // 0x01 …
};

struct PortSettings {
  /// What the device can be, in the order in which it is looked for. The kind found decides what carries the bytes: tty
  /// a serial line, usblp the printer class node, hidraw and input a node that is only read, usb bulk pipes (which takes the device from its kernel driver, so
  /// never name usb together with another).
  std::vector<Kind> kinds{Kind::tty};
  int baud = 115200;
  UsbPipes pipes;
  /// If given, nothing else is opened, wherever it is.
  std::optional<UsbAddress> expected;
};

/// A device by its address. An address that is a path or a socket means the device that is first opened there: for this
/// process's life, another one at that place is device_foreign and gets no byte, and with a path the known device is
/// found when it returns under another node. A device without a serial number is known by its socket as well.
/// `bus` may be nullptr for tcp:// addresses.
[[nodiscard]] std::shared_ptr<Port> make_port(std::shared_ptr<Bus> bus, Address address, PortSettings settings = {});

/// A serial port or pseudo terminal at a fixed path, whatever is there.
[[nodiscard]] std::shared_ptr<Port> serial_port_at(std::string path, int baud);

}  // namespace yizhan::host

#pragma once
/// A machine of umockdev's: /sys, /dev and udev's messages as libudev and libusb see them. The program runs under
/// umockdev's preloaded library (mock_main.cpp).
#include <umockdev.h>

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace yizhan::test {

struct MockUsb {
  std::string port;  // "1-1.4": the socket
  std::string vendor;
  std::string product;
  std::string serial;  // empty: none
  int interface = 0;
};

/// Thread: any one at a time.
class MockMachine {
 public:
  MockMachine();
  ~MockMachine();
  MockMachine(MockMachine const&) = delete;
  MockMachine& operator=(MockMachine const&) = delete;

  /// The device, its interface, and what a driver makes of it: subsystem "tty", name "ttyUSB0", node "/dev/ttyUSB0".
  /// The node itself is the caller's to make, at real_path(). Listeners are told last.
  void plug(MockUsb const& usb, std::string const& subsystem, std::string const& name, std::string const& node,
            std::vector<std::string> attributes = {});
  /// The device alone, as libusb wants it: /dev/bus/usb/001/NUMBER holds the descriptors.
  void plug_raw(MockUsb const& usb, int number, std::vector<unsigned char> const& descriptors);
  /// A port of the main board.
  void add_serial_port(std::string const& name);
  void unplug(MockUsb const& usb);

  /// Where a node of the mocked machine really is.
  [[nodiscard]] std::filesystem::path real_path(std::string const& node) const;
  [[nodiscard]] UMockdevTestbed* testbed() { return m_testbed; }

 private:
  std::string add(char const* subsystem, std::string const& name, std::string const& parent,
                  std::vector<std::string> attributes, std::vector<std::string> properties);
  std::string add_usb(MockUsb const& usb);

  UMockdevTestbed* const m_testbed;
  std::string m_root;
  std::string m_hub;
  std::map<std::string, std::vector<std::string>> m_plugged;  // by port, parents before their children
};

}  // namespace yizhan::test

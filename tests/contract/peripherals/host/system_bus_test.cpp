// udev's bus, on a machine whose /sys, /dev and messages are umockdev's.
#include <gtest/gtest.h>

#include <filesystem>

#include "peripherals/emulated/code_scanner.h"
#include "peripherals/host/port.h"
#include "tests/contract/peripherals/host/mock_machine.h"
#include "tests/support/devices/event_log.h"

namespace yizhan::host {
namespace {

using namespace std::chrono_literals;

test::MockUsb const k_reader{"1-1.4", "0400", "c35a", "5A 01"};
test::MockUsb const k_twin{"1-1.3", "1a86", "7523", ""};
test::MockUsb const k_other{"1-2", "1a86", "55d3", "77"};

class SystemBus : public testing::Test {
 protected:
  /// The device's end of a tty, at its node.
  std::unique_ptr<emulated::EmulatedScanner> device_at(std::string const& node) {
    std::filesystem::remove(m_machine.real_path(node));
    return std::move(*emulated::EmulatedScanner::create(m_machine.real_path(node)));
  }
  std::string open(Port& port) {
    auto const opened = port.open(std::make_shared<Interrupt>());
    return opened ? opened->node + " " + opened->identity : std::string(opened.error().code());
  }

  test::MockMachine m_machine;
  std::shared_ptr<Bus> const m_bus = Bus::system();
};

TEST_F(SystemBus, KnowsADeviceByUsbIdSerialNumberSocketAndNode) {
  m_machine.plug(k_reader, "tty", "ttyUSB0", "/dev/ttyUSB0");
  for (auto const* text : {"/dev/ttyUSB0", "usb:0400:c35a", "usb:0400:c35a:5A_01", "usb:0400:c35a#1",
                           "socket:pci-0000:00:14.0-usb-0:1.4", "socket:pci-0000:00:14.0-usb-0:1.4:1.0"}) {
    auto const place = m_bus->find(*parse_address(text), Kind::tty);
    ASSERT_TRUE(place) << text << " " << place.error().to_line();
    EXPECT_EQ(place->node, "/dev/ttyUSB0") << text;
    EXPECT_EQ(place->identity, "usb:0400:c35a:5A_01");
    EXPECT_EQ(place->socket, "pci-0000:00:14.0-usb-0:1.4:1.0");
    EXPECT_EQ(place->vendor + " " + place->product, "Yi Zhan Mock");
  }
  for (auto const* text : {"/dev/ttyUSB1", "usb:0400:c35b", "usb:0400:c35a:5A_02", "usb:0400:c35a#2", "socket:pci-x"})
    EXPECT_TRUE(m_bus->find(*parse_address(text), Kind::tty).error().is("device_absent")) << text;
}

TEST_F(SystemBus, ListsWhatIsThereByKind) {
  m_machine.add_serial_port("ttyS0");
  m_machine.plug(k_reader, "usbmisc", "lp0", "/dev/usb/lp0");
  m_machine.plug(k_twin, "hidraw", "hidraw0", "/dev/hidraw0");
  m_machine.plug(k_other, "video4linux", "video0", "/dev/video0", {"index", "0"});
  auto described = k_other;
  described.interface = 1;
  m_machine.plug(described, "video4linux", "video1", "/dev/video1", {"index", "1"});  // no pictures
  std::string all;
  for (auto const& place : m_bus->list()) {
    all += std::string(to_string(place.kind)) + " " + place.node + " " + place.identity + "\n";
  }
  EXPECT_EQ(all,
            "tty /dev/ttyS0 \n"
            "usblp /dev/usb/lp0 usb:0400:c35a:5A_01\n"
            "video4linux /dev/video0 usb:1a86:55d3:77\n"
            "hidraw /dev/hidraw0 usb:1a86:7523:\n");
}

TEST_F(SystemBus, TwoInterfacesOfOneDeviceAreToldApartByNumber) {
  m_machine.plug(k_other, "tty", "ttyACM0", "/dev/ttyACM0");
  auto second = k_other;
  second.interface = 2;
  m_machine.plug(second, "tty", "ttyACM1", "/dev/ttyACM1");
  EXPECT_TRUE(m_bus->find(*parse_address("usb:1a86:55d3"), Kind::tty).error().is("device_ambiguous"));
  EXPECT_EQ(m_bus->find(*parse_address("usb:1a86:55d3#2"), Kind::tty)->node, "/dev/ttyACM1");
}

TEST_F(SystemBus, TellsOfWhatIsPluggedInAndADeviceComesBackUnderAnotherNode) {
  m_machine.plug(k_reader, "tty", "ttyUSB0", "/dev/ttyUSB0");
  auto first = device_at("/dev/ttyUSB0");
  auto const port = make_port(m_bus, *parse_address("/dev/ttyUSB0"));
  std::atomic<int> arrivals = 0;
  port->on_arrival([&] { ++arrivals; });
  EXPECT_EQ(open(*port), "/dev/ttyUSB0 usb:0400:c35a:5A_01");

  first.reset();
  m_machine.unplug(k_reader);
  EXPECT_EQ(open(*port), "device_absent");

  m_machine.plug(k_other, "tty", "ttyUSB0", "/dev/ttyUSB0");
  auto const other = device_at("/dev/ttyUSB0");
  EXPECT_TRUE(test::eventually([&] { return arrivals > 0; }));
  EXPECT_EQ(open(*port), "device_foreign");

  arrivals = 0;
  m_machine.plug(k_reader, "tty", "ttyUSB1", "/dev/ttyUSB1");
  auto const again = device_at("/dev/ttyUSB1");
  EXPECT_TRUE(test::eventually([&] { return arrivals > 0; }));
  EXPECT_EQ(open(*port), "/dev/ttyUSB1 usb:0400:c35a:5A_01");
  port->on_arrival(nullptr);
}

}  // namespace
}  // namespace yizhan::host

// Which device a port opens, on a bus whose devices change places.
#include <gtest/gtest.h>

#include <atomic>
#include <utility>

#include "peripherals/emulated/bus.h"
#include "peripherals/emulated/code_scanner.h"
#include "peripherals/host/arrival_hook.h"
#include "tests/support/temp_dir.h"

namespace yizhan::host {
namespace {

using namespace std::chrono_literals;

/// Counts what arrives: a device nobody may speak to must get nothing.
class Listener final : public emulated::WireDevice {
 public:
  explicit Listener(std::filesystem::path path) : WireDevice(std::move(path)) { EXPECT_TRUE(start()); }
  ~Listener() override { stop(); }
  std::atomic<int> heard = 0;

 private:
  void bytes(std::span<std::byte const> arrived, std::unique_lock<std::mutex>&) override {
    heard += static_cast<int>(arrived.size());
  }
};

class DevicePorts : public testing::Test {
 protected:
  DevicePorts() {
    m_bus->attach(m_reader, "usb:0400:c35a:5A01", "hub-1");
    m_bus->attach(m_other, "usb:1a86:55d3:77", "hub-2");
    m_other.unplug();
  }
  std::string node(std::string_view name) { return (m_folder / name).string(); }
  std::shared_ptr<Port> port(std::string const& address, PortSettings settings = {}) {
    return make_port(m_bus, *parse_address(address), std::move(settings));
  }
  /// Where it was opened, or the error's code; closed again.
  std::string open(Port& port) {
    auto opened = port.open(std::make_shared<Interrupt>());
    if (!opened) return std::string(opened.error().code());
    std::byte const hello{0x55};
    EXPECT_TRUE(opened->line->write_all({&hello, 1}, Deadline(1s)));
    return std::filesystem::path(opened->node).filename().string() + " " + opened->identity;
  }

  test::TempDir m_folder{"host"};
  std::shared_ptr<emulated::EmulatedBus> const m_bus = std::make_shared<emulated::EmulatedBus>();
  Listener m_reader{m_folder / "tty0"};
  Listener m_other{m_folder / "other"};
};

TEST_F(DevicePorts, ADeviceThatComesBackUnderAnotherNodeIsFound) {
  auto const port = this->port(node("tty0"));
  EXPECT_EQ(open(*port), "tty0 usb:0400:c35a:5A01");
  m_bus->unplug(m_reader);
  EXPECT_EQ(open(*port), "device_absent");
  ASSERT_TRUE(m_bus->plug(m_reader, node("tty7")));
  EXPECT_EQ(open(*port), "tty7 usb:0400:c35a:5A01");
}

TEST_F(DevicePorts, AnotherDeviceAtTheNodeGetsNoByte) {
  auto const port = this->port(node("tty0"));
  EXPECT_EQ(open(*port), "tty0 usb:0400:c35a:5A01");
  ASSERT_TRUE(m_bus->swap(m_reader, m_other));
  EXPECT_EQ(open(*port), "device_foreign");
  EXPECT_EQ(m_other.heard, 0);
  ASSERT_TRUE(m_bus->plug(m_reader, node("tty1")));
  EXPECT_EQ(open(*port), "tty1 usb:0400:c35a:5A01") << "though the other still stands at its old node";
  EXPECT_EQ(m_other.heard, 0);
}

TEST_F(DevicePorts, WhatIsConfiguredIsNeverAnotherNotEvenAtFirst) {
  PortSettings settings;
  settings.expected = UsbAddress{0x0400, 0xC35A, {}, {}};
  ASSERT_TRUE(m_bus->swap(m_reader, m_other));
  auto const port = this->port(node("tty0"), settings);
  EXPECT_EQ(open(*port), "device_foreign");
  ASSERT_TRUE(m_bus->plug(m_reader, node("tty1")));
  EXPECT_EQ(open(*port), "tty1 usb:0400:c35a:5A01");
}

TEST_F(DevicePorts, ByUsbIdAnyNodeAndAnyUnitWillDo) {
  auto const port = this->port("usb:0400:c35a");
  EXPECT_EQ(open(*port), "tty0 usb:0400:c35a:5A01");
  Listener spare(m_folder / "spare");
  m_bus->attach(spare, "usb:0400:c35a:5A02", "hub-3");
  EXPECT_EQ(open(*port), "device_ambiguous");
  m_bus->unplug(m_reader);
  EXPECT_EQ(open(*port), "spare usb:0400:c35a:5A02");
  EXPECT_EQ(open(*this->port("usb:0400:c35a:5A01")), "device_absent");
  EXPECT_EQ(open(*this->port("usb:0400:c35a:5A02")), "spare usb:0400:c35a:5A02");
  m_bus->detach(spare);
}

TEST_F(DevicePorts, BySocketOneDeviceIsKnownAndAnotherIsNot) {
  auto const port = this->port("socket:hub-1");
  EXPECT_EQ(open(*port), "tty0 usb:0400:c35a:5A01");
  m_bus->unplug(m_reader);
  EXPECT_EQ(open(*port), "device_absent");
  m_bus->detach(m_other);
  m_bus->attach(m_other, "usb:1a86:55d3:77", "hub-1");
  ASSERT_TRUE(m_bus->plug(m_other, node("tty5")));
  EXPECT_EQ(open(*port), "device_foreign");
  EXPECT_EQ(open(*this->port("socket:hub-1")), "tty5 usb:1a86:55d3:77") << "to a port that knows nothing yet";
}

TEST_F(DevicePorts, TwinsWithoutSerialNumbersAreToldApartByTheirSockets) {
  Listener first(m_folder / "tty10");
  Listener second(m_folder / "tty11");
  m_bus->attach(first, "usb:1a86:7523:", "hub-1:a");
  m_bus->attach(second, "usb:1a86:7523:", "hub-1:b");
  auto const port = this->port(node("tty10"));
  EXPECT_EQ(open(*port), "tty10 usb:1a86:7523:");
  m_bus->unplug(first);
  ASSERT_TRUE(m_bus->renumber(second, node("tty10")));
  EXPECT_EQ(open(*port), "device_foreign");
  EXPECT_EQ(second.heard, 0);
  ASSERT_TRUE(m_bus->plug(first, node("tty11")));
  EXPECT_EQ(open(*port), "tty11 usb:1a86:7523:");
  m_bus->detach(first);
  m_bus->detach(second);
}

/// Between the moment a device is found and the moment it is opened, `m_meanwhile` happens.
class HastyBus final : public Bus {
 public:
  HastyBus(std::shared_ptr<Bus> bus, std::function<void()> meanwhile)
      : m_bus(std::move(bus)), m_meanwhile(std::move(meanwhile)) {}
  std::vector<Place> list(Kind kind) override {
    auto places = m_bus->list(kind);
    if (auto const meanwhile = std::exchange(m_meanwhile, nullptr)) meanwhile();
    return places;
  }
  std::unique_ptr<Watch> watch(Listener arrived) override { return m_bus->watch(std::move(arrived)); }

 private:
  std::shared_ptr<Bus> const m_bus;
  std::function<void()> m_meanwhile;
};

TEST_F(DevicePorts, ANodeThatChangesHandsWhileItIsOpenedGetsNoByte) {
  auto const bus = std::make_shared<HastyBus>(m_bus, [&] { ASSERT_TRUE(m_bus->swap(m_reader, m_other)); });
  auto const port = make_port(bus, *parse_address(node("tty0")));
  EXPECT_EQ(open(*port), "device_foreign");
  EXPECT_EQ(m_other.heard, 0);
  EXPECT_TRUE(m_other.plugged());
}

TEST_F(DevicePorts, APathTheBusDoesNotKnowIsOpenedAsItIs) {
  m_bus->detach(m_reader);
  EXPECT_EQ(open(*port(node("tty0"))), "tty0 ");
  EXPECT_EQ(open(*port(node("nothing"))), "device_absent");
}

TEST_F(DevicePorts, AnArrivalIsToldUntilTheHookIsGone) {
  auto const port = this->port(node("tty0"));
  int told = 0;
  {
    ArrivalHook hook;
    hook.attach(port, [&] { ++told; });
    ASSERT_TRUE(m_bus->renumber(m_reader, node("tty3")));
    EXPECT_EQ(told, 1);
  }
  ASSERT_TRUE(m_bus->renumber(m_reader, node("tty0")));
  EXPECT_EQ(told, 1);
}

TEST_F(DevicePorts, OneProgramHasADevice) {
  auto const port = this->port(node("tty0"));
  auto const opened = port->open(std::make_shared<Interrupt>());
  ASSERT_TRUE(opened);
  EXPECT_EQ(open(*this->port("usb:0400:c35a")), "device_busy");
}

}  // namespace
}  // namespace yizhan::host

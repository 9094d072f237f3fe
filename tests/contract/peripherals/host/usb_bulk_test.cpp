// Bulk pipes: the real libusb, with a device at the other end of usbdevfs.
#include <gtest/gtest.h>

#include "peripherals/host/transports.h"
#include "tests/contract/peripherals/host/mock_usb_device.h"

namespace yizhan {
namespace {

using namespace std::chrono_literals;
using host::Deadline;

test::MockUsb const k_usb{"1-1.4", "0400", "c35a", "5A01"};

std::span<std::byte const> bytes_of(std::string_view text) { return std::as_bytes(std::span(text)); }

class UsbBulk : public testing::Test {
 protected:
  Result<std::unique_ptr<host::Line>> open(host::UsbPipes const& pipes = {}) {
    return host::open_usb_bulk(m_device.node(), pipes, m_interrupt);
  }
  std::shared_ptr<host::Interrupt> const m_interrupt = std::make_shared<host::Interrupt>();
  test::MockMachine m_machine;
  test::MockUsbDevice m_device{m_machine, k_usb, 4};
};

TEST_F(UsbBulk, TakesTheInterfaceFromItsDriverAndGivesItBack) {
  {
    auto const line = open();
    ASSERT_TRUE(line) << line.error().to_line();
    EXPECT_EQ(m_device.seen().claims, 1);
    EXPECT_EQ(m_device.seen().detached_drivers, 1);
  }
  EXPECT_EQ(m_device.seen().attached_drivers, 1);
}

TEST_F(UsbBulk, SendsPacketsOf64Bytes) {
  auto const line = std::move(*open());
  ASSERT_TRUE(line->write_all(bytes_of(std::string(1000, 'x')), Deadline(10s)));
  EXPECT_EQ(m_device.seen().longest_packet, 64);
}

TEST_F(UsbBulk, LeavesNoQuestionBehind) {
  {
    auto const line = std::move(*open());
    std::byte byte{};
    EXPECT_TRUE(line->read_some({&byte, 1}, Deadline(20ms)).error().is("device_timeout"));
    EXPECT_EQ(m_device.seen().pending, 1) << "the question stays while the line lives";
  }
  EXPECT_EQ(m_device.seen().pending, 0);
}

TEST_F(UsbBulk, AHaltedPipeIsClearedAndTheDeviceOpenedAnew) {
  auto line = std::move(*open());
  m_device.stall();
  std::byte byte{};
  EXPECT_TRUE(line->read_some({&byte, 1}, Deadline(10s)).error().is("device_absent"));
  EXPECT_EQ(m_device.seen().cleared_halts, 1);
  line.reset();
  line = std::move(*open());
  m_device.send("!");
  EXPECT_TRUE(line->read_some({&byte, 1}, Deadline(10s)));
}

TEST_F(UsbBulk, PipesThatAreConfiguredAreTakenAndOthersAreNot) {
  EXPECT_TRUE(open({.interface = 0, .in = 0x81, .out = 0x02}));
  for (auto const& pipes : {host::UsbPipes{{}, 0x82, 0}, host::UsbPipes{{}, 0, 0x01}, host::UsbPipes{1, 0, 0}}) {
    auto const line = open(pipes);
    ASSERT_FALSE(line);
    EXPECT_TRUE(line.error().is("device_foreign"));
  }
}

}  // namespace
}  // namespace yizhan

#include "peripherals/host/address.h"

#include <gtest/gtest.h>

namespace yizhan::host {
namespace {

TEST(Addresses, AreWrittenAsTheyWereRead) {
  for (auto const* text : {"/dev/ttyUSB0", "/dev/serial/by-id/usb-Yi_Zhan-if00", "usb:0400:c35a", "usb:0400:c35a:5A01",
                           "usb:1a86:7523#2", "usb:1a86:55d3:A_b-1.2#255", "socket:pci-0000:00:14.0-usb-0:1.4:1.0",
                           "tcp://10.0.0.7", "tcp://printer.hall:9101", "tcp://[fe80::1]", "tcp://[::1]:515"}) {
    auto const address = parse_address(text);
    ASSERT_TRUE(address) << text;
    EXPECT_EQ(to_string(*address), text);
  }
}

TEST(Addresses, HexIsReadInEitherCaseAndThePortThatIsUsualIsNotWritten) {
  EXPECT_EQ(to_string(*parse_address("usb:0400:C35A")), "usb:0400:c35a");
  EXPECT_EQ(to_string(*parse_address("tcp://10.0.0.7:9100")), "tcp://10.0.0.7");
}

TEST(Addresses, SayWhatIsExpected) {
  for (auto const* text : {"",
                           "ttyUSB0",
                           "usb:",
                           "usb:0400",
                           "usb:0400:c35",
                           "usb:0400:c35g",
                           "usb:+400:c35a",
                           "usb:0400:c35a:",
                           "usb:0400:c35a:a b",
                           "usb:0400:c35a:a/b",
                           "usb:0400:c35a#",
                           "usb:0400:c35a#0",
                           "usb:0400:c35a#256",
                           "usb:0400:c35a#1x",
                           "socket:",
                           "tcp://",
                           "tcp://:9100",
                           "tcp://a:0",
                           "tcp://a:65536",
                           "tcp://a:",
                           "tcp://::1",
                           "tcp://[::1",
                           "tcp://[a]",
                           "tcp://a/b",
                           "tcp://u@a",
                           "http://a",
                           "/dev/tty USB0",
                           "/dev/tty\n"}) {
    auto const address = parse_address(text);
    ASSERT_FALSE(address) << text;
    EXPECT_TRUE(address.error().is("device_address"));
    EXPECT_NE(address.error().detail().find("expected"), std::string::npos);
  }
}

TEST(Addresses, SerialNumbersOfDevicesBecomeOnesThatCanBeWritten) {
  EXPECT_EQ(usb_identity(0x0400, 0xC35A, "5A 01:\x01#2"), "usb:0400:c35a:5A_01___2");
  EXPECT_TRUE(parse_address(usb_identity(0x0400, 0xC35A, "5A 01:\x01#2")));
}

}  // namespace
}  // namespace yizhan::host

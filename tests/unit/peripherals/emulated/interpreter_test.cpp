#include "peripherals/emulated/escpos_interpreter.h"

#include <gtest/gtest.h>

#include <initializer_list>

namespace yizhan::emulated {
namespace {

using Action = EscPosInterpreter::Action;

Action push(EscPosInterpreter& printer, std::initializer_list<std::uint8_t> bytes) {
  auto last = Action::none;
  for (auto const byte : bytes) last = printer.push(byte);
  return last;
}

TEST(EscPosInterpreter, DrawsTheManualsRasters) {
  EscPosInterpreter printer(16);
  EXPECT_EQ(push(printer, {0x1D, 0x76, 0x30, 0x00, 0x01, 0x00, 0x02, 0x00, 0xC0, 0x00}), Action::row);
  auto const ticket = printer.take_ticket();
  EXPECT_EQ(ticket.height, 2);
  EXPECT_EQ(ticket.bits, (std::vector<std::uint8_t>{0xC0, 0x00, 0x00, 0x00}));
  EXPECT_EQ(printer.take_ticket().height, 0);
}

TEST(EscPosInterpreter, CutsRowsThatAreWiderThanThePaper) {
  EscPosInterpreter printer(8);
  push(printer, {0x1D, 0x76, 0x30, 0x00, 0x03, 0x00, 0x01, 0x00, 0x01, 0x02, 0x03});
  EXPECT_EQ(printer.take_ticket().bits, (std::vector<std::uint8_t>{0x01}));
}

TEST(EscPosInterpreter, KnowsEveryCommandOfTheTable) {
  EscPosInterpreter printer(384);
  push(printer, {0x1B, 0x40, 0x1B, 0x61, 0x01, 0x1B, 0x45, 0x01, 0x1D, 0x21, 0x11, 0x1C,
                 0x26, 0x1C, 0x2E, 0x1C, 0x57, 0x01, 0x1B, 0x64, 0x02, 0x1D, 0x61, 0x0F});
  EXPECT_EQ(push(printer, {0x1D, 0x72, 0x01}), Action::status_in_order);
  EXPECT_EQ(push(printer, {0x1D, 0x56, 0x00}), Action::cut);
  EXPECT_EQ(push(printer, {0x1D, 0x56, 0x41, 0x03}), Action::cut);
  push(printer, {'A', '1', 0x0A});
  EXPECT_EQ(printer.text(), "A1");
  EXPECT_EQ(printer.unknown_bytes(), 0);
}

TEST(EscPosInterpreter, StoresAndPrintsTheManualsQrCode) {
  EscPosInterpreter printer(384);
  push(printer, {0x1D, 0x28, 0x6B, 0x04, 0x00, 0x31, 0x41, 0x32, 0x00, 0x1D, 0x28, 0x6B, 0x03,
                 0x00, 0x31, 0x43, 0x03, 0x1D, 0x28, 0x6B, 0x03, 0x00, 0x31, 0x45, 0x30, 0x1D,
                 0x28, 0x6B, 0x07, 0x00, 0x31, 0x50, 0x30, 0x31, 0x32, 0x33, 0x34});
  EXPECT_EQ(printer.qr(), "");
  push(printer, {0x1D, 0x28, 0x6B, 0x03, 0x00, 0x31, 0x51, 0x30});
  EXPECT_EQ(printer.qr(), "1234");
}

TEST(EscPosInterpreter, CountsWhatItDoesNotKnow) {
  EscPosInterpreter printer(384);
  push(printer, {0x1B, 0xFF, 0x07});
  EXPECT_EQ(printer.unknown_bytes(), 2);
}

}  // namespace
}  // namespace yizhan::emulated

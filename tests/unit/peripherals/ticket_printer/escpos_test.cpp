#include "peripherals/ticket_printer/escpos.h"

#include <gtest/gtest.h>

#include <bit>
#include <random>

#include "peripherals/emulated/escpos_interpreter.h"
#include "tests/support/sanitizers.h"

namespace yizhan::ticket_printer {
namespace {

using device::PaperImage;

PaperImage blank(int width, int height) {
  PaperImage image{width, height, {}};
  image.bits.resize(static_cast<std::size_t>(image.row_bytes() * height));
  return image;
}

bool holds_real_time_command(std::vector<std::uint8_t> const& bytes) {
  for (std::size_t i = 0; i + 1 < bytes.size(); ++i) {
    if (bytes[i] == 0x10 && (bytes[i + 1] == 0x04 || bytes[i + 1] == 0x05 || bytes[i + 1] == 0x14)) return true;
  }
  return false;
}

PaperImage printed(std::vector<std::uint8_t> const& bytes, int width) {
  emulated::EscPosInterpreter interpreter(width);
  for (auto const byte : bytes) interpreter.push(byte);
  EXPECT_EQ(interpreter.unknown_bytes(), 0);
  return interpreter.take_ticket();
}

TEST(EscPos, ASingleDotIsTheManualsExample) {
  auto dot = blank(1, 1);
  dot.bits[0] = 0x80;
  std::vector<std::uint8_t> const expected{0x1B, 0x40, 0x1D, 0x76, 0x30, 0x00, 0x01, 0x00,
                                           0x01, 0x00, 0x80, 0x1D, 0x56, 0x42, 0x03};
  EXPECT_EQ(encode_ticket(dot), expected);
  auto square = blank(2, 2);
  square.bits = {0xC0, 0x00};
  auto const bytes = encode_ticket(square);
  EXPECT_EQ(std::vector<std::uint8_t>(bytes.begin() + 2, bytes.end() - 4),
            (std::vector<std::uint8_t>{0x1D, 0x76, 0x30, 0x00, 0x01, 0x00, 0x02, 0x00, 0xC0, 0x00}));
}

/// Pictures whose bytes, rows and bands are as close to real-time commands as they can be: three of four bytes are those
/// of which such commands are made, also at the ends of rows, which meet the next row or the next band's header.
PaperImage adversarial(std::mt19937& random) {
  constexpr std::uint8_t dangerous[] = {0x10, 0x04, 0x05, 0x14};
  auto const width = random() % 3 == 0 ? 384 : random() % 2 == 0 ? 576 : 8 * static_cast<int>(1 + random() % 72);
  // One in a hundred has several bands.
  auto const height = random() % 100 == 0 ? 120 + static_cast<int>(random() % 150) : 1 + static_cast<int>(random() % 8);
  auto image = blank(width, height);
  auto const row = static_cast<std::size_t>(image.row_bytes());
  for (std::size_t i = 0; i < image.bits.size(); ++i) {
    auto const choice = random() % 16;
    image.bits[i] = choice < 12 ? dangerous[choice % 4] : choice < 14 ? 0x00 : static_cast<std::uint8_t>(random());
    if (i % row == row - 1 && choice < 8) image.bits[i] = 0x10;
    if (i % row == 0 && choice < 8) image.bits[i] = dangerous[1 + choice % 3];
  }
  return image;
}

TEST(EscPos, NoneOfTwentyThousandPicturesHoldsARealTimeCommandAndDotsAreOnlyAdded) {
  std::mt19937 random(42);
  int altered = 0;
  int const rounds = test::k_sanitized ? 2'000 : 20'000;
  for (int round = 0; round < rounds; ++round) {
    auto const image = adversarial(random);
    auto const bytes = encode_ticket(image);
    ASSERT_FALSE(holds_real_time_command(bytes)) << "round " << round;
    auto const paper = printed(bytes, image.width);
    ASSERT_GE(paper.height, image.height);
    for (std::size_t i = 0; i < image.bits.size(); ++i) {
      auto const added = static_cast<std::uint8_t>(paper.bits[i] ^ image.bits[i]);
      ASSERT_TRUE(added == 0 || (image.bits[i] == 0x10 && added == 0x08)) << "round " << round << ", byte " << i;
      altered += added != 0 ? 1 : 0;
    }
  }
  EXPECT_GT(altered, 5 * rounds) << "the pictures were harmless";
}

TEST(EscPos, NarrowRowsMeetTheNextHeaderAndRow) {
  for (int height : {1, 2, 127, 128, 129, 256, 300}) {
    auto image = blank(8, height);
    for (std::size_t i = 0; i < image.bits.size(); ++i) image.bits[i] = i % 2 == 0 ? 0x10 : 0x04;
    EXPECT_FALSE(holds_real_time_command(encode_ticket(image)));
  }
}

TEST(EscPos, APictureWithoutDangerousBytesIsPrintedDotForDot) {
  std::mt19937 random(7);
  auto image = blank(576, 700);
  for (auto& byte : image.bits) byte = static_cast<std::uint8_t>(random() | 0x80);
  auto paper = printed(encode_ticket(image), 576);
  paper.bits.resize(image.bits.size());
  EXPECT_EQ(paper.bits, image.bits);
}

TEST(EscPos, WhiteOnTheRightDoesNotTravel) {
  auto image = blank(576, 128);
  image.bits[0] = 0x80;
  EXPECT_LT(encode_ticket(image).size(), 200U);
}

TEST(EscPosStatus, BitsMeanWhatTheManualSays) {
  auto const ok = decode_status({0x12, 0x12, 0x12, 0x12});
  EXPECT_TRUE(ok.online);
  EXPECT_EQ(ok.paper, device::Paper::ok);
  EXPECT_FALSE(fault_of(ok));
  auto const near_end = decode_status({0x12, 0x12, 0x12, 0x1E});
  EXPECT_EQ(near_end.paper, device::Paper::near_end);
  EXPECT_FALSE(fault_of(near_end)) << "near end is a warning";
  // The manual's example: offline, stopped, no paper.
  auto const out = decode_status({0x1A, 0x32, 0x12, 0x7E});
  EXPECT_FALSE(out.online);
  EXPECT_EQ(out.paper, device::Paper::end);
  EXPECT_EQ(fault_of(out)->code(), "paper_end");
  EXPECT_EQ(fault_of(decode_status({0x1A, 0x16, 0x12, 0x12}))->code(), "cover_open");
  EXPECT_EQ(fault_of(decode_status({0x1A, 0x52, 0x1A, 0x12}))->code(), "cutter_jam");
  EXPECT_EQ(fault_of(decode_status({0x1A, 0x52, 0x32, 0x12}))->code(), "printer_error");
  EXPECT_EQ(fault_of(decode_status({0x1A, 0x52, 0x52, 0x12}))->code(), "printer_overheated");
  EXPECT_EQ(fault_of(decode_status({0x1A, 0x12, 0x12, 0x12}))->code(), "printer_offline");
}

TEST(EscPosStatus, WhatNeedsSomebodyIsToldApart) {
  EXPECT_EQ(fault_of(decode_status({0x1A, 0x52, 0x16, 0x12}))->code(), "printer_recoverable");
  EXPECT_EQ(fault_of(decode_status({0x3A, 0x12, 0x12, 0x12}))->code(), "printer_waiting");
  EXPECT_EQ(fault_of(decode_status({0x12, 0x52, 0x12, 0x12}))->code(), "printer_error");
}

TEST(EscPosPaper, IsCountedFromCutToCut) {
  EXPECT_EQ(paper_mm(blank(576, 800)), 113);
  EXPECT_EQ(paper_mm(blank(384, 1)), 14);
}

}  // namespace
}  // namespace yizhan::ticket_printer

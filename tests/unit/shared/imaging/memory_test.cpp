#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>

#include "shared/imaging/document_image.h"
#include "tests/unit/shared/imaging/files.h"

namespace yizhan::imaging {
namespace {

/// Highest resident memory of this process since the last reset, in megabytes.
long peak_megabytes() {
  std::ifstream status("/proc/self/status");
  std::string word;
  while (status >> word) {
    long kilobytes = 0;
    if (word == "VmHWM:" && status >> kilobytes) return kilobytes / 1024;
  }
  return 0;
}
void reset_peak() { std::ofstream("/proc/self/clear_refs") << "5"; }

long growth_of(std::function<void()> const& work) {
  reset_peak();
  auto const before = peak_megabytes();
  work();
  return peak_megabytes() - before;
}

std::string code(Result<Picture> const& picture) { return picture ? "decoded" : std::string(picture.error().code()); }

TEST(DecodeMemory, APhotoOf60MegapixelsTakesNoMoreThanItsSmallForm) {
  for (bool const progressive : {false, true}) {
    auto const file = jpeg_file(8'944, 6'708, progressive, red_and_blue(8'944, 6'708));
    Result<Picture> picture = Picture{};
    auto const growth = growth_of([&] { picture = decode(file); });
    ASSERT_EQ(code(picture), "decoded");
    EXPECT_LE(picture->width * picture->height, 12'000'000);
    EXPECT_GE(picture->width * picture->height, 6'000'000);
    // Whole it would be 180 MB; what a progressive one holds besides are its coefficients.
    EXPECT_LE(growth, progressive ? 260 : 60) << "MB";
  }
}

TEST(DecodeMemory, AnEmptyPngOf81MegapixelsIsReadRowByRow) {
  auto const white = [](int, std::uint8_t* row) { std::fill(row, row + 27'000, std::uint8_t{255}); };
  auto const file = png_file(9'000, 9'000, PNG_COLOR_TYPE_RGB, false, white);
  ASSERT_LT(file.size(), 2'000'000U);
  Result<Picture> picture = Picture{};
  auto const growth = growth_of([&] { picture = decode(file); });
  ASSERT_EQ(code(picture), "decoded");
  EXPECT_EQ(picture->width, 3'000);
  EXPECT_LE(growth, 60) << "MB";
}

TEST(DecodeMemory, WhatAHeaderPromisesIsRefusedBeforeItTakesMemory) {
  auto const nothing = [](int, std::uint8_t* row) { std::fill(row, row + 24, std::uint8_t{0}); };
  auto jpeg = jpeg_file(8, 8, false, nothing);
  auto progressive = jpeg_file(8, 8, true, nothing);
  auto const promise = [](File& file, int marker, int side) {
    for (std::size_t i = 2; i + 8 < file.size(); ++i) {
      if (file[i] != std::byte{0xFF} || std::to_integer<int>(file[i + 1]) != marker) continue;
      for (std::size_t k : {5U, 7U}) {
        file[i + k] = static_cast<std::byte>(side >> 8);
        file[i + k + 1] = static_cast<std::byte>(side & 255);
      }
      return true;
    }
    return false;
  };
  ASSERT_TRUE(promise(jpeg, 0xC0, 60'000));
  // Below the limit of pixels, but its coefficients alone would be 290 MB.
  ASSERT_TRUE(promise(progressive, 0xC2, 9'900));
  auto const growth = growth_of([&] {
    EXPECT_EQ(code(decode(jpeg)), "picture_too_large");
    EXPECT_EQ(code(decode(progressive)), "picture_too_large");
  });
  EXPECT_LE(growth, 20) << "MB";
}

TEST(DecodeMemory, AnInterlacedPngOf81MegapixelsIsRefused) {
  auto const white = [](int, std::uint8_t* row) { std::fill(row, row + 9'000, std::uint8_t{255}); };
  auto const file = png_file(9'000, 9'000, PNG_COLOR_TYPE_GRAY, true, white);
  auto const growth = growth_of([&] { EXPECT_EQ(code(decode(file)), "picture_too_large"); });
  EXPECT_LE(growth, 5) << "MB";
}

TEST(DecodeMemory, APngBeyondAllLimitsIsRefused) {
  auto const white = [](int, std::uint8_t* row) { std::fill(row, row + 30'000, std::uint8_t{255}); };
  EXPECT_EQ(code(decode(png_file(30'000, 4'000, PNG_COLOR_TYPE_GRAY, false, white))), "picture_too_large");
}

TEST(DecodeTime, AJpegOfEndlessScansIsGivenUp) {
  auto const grey = [](int y, std::uint8_t* row) { std::fill(row, row + 64, static_cast<std::uint8_t>(y * 7)); };
  auto file = jpeg_file(64, 64, true, grey, JCS_GRAYSCALE);
  // The scan of one more bit for the means of all blocks (Ss = Se = 0, Ah = 1): whatever came before, it can come again.
  std::vector<std::byte> const start{std::byte{0xFF}, std::byte{0xDA}, std::byte{0x00}, std::byte{0x08},
                                     std::byte{0x01}, std::byte{0x01}, std::byte{0x00}, std::byte{0x00},
                                     std::byte{0x00}, std::byte{0x10}};
  auto const from = std::search(file.begin(), file.end(), start.begin(), start.end());
  ASSERT_NE(from, file.end());
  auto const to = std::adjacent_find(from + 2, file.end(), [](std::byte a, std::byte b) {
    return a == std::byte{0xFF} && b != std::byte{0};  // FF 00 is data
  });
  std::vector<std::byte> const scan(from, to);
  file.resize(file.size() - 2);
  for (int i = 0; i < 20'000; ++i) file.insert(file.end(), scan.begin(), scan.end());
  file.push_back(std::byte{0xFF});
  file.push_back(std::byte{0xD9});
  auto const picture = decode(file);
  ASSERT_FALSE(picture);
  EXPECT_TRUE(picture.error().is("picture_too_large")) << picture.error().to_line();
}

}  // namespace
}  // namespace yizhan::imaging

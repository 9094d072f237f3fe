#include <gtest/gtest.h>
#include <webp/encode.h>

#include <random>

#include "shared/base/text.h"
#include "shared/imaging/document_image.h"
#include "tests/unit/shared/imaging/files.h"

namespace yizhan::imaging {
namespace {

constexpr int k_width = 120;
constexpr int k_height = 80;

File webp_file(int width, int height, Row const& fill, bool lossless) {
  std::vector<std::uint8_t> pixels(static_cast<std::size_t>(width * height) * 3);
  for (int y = 0; y < height; ++y) fill(y, pixels.data() + static_cast<std::size_t>(y * width) * 3);
  std::uint8_t* out = nullptr;
  auto const size = lossless ? WebPEncodeLosslessRGB(pixels.data(), width, height, width * 3, &out)
                             : WebPEncodeRGB(pixels.data(), width, height, width * 3, 90, &out);
  auto const* const first = reinterpret_cast<std::byte const*>(out);
  File file(first, first + size);
  WebPFree(out);
  return file;
}

std::vector<File> one_of_each() {
  auto const row = red_and_blue(k_width, k_height);
  return {jpeg_file(k_width, k_height, false, row),
          jpeg_file(k_width, k_height, true, row),
          png_file(k_width, k_height, PNG_COLOR_TYPE_RGB, false, row),
          png_file(k_width, k_height, PNG_COLOR_TYPE_RGB, true, row),
          webp_file(k_width, k_height, row, false),
          webp_file(k_width, k_height, row, true)};
}

std::string outcome(File const& file, DecodeLimits const& limits = {}) {
  auto const picture = decode(file, limits);
  if (!picture) return std::string(picture.error().code());
  return std::to_string(picture->width) + "x" + std::to_string(picture->height) + "x" +
         std::to_string(picture->channels);
}

/// 'r' or 'b': what stands at a point of red_and_blue().
char colour_at(Picture const& picture, int x, int y) {
  auto const at = static_cast<std::size_t>(y) * picture.row_bytes() + static_cast<std::size_t>(3 * x);
  return picture.pixels[at] > picture.pixels[at + 2] ? 'r' : 'b';
}

TEST(Decode, EveryFormatGivesTheSamePicture) {
  for (auto const& file : one_of_each()) {
    auto const picture = decode(file);
    ASSERT_TRUE(picture) << picture.error().to_line();
    ASSERT_EQ(picture->width, k_width);
    ASSERT_EQ(picture->height, k_height);
    ASSERT_EQ(picture->pixels.size(), static_cast<std::size_t>(k_width * k_height * 3));
    EXPECT_EQ(colour_at(*picture, 10, 10), 'r');
    EXPECT_EQ(colour_at(*picture, 110, 70), 'b');
    EXPECT_NEAR(picture->pixels[0], 255, 12);
  }
}

TEST(Decode, GreyStaysGrey) {
  auto const grey = [](int y, std::uint8_t* row) { std::fill(row, row + k_width, static_cast<std::uint8_t>(3 * y)); };
  EXPECT_EQ(outcome(jpeg_file(k_width, k_height, false, grey, JCS_GRAYSCALE)), "120x80x1");
  EXPECT_EQ(outcome(png_file(k_width, k_height, PNG_COLOR_TYPE_GRAY, false, grey)), "120x80x1");
}

TEST(Decode, WhatIsTransparentIsWhitePaper) {
  auto const clear = [](int, std::uint8_t* row) { std::fill(row, row + k_width * 4, std::uint8_t{0}); };
  auto const picture = decode(png_file(k_width, k_height, PNG_COLOR_TYPE_RGBA, false, clear));
  ASSERT_TRUE(picture);
  EXPECT_EQ(picture->pixels, std::vector<std::uint8_t>(static_cast<std::size_t>(k_width * k_height * 3), 255));
}

TEST(Decode, LargePicturesAreMadeSmallerWhileTheyAreRead) {
  DecodeLimits limits;
  limits.pixels = k_width * k_height / 4;
  for (auto const& file : one_of_each()) {
    auto const picture = decode(file, limits);
    if (!picture) {
      // Interlaced rows come in passes over the whole picture.
      EXPECT_EQ(picture.error().code(), "picture_too_large");
      EXPECT_EQ(file, one_of_each()[3]);
      continue;
    }
    EXPECT_LE(picture->width * picture->height, limits.pixels);
    EXPECT_GE(picture->width * picture->height, limits.pixels * 3 / 4);
    EXPECT_EQ(colour_at(*picture, picture->width / 10, 3), 'r');
    EXPECT_EQ(colour_at(*picture, picture->width * 9 / 10, picture->height - 3), 'b');
  }
}

TEST(Decode, CutOffAnywhereIsUnreadableAndNothingWorse) {
  // The last tenth of a small file may be no more than its end mark.
  for (auto const& file : one_of_each()) {
    for (std::size_t part = 0; part < 54; ++part) {
      auto cut = file;
      cut.resize(file.size() * part / 60);
      auto const picture = decode(cut);
      ASSERT_FALSE(picture) << part;
      EXPECT_TRUE(picture.error().is("picture_unreadable") || picture.error().is("picture_format"));
    }
  }
}

TEST(Decode, FlippedBitsNeverGiveAPictureOfAnotherSize) {
  std::minstd_rand random(5);
  for (auto const& file : one_of_each()) {
    for (int round = 0; round < 200; ++round) {
      auto damaged = file;
      // Behind the headers, which may well say another size.
      auto const at = 200 + random() % (damaged.size() - 200);
      damaged[at] ^= static_cast<std::byte>(1U << random() % 8);
      auto const picture = decode(damaged);
      if (!picture) continue;
      EXPECT_EQ(picture->pixels.size(), picture->row_bytes() * static_cast<std::size_t>(picture->height));
    }
  }
}

TEST(Decode, OtherFilesAreNoPictures) {
  for (std::string_view const text : {"", "%PDF-1.5", "GIF89a\x01\x00", "RIFF\x10\0\0\0AVI LIST", "\xFF\xD8"}) {
    auto const bytes = text::bytes_of(text);
    EXPECT_EQ(outcome(File(bytes.begin(), bytes.end())), "picture_format");
  }
  auto const four = [](int, std::uint8_t* row) { std::fill(row, row + k_width * 4, std::uint8_t{90}); };
  EXPECT_EQ(outcome(jpeg_file(k_width, k_height, false, four, JCS_CMYK)), "picture_format");
}

TEST(Decode, AFileOverTheLimitIsNotRead) {
  DecodeLimits limits;
  limits.bytes = 1'000;
  EXPECT_EQ(outcome(File(1'001), limits), "picture_too_large");
}

/// A JPEG with an EXIF segment, of either byte order, that gives the orientation.
File oriented(int orientation, bool big) {
  auto file = jpeg_file(k_width, k_height, false, red_and_blue(k_width, k_height));
  std::string const order = big ? "MM" : "II";
  auto const number = [&](unsigned value, int size) {
    std::string text(static_cast<std::size_t>(size), '\0');
    for (int i = 0; i < size; ++i)
      text[static_cast<std::size_t>(big ? size - 1 - i : i)] = static_cast<char>(value >> 8 * i);
    return text;
  };
  std::string tiff = order + number(42, 2) + number(8, 4) + number(2, 2);
  tiff += number(0x0100, 2) + number(3, 2) + number(1, 4) + number(9, 2) + number(0, 2);
  tiff +=
      number(0x0112, 2) + number(3, 2) + number(1, 4) + number(static_cast<unsigned>(orientation), 2) + number(0, 2);
  tiff += number(0, 4);
  std::string segment("\xFF\xE1\0\0Exif\0\0", 10);
  segment += tiff;
  segment[3] = static_cast<char>(segment.size() - 2);
  auto const bytes = text::bytes_of(segment);
  file.insert(file.begin() + 2, bytes.begin(), bytes.end());
  return file;
}

TEST(Decode, APhoneHeldSidewaysGivesAnUprightPicture) {
  // Where red's middle lies in the upright picture, in quarters of its width and height (CIPA DC-008, table 6).
  struct Case {
    int orientation;
    bool turned;
    double x, y;
  };
  for (auto const& [orientation, turned, x, y] :
       {Case{1, false, 0.25, 0.5}, Case{2, false, 0.75, 0.5}, Case{3, false, 0.75, 0.5}, Case{4, false, 0.25, 0.5},
        Case{5, true, 0.5, 0.25}, Case{6, true, 0.5, 0.25}, Case{7, true, 0.5, 0.75}, Case{8, true, 0.5, 0.75}}) {
    for (bool const big : {false, true}) {
      auto const picture = decode(oriented(orientation, big));
      ASSERT_TRUE(picture) << orientation;
      EXPECT_EQ(picture->width, turned ? k_height : k_width) << orientation;
      EXPECT_EQ(colour_at(*picture, static_cast<int>(x * picture->width), static_cast<int>(y * picture->height)), 'r')
          << orientation;
      EXPECT_EQ(
          colour_at(*picture, static_cast<int>((1 - x) * picture->width), static_cast<int>((1 - y) * picture->height)),
          x == 0.5 || y == 0.5 ? 'b' : 'r')
          << orientation;
    }
  }
  // Light is up in the source: 4 and 3 turn it over, 6 brings the source's top to the right.
  auto const brightness = [](Picture const& picture, double x, double y) {
    auto const at = static_cast<std::size_t>(y * picture.height) * picture.row_bytes() +
                    static_cast<std::size_t>(x * picture.width) * 3;
    return std::max(picture.pixels[at], picture.pixels[at + 2]);
  };
  auto const turned_over = *decode(oriented(3, false));
  EXPECT_GT(brightness(turned_over, 0.2, 0.95), brightness(turned_over, 0.2, 0.05) + 60);
  auto const clockwise = *decode(oriented(6, true));
  EXPECT_GT(brightness(clockwise, 0.95, 0.2), brightness(clockwise, 0.05, 0.2) + 60);
  auto const anticlockwise = *decode(oriented(8, true));
  EXPECT_GT(brightness(anticlockwise, 0.05, 0.2), brightness(anticlockwise, 0.95, 0.2) + 60);
}

TEST(Compress, KeepsWithinSideAndBytesAndIsAJpeg) {
  std::minstd_rand random(9);
  Picture noise{2400, 1800, 3, {}};
  noise.pixels.resize(noise.row_bytes() * 1800);
  for (auto& value : noise.pixels) value = static_cast<std::uint8_t>(random());
  for (std::size_t const most : {600'000U, 150'000U, 20'000U}) {
    Compression compression;
    compression.most_bytes = most;
    auto const file = compress(noise, compression);
    ASSERT_TRUE(file);
    EXPECT_LE(file->size(), most);
    EXPECT_GT(file->size(), most / 3);
    auto const again = decode(*file);
    ASSERT_TRUE(again);
    EXPECT_LE(std::max(again->width, again->height), 2'000);
    EXPECT_NEAR(static_cast<double>(again->width) / again->height, 4.0 / 3, 0.02);
  }
}

TEST(Compress, ASmallPictureKeepsItsPixels) {
  auto const picture = *decode(one_of_each()[2]);
  auto const again = decode(*compress(picture));
  ASSERT_TRUE(again);
  EXPECT_EQ(again->width, k_width);
  EXPECT_EQ(again->height, k_height);
}

}  // namespace
}  // namespace yizhan::imaging

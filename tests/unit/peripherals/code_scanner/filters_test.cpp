#include "peripherals/code_scanner/filters.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/unit/peripherals/code_scanner/sheets.h"

namespace yizhan::code_scanner {
namespace {

/// The border repeated outwards.
int near(GreyImage const& image, int x, int y) {
  return sheets::at(image, std::clamp(x, 0, image.width - 1), std::clamp(y, 0, image.height - 1), 0);
}
template <class Use>
void around(GreyImage const& image, int x, int y, int radius, Use use) {
  for (int dy = -radius; dy <= radius; ++dy) {
    for (int dx = -radius; dx <= radius; ++dx) use(near(image, x + dx, y + dy));
  }
}

struct Size {
  int width;
  int height;
};
/// From nothing to sides that are no multiples of anything.
constexpr Size k_sizes[] = {{0, 0}, {1, 1}, {1, 9}, {9, 1}, {2, 2}, {3, 5}, {17, 13}, {64, 48}, {101, 67}};

TEST(CodeFilters, BlurIsTheMeanOfTheNeighbourhood) {
  for (auto const [width, height] : k_sizes) {
    auto const image = sheets::noise(width, height, 7);
    for (int const radius : {1, 2, 5, 24}) {
      GreyImage out;
      blur(image, radius, out);
      for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
          int sum = 0;
          around(image, x, y, radius, [&](int grey) { sum += grey; });
          ASSERT_NEAR(sheets::at(out, x, y, 0), sum / ((2 * radius + 1) * (2 * radius + 1)), 1)
              << width << "x" << height << " radius " << radius << " at " << x << "," << y;
        }
      }
    }
  }
}

TEST(CodeFilters, WhiteStaysWhiteAtTheLargestRadius) {
  GreyImage const white{300, 220, std::vector<std::uint8_t>(66'000, 255)};
  GreyImage out;
  blur(white, 100, out);
  EXPECT_EQ(out.pixels, white.pixels);
}

TEST(CodeFilters, ThresholdIsAgainstTheNeighbourhoodsMean) {
  for (auto const [width, height] : k_sizes) {
    auto const image = sheets::noise(width, height, 8);
    GreyImage out;
    threshold_locally(image, 4, 3, out);
    for (int y = 0; y < height; ++y) {
      for (int x = 0; x < width; ++x) {
        int sum = 0;
        around(image, x, y, 4, [&](int grey) { sum += grey; });
        bool const dark = (near(image, x, y) + 3) * 81 <= sum;
        ASSERT_EQ(sheets::at(out, x, y, 1), dark ? 0 : 255) << width << "x" << height << " at " << x << "," << y;
      }
    }
  }
}

TEST(CodeFilters, ShrinkingTakesMeans) {
  auto const image = sheets::noise(50, 41, 10);
  GreyImage half, third;
  halve(image, half);
  shrink_to_third(image, third);
  ASSERT_EQ(half.width, 25);
  ASSERT_EQ(third.height, 13);
  auto const two = shrunk(image, 2), three = shrunk(image, 3);
  for (std::size_t i = 0; i < two.pixels.size(); ++i) ASSERT_NEAR(half.pixels[i], two.pixels[i], 1);
  for (std::size_t i = 0; i < three.pixels.size(); ++i) ASSERT_NEAR(third.pixels[i], three.pixels[i], 1);
}

TEST(CodeFilters, EnlargingASlopeIsThatSlope) {
  GreyImage slope{40, 30, {}};
  for (int y = 0; y < slope.height; ++y) {
    for (int x = 0; x < slope.width; ++x) slope.pixels.push_back(static_cast<std::uint8_t>(3 * x + 2 * y));
  }
  GreyImage twice, thrice;
  enlarge_twice(slope, twice);
  enlarge_thrice(slope, thrice);
  ASSERT_EQ(twice.width, 80);
  ASSERT_EQ(thrice.height, 90);
  for (int y = 12; y < 48; ++y) {
    for (int x = 12; x < 68; ++x) {
      // The middle of a small pixel, in the large ones' scale.
      EXPECT_NEAR(sheets::at(twice, x, y, 0), 3 * ((x + 0.5) / 2 - 0.5) + 2 * ((y + 0.5) / 2 - 0.5), 1.6);
      EXPECT_NEAR(sheets::at(thrice, x, y, 0), 3 * ((x + 0.5) / 3 - 0.5) + 2 * ((y + 0.5) / 3 - 0.5), 2.1);
    }
  }
}

TEST(CodeFilters, SharpeningLeavesPlainAreasAndStretchesEdges) {
  GreyImage edge{20, 4, {}};
  for (int i = 0; i < 80; ++i) edge.pixels.push_back(i % 20 < 10 ? 90 : 150);
  GreyImage soft, sharp;
  blur(edge, 2, soft);
  sharpen(edge, soft, 8, sharp);
  EXPECT_EQ(sheets::at(sharp, 2, 2, 0), 90);
  EXPECT_LT(sheets::at(sharp, 9, 2, 0), 90);
  EXPECT_GT(sheets::at(sharp, 10, 2, 0), 150);
}

TEST(CodeFilters, EveryFilterTakesTheSmallestPictures) {
  for (auto const [width, height] : k_sizes) {
    auto const image = sheets::noise(width, height, 11);
    GreyImage out, soft;
    invert(image, out);
    EXPECT_EQ(out.pixels.size(), image.pixels.size());
    halve(image, out);
    EXPECT_EQ(out.pixels.size(), (width / 2) * (height / 2));
    shrink_to_third(image, out);
    EXPECT_EQ(out.pixels.size(), (width / 3) * (height / 3));
    enlarge_twice(image, out);
    EXPECT_EQ(out.pixels.size(), 4 * width * height);
    enlarge_thrice(image, out);
    EXPECT_EQ(out.pixels.size(), 9 * width * height);
    turn_eighth(image, out);
    EXPECT_GE(out.width, (width + height) * 7 / 10);
    EXPECT_TRUE(busy_regions(image).empty());
  }
}

TEST(CodeFilters, ARegionIsCutToThePicture) {
  GreyImage const image{100, 50, std::vector<std::uint8_t>(5000)};
  EXPECT_EQ(clipped({}, image), (Region{0, 0, 100, 50}));
  EXPECT_EQ(clipped({-10, 40, 50, 50}, image), (Region{0, 40, 40, 10}));
  EXPECT_EQ(clipped({90, -5, 1000, 10}, image), (Region{90, 0, 10, 5}));
  EXPECT_TRUE(clipped({200, 200, 10, 10}, image).empty());
}

TEST(CodeFilters, ACodeIsTheBusiestPartOfARoom) {
  GreyImage room{1280, 720, std::vector<std::uint8_t>(921'600, 120)};
  auto const code = sheets::code(ZXing::BarcodeFormat::QRCode, "A001", 4);
  for (int y = 0; y < code.height; ++y) {
    for (int x = 0; x < code.width; ++x) {
      room.pixels[static_cast<std::size_t>((y + 400) * room.width + x + 900)] = sheets::at(code, x, y, 255);
    }
  }
  auto const regions = busy_regions(room);
  ASSERT_EQ(regions.size(), 1U);
  EXPECT_LE(regions[0].x, 916);
  EXPECT_LE(regions[0].y, 416);
  EXPECT_GE(regions[0].x + regions[0].width, 900 + code.width - 16);
  EXPECT_GE(regions[0].y + regions[0].height, 400 + code.height - 16);
  EXPECT_LT(regions[0].width * regions[0].height, 60'000);
}

}  // namespace
}  // namespace yizhan::code_scanner

#include <gtest/gtest.h>

#include <cmath>

#include "peripherals/code_scanner/decode.h"
#include "shared/imaging/document_image.h"
#include "tests/support/pages/photo.h"

namespace yizhan::imaging {
namespace {

using Corners = std::array<Point, 4>;

/// Rendered once: it is most of a test's time.
paper::GreyPicture const& page() {
  static auto const rendered = test::rendered(test::register_page(), 130);
  return rendered;
}

test::Scene scene(Corners const& corners) {
  test::Scene scene;
  scene.width = 1200;
  scene.height = 900;
  scene.corners = corners;
  return scene;
}

double apart(Point a, Point b) { return std::hypot(a.x - b.x, a.y - b.y); }

constexpr Corners k_straight{{{315, 45}, {885, 45}, {885, 851.25}, {315, 851.25}}};
constexpr Corners k_askew{{{341.25, 71.25}, {870, 112.5}, {926.25, 840}, {288.75, 810}}};
constexpr Corners k_turned{{{525, 60}, {997.5, 315}, {637.5, 862.5}, {202.5, 570}}};
constexpr Corners k_from_below{{{420, 135}, {787.5, 135}, {967.5, 840}, {232.5, 840}}};
constexpr Corners k_across{{{90, 135}, {1110, 112.5}, {1087.5, 810}, {127.5, 832.5}}};

TEST(CorrectDocument, FindsTheCornersWithinOnePercent) {
  for (auto const& [corners, table] :
       {std::pair{k_straight, 60}, {k_askew, 25}, {k_askew, 120}, {k_turned, 60}, {k_from_below, 90}, {k_across, 40}}) {
    auto at = scene(corners);
    at.table = table;
    auto const corrected = correct_document(test::photograph(page(), at));
    ASSERT_TRUE(corrected) << corrected.error().to_line();
    ASSERT_TRUE(corrected->found) << corners[0].x << " table " << table;
    EXPECT_FALSE(corrected->cut_off);
    auto const size = apart(corners[0], corners[2]);
    for (std::size_t i = 0; i < 4; ++i) EXPECT_LE(apart(corrected->corners[i], corners[i]), 0.01 * size) << i;
  }
}

/// A4 as a camera with 60° from corner to corner sees it: tilted and turned by these degrees.
Corners seen(double forward, double aside, double turned) {
  constexpr double k_degree = 3.14159265358979 / 180;
  constexpr double k_focal = 0.866 * 1500;  // of 1200 × 900
  Corners corners;
  std::array<Point, 4> const page{{{-105, -148.5}, {105, -148.5}, {105, 148.5}, {-105, 148.5}}};
  for (std::size_t i = 0; i < 4; ++i) {
    auto const [c, s] = std::pair(std::cos(turned * k_degree), std::sin(turned * k_degree));
    auto const x = page[i].x * c - page[i].y * s;
    auto const y = page[i].x * s + page[i].y * c;
    auto const deep = 520 + y * std::sin(forward * k_degree) + x * std::sin(aside * k_degree);
    // Small angles: the two tilts hardly touch each other.
    corners[i] = {
        600 + k_focal * x * std::cos(aside * k_degree) / deep,
        450 + k_focal *
                  (y * std::cos(forward * k_degree) - x * std::sin(aside * k_degree) * std::sin(forward * k_degree)) /
                  deep};
  }
  return corners;
}

TEST(CorrectDocument, ThePageGetsItsOwnShapeBack) {
  for (auto const& corners : {seen(0, 0, 3), seen(25, 0, 1), seen(-20, 0, 0), seen(20, 15, 20), seen(-15, 25, -30)}) {
    auto const corrected = correct_document(test::photograph(page(), scene(corners)));
    ASSERT_TRUE(corrected && corrected->found);
    auto const ratio = static_cast<double>(corrected->picture.height) / corrected->picture.width;
    EXPECT_NEAR(ratio / std::sqrt(2.0), 1, 0.03);
  }
}

TEST(CorrectDocument, ACodeOnThePageCanBeReadAfterwards) {
  for (auto const& corners : {k_askew, k_turned}) {
    auto const corrected = correct_document(test::photograph(page(), scene(corners)));
    ASSERT_TRUE(corrected && corrected->found);
    code_scanner::GreyImage grey{corrected->picture.width, corrected->picture.height, {}};
    for (std::size_t i = 0; i < corrected->picture.pixels.size(); i += 3)
      grey.pixels.push_back(corrected->picture.pixels[i]);
    auto const found = code_scanner::find_codes_thorough(grey);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found.front().text, test::register_page().qr);
  }
}

TEST(CorrectDocument, APageTheColourOfTheTableIsFoundByItsEdge) {
  auto at = scene(k_askew);
  at.table = 188;
  at.noise = 2;
  auto const corrected = correct_document(test::photograph(page(), at));
  ASSERT_TRUE(corrected);
  ASSERT_TRUE(corrected->found);
  for (std::size_t i = 0; i < 4; ++i) EXPECT_LE(apart(corrected->corners[i], k_askew[i]), 14);
}

TEST(CorrectDocument, WithoutAPageThePictureStaysAsItIs) {
  auto const empty = test::photograph(page(), scene({{{-300, -300}, {-225, -300}, {-225, -225}, {-300, -225}}}));
  auto const corrected = correct_document(empty);
  ASSERT_TRUE(corrected);
  EXPECT_FALSE(corrected->found);
  EXPECT_EQ(corrected->picture, empty);
  EXPECT_EQ(advice_for(*corrected), Advice::too_dark);
  auto bright = scene({{{-300, -300}, {-225, -300}, {-225, -225}, {-300, -225}}});
  bright.table = 140;
  EXPECT_EQ(advice_for(*correct_document(test::photograph(page(), bright))), Advice::no_page);
}

TEST(CorrectDocument, TinyAndGreyPicturesAreTakenToo) {
  for (auto const& [width, height] : {std::pair{1, 1}, {3, 200}, {200, 3}, {17, 17}}) {
    Picture picture{width, height, 1, std::vector<std::uint8_t>(static_cast<std::size_t>(width * height), 128)};
    auto const corrected = correct_document(picture);
    ASSERT_TRUE(corrected);
    EXPECT_FALSE(corrected->found);
    EXPECT_EQ(corrected->picture, picture);
  }
}

TEST(Advice, SaysTheOneThingThatIsWrong) {
  auto const advice = [](test::Scene const& at) { return advice_for(*correct_document(test::photograph(page(), at))); };
  EXPECT_EQ(advice(scene(k_askew)), Advice::good);
  EXPECT_EQ(advice(scene(k_across)), Advice::good);

  auto dark = scene(k_askew);
  dark.paper = 60;
  dark.table = 15;
  EXPECT_EQ(advice(dark), Advice::too_dark);

  auto shaken = scene(k_askew);
  shaken.blur = 5;
  EXPECT_EQ(advice(shaken), Advice::hold_still);

  auto mirrored = scene(k_askew);
  mirrored.paper = 200;
  mirrored.highlight = true;
  EXPECT_EQ(advice(mirrored), Advice::glare);

  EXPECT_EQ(advice(scene({{{315, -135}, {885, -135}, {885, 675}, {315, 675}}})), Advice::page_cut_off);
}

TEST(ShrunkTo, KeepsTheShapeAndNeverGrows) {
  Picture const picture{400, 100, 1, std::vector<std::uint8_t>(40'000, 7)};
  auto const small = shrunk_to(picture, 100);
  EXPECT_EQ(small.width, 100);
  EXPECT_EQ(small.height, 25);
  EXPECT_EQ(small.pixels, std::vector<std::uint8_t>(2'500, 7));
  EXPECT_EQ(shrunk_to(picture, 400), picture);
}

}  // namespace
}  // namespace yizhan::imaging

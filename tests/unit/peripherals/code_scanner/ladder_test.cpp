#include "peripherals/code_scanner/ladder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "shared/base/manual_env.h"
#include "tests/support/code_pictures/code_free.h"
#include "tests/support/code_pictures/code_pictures.h"
#include "tests/unit/peripherals/code_scanner/sheets.h"

namespace yizhan::code_scanner {
namespace {

using namespace std::chrono_literals;
using ZXing::BarcodeFormat;

/// A machine on which every look at the clock finds as much time gone.
class SteppingClock final : public SteadyClock {
 public:
  explicit SteppingClock(Duration step) : m_step(step) {}
  void set_step(Duration step) { m_step = step; }
  /// The look after `looks` more of them finds `time` gone.
  void stall(int looks, Duration time) {
    m_looks = looks;
    m_stall = time;
  }
  [[nodiscard]] SteadyTime now() const override { return m_now += m_looks-- == 0 ? m_stall : m_step; }

 private:
  Duration m_step;
  Duration m_stall{0};
  mutable int m_looks = -1;
  mutable SteadyTime m_now{};
};

/// `code` on a grey wall of the camera's size, its left upper corner at (x, y).
GreyImage on_wall(GreyImage const& code, int x0, int y0, int width = 1280, int height = 720) {
  GreyImage wall{width, height,
                 std::vector<std::uint8_t>(static_cast<std::size_t>(width) * static_cast<std::size_t>(height), 120)};
  for (int y = 0; y < code.height; ++y) {
    for (int x = 0; x < code.width; ++x) {
      wall.pixels[static_cast<std::size_t>((y + y0) * width + x + x0)] = sheets::at(code, x, y, 255);
    }
  }
  return wall;
}

std::string read(LadderLook const& look) { return look.found.empty() ? "" : look.found.front().text; }

TEST(DecodeLadder, TheCheapPassesComeFirstInEveryFrame) {
  SteppingClock clock(1ms);
  DecodeLadder ladder(clock);
  auto const noise = sheets::noise(160, 90, 1);
  for (int frame = 0; frame < 8; ++frame) {
    auto const look = ladder.look(noise);
    ASSERT_GE(look.passes.size(), 2U);
    EXPECT_EQ(look.passes[0], "plain");
    EXPECT_EQ(look.passes[1], "third");
  }
}

TEST(DecodeLadder, AFrameTakesNoLongerThanItsBudget) {
  SteppingClock clock(1ms);
  DecodeLadder ladder(clock);
  auto const noise = sheets::noise(160, 90, 2);
  for (auto const step : {500us, 2000us, 3000us, 4000us}) {
    clock.set_step(step);
    // What passes cost on this machine is not yet known in the first frames.
    for (int frame = 0; frame < 4; ++frame) static_cast<void>(ladder.look(noise));
    for (int frame = 0; frame < 20; ++frame) EXPECT_LE(ladder.look(noise).took, k_frame_budget) << step.count();
  }
}

TEST(DecodeLadder, EveryPassHasItsTurnOverTheNextFrames) {
  SteppingClock clock(3ms);  // five cheap passes leave room for some four
  DecodeLadder ladder(clock);
  auto const noise = sheets::noise(160, 90, 3);
  std::set<std::string_view> ran;
  for (int frame = 0; frame < 10; ++frame) {
    auto const look = ladder.look(noise);
    EXPECT_LT(look.passes.size(), DecodeLadder::passes().size());
    ran.insert(look.passes.begin(), look.passes.end());
  }
  auto const all = DecodeLadder::passes();
  EXPECT_EQ(ran, std::set<std::string_view>(all.begin(), all.end()));
}

TEST(DecodeLadder, WhereTheCheapPassesTakeAllTimeTheyStillRun) {
  SteppingClock clock(50ms);
  DecodeLadder ladder(clock);
  auto const noise = sheets::noise(160, 90, 4);
  for (int frame = 0; frame < 5; ++frame) static_cast<void>(ladder.look(noise));
  EXPECT_EQ(ladder.look(noise).passes.size(), 5U);
}

TEST(DecodeLadder, APassThatStalledOnceHasItsTurnAgain) {
  SteppingClock clock(100us);
  DecodeLadder ladder(clock);
  auto const noise = sheets::noise(160, 90, 5);
  clock.stall(6, 500ms);  // the begin, five cheap passes, then the first of the others
  auto const stalled = ladder.look(noise);
  ASSERT_EQ(stalled.passes.size(), 6U);
  auto const has_it = [&](LadderLook const& look) {
    return std::count(look.passes.begin(), look.passes.end(), stalled.passes.back()) > 0;
  };
  EXPECT_FALSE(has_it(ladder.look(noise)));
  EXPECT_FALSE(has_it(ladder.look(noise)));
  bool again = false;
  for (int frame = 0; frame < 60 && !again; ++frame) again = has_it(ladder.look(noise));
  EXPECT_TRUE(again);
}

TEST(DecodeLadder, CornersAreInTheFramesOwnPixels) {
  ManualClock clock(WallTime{});
  auto const code = sheets::code(BarcodeFormat::QRCode, "A001", 8);  // 21 modules behind 4 of white
  auto const expect_corners = [&](LadderLook const& look, int x, int y, std::string const& what) {
    ASSERT_EQ(read(look), "A001") << what;
    auto const& corners = look.found.front().corners;
    ASSERT_EQ(corners.size(), 4U);
    EXPECT_NEAR(corners[0].first, x + 32, 8) << what << " by " << look.passes.back();
    EXPECT_NEAR(corners[0].second, y + 32, 8) << what;
    EXPECT_NEAR(corners[2].first, x + 32 + 168, 8) << what;
    EXPECT_NEAR(corners[2].second, y + 32 + 168, 8) << what;
  };
  DecodeLadder ladder(clock.steady());
  expect_corners(ladder.look(on_wall(code, 700, 300)), 700, 300, "plain");
  expect_corners(ladder.look(on_wall(code, 700, 300), {650, 250, 400, 400}), 700, 300, "in a region");
  expect_corners(ladder.look(on_wall(sheets::inverted(code), 200, 100)), 200, 100, "light on dark");
  expect_corners(ladder.look(on_wall(sheets::inverted(code), 200, 100), {180, 80, 300, 300}), 200, 100,
                 "light on dark in a region");
  expect_corners(ladder.look(on_wall(code, 2000, 900, 2592, 1944)), 2000, 900, "a camera of five megapixels");
}

TEST(DecodeLadder, BarsAslantAreFoundWhereTheyAre) {
  ManualClock clock(WallTime{});
  DecodeLadder ladder(clock.steady());
  auto const bars = sheets::turned(sheets::code(BarcodeFormat::EAN13, "6901234567892", 3), 45, 420);
  auto const look = ladder.look(on_wall(bars, 500, 200));
  ASSERT_EQ(read(look), "6901234567892");
  double x = 0, y = 0;
  for (auto const& [cx, cy] : look.found.front().corners) x += cx / 4.0, y += cy / 4.0;
  EXPECT_NEAR(x, 710, 25) << look.passes.back();
  EXPECT_NEAR(y, 410, 25);
}

TEST(DecodeLadder, OutsideTheRegionNothingIsFound) {
  ManualClock clock(WallTime{});
  DecodeLadder ladder(clock.steady());
  auto const frame = on_wall(sheets::code(BarcodeFormat::QRCode, "A001", 8), 700, 300);
  EXPECT_EQ(read(ladder.look(frame, {0, 0, 600, 720})), "");
  EXPECT_EQ(read(ladder.look(frame, {5000, 5000, 10, 10})), "");
  EXPECT_EQ(read(ladder.look(frame)), "A001");
}

TEST(DecodeLadder, PicturesOfNoSizeAreNoTrouble) {
  ManualClock clock(WallTime{});
  DecodeLadder ladder(clock.steady());
  for (auto const& image :
       {GreyImage{}, GreyImage{1, 1, {7}}, GreyImage{1, 40, std::vector<std::uint8_t>(40, 9)},
        GreyImage{40, 1, std::vector<std::uint8_t>(40, 9)}, sheets::noise(5, 3, 1), sheets::noise(129, 131, 2)}) {
    EXPECT_EQ(read(ladder.look(image)), "") << image.width << "x" << image.height;
  }
}

TEST(DecodeLadder, OnlySelfCheckingFormatsAreRead) {
  ManualClock clock(WallTime{});
  DecodeLadder ladder(clock.steady());
  EXPECT_EQ(read(ladder.look(on_wall(sheets::code(BarcodeFormat::DataMatrix, "DOC-1", 8), 300, 200))), "DOC-1");
  EXPECT_EQ(read(ladder.look(on_wall(sheets::code(BarcodeFormat::Code128, "DOC-2", 3), 300, 200))), "DOC-2");
  EXPECT_EQ(read(ladder.look(on_wall(sheets::code(BarcodeFormat::ITF, "12345670", 3), 300, 200))), "");
}

/// What plain ZXing fails at; the figures over all of them are the benchmark's.
TEST(DecodeLadder, TakesWhatTelephonesAndBadLightDoToCodes) {
  ManualClock clock(WallTime{});
  DecodeLadder ladder(clock.steady());
  using test::Difficulty;
  for (auto const& [difficulty, severity] :
       {std::pair{Difficulty::inverted, 4}, {Difficulty::screen_grid, 10}, {Difficulty::low_contrast, 12}}) {
    auto const picture = test::code_picture(difficulty, severity, 1);
    auto const frame = picture.scene().frame(0);
    EXPECT_EQ(read(ladder.look(frame)), picture.text) << to_string(difficulty) << " " << severity;
    ladder.forget();
  }
}

TEST(DecodeLadder, NothingOfTheLastFrameIsFoundInTheNext) {
  ManualClock clock(WallTime{});
  DecodeLadder ladder(clock.steady());
  auto const light = sheets::inverted(sheets::code(BarcodeFormat::QRCode, "A001", 8));  // read from a reduced copy
  EXPECT_EQ(read(ladder.look(on_wall(light, 700, 300))), "A001");
  EXPECT_EQ(read(ladder.look(on_wall(sheets::noise(8, 8, 1), 700, 300))), "");
}

}  // namespace
}  // namespace yizhan::code_scanner

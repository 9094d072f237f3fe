#include "kiosk/ui/metrics.h"

#include <gtest/gtest.h>

using namespace yizhan::ui;

namespace {

constexpr Panel k_panels[] = {{1080, 1920, 398, 708},
                              {1920, 1080, 708, 398},
                              {1080, 1920, 268, 476},
                              {540, 960, 398, 708},
                              {2160, 3840, 398, 708}};

TEST(Metrics, BodyTypeIsSevenPointFourMillimetresOnEveryKioskPanel) {
  for (Panel const& panel : k_panels)
    for (TextSize const size : {TextSize::standard, TextSize::elder, TextSize::largest}) {
      Metrics const metrics(panel, Scale::kiosk, size);
      for (TextRole const role : {TextRole::body, TextRole::strong, TextRole::heading, TextRole::title})
        EXPECT_GE(metrics.cap_mm(role), 7.4F);
      EXPECT_NEAR(metrics.cap_px(TextRole::body),
                  metrics.cap_mm(TextRole::body) * static_cast<float>(panel.width_px) / panel.width_mm, 0.5F);
    }
}

TEST(Metrics, KioskButtonsAndGapsHaveTheSizesOfAnElderlyHand) {
  Metrics const metrics(k_panels[0], Scale::kiosk, TextSize::standard);
  EXPECT_GE(metrics.button_mm(), 20);
  EXPECT_GE(metrics.gap_mm(), 3);
  EXPECT_GE(metrics.min_target_mm(), 9.5F);
}

TEST(Metrics, ElderTypeIsLargerAndLineSpacingStaysAtLeastOnePointThreeForText) {
  Metrics const standard(k_panels[0], Scale::kiosk, TextSize::standard);
  Metrics const elder(k_panels[0], Scale::kiosk, TextSize::elder);
  EXPECT_NEAR(elder.cap_mm(TextRole::body) / standard.cap_mm(TextRole::body), 1.25, 0.001);
  for (TextRole const role : {TextRole::caption, TextRole::body, TextRole::strong, TextRole::heading, TextRole::title})
    EXPECT_GE(standard.line_spacing(role), 1.3F);
}

TEST(Metrics, HallDisplayNumbersAreReadableAtEightMetres) {
  // Section 4 of DIN 1450: 2.5 mm of letter height a metre is comfortable reading of signs.
  Metrics const metrics({1920, 1080, 1210, 680}, Scale::display, TextSize::standard);
  EXPECT_GE(metrics.cap_mm(TextRole::body), 8 * 2.5F);
}

TEST(Metrics, AnUnknownPanelSizeFallsBackToAPlausibleDensity) {
  Metrics const metrics({1080, 1920, 0, 0}, Scale::kiosk, TextSize::standard);
  EXPECT_GT(metrics.px_per_mm(), 2);
  EXPECT_LT(metrics.px_per_mm(), 5);
}

TEST(Rect, TouchingEdgesDoNotOverlap) {
  EXPECT_FALSE((Rect{0, 0, 10, 10}.overlaps({10, 0, 10, 10})));
  EXPECT_TRUE((Rect{0, 0, 10, 10}.overlaps({9, 9, 10, 10})));
  EXPECT_EQ((Rect{0, 0, 10, 10}.intersect({20, 20, 5, 5})).width, 0);
}

}  // namespace

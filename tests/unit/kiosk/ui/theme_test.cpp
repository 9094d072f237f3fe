#include "kiosk/ui/theme.h"

#include <gtest/gtest.h>

using namespace yizhan::ui;

namespace {

TEST(Contrast, KnowsTheExamplesOfWcag) {
  EXPECT_NEAR(contrast({0, 0, 0}, {255, 255, 255}), 21.0, 0.01);
  EXPECT_NEAR(contrast({0x77, 0x77, 0x77}, {255, 255, 255}), 4.48, 0.01);
  EXPECT_NEAR(contrast({255, 0, 0}, {255, 255, 255}), 4.0, 0.01);
}

TEST(Themes, EveryTextIsReadableOnItsGround) {
  for (Palette const palette : {Palette::civic, Palette::yellow, Palette::contrast}) {
    double const least = palette == Palette::contrast ? 7.0 : 4.5;
    for (TextPair const& pair : text_pairs(theme_of(palette)))
      EXPECT_GE(contrast(pair.text, pair.ground), least)
          << pair.name << " in palette " << static_cast<int>(palette) << " r" << int(pair.ground.r);
  }
}

TEST(Themes, TheFocusRingStandsOutFromPageAndSurface) {
  for (Palette const palette : {Palette::civic, Palette::yellow, Palette::contrast}) {
    Theme const& theme = theme_of(palette);
    // WCAG 2.2, 1.4.11: 3:1 for what shows a state.
    EXPECT_GE(contrast(theme.focus, theme.surface), 3.0) << static_cast<int>(palette);
    EXPECT_GE(contrast(theme.focus, theme.ground), 3.0) << static_cast<int>(palette);
  }
}

TEST(Themes, NothingMovesInHighContrast) {
  EXPECT_FALSE(theme_of(Palette::contrast).motion);
  EXPECT_TRUE(theme_of(Palette::contrast).outlines);
}

TEST(Blend, PutsATranslucentColourOverASolidOne) {
  EXPECT_EQ(blend({0, 0, 0}, {255, 255, 255, 128}).r, 128);
  EXPECT_EQ(blend({10, 20, 30}, {99, 99, 99, 0}), (Colour{10, 20, 30}));
}

}  // namespace

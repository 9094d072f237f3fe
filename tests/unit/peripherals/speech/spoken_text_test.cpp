#include "peripherals/speech/spoken_text.h"

#include <gtest/gtest.h>

namespace yizhan::speech {
namespace {

using device::Language;

TEST(SpokenText, SpellsTicketLabels) {
  EXPECT_EQ(spoken_text("A001", Language::zh_CN), "A 零 零 一");
  EXPECT_EQ(spoken_text("请A001号到3号窗口", Language::zh_CN), "请 A 零 零 一 号到3号窗口");
  EXPECT_EQ(spoken_text("AK1203", Language::zh_CN), "A K 一 二 零 三");
  EXPECT_EQ(spoken_text("Ticket A019 to counter 3.", Language::en), "Ticket A 0 1 9 to counter 3.");
}

TEST(SpokenText, LeavesOtherNumbersToTheVoice) {
  for (auto const* const text : {"还有 12 人", "A1", "A12345", "Windows2000", "xA001", "A001b", "2026年11月24日", ""}) {
    EXPECT_EQ(spoken_text(text, Language::zh_CN), text);
  }
}

}  // namespace
}  // namespace yizhan::speech

#include "kiosk/ui/text_buffer.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <string>

using namespace yizhan::ui;

namespace {

TEST(TextBuffer, TheCaretMovesByCodePoints) {
  TextBuffer buffer;
  buffer.set("张𠮷a");
  EXPECT_EQ(buffer.length(), 3);
  EXPECT_EQ(buffer.caret(), 3);
  buffer.move(-2);
  EXPECT_EQ(buffer.caret_bytes(), 3);
  EXPECT_TRUE(buffer.insert("三", 10));
  EXPECT_EQ(buffer.view(), "张三𠮷a");
  EXPECT_TRUE(buffer.erase_after());
  EXPECT_EQ(buffer.view(), "张三a");
  EXPECT_TRUE(buffer.erase_before());
  EXPECT_EQ(buffer.view(), "张a");
  buffer.move(-9);
  EXPECT_FALSE(buffer.erase_before());
  buffer.move(9);
  EXPECT_FALSE(buffer.erase_after());
}

TEST(TextBuffer, RefusesControlCharactersIllFormedBytesAndWhatIsTooLong) {
  TextBuffer buffer;
  EXPECT_FALSE(buffer.insert("\x1b[A", 10));
  EXPECT_FALSE(buffer.insert("\xff", 10));
  EXPECT_TRUE(buffer.insert("1234", 4));
  EXPECT_FALSE(buffer.insert("5", 4));
  EXPECT_EQ(buffer.view(), "1234");
}

TEST(TextBuffer, ALongTextIsCutAtACharacter) {
  TextBuffer buffer;
  std::string text;
  for (int i = 0; i < 300; ++i) text += "汉";
  buffer.set(text);
  EXPECT_LE(buffer.view().size(), TextBuffer::k_capacity);
  EXPECT_EQ(buffer.view().size() % 3, 0);
}

TEST(TextBuffer, ClearAndEraseLeaveNothingInMemory) {
  TextBuffer buffer;
  buffer.set("420106199003070016");
  while (buffer.erase_before()) {
  }
  auto const* bytes = reinterpret_cast<char const*>(&buffer);
  std::string_view const memory(bytes, sizeof buffer);
  EXPECT_EQ(memory.find("4201"), std::string_view::npos);
  buffer.set("420106199003070016");
  buffer.clear();
  EXPECT_EQ(memory.find("4201"), std::string_view::npos);
}

}  // namespace

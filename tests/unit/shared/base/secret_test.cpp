#include "shared/base/secret.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <type_traits>

#include "shared/base/text.h"

namespace yizhan {
namespace {

static_assert(!std::is_copy_constructible_v<SecretText> && !std::is_copy_assignable_v<SecretText>);
static_assert(!std::is_copy_constructible_v<SecretBytes> && !std::is_copy_assignable_v<SecretBytes>);
static_assert(std::is_nothrow_move_constructible_v<SecretText> && std::is_nothrow_move_constructible_v<SecretBytes>);

TEST(Scrub, OverwritesAStringUpToItsCapacity) {
  std::string text = "420106199003070016 and more that does not fit the small buffer";
  auto* const memory = text.data();
  auto const size = text.size();
  text.resize(3);  // the rest still stands behind
  scrub(text);
  EXPECT_TRUE(text.empty());
  EXPECT_EQ(text.data(), memory);
  // The string's capacity is still its own.
  EXPECT_TRUE(std::all_of(memory, memory + size, [](char c) { return c == '\0'; }));
}

TEST(SecretText, MovesWithoutLeavingACopy) {
  SecretText first("张三");
  SecretText second(std::move(first));
  EXPECT_TRUE(first.empty());
  EXPECT_EQ(second.view(), "张三");
  SecretText third("李四");
  third = std::move(second);
  EXPECT_TRUE(second.empty());
  EXPECT_EQ(third.view(), "张三");
  EXPECT_EQ(third.clone().view(), "张三");
  third.wipe();
  EXPECT_TRUE(third.empty());
  EXPECT_EQ(third.view(), "");
}

TEST(SecretText, AssigningToItselfKeepsIt) {
  SecretText text("x");
  auto& same = text;
  text = std::move(same);
  EXPECT_EQ(text.view(), "x");
}

TEST(SecretBytes, WipesAndMoves) {
  SecretBytes key(text::bytes_of("0123456789abcdef"));
  auto copy = key.clone();
  SecretBytes moved(std::move(key));
  EXPECT_TRUE(key.empty());
  EXPECT_EQ(moved.size(), 16U);
  moved.wipe();
  EXPECT_TRUE(moved.empty());
  EXPECT_EQ(text::chars_of(copy.view()), "0123456789abcdef");
}

}  // namespace
}  // namespace yizhan

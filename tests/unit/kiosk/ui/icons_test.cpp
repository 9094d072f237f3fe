#include "kiosk/ui/icons.h"

#include <gtest/gtest.h>

#include "kiosk/ui/input.h"

using namespace yizhan::ui;

namespace {

TEST(Icons, AreFoundByTheirMaterialNames) {
  EXPECT_EQ(icon_code_point("credit_card"), char32_t{0xE870});
  EXPECT_EQ(icon_code_point("support_agent"), char32_t{0xF0E2});
  EXPECT_FALSE(icon_code_point("credit_car"));
  EXPECT_FALSE(icon_code_point(""));
}

TEST(Keys, AreNamedBothWays) {
  EXPECT_EQ(key_from_name("f3"), Key::f3);
  EXPECT_EQ(key_from_name("ENTER"), Key::enter);
  EXPECT_EQ(key_name(Key::escape), "Esc");
  EXPECT_EQ(key_from_name("escape"), Key::escape);
  EXPECT_FALSE(key_from_name("hyper"));
}

}  // namespace

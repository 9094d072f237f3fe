// What the settings say of the keypad's keys.
#include "kiosk/app/keypad.h"

#include <gtest/gtest.h>

namespace yizhan::app {
namespace {

TEST(Keypad, KeysAreNamedAsSdlNamesThem) {
  auto const keys = keypad_map({"Keypad 8=up", "Keypad Enter=ok", "F1=help", "Keypad ==repeat"});
  ASSERT_TRUE(keys) << keys.error().to_line();
  // USB HID Usage Tables, page 07h.
  EXPECT_EQ(*keys, (std::map<std::uint16_t, ui::Key>{
                       {0x60, ui::Key::up}, {0x58, ui::Key::enter}, {0x3A, ui::Key::help}, {0x67, ui::Key::repeat}}));
  EXPECT_TRUE(keypad_map({})->empty());
}

TEST(Keypad, WhatIsWrongIsNamed) {
  for (auto const* entry : {"Keypad 8", "Keypad 8=fly", "No such key=up", "=up", "Keypad 8="}) {
    auto const keys = keypad_map({entry});
    ASSERT_FALSE(keys) << entry;
    EXPECT_TRUE(keys.error().is("config_value"));
    EXPECT_NE(keys.error().detail().find(entry), std::string::npos) << keys.error().detail();
  }
  EXPECT_FALSE(keypad_map({"Keypad 8=up", "Keypad 8=down"}));
}

}  // namespace
}  // namespace yizhan::app

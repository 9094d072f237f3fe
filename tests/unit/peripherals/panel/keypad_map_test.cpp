#include "peripherals/panel/keypad_map.h"

#include <gtest/gtest.h>

namespace yizhan::panel {
namespace {

using device::KeypadAction;

TEST(KeypadMap, KeysAreNamesOrUsages) {
  auto const map =
      parse_keypad("KP_8=up, kp_0=BACK  F13=help\tf1=repeat a=louder 0=softer 1=left 0x58=ok Enter=ok,UP=up");
  ASSERT_TRUE(map);
  KeypadMap const expected{{0x60, KeypadAction::up},     {0x62, KeypadAction::back},   {0x68, KeypadAction::help},
                           {0x3A, KeypadAction::repeat}, {0x04, KeypadAction::louder}, {0x27, KeypadAction::softer},
                           {0x1E, KeypadAction::left},   {0x58, KeypadAction::ok},     {0x28, KeypadAction::ok},
                           {0x52, KeypadAction::up}};
  EXPECT_EQ(*map, expected);
}

TEST(KeypadMap, NothingIsAKeypadWithoutKeys) {
  EXPECT_TRUE(parse_keypad("")->empty());
  EXPECT_TRUE(parse_keypad(" , ")->empty());
}

TEST(KeypadMap, WhatIsNotUnderstoodIsNamed) {
  for (auto const* wrong : {"KP_8", "KP_8=", "=up", "KP_8=jump", "KP_X=up", "0x03=up", "0xe8=up", "0x=up", "F0=up",
                            "F25=up", "0x5=up=down", "ä=up"}) {
    auto const map = parse_keypad(std::string("KP_2=down ") + wrong);
    ASSERT_FALSE(map) << wrong;
    EXPECT_TRUE(map.error().is("keypad_keys"));
    EXPECT_EQ(map.error().detail(), wrong);
  }
}

TEST(KeypadMap, AKeyHasOneMeaning) { EXPECT_FALSE(parse_keypad("KP_8=up 0x60=down")); }

TEST(KeypadMap, TheDefaultHasEveryAction) {
  std::map<KeypadAction, int> seen;
  for (auto const& [key, action] : default_keypad()) ++seen[action];
  EXPECT_EQ(seen.size(), 10U);
}

}  // namespace
}  // namespace yizhan::panel

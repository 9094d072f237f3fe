#include "kiosk/ui/key_guard.h"

#include <gtest/gtest.h>

namespace yizhan::ui {
namespace {

using namespace std::chrono_literals;

Stroke key(Key one) { return {.down = true, .press = {.key = one}}; }
Stroke letter() { return {.down = true}; }
Stroke text(std::string typed) { return {.press = {.text = std::move(typed)}}; }
Stroke chord(Key one) { return {.down = true, .chord = true, .press = {.key = one}}; }

struct Hands : testing::Test {
  KeyGuard guard;
  SteadyTime now{};
  std::string said;

  void type(Duration after, std::vector<Stroke> strokes) {
    now += after;
    guard.look(now);
    guard.take(std::move(strokes), now, now);
    hear();
  }
  void type(Duration after, std::string_view characters) {
    for (char const c : characters) {
      type(after, {letter(), text(std::string(1, c))});
    }
  }
  void rest(Duration time) {
    now += time;
    guard.look(now);
    hear();
  }
  void hear() {
    for (auto const& stroke : guard.passed()) {
      said += stroke.press.text;
      if (stroke.press.key != Key::none) said += "<" + std::string(key_name(stroke.press.key)) + ">";
    }
  }
};

TEST_F(Hands, AKeyOfAPersonPassesAfterThirtyMilliseconds) {
  type(0ms, {letter(), text("a")});
  EXPECT_EQ(guard.due(), now + 30ms);
  rest(29ms);
  EXPECT_EQ(said, "");
  rest(1ms);
  EXPECT_EQ(said, "a");
  EXPECT_FALSE(guard.due());
}

TEST_F(Hands, KeysThatRollOverKeepTheirOrder) {
  type(100ms, "ab");
  type(8ms, "c");
  type(20ms, {key(Key::enter)});
  rest(30ms);
  EXPECT_EQ(said, "abc<Enter>");
  EXPECT_TRUE(guard.bursts().empty());
}

TEST_F(Hands, FourKeysEachWithinThirtyMillisecondsAreABurst) {
  type(29ms, "A001");
  type(5ms, {key(Key::enter)});
  rest(1s);
  EXPECT_EQ(said, "");
  auto const bursts = guard.bursts();
  ASSERT_EQ(bursts.size(), 1U);
  EXPECT_EQ(bursts[0].text, "A001");
  EXPECT_EQ(bursts[0].end, Key::enter);
  EXPECT_TRUE(bursts[0].plain);
}

TEST_F(Hands, WhatStumblesInABurstBelongsToIt) {
  type(5ms, "A001");
  type(99ms, {key(Key::escape)});
  type(99ms, "x");
  rest(100ms);
  EXPECT_EQ(said, "");
  auto const bursts = guard.bursts();
  ASSERT_EQ(bursts.size(), 1U);
  EXPECT_EQ(bursts[0].end, Key::none);
  EXPECT_FALSE(bursts[0].plain);
  type(50ms, "b");
  rest(30ms);
  EXPECT_EQ(said, "b");
}

TEST_F(Hands, TwoCodesInARowAreTwoBursts) {
  type(2ms, "A001");
  type(2ms, {key(Key::enter)});
  type(2ms, "B2");
  type(2ms, {key(Key::tab)});
  auto const bursts = guard.bursts();
  ASSERT_EQ(bursts.size(), 2U);
  EXPECT_EQ(bursts[1].text, "B2");
  EXPECT_EQ(bursts[1].end, Key::tab);
}

TEST_F(Hands, AKeyHeldDownIsNoBurst) {
  type(0ms, {letter(), text("a")});
  rest(500ms);
  for (int i = 0; i < 20; ++i) type(25ms, {Stroke{.down = true, .repeat = true}, text("a")});
  EXPECT_EQ(said, std::string(21, 'a'));
}

TEST_F(Hands, WithCtrlAltOrSuperNothingPasses) {
  type(100ms, {chord(Key::f4)});
  type(100ms, {chord(Key::none), text("x")});
  rest(1s);
  EXPECT_EQ(said, "");
}

TEST_F(Hands, AShortBurstThatCommandsDoesNotPass) {
  type(100ms, "1");
  type(5ms, {key(Key::f2)});
  type(5ms, {key(Key::enter)});
  rest(1s);
  EXPECT_EQ(said, "");
  type(100ms, "1");
  type(5ms, {chord(Key::none)});
  rest(1s);
  EXPECT_EQ(said, "") << "what comes with Ctrl is no person's";
  type(100ms, {key(Key::f2)});
  rest(30ms);
  EXPECT_EQ(said, "<F2>") << "alone it is a person's";
}

TEST_F(Hands, TextWithoutKeysCountsAsKeys) {
  type(1ms, {text("A")});
  type(1ms, {text("0")});
  type(1ms, {text("0")});
  type(1ms, {text("1")});
  rest(1s);
  EXPECT_EQ(said, "");
  type(200ms, {text("张三")});
  rest(30ms);
  EXPECT_EQ(said, "张三") << "as an input method commits it";
}

TEST_F(Hands, AKeypadsCharactersAreNotTyped) {
  type(100ms, {Stroke{.down = true, .silent = true, .press = {.key = Key::up}}, text("8")});
  rest(30ms);
  EXPECT_EQ(said, "<Up>");
}

TEST_F(Hands, WhoDrewForLongSeesTheSameBurst) {
  type(5ms, "~");  // held when the drawing began
  std::vector<Stroke> strokes;
  for (char const c : std::string_view("#A00123456789")) {
    strokes.push_back(letter());
    strokes.push_back(text(std::string(1, c)));
  }
  auto const since = now;
  now += 300ms;
  guard.take(strokes, since, now);
  type(20ms, {key(Key::enter)});
  rest(1s);
  EXPECT_EQ(said, "");
  auto const bursts = guard.bursts();
  ASSERT_EQ(bursts.size(), 1U);
  EXPECT_EQ(bursts[0].text, "~#A00123456789");
}

TEST_F(Hands, WhoDrewForLongStillHearsAPerson) {
  std::vector<Stroke> strokes;
  for (char const c : std::string_view("12345")) {
    strokes.push_back(letter());
    strokes.push_back(text(std::string(1, c)));
  }
  auto const since = now;
  now += 500ms;
  guard.take(strokes, since, now);
  rest(30ms);
  EXPECT_EQ(said, "12345");
}

TEST_F(Hands, AnEndlessBurstIsKeptInBounds) {
  for (int i = 0; i < 20'000; ++i) type(1ms, "a");
  rest(100ms);
  auto const bursts = guard.bursts();
  ASSERT_EQ(bursts.size(), 1U);
  EXPECT_EQ(bursts[0].text.size(), 8192U);
}

TEST_F(Hands, AKeyWithoutACharacterIsNotPlain) {
  type(2ms, "A0");
  type(2ms, {letter()});
  type(2ms, "01");
  type(2ms, {key(Key::enter)});
  auto const bursts = guard.bursts();
  ASSERT_EQ(bursts.size(), 1U);
  EXPECT_FALSE(bursts[0].plain);
}

}  // namespace
}  // namespace yizhan::ui

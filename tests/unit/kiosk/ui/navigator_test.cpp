#include "kiosk/ui/navigator.h"

#include <gtest/gtest.h>

#include "kiosk/ui/motion.h"
#include "shared/base/manual_env.h"

using namespace yizhan;
using namespace yizhan::ui;
using namespace std::chrono_literals;

namespace {

struct Idle : testing::Test {
  ManualClock clock{WallTime{}};
  int wipes = 0;
  IdleNavigator navigator{clock.steady(), IdleSettings{}, [this] { ++wipes; }};
};

TEST_F(Idle, TheWelcomeScreenNeverTimesOut) {
  clock.advance(1h);
  EXPECT_FALSE(navigator.tick());
  EXPECT_EQ(navigator.phase(), IdleNavigator::Phase::off);
  EXPECT_FALSE(navigator.next_due());
}

TEST_F(Idle, WhoWalksAwayIsCountedDownAtOnceAndMayComeBack) {
  navigator.left();
  EXPECT_FALSE(navigator.tick()) << "nobody's session";
  navigator.begin_session();
  clock.advance(5s);
  navigator.left();
  EXPECT_TRUE(navigator.tick());
  EXPECT_EQ(navigator.seconds_left(), 20);
  clock.advance(3s);
  navigator.left();
  EXPECT_TRUE(navigator.tick());
  EXPECT_EQ(navigator.seconds_left(), 17) << "the countdown does not begin anew";
  navigator.input();
  EXPECT_EQ(navigator.phase(), IdleNavigator::Phase::active);
  navigator.hold(true);
  navigator.left();
  EXPECT_FALSE(navigator.tick()) << "something is under way";
}

TEST_F(Idle, WarnsAfterSixtySecondsAndWipesTwentyLater) {
  navigator.begin_session();
  clock.advance(59s);
  EXPECT_FALSE(navigator.tick());
  clock.advance(1s);
  EXPECT_TRUE(navigator.tick());
  EXPECT_EQ(navigator.phase(), IdleNavigator::Phase::warning);
  EXPECT_EQ(navigator.seconds_left(), 20);
  for (int left = 19; left >= 1; --left) {
    clock.advance(1s);
    EXPECT_TRUE(navigator.tick());
    EXPECT_EQ(navigator.seconds_left(), left);
    EXPECT_FALSE(navigator.tick());
  }
  EXPECT_EQ(wipes, 0);
  clock.advance(1s);
  EXPECT_TRUE(navigator.tick());
  EXPECT_EQ(wipes, 1);
  EXPECT_EQ(navigator.phase(), IdleNavigator::Phase::off);
  EXPECT_FALSE(navigator.tick());
  EXPECT_EQ(wipes, 1);
}

TEST_F(Idle, AnyInputDuringTheWarningKeepsTheSessionAsOftenAsOneLikes) {
  navigator.begin_session();
  for (int i = 0; i < 12; ++i) {
    clock.advance(79s);
    navigator.tick();
    EXPECT_EQ(navigator.phase(), IdleNavigator::Phase::warning);
    navigator.input();
    EXPECT_EQ(navigator.phase(), IdleNavigator::Phase::active);
  }
  EXPECT_EQ(wipes, 0);
}

TEST_F(Idle, TimeDoesNotCountWhileTheMachineIsBusy) {
  navigator.begin_session();
  clock.advance(50s);
  navigator.hold(true);
  clock.advance(5min);
  EXPECT_FALSE(navigator.tick());
  navigator.hold(false);
  clock.advance(59s);
  EXPECT_FALSE(navigator.tick());
  clock.advance(1s);
  EXPECT_TRUE(navigator.tick());
}

TEST_F(Idle, EldersHaveHalfAsMuchTimeAgain) {
  navigator.set_elder(true);
  navigator.begin_session();
  clock.advance(89s);
  EXPECT_FALSE(navigator.tick());
  clock.advance(1s);
  EXPECT_TRUE(navigator.tick());
  EXPECT_EQ(navigator.seconds_left(), 30);
  EXPECT_EQ(navigator.warning_seconds(), 30);
}

TEST_F(Idle, NextDueIsExactlyWhenSomethingChanges) {
  navigator.begin_session();
  for (int i = 0; i < 21; ++i) {
    auto const due = navigator.next_due();
    ASSERT_TRUE(due);
    clock.advance(*due - clock.steady().now() - Duration(1));
    EXPECT_FALSE(navigator.tick());
    clock.advance(Duration(1));
    EXPECT_TRUE(navigator.tick());
  }
  EXPECT_EQ(wipes, 1);
}

TEST_F(Idle, EndingASessionWipesOnceAndAtOnce) {
  navigator.end_session();
  EXPECT_EQ(wipes, 0);
  navigator.begin_session();
  navigator.end_session();
  navigator.end_session();
  EXPECT_EQ(wipes, 1);
}

TEST(Motion, TakesAtMostTwoHundredMillisecondsAndThreeFrames) {
  ManualClock clock{WallTime{}};
  Motion motion;
  EXPECT_EQ(motion.at(clock.steady().now()), 1);
  motion.start(clock.steady().now(), true);
  int frames = 0;
  Duration total{0};
  while (auto const next = motion.next_step(clock.steady().now())) {
    Duration const step = *next - clock.steady().now();
    clock.advance(step);
    total += step;
    ++frames;
  }
  EXPECT_LE(frames, 3);
  EXPECT_LE(total, 200ms);
  EXPECT_EQ(motion.at(clock.steady().now()), 1);
  motion.start(clock.steady().now(), false);
  EXPECT_EQ(motion.at(clock.steady().now()), 1);
}

}  // namespace

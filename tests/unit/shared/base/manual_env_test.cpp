#include "shared/base/manual_env.h"

#include <gtest/gtest.h>

#include <array>
#include <string>

namespace yizhan {
namespace {

using namespace std::chrono_literals;

TEST(ManualClock, WallMayJumpWhileSteadyGoesOn) {
  ManualClock clock(WallTime{1000s});
  clock.advance(5s);
  EXPECT_EQ(clock.wall().now(), WallTime{1005s});
  clock.set_wall(WallTime{});
  EXPECT_EQ(clock.wall().now(), WallTime{});
  EXPECT_EQ(clock.steady().now(), SteadyTime{5s});
}

TEST(ManualExecutor, RunsByDueTimeThenByPosting) {
  ManualClock clock(WallTime{});
  ManualExecutor executor(clock.steady());
  std::string trace;
  executor.post_after(2s, [&] { trace += 'c'; });
  executor.post([&] {
    trace += 'a';
    executor.post([&] { trace += 'b'; });
  });
  executor.post_after(2s, [&] { trace += 'd'; });
  EXPECT_EQ(executor.run_due(), 2U);
  EXPECT_EQ(trace, "ab");
  EXPECT_EQ(executor.next_due(), SteadyTime{2s});
  clock.advance(2s);
  EXPECT_EQ(executor.run_due(), 2U);
  EXPECT_EQ(trace, "abcd");
  EXPECT_FALSE(executor.next_due());
}

TEST(SeededRng, SameSeedSameNumbers) {
  SeededRng a(42);
  SeededRng b(42);
  SeededRng c(43);
  EXPECT_EQ(a.next(), b.next());
  EXPECT_NE(a.next(), c.next());
}

TEST(Rng, BelowReachesEveryAnswerAndNoOther) {
  SeededRng rng(1);
  std::array<int, 3> seen{};
  for (int i = 0; i < 3000; ++i) ++seen.at(rng.below(3));
  for (int const count : seen) EXPECT_GT(count, 800);
}

TEST(Rng, TheUnevenTopOfTheRangeIsThrownAway) {
  struct Scripted final : Rng {
    std::uint64_t next() override { return calls++ == 0 ? ~std::uint64_t{0} : 7; }
    int calls = 0;
  } rng;
  EXPECT_EQ(rng.below(10), 7U);
  EXPECT_EQ(rng.calls, 2);
}

TEST(SeededSecureRng, FillsOddSizes) {
  SeededSecureRng a(5);
  SeededSecureRng b(5);
  std::array<std::byte, 13> first{};
  std::array<std::byte, 13> second{};
  a.fill(first);
  b.fill(second);
  EXPECT_EQ(first, second);
  EXPECT_NE(first, (std::array<std::byte, 13>{}));
}

}  // namespace
}  // namespace yizhan

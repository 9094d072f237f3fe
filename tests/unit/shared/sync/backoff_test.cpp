#include "shared/sync/backoff.h"

#include <gtest/gtest.h>

#include <set>

#include "shared/base/real_env.h"

namespace yizhan::sync {
namespace {

using namespace std::chrono_literals;
SteadyTime const k_start{100s};

TEST(Backoff, IsUniformUpToADoublingBoundOfOneSecondToFiveMinutes) {
  SeededRng rng(1);
  for (auto const& [failures, bound] :
       {std::pair<int, Duration>{1, 1s}, {2, 2s}, {5, 16s}, {9, 256s}, {10, 300s}, {60, 300s}}) {
    Duration longest{0};
    Duration sum{0};
    for (int i = 0; i < 1000; ++i) {
      Backoff backoff;
      for (int n = 0; n < failures; ++n) backoff.failed(k_start, rng, std::nullopt);
      auto const wait = *backoff.until() - k_start;
      ASSERT_LE(wait, bound);
      longest = std::max(longest, wait);
      sum += wait;
    }
    EXPECT_GT(longest, bound * 95 / 100) << failures;
    EXPECT_NEAR(static_cast<double>(sum.count()) / 1000, static_cast<double>(bound.count()) / 2,
                static_cast<double>(bound.count()) / 20)
        << failures;
  }
}

TEST(Backoff, RetryAfterIsTheLeastAndStillJittered) {
  SeededRng rng(1);
  std::set<SteadyTime> seen;
  for (int i = 0; i < 100; ++i) {
    Backoff backoff;
    backoff.failed(k_start, rng, 7s);
    EXPECT_GE(*backoff.until(), k_start + 7s);
    EXPECT_LE(*backoff.until(), k_start + 8s);
    seen.insert(*backoff.until());
  }
  EXPECT_GT(seen.size(), 90U);
}

TEST(Backoff, LinkUpEndsWaitingButNotWhatThePlatformAskedFor) {
  SeededRng rng(1);
  Backoff backoff;
  backoff.failed(k_start, rng, std::nullopt);
  backoff.link_up();
  EXPECT_EQ(backoff.until(), std::nullopt);
  backoff.failed(k_start, rng, 7s);
  backoff.link_up();
  EXPECT_EQ(backoff.until(), k_start + 7s);
}

TEST(Backoff, AnAbsurdRetryAfterIsCapped) {
  SeededRng rng(1);
  Backoff backoff;
  backoff.failed(k_start, rng, 24h);
  EXPECT_LE(*backoff.until(), k_start + 1h + 1s);
  backoff.failed(k_start, rng, -5s);
  EXPECT_GE(*backoff.until(), k_start);
}

}  // namespace
}  // namespace yizhan::sync

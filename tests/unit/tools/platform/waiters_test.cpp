#include "tools/platform/waiters.h"

#include <gtest/gtest.h>

#include <future>

#include "shared/base/real_env.h"

namespace yizhan::platform {
namespace {

// Nobody listens there: waits must end without a database, too.
constexpr char const* k_nowhere = "postgresql://127.0.0.1:1/none?connect_timeout=1";

TEST(PlatformWaiters, ADeadlineEndsAWait) {
  RealSteadyClock clock;
  Waiters waiters(k_nowhere, clock);
  std::promise<Woken> woken;
  waiters.add("420106001001", waiters.generation("420106001001"), clock.now() + std::chrono::milliseconds(20), {},
              [&](Woken why) { woken.set_value(why); });
  EXPECT_EQ(woken.get_future().get(), Woken::timed_out);
}

TEST(PlatformWaiters, AChangeSeenTooLateWakesAtOnce) {
  RealSteadyClock clock;
  Waiters waiters(k_nowhere, clock);
  std::promise<Woken> woken;
  auto const before = waiters.generation("420106001001") - 1;  // as if a commit came between reading and waiting
  waiters.add("420106001001", before, clock.now() + std::chrono::hours(1), {},
              [&](Woken why) { woken.set_value(why); });
  EXPECT_EQ(woken.get_future().get(), Woken::changed);
}

TEST(PlatformWaiters, ARetryWakesBeforeTheDeadline) {
  RealSteadyClock clock;
  Waiters waiters(k_nowhere, clock);
  std::promise<Woken> woken;
  waiters.add("420106001001", waiters.generation("420106001001"), clock.now() + std::chrono::hours(1),
              std::chrono::milliseconds(10), [&](Woken why) { woken.set_value(why); });
  EXPECT_EQ(woken.get_future().get(), Woken::changed);
}

TEST(PlatformWaiters, StopWakesAllAndWhoComesLater) {
  RealSteadyClock clock;
  Waiters waiters(k_nowhere, clock);
  std::promise<Woken> early;
  std::promise<Woken> late;
  auto const far = clock.now() + std::chrono::hours(1);
  auto const now = waiters.generation("1");
  waiters.add("1", now, far, {}, [&](Woken why) { early.set_value(why); });
  waiters.stop();
  waiters.add("1", now, far, {}, [&](Woken why) { late.set_value(why); });
  EXPECT_EQ(early.get_future().get(), Woken::timed_out);
  EXPECT_EQ(late.get_future().get(), Woken::timed_out);
}

}  // namespace
}  // namespace yizhan::platform

// The way back to the ui thread.
#include "kiosk/app/ui_queue.h"

#include <gtest/gtest.h>

#include <thread>

namespace yizhan::app {
namespace {

TEST(UiQueue, RunsTasksInOrderOnTheDrainingThread) {
  UiQueue queue([] {});
  std::vector<int> ran;
  queue.post([&] { ran.push_back(1); });
  queue.post([&] { ran.push_back(2); });
  EXPECT_TRUE(ran.empty());
  EXPECT_EQ(queue.drain(), 2u);
  EXPECT_EQ(ran, (std::vector{1, 2}));
}

TEST(UiQueue, ATaskPostedByATaskWaitsForTheNextDrain) {
  UiQueue queue([] {});
  int ran = 0;
  queue.post([&] { queue.post([&] { ++ran; }); });
  EXPECT_EQ(queue.drain(), 1u);
  EXPECT_EQ(ran, 0) << "a task that posts itself again must not hold the screen";
  queue.drain();
  EXPECT_EQ(ran, 1);
}

TEST(UiQueue, AnAnswerForAClosedScreenIsDropped) {
  UiQueue queue([] {});
  OwnerToken session;
  bool ran = false;
  queue.post(session.token(), [&] { ran = true; });
  session.renew();
  queue.drain();
  EXPECT_FALSE(ran);
  queue.post(session.token(), [&] { ran = true; });
  queue.drain();
  EXPECT_TRUE(ran);
}

TEST(UiQueue, IsIdleOnlyWhenNothingIsUnderWayAndNothingWaits) {
  UiQueue queue([] {});
  EXPECT_TRUE(queue.idle());
  auto pending = queue.begin();
  EXPECT_FALSE(queue.idle());
  auto const copy = pending;
  pending.reset();
  EXPECT_FALSE(queue.idle()) << "until the last copy is gone";
  queue.post([copy] {});
}

TEST(UiQueue, ADroppedAnswerIsNoLongerUnderWay) {
  UiQueue queue([] {});
  {
    OwnerToken session;
    queue.post(session.token(), [pending = queue.begin()] {});
    EXPECT_FALSE(queue.idle());
  }
  queue.drain();
  EXPECT_TRUE(queue.idle());
}

TEST(UiQueue, EveryPostWakesTheLoop) {
  std::atomic<int> woken = 0;
  UiQueue queue([&] { ++woken; });
  queue.post([] {});
  OwnerToken owner;
  queue.post(owner.token(), [] {});
  EXPECT_EQ(woken, 2);
}

TEST(UiQueue, ManyThreadsPostWhileOneDrains) {
  UiQueue queue([] {});
  constexpr int k_threads = 4;
  constexpr int k_each = 500;
  std::vector<int> next(k_threads, 0);  // touched by the draining thread alone
  bool in_order = true;
  int ran = 0;
  std::vector<std::jthread> posters;
  for (int thread = 0; thread < k_threads; ++thread) {
    posters.emplace_back([&, thread] {
      for (int n = 0; n < k_each; ++n) {
        queue.post([&, thread, n, pending = queue.begin()] {
          in_order &= next[static_cast<std::size_t>(thread)]++ == n;
          ++ran;
        });
      }
    });
  }
  while (ran < k_threads * k_each) queue.drain();
  posters.clear();
  EXPECT_TRUE(in_order) << "each thread's own order is kept";
  EXPECT_TRUE(queue.idle());
}

}  // namespace
}  // namespace yizhan::app

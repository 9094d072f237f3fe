#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <vector>

#include "shared/base/real_env.h"

namespace yizhan {
namespace {

using namespace std::chrono_literals;

TEST(ThreadExecutor, RunsTasksOfOnePosterInOrderOnItsOwnThread) {
  std::vector<int> order;  // touched by the executor's thread only
  std::promise<void> done;
  {
    ThreadExecutor executor("order");
    EXPECT_FALSE(executor.on_this_thread());
    for (int i = 0; i < 100; ++i) {
      executor.post([&, i] {
        EXPECT_TRUE(executor.on_this_thread());
        order.push_back(i);
      });
    }
    executor.post([&] { done.set_value(); });
    ASSERT_EQ(done.get_future().wait_for(10s), std::future_status::ready);
  }
  ASSERT_EQ(order.size(), 100U);
  for (int i = 0; i < 100; ++i) EXPECT_EQ(order[static_cast<std::size_t>(i)], i);
}

TEST(ThreadExecutor, StopRunsWhatIsQueuedAndDropsWhatIsNotDue) {
  std::atomic<int> ran = 0;
  auto held = std::make_shared<int>(0);
  std::weak_ptr<int> const watch = held;
  ThreadExecutor executor("stop");
  executor.post_after(1h, [held = std::move(held)] { FAIL() << "an hour has not passed"; });
  for (int i = 0; i < 50; ++i) executor.post([&] { ++ran; });
  executor.stop();
  EXPECT_EQ(ran, 50);
  EXPECT_TRUE(watch.expired());
  executor.post([&] { ++ran; });
  executor.post_after(Duration{0}, [&] { ++ran; });
  executor.stop();
  EXPECT_EQ(ran, 50);
}

TEST(ThreadExecutor, DelayedTasksComeInOrderOfTheirTime) {
  std::vector<int> order;
  std::promise<void> done;
  ThreadExecutor executor("delay");
  auto const begin = std::chrono::steady_clock::now();
  executor.post_after(20ms, [&] {
    order.push_back(2);
    done.set_value();
  });
  executor.post_after(5ms, [&] { order.push_back(1); });
  ASSERT_EQ(done.get_future().wait_for(10s), std::future_status::ready);
  EXPECT_GE(std::chrono::steady_clock::now() - begin, 20ms);
  executor.stop();
  EXPECT_EQ(order, (std::vector{1, 2}));
}

TEST(ThreadExecutor, ATaskMayPostAndMayDestroyWhatPostsAgain) {
  ThreadExecutor executor("nested");
  std::promise<void> done;
  struct PostsOnDeath {
    ThreadExecutor& executor;
    std::promise<void>& done;
    ~PostsOnDeath() {
      executor.post([&finished = done] { finished.set_value(); });
    }
  };
  // The task's captures die on the executor's thread, where posting must not deadlock.
  executor.post([held = std::shared_ptr<PostsOnDeath>(new PostsOnDeath{executor, done})] {});
  EXPECT_EQ(done.get_future().wait_for(10s), std::future_status::ready);
}

TEST(ThreadExecutor, ManyPostersLoseNothing) {
  std::atomic<int> ran = 0;
  {
    ThreadExecutor executor("posters");
    std::vector<std::thread> posters;
    for (int t = 0; t < 4; ++t) {
      posters.emplace_back([&] {
        for (int i = 0; i < 500; ++i) executor.post([&] { ++ran; });
      });
    }
    for (auto& poster : posters) poster.join();
  }
  EXPECT_EQ(ran, 2000);
}

}  // namespace
}  // namespace yizhan

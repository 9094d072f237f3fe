// The outbox seen from the sync thread: every call runs on the store thread and comes back whole.
#include "kiosk/app/store_line.h"

#include <gtest/gtest.h>

#include <thread>

#include "shared/base/manual_env.h"
#include "shared/base/real_env.h"
#include "tests/support/memory_line.h"

namespace yizhan::app {
namespace {

constexpr char const* k_urn = "urn:yizhan:device:420106001001:001";

TEST(RunOn, RunsOnThatThreadAndWaitsForTheResult) {
  ThreadExecutor store("store");
  auto const here = std::this_thread::get_id();
  auto const there = run_on(store, [] { return std::this_thread::get_id(); });
  EXPECT_NE(there, here);
  EXPECT_TRUE(run_on(store, [&] { return store.on_this_thread(); }));
}

TEST(RunOn, CarriesErrorsAndWhatCannotBeCopied) {
  ThreadExecutor store("store");
  auto const failed = run_on(store, []() -> Result<int> { return Error::make("disk_full"); });
  ASSERT_FALSE(failed);
  EXPECT_TRUE(failed.error().is("disk_full"));
  auto const moved = run_on(store, [] { return std::make_unique<int>(7); });
  EXPECT_EQ(*moved, 7);
}

TEST(RunOn, ManyThreadsAskOneAfterAnother) {
  ThreadExecutor store("store");
  int unguarded = 0;  // safe only because the store thread alone touches it
  std::vector<std::jthread> askers;
  for (int i = 0; i < 4; ++i) {
    askers.emplace_back([&] {
      for (int n = 0; n < 200; ++n) run_on(store, [&] { return ++unguarded; });
    });
  }
  askers.clear();
  EXPECT_EQ(run_on(store, [&] { return unguarded; }), 800);
}

TEST(StoreLine, PassesEveryCallThroughTheStoreThread) {
  ManualEnv env(WallTime{std::chrono::hours(24)});
  test::MemoryLine memory(env.env(), k_urn);
  ThreadExecutor store("store");
  StoreLine line(store, memory);

  auto const request = line.epoch_request(line::EpochReason::created, "0");
  ASSERT_TRUE(request) << request.error().to_line();
  ASSERT_TRUE(line.open_epoch(request->request_id, "1"));
  auto const id = run_on(store, [&] { return memory.append(); });
  auto const status = line.status();
  ASSERT_TRUE(status);
  EXPECT_EQ(status->last.epoch, "1");
  auto const due = line.due(500, 1 << 20, 0);
  ASSERT_TRUE(due);
  ASSERT_FALSE(due->empty());
  EXPECT_EQ(due->back().fact.id, id);
  EXPECT_EQ(line.chain_at(due->back().place.sequence).value(), due->back().place.chain);

  std::vector<line::Answer> answers;
  for (auto const& event : *due) answers.push_back({event.fact.id, line::Verdict::accepted, {}});
  WallTime const now = env.clock.wall().now();
  ASSERT_TRUE(line.record_answers("1", answers, due->back().place.sequence, now));
  EXPECT_EQ(line.status()->backlog, 0u);
  ASSERT_TRUE(line.touch_contact(now));
  EXPECT_EQ(line.status()->last_contact, now);

  ASSERT_TRUE(line.store_document("trust", 3, "\"e\"", "bytes"));
  EXPECT_EQ(line.document("trust").value(), "bytes");
  EXPECT_EQ(line.document_etag("trust").value(), "\"e\"");
  ASSERT_TRUE(line.apply_changes({}, "cursor-1"));
  EXPECT_EQ(line.cursor().value(), "cursor-1");
  ASSERT_TRUE(line.set_halt(line::Halt::cloned));
  EXPECT_EQ(line.status()->halt, line::Halt::cloned);
  EXPECT_TRUE(line.parked()->empty());
}

TEST(StoreLine, AnErrorOfTheStoreReachesTheAsker) {
  ManualEnv env(WallTime{std::chrono::hours(24)});
  test::MemoryLine memory(env.env(), k_urn);
  memory.broken = true;
  ThreadExecutor store("store");
  StoreLine line(store, memory);
  auto const status = line.status();
  ASSERT_FALSE(status);
  EXPECT_TRUE(status.error().is("store_away"));
  EXPECT_TRUE(status.error().retryable());
}

}  // namespace
}  // namespace yizhan::app

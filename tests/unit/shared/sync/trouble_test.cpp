// Networks, proxies and platforms in trouble: waiting, giving up, coming back.
#include <thread>

#include "tests/unit/shared/sync/fixture.h"

namespace yizhan::sync {
namespace {

struct TroubleTest : SyncTest {
  void SetUp() override { settle(); }
  /// Every call fails so until the returned pointer is set to false.
  std::shared_ptr<bool> fail_all(Result<HttpResponse> response) {
    auto on = std::make_shared<bool>(true);
    for (int i = 0; i < 5000; ++i)
      instead("/v1/",
              [this, on, response](HttpRequest const& request) { return *on ? response : platform->honest(request); });
    return on;
  }
};

TEST_F(TroubleTest, StrangersAnswersAreErrorsOfTheNetworkAndAnswerNoEvent) {
  append(1);
  for (auto const& [response, code] : std::vector<std::pair<Result<HttpResponse>, std::string>>{
           {html(403), "network_not_platform"},
           {html(401), "network_not_platform"},
           {html(200), "platform_answer"},
           {HttpResponse{200, "application/json", {}, {}, "{\"results\":[{\"id\""}, "platform_answer"},
           {html(302), "network_redirect"},
           {Error::make("network_cut", Retry::later), "network_cut"}}) {
    instead("/v1/events", response);
    auto const before = platform->batches().size();
    while (platform->batches().size() == before) engine->step(1h);
    engine->step(0s);
    ASSERT_TRUE(engine->snapshot().last_error);
    EXPECT_EQ(engine->snapshot().last_error->code(), code);
    EXPECT_EQ(engine->snapshot().state, SyncState::backing_off);
    EXPECT_TRUE(engine->snapshot().backoff_until);
    EXPECT_EQ(line.count("due"), 1);
    EXPECT_EQ(line.halt, line::Halt::none);
  }
  ASSERT_TRUE(round());
  EXPECT_EQ(line.count("due"), 0);
  EXPECT_FALSE(engine->snapshot().last_error);
}

TEST_F(TroubleTest, RefusalByThePlatformStopsTheSenderUntilSomethingChanges) {
  for (int const status : {401, 403}) {
    append(1);
    instead("/v1/events", problem(status, "certificate_untrusted"));
    EXPECT_EQ(round_error(), "platform_refused");
    EXPECT_EQ(line.halt, line::Halt::refused);
    EXPECT_EQ(engine->snapshot().state, SyncState::refused);
    auto const sent = platform->batches().size();
    run_for(24h);
    append(1);
    engine->notify();
    engine->link_up();
    run_for(1h);
    EXPECT_EQ(platform->batches().size(), sent);
    engine->resume();
    ASSERT_TRUE(round());
    EXPECT_EQ(line.count("due"), 0);
    EXPECT_EQ(line.halt, line::Halt::none);
  }
}

TEST_F(TroubleTest, ARefusalDoesNotOutliveTheProcess) {
  append(1);
  instead("/v1/events", problem(403, "not_a_device"));
  EXPECT_EQ(round_error(), "platform_refused");
  start();
  ASSERT_TRUE(round());
  EXPECT_EQ(line.count("due"), 0);
}

TEST_F(TroubleTest, RetryAfterIsHonoured) {
  append(1);
  auto busy = problem(429, "too_many");
  busy.retry_after = "90";
  instead("/v1/events", busy);
  auto const before = world.clock.steady().now();
  while (platform->batches().size() < 2) engine->step(1h);
  engine->step(0s);
  EXPECT_EQ(engine->snapshot().last_error->code(), "platform_busy");
  engine->link_up();
  while (line.count("due") > 0) engine->step(1h);
  EXPECT_GE(world.clock.steady().now() - before, 90s);
  EXPECT_LE(world.clock.steady().now() - before, 92s);
}

TEST_F(TroubleTest, RetryAfterOfAStrangersPageIsNot) {
  append(1);
  auto page = html(503);
  page.retry_after = "3000";
  instead("/v1/events", page);
  auto const before = world.clock.steady().now();
  ASSERT_TRUE(round());
  EXPECT_LT(world.clock.steady().now() - before, 10s);
}

TEST_F(TroubleTest, AfterALongOutageContactComesWithin5MinutesAnd15SecondsAndEverythingGoesAtOnce) {
  auto const down = fail_all(Error::make("network_connect", Retry::later));
  append(300);
  run_for(2h);
  EXPECT_LT(platform->requests.size(), 500);
  *down = false;
  auto const before = world.clock.steady().now();
  auto const contact_before = *engine->snapshot().last_contact;
  while (*engine->snapshot().last_contact == contact_before) engine->step(1h);
  EXPECT_LE(world.clock.steady().now() - before, 5min + 15s);
  auto const contact = world.clock.steady().now();
  while (line.count("due") > 0) engine->step(1h);
  EXPECT_LE(world.clock.steady().now() - contact, 60s);
}

TEST_F(TroubleTest, LinkUpEndsTheWaiting) {
  auto const down = fail_all(Error::make("network_resolve", Retry::later));
  append(1);
  run_for(8h);
  *down = false;
  auto const before = world.clock.steady().now();
  engine->link_up();
  while (line.count("due") > 0) engine->step(1h);
  EXPECT_LE(world.clock.steady().now() - before, 1s);
}

TEST_F(TroubleTest, ServerErrorsBackOffExponentiallyWithJitter) {
  append(1);
  for (int i = 0; i < 400; ++i) instead("/v1/events", problem(500, "internal_error"));
  run_for(1h);
  std::vector<SteadyTime> times;
  for (std::size_t i = 0; i < platform->requests.size(); ++i)
    if (platform->requests[i].path == "/v1/events") times.push_back(platform->request_times[i]);
  EXPECT_GT(times.size(), 15);
  EXPECT_LT(times.size(), 80);
  for (std::size_t i = 1; i < times.size(); ++i) EXPECT_LE(times[i] - times[i - 1], 5min);
}

TEST_F(TroubleTest, ARoundGivesUpAfter20SecondsWithoutProgress) {
  auto const down = fail_all(Error::make("network_connect", Retry::later));
  append(1);
  auto const before = world.clock.steady().now();
  EXPECT_EQ(round_error(), "network_connect");
  EXPECT_EQ(world.clock.steady().now() - before, 20s);
}

TEST_F(TroubleTest, ARoundEndsAtItsDeadlineEvenWithProgress) {
  append(1);
  for (int i = 0; i < 1000; ++i) {
    instead("/v1/events", [this](auto const&) {
      world.clock.advance(10s);
      return Result<HttpResponse>(problem(503, "unavailable"));
    });
  }
  auto const before = world.clock.steady().now();
  EXPECT_FALSE(engine->run_until_idle(before + 3min));
  EXPECT_LE(world.clock.steady().now() - before, 3min + 10s);
}

TEST_F(TroubleTest, ARoundIsNotASuccessWhileAnythingWasNotAnswered) {
  instead("/v1/time", problem(404, "not_found"));
  append(1);
  EXPECT_TRUE(round());  // asked again within the round
  for (int i = 0; i < 100; ++i) instead("/v1/time", problem(404, "not_found"));
  EXPECT_EQ(round_error(), "platform_rejected");
}

TEST_F(TroubleTest, AStoreThatFailsIsAskedAgainLater) {
  append(2);
  platform->after_commit = [this] { line.broken = true; };
  run_for(1ms);
  EXPECT_EQ(engine->snapshot().last_error->code(), "store_away");
  EXPECT_EQ(line.count("due"), 2);
  auto const calls = line.calls;
  run_for(1h);
  EXPECT_LT(line.calls - calls, 300);
  line.broken = false;
  ASSERT_TRUE(round());
  EXPECT_EQ(line.count("due"), 0);
  EXPECT_EQ(platform->line.size(), 3);
}

TEST_F(TroubleTest, AnAnswerThatAnswersNothingDoesNotLoop) {
  append(1);
  for (int i = 0; i < 1000; ++i)
    instead("/v1/events", json_response(200, {{"results", json::array()}, {"accepted_through", "0000000000000002"}}));
  run_for(1h);
  EXPECT_LT(platform->batches().size(), 100);
  EXPECT_EQ(line.count("due"), 1);
}

TEST_F(TroubleTest, RoundsEndWithTheEngineAndNoneWaitsForEver) {
  append(1);
  std::stop_source stop;
  std::vector<std::string> answers;
  auto const asked = [&](Result<void> const& result) { answers.emplace_back(result ? "" : result.error().code()); };
  for (int i = 0; i < 1000; ++i) {
    instead("/v1/events", [&](auto const&) {
      if (!stop.stop_requested()) engine->request_round(10min, asked);  // comes too late to be run
      stop.request_stop();
      return Result<HttpResponse>(problem(503, "unavailable"));
    });
  }
  engine->request_round(10min, asked);
  auto const before = world.clock.steady().now();
  engine->run(stop.get_token());
  EXPECT_LT(world.clock.steady().now() - before, 1s);
  ASSERT_EQ(answers.size(), 2u);
  EXPECT_NE(answers[0], "");
  EXPECT_EQ(answers[1], "sync_incomplete");
  engine->request_round(10min, asked);
  ASSERT_EQ(answers.size(), 3u) << "answered at once";
  EXPECT_EQ(answers[2], "sync_incomplete");
}

TEST_F(TroubleTest, ARoundThatNobodyEverRanIsAnsweredWhenTheEngineGoes) {
  std::string answer;
  engine->request_round(10min, [&](Result<void> const& result) { answer = result ? "" : result.error().code(); });
  engine.reset();
  EXPECT_EQ(answer, "sync_incomplete");
}

TEST_F(TroubleTest, AnIdleEngineSleepsAndNotifyEndsTheSleep) {
  auto const before = platform->requests.size();
  run_for(1min);
  EXPECT_LE(platform->requests.size() - before, 6);
  append(1);
  engine->notify();
  auto const now = world.clock.steady().now();
  while (line.count("due") > 0) engine->step(1h);
  EXPECT_EQ(world.clock.steady().now(), now);
}

}  // namespace
}  // namespace yizhan::sync

// Deaths and returns: of the platform, of PostgreSQL.
#include <future>
#include <thread>

#include "tests/functional/platform/platform_test.h"

namespace yizhan::test {
namespace {

class PlatformRestart : public PlatformTest {};

TEST_F(PlatformRestart, KilledDuringBatchesNothingIsDoubled) {
  constexpr int k_rounds = 12;
  constexpr int k_events = 300;
  open_epoch(k_first);
  Line line(k_first);
  int answered = 0;
  for (int round = 0; round < k_rounds; ++round) {
    auto const events = line.batch(k_events);
    auto sending = std::async(std::launch::async, [&] { return post_batch(k_first, events); });
    // Sweeps the kill over connection, parsing, transaction and answer.
    sending.wait_for(std::chrono::milliseconds(round * 4));
    platform().kill();
    answered += sending.get().status == 200 ? 1 : 0;
    platform().start();
    auto const again = post_batch(k_first, events);
    ASSERT_EQ(again.status, 200) << again.body << again.error;
    auto const results = statuses(again);
    ASSERT_EQ(results.size(), std::size_t{k_events});
    for (auto const& status : results) EXPECT_EQ(status, results.front()) << "a batch is stored whole or not at all";
  }
  EXPECT_LT(answered, k_rounds) << "no kill came in time: the test shows nothing";
  EXPECT_EQ(psql("SELECT count(*) FROM platform_facts"), std::to_string(k_rounds * k_events));
  EXPECT_EQ(psql("SELECT count(*) FROM platform_events"), std::to_string(k_rounds * k_events));
  EXPECT_EQ(get(k_first, "/v1/position").json()["chain"], line.chain());
}

TEST_F(PlatformRestart, SigtermAnswersWhatIsOpenAndEndsWithZero) {
  auto poll = std::async(std::launch::async, [&] { return get(k_second, "/v1/changes?wait=25"); });
  EXPECT_EQ(poll.wait_for(std::chrono::milliseconds(500)), std::future_status::timeout);
  EXPECT_EQ(platform().stop(), 0);
  auto const answer = poll.get();
  EXPECT_EQ(answer.status, 200) << answer.error;
  EXPECT_LT(answer.seconds, 10.0);
}

TEST_F(PlatformRestart, ADatabaseAwayIs503AndComesBack) {
  open_epoch(k_first);
  Line line(k_first);
  ASSERT_EQ(post_batch(k_first, line.batch(2)).status, 200);
  auto const start = get(k_second, "/v1/changes").json()["cursor"].get<std::string>();
  cluster().stop();
  auto const away = post_batch(k_first, line.batch(1));
  EXPECT_EQ(away.status, 503);
  EXPECT_EQ(away.problem(), "unavailable");
  EXPECT_EQ(away.headers.at("retry-after"), "1");
  cluster().start();
  EXPECT_EQ(get(k_first, "/v1/position").json()["sequence"], "0000000000000002");
  // The connection that listens for commits is new, too.
  auto poll = std::async(std::launch::async, [&] { return get(k_second, "/v1/changes?wait=20&cursor=" + start); });
  EXPECT_EQ(poll.wait_for(std::chrono::milliseconds(1500)), std::future_status::timeout);
  open_epoch(k_first, 2);
  Line next(k_first, 2);
  ASSERT_EQ(post_batch(k_first, next.batch(1)).status, 200);
  auto const answer = poll.get();
  EXPECT_EQ(numbers(answer), std::vector<int>{1});
  EXPECT_LT(answer.seconds, 6.0);
}

TEST_F(PlatformRestart, TwoProcessesShareOneDatabase) {
  PlatformProcess second(pki(), m_uri);
  open_epoch(k_first);
  Line line(k_first);
  auto poll = request(k_second, "/v1/changes?wait=20");
  poll.url = second.url() + "/v1/changes?wait=20";
  auto waiting = std::async(std::launch::async, [&] { return http(poll); });
  EXPECT_EQ(waiting.wait_for(std::chrono::milliseconds(300)), std::future_status::timeout);
  ASSERT_EQ(post_batch(k_first, line.batch(1)).status, 200);
  EXPECT_EQ(numbers(waiting.get()), std::vector<int>{1});
}

}  // namespace
}  // namespace yizhan::test

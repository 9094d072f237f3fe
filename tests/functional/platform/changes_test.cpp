// GET /v1/changes: order, long polls, rows that commit late (API.md, "Changes").
#include <fmt/format.h>

#include <atomic>
#include <future>
#include <pqxx/connection>
#include <pqxx/transaction>
#include <thread>

#include "tests/functional/platform/platform_test.h"

namespace yizhan::test {
namespace {

using Clock = std::chrono::steady_clock;

class PlatformChanges : public PlatformTest {
 protected:
  std::string cursor_of(HttpAnswer const& answer) { return answer.json().value("cursor", ""); }
  HttpAnswer changes(std::string const& terminal, std::string const& cursor, int wait) {
    return get(terminal, "/v1/changes?cursor=" + cursor + "&wait=" + std::to_string(wait));
  }
  /// A writer beside the API, as another platform process would be: device 900 of the first hall.
  void make_writer() {
    psql("INSERT INTO platform_devices (source, hall) VALUES ('urn:yizhan:device:420106001001:900', '420106001001')");
  }
  static std::string insert(int number) {
    return fmt::format(
        "INSERT INTO platform_facts (source, hall, id, sha256, type, fact) VALUES "
        "('urn:yizhan:device:420106001001:900',"
        " '420106001001', gen_random_uuid(), '', 'test', '{{\"data\":{{\"n\":{}}}}}')",
        number);
  }
};

TEST_F(PlatformChanges, ALateCommitIsNeverSkipped) {
  make_writer();
  open_epoch(k_first);
  pqxx::connection late_connection(m_uri);
  pqxx::work late(late_connection);
  late.exec(insert(100));

  Line line(k_first);
  ASSERT_EQ(post_batch(k_first, line.batch(2)).status, 200);
  ASSERT_EQ(psql("SELECT count(*) FROM platform_facts"), "2") << "the later rows are committed and visible";
  auto const before = changes(k_second, "", 0);
  EXPECT_EQ(numbers(before), std::vector<int>{}) << "they may still be overtaken";

  late.commit();
  auto const after = changes(k_second, cursor_of(before), 5);
  EXPECT_EQ(numbers(after), (std::vector<int>{100, 1, 2}));
}

TEST_F(PlatformChanges, ALongPollWakesWhenALateTransactionEnds) {
  make_writer();
  open_epoch(k_first);
  pqxx::connection late_connection(m_uri);
  pqxx::work late(late_connection);
  late.exec("SELECT pg_current_xact_id()");  // holds the horizon back, and will tell nobody of its end
  Line line(k_first);
  ASSERT_EQ(post_batch(k_first, line.batch(1)).status, 200);
  auto poll = std::async(std::launch::async, [&] { return changes(k_second, "", 20); });
  EXPECT_EQ(poll.wait_for(std::chrono::milliseconds(500)), std::future_status::timeout);
  late.abort();
  auto const ended = Clock::now();
  EXPECT_EQ(numbers(poll.get()), std::vector<int>{1});
  EXPECT_LT(Clock::now() - ended, std::chrono::seconds(1));
}

TEST_F(PlatformChanges, EveryRowOfManyDelayedWritersIsSeenOnce) {
  constexpr int k_writers = 8;
  constexpr int k_rows = 40;
  make_writer();
  std::atomic<int> running = k_writers;
  std::vector<std::thread> writers;
  for (int writer = 0; writer < k_writers; ++writer)
    writers.emplace_back([&, writer] {
      pqxx::connection connection(m_uri);
      for (int row = 0; row < k_rows; ++row) {
        pqxx::work work(connection);
        work.exec(insert(writer * k_rows + row));
        work.exec("SELECT pg_sleep(random() * 0.03)");
        work.commit();
      }
      --running;
    });
  std::vector<int> seen;
  std::string cursor;
  bool last = false;
  while (true) {
    bool const ended = running == 0;
    auto const answer = changes(k_second, cursor, 1);
    ASSERT_EQ(answer.status, 200) << answer.body << answer.error;
    auto const fresh = numbers(answer);
    seen.insert(seen.end(), fresh.begin(), fresh.end());
    cursor = cursor_of(answer);
    if (ended && fresh.empty() && last) break;
    last = ended && fresh.empty();
  }
  for (auto& writer : writers) writer.join();
  std::sort(seen.begin(), seen.end());
  std::vector<int> all(k_writers * k_rows);
  for (int i = 0; i < k_writers * k_rows; ++i) all[i] = i;
  EXPECT_EQ(seen, all);
}

TEST_F(PlatformChanges, ALongPollWakesSoonAfterACommit) {
  open_epoch(k_first);
  Line line(k_first);
  auto const start = cursor_of(changes(k_second, "", 0));
  auto poll = std::async(std::launch::async, [&] { return changes(k_second, start, 20); });
  EXPECT_EQ(poll.wait_for(std::chrono::milliseconds(300)), std::future_status::timeout);
  ASSERT_EQ(post_batch(k_first, line.batch(1)).status, 200);
  auto const committed = Clock::now();
  auto const answer = poll.get();
  EXPECT_LT(Clock::now() - committed, std::chrono::seconds(1));
  EXPECT_EQ(numbers(answer), std::vector<int>{1});
}

TEST_F(PlatformChanges, ALongPollEndsWithItsWait) {
  auto const answer = changes(k_first, "", 2);
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(numbers(answer), std::vector<int>{});
  EXPECT_FALSE(answer.json()["more"].get<bool>());
  EXPECT_GE(answer.seconds, 1.9);
  EXPECT_LT(answer.seconds, 3.5);
}

TEST_F(PlatformChanges, SixtyFourLongPollsBlockNobody) {
  constexpr int k_polls = 64;
  open_epoch(k_first);
  Line line(k_first);
  auto const start = cursor_of(changes(k_second, "", 0));
  std::vector<std::future<HttpAnswer>> polls;
  for (int i = 0; i < k_polls; ++i)
    polls.push_back(std::async(std::launch::async, [&] { return changes(k_second, start, 25); }));
  // All are at rest once the server has their connections: each client thread is then waiting for an answer.
  auto const open_connections = [&] {
    auto const listed =
        run({.argv = {"ss", "-Htn", "state", "established", "sport", "=", std::to_string(platform().port())}});
    return std::count(listed.out.begin(), listed.out.end(), '\n');
  };
  ASSERT_TRUE(eventually(std::chrono::seconds(20), [&] { return open_connections() >= k_polls; }));
  for (int i = 0; i < 20; ++i) {
    auto const answer = get(k_first, "/v1/position");
    EXPECT_EQ(answer.status, 200);
    EXPECT_LT(answer.seconds, 1.0);
  }
  ASSERT_EQ(post_batch(k_first, line.batch(1)).status, 200);
  auto const committed = Clock::now();
  for (auto& poll : polls) EXPECT_EQ(numbers(poll.get()), std::vector<int>{1});
  EXPECT_LT(Clock::now() - committed, std::chrono::seconds(3));
}

TEST_F(PlatformChanges, PagesOfFiveHundredInOrder) {
  open_epoch(k_first);
  Line line(k_first);
  for (int i = 0; i < 3; ++i) ASSERT_EQ(post_batch(k_first, line.batch(400)).status, 200);
  std::vector<int> seen;
  std::string cursor;
  std::vector<std::size_t> sizes;
  bool more = true;
  while (more) {
    auto const answer = changes(k_second, cursor, 0);
    auto const page = numbers(answer);
    sizes.push_back(page.size());
    seen.insert(seen.end(), page.begin(), page.end());
    cursor = cursor_of(answer);
    more = answer.json()["more"];
  }
  EXPECT_EQ(sizes, (std::vector<std::size_t>{500, 500, 200}));
  EXPECT_TRUE(std::is_sorted(seen.begin(), seen.end()));
  EXPECT_EQ(seen.size(), 1200u);
  // Its own facts are passed over, however many.
  auto const own = changes(k_first, "", 0);
  EXPECT_EQ(numbers(own), std::vector<int>{});
  EXPECT_FALSE(own.json()["more"].get<bool>());
}

TEST_F(PlatformChanges, AnotherHallHearsNothing) {
  open_epoch(k_first);
  Line line(k_first);
  ASSERT_EQ(post_batch(k_first, line.batch(2)).status, 200);
  EXPECT_EQ(numbers(changes(k_other_hall, "", 0)), std::vector<int>{});
  EXPECT_EQ(numbers(changes(k_second, "", 0)), (std::vector<int>{1, 2}));
}

TEST_F(PlatformChanges, CursorsOfAnotherDatabaseExpireAndSnapshotGoesOn) {
  open_epoch(k_first);
  Line line(k_first);
  ASSERT_EQ(post_batch(k_first, line.batch(2)).status, 200);
  auto const old = cursor_of(changes(k_second, "", 0));
  psql("UPDATE platform_meta SET instance = 'another'");
  EXPECT_EQ(changes(k_second, old, 5).problem(), "cursor_expired");
  auto const snapshot = get(k_second, "/v1/snapshot");
  ASSERT_EQ(snapshot.status, 200) << snapshot.body;
  EXPECT_EQ(snapshot.json()["state"]["devices"][0]["sequence"], "0000000000000002");
  ASSERT_EQ(post_batch(k_first, line.batch(1)).status, 200);
  EXPECT_EQ(numbers(changes(k_second, cursor_of(snapshot), 0)), std::vector<int>{3});
  EXPECT_EQ(changes(k_second, "bm90LW91cnM", 0).problem(), "bad_request");
  EXPECT_EQ(changes(k_second, "!", 0).problem(), "bad_request");
  EXPECT_EQ(get(k_second, "/v1/changes?wait=soon").problem(), "bad_request");
}

TEST_F(PlatformChanges, ADumpRestoredElsewhereKeepsItsOrder) {
  open_epoch(k_first);
  Line line(k_first);
  ASSERT_EQ(post_batch(k_first, line.batch(3)).status, 200);
  auto const old = cursor_of(changes(k_second, "", 0));
  platform().stop();
  // As pg_restore into another cluster leaves it: numbers of transactions that never were here.
  psql("UPDATE platform_meta SET cluster = 1; UPDATE platform_facts SET transaction = '900000000'");
  platform().start();
  EXPECT_EQ(changes(k_second, old, 0).problem(), "cursor_expired");
  ASSERT_EQ(post_batch(k_first, line.batch(1)).status, 200);
  EXPECT_EQ(numbers(changes(k_second, "", 0)), (std::vector<int>{1, 2, 3, 4}));
}

}  // namespace
}  // namespace yizhan::test

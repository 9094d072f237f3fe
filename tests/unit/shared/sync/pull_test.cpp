// Changes, trust list and time.
#include "shared/crypto/credential.h"
#include "tests/support/pki/pki.h"
#include "tests/unit/shared/sync/fixture.h"

namespace yizhan::sync {
namespace {

struct PullTest : SyncTest {
  test::Issued signer = test::self_signed("urn:yizhan:platform:hubei", k_now);

  std::string document(std::int64_t version) {
    return crypto::sign_document(json{{"version", version}, {"keys", json::array()}}.dump(), signer.key(),
                                 signer.certificate())
        .value();
  }
  [[nodiscard]] std::string last_path(std::string_view prefix) const {
    for (auto i = platform->requests.rbegin(); i != platform->requests.rend(); ++i)
      if (i->path.starts_with(prefix)) return i->path;
    return {};
  }
  static json change(std::string id) {
    return {
        {"id", std::move(id)}, {"type", "cn.yizhan.ticket.called.v1"}, {"data", {{"n", 1}}}, {"specversion", "1.0"}};
  }
};

TEST_F(PullTest, ChangesAreStoredWithTheirCursorAndAskedForBehindIt) {
  platform->changes = {change("a"), change("b")};
  platform->changes_cursor = "x+1/=";
  ASSERT_TRUE(round());
  EXPECT_EQ(last_path("/v1/changes"), "/v1/changes?cursor=&wait=0");
  ASSERT_EQ(line.changes.size(), 2);
  EXPECT_EQ(line.changes[1].id, "b");
  EXPECT_EQ(json::parse(line.changes[1].body), change("b"));
  EXPECT_EQ(line.cursor().value(), "x+1/=");
  run_for(1s);
  EXPECT_EQ(last_path("/v1/changes"), "/v1/changes?cursor=x%2B1%2F%3D&wait=25");
}

TEST_F(PullTest, TheCursorDoesNotMoveWhereTheChangesCouldNotBeStored) {
  ASSERT_TRUE(round());
  auto const cursor = line.cursor().value();
  platform->changes = {change("a")};
  platform->changes_cursor = "c2";
  instead("/v1/changes", [this](HttpRequest const& request) {
    line.broken = true;
    return platform->honest(request);
  });
  run_for(1ms);
  EXPECT_EQ(line.cursor().value(), cursor);
  EXPECT_TRUE(line.changes.empty());
}

TEST_F(PullTest, ALongPollRunsWhileEventsAreShipped) {
  ASSERT_TRUE(round());
  run_for(5s);
  append(3);
  engine->notify();
  run_for(1s);
  EXPECT_EQ(line.count("due"), 0);
  EXPECT_LE(platform->count("/v1/changes"), 2);
}

TEST_F(PullTest, MoreIsFetchedAtOnce) {
  for (char const* cursor : {"c1", "c2"})
    instead("/v1/changes", json_response(200, {{"events", {change(cursor)}}, {"cursor", cursor}, {"more", true}}));
  platform->changes_cursor = "c3";
  auto const before = world.clock.steady().now();
  ASSERT_TRUE(round());
  EXPECT_EQ(world.clock.steady().now(), before);
  EXPECT_EQ(line.changes.size(), 2);
  EXPECT_EQ(line.cursor().value(), "c3");
}

TEST_F(PullTest, AnExpiredCursorStartsFromTheSnapshot) {
  instead("/v1/changes", problem(410, "cursor_expired"));
  ASSERT_TRUE(round());
  ASSERT_EQ(line.changes.size(), 1);
  EXPECT_EQ(json::parse(line.changes[0].body), (json{{"hall", "420106001001"}}));
  EXPECT_EQ(last_path("/v1/changes"), "/v1/changes?cursor=s1&wait=0");
}

TEST_F(PullTest, APlatformThatDoesNotHoldTheRequestIsNotAskedInALoop) {
  platform->hold_changes = false;
  run_for(10min);
  EXPECT_LT(platform->count("/v1/changes"), 130);
}

TEST_F(PullTest, TheTrustListIsVerifiedStoredAndAskedForByItsTag) {
  settings.trust_signers = {signer.certificate()};
  platform->trust = document(3);
  ASSERT_TRUE(round());
  EXPECT_EQ(line.documents["trust"].version, 3);
  EXPECT_EQ(line.documents["trust"].etag, "\"t1\"");
  EXPECT_TRUE(crypto::parse_trust_list(line.documents["trust"].bytes));
  platform->trust = "not looked at";
  ASSERT_TRUE(round());
  platform->trust = document(4);
  platform->trust_etag = "\"t2\"";
  run_for(61min);
  EXPECT_EQ(line.documents["trust"].version, 4);
}

TEST_F(PullTest, AnUnverifiedOrOlderTrustListChangesNothing) {
  settings.trust_signers = {signer.certificate()};
  platform->trust = document(3);
  ASSERT_TRUE(round());
  auto const kept = line.documents["trust"].bytes;
  platform->trust_etag = "\"t2\"";
  auto const stranger = test::self_signed("urn:yizhan:platform:hubei", k_now);
  auto const code = [&](std::string bytes) {
    platform->trust = std::move(bytes);
    return round_error();
  };
  EXPECT_EQ(code(document(2)), "document_version_back");
  EXPECT_EQ(code(crypto::sign_document("{\"version\":9,\"keys\":[]}", stranger.key(), stranger.certificate()).value()),
            "document_untrusted");
  EXPECT_EQ(code(crypto::sign_document("{\"version\":9}", signer.key(), signer.certificate()).value()),
            "trust_list_invalid");
  auto altered = document(9);
  altered.back() = static_cast<char>(altered.back() ^ 1);
  EXPECT_EQ(code(altered), "document_signature");
  EXPECT_EQ(line.documents["trust"].bytes, kept);
}

TEST_F(PullTest, WithoutASignerNoTrustListIsAskedFor) {
  ASSERT_TRUE(round());
  EXPECT_EQ(platform->count("/v1/trust"), 0);
}

TEST_F(PullTest, TheClockLearnsItsOffsetAtTheMiddleOfTheRoundTrip) {
  platform->clock_ahead = 37s;
  platform->latency = 4s;
  EXPECT_NE(clock.state(), calendar::ClockState::trusted);
  ASSERT_TRUE(round());
  ASSERT_TRUE(line.clock_offset);
  EXPECT_EQ(*line.clock_offset, 37s);
  EXPECT_EQ(clock.state(), calendar::ClockState::trusted);
  EXPECT_EQ(clock.now(), world.clock.wall().now() + 37s);
}

TEST_F(PullTest, AnAnswerThatTookLongSaysNothingAboutTheTime) {
  platform->latency = 11s;
  EXPECT_FALSE(round());
  EXPECT_FALSE(line.clock_offset);
}

TEST_F(PullTest, AClockThatSomebodySetIsNoticedAtOnce) {
  ASSERT_TRUE(round());
  run_for(1min);
  auto const asked = platform->count("/v1/time");
  world.clock.set_wall(WallTime{});  // a dead battery
  platform->clock_ahead = k_now + 1min - WallTime{};
  engine->notify();
  run_for(1s);
  EXPECT_EQ(platform->count("/v1/time"), asked + 1);
  EXPECT_NEAR(static_cast<double>((clock.now() - k_now).count()), 61e6, 2e6);
}

}  // namespace
}  // namespace yizhan::sync

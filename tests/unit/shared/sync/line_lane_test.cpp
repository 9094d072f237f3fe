// What the engine does with a platform that answers: epochs, batches, results, conflicts.
#include "shared/sync/line_lane.h"

#include "tests/unit/shared/sync/fixture.h"

namespace yizhan::sync {
namespace {

struct LineTest : SyncTest {};

TEST_F(LineTest, ANewMachineOpensItsFirstEpochAndSendsEverything) {
  append(3);
  ASSERT_TRUE(round());
  EXPECT_EQ(platform->epoch, 1);
  ASSERT_EQ(platform->epoch_bodies.size(), 1);
  EXPECT_EQ(platform->epoch_bodies[0]["reason"], "created");
  EXPECT_EQ(platform->epoch_bodies[0]["based_on"], "0");
  EXPECT_TRUE(platform->epoch_bodies[0]["previous"].is_null());
  EXPECT_EQ(platform->line.size(), 4);  // line.opened and the three
  EXPECT_EQ(line.count("accepted"), 4);
  EXPECT_EQ(engine->snapshot().state, SyncState::idle);
  EXPECT_EQ(line.contact, engine->snapshot().last_contact);
}

TEST_F(LineTest, PositionIsAskedBeforeAProcesssFirstBatchAndNotBeforeItsSecond) {
  settle();
  append(1);
  ASSERT_TRUE(round());
  append(1);
  ASSERT_TRUE(round());
  EXPECT_EQ(platform->count("/v1/position"), 1);
  start();
  append(1);
  ASSERT_TRUE(round());
  EXPECT_EQ(platform->count("/v1/position"), 2);
}

TEST_F(LineTest, NothingDueAsksNothing) {
  settle();
  start();
  ASSERT_TRUE(round());
  EXPECT_EQ(platform->count("/v1/position"), 1);
}

TEST_F(LineTest, BatchesAreGzipConsecutiveAndOneAtATime) {
  append(1200);
  ASSERT_TRUE(round());
  auto const batches = platform->batches();
  ASSERT_GE(batches.size(), 3);
  std::uint64_t next = 1;
  for (auto const& batch : batches) {
    EXPECT_LE(batch.size(), 500);
    for (auto const& event : batch) EXPECT_EQ(event["sequence"], test::padded16(next++));
  }
  for (auto const& request : platform->requests) {
    if (request.path != "/v1/events") continue;
    EXPECT_EQ(request.headers[0],
              std::pair(std::string("Content-Type"), std::string("application/cloudevents-batch+json")));
    EXPECT_EQ(request.headers[1], std::pair(std::string("Content-Encoding"), std::string("gzip")));
  }
  EXPECT_EQ(line.count("due"), 0);
}

// Random hex does not compress below half: batches are then bounded by bytes, not by number.
TEST_F(LineTest, BatchesStartAt64KiBCompressedDoubleOnSuccessAndHalveOnACut) {
  settle();
  SeededSecureRng noise(9);
  for (int i = 0; i < 800; ++i) {
    std::vector<std::byte> bytes(1000);
    noise.fill(bytes);
    line.append("cn.yizhan.ticket.issued.v1", json{{"x", text::to_hex(bytes)}}.dump());
  }
  instead("/v1/events", [](auto const&) -> Result<HttpResponse> { return Error::make("network_cut", Retry::later); });
  run_for(2s);
  ASSERT_TRUE(round());
  std::vector<std::size_t> sizes;
  for (auto const& request : platform->requests)
    if (request.path == "/v1/events") sizes.push_back(request.body.size());
  sizes.erase(sizes.begin());  // line.opened, which doubled the limit once
  ASSERT_GE(sizes.size(), 4);
  EXPECT_LE(sizes[0], 128 * 1024);
  EXPECT_GT(sizes[0], 110 * 1024);
  EXPECT_LE(sizes[1], sizes[0] / 2);
  EXPECT_GT(sizes[1], sizes[0] * 4 / 10);
  EXPECT_GT(sizes[2], sizes[1] * 17 / 10);
  for (auto const& batch : platform->batches()) EXPECT_LE(batch.dump().size(), 1024 * 1024);
}

TEST_F(LineTest, ACutBeforeAnythingWasSentDoesNotShrinkBatches) {
  settle();
  append(400);
  for (int i = 0; i < 12; ++i) instead("/v1/events", Error::make("network_connect", Retry::later));
  run_for(30min);
  EXPECT_EQ(platform->batches().back().size(), 400);
}

TEST_F(LineTest, ALostReplyAfterTheCommitIsResentAndEndsAsDuplicate) {
  settle();
  append(5);
  lose_reply("/v1/events");
  ASSERT_TRUE(round());
  EXPECT_EQ(platform->line.size(), 6);
  EXPECT_EQ(line.count("accepted"), 6);
  EXPECT_EQ(platform->batches().size(), 3);
  EXPECT_EQ(platform->count("/v1/position"), 1);
}

TEST_F(LineTest, ARejectionThatWasLostIsLearntFromTheRepeat) {
  settle();
  append(3);
  platform->reject = [](json const& event) { return event["sequence"] == "0000000000000003" ? "personal_data" : ""; };
  lose_reply("/v1/events");
  ASSERT_TRUE(round());
  EXPECT_EQ(line.count("parked"), 1);
  EXPECT_EQ(line.parked().value()[0].problem, "urn:yizhan:problem:personal_data");
}

TEST_F(LineTest, APositionThatCoversAnEventDoesNotAnswerIt) {
  settle();
  append(3);
  lose_reply("/v1/events");
  run_for(1ms);
  start();  // the process dies, another starts
  ASSERT_TRUE(round());
  EXPECT_EQ(line.count("accepted"), 4);
  for (auto const& row : line.rows) EXPECT_EQ(row.answers, 1);
}

TEST_F(LineTest, OneRejectedEventBlocksNothing) {
  settle();
  append(1000);
  platform->reject = [](json const& event) { return event["sequence"] == "0000000000000500" ? "personal_data" : ""; };
  auto const before = world.clock.steady().now();
  ASSERT_TRUE(round());
  EXPECT_LT(world.clock.steady().now() - before, 10s);
  EXPECT_EQ(line.count("accepted"), 1000);  // line.opened and 999
  EXPECT_EQ(line.count("parked"), 1);
}

TEST_F(LineTest, EventsWithoutAResultStayDue) {
  settle();
  append(4);
  instead("/v1/events", [this](HttpRequest const& request) -> Result<HttpResponse> {
    auto response = platform->honest(request).value();
    auto body = json::parse(response.body);
    body["results"].erase(2);
    response.body = body.dump();
    return response;
  });
  while (line.count("accepted") == 1) engine->step(1h);
  EXPECT_EQ(line.count("accepted"), 4);
  EXPECT_EQ(line.count("due"), 1);
  ASSERT_TRUE(round());
  EXPECT_EQ(line.count("due"), 0);
}

TEST_F(LineTest, ABatchThatIsNotTakenIsHalvedDownToTheOneEventWhichIsWithheld) {
  settle();
  append(100);
  auto const bad = line.rows[42].event.fact.id;
  auto const refuse = [this, bad](HttpRequest const& request) -> Result<HttpResponse> {
    for (auto const& event : json::parse(test::gunzip(request.body)))
      if (event["id"] == bad.to_string()) return problem(422, "event_invalid", {{"index", 0}});
    return platform->honest(request);
  };
  for (int i = 0; i < 200; ++i) instead("/v1/events", refuse);
  ASSERT_TRUE(round());
  EXPECT_EQ(line.count("due"), 0);
  EXPECT_EQ(line.count("accepted"), 101);  // line.opened, 99, and event.withheld
  ASSERT_EQ(line.withheld.size(), 1);
  EXPECT_EQ(line.withheld[0].event.fact.id, bad);
  EXPECT_EQ(line.withheld[0].problem, "urn:yizhan:problem:event_invalid");
  auto const& in_its_place = platform->line.at(43).event;
  EXPECT_EQ(in_its_place["type"], "cn.yizhan.event.withheld.v1");
  EXPECT_EQ(in_its_place["data"]["id"], bad.to_string());
  EXPECT_LT(platform->batches().size(), 40);
}

TEST_F(LineTest, EveryStatusThatBlamesTheRequestIsTreatedSo) {
  for (int const status : {400, 413, 415, 422}) {
    settle();
    append(1);
    auto const id = line.rows.back().event.fact.id;
    instead("/v1/events", problem(status, "event_invalid"));
    ASSERT_TRUE(round()) << status;
    EXPECT_EQ(line.withheld.back().event.fact.id, id) << status;
  }
}

// ---- epochs ----

TEST_F(LineTest, TheSameEpochRequestIsRepeatedUntilAnswered) {
  append(1);
  lose_reply("/v1/epochs");
  run_for(1ms);
  EXPECT_EQ(platform->epoch, 1);
  EXPECT_EQ(line.last.epoch, "0");
  start();
  ASSERT_TRUE(round());
  ASSERT_EQ(platform->epoch_bodies.size(), 2);
  EXPECT_EQ(platform->epoch_bodies[0]["request_id"], platform->epoch_bodies[1]["request_id"]);
  EXPECT_EQ(platform->epoch_bodies[0], platform->epoch_bodies[1]);
  EXPECT_EQ(platform->epoch, 1);
  EXPECT_EQ(line.last.epoch, "1");
}

TEST_F(LineTest, ARestoredDatabaseOpensAnEpochOnWhatIsCurrent) {
  settle();
  platform->epoch = 7;  // opened by this machine after the backup was made
  platform->line.clear();
  line.require_epoch(line::EpochReason::restored);
  append(2);
  start();
  ASSERT_TRUE(round());
  EXPECT_EQ(platform->epoch_bodies.back()["reason"], "restored");
  EXPECT_EQ(platform->epoch_bodies.back()["based_on"], "7");
  EXPECT_EQ(platform->epoch_bodies.back()["previous"]["epoch"], "1");
  EXPECT_EQ(platform->epoch_bodies.back()["previous"]["sequence"], "0000000000000003");
  EXPECT_EQ(line.last.epoch, "8");
  EXPECT_EQ(platform->line.size(), 3);
}

TEST_F(LineTest, ALostRaceForAnEpochIsRunAgainOnWhatIsCurrent) {
  append(1);
  instead("/v1/epochs", [this](HttpRequest const& request) {
    platform->epoch = 3;  // another machine was faster
    return platform->honest(request);
  });
  ASSERT_TRUE(round());
  ASSERT_EQ(platform->epoch_bodies.size(), 2);
  EXPECT_EQ(platform->epoch_bodies[1]["based_on"], "3");
  EXPECT_NE(platform->epoch_bodies[0]["request_id"], platform->epoch_bodies[1]["request_id"]);
  EXPECT_EQ(line.last.epoch, "4");
}

TEST_F(LineTest, APlatformThatIsAheadMeansTheDatabaseIsBehind) {
  settle();
  append(2);
  ASSERT_TRUE(round());
  // The disk image is rolled back to before the two.
  line.rows.resize(1);
  line.last = line.rows.back().event.place;
  append(1);
  start();
  ASSERT_TRUE(round());
  EXPECT_EQ(platform->epoch_bodies.back()["reason"], "behind");
  EXPECT_EQ(line.last.epoch, "2");
  EXPECT_EQ(line.count("due"), 0);
}

TEST_F(LineTest, AnotherChainAtTheSameSequenceMeansTheSame) {
  settle();
  append(2);
  ASSERT_TRUE(round());
  line.rows.resize(1);
  line.last = line.rows.back().event.place;
  append(4);
  start();
  ASSERT_TRUE(round());
  EXPECT_EQ(platform->epoch_bodies.back()["reason"], "behind");
  EXPECT_EQ(platform->line.size(), 5);
  EXPECT_EQ(line.count("parked"), 0);
}

TEST_F(LineTest, AForkFoundWhileSendingOpensAnEpochAndParksNothing) {
  settle();
  append(3);
  instead("/v1/events", problem(409, "fork"));
  ASSERT_TRUE(round());
  EXPECT_EQ(platform->epoch_bodies.back()["reason"], "behind");
  EXPECT_EQ(platform->epoch_bodies.back()["based_on"], "1");
  EXPECT_EQ(line.count("parked"), 0);
  EXPECT_EQ(line.count("due"), 0);
  EXPECT_EQ(platform->count("/v1/position"), 2);
}

TEST_F(LineTest, APlatformRestoredFromABackupGetsWhatItLostAgain) {
  settle();
  append(10);
  ASSERT_TRUE(round());
  for (std::uint64_t lost = 6; lost <= 11; ++lost) platform->line.erase(lost);
  append(1);
  ASSERT_TRUE(round());  // 409 gap
  EXPECT_EQ(platform->line.size(), 12);
  EXPECT_EQ(platform->epoch, 1);
  EXPECT_EQ(platform->line.rbegin()->second.chain, line.last.chain);
}

TEST_F(LineTest, WhatIsNoLongerKeptMeansANewEpochAsThePlatformLostIt) {
  settle();
  append(10);
  ASSERT_TRUE(round());
  for (std::uint64_t lost = 3; lost <= 11; ++lost) platform->line.erase(lost);
  line.rows.erase(line.rows.begin() + 1, line.rows.begin() + 8);  // the housekeeping of a month
  append(1);
  ASSERT_TRUE(round());
  EXPECT_EQ(platform->epoch_bodies.back()["reason"], "platform_lost");
  EXPECT_EQ(line.count("due"), 0);
}

TEST_F(LineTest, APlatformSetBackBeforeThisEpochHasItOpenedAgainAndGetsAllOfIt) {
  for (int i = 0; i < 3; ++i) {
    line.require_epoch(line::EpochReason::restored);
    append(2);
    settle();
  }
  ASSERT_EQ(line.last.epoch, "3");
  platform->epoch = 1;
  platform->line.clear();
  append(1);
  ASSERT_TRUE(round());
  EXPECT_EQ(platform->epoch_bodies.back()["reason"], "platform_lost");
  EXPECT_EQ(platform->epoch, std::stoull(line.last.epoch));
  EXPECT_EQ(platform->line.rbegin()->first, line.last.sequence);
  EXPECT_EQ(platform->line.rbegin()->second.chain, line.last.chain);
  EXPECT_EQ(line.count("due"), 0);
}

TEST_F(LineTest, AnEpochThatAnotherMachineOpenedStopsSendingAndSaysCloned) {
  settle();
  append(1);
  platform->epoch = 2;
  platform->line.clear();
  EXPECT_EQ(round_error(), "sync_cloned");
  EXPECT_EQ(line.halt, line::Halt::cloned);
  EXPECT_EQ(engine->snapshot().state, SyncState::cloned);
  auto const sent = platform->batches().size();
  auto const opened = platform->epoch_bodies.size();
  run_for(1h);
  EXPECT_EQ(platform->batches().size(), sent);
  EXPECT_EQ(platform->epoch_bodies.size(), opened);
  EXPECT_EQ(line.count("due"), 1);  // nothing is lost
  // Only a technician resumes it.
  line.require_epoch(line::EpochReason::behind);
  engine->notify();
  ASSERT_TRUE(round());
  EXPECT_EQ(line.last.epoch, "3");
  EXPECT_EQ(line.count("due"), 0);
}

TEST_F(LineTest, APlatformThatContradictsItselfIsNotAskedInALoop) {
  settle();
  append(1);
  for (int i = 0; i < 1000; ++i) instead("/v1/events", problem(409, "gap"));
  auto const before = platform->requests.size();
  run_for(10min);
  EXPECT_LT(platform->count("/v1/position"), 15);
  EXPECT_LT(platform->requests.size() - before, 100);
  EXPECT_EQ(line.count("due"), 1);
}

}  // namespace
}  // namespace yizhan::sync

// The engine and the sandbox platform, each as it is, over mutual TLS.
#include <gtest/gtest.h>

#include <future>
#include <thread>

#include "shared/base/real_env.h"
#include "shared/crypto/credential.h"
#include "shared/sync/sync_engine.h"
#include "tests/functional/sync/platform_fixture.h"
#include "tests/support/memory_line.h"

namespace yizhan::sync {
namespace {

using namespace std::chrono_literals;

/// A machine: its line and its engine.
struct Machine {
  Machine(std::string const& terminal, test::DemoPki const& pki, std::string const& url)
      : urn("urn:yizhan:device:" + terminal), line(env.env(), urn), clock(env.wall, env.steady, WallTime{}) {
    settings.base_url = url;
    settings.device_urn = urn;
    settings.tls.ca = pki.ca();
    settings.tls.certificate = pki.device_certificate(terminal);
    settings.tls.key = pki.device_key(terminal);
    settings.trust_signers = {
        crypto::Certificate::parse(test::read_file(pki.folder() / "document-signer.crt")).value()};
    start();
  }
  void start() {
    SyncSettings copy{settings.base_url, urn, {}, {}, settings.trust_signers};
    copy.tls.ca = settings.tls.ca;
    copy.tls.certificate = settings.tls.certificate;
    copy.tls.key = settings.tls.key;
    auto made = SyncEngine::create(std::move(copy), env.env(), line, clock);
    ASSERT_TRUE(made) << made.error().to_line();
    engine = std::move(*made);
  }
  std::string round() {
    auto const result = engine->run_until_idle(env.steady.now() + 60s);
    return result ? "" : result.error().to_line();
  }
  /// Steps until it holds; false after 30 s.
  template <class Condition>
  bool step_until(Condition condition) {
    auto const end = env.steady.now() + 30s;
    while (!condition() && env.steady.now() < end) engine->step(100ms);
    return condition();
  }
  void append(int events) {
    for (int i = 0; i < events; ++i) line.append("cn.yizhan.ticket.expired.v1", R"({"number":"A001"})");
    engine->notify();
  }

  RealEnv env;
  std::string urn;
  test::MemoryLine line;
  calendar::HallClock clock;
  SyncSettings settings;
  std::unique_ptr<SyncEngine> engine;
};

TEST_F(SyncPlatformTest, ARoundSendsEverythingAndLearnsTrustAndTime) {
  Machine machine(k_first, *s_pki, platform->url());
  machine.append(1200);
  ASSERT_EQ(machine.round(), "");
  EXPECT_EQ(machine.line.count("accepted"), 1201);
  EXPECT_EQ(psql("SELECT count(*) FROM platform_facts"), "1201");
  EXPECT_EQ(psql("SELECT chain FROM platform_devices WHERE source <> 'urn:yizhan:platform'"), machine.line.last.chain);
  EXPECT_TRUE(crypto::parse_trust_list(machine.line.documents["trust"].bytes));
  ASSERT_TRUE(machine.line.clock_offset);
  EXPECT_LT(std::chrono::abs(*machine.line.clock_offset), 5s);
}

TEST_F(SyncPlatformTest, PersonalDataIsParkedAndTheRestGoesOn) {
  Machine machine(k_first, *s_pki, platform->url());
  machine.append(5);
  auto const bad = machine.line.append("cn.yizhan.ticket.expired.v1", R"({"number":"420106199003070016"})");
  machine.append(5);
  ASSERT_EQ(machine.round(), "");
  EXPECT_EQ(machine.line.row(bad).state, "parked");
  EXPECT_EQ(machine.line.row(bad).problem, "urn:yizhan:problem:personal_data");
  EXPECT_EQ(machine.line.count("accepted"), 11);
}

TEST_F(SyncPlatformTest, OneMachinesEventsReachTheOthersLongPoll) {
  Machine listener(k_second, *s_pki, platform->url());
  ASSERT_EQ(listener.round(), "");
  listener.engine->step(0s);  // the long poll is on its way
  Machine machine(k_first, *s_pki, platform->url());
  machine.append(3);
  ASSERT_EQ(machine.round(), "");
  auto const start = listener.env.steady.now();
  ASSERT_TRUE(listener.step_until([&] { return listener.line.changes.size() >= 4; }));
  EXPECT_LT(listener.env.steady.now() - start, 10s);
  EXPECT_EQ(listener.line.changes[1].type, "cn.yizhan.ticket.expired.v1");
}

TEST_F(SyncPlatformTest, APlatformThatIsKilledAndComesBackHasEveryEventOnce) {
  Machine machine(k_first, *s_pki, platform->url());
  ASSERT_EQ(machine.round(), "");
  for (int kill = 0; kill < 5; ++kill) {
    machine.append(400);
    for (int i = 0; i < kill; ++i) machine.engine->step(5ms);
    platform->kill();
    ASSERT_TRUE(machine.step_until([&] {
      auto const snapshot = machine.engine->snapshot();
      return snapshot.last_error.has_value();
    }));
    platform->start();
    machine.engine->link_up();
    ASSERT_TRUE(machine.step_until([&] { return machine.line.count("due") == 0; }));
  }
  EXPECT_EQ(psql("SELECT count(*) FROM platform_facts"), "2001");
  EXPECT_EQ(psql("SELECT count(*) FROM platform_line"), "2001");
  EXPECT_EQ(machine.line.count("accepted"), 2001);
}

TEST_F(SyncPlatformTest, ARoundThatWaitsForASilentPlatformEndsWithTheEngine) {
  Machine machine(k_first, *s_pki, platform->url());
  ASSERT_EQ(machine.round(), "");
  platform->process().send(SIGSTOP);
  std::promise<Result<void>> answered;
  std::promise<void> asked;
  std::jthread thread([&](std::stop_token stop) {
    machine.append(1);
    machine.engine->request_round(2min, [&](Result<void> result) { answered.set_value(std::move(result)); });
    machine.engine->step(0s);  // the batch is on its way
    asked.set_value();
    machine.engine->run(std::move(stop));
  });
  asked.get_future().wait();
  auto const start = machine.env.steady.now();
  thread.request_stop();
  auto answer = answered.get_future();
  ASSERT_EQ(answer.wait_for(10s), std::future_status::ready);
  EXPECT_EQ(answer.get().error().code(), "sync_incomplete");
  thread.join();
  EXPECT_LT(machine.env.steady.now() - start, 2s);
  platform->process().send(SIGCONT);
}

TEST_F(SyncPlatformTest, TwoMachinesWithOneIdentityEndWithOneClone) {
  Machine machine(k_first, *s_pki, platform->url());
  machine.append(3);
  ASSERT_EQ(machine.round(), "");
  Machine twin(k_first, *s_pki, platform->url());
  twin.append(2);
  ASSERT_EQ(twin.round(), "");
  machine.append(1);
  EXPECT_EQ(machine.round().substr(0, 11), "sync_cloned");
  EXPECT_EQ(machine.line.halt, line::Halt::cloned);
  EXPECT_EQ(machine.line.count("due"), 1);
  machine.line.require_epoch(line::EpochReason::behind);  // a technician adopts
  machine.engine->notify();
  ASSERT_EQ(machine.round(), "");
  EXPECT_EQ(psql("SELECT count(*) FROM platform_facts WHERE type = 'cn.yizhan.ticket.expired.v1'"), "6");
}

}  // namespace
}  // namespace yizhan::sync

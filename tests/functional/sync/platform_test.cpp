// The engine and the sandbox platform, each as it is, over mutual TLS.
#include <gtest/gtest.h>

#include "shared/base/real_env.h"
#include "shared/crypto/credential.h"
#include "shared/sync/sync_engine.h"
#include "tests/support/demo_pki.h"
#include "tests/support/memory_line.h"
#include "tests/support/postgres_cluster.h"

namespace yizhan::sync {
namespace {

using namespace std::chrono_literals;

constexpr char const* k_first = "420106001001:001";
constexpr char const* k_second = "420106001001:002";

/// A machine: its line and its engine.
struct Machine {
  Machine(std::string const& terminal, test::DemoPki const& pki, std::string const& url)
      : urn("urn:yizhan:device:" + terminal), line(env.env(), urn), clock(env.wall, WallTime{}) {
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

struct SyncPlatformTest : testing::Test {
  static void SetUpTestSuite() {
    s_cluster = std::make_unique<test::PostgresCluster>();
    s_pki = std::make_unique<test::DemoPki>(std::vector<std::string>{k_first, k_second});
  }
  static void TearDownTestSuite() {
    s_cluster.reset();
    s_pki.reset();
  }
  void SetUp() override {
    static int next = 0;
    database = "sync" + std::to_string(++next);
    platform = std::make_unique<test::PlatformProcess>(*s_pki, s_cluster->create_database(database));
  }
  std::string psql(std::string const& sql) { return s_cluster->psql(sql, database); }

  static inline std::unique_ptr<test::PostgresCluster> s_cluster;
  static inline std::unique_ptr<test::DemoPki> s_pki;
  std::string database;
  std::unique_ptr<test::PlatformProcess> platform;
};

TEST_F(SyncPlatformTest, ARoundSendsEverythingAndLearnsTrustAndTime) {
  Machine machine(k_first, *s_pki, platform->url());
  machine.append(1200);
  ASSERT_EQ(machine.round(), "");
  EXPECT_EQ(machine.line.count("accepted"), 1201);
  EXPECT_EQ(psql("SELECT count(*) FROM platform_facts"), "1201");
  EXPECT_EQ(psql("SELECT chain FROM platform_devices"), machine.line.last.chain);
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

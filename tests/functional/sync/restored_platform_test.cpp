// A machine's own database and a platform that is set back to an older backup of its own.
#include <nlohmann/json.hpp>

#include "shared/base/real_env.h"
#include "shared/store/store.h"
#include "shared/sync/sync_engine.h"
#include "tests/functional/sync/platform_fixture.h"
#include "tests/support/temp_dir.h"

namespace yizhan::sync {
namespace {

using namespace std::chrono_literals;

/// A machine: its store and its engine.
struct Machine {
  Machine(test::DemoPki const& pki, std::string const& url)
      : pki(pki), url(url), clock(env.wall, env.steady, WallTime{}) {
    auto made = crypto::open_development_vault(folder.path(), crypto::Profile::demo);
    EXPECT_TRUE(made) << made.error().to_line();
    vault = std::move(*made);
    store::StoreOptions options;
    options.folder = folder / "data";
    options.device = urn;
    auto opened = store::Store::open(std::move(options), *vault, env.env(), clock);
    EXPECT_TRUE(opened) << opened.error().to_line();
    store = std::move(*opened);
    start();
  }
  /// As after a restart: the engine knows nothing of before.
  void start() {
    SyncSettings settings;
    settings.base_url = url;
    settings.device_urn = urn;
    settings.tls.ca = pki.ca();
    settings.tls.certificate = pki.device_certificate(k_first);
    settings.tls.key = pki.device_key(k_first);
    auto made = SyncEngine::create(std::move(settings), env.env(), store->outbox(), clock);
    ASSERT_TRUE(made) << made.error().to_line();
    engine = std::move(*made);
  }
  void append(std::vector<Uuid> const& ids) {
    auto const done = store->commit([&]() -> Result<void> {
      for (auto const& id : ids)
        TRY(store->outbox().append_with_id(id, "cn.yizhan.ticket.expired.v1", "test", {{"number", "A001"}}));
      return {};
    });
    EXPECT_TRUE(done) << done.error().to_line();
    engine->notify();
  }
  void append(int events) {
    std::vector<Uuid> ids;
    for (int i = 0; i < events; ++i) ids.push_back(Uuid::v7(env.env()));
    append(ids);
  }
  std::string round() {
    auto const result = engine->run_until_idle(env.steady.now() + 60s);
    return result ? "" : result.error().to_line();
  }
  line::LineStatus status() { return store->outbox().status().value(); }
  std::string first(std::string const& sql) {
    auto row = store->database().prepare(sql).value();
    return row.step().value() ? row.text(0) : "";
  }

  RealEnv env;
  test::TempDir folder{"restored-platform"};
  test::DemoPki const& pki;
  std::string url;
  std::string urn = "urn:yizhan:device:" + std::string(k_first);
  calendar::HallClock clock;
  std::unique_ptr<crypto::KeyVault> vault;
  std::unique_ptr<store::Store> store;
  std::unique_ptr<SyncEngine> engine;
};

struct RestoredPlatform : SyncPlatformTest {
  void back_up() { copy(database, database + "_backup"); }
  void restore() { copy(database + "_backup", database); }
  /// Another fact under `id`, so that the machine's is rejected.
  void plant(Uuid const& id) {
    psql("INSERT INTO platform_facts (source, id, sha256, hall, type, fact) SELECT source, '" + id.to_string() +
         "', 'other', hall, 'cn.yizhan.ticket.expired.v1', '{}' FROM platform_devices WHERE source <> "
         "'urn:yizhan:platform'");
  }
  void expect_all_there_once(Machine& machine) {
    auto const status = machine.status();
    EXPECT_EQ(status.backlog, 0u);
    EXPECT_EQ(psql("SELECT count(*) FROM platform_line WHERE epoch = " + status.last.epoch),
              std::to_string(status.last.sequence));
    EXPECT_EQ(psql("SELECT chain FROM platform_devices WHERE source <> 'urn:yizhan:platform'"), status.last.chain);
    // Each fact of the machine that was accepted, and no other but the planted one.
    auto const here =
        machine.first("SELECT group_concat(id, ',') FROM (SELECT id FROM outbox WHERE state = 'accepted' ORDER BY id)");
    EXPECT_EQ(psql("SELECT string_agg(id::text, ',' ORDER BY id::text COLLATE \"C\") FROM platform_facts "
                   "WHERE sha256 <> 'other'"),
              here);
    EXPECT_TRUE(machine.store->check()->empty());
  }

 private:
  /// The platform is down meanwhile.
  void copy(std::string const& from, std::string const& to) {
    platform->kill();
    s_cluster->psql("DROP DATABASE IF EXISTS " + to + " WITH (FORCE)");
    ASSERT_TRUE(test::eventually(10s, [&] {
      return s_cluster->psql("SELECT count(*) FROM pg_stat_activity WHERE datname = '" + from + "'") == "0";
    }));
    s_cluster->psql("CREATE DATABASE " + to + " TEMPLATE " + from);
    platform->start();
  }
};

TEST_F(RestoredPlatform, WhatItLostIsSentAgainAtItsOldPlacesAndOnce) {
  Machine machine(*s_pki, platform->url());
  machine.append(700);
  ASSERT_EQ(machine.round(), "");
  auto const rejected = Uuid::v7(machine.env.env());
  plant(rejected);
  back_up();
  machine.append(600);
  machine.append(std::vector{rejected});
  machine.append(10);
  ASSERT_EQ(machine.round(), "");
  ASSERT_EQ(machine.status().parked, 1u);
  auto const before = machine.status().last;
  expect_all_there_once(machine);

  restore();
  ASSERT_EQ(psql("SELECT count(*) FROM platform_line"), "701");
  machine.append(1);
  ASSERT_EQ(machine.round(), "");
  expect_all_there_once(machine);
  EXPECT_EQ(machine.status().last.epoch, before.epoch) << "no new epoch was needed";
  EXPECT_EQ(machine.status().last.sequence, before.sequence + 1);
  EXPECT_EQ(psql("SELECT chain FROM platform_line WHERE sequence = " + std::to_string(before.sequence)), before.chain);
  ASSERT_EQ(machine.status().parked, 1u) << "rejected again, parked again";
  EXPECT_EQ(machine.store->outbox().parked()->front().id, rejected);
}

TEST_F(RestoredPlatform, KilledWhileItIsSentAgainItStillHasEverythingOnce) {
  Machine machine(*s_pki, platform->url());
  ASSERT_EQ(machine.round(), "");
  back_up();
  machine.append(1500);
  ASSERT_EQ(machine.round(), "");
  restore();
  machine.append(1);
  auto const all = machine.status().last.sequence;
  auto const end = machine.env.steady.now() + 30s;
  while (machine.status().backlog < 2 && machine.env.steady.now() < end) machine.engine->step(50ms);
  ASSERT_GT(machine.status().backlog, 1u) << "sending again has begun";
  platform->kill();
  platform->start();
  machine.start();
  ASSERT_EQ(machine.round(), "");
  EXPECT_EQ(machine.status().last.sequence, all);
  expect_all_there_once(machine);
}

TEST_F(RestoredPlatform, WhatIsNoLongerKeptEndsInANewEpochWithAllThatIsThere) {
  Machine machine(*s_pki, platform->url());
  machine.append(20);
  ASSERT_EQ(machine.round(), "");
  back_up();
  machine.append(20);
  ASSERT_EQ(machine.round(), "");
  ASSERT_TRUE(machine.store->database().execute("UPDATE outbox SET answered_at = 0 WHERE sequence <= 30"));
  ASSERT_EQ(machine.store->outbox().forget_answered(30).value(), 30u);
  restore();
  machine.append(3);
  ASSERT_EQ(machine.round(), "");
  EXPECT_EQ(machine.status().backlog, 0u);
  EXPECT_EQ(machine.first("SELECT reason FROM epochs ORDER BY CAST(epoch AS INTEGER) DESC LIMIT 1"), "platform_lost");
  EXPECT_EQ(psql("SELECT chain FROM platform_devices WHERE source <> 'urn:yizhan:platform'"),
            machine.status().last.chain);
}

}  // namespace
}  // namespace yizhan::sync

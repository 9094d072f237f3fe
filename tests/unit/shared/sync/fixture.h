#pragma once
#include <gtest/gtest.h>

#include "shared/sync/sync_engine.h"
#include "tests/support/memory_line.h"
#include "tests/unit/shared/sync/scripted_platform.h"

namespace yizhan::sync {

using namespace std::chrono_literals;
using nlohmann::json;
using test::html;
using test::json_response;
using test::problem;

constexpr char const* k_urn = "urn:yizhan:device:420106001001:001";
inline WallTime const k_now{std::chrono::sys_days{std::chrono::year{2026} / 11 / 24} + 9h};

struct SyncTest : testing::Test {
  ManualEnv world{k_now};
  test::MemoryLine line{world.env(), k_urn};
  calendar::HallClock clock{world.clock.wall(), world.clock.steady(), k_now - 24h};
  std::unique_ptr<test::ScriptedPlatform> owned = std::make_unique<test::ScriptedPlatform>(world);
  test::ScriptedPlatform* platform = owned.get();
  SyncSettings settings;
  line::UploadPort* uploads = nullptr;
  std::unique_ptr<SyncEngine> engine;

  void start() {
    // A second start is another process over the same line and platform.
    struct Borrowed final : HttpTransport {
      explicit Borrowed(HttpTransport& t) : transport(t) {}
      RequestId start(HttpRequest request) override { return transport.start(std::move(request)); }
      void cancel(RequestId id) override { transport.cancel(id); }
      std::vector<Completion> wait(Duration limit) override { return transport.wait(limit); }
      void wake() override { transport.wake(); }
      HttpTransport& transport;
    };
    SyncSettings copy;
    copy.trust_signers = settings.trust_signers;
    copy.hall = "420106001001";
    engine = std::make_unique<SyncEngine>(std::move(copy), world.env(), line, clock,
                                          std::make_unique<Borrowed>(*platform), uploads);
  }
  Result<void> round() {
    if (!engine) start();
    return engine->run_until_idle(world.clock.steady().now() + 10min);
  }
  /// Steps for this long.
  void run_for(Duration time) {
    if (!engine) start();
    auto const end = world.clock.steady().now() + time;
    while (world.clock.steady().now() < end) engine->step(end - world.clock.steady().now());
  }
  std::string round_error() {
    auto const result = round();
    return result ? "" : std::string(result.error().code());
  }
  /// An epoch is open and everything so far was accepted.
  void settle() {
    ASSERT_TRUE(round());
    ASSERT_EQ(line.count("due"), 0);
  }
  void instead(std::string const& path, test::ScriptedPlatform::Handler handler) {
    platform->instead[path].push_back(std::move(handler));
  }
  void instead(std::string const& path, Result<HttpResponse> response) {
    instead(path, [response](auto const&) { return response; });
  }
  /// The platform does its work, the reply is lost.
  void lose_reply(std::string const& path) {
    instead(path, [this](HttpRequest const& request) -> Result<HttpResponse> {
      (void)platform->honest(request);
      return Error::make("network_cut", Retry::later);
    });
  }
  void append(int events) {
    for (int i = 0; i < events; ++i) line.append();
    if (engine) engine->notify();
  }
};

}  // namespace yizhan::sync

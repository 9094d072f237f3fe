#include "tools/platform/event.h"

#include <gtest/gtest.h>

#include "tests/support/demo_pki.h"

namespace yizhan::platform {
namespace {

nlohmann::json golden_events() {
  return nlohmann::json::parse(test::read_file(test::source_folder() / "tests/support/golden/events.json"));
}

Device golden_device() { return parse_device_urn("urn:yizhan:device:420106001001:001").value(); }

TEST(GoldenMessages, AreWhatTheirScriptComputes) {
  auto const script = (test::source_folder() / "tests/support/golden/make_golden.py").string();
  auto const checked = test::run({.argv = {"python3", script, "--check"}});
  EXPECT_EQ(checked.exit, 0) << checked.err;
}

TEST(PlatformEvent, TakesGoldenEventsApart) {
  for (auto const& golden : golden_events()) {
    auto const batch = parse_batch(nlohmann::json::array({golden["event"]}).dump(), golden_device());
    ASSERT_FALSE(batch.refusal) << batch.refusal->body;
    auto const& event = batch.events.at(0);
    EXPECT_EQ(event.fact, golden["canonical_fact"].get<std::string>());
    EXPECT_EQ(event.fact_sha256, golden["fact_sha256"].get<std::string>());
    EXPECT_EQ(event.placed, golden["canonical_without_chain"].get<std::string>());
    EXPECT_EQ(next_chain(golden["previous_chain"].get<std::string>(), event.placed),
              golden["chain"].get<std::string>());
    EXPECT_EQ(nlohmann::json::parse(with_place(event.fact, event.epoch, event.sequence, event.chain)), golden["event"]);
  }
}

TEST(PlatformEvent, TheOrderOfKeysDoesNotMatterAndTheirValuesDo) {
  auto const golden = golden_events()[1];
  auto changed = golden["event"];
  changed["data"]["number"] = "A009";
  auto const batch = parse_batch(nlohmann::json::array({changed}).dump(), golden_device());
  EXPECT_NE(batch.events.at(0).fact_sha256, golden["fact_sha256"].get<std::string>());
}

TEST(PlatformEvent, OnlyDevicesHaveDeviceNames) {
  EXPECT_EQ(parse_device_urn("urn:yizhan:device:420106001001:001")->hall, "420106001001");
  for (char const* urn :
       {"", "urn:yizhan:device:", "urn:yizhan:device:42010600100:001", "urn:yizhan:device:4201060010011:001",
        "urn:yizhan:device:420106001001:01", "urn:yizhan:device:420106001001:0011",
        "urn:yizhan:device:420106001001-001", "URN:yizhan:device:420106001001:001", "urn:yizhan:platform:demo",
        "urn:yizhan:device:42010600100a:001"})
    EXPECT_FALSE(parse_device_urn(urn)) << urn;
}

TEST(PlatformEvent, DecimalsAreExact) {
  EXPECT_EQ(parse_decimal("0000000000000009"), 9u);
  EXPECT_EQ(parse_decimal("9007199254740991"), 9007199254740991u);
  for (char const* text : {"", "-1", "+1", " 1", "1 ", "0x1", "9007199254740992", "00000000000000001", "1e3"})
    EXPECT_FALSE(parse_decimal(text)) << text;
}

}  // namespace
}  // namespace yizhan::platform

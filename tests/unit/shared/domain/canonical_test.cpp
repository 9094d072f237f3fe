#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "shared/domain/line/event.h"
#include "shared/domain/line/line_port.h"

namespace yizhan::line {
namespace {

using nlohmann::json;
using namespace std::string_literals;

TEST(Canonical, SortsKeysAndWritesNoSpace) {
  auto const value = json::parse(R"({ "b" : [ 1, true, null ], "a" : { "z" : -5, "A" : "x" }, "" : {} })");
  EXPECT_EQ(canonical(value).value(), R"({"":{},"a":{"A":"x","z":-5},"b":[1,true,null]})");
}

TEST(Canonical, EscapesAsRfc8785Says) {
  // RFC 8785 §3.2.2.2: two-letter escapes where they exist, else lower-case \u00xx; everything else as it is.
  json const value = "\"\\\b\f\n\r\t\x01\x1f\x7f/€张𠮷"s;
  EXPECT_EQ(canonical(value).value(), "\"\\\"\\\\\\b\\f\\n\\r\\t\\u0001\\u001f\x7f/€张𠮷\"");
}

TEST(Canonical, TheLargestExactIntegersAreTheLimit) {
  EXPECT_EQ(canonical(json(9007199254740991)).value(), "9007199254740991");
  EXPECT_EQ(canonical(json(-9007199254740991)).value(), "-9007199254740991");
  EXPECT_TRUE(canonical(json(9007199254740992)).error().is("not_canonical"));
  EXPECT_TRUE(canonical(json(18446744073709551615U)).error().is("not_canonical"));
}

TEST(Canonical, WhatFactsMayNotHoldIsRefused) {
  EXPECT_TRUE(canonical(json(1.5)).error().is("not_canonical"));
  EXPECT_TRUE(canonical(json(1.0)).error().is("not_canonical"));
  EXPECT_TRUE(canonical(json{{"姓名", 1}}).error().is("not_canonical"));
  EXPECT_TRUE(canonical(json("\xFF"s)).error().is("not_canonical"));
  EXPECT_TRUE(canonical(json::binary({1})).error().is("not_canonical"));
  json deep = 1;
  for (int i = 0; i < 100; ++i) deep = json::array({deep});
  EXPECT_TRUE(canonical(deep).error().is("not_canonical"));
}

PlacedEvent event() {
  PlacedEvent event;
  event.fact.id = Uuid::parse("018f0f2e-79b0-7cc3-98c4-dc0c0c07398f").value();
  event.fact.source = "urn:yizhan:device:420106001001:001";
  event.fact.type = "cn.yizhan.ticket.issued.v1";
  event.fact.subject = "018f0f2e-79b0-7cc3-98c4-dc0c0c07398e";
  event.fact.time = "2026-11-24T05:39:00.123Z";
  event.fact.clock_state = calendar::ClockState::trusted;
  event.fact.data = R"({"number":"A001","queue":"A"})";
  event.place = {"7", 12, std::string(64, 'a')};
  return event;
}

constexpr char const* k_fact =
    R"({"clockstate":"trusted","data":{"number":"A001","queue":"A"},"datacontenttype":"application/json",)"
    R"("id":"018f0f2e-79b0-7cc3-98c4-dc0c0c07398f","source":"urn:yizhan:device:420106001001:001","specversion":"1.0",)"
    R"("subject":"018f0f2e-79b0-7cc3-98c4-dc0c0c07398e","time":"2026-11-24T05:39:00.123Z","type":"cn.yizhan.ticket.issued.v1"})";

TEST(Event, FactAndPlaceAreCanonicalJson) {
  EXPECT_EQ(canonical_fact(event().fact), k_fact);
  auto whole = json::parse(k_fact);
  whole["epoch"] = "7";
  whole["sequence"] = "0000000000000012";
  EXPECT_EQ(canonical_without_chain(event()), canonical(whole).value());
  whole["chain"] = std::string(64, 'a');
  EXPECT_EQ(to_wire(event()), canonical(whole).value());
}

TEST(Event, OptionalMembersAreAbsentRatherThanEmpty) {
  auto changed = event();
  changed.fact.subject.clear();
  changed.fact.data.clear();
  auto const plain = json::parse(to_wire(changed));
  EXPECT_FALSE(plain.contains("subject"));
  EXPECT_FALSE(plain.contains("replaces"));
  EXPECT_EQ(plain.at("data"), json::object());
  changed.fact.replaces = "018f0f2e-79b0-7cc3-98c4-dc0c0c073900";
  auto const wire = to_wire(changed);
  EXPECT_EQ(wire, canonical(json::parse(wire)).value());
  EXPECT_EQ(json::parse(wire).at("replaces"), changed.fact.replaces);
}

TEST(Event, SequencesHaveSixteenDigits) {
  EXPECT_EQ(padded(0), "0000000000000000");
  EXPECT_EQ(padded(1), "0000000000000001");
  EXPECT_EQ(padded(9007199254740991), "9007199254740991");
}

TEST(EpochReason, NamesOfTheWire) {
  EXPECT_STREQ(to_string(EpochReason::created), "created");
  EXPECT_STREQ(to_string(EpochReason::restored), "restored");
  EXPECT_STREQ(to_string(EpochReason::behind), "behind");
  EXPECT_STREQ(to_string(EpochReason::platform_lost), "platform_lost");
}

}  // namespace
}  // namespace yizhan::line

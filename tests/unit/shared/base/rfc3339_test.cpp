#include <gtest/gtest.h>

#include "shared/base/text.h"

namespace yizhan {
namespace {

constexpr std::int64_t k_example = 1'795'498'740'123'000;  // 2026-11-24T05:39:00.123Z

TEST(Rfc3339, WritesUtcWithMilliseconds) {
  EXPECT_EQ(text::to_rfc3339(k_example), "2026-11-24T05:39:00.123Z");
  EXPECT_EQ(text::to_rfc3339(0), "1970-01-01T00:00:00.000Z");
  EXPECT_EQ(text::to_rfc3339(-1), "1969-12-31T23:59:59.999Z");
}

TEST(Rfc3339, AnyOffsetMeansTheSameInstant) {
  for (auto const* spelling :
       {"2026-11-24T05:39:00.123Z", "2026-11-24T13:39:00.123+08:00", "2026-11-23t23:09:00.123-06:30",
        "2026-11-24 05:39:00.123z", "2026-11-24T05:39:00.1230009+00:00"}) {
    EXPECT_EQ(text::from_rfc3339(spelling).value(), k_example) << spelling;
  }
}

TEST(Rfc3339, ALeapSecondIsTheNextSecondsStart) {
  EXPECT_EQ(text::from_rfc3339("2016-12-31T23:59:60Z").value(), text::from_rfc3339("2017-01-01T00:00:00Z").value());
}

TEST(Rfc3339, WhatIsNoTimeIsRefused) {
  for (auto const* wrong :
       {"", "2026-11-24", "2026-11-24T05:39:00", "2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-11-24T24:00:00Z",
        "2026-11-24T05:60:00Z", "2026-11-24T05:39:61Z", "2026-11-24T05:39:00.Z", "2026-11-24T05:39:00+8:00",
        "2026-11-24T05:39:00+24:00", "2026-11-24T05:39:00Z ", "+026-11-24T05:39:00Z",
        "2026-11-24T05:39:00.1234567890123456789012345678901Z!"}) {
    EXPECT_TRUE(text::from_rfc3339(wrong).error().is("bad_time")) << wrong;
  }
}

TEST(Rfc3339, EndsOfTheScaleDoNotOverflow) {
  EXPECT_EQ(text::to_rfc3339(std::numeric_limits<std::int64_t>::max()), "9999-12-31T23:59:59.999Z");
  EXPECT_EQ(text::to_rfc3339(std::numeric_limits<std::int64_t>::min()), "0000-01-01T00:00:00.000Z");
  EXPECT_TRUE(text::from_rfc3339("9999-12-31T23:59:59-23:59").has_value());
}

}  // namespace
}  // namespace yizhan

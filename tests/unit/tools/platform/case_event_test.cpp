#include "tools/platform/case_event.h"

#include <gtest/gtest.h>

#include "shared/domain/cases/case_number.h"
#include "tools/platform/cases.h"

namespace yizhan::platform {
namespace {

TEST(CaseNumbers, AgreeWithTheDevicesOwn) {
  auto const day = calendar::BusinessDay::parse("2026-11-24").value();
  auto const device = *parse_device_urn("urn:yizhan:device:420106001001:007");
  for (int serial = 1; serial <= 500; ++serial) {
    auto number = cases::case_number("420106001001", day, "007", serial);
    ASSERT_TRUE(is_case_number(number)) << number;
    EXPECT_TRUE(is_number_of(number, device));
    EXPECT_FALSE(is_number_of(number, *parse_device_urn("urn:yizhan:device:420106001001:008")));
    EXPECT_FALSE(is_number_of(number, *parse_device_urn("urn:yizhan:device:420106001002:007")));
    auto& digit = number[static_cast<std::size_t>(serial) % number.size()];
    digit = digit == '9' ? '0' : static_cast<char>(digit + 1);
    EXPECT_FALSE(is_case_number(number)) << "one wrong digit is always found";
  }
  EXPECT_FALSE(is_case_number(""));
  EXPECT_FALSE(is_case_number(std::string(28, 'x')));
}

TEST(CaseStates, TogetherAreWhatIsFurthestBehind) {
  EXPECT_EQ(overall_state({"decided", "supplement", "accepted"}), "supplement");
  EXPECT_EQ(overall_state({"decided", "accepted", "refused"}), "accepted");
  EXPECT_EQ(overall_state({"accepted", "suspended"}), "suspended");
  EXPECT_EQ(overall_state({"refused", "decided", "withdrawn"}), "decided");
  EXPECT_EQ(overall_state({"refused", "withdrawn"}), "refused");
  EXPECT_EQ(overall_state({"withdrawn"}), "withdrawn");
}

}  // namespace
}  // namespace yizhan::platform

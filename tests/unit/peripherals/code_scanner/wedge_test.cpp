#include "peripherals/code_scanner/wedge.h"

#include <gtest/gtest.h>

namespace yizhan::code_scanner {
namespace {

TEST(Wedge, PrefixAndEndMakeACodeOurs) {
  WedgeOptions const options{.prefix = "~#", .aim_identifier = true};
  for (auto const* text : {"~#]Q1A001", "]Q1~#A001"}) {
    auto const code = judge_typed({text, TypedEnd::enter, true}, options);
    ASSERT_TRUE(code && *code);
    EXPECT_EQ((*code)->text, "A001");
    EXPECT_EQ((*code)->format, "QRCode");
  }
  EXPECT_FALSE(judge_typed({"A001", TypedEnd::enter, true}, options));
  EXPECT_FALSE(judge_typed({"~#A001", TypedEnd::tab, true}, options));
  EXPECT_FALSE(judge_typed({"~#A001", TypedEnd::silence, true}, options));
  EXPECT_FALSE(judge_typed({"", TypedEnd::enter, true}, options));
}

TEST(Wedge, WithoutAPrefixNothingIsOurs) { EXPECT_FALSE(judge_typed({"A001", TypedEnd::enter, true}, WedgeOptions{})); }

TEST(Wedge, KeysThatCommandAreNoText) {
  auto const code = judge_typed({"~#A001", TypedEnd::enter, false}, WedgeOptions{.prefix = "~#"});
  ASSERT_TRUE(code);
  EXPECT_TRUE(code->error().is("code_not_text"));
}

TEST(Wedge, TooLongIsTold) {
  auto const code = judge_typed({"~#" + std::string(4097, 'A'), TypedEnd::enter, true}, WedgeOptions{.prefix = "~#"});
  ASSERT_TRUE(code);
  EXPECT_TRUE(code->error().is("code_too_long"));
}

}  // namespace
}  // namespace yizhan::code_scanner

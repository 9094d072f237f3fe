#include <gtest/gtest.h>

#include "shared/base/result.h"

namespace yizhan {
namespace {

Result<int> half(int value) {
  if (value % 2 != 0) return Error::make("odd", Retry::later, std::to_string(value));
  return value / 2;
}
Result<int> quarter(int value) {
  int const first = TRY(half(value));
  return TRY(half(first));
}
Result<void> only_even(int value) {
  TRY(half(value));
  return {};
}

TEST(Try, YieldsTheValueOrReturnsTheError) {
  EXPECT_EQ(quarter(8).value(), 2);
  EXPECT_TRUE(quarter(6).error().is("odd"));
  EXPECT_EQ(quarter(6).error().detail(), "3");
  EXPECT_TRUE(only_even(2));
  EXPECT_FALSE(only_even(3));
}

TEST(Error, NamesItsPlaceAndItsCauseInOneLine) {
  auto const error = Error::make("database_locked").caused_by(half(3).error());
  auto const line = error.to_line();
  EXPECT_EQ(line.find("database_locked (error_test.cpp:"), 0U) << line;
  EXPECT_NE(line.find("; because odd: 3 (error_test.cpp:"), std::string::npos) << line;
  EXPECT_FALSE(error.retryable());
  EXPECT_TRUE(error.cause()->retryable());
}

TEST(Result, ValueOrFallsBack) {
  EXPECT_EQ(half(4).value_or(9), 2);
  EXPECT_EQ(half(3).value_or(9), 9);
}

}  // namespace
}  // namespace yizhan

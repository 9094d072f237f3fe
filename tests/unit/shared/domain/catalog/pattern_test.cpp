#include "shared/domain/catalog/pattern.h"

#include <gtest/gtest.h>

#include <chrono>
#include <string>

namespace yizhan::catalog {
namespace {

TEST(Pattern, HoldsForTheWholeValue) {
  auto const pattern = Pattern::compile("[0-9]{6}").value();
  EXPECT_TRUE(pattern.matches("430000"));
  EXPECT_FALSE(pattern.matches("4300001"));
  EXPECT_FALSE(pattern.matches("x430000"));
  EXPECT_TRUE(Pattern::compile("\\p{Han}{2,4}").value().matches("张三丰"));
}

TEST(Pattern, RefusesWhatOthersCouldNotComeBackFrom) {
  for (auto const* bad : {"(a+)+", "(a*)*b", "((a|b)+c)*", "(x{2,}y)+", "([)]+)+"}) {
    EXPECT_FALSE(Pattern::compile(bad).has_value()) << bad;
  }
  for (auto const* good : {"(ab)+", "(a{2}){3}", "a+b+", "[(+)]+x*", "\\(a+\\)+", "(a+b)?", "[]+]+"}) {
    EXPECT_TRUE(Pattern::compile(good).has_value()) << good;
  }
  EXPECT_FALSE(Pattern::compile(std::string(201, 'a')).has_value());
  EXPECT_FALSE(Pattern::compile("(?=a)").has_value());
}

TEST(Pattern, TakesNoLongerThanTheTextIsLong) {
  // With back-tracking this would be 2^200 steps.
  auto const pattern = Pattern::compile("(a|aa)*b").value_or(Pattern::compile("(a|aa){0,900}b").value());
  EXPECT_FALSE(pattern.matches(std::string(200, 'a')));
}

}  // namespace
}  // namespace yizhan::catalog

/// No rule runs away, whatever it is and whatever it is given.
#include <gtest/gtest.h>

#include "shared/domain/rules/json_logic.h"

namespace yizhan::rules {
namespace {

using nlohmann::json;

std::string nested(int depth, std::string const& open, std::string const& close) {
  std::string text;
  for (int i = 0; i < depth; ++i) text += open;
  text += "1";
  for (int i = 0; i < depth; ++i) text += close;
  return text;
}

template <class T>
std::string code_of(Result<T> const& result) {
  return result ? "none" : std::string(result.error().code());
}

TEST(RuleLimits, TenThousandLevelsAreRefusedBeforeAnythingIsBuilt) {
  EXPECT_EQ(code_of(Rule::parse_text(nested(10'000, R"({"!":[)", "]}"))), "rule_too_deep");
  EXPECT_EQ(code_of(Rule::parse_text(nested(400'000, "[", "]"))), "rule_too_deep");
  EXPECT_EQ(code_of(Rule::parse_text(std::string(900'000, '['))), "rule_too_deep");
  EXPECT_EQ(code_of(parse_json(nested(10'000, "[", "]"))), "rule_too_deep");
}

TEST(RuleLimits, AValueOfTenThousandLevelsIsRefusedToo) {
  auto logic = json(1);
  for (int i = 0; i < 10'000; ++i) {
    auto outer = json::object();
    outer["!"] = std::move(logic);
    logic = std::move(outer);
  }
  auto const parsed = Rule::parse(logic);
  ASSERT_EQ(code_of(parsed), "rule_too_deep");
  EXPECT_TRUE(parsed.error().detail().starts_with("/!/!/!")) << parsed.error().detail();
  EXPECT_LT(parsed.error().detail().size(), 300u);
}

TEST(RuleLimits, JustTheDepthPasses) {
  Limits limits;
  limits.depth = 6;
  EXPECT_EQ(code_of(Rule::parse_text(nested(3, R"({"!":[)", "]}"), limits)), "none");
  EXPECT_EQ(code_of(Rule::parse_text(nested(4, R"({"!":[)", "]}"), limits)), "rule_too_deep");
  EXPECT_EQ(code_of(Rule::parse_text(R"({"==":["[[[[[[[[","\"[[[[[[["]})", limits)), "none");
}

TEST(RuleLimits, TooManyValues) {
  Limits limits;
  limits.nodes = 5;
  EXPECT_EQ(code_of(Rule::parse_text("[1,2,3,4]", limits)), "none");
  EXPECT_EQ(code_of(Rule::parse_text("[1,2,3,4,5]", limits)), "rule_too_large");
  EXPECT_EQ(code_of(parse_json("[" + std::string(30'000, ',') + "]")), "rule_too_large");
  EXPECT_EQ(code_of(parse_json('"' + std::string(1'000'001, 'a') + '"')), "rule_too_large");
}

TEST(RuleLimits, WhatIsNoJsonSaysWhere) {
  auto const parsed = Rule::parse_text(R"({"and": [1,})");
  ASSERT_EQ(code_of(parsed), "rule_malformed");
  EXPECT_EQ(parsed.error().detail(), "byte 12");
  EXPECT_EQ(code_of(parse_json("1e999")), "rule_malformed");
  EXPECT_EQ(code_of(parse_json("")), "rule_malformed");
  EXPECT_EQ(code_of(parse_json("\"\xff\"")), "rule_malformed");
}

json list_of(int count) {
  auto list = json::array();
  for (int i = 0; i < count; ++i) list.push_back(i);
  return list;
}

TEST(RuleLimits, LoopsWithinLoopsEnd) {
  // 100 to the fifth steps.
  auto logic = json::parse(R"({"var":""})");
  for (int i = 0; i < 5; ++i) logic = json{{"map", {list_of(100), logic}}};
  auto const parsed = Rule::parse(logic);
  ASSERT_EQ(code_of(parsed), "none");
  EXPECT_EQ(code_of(parsed->evaluate(nullptr)), "rule_too_long");
  EXPECT_EQ(code_of(parsed->test(nullptr)), "rule_too_long");
}

TEST(RuleLimits, WhatDoublesEndsBeforeMemoryDoes) {
  for (char const* op : {"cat", "merge"}) {
    auto const logic = json::parse(R"({"reduce":[{"var":""},{")" + std::string(op) +
                                   R"(":[{"var":"accumulator"},{"var":"accumulator"}]},["abcdefgh"]]})");
    auto const parsed = Rule::parse(logic);
    ASSERT_EQ(code_of(parsed), "none");
    EXPECT_EQ(code_of(parsed->evaluate(list_of(64))), "rule_too_long") << op;
  }
}

TEST(RuleLimits, ListsThatNestWithEachStepEnd) {
  auto const parsed = Rule::parse_text(R"({"reduce":[{"var":""},[{"var":"accumulator"}],0]})");
  ASSERT_EQ(code_of(parsed), "none");
  EXPECT_EQ(code_of(parsed->evaluate(list_of(10'000))), "rule_too_deep");
  auto const as_text = Rule::parse_text(R"({"cat":{"reduce":[{"var":""},[{"var":"accumulator"}],0]}})");
  EXPECT_EQ(code_of(as_text->evaluate(list_of(10'000))), "rule_too_deep");
  EXPECT_EQ(code_of(as_text->evaluate(list_of(100))), "none");
}

TEST(RuleLimits, DeepDataAreReadButNotCopied) {
  auto data = json(1);
  for (int i = 0; i < 5'000; ++i) {
    auto outer = json::object();
    outer["a"] = std::move(data);
    data = std::move(outer);
  }
  EXPECT_EQ(code_of(Rule::parse_text(R"({"var":"a"})")->evaluate(data)), "rule_too_deep");
  EXPECT_TRUE(*Rule::parse_text(R"({"!!":{"var":"a.a.a"}})")->test(data));
}

TEST(RuleLimits, LongTextsCostMoreSteps) {
  json const data = {{"long", std::string(900'000, 'a')}, {"other", std::string(900'000, 'a')}};
  auto compare = json::array();
  for (int i = 0; i < 100; ++i) compare.push_back(json::parse(R"({"===":[{"var":"long"},{"var":"other"}]})"));
  EXPECT_EQ(code_of(Rule::parse(compare)->evaluate(data)), "rule_too_long");
}

TEST(RuleLimits, SearchingARepeatedTextIsLinear) {
  // A simple search takes a quarter of 10^12 comparisons here.
  json const data = {{"hay", std::string(1'000'000, 'a')}, {"needle", std::string(500'000, 'a') + "b"}};
  EXPECT_FALSE(*Rule::parse_text(R"({"in":[{"var":"needle"},{"var":"hay"}]})")->test(data));
}

}  // namespace
}  // namespace yizhan::rules

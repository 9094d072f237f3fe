/// JsonLogic as others use it. That its operators mean what the reference means is shown in tests/functional/rules.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "shared/domain/rules/json_logic.h"

namespace yizhan::rules {
namespace {

using nlohmann::json;
using testing::ElementsAre;
using testing::IsEmpty;

Rule rule(char const* text) {
  auto parsed = Rule::parse_text(text);
  EXPECT_TRUE(parsed) << text;
  return parsed ? *parsed : *Rule::parse(nullptr);
}
json value(char const* text, json const& data = nullptr) {
  auto const result = rule(text).evaluate(data);
  return result ? *result : json(std::string(result.error().code()));
}

TEST(JsonLogic, DecidesAsAFormAsks) {
  auto const eligible = rule(R"({"and":[{">=":[{"var":"age"},60]},{"in":[{"var":"district"},["420106","420103"]]}]})");
  EXPECT_TRUE(*eligible.test({{"age", 61}, {"district", "420106"}}));
  EXPECT_FALSE(*eligible.test({{"age", 59}, {"district", "420106"}}));
  EXPECT_TRUE(*eligible.test({{"age", "70"}, {"district", "420103"}}));
  EXPECT_FALSE(*eligible.test(json::object()));
}

TEST(JsonLogic, GivesWhatJsonCanHold) {
  EXPECT_EQ(value(R"({"/":[1,0]})"), nullptr);
  EXPECT_EQ(value(R"({"-":["x"]})"), nullptr);
  EXPECT_EQ(value(R"({"and":[]})"), nullptr);
  EXPECT_EQ(value(R"({"+":[0.5,0.5]})").dump(), "1");
  EXPECT_EQ(value(R"({"substr":["😀",0,1]})"), "\xef\xbf\xbd");
  EXPECT_EQ(value(R"({"reduce":[[1],{"var":""},{"and":[]}]})"), (json{{"current", 1}}));
}

TEST(JsonLogic, ObjectsOfOneMemberAreOperatorsOthersAreData) {
  EXPECT_EQ(value(R"([{"a":1,"b":{"nonsense":2}},{},{"+":[1,2]}])"),
            json::parse(R"([{"a":1,"b":{"nonsense":2}},{},3])"));
  EXPECT_EQ(value(R"({"log":[{"x":1,"y":2}]})"), (json{{"x", 1}, {"y", 2}}));
}

TEST(JsonLogic, UnknownOperatorsAreRefusedAlsoWhereTheyAreNeverReached) {
  auto const refused = [](char const* text) {
    auto const parsed = Rule::parse_text(text);
    EXPECT_FALSE(parsed && true) << text;
    return parsed ? std::string() : std::string(parsed.error().code()) + " " + parsed.error().detail();
  };
  EXPECT_EQ(refused(R"({"if":[true,1,{"nonsense":2}]})"), "rule_unknown_operator /if/2/nonsense");
  EXPECT_EQ(refused(R"([1,{"or":[1,[{"a/b~c":1}]]}])"), "rule_unknown_operator /1/or/1/0/a~1b~0c");
  EXPECT_EQ(refused(R"({"!":{"Var":"x"}})"), "rule_unknown_operator /!/Var");
  EXPECT_EQ(refused(R"({"cat.call":[1]})"), "rule_unknown_operator /cat.call");
  EXPECT_EQ(refused(R"({"":1})"), "rule_unknown_operator /");
}

TEST(JsonLogic, DataNeverBringsARuleOfItsOwn) {
  json const data = {{"keys", {{{"var", "secret"}}}}, {"secret", "here"}};
  // The reference looks `secret` up and finds `here` missing; here the key is an object without meaning.
  EXPECT_EQ(value(R"({"missing":[{"var":"keys"}]})", data), data["keys"]);
}

TEST(JsonLogic, WhatJavaScriptsObjectsAreBornWithIsNotInTheData) {
  for (char const* name : {"constructor", "toString", "__proto__", "hasOwnProperty", "length"}) {
    EXPECT_EQ(value((R"({"var":")" + std::string(name) + "\"}").c_str(), json::object()), nullptr) << name;
  }
}

TEST(JsonLogic, OperatorsWithoutWhatTheyNeedSayWhich) {
  auto const result = rule(R"({"*":[]})").evaluate(nullptr);
  ASSERT_FALSE(result && true);
  EXPECT_EQ(result.error().detail(), "*: at least one factor is wanted");
  EXPECT_EQ(value(R"({"missing_some":[1,null]})"), "rule_bad_operand");
}

TEST(JsonLogic, VariablesAreTheNamesInTheData) {
  auto const names = rule(R"({"if":[{"missing":["b","a.x"]},{"var":["c",{"var":"d"}]},
                              {"missing_some":[1,["e","a.x"]]},{"var":7},
                              {"filter":[{"var":"list"},{"var":"inside"}]},
                              {"reduce":[{"var":"items"},{"+":[{"var":"current.n"},{"var":"accumulator"}]},
                                         {"var":"start"}]}]})");
  EXPECT_THAT(names.variables(), ElementsAre("7", "a.x", "b", "c", "d", "e", "items", "list", "start"));
  EXPECT_FALSE(names.dynamic());
}

TEST(JsonLogic, ComputedNamesAndTheWholeDataMakeItDynamic) {
  for (char const* text :
       {R"({"var":{"cat":["a",1]}})", R"({"var":""})", R"({"var":[]})", R"({"var":null})",
        R"({"missing":{"merge":["a"]}})", R"({"missing_some":[1,{"var":"names"}]})", R"({"missing":[["a",""]]})"}) {
    EXPECT_TRUE(rule(text).dynamic()) << text;
  }
  EXPECT_FALSE(rule(R"({"map":[{"var":"list"},{"var":""}]})").dynamic());
  EXPECT_THAT(rule("[1,2]").variables(), IsEmpty());
}

TEST(JsonLogic, TruthyAsJsonLogicDefinesIt) {
  for (char const* text : {"false", "null", "0", "-0.0", "\"\"", "[]"}) EXPECT_FALSE(truthy(json::parse(text))) << text;
  for (char const* text : {"true", "1", "\"0\"", "{}", "[0]"}) EXPECT_TRUE(truthy(json::parse(text))) << text;
}

TEST(JsonLogic, CopiesOfARuleOutliveIt) {
  auto original = std::make_unique<Rule>(rule(R"({"cat":["号","票",{"var":"n"}]})"));
  auto const copy = *original;
  original.reset();
  EXPECT_EQ(*copy.evaluate({{"n", 12}}), "号票12");
}

}  // namespace
}  // namespace yizhan::rules

// Conditions that can never hold, ask for what is not there, or are no rules at all.
#include "tests/unit/shared/domain/catalog/small_hall.h"

namespace yizhan::catalog {
namespace {

using nlohmann::json;

/// The only finding after `rule` stands at `pointer`.
Finding only(std::string const& pointer, char const* rule) {
  auto hall = small_hall();
  hall[json::json_pointer(pointer)] = json::parse(rule);
  auto const findings = check_catalog(hall.dump());
  std::string all;
  for (auto const& finding : findings) all += finding.pointer + ": " + finding.what + "\n";
  EXPECT_EQ(findings.size(), 1U) << all;
  return findings.empty() ? Finding{} : findings.front();
}

constexpr char const* k_kin = "/items/0/questions/1/when";
constexpr char const* k_outcome = "/items/0/outcomes/1/when";
constexpr char const* k_visible = "/forms/0/sections/0/fields/2/visible";

TEST(Conditions, OfAnUnknownOperatorAreNamedInsideTheRule) {
  auto const finding = only(k_kin, R"({"and": [true, {"eval": [1]}]})");
  EXPECT_EQ(finding.pointer, std::string(k_kin) + "/and/1/eval");
  EXPECT_EQ(finding.what, "no operator of JsonLogic");
}

TEST(Conditions, NestedTooDeepOrTooLargeAreRefused) {
  std::string deep = "true";
  for (int i = 0; i < 20; ++i) deep = R"({"!":[)" + deep + "]}";
  EXPECT_EQ(only(k_kin, deep.c_str()).what, "the rule is nested too deep (32)");
  std::string wide = "true";
  for (int i = 0; i < 2'001; ++i) wide += ",true";
  EXPECT_EQ(only(k_kin, (R"({"and":[)" + wide + "]}").c_str()).what, "the rule is too large (2,000 values)");
}

TEST(Conditions, AskOnlyWhatIsKnown) {
  EXPECT_EQ(only(k_kin, R"({"==": [{"var": "answers.whom"}, "other"]})").pointer, std::string(k_kin) + "/==/0/var");
  EXPECT_EQ(only(k_kin, R"({"==": [{"var": "answers.whom"}, "other"]})").what,
            "no question of that id is asked before: whom");
  EXPECT_EQ(only(k_kin, R"({"<": [{"var": ["person.size", 1]}, 3]})").pointer, std::string(k_kin) + "/</0/var/0");
  EXPECT_EQ(only(k_kin, R"({"missing": ["person.age", "fields.x"]})").what, "no such field: x");
  EXPECT_EQ(only(k_kin, R"({"!": [{"var": ""}]})").what, "names no fact");
  EXPECT_EQ(only(k_kin, R"({"!": [{"var": "now"}]})").what, "no such fact: now");
  EXPECT_EQ(only(k_visible, R"({"!": [{"var": "fields.gone"}]})").what, "no such field: gone");
  EXPECT_EQ(only(k_visible, R"({"!": [{"var": "fields.how.x"}]})").what, "a field of this kind has no parts: how.x");
}

TEST(Conditions, QuestionsDoNotDependOnThemselvesOrLaterOnes) {
  EXPECT_EQ(only("/items/0/questions/0/when", R"({"!=": [{"var": "answers.kin"}, "yes"]})").what,
            "no question of that id is asked before: kin");
  EXPECT_EQ(only(k_kin, R"({"!=": [{"var": "answers.kin"}, "yes"]})").what,
            "no question of that id is asked before: kin");
}

TEST(Conditions, CompareWithChoicesThatThereAre) {
  auto finding = only(k_kin, R"({"!=": [{"var": "answers.who"}, "nobody"]})");
  EXPECT_EQ(finding.pointer, std::string(k_kin) + "/!=/1");
  EXPECT_EQ(finding.what, "no choice of answers.who");
  EXPECT_EQ(only(k_kin, R"({"in": [{"var": "answers.who"}, ["self", "them"]]})").pointer,
            std::string(k_kin) + "/in/1/1");
  EXPECT_EQ(only(k_visible, R"({"===": ["mail", {"var": "fields.how"}]})").pointer, std::string(k_visible) + "/===/0");
}

TEST(Conditions, ThatCanNeverHoldAreFoundByTryingTheChoices) {
  // Each comparison alone is possible.
  auto const finding =
      only(k_kin, R"({"and": [{"==": [{"var": "answers.who"}, "self"]}, {"==": [{"var": "answers.who"}, "other"]}]})");
  EXPECT_EQ(finding.pointer, k_kin);
  EXPECT_EQ(finding.what, "can never hold: the question is never asked");
  EXPECT_EQ(
      only(k_visible, R"({"and": [{"==": [{"var": "fields.how"}, "post"]}, {"==": [{"var": "fields.children"}, 1]},
                                        {">": [{"var": "fields.children"}, 1]}]})")
          .what,
      "can never hold: the field is never shown");
  EXPECT_EQ(only("/bundles/0/parts/1/when",
                 R"({"and": [{"<": [{"var": "person.age"}, 60]}, {">": [{"var": "person.age"}, 60]}]})")
                .what,
            "can never hold: the part is never done");
  EXPECT_EQ(only("/items/0/materials/1/when", R"({"==": [{"var": "person.sex"}, "other"]})").what,
            "can never hold: the material is never asked for");
}

TEST(Conditions, KnowThatAQuestionIsAskedOnlyWhereItApplies) {
  // "kin" is asked of "other" only, so nobody who said "self" has an answer to it.
  auto const finding = only(
      k_outcome, R"({"and": [{"==": [{"var": "answers.who"}, "self"]}, {"==": [{"var": "answers.kin"}, "yes"]}]})");
  EXPECT_EQ(finding.pointer, k_outcome);
  EXPECT_EQ(finding.what, "can never hold: the outcome is never reached");
}

TEST(Conditions, OutcomesBehindOneThatAlwaysHoldsAreNeverReached) {
  auto const finding = only(k_outcome, "true");
  EXPECT_EQ(finding.pointer, "/items/0/outcomes/2");
  EXPECT_EQ(finding.what, "is never reached: others before it hold whenever it does");
}

TEST(Conditions, ThatAlwaysHoldAreWorthALook) {
  auto const finding = only(k_kin, R"({"in": [{"var": "answers.who"}, ["self", "other"]]})");
  EXPECT_EQ(finding.what, "always holds");
  EXPECT_FALSE(finding.error);
}

TEST(Conditions, OnAgesAndDaysAreTriedAroundTheirConstants) {
  for (auto const* good : {R"({">=": [{"var": "person.age"}, 80]})", R"({"<": [60, {"var": "person.age"}, 65]})",
                           R"({"and": [{"var": "person.verified"}, {"==": [{"var": "person.sex"}, "female"]}]})",
                           R"({"<": [{"var": "today"}, "2026-07-01"]})", R"({"!": [{"var": "person.age"}]})",
                           R"({"==": [{"substr": [{"var": "person.area"}, 0, 4]}, "4201"]})",
                           R"({"==": [{"var": "person.document"}, "passport"]})"}) {
    auto hall = small_hall();
    hall[json::json_pointer(k_kin)] = json::parse(good);
    for (auto const& finding : check_catalog(hall.dump())) ADD_FAILURE() << good << finding.pointer << finding.what;
  }
}

TEST(Conditions, OnTwoNumbersOfAFormCanHoldAndFail) {
  auto hall = small_hall();
  auto& fields = hall["forms"][0]["sections"][0]["fields"];
  auto number = fields[3];
  number["id"] = "at_home";
  fields.insert(fields.begin() + 4, number);
  auto free = number;
  free["id"] = "free";
  free.erase("minimum");
  free.erase("maximum");
  fields.insert(fields.begin() + 5, free);
  free["id"] = "free_too";
  fields.insert(fields.begin() + 6, free);
  auto const of_two = [](char const* compare, char const* left, char const* right) {
    return json{{compare, {{{"var", std::string("fields.") + left}}, {{"var", std::string("fields.") + right}}}}};
  };
  for (auto const* compare : {"<", ">", "<=", ">=", "==", "!="}) {
    for (auto const& [left, right] :
         {std::pair{"at_home", "children"}, {"free", "children"}, {"children", "free"}, {"free", "free_too"}}) {
      fields[7]["visible"] = of_two(compare, left, right);
      for (auto const& finding : check_catalog(hall.dump()))
        ADD_FAILURE() << left << compare << right << ' ' << finding.pointer << ": " << finding.what;
    }
  }
  fields[7]["visible"] = {{"and", {of_two("<", "free", "children"), of_two("<", "children", "free")}}};
  auto const findings = check_catalog(hall.dump());
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].what, "can never hold: the field is never shown");
}

TEST(Conditions, WithMoreCasesThanCanBeTriedAreTakenAsTheyAre) {
  auto hall = small_hall();
  auto rule = json::array();
  auto& questions = hall["items"][0]["questions"];
  for (int i = 0; i < 13; ++i) {
    auto question = questions[0];
    question["id"] = "q" + std::to_string(i);
    questions.push_back(question);
    rule.push_back({{"==", {{{"var", "answers.q" + std::to_string(i)}}, "self"}}});
  }
  rule.push_back({{"==", {{{"var", "answers.q0"}}, "other"}}});
  hall["items"][0]["outcomes"][1]["when"] = {{"and", rule}};
  for (auto const& finding : check_catalog(hall.dump())) ADD_FAILURE() << finding.pointer << finding.what;
}

}  // namespace
}  // namespace yizhan::catalog

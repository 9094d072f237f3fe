#include "shared/domain/catalog/guidance.h"

#include "tests/unit/shared/domain/catalog/small_hall.h"

namespace yizhan::catalog {
namespace {

struct Guidance : testing::Test {
  Catalog catalog = parse_catalog(small_hall().dump()).value();
  Facts facts;
  calendar::BusinessDay today = calendar::BusinessDay::parse("2026-11-24").value();

  Verdict verdict(char const* code) { return judge(catalog, catalog.matter(code), facts, today); }
  std::string next(char const* code) {
    auto const* const question = next_question(catalog.matter(code), facts);
    return question ? question->id : "";
  }
  void use(char const* patch) { catalog = parse_catalog(patched(patch).dump()).value(); }
};

std::vector<std::string> ids(std::vector<Material> const& materials) {
  std::vector<std::string> out;
  for (auto const& material : materials) out.push_back(material.id);
  return out;
}

TEST_F(Guidance, AsksOnlyWhatApplies) {
  EXPECT_EQ(next("card"), "who");
  facts.set_answer("who", "self");
  EXPECT_EQ(next("card"), "");
  facts.set_answer("who", "other");
  EXPECT_EQ(next("card"), "kin");
  facts.set_answer("kin", "yes");
  EXPECT_EQ(next("card"), "");
  EXPECT_EQ(questions(catalog.matter("card"), facts).size(), 2U);
}

TEST_F(Guidance, AnAnswerToAQuestionThatNoLongerAppliesCountsNothing) {
  facts.set_answer("who", "other");
  facts.set_answer("kin", "no");
  EXPECT_FALSE(verdict("card").eligible);
  facts.set_answer("who", "self");  // the answer about kin is still there
  EXPECT_TRUE(verdict("card").eligible);
  EXPECT_TRUE(verdict("card").at(Channel::kiosk));
}

TEST_F(Guidance, SaysWhereAndWhyNot) {
  facts.set_answer("who", "other");
  facts.set_answer("kin", "yes");
  auto const there = verdict("card");
  EXPECT_TRUE(there.eligible);
  EXPECT_FALSE(there.at(Channel::kiosk));
  EXPECT_TRUE(there.at(Channel::counter));
  EXPECT_EQ(ids(there.materials), (std::vector<std::string>{"id_card", "letter"}));
  facts.set_answer("kin", "no");
  auto const nowhere = verdict("card");
  EXPECT_FALSE(nowhere.eligible);
  EXPECT_TRUE(nowhere.places.empty());
  ASSERT_NE(nowhere.outcome, nullptr);
  EXPECT_EQ(nowhere.outcome->service, "pension");
}

TEST_F(Guidance, WithoutOutcomesAMatterCanBeDoneAtEachOfItsPlaces) {
  auto const result = verdict("pension");
  EXPECT_TRUE(result.eligible);
  EXPECT_EQ(result.outcome, nullptr);
  EXPECT_TRUE(result.at(Channel::phone));
}

TEST_F(Guidance, WhatIsNotInForceTodayIsNotDone) {
  today = calendar::BusinessDay::parse("2027-01-01").value();
  EXPECT_FALSE(verdict("pension").eligible);
  EXPECT_EQ(verdict("both").parts.size(), 1U) << "and is no part of a bundle";
}

TEST_F(Guidance, TheCardThatWasReadStandsForItself) {
  facts.set_answer("who", "self");
  EXPECT_FALSE(verdict("card").materials.at(0).from_card);
  identity::Person person;
  person.number = SecretText("420106199003070016");
  person.verification = identity::Verification::card_read;
  facts.set_person(&person, today);
  EXPECT_TRUE(verdict("card").materials.at(0).from_card);
  EXPECT_FALSE(verdict("card").materials.size() > 1 && verdict("card").materials.at(1).from_card);
  person.verification = identity::Verification::typed;
  facts.set_person(&person, today);
  EXPECT_FALSE(verdict("card").materials.at(0).from_card);
}

TEST_F(Guidance, PartsStandBehindThoseTheyWaitFor) {
  use(R"([{"op":"replace","path":"/bundles/0/parts","value":[{"item":"pension","after":["card"]},{"item":"card"}]}])");
  auto const result = verdict("both");
  ASSERT_EQ(result.parts.size(), 2U);
  EXPECT_EQ(result.parts[0]->code, "card");
  EXPECT_EQ(result.parts[1]->code, "pension");
}

TEST_F(Guidance, PartsThatDoNotApplyAreWaitedForByNobody) {
  facts.set_answer("who", "other");
  EXPECT_EQ(verdict("both").parts.size(), 1U);
  facts.set_answer("who", "self");
  EXPECT_EQ(verdict("both").parts.size(), 2U);
}

TEST_F(Guidance, PapersOfPartsAreAskedForOnceAndAsTheStricterPartWants) {
  use(R"([{"op":"replace","path":"/items/0/materials/1/when","value":true},
          {"op":"add","path":"/items/1/materials/-","value":{"id":"letter","necessity":2,"original":true,"pages":3}}])");
  facts.set_answer("who", "self");
  auto result = verdict("both");
  ASSERT_EQ(ids(result.materials), (std::vector<std::string>{"id_card", "letter"}));
  EXPECT_EQ(result.materials[1].necessity, Necessity::tolerated)
      << "optional for one, to be brought later for the other";
  EXPECT_EQ(result.materials[1].tolerate_days, 5);
  EXPECT_TRUE(result.materials[1].original);
  EXPECT_EQ(result.materials[1].pages, 3);

  use(R"([{"op":"replace","path":"/items/0/materials/1/when","value":true},{"op":"add","path":"/items/1/materials/-","value":"letter"}])");
  result = verdict("both");
  EXPECT_EQ(result.materials.at(1).necessity, Necessity::required) << "one part does not wait";
}

}  // namespace
}  // namespace yizhan::catalog

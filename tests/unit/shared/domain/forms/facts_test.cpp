#include "shared/domain/catalog/facts.h"

#include <gtest/gtest.h>

#include "tests/unit/shared/domain/forms/a_form.h"

namespace yizhan::catalog {
namespace {

using Json = nlohmann::json;

Json person_of(identity::Person const& person, char const* today = "2026-11-24") {
  Facts facts;
  facts.set_person(&person, forms::day(today));
  return facts.data["person"];
}

TEST(Facts, ACardTellsAgeSexAndArea) {
  EXPECT_EQ(person_of(forms::zhang_san()), Json({{"known", true},
                                                 {"verified", true},
                                                 {"document", "id_card"},
                                                 {"age", 36},
                                                 {"sex", "male"},
                                                 {"area", "420106"}}));
}

TEST(Facts, TheNumberAloneTellsThemToo) {
  identity::Person person;
  person.number = SecretText("42010219850615123X");
  person.verification = identity::Verification::code;
  auto const facts = person_of(person);
  EXPECT_EQ(facts["known"], true);
  EXPECT_EQ(facts["verified"], false);
  EXPECT_EQ(facts["age"], 41);
  EXPECT_EQ(facts["sex"], "male");
  EXPECT_EQ(facts["area"], "420102");
  person.number = SecretText("420106195211020023");  // an even sequence
  EXPECT_EQ(person_of(person)["sex"], "female");
  person.number = SecretText("420106900307001");  // of fifteen places
  EXPECT_EQ(person_of(person)["age"], 36);
  person.number = SecretText("926840199001010014");  // permanent residents: neither area nor sex
  EXPECT_EQ(person_of(person)["age"], 36);
  EXPECT_TRUE(person_of(person)["area"].is_null());
  EXPECT_TRUE(person_of(person)["sex"].is_null());
}

TEST(Facts, AgeIsInCompletedYears) {
  identity::Person person;
  person.birth = SecretText("2008-11-24");
  EXPECT_EQ(person_of(person, "2026-11-23")["age"], 17);
  EXPECT_EQ(person_of(person, "2026-11-24")["age"], 18);
  person.birth = SecretText("2008-02-29");
  EXPECT_EQ(person_of(person, "2026-02-28")["age"], 17);
  EXPECT_EQ(person_of(person, "2026-03-01")["age"], 18);
  person.birth = SecretText("2030-01-01");
  EXPECT_TRUE(person_of(person)["age"].is_null());
  person.birth = SecretText();
  person.birth_year = "1952";
  EXPECT_EQ(person_of(person)["age"], 74);
}

TEST(Facts, AWrongNumberTellsNothing) {
  identity::Person person;
  person.number = SecretText("420106199003070017");
  EXPECT_TRUE(person_of(person)["age"].is_null());
  EXPECT_TRUE(person_of(person)["area"].is_null());
  person.kind = identity::DocumentKind::passport;
  person.number = SecretText("420106199003070016");  // a passport's number is no ID number
  EXPECT_TRUE(person_of(person)["area"].is_null());
}

TEST(Facts, NobodyIsNobody) {
  Facts facts;
  auto const nobody = facts.data;
  auto const person = forms::zhang_san();
  facts.set_person(&person, forms::day("2026-11-24"));
  facts.set_person(nullptr, forms::day("2026-11-24"));
  EXPECT_EQ(facts.data["person"], nobody["person"]);
  EXPECT_EQ(facts.data["person"]["known"], false);
  EXPECT_EQ(facts.data["today"], "2026-11-24");
}

TEST(Facts, AnswersAndFieldsComeAndGo) {
  Facts facts;
  facts.set_answer("why", "lost");
  facts.set_field("copies", 2);
  EXPECT_EQ(facts.answers(), Json({{"why", "lost"}}));
  EXPECT_EQ(facts.fields(), Json({{"copies", 2}}));
  facts.forget_answer("why");
  facts.set_field("copies", nullptr);
  EXPECT_TRUE(facts.answers().empty());
  EXPECT_TRUE(facts.fields().empty());
}

}  // namespace
}  // namespace yizhan::catalog

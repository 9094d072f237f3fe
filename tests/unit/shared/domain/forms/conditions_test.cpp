#include <gtest/gtest.h>

#include "tests/unit/shared/domain/forms/a_form.h"

namespace yizhan::forms {
namespace {

using Json = nlohmann::json;
using Codes = std::vector<std::string>;

Field shown_if(std::string id, char const* condition) {
  auto made = field(std::move(id));
  made.visible = rule(condition);
  return made;
}

TEST(Conditions, AFieldShowsAndHidesAsAnotherChanges) {
  auto const form = form_of({field("married"), shown_if("spouse", R"({"==":[{"var":"fields.married"},"yes"]})")});
  auto state = fill(form);
  auto const& spouse = form.sections[0].fields[1];
  EXPECT_FALSE(state.visible(spouse));
  state.set("married", "yes");
  EXPECT_TRUE(state.visible(spouse));
  EXPECT_EQ(codes(state.problems()), Codes{"spouse:empty"});
  state.set("married", "no");
  EXPECT_FALSE(state.visible(spouse));
  EXPECT_TRUE(state.problems().empty());
}

TEST(Conditions, AHiddenValueDoesNotCountButComesBack) {
  auto const form = form_of({field("married"), shown_if("spouse", R"({"==":[{"var":"fields.married"},"yes"]})"),
                             shown_if("greeting", R"({"==":[{"var":"fields.spouse"},"李四"]})")});
  auto state = fill(form);
  state.set("married", "yes");
  state.set("spouse", "李四");
  EXPECT_TRUE(state.visible(form.sections[0].fields[2]));
  state.set("married", "no");
  EXPECT_EQ(state.fields(), Json({{"married", "no"}}));
  EXPECT_TRUE(state.value("spouse").is_null());
  EXPECT_TRUE(state.facts().fields().find("spouse") == state.facts().fields().end());
  EXPECT_FALSE(state.visible(form.sections[0].fields[2]));  // rules see nothing there
  state.set("married", "yes");
  EXPECT_EQ(state.value("spouse"), "李四");
  EXPECT_TRUE(state.visible(form.sections[0].fields[2]));
}

TEST(Conditions, AHiddenSectionHidesItsFields) {
  auto form = form_of({field("married")});
  form.sections.push_back({});
  form.sections[1].id = "two";
  form.sections[1].visible = rule(R"({"==":[{"var":"fields.married"},"yes"]})");
  form.sections[1].fields = {field("spouse"), shown_if("never", "false")};
  auto state = fill(form);
  EXPECT_EQ(state.sections().size(), 1u);
  EXPECT_FALSE(state.visible(form.sections[1].fields[0]));
  state.set("married", "yes");
  EXPECT_EQ(state.sections().size(), 2u);
  EXPECT_TRUE(state.visible(form.sections[1]));
  EXPECT_EQ(codes(state.problems(form.sections[1])), Codes{"spouse:empty"});
  EXPECT_TRUE(state.problems(form.sections[0]).empty());
}

TEST(Conditions, ASectionWithNothingToShowIsNotShown) {
  auto form = form_of({shown_if("never", "false")});
  EXPECT_TRUE(fill(form).sections().empty());
}

TEST(Conditions, ADerivedValueFollowsWhatItIsMadeOf) {
  auto total = field("total", FieldKind::number);
  total.derived = rule(R"({"+":[{"var":["fields.a",0]},{"var":["fields.b",0]}]})");
  auto twice = field("twice", FieldKind::number);
  twice.derived = rule(R"({"*":[{"var":"fields.total"},2]})");
  // Against the order in which they stand: what is read comes first all the same.
  auto const form = form_of({twice, total, field("a", FieldKind::number), field("b", FieldKind::number)});
  auto state = fill(form);
  state.set("a", "3");
  state.set("b", "4.5");
  EXPECT_EQ(state.value("total"), 7.5);
  EXPECT_EQ(state.value("twice"), 15);
  EXPECT_TRUE(state.value("twice").is_number_integer());
  EXPECT_TRUE(state.fixed(form.sections[0].fields[0]));
  state.set("total", 99);
  EXPECT_EQ(state.value("total"), 7.5);
}

TEST(Conditions, WhatCannotBeDerivedYetIsNoFaultOfItsOwn) {
  auto age = field("age", FieldKind::number);
  age.derived = rule(R"({"var":"fields.years"})");
  auto const form = form_of({age, field("years", FieldKind::number)});
  auto state = fill(form);
  EXPECT_EQ(codes(state.problems()), Codes{"years:empty"});
}

TEST(Conditions, NeedFollowsItsRule) {
  auto phone = field("phone", FieldKind::phone);
  phone.required_when = rule(R"({"==":[{"var":"fields.notify"},"sms"]})");
  auto const form = form_of({field("notify"), phone});
  auto state = fill(form);
  EXPECT_FALSE(state.required(form.sections[0].fields[1]));
  state.set("notify", "sms");
  EXPECT_TRUE(state.required(form.sections[0].fields[1]));
  EXPECT_EQ(codes(state.problems()), Codes{"phone:empty"});
}

TEST(Conditions, OptionsFollowTheirRules) {
  auto pickup = field("pickup", FieldKind::choice);
  pickup.options = {{"hall", {"大厅", "Hall"}, {}},
                    {"post", {"邮寄", "By post"}, rule(R"({"!!":{"var":"fields.home"}})")}};
  auto const form = form_of({field("home"), pickup});
  auto state = fill(form);
  state.set("home", "示例路12号");
  state.set("pickup", "post");
  EXPECT_TRUE(state.problems().empty());
  EXPECT_EQ(state.options(form.sections[0].fields[1]).size(), 2u);
  state.set("home", nullptr);
  EXPECT_EQ(state.options(form.sections[0].fields[1]).size(), 1u);
  EXPECT_EQ(codes(state.problems()), (Codes{"home:empty", "pickup:option"}));
}

TEST(Conditions, ARuleAcrossFieldsIsJudgedWhenTheOtherChanges) {
  auto until = field("until", FieldKind::date);
  until.valid = rule(R"({">=":[{"var":"fields.until"},{"var":"fields.from"}]})");
  auto const form = form_of({field("from", FieldKind::date), until});
  auto state = fill(form);
  state.set("from", "2026-12-01");
  state.set("until", "2026-12-31");
  EXPECT_TRUE(state.problems().empty());
  state.set("from", "2027-01-01");
  EXPECT_EQ(codes(state.problems()), Codes{"until:rule"});
}

TEST(Conditions, AnswersOfTheGuidanceCount) {
  auto const form = form_of({shown_if("agent", R"({"==":[{"var":"answers.who"},"agent"]})")});
  auto state = fill(form);
  EXPECT_TRUE(state.sections().empty());
  state.set_answers({{"who", "agent"}});
  EXPECT_EQ(state.sections().size(), 1u);
  state.set_answers(Json());
  EXPECT_TRUE(state.sections().empty());
}

TEST(Conditions, AComputedNameIsReadWhereverItPoints) {
  auto any = shown_if("any", R"({"==":[{"var":{"cat":["fields.",{"var":"fields.which"}]}},"x"]})");
  auto const form = form_of({any, field("which"), field("a"), field("b")});
  auto state = fill(form);
  state.set("b", "x");
  EXPECT_FALSE(state.visible(form.sections[0].fields[0]));
  state.set("which", "b");
  EXPECT_TRUE(state.visible(form.sections[0].fields[0]));
  state.set("which", "a");
  EXPECT_FALSE(state.visible(form.sections[0].fields[0]));
  state.set("a", "x");
  EXPECT_TRUE(state.visible(form.sections[0].fields[0]));
}

TEST(Conditions, ACircleStops) {
  auto const form =
      form_of({shown_if("a", R"({"!":{"var":"fields.b"}})"), shown_if("b", R"({"!!":{"var":"fields.a"}})")});
  auto state = fill(form);
  state.set("a", "x");
  state.set("b", "y");
  EXPECT_LE(state.fields().size(), 2u);
}

TEST(Conditions, ARuleThatGivesUpHidesNothing) {
  auto const form = form_of({shown_if("a", R"({"*":[]})")});
  EXPECT_TRUE(fill(form).visible(form.sections[0].fields[0]));
}

TEST(Conditions, WhatWasCountedOnceIsCountedTheSameAnew) {
  // A chain of forty, in an order that is not theirs: step by step and all at once must agree.
  std::vector<Field> fields;
  for (int i = 0; i < 40; ++i) {
    int const place = (i * 7) % 40;
    auto made = field("f" + std::to_string(place), FieldKind::number);
    if (place > 0) {
      auto const text = R"({"<":[{"var":["fields.f)" + std::to_string(place - 1) + R"(",0]},9]})";
      made.visible = rule(text.c_str());
    }
    fields.push_back(std::move(made));
  }
  auto const form = form_of(std::move(fields));
  auto stepwise = fill(form);
  for (int i = 0; i < 40; ++i) stepwise.set("f" + std::to_string(i), i % 11);
  stepwise.set("f3", 9);
  stepwise.set("f20", 2);
  stepwise.set("f3", 1);
  auto at_once = fill(form);
  at_once.restore(stepwise.fields());
  EXPECT_EQ(at_once.fields(), stepwise.fields());
  EXPECT_EQ(codes(at_once.problems()), codes(stepwise.problems()));
  EXPECT_EQ(stepwise.fields().size(), 37u);  // f9, f21 and f31 are 9 or more and hide the next one each
}

}  // namespace
}  // namespace yizhan::forms

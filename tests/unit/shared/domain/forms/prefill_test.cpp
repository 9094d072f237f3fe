#include <gtest/gtest.h>

#include "shared/base/assets.h"
#include "tests/unit/shared/domain/forms/a_form.h"

namespace yizhan::forms {
namespace {

using Json = nlohmann::json;

Field from(std::string id, Prefill prefill, FieldKind kind = FieldKind::text, bool locked = false) {
  auto made = field(std::move(id), kind);
  made.prefill = prefill;
  made.locked = locked;
  return made;
}

TEST(Prefill, TheCardFillsWhatItSays) {
  auto sex = from("sex", Prefill::sex, FieldKind::choice);
  sex.options = {{"male", {"男", "Male"}, {}}, {"female", {"女", "Female"}, {}}};
  auto ethnic = from("ethnic", Prefill::ethnic, FieldKind::choice);
  ethnic.options = {{"01", {"汉族", "Han"}, {}}, {"15", {"土家族", "Tujia"}, {}}};
  auto const form =
      form_of({from("name", Prefill::name), from("number", Prefill::number, FieldKind::id_number),
               from("birth", Prefill::birth, FieldKind::date), sex, ethnic, from("sex_text", Prefill::sex),
               from("street", Prefill::address), from("home", Prefill::address, FieldKind::address),
               from("on", Prefill::today, FieldKind::date), from("phone", Prefill::phone, FieldKind::phone)});
  auto const divisions = Divisions::load(find_asset("assets/divisions/hubei.json")).value();
  auto state = fill(form, &divisions);
  state.prefill(zhang_san());
  auto const fields = state.fields();
  EXPECT_EQ(fields["name"], "张三");
  EXPECT_EQ(fields["number"], "420106199003070016");
  EXPECT_EQ(fields["birth"], "1990-03-07");
  EXPECT_EQ(fields["sex"], "male");
  EXPECT_EQ(fields["ethnic"], "01");
  EXPECT_EQ(fields["sex_text"], "男");
  EXPECT_EQ(fields["street"], "湖北省武汉市武昌区示例路12号3栋1单元501室");
  EXPECT_EQ(fields["home"]["codes"], Json::array({"42", "4201", "420106"}));
  EXPECT_EQ(fields["home"]["names"], Json::array({"湖北省", "武汉市", "武昌区"}));
  EXPECT_EQ(fields["home"]["detail"], "示例路12号3栋1单元501室");
  EXPECT_EQ(fields["on"], "2026-11-24");
  EXPECT_EQ(codes(state.problems()), (std::vector<std::string>{"home:address", "phone:empty"}));
}

TEST(Prefill, OnlyWhatIsEmptyIsFilled) {
  auto const form = form_of({from("name", Prefill::name)});
  auto state = fill(form);
  state.set("name", "张叁");
  state.prefill(zhang_san());
  EXPECT_EQ(state.value("name"), "张叁");
}

TEST(Prefill, WhatACardSaysOfALockedFieldCannotBeChanged) {
  auto const form = form_of({from("name", Prefill::name, FieldKind::text, true), from("alias", Prefill::none)});
  auto state = fill(form);
  state.set("name", "someone else");
  state.prefill(zhang_san());
  EXPECT_EQ(state.value("name"), "张三");
  EXPECT_TRUE(state.fixed(form.sections[0].fields[0]));
  state.set("name", "李四");
  state.restore({{"name", "王五"}, {"alias", "三"}});
  EXPECT_EQ(state.value("name"), "张三");
  EXPECT_EQ(state.value("alias"), "三");
}

TEST(Prefill, WhatWasTypedLocksNothing) {
  auto const form = form_of(
      {from("name", Prefill::name, FieldKind::text, true), from("phone", Prefill::phone, FieldKind::phone, true)});
  identity::Person typed;
  typed.kind = identity::DocumentKind::phone;
  typed.number = SecretText("13800000000");
  typed.name = SecretText("张三");
  typed.verification = identity::Verification::typed;
  auto state = fill(form);
  state.prefill(typed);
  EXPECT_EQ(state.value("phone"), "13800000000");
  EXPECT_FALSE(state.fixed(form.sections[0].fields[0]));
  state.set("name", "李四");
  EXPECT_EQ(state.value("name"), "李四");
}

TEST(Prefill, WhatTheCardDoesNotSayStaysOpen) {
  auto const form =
      form_of({from("home", Prefill::address, FieldKind::text, true), from("birth", Prefill::birth, FieldKind::date)});
  auto person = zhang_san();
  person.address = SecretText();
  person.birth = SecretText();
  auto state = fill(form);
  state.prefill(person);
  EXPECT_FALSE(state.fixed(form.sections[0].fields[0]));
  EXPECT_EQ(state.value("birth"), "1990-03-07");  // the number says it
}

TEST(Prefill, FilledValuesMoveTheConditions) {
  auto more = field("more");
  more.visible = rule(R"({"==":[{"var":"fields.name"},"张三"]})");
  auto const form = form_of({more, from("name", Prefill::name)});
  auto state = fill(form);
  EXPECT_FALSE(state.visible(form.sections[0].fields[0]));
  state.prefill(zhang_san());
  EXPECT_TRUE(state.visible(form.sections[0].fields[0]));
}

}  // namespace
}  // namespace yizhan::forms

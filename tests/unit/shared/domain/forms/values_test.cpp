#include <gtest/gtest.h>

#include "tests/unit/shared/domain/forms/a_form.h"

namespace yizhan::forms {
namespace {

using Json = nlohmann::json;

Form every_kind() {
  auto hobbies = field("hobbies", FieldKind::choices);
  hobbies.options = {
      {"sing", {"唱歌", "Singing"}, {}}, {"dance", {"跳舞", "Dancing"}, {}}, {"walk", {"散步", "Walks"}, {}}};
  auto sex = field("sex", FieldKind::choice);
  sex.options = {{"male", {"男", "Male"}, {}}, {"female", {"女", "Female"}, {}}};
  return form_of({field("text"), field("number", FieldKind::number), field("date", FieldKind::date), sex, hobbies,
                  field("address", FieldKind::address), field("person", FieldKind::person),
                  field("phone", FieldKind::phone), field("id_number", FieldKind::id_number),
                  field("papers", FieldKind::attachment), field("signed", FieldKind::signature),
                  field("note", FieldKind::note)});
}

TEST(FormValues, AreKeptAsTypedAndUsedAsMeant) {
  auto const form = every_kind();
  auto state = fill(form);
  state.set("text", " 你好 ");
  state.set("number", "12.50");
  state.set("phone", "138 0000-0000");
  state.set("id_number", "11010519491231002x");
  EXPECT_EQ(state.value("text"), " 你好 ");
  EXPECT_EQ(state.value("number"), "12.50");
  auto const fields = state.fields();
  EXPECT_EQ(fields["text"], "你好");
  EXPECT_EQ(fields["number"], 12.5);
  EXPECT_EQ(fields["phone"], "13800000000");
  EXPECT_EQ(fields["id_number"], "11010519491231002X");
  EXPECT_EQ(state.facts().fields(), fields);
}

TEST(FormValues, HalfATypedNumberStays) {
  auto const form = every_kind();
  auto state = fill(form);
  state.set("number", "-");
  EXPECT_EQ(state.value("number"), "-");
  EXPECT_EQ(state.fields()["number"], "-");
  state.set("number", "-0.");
  EXPECT_EQ(state.value("number"), "-0.");
}

TEST(FormValues, NothingEmptiesInEveryShape) {
  auto const form = every_kind();
  for (auto const& nothing : {Json(), Json(""), Json::array(), Json::object()}) {
    auto state = fill(form);
    state.set("text", "x");
    state.set("text", nothing);
    EXPECT_TRUE(state.fields().empty()) << nothing;
  }
  auto state = fill(form);
  state.set("text", "  \xE3\x80\x80 ");  // white space, the ideographic one among it
  EXPECT_TRUE(state.fields().empty());
}

TEST(FormValues, AnotherShapeChangesNothing) {
  auto const form = every_kind();
  auto state = fill(form);
  state.set("text", "x");
  for (auto const& wrong : {Json(7), Json(true), Json::array({"x"}), Json{{"codes", 1}}}) {
    state.set("text", wrong);
    EXPECT_EQ(state.value("text"), "x") << wrong;
  }
  for (auto const* each : {"number", "date", "sex", "hobbies", "address", "person", "phone", "papers", "signed"}) {
    state.set(each, true);
    EXPECT_TRUE(state.value(each).is_null()) << each;
  }
  state.set("hobbies", Json::array({"sing", 1}));
  state.set("address", Json{{"codes", Json::array({42})}, {"detail", "x"}});
  state.set("note", "x");
  state.set("unknown", "x");
  EXPECT_EQ(state.fields(), Json({{"text", "x"}}));
}

TEST(FormValues, ControlCharactersAndEndlessTextAreCut) {
  auto const form = every_kind();
  auto state = fill(form);
  state.set("text", std::string("a\x01\n\x7f") + "b");
  EXPECT_EQ(state.value("text"), "ab");
  std::string endless;
  for (int i = 0; i < 3'000; ++i) endless += "长";
  state.set("text", endless);
  EXPECT_EQ(state.value("text").get<std::string>().size(), 2'000u * 3);
}

TEST(FormValues, ChoicesStandInTheOrderOfTheOptionsAndOnce) {
  auto const form = every_kind();
  auto state = fill(form);
  state.set("hobbies", Json::array({"walk", "sing", "walk"}));
  EXPECT_EQ(state.value("hobbies"), Json::array({"sing", "walk"}));
}

TEST(FormValues, ADraftFillsWhatTheFormStillHas) {
  auto const form = every_kind();
  auto state = fill(form);
  state.restore({{"text", "你好"},
                 {"number", 12.5},
                 {"gone", "x"},
                 {"date", 20261124},
                 {"hobbies", Json::array({"dance"})},
                 {"papers", Json::array({"01935f5c"})}});
  EXPECT_EQ(state.fields(), Json({{"text", "你好"},
                                  {"number", 12.5},
                                  {"hobbies", Json::array({"dance"})},
                                  {"papers", Json::array({"01935f5c"})}}));
  auto again = fill(form);
  again.restore(state.fields());
  EXPECT_EQ(again.fields(), state.fields());
  again.restore("no object");
  EXPECT_EQ(again.fields(), state.fields());
}

TEST(FormValues, ACopyGoesItsOwnWay) {
  auto const form = every_kind();
  auto state = fill(form);
  state.set("text", "first");
  auto copy = state;
  copy.set("text", "second");
  EXPECT_EQ(state.value("text"), "first");
  EXPECT_EQ(copy.value("text"), "second");
  state = copy;
  copy.set("text", "third");
  EXPECT_EQ(state.value("text"), "second");
}

TEST(FormValues, AFormOfThreeHundredFieldsIsFilledWhole) {
  std::vector<Field> fields;
  for (int i = 0; i < 300; ++i) fields.push_back(field("f" + std::to_string(i)));
  auto const form = form_of(std::move(fields));
  auto state = fill(form);
  EXPECT_EQ(state.problems().size(), 300u);
  for (int i = 0; i < 300; ++i) state.set("f" + std::to_string(i), "x");
  EXPECT_TRUE(state.problems().empty());
  EXPECT_EQ(state.fields().size(), 300u);
}

}  // namespace
}  // namespace yizhan::forms

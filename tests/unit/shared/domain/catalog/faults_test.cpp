// Every fault that is planted is found, at its place and nowhere else.
#include "tests/unit/shared/domain/catalog/small_hall.h"

namespace yizhan::catalog {
namespace {

struct Fault {
  char const* name;
  char const* patch;
  char const* pointer;
  char const* what;  // the beginning
  bool error = true;
};
void PrintTo(Fault const& fault, std::ostream* out) { *out << fault.name; }

class Faults : public ::testing::TestWithParam<Fault> {};

TEST_P(Faults, IsNamedAtItsPlaceAndNothingElseIs) {
  auto const& fault = GetParam();
  auto const findings = check_catalog(patched(fault.patch).dump());
  std::string all;
  for (auto const& finding : findings) all += finding.pointer + ": " + finding.what + "\n";
  ASSERT_EQ(findings.size(), 1U) << all;
  EXPECT_EQ(findings[0].pointer, fault.pointer) << all;
  EXPECT_EQ(findings[0].what.find(fault.what), 0U) << all;
  EXPECT_EQ(findings[0].error, fault.error);
  EXPECT_EQ(parse_catalog(patched(fault.patch).dump()).has_value(), !fault.error);
}

Fault const k_structure[] = {
    {"VersionMissing", R"([{"op":"remove","path":"/version"}])", "/version", "missing"},
    {"VersionOfAText", R"([{"op":"replace","path":"/version","value":"3"}])", "/version", "an integer from 1"},
    {"VersionBeyondNumbers", R"([{"op":"replace","path":"/version","value":18446744073709551615}])", "/version",
     "an integer"},
    {"HallOfLetters", R"([{"op":"replace","path":"/hall","value":"42o106"}])", "/hall", "at most 12 digits"},
    {"FromNoDay", R"([{"op":"add","path":"/from","value":"2026-02-30"}])", "/from", "a day YYYY-MM-DD"},
    {"UnknownKey", R"([{"op":"add","path":"/items/0/prize~1fee~0","value":1}])", "/items/0/prize~1fee~0",
     "unknown key"},
    {"EnglishMissing", R"([{"op":"remove","path":"/items/0/name/en"}])", "/items/0/name/en", "missing"},
    {"ChineseEmpty", R"([{"op":"replace","path":"/items/0/hint/zh","value":" "}])", "/items/0/hint/zh",
     "a text is wanted"},
    {"TextInsteadOfTwo", R"([{"op":"replace","path":"/items/0/hint","value":"x"}])", "/items/0/hint",
     "an object is wanted"},
    {"ControlCharacter", R"([{"op":"replace","path":"/items/0/hint/en","value":"a\u0007"}])", "/items/0/hint/en",
     "a text of at most"},
    {"CodeInCapitals", R"([{"op":"replace","path":"/items/0/questions/0/choices/0/id","value":"Self"}])",
     "/items/0/questions/0/choices/0/id", "only a-z, 0-9"},
    {"QueueTwice", R"([{"op":"add","path":"/queues/-","value":{"letter":"A","name":{"zh":"x","en":"x"}}}])",
     "/queues/1/letter", "stands twice"},
    {"QueueLetterO", R"([{"op":"add","path":"/queues/-","value":{"letter":"O","name":{"zh":"x","en":"x"}}}])",
     "/queues/1/letter", "one letter A-Z"},
    {"QueueUnknown", R"([{"op":"replace","path":"/items/0/queue","value":"B"}])", "/items/0/queue", "no such queue"},
    {"GroupUnknown", R"([{"op":"replace","path":"/items/0/group","value":"h"}])", "/items/0/group", "no such group"},
    {"GroupEmpty",
     R"([{"op":"add","path":"/groups/-","value":{"id":"e","name":{"zh":"x","en":"x"},"hint":{"zh":"x","en":"x"},"icon":"home"}}])",
     "/groups/1", "has no item"},
    {"GroupTwice",
     R"([{"op":"add","path":"/groups/-","value":{"id":"g","name":{"zh":"x","en":"x"},"hint":{"zh":"x","en":"x"},"icon":"home"}}])",
     "/groups/1/id", "stands twice"},
    {"IconUnknown", R"([{"op":"replace","path":"/items/0/icon","value":"no_such_thing"}])", "/items/0/icon",
     "no such icon"},
    {"ChoiceIconUnknown", R"([{"op":"add","path":"/items/0/questions/0/choices/0/icon","value":"no_such_thing"}])",
     "/items/0/questions/0/choices/0/icon", "no such icon"},
    {"AudienceUnknown", R"([{"op":"add","path":"/items/0/audiences/-","value":"young"}])", "/items/0/audiences/1",
     "no such audience"},
    {"AudienceEmpty", R"([{"op":"remove","path":"/items/0/audiences/0"}])", "/audiences/0",
     "has neither item nor bundle"},
    {"LifeEventUnknown", R"([{"op":"add","path":"/bundles/0/life_events/-","value":"won"}])",
     "/bundles/0/life_events/1", "no such life event"},
    {"CodeRuleTurned", R"([{"op":"replace","path":"/code_rules/0/max_length","value":3}])", "/code_rules/0/max_length",
     "less than min_length"},
    {"SynonymTwice", R"([{"op":"add","path":"/synonyms/1/-","value":"丢了"}])", "/synonyms/1/2", "stands twice"},
    {"SynonymAlone", R"([{"op":"add","path":"/synonyms/-","value":["卡"]}])", "/synonyms/2", "at least two words"},
};

Fault const k_items[] = {
    {"BasicCodeShort", R"([{"op":"replace","path":"/items/1/basic_code","value":"31200356400"}])",
     "/items/1/basic_code", "12 digits"},
    {"TaskCodeShort", R"([{"op":"replace","path":"/items/1/task_code","value":"11310000MB2F30661Y231200356400"}])",
     "/items/1/task_code", "31 characters"},
    {"CreditCodeCheckCharacter", R"([{"op":"replace","path":"/items/1/department_code","value":"11310000MB2F30661X"}])",
     "/items/1/department_code", "no unified social credit code"},
    {"TaskOfNoDepartment",
     R"([{"op":"replace","path":"/items/1/task_code","value":"11310000MB2F30662Y2312003564001"}])",
     "/items/1/task_code", "does not begin with a unified social credit code"},
    {"TaskOfAnotherLevel", R"([{"op":"replace","path":"/items/1/level","value":"5"}])", "/items/1/task_code",
     "another level"},
    {"TaskOfAnotherBasicCode", R"([{"op":"replace","path":"/items/1/basic_code","value":"312003564009"}])",
     "/items/1/task_code", "does not end with basic_code"},
    {"HandleOfAnotherTask",
     R"([{"op":"replace","path":"/items/0/handle_code","value":"11310000MB2F30661Y231200356400101"}])",
     "/items/0/handle_code", "does not begin with task_code"},
    {"HandleShort", R"([{"op":"replace","path":"/items/0/handle_code","value":"11310000MB2F30661Y23120035640000"}])",
     "/items/0/handle_code", "33 characters"},
    {"TypeUnknown", R"([{"op":"replace","path":"/items/0/type","value":"11"}])", "/items/0/type", "one of 01, 02"},
    {"LevelUnknown", R"([{"op":"replace","path":"/items/0/level","value":"7"}])", "/items/0/level", "one of 1, 2"},
    {"RangeUnknown", R"([{"op":"replace","path":"/items/0/range","value":"world"}])", "/items/0/range",
     "one of street"},
    {"PowerSourceUnknown", R"([{"op":"replace","path":"/items/0/power/source","value":"5"}])", "/items/0/power/source",
     "one of 1, 2"},
    {"MaterialSourceUnknown", R"([{"op":"replace","path":"/materials/0/source","value":"11"}])", "/materials/0/source",
     "one of 10, 20"},
    {"NecessityUnknown", R"([{"op":"add","path":"/materials/0/necessity","value":4}])", "/materials/0/necessity",
     "an integer from 1 to 3"},
    {"PromiseLongerThanLegal", R"([{"op":"replace","path":"/items/0/promise/count","value":21}])", "/items/0/promise",
     "longer than legal"},
    {"PromiseLongerInAnotherUnit", R"([{"op":"replace","path":"/items/0/promise","value":{"count":1,"unit":"month"}}])",
     "/items/0/promise", "longer than legal"},
    {"WorkdaysAreLongerThanDays", R"([{"op":"replace","path":"/items/0/legal/unit","value":"natural_day"},
      {"op":"replace","path":"/items/0/promise/count","value":15}])",
     "/items/0/promise", "longer than legal"},
    {"InstantTakesDays", R"([{"op":"replace","path":"/items/1/promise/count","value":2}])", "/items/1/promise",
     "more than a day"},
    {"NoVisitButNoOtherWay", R"([{"op":"add","path":"/items/1/visits","value":0}])", "/items/1/visits",
     "none, but neither"},
    {"ChargedWithoutFee", R"([{"op":"add","path":"/items/1/charged","value":true}])", "/items/1/fee", "missing"},
    {"UnitUnknown", R"([{"op":"replace","path":"/items/0/legal/unit","value":"week"}])", "/items/0/legal/unit",
     "one of workday"},
    {"OfferedNowhere", R"([{"op":"replace","path":"/items/1/places","value":[]}])", "/items/1/places",
     "is offered nowhere"},
    {"ChannelTwice", R"([{"op":"replace","path":"/items/0/places/1/channel","value":"kiosk"},
      {"op":"replace","path":"/items/0/outcomes/1/channels","value":["kiosk"]},
      {"op":"replace","path":"/items/0/outcomes/2/channels","value":["kiosk"]}])",
     "/items/0/places/1/channel", "stands twice"},
    {"PhoneOfWords", R"([{"op":"replace","path":"/items/0/places/1/phone","value":"call us"}])",
     "/items/0/places/1/phone", "no telephone"},
    {"PhoneMissing", R"([{"op":"remove","path":"/items/1/places/0/phone"}])", "/items/1/places/0/phone", "missing"},
    {"OnlineWithoutAddress", R"([{"op":"replace","path":"/items/1/places/0/channel","value":"online"}])",
     "/items/1/places/0/url", "missing"},
    {"AddressWithoutTls", R"([{"op":"add","path":"/items/1/places/0/url","value":"http://example.cn/"}])",
     "/items/1/places/0/url", "no address https"},
    {"SupervisePhoneOfWords", R"([{"op":"replace","path":"/items/0/supervise_phone","value":"12-"}])",
     "/items/0/supervise_phone", "no telephone"},
    {"PowerEndsBeforeItBegins", R"([{"op":"replace","path":"/items/1/power/until","value":"2025-12-31"}])",
     "/items/1/power/until", "before from"},
    {"PowerNotInForce", R"([{"op":"add","path":"/from","value":"2026-01-01"},
      {"op":"replace","path":"/items/0/power","value":{"source":"3","from":"2026-06-01"}}])",
     "/items/0/power", "done at a kiosk, but not in force", false},
    {"KioskWithoutForm",
     R"([{"op":"remove","path":"/items/0/form"},{"op":"replace","path":"/bundles/0/form","value":"card_form"},
      {"op":"remove","path":"/forms/1"}])",
     "/items/0/form", "missing: it can be done at a kiosk"},
    {"FormUnknown", R"([{"op":"add","path":"/items/1/form","value":"none"}])", "/items/1/form", "no such form"},
    {"MaterialUnknown", R"([{"op":"add","path":"/items/0/materials/-","value":"photo"}])", "/items/0/materials/2",
     "no such material"},
    {"MaterialTwice", R"([{"op":"add","path":"/items/0/materials/-","value":"id_card"}])", "/items/0/materials/2",
     "stands twice"},
    {"MaterialNeverUsed",
     R"([{"op":"add","path":"/materials/-","value":{"id":"photo","name":{"zh":"照片","en":"Photo"},"type":"3","form":"1","source":"10"}}])",
     "/materials/2", "no item asks for it", false},
    {"ToleratedForHowLong", R"([{"op":"remove","path":"/items/0/materials/1/tolerate_days"}])", "/items/0/materials/1",
     "necessity 3"},
    {"NameTooLongForACard",
     R"([{"op":"replace","path":"/items/0/name/zh","value":"城乡居民基本养老保险待遇领取资格认证"}])",
     "/items/0/name/zh", "too long for a card", false},
    {"ItemTwice", R"([{"op":"copy","from":"/items/1","path":"/items/2"},
      {"op":"add","path":"/items/2/handle_code","value":"11310000MB2F30661Y231200356400101"}])",
     "/items/2/code", "stands twice"},
    {"TaskTwice",
     R"([{"op":"copy","from":"/items/1","path":"/items/2"},{"op":"replace","path":"/items/2/code","value":"third"}])",
     "/items/2/task_code", "stands twice"},
};

Fault const k_guidance[] = {
    {"QuestionTwice", R"([{"op":"copy","from":"/items/0/questions/0","path":"/items/0/questions/2"}])",
     "/items/0/questions/2/id", "stands twice"},
    {"OneChoice",
     R"([{"op":"remove","path":"/bundles/0/questions/0/choices/1"},{"op":"remove","path":"/bundles/0/parts/1/when"}])",
     "/bundles/0/questions/0/choices", "at least two"},
    {"ChoiceTwice",
     R"([{"op":"copy","from":"/items/0/questions/0/choices/0","path":"/items/0/questions/0/choices/2"}])",
     "/items/0/questions/0/choices/2/id", "stands twice"},
    {"OutcomeNowhere", R"([{"op":"remove","path":"/items/0/outcomes/1/channels"}])", "/items/0/outcomes/1/channels",
     "says nowhere"},
    {"OutcomeElsewhere", R"([{"op":"replace","path":"/items/0/outcomes/1/channels","value":["online"]}])",
     "/items/0/outcomes/1/channels/0", "not among its places"},
    {"RefusedButSomewhere", R"([{"op":"add","path":"/items/0/outcomes/0/channels","value":["counter"]}])",
     "/items/0/outcomes/0/channels", "says where"},
    {"RefusedWithoutReason", R"([{"op":"remove","path":"/items/0/outcomes/0/reason"}])", "/items/0/outcomes/0/reason",
     "missing: why not"},
    {"OtherServiceUnknown", R"([{"op":"replace","path":"/items/0/outcomes/0/service","value":"none"}])",
     "/items/0/outcomes/0/service", "no such item or bundle"},
    {"BundleWithAnItemsCode", R"([{"op":"replace","path":"/bundles/0/code","value":"card"}])", "/bundles/0/code",
     "stands twice"},
    {"PartUnknown", R"([{"op":"add","path":"/bundles/0/parts/-","value":{"item":"none"}}])", "/bundles/0/parts/2/item",
     "no such item"},
    {"PartTwice", R"([{"op":"add","path":"/bundles/0/parts/-","value":{"item":"card"}}])", "/bundles/0/parts/2/item",
     "stands twice"},
    {"OnePart", R"([{"op":"remove","path":"/bundles/0/parts/1"}])", "/bundles/0/parts", "at least two"},
    {"AfterNoPart", R"([{"op":"replace","path":"/bundles/0/parts/1/after/0","value":"none"}])",
     "/bundles/0/parts/1/after/0", "no part of this bundle"},
    {"AfterItself", R"([{"op":"replace","path":"/bundles/0/parts/1/after/0","value":"pension"}])",
     "/bundles/0/parts/1/after/0", "waits for itself"},
    {"AfterInACircle", R"([{"op":"add","path":"/bundles/0/parts/0/after","value":["pension"]}])",
     "/bundles/0/parts/1/after/0", "waits in a circle"},
    {"AnswerNobodyAsksFor", R"([{"op":"replace","path":"/bundles/0/questions/0/id","value":"whom"},
      {"op":"remove","path":"/bundles/0/parts/1/when"}])",
     "/bundles/0/parts/0/item", "material letter depends on answers.who", false},
};

Fault const k_forms[] = {
    {"FormTwice", R"([{"op":"copy","from":"/forms/1","path":"/forms/2"}])", "/forms/2/id", "stands twice"},
    {"FormUnused",
     R"([{"op":"copy","from":"/forms/1","path":"/forms/2"},{"op":"replace","path":"/forms/2/id","value":"spare"}])",
     "/forms/2", "neither item nor bundle", false},
    {"FormWithoutSections", R"([{"op":"replace","path":"/forms/1/sections","value":[]}])", "/forms/1/sections",
     "at least one"},
    {"FormWithoutTitle", R"([{"op":"remove","path":"/forms/1/title"}])", "/forms/1/title", "missing"},
    {"SectionWithoutFields", R"([{"op":"replace","path":"/forms/1/sections/0/fields","value":[]}])",
     "/forms/1/sections/0/fields", "at least one"},
    {"FieldTwice", R"([{"op":"copy","from":"/forms/0/sections/0/fields/0","path":"/forms/0/sections/0/fields/7"}])",
     "/forms/0/sections/0/fields/7/id", "stands twice"},
    {"FieldOfTwoKinds", R"([{"op":"replace","path":"/forms/1/sections/0/fields/0/kind","value":"note"}])",
     "/forms/0/sections/0/fields/0/kind", "of another kind in a form of bundle both"},
    {"KindUnknown", R"([{"op":"replace","path":"/forms/1/sections/0/fields/0/id","value":"other"},
      {"op":"replace","path":"/forms/1/sections/0/fields/0/kind","value":"colour"}])",
     "/forms/1/sections/0/fields/0/kind", "one of text"},
    {"OptionsEmpty", R"([{"op":"replace","path":"/forms/0/sections/0/fields/1/options","value":[]},
      {"op":"remove","path":"/forms/0/sections/0/fields/2/visible"}])",
     "/forms/0/sections/0/fields/1/options", "at least one"},
    {"OptionTwice", R"([{"op":"replace","path":"/forms/0/sections/0/fields/1/options/0/value","value":"post"}])",
     "/forms/0/sections/0/fields/1/options/1/value", "stands twice"},
    {"OptionsOfAText",
     R"([{"op":"add","path":"/forms/0/sections/0/fields/0/options","value":[{"value":"a","text":{"zh":"a","en":"a"}}]}])",
     "/forms/0/sections/0/fields/0/options", "means nothing"},
    {"LengthsTurned", R"([{"op":"replace","path":"/forms/0/sections/0/fields/0/minLength","value":10}])",
     "/forms/0/sections/0/fields/0/maxLength", "less than minLength"},
    {"RangeTurned", R"([{"op":"replace","path":"/forms/0/sections/0/fields/3/minimum","value":10}])",
     "/forms/0/sections/0/fields/3/maximum", "less than minimum"},
    {"StepOfNothing", R"([{"op":"replace","path":"/forms/0/sections/0/fields/3/multipleOf","value":0}])",
     "/forms/0/sections/0/fields/3/multipleOf", "more than 0"},
    {"DaysTurned", R"([{"op":"replace","path":"/forms/0/sections/0/fields/4/latest","value":"today-1d"}])",
     "/forms/0/sections/0/fields/4/latest", "before earliest"},
    {"NoSuchDay", R"([{"op":"replace","path":"/forms/0/sections/0/fields/4/earliest","value":"tomorrow"}])",
     "/forms/0/sections/0/fields/4/earliest", "a day, today, or"},
    {"PatternBroken", R"([{"op":"replace","path":"/forms/0/sections/0/fields/5/pattern","value":"[A-"}])",
     "/forms/0/sections/0/fields/5/pattern", "no pattern: "},
    {"PatternLooksBack", R"([{"op":"replace","path":"/forms/0/sections/0/fields/5/pattern","value":"(a)\\1"}])",
     "/forms/0/sections/0/fields/5/pattern", "no pattern: "},
    {"PatternWithinPattern", R"([{"op":"replace","path":"/forms/0/sections/0/fields/5/pattern","value":"(a+)+b"}])",
     "/forms/0/sections/0/fields/5/pattern", "no pattern: a repetition within a repetition"},
    {"PatternTooMuch",
     R"([{"op":"replace","path":"/forms/0/sections/0/fields/5/pattern","value":"((a{500}){500}){2}"}])",
     "/forms/0/sections/0/fields/5/pattern", "no pattern: "},
    {"PatternSaysNothing", R"([{"op":"remove","path":"/forms/0/sections/0/fields/5/message"}])",
     "/forms/0/sections/0/fields/5/message", "missing: what to say", false},
    {"AttachmentUnknown", R"([{"op":"replace","path":"/forms/0/sections/0/fields/6/material","value":"photo"}])",
     "/forms/0/sections/0/fields/6/material", "no such material"},
    {"AttachmentNotAskedFor",
     R"([{"op":"remove","path":"/items/0/materials/1"},{"op":"add","path":"/items/1/materials/-","value":"letter"}])",
     "/forms/0/sections/0/fields/6/material", "no material of item card"},
    {"LockedWithoutPrefill", R"([{"op":"remove","path":"/forms/0/sections/0/fields/0/prefill"}])",
     "/forms/0/sections/0/fields/0/locked", "nothing is prefilled"},
    {"FieldDependsOnItself",
     R"([{"op":"replace","path":"/forms/0/sections/0/fields/2/visible","value":{"!":[{"var":"fields.address"}]}}])",
     "/forms/0/sections/0/fields/2/visible", "field address depends on itself"},
    {"FieldsInACircle",
     R"([{"op":"add","path":"/forms/0/sections/0/fields/1/visible","value":{"!":[{"var":"fields.address"}]}}])",
     "/forms/0/sections/0/fields/1/visible", "field how depends on itself"},
};

auto const named = [](auto const& info) { return std::string(info.param.name); };
INSTANTIATE_TEST_SUITE_P(Structure, Faults, ::testing::ValuesIn(k_structure), named);
INSTANTIATE_TEST_SUITE_P(Items, Faults, ::testing::ValuesIn(k_items), named);
INSTANTIATE_TEST_SUITE_P(Guidance, Faults, ::testing::ValuesIn(k_guidance), named);
INSTANTIATE_TEST_SUITE_P(Forms, Faults, ::testing::ValuesIn(k_forms), named);

TEST(Catalog, NothingIsWrongWithTheSmallHall) {
  for (auto const& finding : check_catalog(small_hall().dump()))
    ADD_FAILURE() << finding.pointer << ": " << finding.what;
}

TEST(Catalog, AllFaultsAreFoundInOneGo) {
  auto const json = patched(R"([{"op":"remove","path":"/version"},{"op":"replace","path":"/items/0/icon","value":5},
      {"op":"replace","path":"/items/0/queue","value":"Z"},{"op":"replace","path":"/items/0/keywords/0","value":null}])");
  EXPECT_EQ(check_catalog(json.dump()).size(), 4U);
}

TEST(Catalog, MoreThanSixChoicesAreTooMany) {
  auto json = small_hall();
  auto& choices = json["items"][0]["questions"][0]["choices"];
  while (choices.size() < 7) {
    choices.push_back(choices[0]);
    choices.back()["id"] = "c" + std::to_string(choices.size());
  }
  auto const findings = check_catalog(json.dump());
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].pointer, "/items/0/questions/0/choices");
}

TEST(Catalog, ManyFaultsEndSomewhere) {
  auto json = small_hall();
  for (int i = 0; i < 5'000; ++i) json["items"][0]["x" + std::to_string(i)] = 1;
  EXPECT_EQ(check_catalog(json.dump()).size(), 1'000U);
}

}  // namespace
}  // namespace yizhan::catalog

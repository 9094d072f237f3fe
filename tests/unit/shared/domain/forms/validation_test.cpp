#include <gtest/gtest.h>

#include "shared/base/assets.h"
#include "tests/unit/shared/domain/forms/a_form.h"

namespace yizhan::forms {
namespace {

using Json = nlohmann::json;

/// The code that is said of `value` in a form of this one field; "" none.
std::string said(Field one, Json value, Divisions const* divisions = nullptr) {
  auto const form = form_of({std::move(one)});
  auto state = fill(form, divisions);
  state.set(form.sections[0].fields[0].id, std::move(value));
  auto const problems = state.problems();
  if (problems.empty()) return {};
  std::string words = problems.front().code;
  for (auto const& [name, argument] : problems.front().arguments) words += " " + name + "=" + argument;
  return words;
}

TEST(Validation, EmptyIsSaidOnlyWhereItIsNeeded) {
  EXPECT_EQ(said(field("x"), nullptr), "empty");
  auto optional = field("x");
  optional.required = false;
  optional.min_length = 5;
  EXPECT_EQ(said(optional, nullptr), "");
  EXPECT_EQ(said(optional, "abc"), "length_min min=5");
  EXPECT_EQ(said(field("x", FieldKind::note), nullptr), "");
  EXPECT_EQ(said(field("x", FieldKind::attachment), nullptr), "");
  EXPECT_EQ(said(field("x", FieldKind::signature), nullptr), "");
}

TEST(Validation, LengthsCountCodePoints) {
  auto name = field("x");
  name.min_length = 2;
  name.max_length = 3;
  EXPECT_EQ(said(name, "䶮𬭎"), "");  // eight bytes beyond the BMP
  EXPECT_EQ(said(name, "张"), "length min=2 max=3");
  EXPECT_EQ(said(name, "欧阳娜娜"), "length min=2 max=3");
  name.min_length.reset();
  EXPECT_EQ(said(name, "欧阳娜娜"), "length_max max=3");
}

TEST(Validation, APatternIsOverTheWholeValue) {
  auto plate = field("x");
  plate.pattern = R"(\p{Han}[A-Z][0-9A-Z]{5})";
  EXPECT_EQ(said(plate, "鄂A12345"), "");
  EXPECT_EQ(said(plate, "鄂A123456"), "pattern");
  EXPECT_EQ(said(plate, "xx鄂A12345"), "pattern");
}

TEST(Validation, NumbersHaveLimitsAndSteps) {
  auto number = field("x", FieldKind::number);
  EXPECT_EQ(said(number, "12"), "");
  EXPECT_EQ(said(number, "-0.5"), "");
  for (auto const* wrong : {"twelve", "1e3", "0x10", "1,000", "-", "12abc", "inf", "nan", "１２"}) {
    EXPECT_EQ(said(number, wrong), "number") << wrong;
  }
  number.minimum = 0;
  EXPECT_EQ(said(number, "-1"), "range_min min=0");
  number.maximum = 99.5;
  EXPECT_EQ(said(number, "100"), "range min=0 max=99.5");
  EXPECT_EQ(said(number, "0"), "");
  EXPECT_EQ(said(number, "99.5"), "");
  number.multiple_of = 0.1;
  EXPECT_EQ(said(number, "0.3"), "");  // 0.3 / 0.1 is 2.9999999999999996
  EXPECT_EQ(said(number, "0.35"), "step step=0.1");
  number.multiple_of = 1;
  EXPECT_EQ(said(number, "2.5"), "step step=1");
}

TEST(Validation, DatesExistAndLieWithinTheirLimits) {
  auto date = field("x", FieldKind::date);
  EXPECT_EQ(said(date, "2024-02-29"), "");
  for (auto const* wrong : {"2026-02-29", "2026-13-01", "2026-1-1", "20261124", "tomorrow"}) {
    EXPECT_EQ(said(date, wrong), "date") << wrong;
  }
  date.latest = "today-18y";  // of full age on 2026-11-24
  EXPECT_EQ(said(date, "2008-11-24"), "");
  EXPECT_EQ(said(date, "2008-11-25"), "date_max max=2008-11-24");
  date.earliest = "1900-01-01";
  EXPECT_EQ(said(date, "1899-12-31"), "date_range min=1900-01-01 max=2008-11-24");
  date.latest.clear();
  date.earliest = "today";
  EXPECT_EQ(said(date, "2026-11-24"), "");
  EXPECT_EQ(said(date, "2026-11-23"), "date_min min=2026-11-24");
}

TEST(Validation, WorkdaysFollowTheHolidayCalendar) {
  auto appointment = field("x", FieldKind::date);
  appointment.workday = true;
  auto const form = form_of({appointment});
  auto const holidays = calendar::HolidayCalendar::parse(
                            R"({"version":1,"years":[{"year":2026,"off":["2026-10-01"],"work":["2026-10-10"]}]})")
                            .value();
  FormState state(form, {}, day("2026-11-24"), holidays);
  auto const workday = [&](char const* date) {
    state.set("x", date);
    return state.problems().empty();
  };
  EXPECT_FALSE(workday("2026-10-01"));  // National Day, a Thursday
  EXPECT_TRUE(workday("2026-10-10"));   // a Saturday that is worked on
  EXPECT_FALSE(workday("2026-11-28"));  // another Saturday
  EXPECT_TRUE(workday("2027-03-01"));   // a Monday of a year that is not announced
  EXPECT_FALSE(workday("2027-02-28"));
}

TEST(Validation, OnlyOfferedOptionsCount) {
  auto one = field("x", FieldKind::choice);
  one.options = {{"a", {"甲", "A"}, {}}, {"b", {"乙", "B"}, rule("false")}};
  EXPECT_EQ(said(one, "a"), "");
  EXPECT_EQ(said(one, "b"), "option");
  EXPECT_EQ(said(one, "c"), "option");
  one.kind = FieldKind::choices;
  EXPECT_EQ(said(one, Json::array({"a"})), "");
  EXPECT_EQ(said(one, Json::array({"a", "b"})), "option");
}

Json address(std::vector<std::string> const& codes, std::string const& detail = "示例路12号") {
  return {{"codes", codes}, {"detail", detail}};
}

TEST(Validation, AddressesNestAndExist) {
  auto const home = field("x", FieldKind::address);
  auto const divisions = Divisions::load(find_asset("assets/divisions/hubei.json")).value();
  std::vector<std::string> const whole{"42", "4201", "420106", "420106001", "420106001001"};
  EXPECT_EQ(said(home, address(whole), &divisions), "");
  EXPECT_EQ(said(home, address({"11"}), &divisions), "");  // nothing is known below another province
  EXPECT_EQ(said(home, address({"42", "4201", "420106", "420106001"}), &divisions), "address");  // not to the end
  EXPECT_EQ(said(home, address({"42", "4201", "420106", "420106001", "420106001999"}), &divisions), "address");
  EXPECT_EQ(said(home, address({"42", "4202", "420106"}), &divisions), "address");
  EXPECT_EQ(said(home, address({"42", "420106"}), &divisions), "address");
  EXPECT_EQ(said(home, address({}), &divisions), "address");
  EXPECT_EQ(said(home, address(whole, ""), &divisions), "address_detail max=100");
  EXPECT_EQ(said(home, address(whole, " "), &divisions), "address_detail max=100");
  std::string detail;
  for (int i = 0; i < 101; ++i) detail += "号";
  EXPECT_EQ(said(home, address(whole, detail), &divisions), "address_detail max=100");
  EXPECT_EQ(said(home, address(whole, detail.substr(3)), &divisions), "");
}

TEST(Validation, WithoutDivisionsCodesMustNestAllTheSame) {
  auto const home = field("x", FieldKind::address);
  EXPECT_EQ(said(home, address({"42", "4299"})), "");
  EXPECT_EQ(said(home, address({"42", "4300"})), "address");
  EXPECT_EQ(said(home, address({"4x"})), "address");
}

TEST(Validation, TheNamesOfAnAddressAreLookedUp) {
  auto const divisions = Divisions::load(find_asset("assets/divisions/hubei.json")).value();
  auto const form = form_of({field("home", FieldKind::address)});
  auto state = fill(form, &divisions);
  state.set("home", {{"codes", {"42", "4201"}}, {"names", {"北京市", "x"}}, {"detail", "1号"}, {"more", "x"}});
  EXPECT_EQ(state.value("home"), Json({{"codes", {"42", "4201"}}, {"names", {"湖北省", "武汉市"}}, {"detail", "1号"}}));
}

TEST(Validation, AnotherPersonHasNameAndDocument) {
  auto const agent = field("x", FieldKind::person);
  EXPECT_EQ(said(agent, {{"name", "李四"}, {"number", "42010219850615123x"}}), "");
  EXPECT_EQ(said(agent, {{"name", "李四"}, {"number", "420102198506151230"}}), "id_number");
  EXPECT_EQ(said(agent, {{"name", " "}, {"number", "42010219850615123X"}}), "person");
  EXPECT_EQ(said(agent, {{"name", "李四"}}), "id_number");
  EXPECT_EQ(said(agent, {{"name", "SMITH"}, {"document", "passport"}, {"number", "e 1234567"}}), "");
  EXPECT_EQ(said(agent, {{"name", "SMITH"}, {"document", "passport"}, {"number", "12"}}), "person");
  EXPECT_EQ(said(agent, {{"name", "SMITH"}, {"document", "library_card"}, {"number", "1234567"}}), "person");
}

TEST(Validation, PhonesAreMobilesOrLandlinesWithAreaCode) {
  auto const phone = field("x", FieldKind::phone);
  for (auto const* good : {"13800000000", "138 0000 0000", "027-87654321", "02787654321", "010 87654321",
                           "0716-8123456", "071681234567"}) {
    EXPECT_EQ(said(phone, good), "") << good;
  }
  for (auto const* wrong : {"1380000000", "12800000000", "87654321", "0278765432", "027876543210", "02717654321",
                            "0117654321", "+8613800000000", "07160123456", "027-8765432a"}) {
    EXPECT_EQ(said(phone, wrong), "phone") << wrong;
  }
}

TEST(Validation, IdNumbersHaveTheirCheckDigit) {
  auto const number = field("x", FieldKind::id_number);
  EXPECT_EQ(said(number, "420106 19900307 0016"), "");
  EXPECT_EQ(said(number, "420106199003070017"), "id_number");
}

TEST(Validation, TheFieldsOwnRuleComesLast) {
  auto even = field("x", FieldKind::number);
  even.valid = rule(R"({"==":[{"%":[{"var":"fields.x"},2]},0]})");
  even.maximum = 10;
  EXPECT_EQ(said(even, "4"), "");
  EXPECT_EQ(said(even, "5"), "rule");
  EXPECT_EQ(said(even, "11"), "range_max max=10");
  even.valid = rule(R"({"*":[]})");  // a rule that gives up lets nothing through
  EXPECT_EQ(said(even, "4"), "rule");
}

}  // namespace
}  // namespace yizhan::forms

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "shared/domain/line/event.h"

namespace yizhan::line {
namespace {

using nlohmann::json;

TEST(PersonalData, WhatEventsHoldIsAllowed) {
  auto const data = json::parse(R"({
    "ticket": "018f0f2e-79b0-7cc3-98c4-138000000001", "number": "AK0012", "queue": "A", "service": "social_card_replace",
    "priority": "normal", "holder": "wT3yD0oYJ2b4lq8nQeXkz1m5pUvR7aGcH6iSfE9dBtM", "day": "2026-11-24", "counter": "3",
    "at": "2026-11-24T05:39:00.123Z", "waited_seconds": 1312, "calls": 2, "existing": false, "ended": null,
    "previous": {"epoch": "1", "sequence": "0000000000000012",
                 "chain": "13800000000ab13800000000cd13800000000ef13800000000ab13800000000c"},
    "hall": "420106001001", "case": "4201060010012026112400100017", "micros": 1795498740123000,
    "problem": "urn:yizhan:problem:conflict", "queues": ["A", "B"]})");
  auto const checked = check_no_personal_data(data);
  EXPECT_TRUE(checked) << (checked ? "" : checked.error().to_line());
}

TEST(PersonalData, KeysThatNameAPersonAreRefused) {
  for (auto const* key : {"name",    "holder_name",  "lastName",  "NAME",     "phone",    "mobile_phone", "tel",
                          "address", "home-address", "id_number", "idNumber", "idnumber", "id_card",      "card_number",
                          "birth",   "birth_date",   "birthday",  "sex",      "ethnic",   "photo",        "passport",
                          "comment", "remark",       "email",     "applicant"}) {
    EXPECT_TRUE(check_no_personal_data(json{{key, "x"}}).error().is("personal_data")) << key;
    EXPECT_FALSE(check_no_personal_data(json{{"deep", json::array({json{{key, 1}}})}})) << key;
  }
  EXPECT_TRUE(check_no_personal_data(json{{"number", "A001"}, {"id", "x"}, {"renamed", 1}, {"hotel", 1}}));
}

TEST(PersonalData, ValuesOfPeopleAreRefused) {
  for (auto const* value :
       {"张三", "San Zhang", "420106199003070016", "42010219850615123X", "x420106199003070016y", "420106900307001",
        "USA420090010118", "13800000000", "tel:+8613800000000", "138-0000-0000", "a\nb", "tab\tbed", "é"}) {
    EXPECT_TRUE(check_no_personal_data(json{{"value", value}}).error().is("personal_data")) << value;
    EXPECT_FALSE(check_no_personal_data(json{{"values", json::array({"ok", value})}})) << value;
    EXPECT_FALSE(check_no_personal_data(json{{value, 1}})) << value;
  }
  EXPECT_FALSE(check_no_personal_data(json{{"value", 13800000000}}));
  EXPECT_FALSE(check_no_personal_data(json{{"value", 420106199003070016}}));
  EXPECT_FALSE(check_no_personal_data(json{{"value", std::string(201, 'x')}}));
}

TEST(PersonalData, TheErrorTellsThePlaceAndNotTheValue) {
  auto const error = check_no_personal_data(json{{"outer", {{"value", "13800000000"}}}}).error();
  EXPECT_NE(error.detail().find("data/outer/value"), std::string::npos) << error.detail();
  EXPECT_EQ(error.detail().find("138"), std::string::npos);
  auto const key_error = check_no_personal_data(json{{"13800000000", 1}}).error();
  EXPECT_EQ(key_error.detail().find("138"), std::string::npos);
}

}  // namespace
}  // namespace yizhan::line

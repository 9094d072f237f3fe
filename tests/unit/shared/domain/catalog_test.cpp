#include "shared/domain/catalog/catalog.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "tests/support/temp_dir.h"

namespace yizhan::catalog {
namespace {

constexpr char const* k_demo = "assets/catalog/demo";

nlohmann::json small() {
  return nlohmann::json::parse(R"({
    "version": 3,
    "hall_name": {"zh": "厅", "en": "Hall"},
    "queues": [{"letter": "A", "name": {"zh": "一", "en": "One"}}],
    "groups": [{"id": "g", "name": {"zh": "组", "en": "Group"}, "hint": {"zh": "示", "en": "Hint"}, "icon": "home"}],
    "items": [{"code": "card", "group": "g", "name": {"zh": "补换社保卡", "en": "Replace a card"},
               "hint": {"zh": "丢了", "en": "Lost"}, "icon": "badge", "queue": "A",
               "materials": [{"id": "id_card", "name": {"zh": "身份证", "en": "ID card"}, "original": true}],
               "keywords": ["bhsbk", "Buhuan"]}]
  })");
}

std::string error_of(nlohmann::json const& json) {
  auto const parsed = parse_catalog(json.dump());
  if (parsed) return "";
  EXPECT_TRUE(parsed.error().is("catalog_invalid"));
  return parsed.error().detail();
}

std::vector<std::string> codes(std::vector<Matter> const& matters) {
  std::vector<std::string> out;
  for (auto const& matter : matters) out.push_back(matter.code());
  return out;
}

TEST(Catalog, ReadsAllFieldsWithTheirDefaults) {
  auto const catalog = parse_catalog(small().dump()).value();
  EXPECT_EQ(catalog.version, 3);
  EXPECT_EQ(catalog.hall_name.in(true), "厅");
  EXPECT_EQ(catalog.hall_name.in(false), "Hall");
  auto const* const item = catalog.find("card");
  ASSERT_NE(item, nullptr);
  ASSERT_EQ(item->materials.size(), 1U);
  EXPECT_TRUE(item->materials[0].required);
  EXPECT_TRUE(item->materials[0].original);
  EXPECT_EQ(item->materials[0].note.zh, "");
  EXPECT_EQ(item->keywords[1], "buhuan");
  EXPECT_EQ(catalog.find("none"), nullptr);
  EXPECT_EQ(catalog.in_group("g").size(), 1U);
}

TEST(Catalog, EachFaultIsNamedWithItsJsonPointer) {
  auto json = small();
  json.erase("version");
  EXPECT_EQ(error_of(json), "/version: missing");
  json = small();
  json["items"][0]["queue"] = "B";
  EXPECT_EQ(error_of(json), "/items/0/queue: no such queue");
  json = small();
  json["items"][0]["group"] = "h";
  EXPECT_EQ(error_of(json), "/items/0/group: no such group");
  json = small();
  json["items"][0]["materials"][0]["name"]["en"] = "";
  EXPECT_EQ(error_of(json), "/items/0/materials/0/name/en: a text is wanted");
  json = small();
  json["items"][0]["prize/fee~"] = 1;
  EXPECT_EQ(error_of(json), "/items/0/prize~1fee~0: unknown key");
  json = small();
  json["items"].push_back(json["items"][0]);
  EXPECT_EQ(error_of(json), "/items/1/code: stands twice");
  json = small();
  json["items"][0]["code"] = "Card";
  EXPECT_EQ(error_of(json), "/items/0/code: only a-z, 0-9 and _ may stand here");
  json = small();
  json["queues"][0]["letter"] = "O";
  EXPECT_EQ(error_of(json), "/queues/0/letter: one letter A-Z without I and O is wanted");
  json = small();
  json["items"][0]["hint"] = "text";
  EXPECT_EQ(error_of(json), "/items/0/hint: an object is wanted");
  json = small();
  json["version"] = 18446744073709551615U;
  EXPECT_EQ(error_of(json).find("/version: an integer"), 0U);
  json = small();
  json["code_rules"] = {{{"prefix", "X"}, {"min_length", 9}, {"max_length", 8}}};
  EXPECT_EQ(error_of(json), "/code_rules/0/max_length: less than min_length");
  json = small();
  json["items"] = nlohmann::json::array();
  EXPECT_EQ(error_of(json), "/groups: group g has no item");
}

TEST(Catalog, AllFaultsAreFoundInOneGo) {
  auto json = small();
  json.erase("version");
  json["items"][0]["icon"] = 5;
  json["items"][0]["keywords"][0] = nullptr;
  EXPECT_EQ(check_catalog(json.dump()).size(), 3U);
}

TEST(Catalog, WhatIsNoJsonIsRefusedWithItsByte) {
  EXPECT_EQ(parse_catalog("{\"version\":").error().detail(), "/: no JSON from byte 12 on");
  EXPECT_EQ(parse_catalog("[1e999]").error().detail(), "/: a number is too large");
  EXPECT_EQ(parse_catalog("[]").error().detail(), "/: an object is wanted");
  EXPECT_TRUE(load_catalog("/nonexistent/catalog.json").error().is("catalog_file"));
}

class DemoCatalog : public ::testing::Test {
 protected:
  Catalog m_catalog = load_catalog(k_demo).value();
};

TEST_F(DemoCatalog, IsRichEnoughToShowAHall) {
  EXPECT_GE(m_catalog.groups.size(), 6U);
  EXPECT_GE(m_catalog.items.size(), 24U);
  EXPECT_EQ(m_catalog.queues.size(), 5U);
  for (auto const& item : m_catalog.items) {
    EXPECT_FALSE(item.materials.empty()) << item.code;
    EXPECT_GE(item.keywords.size(), 3U) << item.code;
  }
  for (auto const& group : m_catalog.groups) EXPECT_LE(m_catalog.in_group(group.id).size(), 7U) << group.id;
}

TEST_F(DemoCatalog, IconsExistInTheFont) {
  std::set<std::string> known;
  std::istringstream lines(test::read_file("assets/icons/material.codepoints"));
  for (std::string name, code; lines >> name >> code;) known.insert(name);
  for (auto const& group : m_catalog.groups) EXPECT_TRUE(known.count(group.icon)) << group.icon;
  for (auto const& item : m_catalog.items) EXPECT_TRUE(known.count(item.icon)) << item.icon;
}

TEST_F(DemoCatalog, IsFoundByWordsPinyinAndInitials) {
  for (auto const* query :
       {"补换社保卡", "社保卡 丢失", "buhuanshebaoka", "bu huan she bao ka", "BHSBK", "lost card", "挂失　社保"}) {
    auto const found = codes(m_catalog.search(query));
    EXPECT_NE(std::find(found.begin(), found.end(), "social_card_replace"), found.end()) << query;
  }
  EXPECT_EQ(codes(m_catalog.search("bhsbk")), std::vector<std::string>{"social_card_replace"});
}

TEST_F(DemoCatalog, BestFitsComeFirst) {
  EXPECT_EQ(codes(m_catalog.search("医疗救助")).front(), "aid_medical");
  EXPECT_EQ(codes(m_catalog.search("居住证")).front(), "residence_permit_renew") << "its name begins with the word";
}

TEST_F(DemoCatalog, AllForNothingAndNothingForNonsense) {
  EXPECT_EQ(m_catalog.search("", 1000).size(), m_catalog.items.size());
  EXPECT_EQ(m_catalog.search("  ", 1000).size(), m_catalog.items.size());
  EXPECT_TRUE(m_catalog.search("zzzz").empty());
  EXPECT_TRUE(m_catalog.search("社保卡 zzzz").empty());
}

}  // namespace
}  // namespace yizhan::catalog

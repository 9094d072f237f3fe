#include "shared/domain/catalog/codes.h"
#include "shared/domain/rules/json_logic.h"
#include "tests/unit/shared/domain/catalog/small_hall.h"

namespace yizhan::catalog {
namespace {

Catalog small() { return parse_catalog(small_hall().dump()).value(); }

TEST(Catalog, ReadsItsHead) {
  auto const catalog = small();
  EXPECT_EQ(catalog.version, 3);
  EXPECT_EQ(catalog.hall, "420106");
  EXPECT_FALSE(catalog.from.has_value());
  EXPECT_EQ(catalog.hall_name.in(true), "厅");
  EXPECT_EQ(catalog.hall_name.in(false), "Hall");
  EXPECT_EQ(catalog.code_rules.at(0).max_length, 9U);
  EXPECT_EQ(catalog.synonyms.at(1).at(1), "孩子");
}

TEST(Catalog, ReadsAnItemWithItsDefaults) {
  auto const catalog = small();
  auto const* const item = catalog.find("card");
  ASSERT_NE(item, nullptr);
  EXPECT_EQ(item->official_name.zh, "社会保障卡补换");
  EXPECT_EQ(item->promise.count, 3);
  EXPECT_EQ(item->promise.unit, calendar::TimeUnit::workday);
  EXPECT_EQ(item->visits, 1);
  EXPECT_FALSE(item->instant);
  EXPECT_TRUE(item->signature);
  EXPECT_EQ(item->keywords, std::vector<std::string>{"gua shi"});
  ASSERT_NE(item->place(Channel::counter), nullptr);
  EXPECT_EQ(item->place(Channel::counter)->phone, "027-1234567");
  EXPECT_EQ(item->place(Channel::online), nullptr);
  EXPECT_EQ(item->questions.at(0).when, nullptr);
  EXPECT_NE(item->questions.at(1).when, nullptr);
  EXPECT_EQ(catalog.find("none"), nullptr);
}

TEST(Catalog, ItemsAddToTheCommonMaterials) {
  auto const catalog = small();
  auto const& materials = catalog.find("card")->materials;
  ASSERT_EQ(materials.size(), 2U);
  EXPECT_TRUE(materials[0].original);
  EXPECT_TRUE(materials[0].from_card);
  EXPECT_TRUE(materials[0].required);
  EXPECT_EQ(materials[1].name.zh, "委托书");
  EXPECT_EQ(materials[1].note.en, "For another");
  EXPECT_EQ(materials[1].pages, 2);
  EXPECT_EQ(materials[1].necessity, Necessity::tolerated);
  EXPECT_EQ(materials[1].tolerate_days, 5);
  EXPECT_NE(materials[1].when, nullptr);
  EXPECT_EQ(catalog.materials[1].necessity, Necessity::required) << "the common one stays as it is";
}

TEST(Catalog, ReadsFormsWithTheKeywordsOfJsonSchema) {
  auto const catalog = small();
  auto const* const form = catalog.form("card_form");
  ASSERT_NE(form, nullptr);
  auto const& fields = form->sections.at(0).fields;
  EXPECT_EQ(fields.at(0).prefill, forms::Prefill::name);
  EXPECT_TRUE(fields.at(0).locked);
  EXPECT_EQ(fields.at(0).max_length, 9U);
  EXPECT_EQ(fields.at(1).kind, forms::FieldKind::choice);
  EXPECT_EQ(fields.at(1).options.at(1).value, "post");
  EXPECT_EQ(fields.at(3).multiple_of, 1.0);
  EXPECT_EQ(fields.at(4).latest, "today+30d");
  EXPECT_TRUE(fields.at(4).workday);
  EXPECT_EQ(fields.at(6).material, "letter");
  EXPECT_EQ(catalog.form("none"), nullptr);
}

TEST(Catalog, MattersAreItemsAndBundlesAlike) {
  auto const catalog = small();
  EXPECT_EQ(catalog.matter("both").bundle, &catalog.bundles[0]);
  EXPECT_EQ(catalog.matter("card").item, &catalog.items[0]);
  EXPECT_FALSE(catalog.matter("none"));
  EXPECT_EQ(codes_of(catalog.for_life_event("lost")), (std::vector<std::string>{"both", "card"}));
  EXPECT_EQ(codes_of(catalog.for_audience("old")), std::vector<std::string>{"card"});
  EXPECT_EQ(catalog.in_group("g").size(), 2U);
  EXPECT_EQ(catalog.matter("both").form(), "both_form");
}

TEST(Catalog, AnItemIsOfferedWhileItsPowerIsInForce) {
  auto const catalog = small();
  auto const day = [](char const* text) { return calendar::BusinessDay::parse(text).value(); };
  auto const* const pension = catalog.find("pension");
  EXPECT_FALSE(pension->offered_on(day("2025-12-31")));
  EXPECT_TRUE(pension->offered_on(day("2026-01-01")));
  EXPECT_TRUE(pension->offered_on(day("2026-12-31"))) << "the last day";
  EXPECT_FALSE(pension->offered_on(day("2027-01-01")));
  EXPECT_TRUE(catalog.find("card")->offered_on(day("2000-01-01")));
}

TEST(Catalog, WhatIsNoJsonIsRefusedWithItsByte) {
  EXPECT_EQ(parse_catalog("{\"version\":").error().detail(), "/: no JSON from byte 12 on");
  EXPECT_EQ(parse_catalog("[1e999]").error().detail(), "/: a number is too large");
  EXPECT_EQ(parse_catalog("[]").error().detail(), "/: an object is wanted");
  EXPECT_TRUE(parse_catalog("").error().is("catalog_invalid"));
  EXPECT_TRUE(parse_catalog("{\"version\": 1, \"\xff\": 2}").error().is("catalog_invalid"));
}

TEST(Catalog, AMemberThatStandsTwiceIsAFault) {
  auto text = small_hall().dump();
  text.insert(text.rfind('}'), R"(,"version":4)");
  EXPECT_EQ(parse_catalog(text).error().detail(), "/version: stands twice");
}

TEST(Catalog, NestingAndSizeAreBoundedBeforeAnythingIsBuilt) {
  std::string deep = R"({"items":[{"questions":[{"when":)";
  for (int i = 0; i < 10'000; ++i) deep += R"({"!":[)";
  auto const findings = check_catalog(deep);
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].what, "nested deeper than 64");
  EXPECT_EQ(findings[0].pointer.find("/items/0/questions/0/when/!/0/!"), 0U);
  EXPECT_LT(findings[0].pointer.size(), 300U);
  EXPECT_EQ(check_catalog(std::string(4'194'305, ' ')).at(0).what, "more than 4 MiB");
}

TEST(Catalog, ArrivesForItsHallAndNeverGoesBack) {
  auto const text = small_hall().dump();
  EXPECT_TRUE(accept_catalog(text, "420106001001", 2).has_value());
  EXPECT_TRUE(accept_catalog(text, "420106001001", 3).has_value()) << "the same once more";
  EXPECT_TRUE(accept_catalog(text, "420106001001", 4).error().is("document_version_back"));
  EXPECT_TRUE(accept_catalog(text, "420102001001", 2).error().is("catalog_other_hall"));
  EXPECT_TRUE(accept_catalog("{}", "420106001001", 2).error().is("catalog_invalid"));
  auto anybodys = small_hall();
  anybodys.erase("hall");
  EXPECT_TRUE(accept_catalog(anybodys.dump(), "420102001001", 2).has_value());
}

TEST(Codes, CreditCodesHaveACheckCharacter) {
  EXPECT_TRUE(is_social_credit_code("11310000MB2F30661Y"));  // the sample of GB/T 39554.1-2020
  EXPECT_FALSE(is_social_credit_code("11310000MB2F30661X"));
  EXPECT_FALSE(is_social_credit_code("11310000MB2F30616Y")) << "two exchanged";
  EXPECT_FALSE(is_social_credit_code("11310000MB2F3066IY")) << "I is none of its letters";
  EXPECT_FALSE(is_social_credit_code("11310000MB2F30661"));
}

TEST(Codes, TelephonesAndAddresses) {
  for (auto const* good : {"12345", "027-12345678", "13800000000", "400-800-1234"}) EXPECT_TRUE(is_phone(good)) << good;
  for (auto const* bad : {"", "12", "-123", "123-", "12--3", "+86", "1 2 3"}) EXPECT_FALSE(is_phone(bad)) << bad;
  EXPECT_TRUE(is_url("https://www.example.cn/a?b=c"));
  for (auto const* bad :
       {"http://example.cn", "https://", "https://host", "https://.cn/", "https://a.cn/ b", "example.cn"}) {
    EXPECT_FALSE(is_url(bad)) << bad;
  }
}

}  // namespace
}  // namespace yizhan::catalog

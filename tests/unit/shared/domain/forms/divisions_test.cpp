#include "shared/domain/forms/divisions.h"

#include <gtest/gtest.h>

#include "shared/base/assets.h"

namespace yizhan::forms {
namespace {

Divisions hubei() { return Divisions::load(find_asset("assets/divisions/hubei.json")).value(); }

std::vector<std::string> names(std::vector<Division const*> const& path) {
  std::vector<std::string> all;
  for (auto const* division : path) all.push_back(division->name);
  return all;
}

TEST(DivisionsAsset, HasTheCountryAndTheWholeOfHubei) {
  auto const all = hubei();
  EXPECT_EQ(all.children("").size(), 34u);
  EXPECT_EQ(all.children("42").size(), 14u);  // 13 prefectures and the counties without one
  std::size_t counties = 0;
  for (auto const& prefecture : all.children("42")) counties += all.children(prefecture.code).size();
  EXPECT_EQ(counties, 103u);
  EXPECT_EQ(all.children("4201").size(), 13u);
  EXPECT_GE(all.children("420106001").size(), 4u);
  EXPECT_TRUE(all.children("11").empty());
}

TEST(Divisions, ArePickedLevelByLevel) {
  auto const all = hubei();
  EXPECT_EQ(all.children("").front().name, "北京市");
  EXPECT_EQ(all.children("4201").front().code, "420102");
  EXPECT_EQ(all.name("420106"), "武昌区");
  EXPECT_EQ(names(all.path("420106001001")),
            (std::vector<std::string>{"湖北省", "武汉市", "武昌区", "示范街道", "示范路社区"}));
  for (auto const* unknown : {"99", "4", "420", "420106999", "420106001001001", "abc"}) {
    EXPECT_EQ(all.name(unknown), "") << unknown;
    EXPECT_TRUE(all.path(unknown).empty()) << unknown;
    EXPECT_TRUE(all.children(unknown).empty()) << unknown;
  }
}

TEST(Divisions, AreFoundAtTheFrontOfACardsAddress) {
  auto const all = hubei();
  auto const located = [&](char const* address) {
    auto const found = all.locate(address);
    std::string text;
    for (auto const* division : found.path) text += division->code + " ";
    return text + found.detail;
  };
  EXPECT_EQ(located("湖北省武汉市武昌区示例路12号"), "42 4201 420106 示例路12号");
  EXPECT_EQ(located("湖北省武汉市武昌区示范街道样板里社区1号"), "42 4201 420106 420106001 420106001002 1号");
  EXPECT_EQ(located("武汉市武昌区示例路12号"), "42 4201 420106 示例路12号");
  EXPECT_EQ(located("湖北省仙桃市示例路1号"), "42 4290 429004 示例路1号");
  EXPECT_EQ(located("北京市朝阳区示例路1号"), "11 朝阳区示例路1号");
  EXPECT_EQ(located("示例路1号"), "示例路1号");
  EXPECT_EQ(located("  湖北省 "), "42 ");
  EXPECT_EQ(located(""), "");
}

TEST(Divisions, OrderInTheFileDoesNotMatter) {
  auto const all = Divisions::parse(R"({"divisions":[["420106","武昌区"],["4201","武汉市"],["42","湖北省"]]})");
  ASSERT_TRUE(all);
  EXPECT_EQ(all->path("420106").size(), 3u);
}

TEST(Divisions, FaultsAreNamedWithTheirPlace) {
  struct Fault {
    char const* json;
    char const* detail;
  };
  for (auto const& [json, detail] : {
           Fault{"", "/: no JSON"},
           Fault{"[]", "/divisions: an array is wanted"},
           Fault{R"({"divisions":{}})", "/divisions: an array is wanted"},
           Fault{R"({"divisions":[["42","湖北省"],["4201"]]})", "/divisions/1: [code, name] is wanted"},
           Fault{R"({"divisions":[[42,"湖北省"]]})", "/divisions/0: [code, name] is wanted"},
           Fault{R"({"divisions":[["421","湖北省"]]})", "/divisions/0: no division code"},
           Fault{R"({"divisions":[["4x","湖北省"]]})", "/divisions/0: no division code"},
           Fault{R"({"divisions":[["42",""]]})", "/divisions/0: a name of 1 to 40 characters is wanted"},
           Fault{R"({"divisions":[["42"," 湖北省"]]})", "/divisions/0: a name of 1 to 40 characters is wanted"},
           Fault{R"({"divisions":[["42","湖北省"],["42","湖南省"]]})", "/divisions: a code stands twice"},
           Fault{R"({"divisions":[["4201","武汉市"]]})", "/divisions: a parent is missing"},
           Fault{R"({"divisions":[["42","湖北省"],["43","湖北省"]]})", "/divisions: a name stands twice"},
       }) {
    auto const all = Divisions::parse(json);
    ASSERT_FALSE(all) << json;
    EXPECT_TRUE(all.error().is("divisions_invalid")) << json;
    EXPECT_EQ(all.error().detail(), detail) << json;
  }
  EXPECT_TRUE(Divisions::load("/nowhere/at/all.json").error().is("divisions_file"));
}

}  // namespace
}  // namespace yizhan::forms

#include "tools/platform/json.h"

#include <gtest/gtest.h>

#include "tests/support/demo_pki.h"

namespace yizhan::platform {
namespace {

TEST(PlatformJson, WritesTheGoldenCanonicalForms) {
  auto const vectors =
      nlohmann::json::parse(test::read_file(test::source_folder() / "tests/support/golden/canonical.json"));
  ASSERT_GT(vectors.size(), 10u);
  for (auto const& vector : vectors) {
    auto const text = vector["json"].get<std::string>();
    auto const parsed = parse_json(text);
    ASSERT_TRUE(parsed) << text;
    auto const canonical = canonical_json(*parsed);
    if (vector["canonical"].is_null())
      EXPECT_FALSE(canonical) << text;
    else
      EXPECT_EQ(canonical.value(), vector["canonical"].get<std::string>()) << text;
  }
}

TEST(PlatformJson, RefusesWhatTwoReadersCouldReadDifferently) {
  EXPECT_EQ(parse_json(R"({"a":1,"a":1})").error().code(), "json_duplicate_key");
  EXPECT_EQ(parse_json(R"({"x":{"a":1,"b":{"c":1,"c":2}}})").error().code(), "json_duplicate_key");
  EXPECT_TRUE(parse_json(R"([{"a":1},{"a":1}])"));
  EXPECT_EQ(parse_json("\"\xc3\x28\"").error().code(), "json_malformed");
  EXPECT_EQ(parse_json(R"("\ud800")").error().code(), "json_malformed");
  EXPECT_EQ(parse_json("[1] 2").error().code(), "json_malformed");
  EXPECT_EQ(parse_json("").error().code(), "json_malformed");
}

TEST(PlatformJson, DepthIsLimitedBeforeItCosts) {
  EXPECT_TRUE(parse_json(std::string(30, '[') + std::string(30, ']')));
  EXPECT_EQ(parse_json(std::string(1'000'000, '[')).error().code(), "json_too_deep");
  std::string objects;
  for (int i = 0; i < 10'000; ++i) objects += R"({"a":)";
  EXPECT_EQ(parse_json(objects).error().code(), "json_too_deep");
}

}  // namespace
}  // namespace yizhan::platform

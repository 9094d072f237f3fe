#include "shared/domain/cases/draft.h"

#include <gtest/gtest.h>

namespace yizhan::cases {
namespace {

using Json = nlohmann::json;

std::string const k_hash = std::string(62, '0') + "ab";

Draft full_draft() {
  Draft draft;
  draft.id = Uuid::parse("01935f5c-0000-7000-8000-000000000001").value();
  draft.matter = "social_card_replace";
  draft.catalog_version = 7;
  draft.answers = {{"why", "lost"}};
  draft.fields = {
      {"applicant_name", "张三"},
      {"copies", 2},
      {"days", Json::array({"sat", "sun"})},
      {"home",
       {{"codes", Json::array({"42", "4201"})}, {"names", Json::array({"湖北省", "武汉市"})}, {"detail", "12号"}}}};
  draft.materials = {{"id_card", {}, HeldMaterial::How::from_card},
                     {"photo", {k_hash}, HeldMaterial::How::photographed}};
  draft.section = "contact";
  draft.updated_at = WallTime{std::chrono::milliseconds{1'795'500'000'123}};
  return draft;
}

TEST(Draft, ComesBackAsItWent) {
  auto const json = to_json(full_draft());
  auto const draft = parse_draft(json);
  ASSERT_TRUE(draft) << draft.error().to_line();
  EXPECT_EQ(to_json(*draft), json);
  EXPECT_EQ(draft->id, full_draft().id);
  EXPECT_EQ(draft->updated_at, full_draft().updated_at);
  EXPECT_EQ(draft->materials.at(1).pages.at(0), k_hash);
  EXPECT_EQ(draft->materials.at(0).how, HeldMaterial::How::from_card);
  EXPECT_EQ(draft->fields["home"]["detail"], "12号");
}

TEST(Draft, WrittenTwiceItIsTheSameText) {
  EXPECT_EQ(to_json(full_draft()).dump(),
            to_json(parse_draft(Json::parse(to_json(full_draft()).dump())).value()).dump());
}

TEST(Draft, MembersOfALaterVersionDoNotSpoilIt) {
  auto json = to_json(full_draft());
  json["later"] = {1, 2, 3};
  EXPECT_TRUE(parse_draft(json));
}

TEST(Draft, EveryMemberIsNeededInItsShape) {
  auto const whole = to_json(full_draft());
  for (auto const& member : whole.items()) {
    auto json = whole;
    json.erase(member.key());
    EXPECT_TRUE(parse_draft(json).error().is("draft_malformed")) << member.key();
    json = whole;
    json[member.key()] = true;
    EXPECT_TRUE(parse_draft(json).error().is("draft_malformed")) << member.key();
  }
  for (auto const& json : {Json(), Json("draft"), Json::array(), Json::object()}) EXPECT_FALSE(parse_draft(json));
}

TEST(Draft, LimitsHold) {
  auto const with = [](char const* pointer, Json value) {
    auto json = to_json(full_draft());
    json[Json::json_pointer(pointer)] = std::move(value);
    return parse_draft(json).has_value();
  };
  auto const numbered = [](int count) {
    auto fields = Json::object();
    for (int i = 0; i < count; ++i) fields["field_" + std::to_string(i)] = "x";
    return fields;
  };
  EXPECT_TRUE(with("/fields", numbered(300)));
  EXPECT_FALSE(with("/fields", numbered(301)));
  EXPECT_TRUE(with("/answers", numbered(100)));
  EXPECT_FALSE(with("/answers", numbered(101)));
  EXPECT_TRUE(with("/fields/long", std::string(8'000, 'x')));
  EXPECT_FALSE(with("/fields/long", std::string(8'001, 'x')));
  EXPECT_FALSE(with("/fields/flag", true));
  EXPECT_FALSE(with("/fields/none", nullptr));
  EXPECT_FALSE(with("/fields/deep", Json{{"a", {{"b", "c"}}}}));
  EXPECT_FALSE(with("/fields/deep", Json::array({Json::array({"x"})})));
  EXPECT_FALSE(with("/fields/", "a field without a name"));
  EXPECT_FALSE(with("/answers/why", 1));
  EXPECT_FALSE(with("/materials/0/how", "found"));
  EXPECT_FALSE(with("/materials/0/material", ""));
  EXPECT_FALSE(with("/materials/1/pages/0", "AB" + std::string(62, '0')));
  EXPECT_FALSE(with("/materials/1/pages/0", std::string(63, '0')));
  EXPECT_FALSE(with("/id", "not-a-uuid"));
  EXPECT_FALSE(with("/updated_at", "yesterday"));
  EXPECT_FALSE(with("/catalog_version", -1));
  EXPECT_FALSE(with("/catalog_version", std::uint64_t{1} << 63));
}

TEST(Draft, AnErrorNamesTheMemberAndNeverTheValue) {
  auto json = to_json(full_draft());
  json["materials"][1]["pages"][0] = "420106199003070016";
  auto const error = parse_draft(json).error().to_line();
  EXPECT_NE(error.find("pages"), error.npos);
  EXPECT_EQ(error.find("420106199003070016"), error.npos);
}

Signature full_signature() {
  Signature signature;
  signature.width = 90'000;
  signature.height = 30'000;
  signature.document = k_hash;
  signature.strokes = {{{0, 0, 0}, {90'000, 30'000, 16}}, {{500, 600, 700}}};
  return signature;
}

TEST(SignatureStrokes, ComeBackAsTheyWent) {
  auto const json = to_json(full_signature());
  auto const signature = parse_signature(json);
  ASSERT_TRUE(signature);
  EXPECT_EQ(to_json(*signature), json);
  EXPECT_EQ(signature->strokes.at(0).at(1).x, 90'000);
  EXPECT_EQ(signature->strokes.at(1).at(0).ms, 700);
  EXPECT_TRUE(parse_signature(to_json(Signature{})).value().empty());
}

TEST(SignatureStrokes, LieInTheFieldAndGoForwardInTime) {
  auto const with = [](char const* pointer, Json value) {
    auto json = to_json(full_signature());
    json[Json::json_pointer(pointer)] = std::move(value);
    return parse_signature(json).has_value();
  };
  EXPECT_FALSE(with("/strokes/0/0/0", -1));
  EXPECT_FALSE(with("/strokes/0/0/0", 90'001));
  EXPECT_FALSE(with("/strokes/0/0/1", 30'001));
  EXPECT_FALSE(with("/strokes/0/0/1", 0.5));
  EXPECT_FALSE(with("/strokes/0/0/1", "0"));
  EXPECT_FALSE(with("/strokes/1/0/2", 15));  // before the end of the first stroke
  EXPECT_FALSE(with("/strokes/1/0/2", 3'600'001));
  EXPECT_FALSE(with("/strokes/1/0", Json::array({1, 2})));
  EXPECT_FALSE(with("/strokes/1", Json::array()));
  EXPECT_FALSE(with("/width", 0));
  EXPECT_FALSE(with("/width", 1'000'001));
  EXPECT_FALSE(with("/document", ""));  // signs nothing
  EXPECT_FALSE(with("/document", std::string(64, 'g')));
}

TEST(SignatureStrokes, TwoHundredOfTwoThousandPointsAreEnough) {
  auto signature = full_signature();
  signature.strokes.assign(200, std::vector<Signature::Point>(2'000, {1, 2, 3}));
  EXPECT_TRUE(parse_signature(to_json(signature)));
  signature.strokes.push_back({{1, 2, 3}});
  EXPECT_FALSE(parse_signature(to_json(signature)));
  signature.strokes.assign(1, std::vector<Signature::Point>(2'001, {1, 2, 3}));
  EXPECT_FALSE(parse_signature(to_json(signature)));
}

}  // namespace
}  // namespace yizhan::cases

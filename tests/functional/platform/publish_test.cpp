// GET /v1/catalog and /v1/calendar: signed by the keys the trust list names, per hall, never back.
#include "shared/base/text.h"
#include "shared/crypto/credential.h"
#include "shared/domain/catalog/catalog.h"
#include "tests/functional/platform/platform_test.h"

namespace yizhan::test {
namespace {

using nlohmann::json;

class PlatformPublish : public PlatformTest {
 protected:
  json publish(char const* document, std::string const& content, bool force = false) {
    write_file(m_files / "document.json", content);
    return office(
        {{"do", "publish"}, {"document", document}, {"file", (m_files / "document.json").string()}, {"force", force}});
  }
  /// Its JSON, believed only where the trust list names a signer for this use and hall.
  std::string verified(char const* document, std::string const& terminal) {
    auto const answer = get(terminal, std::string("/v1/") + document);
    if (answer.status != 200) return std::to_string(answer.status);
    EXPECT_EQ(answer.headers.at("content-type"), "application/cose");
    std::vector<crypto::Certificate> signers;
    auto const trusted = crypto::parse_trust_list(read_file(pki().folder() / "trust.json")).value();
    for (auto const& key : trusted)
      if (key.use == std::vector<std::string>{document} && key.halls == std::vector<std::string>{""})
        signers.push_back(key.certificate);
    EXPECT_EQ(signers.size(), 1U);
    auto const content = crypto::verify_document(answer.body, signers);
    return content ? *content : std::string(content.error().code());
  }
  TempDir m_files{"publish"};
};

TEST_F(PlatformPublish, ACatalogueIsSignedServedAndNotServedAgain) {
  EXPECT_EQ(get(k_first, "/v1/catalog").problem(), "not_found");
  std::string const first = R"({"version":3,"hall":"420106001001","items":[]})";
  EXPECT_EQ(publish("catalog", first), (json{{"ok", true}}));
  EXPECT_EQ(verified("catalog", k_first), first);
  auto again = request(k_first, "/v1/catalog");
  again.headers["If-None-Match"] = get(k_first, "/v1/catalog").headers.at("etag");
  EXPECT_EQ(http(again).status, 304);
  EXPECT_EQ(http(again).body, "");
  platform().stop();
  platform().start();
  EXPECT_EQ(http(again).status, 304) << "the tag is the content's";
  EXPECT_EQ(publish("catalog", R"({"version":4,"hall":"420106001001","items":[]})"), (json{{"ok", true}}));
  EXPECT_EQ(http(again).status, 200);
}

TEST_F(PlatformPublish, VersionsNeverGoBackUnlessForced) {
  EXPECT_EQ(publish("calendar", R"({"version":5,"years":[]})"), (json{{"ok", true}}));
  EXPECT_EQ(publish("calendar", R"({"version":5,"years":[],"x":1})")["error"], "version_back");
  EXPECT_EQ(publish("calendar", R"({"version":4,"years":[]})")["error"], "version_back");
  EXPECT_EQ(verified("calendar", k_other_hall), R"({"version":5,"years":[]})");
  EXPECT_EQ(publish("calendar", R"({"version":4,"years":[]})", true), (json{{"ok", true}}));
  EXPECT_EQ(verified("calendar", k_first), R"({"version":4,"years":[]})");
}

TEST_F(PlatformPublish, AHallGetsItsOwnCatalogueElseItsDistricts) {
  EXPECT_EQ(publish("catalog", R"({"version":1,"hall":"420106"})"), (json{{"ok", true}}));
  EXPECT_EQ(publish("catalog", R"({"version":1,"hall":"420106001002"})"), (json{{"ok", true}}));
  EXPECT_EQ(publish("catalog", R"({"version":1,"hall":"420107"})"), (json{{"ok", true}}));
  EXPECT_EQ(verified("catalog", k_first), R"({"version":1,"hall":"420106"})");
  EXPECT_EQ(verified("catalog", k_other_hall), R"({"version":1,"hall":"420106001002"})");
}

TEST_F(PlatformPublish, TheDemosCatalogueAndCalendarGoOutAsTheyLie) {
  auto const catalog = source_folder() / "assets/catalog/demo";
  EXPECT_EQ(office({{"do", "publish"}, {"document", "catalog"}, {"file", catalog.string()}}), (json{{"ok", true}}));
  EXPECT_EQ(json::parse(verified("catalog", k_first)), json::parse(catalog::join_catalog(catalog).value()));
  EXPECT_NE(psql("SELECT promises->>'social_card_replace' FROM platform_published"), "");
  auto const calendar = source_folder() / "assets/calendar/holidays.json";
  EXPECT_EQ(office({{"do", "publish"}, {"document", "calendar"}, {"file", calendar.string()}}), (json{{"ok", true}}));
  EXPECT_EQ(verified("calendar", k_first), read_file(calendar));
}

TEST_F(PlatformPublish, WhatIsNoDocumentIsNotPublished) {
  EXPECT_EQ(publish("trust", R"({"version":1})")["error"], "document_unknown");
  for (char const* content : {"[]", "{}", R"({"version":"1"})", R"({"version":-1})", R"({"version":1,"hall":"x"})",
                              R"({"version":1,"hall":"4201060010011"})", R"({"version":1,"hall":7})", "{"})
    EXPECT_EQ(publish("catalog", content)["error"], "document_invalid") << content;
  EXPECT_EQ(office({{"do", "publish"}, {"document", "catalog"}, {"file", "/nowhere"}})["error"], "file_unreadable");
  EXPECT_EQ(get(k_first, "/v1/catalog").status, 404);
}

}  // namespace
}  // namespace yizhan::test

// Catalogue and calendar: signed by whom the trust list names for them, and for this hall.
#include "shared/crypto/credential.h"
#include "tests/support/pki/pki.h"
#include "tests/unit/shared/sync/fixture.h"

namespace yizhan::sync {
namespace {

struct DocumentTest : SyncTest {
  test::Issued root = test::self_signed("urn:yizhan:platform:hubei", k_now);
  test::Issued editor = test::self_signed("urn:yizhan:platform:hubei:documents", k_now);
  std::vector<std::string> stored;

  void SetUp() override {
    settings.trust_signers = {root.certificate()};
    trust({"calendar"}, {"4201"}, false);
  }
  void trust(std::vector<std::string> const& use, std::vector<std::string> const& halls, bool revoked) {
    json const list{{"version", ++version},
                    {"keys",
                     {{{"certificate", text::to_base64(text::bytes_of(editor.certificate().der()))},
                       {"use", use},
                       {"halls", halls},
                       {"revoked", revoked}}}}};
    platform->trust = crypto::sign_document(list.dump(), root.key(), root.certificate()).value();
    platform->trust_etag = '"' + std::to_string(version) + '"';
  }
  void serve(std::string const& name, std::string const& json_text) {
    HttpResponse const response{200,
                                "application/cose",
                                "\"d\"",
                                {},
                                crypto::sign_document(json_text, editor.key(), editor.certificate()).value()};
    for (int i = 0; i < 4; ++i) instead("/v1/" + name, response);
  }
  static std::string calendar(int of_version) {
    return json{{"version", of_version},
                {"years", {{{"year", 2026}, {"off", {"2026-01-01"}}, {"work", {"2026-01-04"}}}}}}
        .dump();
  }
  int version = 0;
};

TEST_F(DocumentTest, ACalendarIsStoredOnceWhoSignsItIsKnown) {
  serve("calendar", calendar(7));
  start();
  engine->on_document([this](std::string const& name) { stored.push_back(name); });
  ASSERT_TRUE(engine->run_until_idle(world.clock.steady().now() + 1min));
  EXPECT_EQ(line.documents["calendar"].version, 7);
  EXPECT_EQ(stored, (std::vector<std::string>{"trust", "calendar"}));
}

TEST_F(DocumentTest, WithoutTheRightUseHallOrTrustNothingIsAskedFor) {
  serve("calendar", calendar(7));
  trust({"catalog"}, {"4201"}, false);
  for (int i = 0; i < 4; ++i) instead("/v1/catalog", problem(404, "not_found"));
  ASSERT_TRUE(round());
  trust({"calendar"}, {"4202"}, false);
  ASSERT_TRUE(round());
  trust({"calendar"}, {"4201"}, true);
  ASSERT_TRUE(round());
  EXPECT_EQ(platform->count("/v1/calendar"), 0);
  EXPECT_FALSE(line.documents.contains("calendar"));
}

TEST_F(DocumentTest, AnOlderOneOrOneThatIsWrongInsideLeavesTheLastInForce) {
  serve("calendar", calendar(7));
  ASSERT_TRUE(round());
  platform->instead["/v1/calendar"].clear();
  serve("calendar", calendar(6));
  EXPECT_EQ(round_error(), "document_version_back");
  // The link is well all the same: what was refused is told apart, by its name.
  auto const snapshot = engine->snapshot();
  EXPECT_FALSE(snapshot.last_error) << snapshot.last_error->to_line();
  ASSERT_TRUE(snapshot.refused_document);
  EXPECT_EQ(snapshot.refused_document->name, "calendar");
  EXPECT_TRUE(snapshot.refused_document->error.is("document_version_back"));
  platform->instead["/v1/calendar"].clear();
  serve("calendar", R"({"version":9,"years":[{"year":2026,"off":["yesterday"],"work":[]}]})");
  EXPECT_EQ(round_error(), "calendar_invalid");
  EXPECT_EQ(line.documents["calendar"].version, 7);
}

TEST_F(DocumentTest, AnotherHandsSignatureIsNotBelieved) {
  auto const stranger = test::self_signed("urn:yizhan:platform:hubei:documents", k_now);
  HttpResponse const response{200,
                              "application/cose",
                              "\"d\"",
                              {},
                              crypto::sign_document(calendar(9), stranger.key(), stranger.certificate()).value()};
  instead("/v1/calendar", response);
  EXPECT_EQ(round_error(), "document_untrusted");
  EXPECT_FALSE(line.documents.contains("calendar"));
}

TEST_F(DocumentTest, APlatformWithoutACatalogueIsNoTrouble) {
  trust({"catalog"}, {""}, false);
  for (int i = 0; i < 2; ++i) instead("/v1/catalog", problem(404, "not_found"));
  EXPECT_TRUE(round());
}

}  // namespace
}  // namespace yizhan::sync

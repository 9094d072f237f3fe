// What the platform signs, as the premises take it up: catalogue, holidays, the key for documents.
#include "shared/office/premises.h"

#include "shared/base/text.h"
#include "shared/office/control.h"
#include "tests/support/pki/pki.h"
#include "tests/unit/shared/office/office_machine.h"

namespace yizhan::test {
namespace {

using nlohmann::json;
using namespace std::chrono_literals;

class SignedDocuments : public testing::Test {
 protected:
  TempDir m_folder{"premises"};
  ManualEnv m_env{k_morning, 1};
  std::unique_ptr<calendar::HallClock> m_clock;
  std::unique_ptr<office::Premises> m_premises;
  std::string m_own = catalog::join_catalog("assets/catalog/demo").value();

  void SetUp() override { open(); }
  void open() {
    m_premises.reset();
    m_clock = std::make_unique<calendar::HallClock>(m_env.clock.wall(), m_env.clock.steady(), k_morning - 24h);
    config::Config config;
    config.hall.catalog = "assets/catalog/demo";
    auto opened = office::Premises::open({config, m_folder / "data", crypto::Profile::demo}, m_env.env(), *m_clock, {});
    ASSERT_TRUE(opened) << opened.error().to_line();
    m_premises = std::move(*opened);
  }
  [[nodiscard]] std::int64_t own_version() const { return json::parse(m_own).at("version"); }
  std::string catalog(std::int64_t version, json more = json::object()) const {
    auto all = json::parse(m_own);
    all["version"] = version;
    all.update(more);
    return all.dump();
  }
  /// As sync leaves it.
  void store(std::string const& name, std::int64_t version, std::string const& text) {
    auto const stored =
        m_premises->store().outbox().store_document(name, version, "\"" + std::to_string(version) + "\"", text);
    ASSERT_TRUE(stored) << stored.error().to_line();
  }
  void expect_in_force(std::int64_t version) {
    EXPECT_EQ(m_premises->catalog()->version, version);
    EXPECT_TRUE(m_premises->store().check()->empty());
  }
  std::int64_t refusals(std::string const& error) {
    auto row = m_premises->store().database().prepare(
        "SELECT count(*) FROM audit WHERE action = 'document.refused' AND details LIKE '%' || ? || '%'");
    row->bind(1, std::string_view(error));
    EXPECT_TRUE(row->step().value_or(false));
    return row->integer(0);
  }
  json trust(Issued const& issued, json const& more) const {
    auto const der = issued.certificate().der();
    json key{{"certificate", text::to_base64(text::bytes_of(der))},
             {"use", {"upload"}},
             {"halls", {"4201"}},
             {"revoked", false}};
    key.update(more);
    return {{"version", 1}, {"keys", json::array({key})}};
  }
};

TEST_F(SignedDocuments, ACatalogueWaitsUntilItIsTakenAndSurvivesARestart) {
  auto const before = m_premises->catalog();
  EXPECT_FALSE(m_premises->refresh_documents().value());
  m_premises->take_new_catalog();
  EXPECT_EQ(m_premises->catalog(), before) << "nothing was waiting";

  auto const version = own_version() + 5;
  auto without = json::parse(m_own).at("items");
  auto const code = without.at(0).at("code").get<std::string>();
  store("catalog", version, catalog(version));
  EXPECT_TRUE(m_premises->refresh_documents().value());
  EXPECT_TRUE(m_premises->refresh_documents().value()) << "it waits for as long as a visit lasts";
  EXPECT_EQ(m_premises->catalog(), before);
  m_premises->take_new_catalog();
  expect_in_force(version);
  EXPECT_EQ(before->version, own_version()) << "who still holds the old one keeps it";
  EXPECT_TRUE(m_premises->office().take_ticket({.service = code}));
  EXPECT_FALSE(m_premises->refresh_documents().value());
  open();
  expect_in_force(version);
}

TEST_F(SignedDocuments, ACatalogueOfALaterDayBeginsOnThatDay) {
  auto const version = own_version() + 1;
  store("catalog", version, catalog(version));
  ASSERT_TRUE(m_premises->refresh_documents().value());
  m_premises->take_new_catalog();
  store("catalog", version + 1, catalog(version + 1, {{"from", "2026-11-26"}}));
  EXPECT_FALSE(m_premises->refresh_documents().value());
  m_premises->take_new_catalog();
  expect_in_force(version);
  open();
  expect_in_force(version);  // not the one that came with the program, and not the later one
  m_env.clock.advance(48h);
  EXPECT_TRUE(m_premises->refresh_documents().value());
  m_premises->take_new_catalog();
  expect_in_force(version + 1);
}

TEST_F(SignedDocuments, WhatCannotBeUsedIsNamedOnceAndTheOldOneStays) {
  auto const version = own_version();
  store("catalog", version + 1, "{\"version\":" + std::to_string(version + 1) + "}");
  EXPECT_FALSE(m_premises->refresh_documents().value());
  EXPECT_FALSE(m_premises->refresh_documents().value());
  EXPECT_EQ(refusals("catalog_invalid"), 1);
  store("catalog", version + 2, catalog(version + 2, {{"hall", "110101"}}));
  EXPECT_FALSE(m_premises->refresh_documents().value());
  EXPECT_EQ(refusals("catalog_other_hall"), 1);
  store("catalog", version + 3, catalog(version - 1));
  EXPECT_FALSE(m_premises->refresh_documents().value());
  EXPECT_EQ(refusals("document_version_back"), 1);
  store("calendar", 9, "{}");
  EXPECT_FALSE(m_premises->refresh_documents().value());
  EXPECT_EQ(refusals("calendar_invalid"), 1);
  expect_in_force(version);
}

TEST_F(SignedDocuments, HolidaysAreInForceAtOnce) {
  auto const before = m_premises->holidays();
  EXPECT_TRUE(before->covers(std::chrono::year{2026}));
  EXPECT_FALSE(before->covers(std::chrono::year{2031}));
  store("calendar", 50, R"({"version":50,"years":[{"year":2031,"off":["2031-01-01"],"work":[]}]})");
  ASSERT_TRUE(m_premises->refresh_documents());
  EXPECT_TRUE(m_premises->holidays()->covers(std::chrono::year{2031}));
  open();
  EXPECT_EQ(m_premises->holidays()->version(), 50);
}

TEST_F(SignedDocuments, OnlyAFittingCertificateIsTheKeyForDocuments) {
  auto const good = self_signed("urn:yizhan:platform", k_morning);
  std::int64_t version = 0;
  auto const possible = [&](json const& list) {
    store("trust", ++version, list.dump());
    EXPECT_TRUE(m_premises->refresh_documents());
    return m_premises->applications_possible();
  };
  EXPECT_FALSE(m_premises->applications_possible());
  EXPECT_TRUE(possible(trust(good, json::object())));
  EXPECT_FALSE(possible(trust(good, {{"use", {"ticket", "catalog"}}})));
  EXPECT_FALSE(possible(trust(good, {{"halls", {"110101"}}})));
  EXPECT_FALSE(possible(trust(good, {{"revoked", true}})));
  EXPECT_FALSE(possible(trust(self_signed("urn:x", k_morning + 24h * 30), json::object()))) << "not valid yet";
  EXPECT_FALSE(possible(trust(self_signed("urn:x", k_morning, crypto::Algorithm::sm2), json::object())));
  EXPECT_TRUE(possible(trust(good, json::object())));
  m_env.clock.advance(24h * 400);
  ASSERT_TRUE(m_premises->refresh_documents());
  EXPECT_FALSE(m_premises->applications_possible()) << "it has run out";
}

TEST_F(SignedDocuments, ToolsAreToldWhatWaits) {
  cases::Draft draft;
  draft.id = Uuid::v7(m_env.env());
  draft.matter = "social_card_replace";
  ASSERT_TRUE(m_premises->matters().save_draft(zhang_san(), draft));
  auto const matters = office::answer_control(*m_premises, {{"ask", "matters.status"}});
  EXPECT_EQ(matters, json({{"drafts", 1},
                           {"open_cases", 0},
                           {"cases", 0},
                           {"undelivered", 0},
                           {"follow_ups", 0},
                           {"parked_documents", json::array()}}));
  auto const line = office::answer_control(*m_premises, {{"ask", "sync.status"}});
  for (auto const* member : {"uploads_waiting", "uploads_bytes", "uploads_parked"})
    EXPECT_EQ(line.at(member), 0) << member;
}

}  // namespace
}  // namespace yizhan::test

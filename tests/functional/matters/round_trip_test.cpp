// An application's whole way without a screen: a real back room, the real engine, the sandbox as a program, and back.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "shared/base/real_env.h"
#include "shared/base/text.h"
#include "shared/crypto/hash.h"
#include "shared/domain/catalog/catalog.h"
#include "shared/office/premises.h"
#include "shared/store/uploads.h"
#include "shared/sync/configured.h"
#include "shared/sync/sync_engine.h"
#include "tests/support/demo_pki.h"
#include "tests/support/postgres_cluster.h"

namespace yizhan::test {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;
constexpr char const* k_terminal = "420106001001:001";
constexpr std::size_t k_page_size = 1'500'000;

std::vector<std::byte> noise(std::size_t size) {
  std::vector<std::byte> bytes(size);
  RealEnv env;
  env.secure_rng.fill(bytes);
  return bytes;
}

identity::Person resident(std::string_view number, std::string_view name) {
  identity::Person person;
  person.number = SecretText(number);
  person.name = SecretText(name);
  person.birth = SecretText("1952-11-02");
  person.birth_year = "1952";
  person.address = SecretText("湖北省武汉市武昌区示例路7号");
  person.sex = SecretText("female");
  person.verification = identity::Verification::card_read;
  return person;
}

/// A machine's back room and its link, both on the test's thread.
struct Machine {
  Machine(DemoPki const& pki, std::string const& url) {
    auto const folder = pki.folder();
    config.platform.url = url;
    config.platform.trust_signer = (folder / "document-signer.crt").string();
    config.platform.tls.ca = pki.ca();
    config.platform.tls.certificate = pki.device_certificate(k_terminal);
    auto vault = crypto::open_development_vault(data.path(), crypto::Profile::demo).value();
    auto const key = read_file(pki.device_key(k_terminal));
    EXPECT_TRUE(vault->put("device", SecretBytes(text::bytes_of(key))));
    EXPECT_TRUE(vault->put("hall", SecretBytes(noise(32))));
    EXPECT_TRUE(vault->put("holder", SecretBytes(noise(32))));
    open();
  }
  void open() {
    engine.reset();
    premises.reset();
    premises = office::Premises::open({config, data.path(), crypto::Profile::demo}, env.env(), clock, {}).value();
    engine = sync::SyncEngine::create(sync::settings_of(config, premises->vault()).value(), env.env(),
                                      premises->store().outbox(), clock, &premises->store().uploads())
                 .value();
  }
  /// Everything due is sent, everything new is asked for and taken up.
  std::string round() {
    engine->link_up();
    auto const result = engine->run_until_idle(env.steady.now() + 60s);
    EXPECT_TRUE(premises->refresh_documents());
    return result ? "" : result.error().to_line();
  }
  /// Something could not be done; a round would go on trying for a while.
  std::string failure() {
    engine->link_up();
    EXPECT_TRUE(step_until([&] {
      auto const snapshot = engine->snapshot();
      return snapshot.last_error || snapshot.refused_document;
    }));
    EXPECT_TRUE(premises->refresh_documents());
    auto const snapshot = engine->snapshot();
    if (snapshot.last_error) return std::string(snapshot.last_error->code());
    return snapshot.refused_document ? std::string(snapshot.refused_document->error.code()) : "";
  }
  template <class Condition>
  bool step_until(Condition condition) {
    auto const end = env.steady.now() + 60s;
    while (!condition() && env.steady.now() < end) engine->step(50ms);
    return condition();
  }
  [[nodiscard]] std::uint64_t waiting() { return premises->store().uploads().upload_status()->waiting; }

  /// An allowance for old age, with a photographed page and a signature.
  Result<office::CaseView> apply(identity::Person const& person) {
    auto& matters = premises->matters();
    cases::Draft draft;
    draft.id = Uuid::v7(env.env());
    draft.matter = "age_allowance";
    draft.catalog_version = premises->catalog()->version;
    draft.fields = {{"living", "alone"}, {"other_allowance", "no"}, {"pay_to", "social_card"}, {"promise_true", "yes"}};
    auto const page = TRY(matters.put_page(draft.id, noise(k_page_size)));
    using How = cases::HeldMaterial::How;
    draft.materials = {{"id_card", {}, How::from_card}, {"bank_card", {page}, How::photographed}};
    TRY(matters.save_draft(person, draft));
    office::Submission all;
    all.draft = draft.id;
    all.catalog = premises->catalog();
    all.applicant = person.clone();
    all.application_pdf = noise(40'000);
    all.signature = {{{{10'000, 10'000, 0}, {40'000, 20'000, 200}, {70'000, 12'000, 400}}},
                     80'000,
                     30'000,
                     crypto::sha256_hex(all.application_pdf)};
    all.signature_png = noise(2'000);
    auto view = matters.submit(all);
    engine->notify();
    return view;
  }
  cases::LookupAnswer look_up(cases::LookupQuestion question) {
    std::optional<Result<cases::LookupAnswer>> answer;
    engine->look_up(std::move(question), [&](Result<cases::LookupAnswer> came) { answer.emplace(std::move(came)); });
    EXPECT_TRUE(step_until([&] { return answer.has_value(); }));
    EXPECT_TRUE(answer && *answer);
    return answer && *answer ? std::move(**answer) : cases::LookupAnswer{};
  }

  RealEnv env;
  TempDir data{"matters"};
  config::Config config;
  calendar::HallClock clock{env.wall, env.steady, office::build_time()};
  std::unique_ptr<office::Premises> premises;
  std::unique_ptr<sync::SyncEngine> engine;
};

class RoundTrip : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    s_cluster = std::make_unique<PostgresCluster>();
    s_pki = std::make_unique<DemoPki>(std::vector<std::string>{k_terminal});
  }
  static void TearDownTestSuite() {
    s_cluster.reset();
    s_pki.reset();
  }
  void SetUp() override {
    static int next = 0;
    m_database = "round" + std::to_string(++next);
    platform = std::make_unique<PlatformProcess>(*s_pki, s_cluster->create_database(m_database));
    machine = std::make_unique<Machine>(*s_pki, platform->url());
    ASSERT_EQ(machine->round(), "");  // the trust list, and with it the key for documents
  }
  json office(json const& request) { return json::parse(platform->back_office(request.dump()), nullptr, false); }
  void act(std::string const& number, std::string const& act, json more = json::object()) {
    more.update({{"do", "act"}, {"case", number}, {"part", 1}, {"act", act}});
    auto const answer = office(more);
    EXPECT_TRUE(answer.value("ok", false)) << answer.dump();
  }
  bool received(std::size_t cases) {
    return eventually(60s, [&] {
      auto const all = office({{"do", "cases"}});
      std::size_t count = 0;
      for (auto const& one : all["cases"]) count += one["state"] == "received" ? 1 : 0;
      return count == cases;
    });
  }
  void expect_whole(int cases) {
    auto const check = office({{"do", "check"}});
    EXPECT_EQ(check.value("cases", -1), cases) << check.dump();
    for (char const* what : {"documents_missing", "documents_broken", "doubled"})
      EXPECT_EQ(check.value(what, -1), 0) << check.dump();
  }
  /// Signed by the platform and served from now on.
  json publish(std::string const& document, json const& content, bool force = false) {
    auto const file = m_folder / (document + ".json");
    write_file(file, content.dump());
    return office({{"do", "publish"}, {"document", document}, {"file", file.string()}, {"force", force}});
  }
  /// The hall's own catalogue with another version.
  static json catalogue(std::int64_t version) {
    auto all = json::parse(catalog::join_catalog((source_folder() / "assets/catalog/demo").string()).value());
    all["version"] = version;
    return all;
  }
  office::CaseView mine(identity::Person const& person) {
    auto all = machine->premises->matters().cases(person);
    EXPECT_TRUE(all && all->size() == 1);
    return all && !all->empty() ? std::move(all->front()) : office::CaseView{};
  }

  static inline std::unique_ptr<PostgresCluster> s_cluster;
  static inline std::unique_ptr<DemoPki> s_pki;
  TempDir m_folder{"round"};
  std::string m_database;
  std::unique_ptr<PlatformProcess> platform;
  std::unique_ptr<Machine> machine;
  identity::Person wang = resident("420106195211020023", "王秀英");
};

TEST_F(RoundTrip, WhatWasHandedInWhileThePlatformWasAwayArrivesLaterAndItsDecisionsComeBack) {
  platform->stop();
  auto const view = machine->apply(wang);
  ASSERT_TRUE(view) << view.error().to_line();
  EXPECT_FALSE(view->delivered);
  EXPECT_EQ(machine->failure(), "network_connect");
  EXPECT_EQ(machine->waiting(), 3u);
  machine->open();  // and the machine was restarted meanwhile
  platform->start();
  ASSERT_EQ(machine->round(), "");
  EXPECT_EQ(machine->waiting(), 0u);
  ASSERT_TRUE(received(1));
  expect_whole(1);
  EXPECT_TRUE(mine(wang).delivered);
  auto const& number = view->what.number;
  act(number, "accept");
  ASSERT_EQ(machine->round(), "");
  EXPECT_EQ(mine(wang).what.parts[0].state, cases::State::accepted);
  act(number, "decide", {{"outcome", "granted"}});
  ASSERT_EQ(machine->round(), "");
  EXPECT_EQ(mine(wang).what.parts[0].outcome, cases::Outcome::granted);
}

TEST_F(RoundTrip, APlatformKilledInTheMiddleOfUploadsHasEachDocumentOnceAndWhole) {
  constexpr int k_cases = 4;
  std::vector<identity::Person> residents;
  for (char const* number : {"420106195211020023", "42010619521102004X", "420106195211020066", "420106195211020082"})
    residents.push_back(resident(number, "王秀英"));
  for (auto const& person : residents) {
    auto const view = machine->apply(person);
    ASSERT_TRUE(view) << view.error().to_line();
  }
  for (int kill = 0; kill < 6; ++kill) {
    machine->engine->link_up();
    for (int i = 0; i <= kill * 4; ++i) machine->engine->step(5ms);
    platform->kill();
    platform->start();
  }
  ASSERT_EQ(machine->round(), "");
  EXPECT_EQ(machine->waiting(), 0u);
  ASSERT_TRUE(received(k_cases));
  expect_whole(k_cases);
}

TEST_F(RoundTrip, ACatalogueComesSignedWaitsForTheVisitsEndAndNeverGoesBack) {
  auto const own = machine->premises->catalog()->version;
  ASSERT_TRUE(publish("catalog", catalogue(own + 2)).value("ok", false));
  machine->open();  // asks for all documents again
  ASSERT_EQ(machine->round(), "");
  EXPECT_EQ(machine->premises->catalog()->version, own) << "somebody may be in the middle of a visit";
  machine->premises->take_new_catalog();
  EXPECT_EQ(machine->premises->catalog()->version, own + 2);

  // Another hall's, an older one, one whose signature does not fit: nothing changes.
  auto foreign = catalogue(own + 9);
  foreign["hall"] = "110101001001";
  ASSERT_TRUE(publish("catalog", foreign).value("ok", false));
  ASSERT_TRUE(publish("catalog", catalogue(own + 1), true).value("ok", false));
  machine->open();
  EXPECT_EQ(machine->failure(), "document_version_back");
  machine->premises->take_new_catalog();
  EXPECT_EQ(machine->premises->catalog()->version, own + 2);

  ASSERT_TRUE(publish("catalog", catalogue(own + 5)).value("ok", false));
  s_cluster->psql(
      "UPDATE platform_published SET cose = set_byte(cose, length(cose) - 1, get_byte(cose, length(cose) - 1) # 1)",
      m_database);
  machine->open();
  EXPECT_EQ(machine->failure(), "document_signature");
  machine->premises->take_new_catalog();
  EXPECT_EQ(machine->premises->catalog()->version, own + 2);

  // Signed again as it should be, it comes.
  ASSERT_TRUE(publish("catalog", catalogue(own + 6)).value("ok", false));
  machine->open();
  ASSERT_EQ(machine->round(), "");
  machine->premises->take_new_catalog();
  EXPECT_EQ(machine->premises->catalog()->version, own + 6);
}

TEST_F(RoundTrip, ACalendarMakesAProvisionalDeadlineCertain) {
  ASSERT_TRUE(machine->apply(wang));
  ASSERT_EQ(machine->round(), "");
  ASSERT_TRUE(received(1));
  // Of a year nobody has published yet.
  ASSERT_TRUE(publish("calendar", {{"version", 9'000'001}, {"years", json::array()}}).value("ok", false));
  act(mine(wang).what.number, "accept");
  machine->open();
  ASSERT_EQ(machine->round(), "");
  auto const before = mine(wang).due.at(0);
  ASSERT_TRUE(before);
  EXPECT_TRUE(before->provisional);

  // The day it would have been is a holiday now.
  auto years = json::array();
  auto const year = static_cast<int>(before->day.date.year());
  for (int one = year - 1; one <= year + 1; ++one)
    years.push_back({{"year", one}, {"off", json::array()}, {"work", json::array()}});
  years[1]["off"].push_back(before->day.to_string());
  ASSERT_TRUE(publish("calendar", {{"version", 9'000'002}, {"years", years}}).value("ok", false));
  machine->open();
  ASSERT_EQ(machine->round(), "");
  auto const after = mine(wang).due.at(0);
  ASSERT_TRUE(after);
  EXPECT_FALSE(after->provisional);
  EXPECT_GT(after->day.to_string(), before->day.to_string());
}

TEST_F(RoundTrip, CasesAreFoundByCardAndByReceiptAndByNobodyElse) {
  auto const view = machine->apply(wang);
  ASSERT_TRUE(view);
  ASSERT_EQ(machine->round(), "");
  ASSERT_TRUE(received(1));
  cases::LookupQuestion card;
  card.number = wang.number.clone();
  auto const by_card = machine->look_up(std::move(card));
  ASSERT_EQ(by_card.cases.size(), 1u);
  EXPECT_EQ(by_card.cases[0].number, view->what.number);
  EXPECT_EQ(by_card.cases[0].name.find("秀英"), std::string::npos);
  ASSERT_FALSE(by_card.papers.empty());
  EXPECT_EQ(by_card.papers[0].material, "bank_card");

  cases::LookupQuestion receipt;
  receipt.case_number = view->what.number;
  auto const by_receipt = machine->look_up(std::move(receipt));
  ASSERT_EQ(by_receipt.cases.size(), 1u);
  EXPECT_EQ(by_receipt.cases[0].name, "");
  EXPECT_TRUE(by_receipt.papers.empty());

  cases::LookupQuestion other;
  other.number = SecretText("420106199003070016");
  EXPECT_TRUE(machine->look_up(std::move(other)).cases.empty());
  cases::LookupQuestion unknown;
  unknown.case_number = "4201060010012026112400199999";
  EXPECT_TRUE(machine->look_up(std::move(unknown)).cases.empty());
}

}  // namespace
}  // namespace yizhan::test

// Matters from the first question to the rating, on the real program with a real platform whose departments are played here:
// the scenario files of matters/ meet them at `signal` and `await`. What came of it is asked of the platform.
#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>

#include "tests/flow/kiosk_program.h"
#include "tests/support/demo_pki.h"
#include "tests/support/postgres_cluster.h"

namespace yizhan {
namespace {

using Json = nlohmann::json;
constexpr char const* k_machine = "420106001001:001";
constexpr auto k_limit = std::chrono::seconds(120);

/// One scenario under way.
class Visit {
 public:
  Visit(test::Kiosk const& kiosk, std::filesystem::path const& scenario)
      : m_meet(kiosk.meet()), m_program(kiosk.play_command(scenario)) {}

  /// Waits until the scenario signals; false where it ended before.
  [[nodiscard]] bool met(std::string const& name) {
    bool const came =
        test::eventually(k_limit, [&] { return std::filesystem::exists(m_meet / name) || !m_program.running(); });
    bool const there = came && std::filesystem::exists(m_meet / name);
    EXPECT_TRUE(there) << name << " was not reached: " << m_program.err();
    return there;
  }
  /// What the scenario awaits.
  void go(std::string const& name) { test::write_file(m_meet / name, "\n"); }
  void kill() { m_program.kill(); }
  void ends_well() {
    auto const exit = m_program.wait(k_limit);
    EXPECT_EQ(exit, 0) << m_program.err();
  }

 private:
  std::filesystem::path m_meet;
  test::ChildProcess m_program;
};

class Matters : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    s_cluster = std::make_unique<test::PostgresCluster>();
    s_pki = std::make_unique<test::DemoPki>(std::vector<std::string>{k_machine});
  }
  static void TearDownTestSuite() {
    s_cluster.reset();
    s_pki.reset();
  }

  void SetUp() override {
    static int next = 0;
    m_database = "matters" + std::to_string(++next);
    m_platform = std::make_unique<test::PlatformProcess>(*s_pki, s_cluster->create_database(m_database));
  }

  /// A machine of this platform with all devices a resident meets, and with all keys; it knows the trust list.
  [[nodiscard]] std::unique_ptr<test::Kiosk> kiosk(std::string const& modes = "resident",
                                                   std::string const& more = {}) {
    auto const folder = s_pki->folder().string();
    test::KioskOptions options;
    options.modes = modes;
    options.more_config =
        "[devices.document_printer]\nuri = \"emulated\"\n[devices.document_camera]\ndevice = \"emulated\"\n"
        "[platform]\nurl = \"" +
        m_platform->url() + "\"\ntrust_signer = \"" + folder + "/document-signer.crt\"\n[platform.tls]\nca = \"" +
        s_pki->ca() + "\"\ncertificate = \"" + s_pki->device_certificate(k_machine) +
        "\"\n[sync]\nlong_poll_seconds = 5\n" + more;
    auto made = std::make_unique<test::Kiosk>(options);
    auto const keys = made->data().parent_path();
    test::write_file(keys / "hall.key", std::string(32, 'h'));
    test::write_file(keys / "holder.key", std::string(32, 'p'));
    succeeds(*made, {"provision", "--hall-key", (keys / "hall.key").string(), "--holder-key",
                     (keys / "holder.key").string(), "--device-key", s_pki->device_key(k_machine)});
    succeeds(*made, {"sync", "once"});
    return made;
  }
  static void succeeds(test::Kiosk const& kiosk, std::vector<std::string> arguments) {
    auto const done = kiosk.ctl(std::move(arguments));
    EXPECT_EQ(done.exit, 0) << done.err;
  }

  static void plays(test::Kiosk const& kiosk, std::string const& name) {
    auto const outcome = kiosk.play(scenario(name));
    EXPECT_EQ(outcome.exit, 0) << outcome.err;
  }
  /// The scenario with @NAME@ replaced: what is not known before the machine runs.
  static void plays(test::Kiosk const& kiosk, std::string const& name,
                    std::map<std::string, std::string> const& words) {
    auto text = test::read_file(scenario(name));
    for (auto const& [word, value] : words) {
      auto const mark = "@" + word + "@";
      for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark, at))
        text.replace(at, mark.size(), value);
    }
    auto const outcome = kiosk.play_text(text);
    EXPECT_EQ(outcome.exit, 0) << outcome.err;
  }

  static std::filesystem::path scenario(std::string const& name) {
    return test::source_folder() / "tests/flow/matters" / (name + ".scn");
  }

  // ---- the departments

  Json office(Json const& request) {
    auto const answer = m_platform->back_office(request.dump());
    return Json::parse(answer, nullptr, false);
  }
  /// The newest case of a matter; null without one.
  Json case_of(std::string const& matter) {
    Json found;
    auto const all = office({{"do", "cases"}});
    for (auto const& one : all["cases"])
      if (one["matter"] == matter) found = one;
    return found;
  }
  /// Waits until event and documents of the matter's newest case are there and fit; its number.
  std::string received(std::string const& matter) {
    bool const came = test::eventually(k_limit, [&] {
      auto const found = case_of(matter);
      return found.is_object() && found["parts"][0]["state"] == "received";
    });
    EXPECT_TRUE(came) << office({{"do", "cases"}}).dump();
    auto const found = case_of(matter);
    return found.is_object() ? found["case"].get<std::string>() : "";
  }
  void act(std::string const& number, int part, std::string const& act, Json more = Json::object()) {
    more.update({{"do", "act"}, {"case", number}, {"part", part}, {"act", act}});
    auto const answer = office(more);
    EXPECT_TRUE(answer.is_object() && answer.value("ok", false)) << more.dump() << " " << answer.dump();
  }
  std::string state_of(std::string const& matter, int part) {
    auto const found = case_of(matter);
    if (!found.is_object()) return "";
    for (auto const& one : found["parts"])
      if (one["part"] == part) return one["state"];
    return "";
  }
  std::string psql(std::string const& sql) { return s_cluster->psql(sql, m_database); }
  /// Types of what was accepted, with their counts: "case.submitted 1, evaluation.given 1".
  std::string accepted() {
    return psql(
        "SELECT string_agg(name || ' ' || count, ', ' ORDER BY name) FROM (SELECT replace(replace(type, 'cn.yizhan.', "
        "''), "
        "'.v1', '') AS name, count(*) AS count FROM platform_events GROUP BY type) AS types WHERE name <> "
        "'line.opened'");
  }
  /// As many cases as that, each with its documents, none twice.
  void expect_whole(int cases) {
    auto const check = office({{"do", "check"}});
    EXPECT_EQ(check.value("cases", -1), cases) << check.dump();
    for (char const* what : {"documents_missing", "documents_broken", "doubled"})
      EXPECT_EQ(check.value(what, -1), 0) << check.dump();
  }

  static inline std::unique_ptr<test::PostgresCluster> s_cluster;
  static inline std::unique_ptr<test::DemoPki> s_pki;
  std::string m_database;
  std::unique_ptr<test::PlatformProcess> m_platform;
};

TEST_F(Matters, ASocialSecurityCardIsReplacedFromTheQuestionToTheRating) {
  auto const machine = kiosk();
  Visit visit(*machine, scenario("social_card"));
  if (!visit.met("social-card-applied")) return;
  auto const number = received("social_card_replace");
  act(number, 0, "accept");
  act(number, 0, "decide", {{"outcome", "granted"}});
  visit.go("social-card-decided");
  visit.ends_well();
  expect_whole(1);
  EXPECT_EQ(accepted(), "case.submitted 1, evaluation.followed_up 1, evaluation.given 1");
}

// The register's clerk wants a page again; the insurance's says no. The others go on.
TEST_F(Matters, ANewbornIsFiveCasesWithOneFormAndOneRefusalLosesNoneOfTheOthers) {
  auto const machine = kiosk();
  Visit visit(*machine, scenario("newborn"));
  if (!visit.met("newborn-applied")) return;
  auto const number = received("newborn_bundle");
  act(number, 1, "accept");
  act(number, 1, "decide", {{"outcome", "granted"}});
  act(number, 2, "ask_supplement", {{"materials", {"household_book"}}, {"reason", "materials_unclear"}, {"days", 5}});
  act(number, 5, "accept");
  visit.go("newborn-asked");
  if (!visit.met("newborn-supplemented")) return;
  EXPECT_TRUE(test::eventually(k_limit, [&] { return state_of("newborn_bundle", 2) == "received"; }));
  act(number, 2, "accept");
  act(number, 2, "decide", {{"outcome", "granted"}});
  act(number, 3, "refuse", {{"reason", "condition_unmet"}});
  act(number, 4, "accept");
  visit.go("newborn-refused");
  visit.ends_well();
  EXPECT_EQ(state_of("newborn_bundle", 3), "refused");
  EXPECT_EQ(state_of("newborn_bundle", 5), "accepted");
  expect_whole(1);
  EXPECT_EQ(accepted(), "case.submitted 1, case.supplemented 1");
}

TEST_F(Matters, WhatCannotBeDoneHereSaysWhereItCanAndNobodyQueuesForIt) { plays(*kiosk(), "not_here"); }

TEST_F(Matters, ADraftSurvivesAKillAndIsOfferedToItsOwnerAlone) {
  auto const machine = kiosk();
  {
    Visit begun(*machine, scenario("draft_begun"));
    if (!begun.met("half-filled")) return;
    begun.kill();
  }
  plays(*machine, "draft_resumed");
  EXPECT_EQ(state_of("social_card_replace", 1), "received");
  expect_whole(1);
}

TEST_F(Matters, AVisitIsRatedOnceByCardOrTicketOrNotAtAll) {
  auto const machine = kiosk("resident,counter");
  machine->add_clerk();
  plays(*machine, "rating", {{"DATA", machine->data().string()}});
  auto const grades = psql(
      "SELECT string_agg(data->>'grade', ',' ORDER BY transaction, ordinal) FROM platform_events WHERE type = "
      "'cn.yizhan.evaluation.given.v1'");
  EXPECT_EQ(grades, "1,5");
}

TEST_F(Matters, PlatformCameraAndPaperMayBeAwayAndNothingIsLostNorShownToTheWrongPerson) {
  auto const machine = kiosk();
  m_platform->stop();
  Visit visit(*machine, scenario("bad_day"));
  if (!visit.met("bad-day-applied")) return;
  m_platform->start();
  visit.go("bad-day-online");
  visit.ends_well();
  auto const number = received("age_allowance");
  expect_whole(1);
  auto const code = machine->ctl({"credential", "sign", "--kind", "case", "--key", s_pki->device_key(k_machine),
                                  "--certificate", s_pki->device_certificate(k_machine), "--hours", "24", "--body",
                                  Json{{"case", number}}.dump(), "--json"});
  ASSERT_EQ(code.exit, 0) << code.err;
  plays(*machine, "foreign_code", {{"CODE", Json::parse(code.out)["code"]}, {"NUMBER", number}});
}

TEST(MatterScenarios, EachFileIsPlayed) {
  std::size_t files = 0;
  for (auto const& entry : std::filesystem::directory_iterator(test::source_folder() / "tests/flow/matters"))
    files += entry.path().extension() == ".scn";
  EXPECT_EQ(files, 8u) << "a new scenario belongs into a test above";
}

}  // namespace
}  // namespace yizhan

int main(int count, char** arguments) { return yizhan::test::run_with_display(count, arguments); }

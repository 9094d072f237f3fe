// Questions about cases: asked once, answered or refused, never repeated.
#include "shared/sync/lookup.h"

#include "tests/unit/shared/sync/fixture.h"

namespace yizhan::sync {
namespace {

struct LookupTest : SyncTest {
  std::vector<Result<cases::LookupAnswer>> answers;

  void ask(std::string_view number, std::string const& case_number = {}) {
    if (!engine) start();
    engine->look_up({identity::DocumentKind::id_card, SecretText(number), case_number},
                    [this](Result<cases::LookupAnswer> answer) { answers.push_back(std::move(answer)); });
  }
  static json a_case() {
    return {
        {"case", "4201060010012026112400100019"},
        {"matter", "birth_bundle"},
        {"bundle", true},
        {"submitted_at", "2026-11-24T09:00:00+08:00"},
        {"state", "accepted"},
        {"name", "张*"},
        {"parts",
         {{{"part", 1},
           {"item", "birth_registration"},
           {"state", "supplement"},
           {"outcome", "none"},
           {"due", "2026-12-08"},
           {"provisional", true},
           {"supplement", {{"materials", {"birth_certificate"}}, {"reason", "materials_missing"}, {"until", nullptr}}},
           {"steps", {{{"act", "receive"}, {"at", "2026-11-24T09:01:00+08:00"}, {"reason", ""}}}}}}}};
  }
};

TEST_F(LookupTest, TheQuestionTravelsInTheBodyAndTheAnswerIsRead) {
  instead("/v1/cases/lookup", json_response(200, {{"cases", {a_case()}},
                                                  {"on_file",
                                                   {{{"material", "id_card_copy"},
                                                     {"sha256", {std::string(64, 'a')}},
                                                     {"at", "2026-11-20T09:00:00+08:00"}}}}}));
  ask("420106199003070016");
  run_for(1s);
  ASSERT_EQ(answers.size(), 1);
  ASSERT_TRUE(answers[0]) << answers[0].error().to_line();
  auto const& found = answers[0]->cases.at(0);
  EXPECT_EQ(found.parts.at(0).supplement->materials.at(0), "birth_certificate");
  EXPECT_EQ(found.parts[0].state, cases::State::supplement);
  EXPECT_EQ(found.parts[0].due->to_string(), "2026-12-08");
  EXPECT_FALSE(found.parts[0].supplement->until);
  EXPECT_EQ(answers[0]->papers.at(0).material, "id_card_copy");
  auto const sent = json::parse(platform->requests.at(0).body);
  EXPECT_EQ(sent, (json{{"how", "card"}, {"holder", {{"kind", "id_card"}, {"number", "420106199003070016"}}}}));
}

TEST_F(LookupTest, ByCodeNobodyIsNamed) {
  instead("/v1/cases/lookup", json_response(200, {{"cases", json::array()}, {"on_file", json::array()}}));
  ask("", "4201060010012026112400100019");
  run_for(1s);
  ASSERT_TRUE(answers.at(0));
  EXPECT_TRUE(answers[0]->cases.empty());
  auto const sent = json::parse(platform->requests.at(0).body);
  EXPECT_EQ(sent, (json{{"how", "code"}, {"holder", nullptr}, {"case", "4201060010012026112400100019"}}));
}

TEST_F(LookupTest, EachTroubleIsToldOnceAndNotRepeated) {
  instead("/v1/cases/lookup", Error::make("network_connect", Retry::later));
  instead("/v1/cases/lookup", html(200));
  instead("/v1/cases/lookup", problem(429, "too_many"));
  instead("/v1/cases/lookup", problem(503, "unavailable"));
  auto broken = a_case();
  broken["parts"][0]["state"] = "lost";
  instead("/v1/cases/lookup", json_response(200, {{"cases", {broken}}, {"on_file", json::array()}}));
  for (int i = 0; i < 5; ++i) {
    ask("420106199003070016");
    run_for(1s);
  }
  run_for(10min);
  std::vector<std::string> codes;
  for (auto const& answer : answers) codes.emplace_back(answer ? "" : answer.error().code());
  EXPECT_EQ(codes, (std::vector<std::string>{"network_connect", "platform_answer", "platform_busy", "platform_failed",
                                             "platform_answer"}));
  EXPECT_EQ(platform->count("/v1/cases/lookup"), 5);
}

TEST_F(LookupTest, NobodyWaitsForAnEngineThatIsGone) {
  platform->latency = 10s;
  instead("/v1/cases/lookup", json_response(200, {{"cases", json::array()}, {"on_file", json::array()}}));
  ask("420106199003070016");
  engine->step(1ms);
  ask("420106199003070016");
  engine.reset();
  ASSERT_EQ(answers.size(), 2);
  EXPECT_TRUE(!answers[0] && answers[0].error().is("sync_incomplete"));
  EXPECT_TRUE(!answers[1] && answers[1].error().is("sync_incomplete"));
}

}  // namespace
}  // namespace yizhan::sync

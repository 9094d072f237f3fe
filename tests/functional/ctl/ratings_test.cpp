// A hall's ratings, as staff see and follow them up where no screen does it.
#include "shared/base/manual_env.h"
#include "shared/office/control.h"
#include "shared/store/control_server.h"
#include "tests/functional/ctl/ctl.h"

namespace yizhan::test {
namespace {

using feedback::Grade;
using nlohmann::json;

/// Long before any clock yizhanctl may run on.
WallTime const k_then{std::chrono::sys_days{std::chrono::year{2025} / 1 / 6} + std::chrono::hours{1}};

struct Ratings : testing::Test {
  TempDir folder{"ctl-ratings"};
  ManualEnv env{k_then};
  std::unique_ptr<calendar::HallClock> clock;
  std::unique_ptr<office::Premises> premises;
  std::vector<std::string> visits;

  void SetUp() override {
    write_file(folder / "terminal.toml", "[terminal]\nid = \"001\"\n");
    open();
    ASSERT_TRUE(premises->office().add_staff("8002", "supervisor", SecretText(std::string("246810"))));
    for (auto const grade : {Grade::very_satisfied, Grade::basically_satisfied, Grade::very_dissatisfied}) rate(grade);
    premises.reset();
  }
  void open() {
    clock = std::make_unique<calendar::HallClock>(env.clock.wall(), env.clock.steady(), k_then);
    auto config = config::load_config(folder / "terminal.toml");
    ASSERT_TRUE(config);
    auto opened =
        office::Premises::open({std::move(*config), folder / "data", crypto::Profile::demo}, env.env(), *clock, [] {});
    ASSERT_TRUE(opened) << opened.error().to_line();
    premises = std::move(*opened);
  }
  void rate(Grade grade) {
    feedback::Evaluation one;
    one.subject = Uuid::v7(env.env());
    one.matter = "social_card_replace";
    one.grade = grade;
    visits.push_back(one.subject.to_string());
    ASSERT_TRUE(premises->matters().evaluate(one));
  }
  Outcome ask(std::vector<std::string> words) {
    words.insert(words.begin(), "ratings");
    words.insert(words.end(), {"--config", (folder / "terminal.toml").string(), "--data", (folder / "data").string(),
                               "--profile", "demo", "--json"});
    auto outcome = ctl(words);
    for (auto const& visit : visits) EXPECT_EQ(outcome.out.find(visit), std::string::npos) << "tells who rated";
    return outcome;
  }
  json follow_up() {
    auto const list = answer_of(ask({"follow-ups"})).value("follow_ups", json::array());
    EXPECT_EQ(list.size(), 1U);
    return list.empty() ? json::object() : list[0];
  }
};

TEST_F(Ratings, AreCountedByDays) {
  EXPECT_EQ(answer_of(ask({"figures", "--from", "2025-01-06", "--to", "2025-01-06"})),
            json({{"from", "2025-01-06"},
                  {"to", "2025-01-06"},
                  {"grades", {{"1", 1}, {"2", 0}, {"3", 1}, {"4", 0}, {"5", 1}}},
                  {"total", 3},
                  {"bad", 1},
                  {"excluded", 0},
                  {"contacted", 0},
                  {"closed", 0},
                  {"satisfaction", 667},
                  {"bad_rate", 333},
                  {"follow_up_rate", 0}}));
  EXPECT_EQ(answer_of(ask({"figures", "--to", "2025-01-31"}))["from"], "2025-01-01");
  auto const now = answer_of(ask({"figures"}));
  EXPECT_EQ(now["total"], 0) << "of this month";
  EXPECT_TRUE(now["from"].get<std::string>().ends_with("-01"));
  for (auto const* rate : {"satisfaction", "bad_rate", "follow_up_rate"}) EXPECT_TRUE(now[rate].is_null()) << rate;
}

TEST_F(Ratings, OfABadGradeAreFollowedUpStepByStep) {
  auto const opened = follow_up();
  auto const id = opened["id"].get<std::string>();
  EXPECT_EQ(opened, json({{"id", id},
                          {"about", "visit"},
                          {"item", "social_card_replace"},
                          {"grade", 1},
                          {"state", "opened"},
                          {"opened", "2025-01-06"},
                          {"due", "2025-01-07"},
                          {"provisional", true},
                          {"overdue", true},
                          {"acts", {"contact"}}}));
  auto const early = ask({"step", id, "close", "--staff", "8002"});
  expect_refusal(early, 1, "follow_up_out_of_order");
  EXPECT_NE(early.err.find("`ratings follow-ups` lists the acts possible now"), std::string::npos) << early.err;

  auto const contacted = answer_of(ask({"step", id, "contact", "--staff", "8002"}));
  EXPECT_EQ(contacted["state"], "contacted");
  EXPECT_EQ(contacted["due"], "2025-01-13");
  EXPECT_EQ(contacted["acts"],
            json({"rectify_at_once", "rectify_by_list", "explain", "appeal_mistaken", "appeal_malicious"}));
  EXPECT_EQ(follow_up(), contacted);
  EXPECT_EQ(answer_of(ask({"step", id, "explain", "--staff", "8002"}))["acts"], json({"close"}));
  auto const closed = answer_of(ask({"step", id, "close", "--staff", "8002"}));
  EXPECT_EQ(closed["state"], "closed");
  EXPECT_TRUE(closed["due"].is_null());
  EXPECT_EQ(closed["overdue"], false);
  EXPECT_TRUE(answer_of(ask({"follow-ups"}))["follow_ups"].empty());
  EXPECT_EQ(answer_of(ask({"follow-ups", "--all"}))["follow_ups"], json::array({closed}));
  EXPECT_EQ(answer_of(ask({"figures", "--from", "2025-01-06"}))["follow_up_rate"], 1000);
}

TEST_F(Ratings, RefuseWhatDoesNotFitAndSayWhatToDo) {
  auto const id = follow_up()["id"].get<std::string>();
  auto const unknown = ask({"step", Uuid::v7(env.env()).to_string(), "contact", "--staff", "8002"});
  expect_refusal(unknown, k_bad_data, "follow_up_unknown");
  EXPECT_NE(unknown.err.find("`ratings follow-ups --all`"), std::string::npos) << unknown.err;
  expect_refusal(ask({"step", "1", "contact", "--staff", "8002"}), k_bad_data, "bad_uuid");
  auto const stranger = ask({"step", id, "contact", "--staff", "4711"});
  expect_refusal(stranger, k_bad_data, "staff_unknown");
  EXPECT_EQ(stranger.err.find("4711"), std::string::npos) << "it may be anything";
  expect_refusal(ask({"figures", "--from", "2025-02-01", "--to", "2025-01-01"}), k_bad_data, "request_malformed");
  EXPECT_EQ(ask({"step", id, "forget", "--staff", "8002"}).exit, k_wrong_usage);
  EXPECT_EQ(ask({"step", id, "contact"}).exit, k_wrong_usage);
  EXPECT_EQ(ask({"figures", "--from", "2025-02-30"}).exit, k_wrong_usage);
  EXPECT_EQ(follow_up()["state"], "opened");
  std::filesystem::remove_all(folder / "data");
  expect_refusal(ask({"figures"}), k_unavailable, "machine_absent");
  EXPECT_FALSE(std::filesystem::exists(folder / "data"));
}

TEST_F(Ratings, AreAskedOfTheProcessThatOwnsTheFolder) {
  open();
  auto const server = store::ControlServer::start(folder / "data/control.sock", [this](json const& request) {
    return office::answer_control(*premises, request);  // this thread's only user meanwhile
  });
  ASSERT_TRUE(server) << server.error().to_line();
  auto const listed = follow_up();
  EXPECT_EQ(listed["overdue"], false) << "the owner's clock counts";
  auto const id = listed["id"].get<std::string>();
  EXPECT_EQ(answer_of(ask({"step", id, "contact", "--staff", "8002"}))["state"], "contacted");
  expect_refusal(ask({"step", id, "contact", "--staff", "8002"}), 1, "follow_up_out_of_order");
  EXPECT_EQ(premises->matters().follow_ups(true)->at(0).state, feedback::FollowUpState::contacted);
}

}  // namespace
}  // namespace yizhan::test

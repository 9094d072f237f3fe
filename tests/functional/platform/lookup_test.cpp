// POST /v1/cases/lookup: to whom what is shown (API.md, "Cases").
#include "tests/functional/platform/submission.h"

namespace yizhan::test {
namespace {

using nlohmann::json;

constexpr char const* k_zhang = "420106199003070016";
constexpr char const* k_li = "420106198506010023";

class PlatformLookup : public CaseTest {
 protected:
  void publish(char const* document, json const& content) {
    write_file(m_files / "document.json", content.dump());
    ASSERT_EQ(office({{"do", "publish"}, {"document", document}, {"file", (m_files / "document.json").string()}}),
              (json{{"ok", true}}));
  }
  TempDir m_files{"publish"};
};

TEST_F(PlatformLookup, APersonSeesAllOfTheirCasesMasked) {
  publish("catalog",
          {{"version", 7},
           {"hall", "420106"},
           {"items", {{{"code", "social_card_replace"}, {"promise", {{"count", 10}, {"unit", "workday"}}}}}}});
  open_epoch(k_first);
  Line line(k_first);
  auto const first = case_number(k_first, 1);
  auto const second = case_number(k_first, 2);
  submit(k_first, line, {.number = first});
  submit(k_first, line,
         {.number = second, .matter = "newborn", .parts = {{"birth_certificate"}, {"medical_insurance"}}});
  submit(k_first, line, {.number = case_number(k_first, 3), .person_number = k_li, .person_name = "李四"});
  ASSERT_EQ(act(first, 1, "accept"), (json{{"ok", true}}));

  auto const answer = look_up(k_second, by_card(k_zhang));
  ASSERT_EQ(answer.status, 200) << answer.body << answer.error;
  EXPECT_EQ(answer.headers.at("cache-control"), "no-store");
  auto const cases = answer.json()["cases"];
  ASSERT_EQ(cases.size(), 2U);
  EXPECT_EQ(cases[0]["case"], second) << "the newest first";
  EXPECT_EQ(cases[0]["state"], "received");
  EXPECT_EQ(cases[0]["bundle"], true);
  EXPECT_EQ(cases[0]["parts"].size(), 2U);
  EXPECT_EQ(cases[1]["case"], first);
  EXPECT_EQ(cases[1]["name"], "张*");
  EXPECT_EQ(cases[1]["submitted_at"], "2026-11-24T01:30:00.000Z");
  EXPECT_EQ(cases[1]["state"], "accepted");
  auto const part = cases[1]["parts"][0];
  EXPECT_EQ(part["due"].get<std::string>().size(), 10U);
  EXPECT_EQ(part["provisional"], true) << "no calendar was published";
  EXPECT_EQ(part["outcome"], "none");
  EXPECT_EQ(part["supplement"], nullptr);
  std::vector<std::string> acts;
  for (auto const& step : part["steps"]) acts.push_back(step["act"]);
  EXPECT_EQ(acts, (std::vector<std::string>{"submit", "receive", "accept"}));
  EXPECT_EQ(answer.body.find(k_zhang), std::string::npos);
  EXPECT_EQ(answer.body.find("张三"), std::string::npos);
}

TEST_F(PlatformLookup, AskingForOneCaseNeedsItsPerson) {
  open_epoch(k_first);
  Line line(k_first);
  auto const number = case_number(k_first, 1);
  submit(k_first, line, {.number = number});
  auto question = by_card(k_zhang);
  question["case"] = number;
  EXPECT_EQ(look_up(k_first, question).json()["cases"].size(), 1U);

  // Foreign, unknown, a number nobody has: not a byte tells them apart.
  auto const nobody = look_up(k_first, by_card("420106200001010017"));
  EXPECT_EQ(nobody.json(), (json{{"cases", json::array()}, {"on_file", json::array()}}));
  auto foreign = by_card(k_li);
  foreign["case"] = number;
  auto unknown = by_card(k_li);
  unknown["case"] = case_number(k_first, 77);
  for (auto const& other : {foreign, unknown, by_code(case_number(k_first, 78)), by_card("X")}) {
    auto const answer = look_up(k_first, other);
    EXPECT_EQ(answer.status, nobody.status) << other;
    EXPECT_EQ(answer.body, nobody.body) << other;
  }
}

TEST_F(PlatformLookup, ACodeShowsItsCaseInItsHallWithoutThePerson) {
  open_epoch(k_first);
  Line line(k_first);
  auto const number = case_number(k_first, 1);
  submit(k_first, line, {.number = number});
  ASSERT_EQ(act(number, 1, "ask_supplement", {{"reason", "materials_missing"}, {"materials", {"photo"}}, {"days", 5}}),
            (json{{"ok", true}}));
  auto const answer = look_up(k_second, by_code(number)).json();
  ASSERT_EQ(answer["cases"].size(), 1U);
  EXPECT_FALSE(answer["cases"][0].contains("name"));
  EXPECT_EQ(answer["on_file"], json::array());
  EXPECT_EQ(answer["cases"][0]["state"], "supplement");
  auto const supplement = answer["cases"][0]["parts"][0]["supplement"];
  EXPECT_EQ(supplement["materials"], json({"photo"}));
  EXPECT_EQ(supplement["reason"], "materials_missing");
  EXPECT_EQ(supplement["until"].get<std::string>().size(), 10U);
  EXPECT_EQ(look_up(k_other_hall, by_code(number)).json()["cases"], json::array());
}

TEST_F(PlatformLookup, PapersOnFileCanBeUsedAgainByTheSamePersonOnly) {
  open_epoch(k_first);
  Line line(k_first);
  submit(k_first, line, {.number = case_number(k_first, 1)});
  auto const papers = look_up(k_first, by_card(k_zhang)).json()["on_file"];
  ASSERT_EQ(papers.size(), 1U);
  EXPECT_EQ(papers[0]["material"], "id_card_copy");
  EXPECT_EQ(papers[0]["sha256"], json({sha256_of("first page"), sha256_of("second page")}));
  auto const pages = papers[0]["sha256"].get<std::vector<std::string>>();
  submit(k_first, line, {.number = case_number(k_first, 2), .papers = {}, .on_file = {{"id_card_copy", pages}}});

  auto const number = case_number(k_first, 3);
  auto const foreign =
      make({.number = number, .papers = {}, .on_file = {{"id_card_copy", pages}}, .person_number = k_li});
  ASSERT_EQ(send(k_first, line, k_submitted, foreign.data), "");
  for (auto const& document : foreign.documents) upload(k_first, document);
  ASSERT_TRUE(eventually(std::chrono::seconds(20), [&] { return listed(number)["documents"] == "broken"; }));
  EXPECT_EQ(listed(number)["fault"], "pages_missing");
}

TEST_F(PlatformLookup, WhatIsNoQuestionIsRefused) {
  auto const number = case_number(k_first, 1);
  for (json const& body :
       {json{{"how", "card"}}, json{{"how", "code"}}, json{{"how", "luck"}, {"case", number}}, json::array(),
        json{{"how", "card"}, {"holder", {{"kind", "id_card"}}}}, json{{"how", "code"}, {"case", "1"}},
        json{{"how", "card"}, {"holder", {{"kind", "id_card"}, {"number", std::string(65, '1')}}}},
        json{{"how", "card"}, {"holder", {{"kind", "Id\ncard"}, {"number", "1"}}}}})
    EXPECT_EQ(look_up(k_first, body).problem(), "bad_request") << body;
}

TEST_F(PlatformLookup, AFloodIsHeldBackForItsDeviceOnly) {
  HttpAnswer answer;
  int asked = 0;
  for (; asked < 60 && answer.status != 429; ++asked) answer = look_up(k_first, by_card(k_li));
  EXPECT_EQ(answer.status, 429) << answer.body << answer.error;
  EXPECT_EQ(answer.problem(), "too_many_requests");
  EXPECT_GE(asked, 20);
  auto const wait = std::stoi(answer.headers.at("retry-after"));
  EXPECT_GE(wait, 1);
  EXPECT_LE(wait, 3);
  EXPECT_EQ(look_up(k_second, by_card(k_li)).status, 200);
}

}  // namespace
}  // namespace yizhan::test

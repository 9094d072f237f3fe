// Cases from submission to decision: events, documents, facts in the changes (API.md, "Cases").
#include <future>

#include "tests/functional/platform/submission.h"

namespace yizhan::test {
namespace {

using nlohmann::json;

constexpr char const* k_supplemented = "cn.yizhan.case.supplemented.v1";
constexpr char const* k_withdrawn = "cn.yizhan.case.withdrawn.v1";

class PlatformCases : public CaseTest {
 protected:
  /// A supplement with one page of one material; its ciphertext is appended to `documents`.
  json brings(std::string const& number, int part, int nth, char const* material, std::vector<std::string>& documents) {
    return {{"case", number},
            {"part", part},
            {"supplement", "01993f00-0000-7000-8000-00000000be" + std::to_string(10 + nth)},
            {"documents", {page("page " + std::to_string(nth), "material", material, 1, documents)}},
            {"on_file", json::array()}};
  }
};

std::vector<Wanted::Part> five_parts() {
  return {{"birth_certificate"},
          {"household_registration", {"birth_certificate"}},
          {"medical_insurance", {"household_registration"}},
          {"social_card_new", {"household_registration"}},
          {"birth_allowance"}};
}

TEST_F(PlatformCases, FromSubmittedToDecidedItsHallHearsEachStep) {
  open_epoch(k_first);
  Line line(k_first);
  auto const number = case_number(k_first, 1);
  submit(k_first, line, {.number = number});
  EXPECT_EQ(listed(number)["documents"], "complete");
  EXPECT_EQ(act(number, 1, "decide")["error"], "act_out_of_order");
  for (auto const& [what, more] : std::vector<std::pair<std::string, json>>{{"accept", json::object()},
                                                                            {"suspend", {{"reason", "inspection"}}},
                                                                            {"resume", json::object()},
                                                                            {"decide", {{"outcome", "granted"}}}})
    EXPECT_EQ(act(number, 1, what, more), (json{{"ok", true}})) << what;
  std::vector<std::string> const way{"received 0", "accepted 1", "suspended 1", "resumed 1", "decided 1"};
  EXPECT_EQ(heard(k_first), way) << "the machine that submitted it, too";
  EXPECT_EQ(heard(k_second), way);
  EXPECT_EQ(heard(k_other_hall), std::vector<std::string>{});

  auto const all = facts(k_second);
  for (auto const& fact : all) {
    EXPECT_FALSE(fact.contains("sequence"));
    EXPECT_EQ(fact["subject"], "case/" + number);
    EXPECT_EQ(fact["data"]["case"], number);
    EXPECT_EQ(fact["data"]["at"], fact["time"]);
  }
  EXPECT_EQ(all[0]["data"]["province_number"].get<std::string>().substr(0, 6), "420106");
  EXPECT_EQ(all[2]["data"]["reason"], "inspection");
  EXPECT_EQ(all[4]["data"]["outcome"], "granted");
  EXPECT_EQ(listed(number)["state"], "decided");
}

TEST_F(PlatformCases, ALongPollHearsOfAnActSoon) {
  open_epoch(k_first);
  Line line(k_first);
  auto const number = case_number(k_first, 1);
  submit(k_first, line, {.number = number});
  auto const start = get(k_second, "/v1/changes").json()["cursor"].get<std::string>();
  auto poll = std::async(std::launch::async, [&] { return get(k_second, "/v1/changes?wait=20&cursor=" + start); });
  EXPECT_EQ(poll.wait_for(std::chrono::milliseconds(300)), std::future_status::timeout);
  EXPECT_EQ(act(number, 1, "accept"), (json{{"ok", true}}));
  auto const answer = poll.get();
  ASSERT_EQ(answer.json()["events"].size(), 1U) << answer.body;
  EXPECT_EQ(answer.json()["events"][0]["type"], "cn.yizhan.case.accepted.v1");
}

TEST_F(PlatformCases, WaitsForItsLastDocument) {
  open_epoch(k_first);
  Line line(k_first);
  auto const number = case_number(k_first, 2);
  auto const submission = make({.number = number});
  // Documents before the event, and after it.
  upload(k_first, submission.documents[0]);
  ASSERT_EQ(send(k_first, line, k_submitted, submission.data), "");
  for (std::size_t i = 1; i + 1 < submission.documents.size(); ++i) upload(k_second, submission.documents[i]);
  EXPECT_EQ(listed(number)["documents"], "waiting");
  EXPECT_EQ(act(number, 0, "receive")["error"], "documents_waiting");
  EXPECT_EQ(office({{"do", "check"}}),
            (json{{"ok", true}, {"cases", 1}, {"documents_missing", 1}, {"documents_broken", 0}, {"doubled", 0}}));
  auto const& last = submission.documents.back();
  ASSERT_EQ(create(k_first, sha256_of(last), std::to_string(last.size())).status, 201);
  ASSERT_EQ(patch(k_first, sha256_of(last), "0", last.substr(0, last.size() - 1)).status, 204);
  EXPECT_EQ(heard(k_first), std::vector<std::string>{});
  ASSERT_EQ(patch(k_first, sha256_of(last), std::to_string(last.size() - 1), last.substr(last.size() - 1)).status, 204);
  ASSERT_TRUE(eventually(std::chrono::seconds(20), [&] { return listed(number)["state"] == "received"; }));
  EXPECT_EQ(office({{"do", "check"}}),
            (json{{"ok", true}, {"cases", 1}, {"documents_missing", 0}, {"documents_broken", 0}, {"doubled", 0}}));
  auto const document = office({{"do", "document"}, {"sha256", sha256_of(submission.documents[0])}});
  EXPECT_EQ(document,
            (json{{"ok", true}, {"kind", "material"}, {"plain_sha256", sha256_of("first page")}, {"size", 10}}));
}

TEST_F(PlatformCases, KilledBesideTheLastPieceItIsReceivedOnce) {
  constexpr int k_rounds = 10;
  open_epoch(k_first);
  Line line(k_first);
  for (int round = 0; round < k_rounds; ++round) {
    auto const number = case_number(k_first, 100 + round);
    auto const submission = make({.number = number});
    ASSERT_EQ(send(k_first, line, k_submitted, submission.data), "");
    for (std::size_t i = 0; i + 1 < submission.documents.size(); ++i) upload(k_first, submission.documents[i]);
    auto const& last = submission.documents.back();
    ASSERT_EQ(create(k_first, sha256_of(last), std::to_string(last.size())).status, 201);
    auto sending = std::async(std::launch::async, [&] { return patch(k_first, sha256_of(last), "0", last); });
    // Sweeps the kill over the piece's way in, its answer, and the receipt behind it.
    sending.wait_for(std::chrono::milliseconds(round * 3));
    platform().kill();
    (void)sending.get();
    platform().start();
    upload(k_first, last);
    ASSERT_TRUE(eventually(std::chrono::seconds(20), [&] { return listed(number)["state"] == "received"; }));
  }
  EXPECT_EQ(heard(k_first), std::vector<std::string>(k_rounds, "received 0"));
  EXPECT_EQ(
      office({{"do", "check"}}),
      (json{{"ok", true}, {"cases", k_rounds}, {"documents_missing", 0}, {"documents_broken", 0}, {"doubled", 0}}));
}

TEST_F(PlatformCases, ASupplementIsAskedForSuppliedAndAccepted) {
  open_epoch(k_first);
  Line line(k_first);
  open_epoch(k_second);
  Line second(k_second);
  auto const number = case_number(k_first, 3);
  submit(k_first, line, {.number = number});
  EXPECT_EQ(act(number, 1, "ask_supplement")["error"], "act_incomplete");
  EXPECT_EQ(act(number, 1, "ask_supplement", {{"reason", "materials_unclear"}, {"materials", {"photo"}}, {"days", 5}}),
            (json{{"ok", true}}));
  auto const asked = facts(k_first).back();
  EXPECT_EQ(asked["type"], "cn.yizhan.case.supplement_requested.v1");
  EXPECT_EQ(asked["data"]["materials"], json({"photo"}));
  EXPECT_EQ(asked["data"]["days"], 5);
  EXPECT_EQ(act(number, 1, "accept")["error"], "act_out_of_order");
  EXPECT_EQ(listed(number)["state"], "supplement");

  std::vector<std::string> documents;
  json const supplied{{"case", number},
                      {"part", 1},
                      {"supplement", "01993f00-0000-7000-8000-00000000beef"},
                      {"documents", {page("a sharper photo", "material", "photo", 1, documents)}},
                      {"on_file", json::array()}};
  EXPECT_EQ(send(k_second, second, k_supplemented, supplied), "") << "at the hall's other machine";
  EXPECT_EQ(listed(number)["documents"], "waiting");
  EXPECT_EQ(act(number, 1, "accept")["error"], "documents_waiting");
  upload(k_second, documents[0]);
  ASSERT_TRUE(eventually(std::chrono::seconds(20), [&] { return listed(number)["documents"] == "complete"; }));
  EXPECT_EQ(act(number, 1, "accept"), (json{{"ok", true}}));
  EXPECT_EQ(heard(k_second), (std::vector<std::string>{"received 0", "supplement_requested 1", "accepted 1"}));
  EXPECT_EQ(send(k_second, second, k_supplemented, supplied), "conflict") << "the same supplement in another fact";
}

TEST_F(PlatformCases, PromisedPapersComeInAnyStateThatHasNotEndedAndChangeNone) {
  open_epoch(k_first);
  Line line(k_first);
  auto const number = case_number(k_first, 30);
  auto const submission = make({.number = number, .promised = {"proof", "photo"}});
  ASSERT_EQ(send(k_first, line, k_submitted, submission.data), "");
  std::vector<std::string> documents;
  EXPECT_EQ(send(k_first, line, k_supplemented, brings(number, 1, 1, "contract", documents)), "case_state")
      << "neither asked for nor promised";
  EXPECT_EQ(send(k_first, line, k_supplemented, brings(number, 2, 1, "proof", documents)), "case_state")
      << "the case has no such part";
  documents.clear();
  EXPECT_EQ(send(k_first, line, k_supplemented, brings(number, 1, 1, "proof", documents)), "");
  EXPECT_EQ(listed(number)["state"], "submitted");
  for (auto const& document : submission.documents) upload(k_first, document);
  EXPECT_EQ(listed(number)["documents"], "waiting");
  upload(k_first, documents.back());
  ASSERT_TRUE(eventually(std::chrono::seconds(20), [&] { return listed(number)["state"] == "received"; }));
  EXPECT_EQ(send(k_first, line, k_supplemented, brings(number, 1, 1, "proof", documents)), "conflict");

  int nth = 1;
  for (auto const& [act_before, state] : std::vector<std::pair<std::string, std::string>>{
           {"", "received"}, {"accept", "accepted"}, {"suspend", "suspended"}}) {
    if (!act_before.empty()) {
      auto const more = act_before == "suspend" ? json{{"reason", "inspection"}} : json::object();
      EXPECT_EQ(act(number, 1, act_before, more), (json{{"ok", true}})) << act_before;
    }
    EXPECT_EQ(send(k_first, line, k_supplemented, brings(number, 1, ++nth, "photo", documents)), "") << state;
    EXPECT_EQ(listed(number)["state"], state);
    EXPECT_EQ(listed(number)["documents"], "waiting");
    upload(k_first, documents.back());
    ASSERT_TRUE(eventually(std::chrono::seconds(20), [&] { return listed(number)["documents"] == "complete"; }));
    EXPECT_EQ(listed(number)["state"], state);
  }
  EXPECT_EQ(act(number, 1, "resume"), (json{{"ok", true}}));
  EXPECT_EQ(act(number, 1, "decide"), (json{{"ok", true}}));
  EXPECT_EQ(send(k_first, line, k_supplemented, brings(number, 1, ++nth, "photo", documents)), "case_state");
  EXPECT_EQ(office({{"do", "check"}}),
            (json{{"ok", true}, {"cases", 1}, {"documents_missing", 0}, {"documents_broken", 0}, {"doubled", 0}}));
  EXPECT_EQ(psql("SELECT count(*) FROM platform_case_documents WHERE supplement IS NOT NULL"), "4");
}

TEST_F(PlatformCases, PromisedPapersDoNotAnswerARequestForOthers) {
  open_epoch(k_first);
  Line line(k_first);
  auto const number = case_number(k_first, 31);
  submit(k_first, line, {.number = number, .promised = {"proof"}});
  EXPECT_EQ(act(number, 1, "ask_supplement", {{"reason", "materials_unclear"}, {"materials", {"photo"}}, {"days", 5}}),
            (json{{"ok", true}}));
  std::vector<std::string> documents;
  EXPECT_EQ(send(k_first, line, k_supplemented, brings(number, 1, 1, "proof", documents)), "");
  EXPECT_EQ(listed(number)["state"], "supplement");
  EXPECT_EQ(send(k_first, line, k_supplemented, brings(number, 1, 2, "photo", documents)), "");
  EXPECT_EQ(listed(number)["state"], "received");
}

TEST_F(PlatformCases, PromisesOfCasesFromBeforeTheirTableAreFoundInTheFacts) {
  open_epoch(k_first);
  Line line(k_first);
  auto const number = case_number(k_first, 32);
  submit(k_first, line, {.number = number, .promised = {"proof"}});
  EXPECT_EQ(platform().stop(), 0);
  psql("DROP TABLE platform_case_promised; DELETE FROM platform_schema WHERE version = 3");
  platform().start();
  std::vector<std::string> documents;
  EXPECT_EQ(send(k_first, line, k_supplemented, brings(number, 1, 1, "contract", documents)), "case_state");
  EXPECT_EQ(send(k_first, line, k_supplemented, brings(number, 1, 1, "proof", documents)), "");
}

TEST_F(PlatformCases, ARefusedPartDoesNotEndTheOthers) {
  open_epoch(k_first);
  Line line(k_first);
  auto const number = case_number(k_first, 4);
  submit(k_first, line, {.number = number, .matter = "newborn", .parts = five_parts()});
  EXPECT_EQ(act(number, 5, "refuse", {{"reason", "condition_unmet"}}), (json{{"ok", true}}));
  EXPECT_EQ(act(number, 2, "accept")["error"], "part_waits") << "the birth certificate comes first";
  EXPECT_EQ(act(number, 0, "accept"), (json{{"ok", true}})) << "what need not wait";
  EXPECT_EQ(act(number, 1, "decide"), (json{{"ok", true}}));
  EXPECT_EQ(act(number, 2, "accept"), (json{{"ok", true}}));
  EXPECT_EQ(act(number, 2, "decide", {{"outcome", "denied"}, {"reason", "condition_unmet"}}), (json{{"ok", true}}));
  EXPECT_EQ(listed(number)["state"], "received") << "two parts are not done";
  EXPECT_EQ(act(number, 0, "accept"), (json{{"ok", true}}));
  EXPECT_EQ(act(number, 0, "decide"), (json{{"ok", true}}));
  EXPECT_EQ(listed(number)["state"], "decided");
  std::vector<std::string> states;
  auto const whole = listed(number);
  for (auto const& part : whole["parts"])
    states.push_back(part["state"].get<std::string>() + " " + part["outcome"].get<std::string>());
  EXPECT_EQ(states, (std::vector<std::string>{"decided granted", "decided denied", "decided granted", "decided granted",
                                              "refused none"}));
  EXPECT_EQ(heard(k_second),
            (std::vector<std::string>{"received 0", "refused 5", "accepted 1", "decided 1", "accepted 2", "decided 2",
                                      "accepted 3", "accepted 4", "decided 3", "decided 4"}));
}

TEST_F(PlatformCases, WithdrawnIsNotReceivedAnyMore) {
  open_epoch(k_first);
  Line line(k_first);
  auto const number = case_number(k_first, 5);
  submit(k_first, line, {.number = number});
  EXPECT_EQ(send(k_first, line, k_withdrawn, {{"case", number}}), "");
  EXPECT_EQ(listed(number)["state"], "withdrawn");
  EXPECT_EQ(send(k_first, line, k_withdrawn, {{"case", number}}), "case_state");
  EXPECT_EQ(act(number, 0, "accept")["error"], "act_out_of_order");
}

TEST_F(PlatformCases, WhatNoCaseCanBeIsRejectedAndTheLineGoesOn) {
  open_epoch(k_first);
  Line line(k_first);
  auto const number = case_number(k_first, 6);
  auto const good = make({.number = number}).data;
  auto const with = [&](char const* name, json value) {
    auto data = good;
    data[name] = std::move(value);
    return data;
  };
  EXPECT_EQ(send(k_first, line, k_submitted, with("case", case_number(k_second, 6))), "case_number");
  EXPECT_EQ(send(k_first, line, k_submitted, with("case", case_number(k_other_hall, 6))), "case_number");
  auto wrong_digit = number;
  wrong_digit.back() = wrong_digit.back() == '0' ? '1' : '0';
  EXPECT_EQ(send(k_first, line, k_submitted, with("case", wrong_digit)), "case_data");
  EXPECT_EQ(send(k_first, line, k_submitted, with("documents", json::array())), "case_data");
  EXPECT_EQ(send(k_first, line, k_submitted, with("parts", json::array())), "case_data");
  EXPECT_EQ(send(k_first, line, k_submitted, with("holder", "short")), "case_data");
  EXPECT_EQ(send(k_first, line, k_submitted, with("catalog", -1)), "case_data");
  for (auto const& [name, value] : std::vector<std::pair<std::string, json>>{
           {"size", 0}, {"size", (32 << 20) + 1}, {"size", "1"}, {"sha256", "00"}, {"kind", "car"}, {"page", 0}}) {
    auto data = good;
    data["documents"][0][name] = value;
    EXPECT_EQ(send(k_first, line, k_submitted, data), "case_data") << name;
  }
  auto two_applications = good;
  two_applications["documents"][0]["kind"] = "application";
  two_applications["documents"][0]["material"] = nullptr;
  EXPECT_EQ(send(k_first, line, k_submitted, two_applications), "case_data");
  EXPECT_EQ(send(k_first, line, k_withdrawn, {{"case", number}}), "case_unknown");
  EXPECT_EQ(office({{"do", "check"}})["cases"], 0);

  EXPECT_EQ(send(k_first, line, k_submitted, good), "");
  EXPECT_EQ(send(k_first, line, k_submitted, good), "conflict") << "a second fact of the same number";
  EXPECT_EQ(send(k_first, line, k_supplemented,
                 {{"case", number},
                  {"part", 1},
                  {"supplement", "01993f00-0000-7000-8000-00000000beef"},
                  {"documents", json::array()},
                  {"on_file", json::array()}}),
            "case_state")
      << "nothing was asked for";
  open_epoch(k_other_hall);
  Line other(k_other_hall);
  EXPECT_EQ(send(k_other_hall, other, k_withdrawn, {{"case", number}}), "case_unknown");
  EXPECT_EQ(office({{"do", "check"}})["cases"], 1);
  EXPECT_EQ(psql("SELECT count(*) FROM platform_facts WHERE type = 'cn.yizhan.case.submitted.v1'"), "1");
}

TEST_F(PlatformCases, AnApplicationThatSaysSomethingElseIsNotReceived) {
  open_epoch(k_first);
  Line line(k_first);
  std::vector<std::pair<std::string, std::function<void(json&)>>> const faults{
      {"application_mismatch", [](json& a) { a["case"] = case_number(k_first, 999); }},
      {"application_mismatch", [](json& a) { a["matter"] = "other"; }},
      {"application_mismatch",
       [](json& a) {
         a["parts"].push_back({{"part", 2}, {"item", "more"}});
       }},
      {"pages_missing", [](json& a) { a["materials"][0]["pages"].push_back(std::string(64, 'a')); }},
      {"pages_missing", [](json& a) { a["materials"][0]["material"] = "other"; }},
      {"pages_missing", [](json& a) { a["materials"][0]["pages"] = json::array(); }},
      {"application_signature", [](json& a) { a["signature"]["document"] = std::string(64, 'b'); }},
      {"application_malformed", [](json& a) { a.erase("applicant"); }},
      {"application_malformed", [](json& a) { a["version"] = 2; }}};
  int serial = 200;
  for (auto const& [fault, alter] : faults) {
    auto const number = case_number(k_first, ++serial);
    auto const submission = make({.number = number, .alter = alter});
    ASSERT_EQ(send(k_first, line, k_submitted, submission.data), "");
    for (auto const& document : submission.documents) upload(k_first, document);
    ASSERT_TRUE(eventually(std::chrono::seconds(20), [&] { return listed(number)["documents"] == "broken"; }));
    EXPECT_EQ(listed(number)["fault"], fault);
    EXPECT_EQ(listed(number)["state"], "submitted");
  }
  EXPECT_EQ(heard(k_first), std::vector<std::string>{});
  EXPECT_EQ(office({{"do", "check"}})["documents_broken"], faults.size());
  EXPECT_EQ(platform().process().err().find("张三"), std::string::npos);
}

TEST_F(PlatformCases, WhatCannotBeDecryptedIsNotReceived) {
  open_epoch(k_first);
  Line line(k_first);
  auto const number = case_number(k_first, 7);
  auto submission = make({.number = number});
  auto const junk = noise(submission.documents[0].size(), 3);
  submission.data["documents"][0]["sha256"] = sha256_of(junk);
  submission.documents[0] = junk;
  ASSERT_EQ(send(k_first, line, k_submitted, submission.data), "");
  for (auto const& document : submission.documents) upload(k_first, document);
  ASSERT_TRUE(eventually(std::chrono::seconds(20), [&] { return listed(number)["documents"] == "broken"; }));
  EXPECT_EQ(listed(number)["fault"], "envelope_malformed");
}

TEST_F(PlatformCases, AutoAcceptFollowsTheOrderOfTheParts) {
  platform().stop();
  m_platform = std::make_unique<PlatformProcess>(pki(), m_uri, std::vector<std::string>{"--auto-accept"});
  open_epoch(k_first);
  Line line(k_first);
  auto const number = case_number(k_first, 8);
  submit(k_first, line, {.number = number, .matter = "newborn", .parts = five_parts()});
  EXPECT_EQ(heard(k_first), (std::vector<std::string>{"received 0", "accepted 1", "accepted 5"}));
  EXPECT_EQ(act(number, 1, "decide"), (json{{"ok", true}}));
  EXPECT_EQ(heard(k_first).back(), "accepted 2");
}

TEST_F(PlatformCases, NothingOfThePersonIsReadableInTheDatabaseOrTheLog) {
  open_epoch(k_first);
  Line line(k_first);
  submit(k_first, line, {.number = case_number(k_first, 9)});
  ASSERT_EQ(look_up(k_first, by_card("420106199003070016")).json()["cases"].size(), 1U);
  auto const dumped = run({.argv = {"pg_dump", "--data-only", "-d", m_uri}});
  ASSERT_EQ(dumped.exit, 0) << dumped.err;
  for (char const* trace : {"420106199003070016", "张三", "丢失"}) {
    EXPECT_EQ(dumped.out.find(trace), std::string::npos) << trace;
    EXPECT_EQ((platform().process().out() + platform().process().err()).find(trace), std::string::npos) << trace;
  }
}

TEST_F(PlatformCases, TheBackOfficeAnswersNonsenseWithAnError) {
  EXPECT_EQ(json::parse(platform().back_office("nonsense"))["error"], "not_an_object");
  EXPECT_EQ(office({{"do", "dance"}})["error"], "request_unknown");
  EXPECT_EQ(office({{"do", "act"}, {"case", "1"}, {"act", "accept"}})["error"], "case_unknown");
  EXPECT_EQ(office({{"do", "act"}, {"case", case_number(k_first, 1)}, {"act", "dance"}})["error"], "act_unknown");
  EXPECT_EQ(office({{"do", "document"}, {"sha256", "'; DROP"}})["error"], "upload_unknown");
}

}  // namespace
}  // namespace yizhan::test

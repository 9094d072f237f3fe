#include "tests/functional/platform/submission.h"

#include <fmt/format.h>

#include "shared/base/manual_env.h"
#include "shared/base/text.h"
#include "shared/crypto/envelope.h"

namespace yizhan::test {

using nlohmann::json;

std::string case_number(std::string const& terminal, int serial) {
  auto const head = fmt::format("{}20261124{}{:04}", terminal.substr(0, 12), terminal.substr(13), serial);
  int product = 10;
  for (char const c : head) {
    product = (product + (c - '0')) % 10;
    if (product == 0) product = 10;
    product = product * 2 % 11;
  }
  return head + std::to_string((11 - product) % 10);
}

json CaseTest::page(std::string const& plain, char const* kind, json const& material, int number,
                    std::vector<std::string>& documents) const {
  static SeededSecureRng rng(11);
  auto const recipient = crypto::Certificate::parse(read_file(pki().folder() / "upload.crt")).value();
  auto const envelope = crypto::encrypt_for(recipient, text::bytes_of(plain), rng).value();
  documents.emplace_back(text::chars_of(envelope));
  return {{"sha256", sha256_of(documents.back())},
          {"size", documents.back().size()},
          {"kind", kind},
          {"material", material},
          {"page", number}};
}

Submission CaseTest::make(Wanted const& wanted) const {
  Submission result;
  json documents = json::array();
  json application{
      {"version", 1},
      {"case", wanted.number},
      {"matter", wanted.matter},
      {"catalog", 7},
      {"submitted_at", "2026-11-24T09:30:00.000+08:00"},
      {"channel", "kiosk"},
      {"applicant", {{"document", "id_card"}, {"number", wanted.person_number}, {"name", wanted.person_name}}},
      {"answers", json::object()},
      {"fields", {{"reason", "丢失"}}},
      {"parts", json::array()},
      {"materials", json::array()},
      {"pdf", base64_of("%PDF-1.7 shown")},
      {"signature",
       {{"document", sha256_of("%PDF-1.7 shown")},
        {"width", 80000},
        {"height", 30000},
        {"strokes", json::array({json::array({json::array({1, 2, 3})})})}}}};
  json parts = json::array();
  for (auto const& part : wanted.parts) {
    auto const number = parts.size() + 1;
    parts.push_back({{"part", number}, {"item", part.item}, {"after", part.after}});
    application["parts"].push_back({{"part", number}, {"item", part.item}});
  }
  for (auto const& paper : wanted.papers) {
    auto hashes = json::array();
    for (auto const& plain : paper.pages) {
      hashes.push_back(sha256_of(plain));
      documents.push_back(page(plain, "material", paper.material, static_cast<int>(hashes.size()), result.documents));
    }
    application["materials"].push_back({{"material", paper.material}, {"how", "photographed"}, {"pages", hashes}});
  }
  json on_file = json::array();
  for (auto const& paper : wanted.on_file) {
    on_file.push_back({{"material", paper.material}, {"sha256", paper.pages}});
    application["materials"].push_back({{"material", paper.material}, {"how", "on_file"}, {"pages", paper.pages}});
  }
  json promised = json::array();
  for (auto const& material : wanted.promised) {
    promised.push_back({{"material", material}, {"due", "2026-12-08"}, {"provisional", false}});
    application["materials"].push_back({{"material", material}, {"how", "promised"}, {"pages", json::array()}});
  }
  documents.push_back(page("a picture of strokes", "signature", nullptr, 1, result.documents));
  if (wanted.alter) wanted.alter(application);
  documents.push_back(page(application.dump(), "application", nullptr, 1, result.documents));
  result.data = {
      {"case", wanted.number}, {"matter", wanted.matter}, {"bundle", wanted.parts.size() > 1},
      {"catalog", 7},          {"channel", "kiosk"},      {"holder", "q2Rv0eE3yq0m1Jm7z6r3w8nXo5b4c9d0aKfLhTgUiVs"},
      {"parts", parts},        {"documents", documents},  {"on_file", on_file},
      {"promised", promised}};
  return result;
}

std::string CaseTest::send(std::string const& terminal, Line& line, std::string const& type, json const& data) {
  auto const answer = post_batch(terminal, json::array({line.place(line.fact(type, data))}));
  auto const body = answer.json();
  if (answer.status != 200 || body["results"].size() != 1) return "no result: " + answer.body + answer.error;
  auto const& result = body["results"][0];
  if (result["status"] == "accepted") return "";
  return result.value("problem", "?").substr(std::string("urn:yizhan:problem:").size());
}

json CaseTest::listed(std::string const& number) {
  auto const answer = office({{"do", "cases"}});
  if (answer.is_object() && answer.contains("cases"))
    for (auto const& one : answer["cases"])
      if (one["case"] == number) return one;
  return json::object();
}

void CaseTest::submit(std::string const& terminal, Line& line, Wanted const& wanted) {
  auto const submission = make(wanted);
  ASSERT_EQ(send(terminal, line, k_submitted, submission.data), "");
  for (auto const& document : submission.documents) upload(terminal, document);
  ASSERT_TRUE(eventually(std::chrono::seconds(20), [&] {
    return listed(wanted.number).value("state", "") != "submitted";
  })) << listed(wanted.number);
}

std::vector<json> CaseTest::facts(std::string const& terminal) {
  std::vector<json> found;
  auto const changes = get(terminal, "/v1/changes").json();
  for (auto const& event : changes["events"])
    if (event["source"] == "urn:yizhan:platform") found.push_back(event);
  // Each says what its closed schema names, no less and no more.
  for (auto const& fact : found) {
    auto const path = source_folder() / "tests/support/golden/schemas" / (fact["type"].get<std::string>() + ".json");
    auto const schema = json::parse(read_file(path));
    std::vector<std::string> names;
    for (auto const& [name, value] : fact["data"].items()) names.push_back(name);
    std::vector<std::string> wanted;
    for (auto const& [name, value] : schema["properties"].items()) wanted.push_back(name);
    EXPECT_EQ(names, wanted) << fact["type"];
  }
  return found;
}

std::vector<std::string> CaseTest::heard(std::string const& terminal) {
  constexpr std::string_view k_prefix = "cn.yizhan.case.";
  std::vector<std::string> names;
  for (auto const& fact : facts(terminal)) {
    auto const type = fact["type"].get<std::string>();
    names.push_back(fmt::format("{} {}", type.substr(k_prefix.size(), type.size() - k_prefix.size() - 3),
                                fact["data"]["part"].get<int>()));
  }
  return names;
}

json CaseTest::act(std::string const& number, int part, std::string const& what, json const& more) {
  json request{{"do", "act"}, {"case", number}, {"part", part}, {"act", what}};
  request.update(more);
  return office(request);
}

}  // namespace yizhan::test

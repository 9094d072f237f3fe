#include "tests/functional/platform/platform_test.h"

#include <fmt/format.h>

#include "shared/base/text.h"
#include "shared/crypto/hash.h"

namespace yizhan::test {

nlohmann::json Line::fact(std::string const& type, nlohmann::json data) {
  static unsigned next = 0;
  return {{"specversion", "1.0"},
          {"id", fmt::format("01993f00-0000-7000-9000-{:012x}", ++next)},
          {"source", "urn:yizhan:device:" + m_terminal},
          {"type", type},
          {"subject", "test"},
          {"time", "2026-11-24T09:30:00.000+08:00"},
          {"datacontenttype", "application/json"},
          {"clockstate", "trusted"},
          {"data", std::move(data)}};
}

nlohmann::json Line::place(nlohmann::json fact) {
  fact["epoch"] = std::to_string(m_epoch);
  fact["sequence"] = fmt::format("{:016}", ++m_sequence);
  auto bytes = text::from_hex(m_chain).value();
  // nlohmann's compact form of sorted ASCII keys, integers and plain strings is canonical already.
  auto const placed = fact.dump();
  auto const tail = text::bytes_of(placed);
  bytes.insert(bytes.end(), tail.begin(), tail.end());
  m_chain = crypto::sha256_hex(bytes);
  fact["chain"] = m_chain;
  return fact;
}

nlohmann::json Line::batch(int count, std::string const& type) {
  auto events = nlohmann::json::array();
  for (int i = 0; i < count; ++i) events.push_back(place(fact(type, {{"n", m_sequence + 1}})));
  return events;
}

void PlatformTest::SetUpTestSuite() {
  s_cluster = std::make_unique<PostgresCluster>();
  s_pki = std::make_unique<DemoPki>(std::vector<std::string>{k_first, k_second, k_other_hall});
}

void PlatformTest::TearDownTestSuite() {
  s_cluster.reset();
  s_pki.reset();
}

void PlatformTest::SetUp() {
  static int next = 0;
  m_database = "platform" + std::to_string(++next);
  m_uri = cluster().create_database(m_database);
  m_platform = std::make_unique<PlatformProcess>(pki(), m_uri);
}

HttpRequest PlatformTest::request(std::string const& terminal, std::string const& path) const {
  return {.url = m_platform->url() + path,
          .ca = pki().ca(),
          .certificate = pki().device_certificate(terminal),
          .key = pki().device_key(terminal)};
}

HttpAnswer PlatformTest::post(std::string const& terminal, std::string const& path, nlohmann::json const& body) {
  auto sent = request(terminal, path);
  sent.method = "POST";
  sent.headers["Content-Type"] = "application/json";
  sent.body = body.dump();
  return http(sent);
}

nlohmann::json PlatformTest::office(nlohmann::json const& request) {
  return nlohmann::json::parse(m_platform->back_office(request.dump()), nullptr, false);
}

HttpAnswer PlatformTest::post_batch(std::string const& terminal, nlohmann::json const& events) {
  auto sent = request(terminal, "/v1/events");
  sent.method = "POST";
  sent.headers["Content-Type"] = "application/cloudevents-batch+json";
  sent.body = events.dump();
  return http(sent);
}

void PlatformTest::open_epoch(std::string const& terminal, unsigned epoch) {
  static unsigned next = 0;
  auto const answer = post(terminal, "/v1/epochs",
                           {{"request_id", fmt::format("01993f00-0000-7000-a000-{:012x}", ++next)},
                            {"reason", "created"},
                            {"based_on", std::to_string(epoch - 1)},
                            {"previous", nullptr}});
  ASSERT_EQ(answer.status, 201) << answer.body << answer.error;
  ASSERT_EQ(answer.json()["epoch"], std::to_string(epoch));
}

std::vector<std::string> PlatformTest::statuses(HttpAnswer const& answer) {
  std::vector<std::string> result;
  auto const json = answer.json();
  if (json.is_object() && json.contains("results"))
    for (auto const& one : json["results"]) result.push_back(one["status"]);
  return result;
}

std::vector<int> PlatformTest::numbers(HttpAnswer const& answer) {
  std::vector<int> result;
  auto const json = answer.json();
  if (json.is_object() && json.contains("events"))
    for (auto const& event : json["events"]) result.push_back(event["data"]["n"]);
  return result;
}

}  // namespace yizhan::test

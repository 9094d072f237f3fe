// The device's line: batches, epochs, positions (API.md, "The line").
#include "tests/functional/platform/platform_test.h"

namespace yizhan::test {
namespace {

class PlatformLine : public PlatformTest {
 protected:
  HttpAnswer send_raw(std::string const& body, std::map<std::string, std::string> headers = {}) {
    auto sent = request(k_first, "/v1/events");
    sent.method = "POST";
    sent.headers = std::move(headers);
    sent.headers.emplace("Content-Type", "application/cloudevents-batch+json");
    sent.body = body;
    return http(sent);
  }
  std::string stored() { return psql("SELECT count(*) FROM platform_facts"); }
};

/// `"*"` stands for any text; of a problem only the members of `wanted` are compared.
void expect_like(nlohmann::json const& wanted, nlohmann::json const& got, bool only_members) {
  if (wanted == "*") {
    EXPECT_TRUE(got.is_string() && got != "") << got;
  } else if (wanted.is_object() && got.is_object()) {
    if (!only_members) {
      EXPECT_EQ(wanted.size(), got.size()) << got;
    }
    for (auto const& [key, value] : wanted.items()) {
      ASSERT_TRUE(got.contains(key)) << key << " is missing in " << got;
      expect_like(value, got[key], only_members);
    }
  } else {
    EXPECT_EQ(wanted, got);
  }
}

TEST_F(PlatformLine, HoldsTheGoldenConversation) {
  auto const path = source_folder() / "tests/support/golden/conversation.json";
  auto const steps = nlohmann::json::parse(read_file(path));
  ASSERT_GT(steps.size(), 20u);
  for (auto const& step : steps) {
    SCOPED_TRACE(step["claim"].get<std::string>());
    auto const& asked = step["request"];
    auto sent = request(step["device"].get<std::string>().substr(std::string("urn:yizhan:device:").size()),
                        asked["path"].get<std::string>());
    sent.method = asked["method"];
    char separator = '?';
    for (auto const& [name, value] : asked["query"].items()) {
      sent.url += separator + name + "=" + value.get<std::string>();
      separator = '&';
    }
    if (asked.contains("body")) {
      sent.headers["Content-Type"] = asked["content_type"];
      sent.body = asked["body"].dump();
    }
    auto const answer = http(sent);
    auto const& wanted = step["answer"];
    EXPECT_EQ(answer.status, wanted["status"].get<long>()) << answer.body << answer.error;
    auto const headers = answer.headers;
    EXPECT_EQ(headers.at("content-type"), wanted["content_type"].get<std::string>());
    expect_like(wanted["body"], answer.json(), answer.status >= 400);
  }
}

TEST_F(PlatformLine, RejectedPersonalDataIsNotKept) {
  open_epoch(k_first);
  Line line(k_first);
  auto events = line.batch(1);
  events.push_back(line.place(line.fact("cn.yizhan.ticket.issued.v1", {{"note", "13800000000"}})));
  events.push_back(line.place(line.fact("cn.yizhan.ticket.issued.v1", {{"code", "420106199003070016"}})));
  events.push_back(line.place(line.fact("cn.yizhan.ticket.issued.v1", {{"who", "张三"}})));
  events.push_back(line.place(line.fact("cn.yizhan.ticket.issued.v1", {{"deep", {{{"Phone", 1}}}}})));
  auto const answer = post_batch(k_first, events);
  EXPECT_EQ(statuses(answer), (std::vector<std::string>{"accepted", "rejected", "rejected", "rejected", "rejected"}));
  EXPECT_EQ(answer.json()["accepted_through"], "0000000000000005");
  EXPECT_EQ(psql("SELECT count(*) FROM platform_facts"), "1");
  auto const dumped = run({.argv = {"pg_dump", "--data-only", "-d", m_uri}});
  ASSERT_EQ(dumped.exit, 0) << dumped.err;
  for (char const* trace : {"13800000000", "420106199003070016", "张三"})
    EXPECT_EQ(dumped.out.find(trace), std::string::npos) << trace;
}

TEST_F(PlatformLine, NothingOfARefusedBatchIsStored) {
  open_epoch(k_first);
  Line line(k_first);
  auto events = line.batch(4);
  events[3]["chain"] = std::string(64, 'a');
  EXPECT_EQ(post_batch(k_first, events).problem(), "fork");
  EXPECT_EQ(stored(), "0");
  EXPECT_EQ(get(k_first, "/v1/position").json()["sequence"], "0000000000000000");
}

TEST_F(PlatformLine, TheFirstBatchOfAnEpochStartsAtOne) {
  open_epoch(k_first);
  Line line(k_first);
  line.skip(4);
  auto const answer = post_batch(k_first, line.batch(1));
  EXPECT_EQ(answer.problem(), "gap");
  EXPECT_EQ(answer.json()["expected"], (nlohmann::json{{"epoch", "1"}, {"sequence", "0000000000000001"}}));
}

TEST_F(PlatformLine, AnEpochThePlatformLostIsAGap) {
  open_epoch(k_first);
  Line line(k_first, 7);
  auto const answer = post_batch(k_first, line.batch(1));
  EXPECT_EQ(answer.problem(), "gap");
  EXPECT_EQ(answer.json()["expected"]["epoch"], "1");
}

TEST_F(PlatformLine, WithoutAnEpochNothingIsTaken) {
  Line line(k_first, 0);
  EXPECT_EQ(post_batch(k_first, line.batch(1)).problem(), "superseded");
  EXPECT_EQ(stored(), "0");
}

TEST_F(PlatformLine, EpochsAreComparedAndSetOnce) {
  nlohmann::json const wanted{{"request_id", "01993f00-0000-7000-b000-000000000001"},
                              {"reason", "created"},
                              {"based_on", "0"},
                              {"previous", nullptr}};
  EXPECT_EQ(post(k_first, "/v1/epochs", wanted).json()["epoch"], "1");
  auto later = wanted;
  later["request_id"] = "01993f00-0000-7000-b000-000000000002";
  later["based_on"] = "1";
  EXPECT_EQ(post(k_first, "/v1/epochs", later).json()["epoch"], "2");
  // A repeat after the answer was lost still gives what was opened then.
  auto const again = post(k_first, "/v1/epochs", wanted);
  EXPECT_EQ(again.status, 201);
  EXPECT_EQ(again.json()["epoch"], "1");
  auto reused = wanted;
  reused["reason"] = "restored";
  EXPECT_EQ(post(k_first, "/v1/epochs", reused).problem(), "request_reused");
  auto stale = wanted;
  stale["request_id"] = "01993f00-0000-7000-b000-000000000003";
  auto const conflict = post(k_first, "/v1/epochs", stale);
  EXPECT_EQ(conflict.problem(), "epoch_conflict");
  EXPECT_EQ(conflict.json()["current"], "2");
  EXPECT_EQ(psql("SELECT count(*) FROM platform_epochs"), "2");
  for (char const* broken :
       {"{}", "[]", R"({"request_id":"x","reason":"created","based_on":"0","previous":null})",
        R"({"request_id":"01993f00-0000-7000-b000-000000000009","reason":"whim","based_on":"2","previous":null})"})
    EXPECT_EQ(post(k_first, "/v1/epochs", nlohmann::json::parse(broken)).problem(), "bad_request") << broken;
}

TEST_F(PlatformLine, OneLinePerDevice) {
  open_epoch(k_first);
  open_epoch(k_second);
  Line first(k_first);
  Line second(k_second);
  EXPECT_EQ(post_batch(k_first, first.batch(2)).status, 200);
  EXPECT_EQ(post_batch(k_second, second.batch(3)).status, 200);
  EXPECT_EQ(get(k_first, "/v1/position").json()["chain"], first.chain());
  EXPECT_EQ(get(k_second, "/v1/position").json()["chain"], second.chain());
}

TEST_F(PlatformLine, ForeignEventsAreForbiddenBeforeAnythingElse) {
  open_epoch(k_first);
  Line own(k_first);
  auto events = own.batch(2);
  events[1]["source"] = std::string("urn:yizhan:device:") + k_second;
  events[0]["chain"] = "nonsense";
  auto const answer = post_batch(k_first, events);
  EXPECT_EQ(answer.status, 403);
  EXPECT_EQ(answer.problem(), "other_device");
  EXPECT_EQ(stored(), "0");
}

TEST_F(PlatformLine, GzipIsTakenAndItsBombsAreNot) {
  open_epoch(k_first);
  Line line(k_first);
  auto const answer = send_raw(gzip(line.batch(3).dump()), {{"Content-Encoding", "gzip"}});
  EXPECT_EQ(answer.json()["accepted_through"], "0000000000000003") << answer.body;
  auto const bomb = gzip(std::string(64u << 20, ' '));
  ASSERT_LT(bomb.size(), std::size_t{1} << 20);
  EXPECT_EQ(send_raw(bomb, {{"Content-Encoding", "gzip"}}).problem(), "too_large");
  auto cut = gzip(line.batch(3).dump());
  cut.resize(cut.size() / 2);
  EXPECT_EQ(send_raw(cut, {{"Content-Encoding", "gzip"}}).problem(), "bad_request");
  EXPECT_EQ(send_raw("no gzip at all", {{"Content-Encoding", "gzip"}}).problem(), "bad_request");
  EXPECT_EQ(send_raw("[]", {{"Content-Encoding", "br"}}).problem(), "unsupported_media_type");
}

TEST_F(PlatformLine, SizesAreLimited) {
  open_epoch(k_first);
  Line line(k_first);
  auto events = line.batch(500);
  EXPECT_EQ(post_batch(k_first, events).json()["accepted_through"], "0000000000000500");
  EXPECT_EQ(post_batch(k_first, line.batch(501)).problem(), "too_large");
  EXPECT_EQ(send_raw(std::string((1u << 20) + 1, ' ')).problem(), "too_large");
  // Far over the limit the connection may be cut instead; the platform goes on.
  auto const huge = send_raw(std::string(20u << 20, ' '));
  EXPECT_TRUE(huge.status == 0 || huge.problem() == "too_large") << huge.status;
  EXPECT_EQ(get(k_first, "/v1/position").json()["sequence"], "0000000000000500");
}

TEST_F(PlatformLine, MalformedBodiesAreNamed) {
  open_epoch(k_first);
  Line line(k_first);
  for (std::string const& body :
       {std::string(), std::string("[]"), std::string("{}"), std::string("<html></html>"), std::string("[{}"),
        std::string("[\"\xff\"]"), std::string(5000, '[') + std::string(5000, ']'), std::string(R"([{"a":1,"a":1}])")})
    EXPECT_EQ(send_raw(body).problem(), "bad_request") << body.substr(0, 40);
  EXPECT_EQ(send_raw("[]", {{"Content-Type", "application/json"}}).problem(), "unsupported_media_type");
  auto const whole = line.place(line.fact("cn.yizhan.test.v1"));
  for (auto const& [key, value] : whole.items()) {
    auto without = whole;
    without.erase(key);
    auto const answer = post_batch(k_first, nlohmann::json::array({without}));
    EXPECT_EQ(answer.problem(), "event_invalid") << key;
    auto wrong = whole;
    wrong[key] = 7;
    EXPECT_EQ(post_batch(k_first, nlohmann::json::array({wrong})).problem(), "event_invalid") << key;
  }
  auto events = line.batch(2);
  events[1]["sequence"] = "0000000000000009";
  EXPECT_EQ(post_batch(k_first, events).problem(), "bad_request");
  auto unpadded = whole;
  unpadded["sequence"] = "1";
  EXPECT_EQ(post_batch(k_first, nlohmann::json::array({unpadded})).problem(), "event_invalid");
  EXPECT_EQ(stored(), "0");
}

TEST_F(PlatformLine, EscapedNulIsKeptByteForByte) {
  open_epoch(k_first);
  Line line(k_first);
  auto const event = line.place(line.fact("cn.yizhan.test.v1", {{"bytes", std::string("a\0b\x1f", 4)}}));
  EXPECT_EQ(statuses(post_batch(k_first, nlohmann::json::array({event}))), std::vector<std::string>{"accepted"});
  EXPECT_EQ(get(k_first, "/v1/events?epoch=1&after=0").json(), nlohmann::json::array({event}));
}

TEST_F(PlatformLine, DumpReadsBackWhatWasAccepted) {
  open_epoch(k_first);
  Line line(k_first);
  ASSERT_EQ(post_batch(k_first, line.batch(3)).status, 200);
  auto const dumped = run({.argv = {program("yizhan-platform").string(), "dump", "--database", m_uri}});
  ASSERT_EQ(dumped.exit, 0) << dumped.err;
  auto const events = nlohmann::json::parse(dumped.out);
  ASSERT_EQ(events.size(), 3u);
  EXPECT_EQ(events[2]["data"]["n"], 3);
  EXPECT_EQ(events[2]["sequence"], "0000000000000003");
  EXPECT_EQ(events[2]["chain"], line.chain());
}

}  // namespace
}  // namespace yizhan::test

// The golden messages, from the device's side.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>

#include "shared/base/text.h"
#include "shared/crypto/hash.h"
#include "shared/sync/answer.h"
#include "shared/sync/messages.h"

namespace yizhan::sync {
namespace {

using nlohmann::json;

json golden(std::string const& name) {
  auto const* const top = std::getenv("YIZHAN_SOURCE_DIR");
  std::ifstream in(std::string(top == nullptr ? "." : top) + "/tests/support/golden/" + name);
  auto value = json::parse(in, nullptr, false);
  EXPECT_FALSE(value.is_discarded()) << name;
  return value;
}

HttpResponse response_of(json const& answer) {
  HttpResponse out;
  out.status = answer.at("status");
  out.content_type = answer.at("content_type");
  out.body = answer.at("body").dump();
  if (auto const headers = answer.find("headers"); headers != answer.end())
    out.retry_after = headers->value("Retry-After", "");
  return out;
}

line::PlacedEvent event_of(json const& object) {
  auto const place = [&](char const* name) { return object.value(name, std::string()); };
  auto const state = object.at("clockstate").get<std::string>();
  line::PlacedEvent out;
  out.fact.id = Uuid::parse(object.at("id").get<std::string>()).value();
  out.fact.source = object.at("source");
  out.fact.type = object.at("type");
  out.fact.subject = place("subject");
  out.fact.time = object.at("time");
  out.fact.clock_state = state == "trusted"     ? calendar::ClockState::trusted
                         : state == "estimated" ? calendar::ClockState::estimated
                                                : calendar::ClockState::unset;
  out.fact.data = line::canonical(object.at("data")).value();
  out.fact.replaces = place("replaces");
  out.place = {object.at("epoch"), parse_decimal(object.at("sequence").get<std::string>()).value(), object.at("chain")};
  return out;
}

TEST(Golden, EveryProblemIsReadAsWhatItIs) {
  auto const problems = golden("problems.json");
  ASSERT_GT(problems.size(), 10);
  for (auto const& [name, answer] : problems.items()) {
    auto const read = interpret({}, response_of(answer));
    ASSERT_TRUE(read) << name;
    EXPECT_TRUE(read->is(name)) << name;
    EXPECT_EQ(read->status, answer.at("status")) << name;
    bool const later = read->status == 408 || read->status == 429 || read->status >= 500;
    EXPECT_EQ(error_of(*read).retryable(), later) << name;
    if (answer.contains("headers")) {
      EXPECT_TRUE(read->retry_after(WallTime{})) << name;
    }
  }
}

TEST(Golden, EveryAnswerOfTheConversationIsRead) {
  std::size_t read_count = 0;
  for (auto const& step : golden("conversation.json")) {
    auto const& claim = step.at("claim").get_ref<std::string const&>();
    auto const& request = step.at("request");
    auto const answer = interpret({}, response_of(step.at("answer")));
    ASSERT_TRUE(answer) << claim;
    EXPECT_EQ(answer->ok(), answer->status < 300) << claim;
    if (!answer->ok()) continue;
    auto const path = request.at("path").get<std::string>();
    auto const& expected = step.at("answer").at("body");
    auto const& body = answer->response.body;
    if (path == "/v1/position") {
      auto const place = read_position(body);
      ASSERT_TRUE(place) << claim;
      EXPECT_EQ(place->epoch, expected.at("epoch")) << claim;
      EXPECT_EQ(line::padded(place->sequence), expected.at("sequence")) << claim;
      EXPECT_EQ(place->chain, expected.at("chain")) << claim;
    } else if (path == "/v1/epochs") {
      EXPECT_EQ(read_epoch(body).value(), expected.at("epoch")) << claim;
    } else if (path == "/v1/events" && request.at("method") == "POST") {
      std::vector<line::PlacedEvent> sent(request.at("body").size());
      for (std::size_t i = 0; i < sent.size(); ++i)
        sent[i].fact.id = Uuid::parse(request.at("body")[i].at("id").get<std::string>()).value();
      auto const results = read_batch_answer(body, sent);
      ASSERT_TRUE(results) << claim;
      EXPECT_EQ(results->answers.size(), expected.at("results").size()) << claim;
      EXPECT_EQ(line::padded(results->accepted_through), expected.at("accepted_through")) << claim;
    } else if (path == "/v1/changes") {
      auto const changes = read_changes(body);
      ASSERT_TRUE(changes) << claim;
      EXPECT_EQ(changes->events.size(), expected.at("events").size()) << claim;
    } else {
      continue;
    }
    ++read_count;
  }
  EXPECT_GT(read_count, 10);
}

TEST(Golden, BatchesAreWrittenByteForByteAndTheirChainVerifies) {
  auto const events = golden("events.json");
  std::size_t written = 0;
  for (auto const& entry : events) {
    // A later version's attribute is only for the platform to keep.
    if (entry.at("event").contains("kettlecolour")) continue;
    ++written;
    auto const event = event_of(entry.at("event"));
    EXPECT_EQ(write_batch(std::span(&event, 1)), "[" + line::canonical(entry.at("event")).value() + "]");
    EXPECT_EQ(crypto::chain_after(entry.at("previous_chain").get<std::string>(), line::canonical_without_chain(event)),
              entry.at("chain"));
  }
  EXPECT_GT(written, 5);
}

TEST(Golden, EpochRequestsAreWrittenAsTheConversationHasThem) {
  std::size_t written = 0;
  for (auto const& step : golden("conversation.json")) {
    auto const& request = step.at("request");
    if (request.at("path") != "/v1/epochs") continue;
    auto const& body = request.at("body");
    line::EpochRequest wanted;
    wanted.request_id = Uuid::parse(body.at("request_id").get<std::string>()).value();
    for (auto const reason : {line::EpochReason::restored, line::EpochReason::behind, line::EpochReason::platform_lost})
      if (body.at("reason") == line::to_string(reason)) wanted.reason = reason;
    wanted.based_on = body.at("based_on");
    if (auto const& previous = body.at("previous"); !previous.is_null())
      wanted.previous =
          line::Place{previous.at("epoch"), parse_decimal(previous.at("sequence").get<std::string>()).value(),
                      previous.at("chain")};
    EXPECT_EQ(json::parse(write_epoch_request(wanted)), body);
    ++written;
  }
  EXPECT_GT(written, 2);
}

}  // namespace
}  // namespace yizhan::sync

#include "shared/sync/messages.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <nlohmann/json.hpp>

#include "shared/base/text.h"
#include "shared/sync/answer.h"

namespace yizhan::sync {
namespace {

using nlohmann::json;

Error unexpected(char const* what) { return Error::make("platform_answer", Retry::later, what); }

Result<json> parse_object(std::string_view body) {
  auto value = TRY(parse_json(body));
  if (!value.is_object()) return unexpected("not an object");
  return value;
}

Result<std::string> text_member(json const& object, char const* name) {
  auto const found = object.find(name);
  if (found == object.end() || !found->is_string()) return unexpected(name);
  return found->get<std::string>();
}

Result<std::uint64_t> decimal_member(json const& object, char const* name) {
  return parse_decimal(TRY(text_member(object, name)));
}

bool is_chain(std::string_view chain) {
  return chain.size() == 64 &&
         std::ranges::all_of(chain, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

std::optional<line::Verdict> parse_verdict(std::string_view status) {
  if (status == "accepted") return line::Verdict::accepted;
  if (status == "duplicate") return line::Verdict::duplicate;
  if (status == "rejected") return line::Verdict::rejected;
  return std::nullopt;
}

}  // namespace

std::string write_batch(std::span<line::PlacedEvent const> events) {
  std::string out = "[";
  for (auto const& event : events) {
    if (out.size() > 1) out += ',';
    out += line::to_wire(event);
  }
  return out += ']';
}

Result<BatchAnswer> read_batch_answer(std::string_view body, std::span<line::PlacedEvent const> sent) {
  auto const object = TRY(parse_object(body));
  auto const results = object.find("results");
  if (results == object.end() || !results->is_array()) return unexpected("results");
  BatchAnswer out;
  out.accepted_through = TRY(decimal_member(object, "accepted_through"));
  std::map<Uuid, bool> open;
  for (auto const& event : sent) open[event.fact.id] = true;
  for (auto const& result : *results) {
    if (!result.is_object()) return unexpected("results");
    auto const id = Uuid::parse(TRY(text_member(result, "id")));
    auto const verdict = parse_verdict(TRY(text_member(result, "status")));
    if (!id || !verdict) continue;
    auto const known = open.find(*id);
    if (known == open.end() || !known->second) continue;
    known->second = false;
    line::Answer answer{*id, *verdict, {}};
    if (*verdict == line::Verdict::rejected) {
      auto const problem = result.find("problem");
      answer.problem = problem != result.end() && problem->is_string() ? problem->get<std::string>().substr(0, 120)
                                                                       : "urn:yizhan:problem:unknown";
    }
    out.answers.push_back(std::move(answer));
  }
  return out;
}

Result<line::Place> read_position(std::string_view body) {
  auto const object = TRY(parse_object(body));
  line::Place place;
  place.epoch = std::to_string(TRY(decimal_member(object, "epoch")));
  place.sequence = TRY(decimal_member(object, "sequence"));
  place.chain = TRY(text_member(object, "chain"));
  if (!is_chain(place.chain)) return unexpected("chain");
  return place;
}

std::string write_epoch_request(line::EpochRequest const& request) {
  json out{{"request_id", request.request_id.to_string()},
           {"reason", line::to_string(request.reason)},
           {"based_on", request.based_on},
           {"previous", nullptr}};
  if (request.previous)
    out["previous"] = {{"epoch", request.previous->epoch},
                       {"sequence", line::padded(request.previous->sequence)},
                       {"chain", request.previous->chain}};
  return out.dump();
}

Result<std::string> read_epoch(std::string_view body) {
  auto const object = TRY(parse_object(body));
  auto const epoch = TRY(decimal_member(object, "epoch"));
  if (epoch == 0) return unexpected("epoch");
  return std::to_string(epoch);
}

Result<Changes> read_changes(std::string_view body) {
  auto const object = TRY(parse_object(body));
  Changes out;
  out.cursor = TRY(text_member(object, "cursor"));
  auto const more = object.find("more");
  if (more == object.end() || !more->is_boolean()) return unexpected("more");
  out.more = more->get<bool>();
  auto const events = object.find("events");
  if (events == object.end() || !events->is_array()) return unexpected("events");
  for (auto const& event : *events) {
    if (!event.is_object()) return unexpected("events");
    auto id = TRY(text_member(event, "id"));
    auto type = TRY(text_member(event, "type"));
    out.events.push_back({std::move(id), std::move(type), event.dump()});
  }
  return out;
}

Result<Changes> read_snapshot(std::string_view body) {
  auto const object = TRY(parse_object(body));
  Changes out;
  out.cursor = TRY(text_member(object, "cursor"));
  auto const state = object.find("state");
  if (state == object.end() || !state->is_object()) return unexpected("state");
  out.events.push_back({"snapshot/" + out.cursor, "cn.yizhan.hall.snapshot.v1", state->dump()});
  out.more = true;  // the changes since
  return out;
}

Result<WallTime> read_time(std::string_view body) {
  auto const object = TRY(parse_object(body));
  auto const micros = text::from_rfc3339(TRY(text_member(object, "now")));
  if (!micros) return unexpected("now");
  return WallTime(Duration(*micros));
}

Result<std::int64_t> read_version(std::string_view json_text) {
  auto const object = TRY(parse_object(json_text));
  auto const version = object.find("version");
  if (version == object.end() || !version->is_number_integer()) return unexpected("version");
  return version->get<std::int64_t>();
}

Result<std::uint64_t> parse_decimal(std::string_view digits) {
  std::uint64_t value = 0;
  auto const parsed = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  // The database counts in signed 64 bits.
  if (digits.empty() || parsed.ec != std::errc{} || parsed.ptr != digits.data() + digits.size() || value > INT64_MAX)
    return unexpected("number");
  return value;
}

std::string percent_encode(std::string_view text) {
  constexpr std::string_view k_digits = "0123456789ABCDEF";
  std::string out;
  for (char const c : text) {
    bool const plain = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' ||
                       c == '.' || c == '_' || c == '~';
    if (plain) {
      out += c;
      continue;
    }
    auto const byte = static_cast<unsigned char>(c);
    out += '%';
    out += k_digits[byte >> 4U];
    out += k_digits[byte & 0xFU];
  }
  return out;
}

}  // namespace yizhan::sync

#include "tools/platform/event.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "shared/base/text.h"
#include "shared/base/uuid.h"
#include "shared/crypto/hash.h"
#include "tools/platform/json.h"
#include "tools/platform/personal_data.h"

namespace yizhan::platform {

char const* const k_chain_start = "0000000000000000000000000000000000000000000000000000000000000000";

namespace {

constexpr std::size_t k_events_limit = 500;
constexpr std::size_t k_attribute_limit = 256;
constexpr std::array<char const*, 11> k_text_attributes{
    "specversion",     "id",         "source", "type",     "subject", "time",
    "datacontenttype", "clockstate", "epoch",  "sequence", "chain"};

bool is_plain(std::string const& text) {
  return !text.empty() && text.size() <= k_attribute_limit && std::none_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
  });
}

bool is_hash(std::string const& text) {
  return text.size() == 64 &&
         std::all_of(text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

/// nullptr, or what is wrong with the attributes all events have.
char const* fault_of(nlohmann::json const& event) {
  if (!event.is_object()) return "an event is not an object";
  for (auto const* name : k_text_attributes) {
    auto const found = event.find(name);
    if (found == event.end()) return "an attribute is missing";
    if (!found->is_string() || !is_plain(found->get_ref<std::string const&>())) return "an attribute is not plain text";
  }
  if (event["specversion"] != "1.0") return "specversion is not 1.0";
  if (event["datacontenttype"] != "application/json") return "datacontenttype is not application/json";
  if (auto const state = event["clockstate"]; state != "trusted" && state != "estimated" && state != "unset")
    return "clockstate is not trusted, estimated or unset";
  auto const& id = event["id"].get_ref<std::string const&>();
  if (auto const uuid = Uuid::parse(id); !uuid || uuid->to_string() != id) return "id is not a lower-case UUID";
  if (!text::from_rfc3339(event["time"].get_ref<std::string const&>())) return "time is not RFC 3339";
  if (!is_hash(event["chain"].get_ref<std::string const&>())) return "chain is not 64 lower-case hex digits";
  auto const data = event.find("data");
  if (data == event.end() || !data->is_object()) return "data is not an object";
  return nullptr;
}

Batch refuse(int status, std::string_view name, std::string_view detail,
             nlohmann::json const& extra = nlohmann::json::object()) {
  return {.events = {}, .refusal = problem(status, name, detail, extra)};
}

/// REQUIRES: fault_of() found none. nullopt where it cannot be written canonically or its place is not decimal.
std::optional<Event> take_apart(nlohmann::json event) {
  auto const epoch = parse_decimal(event["epoch"].get_ref<std::string const&>());
  auto const& sequence_text = event["sequence"].get_ref<std::string const&>();
  auto const sequence = parse_decimal(sequence_text);
  if (!epoch || event["epoch"] != std::to_string(*epoch)) return std::nullopt;
  if (!sequence || *sequence == 0 || sequence_text != padded(*sequence)) return std::nullopt;
  Event result{.id = event["id"],
               .type = event["type"],
               .subject = event["subject"],
               .time = event["time"],
               .clock_state = event["clockstate"],
               .personal = holds_personal_data(event["data"]) || holds_personal_data(event["subject"]),
               .epoch = *epoch,
               .sequence = *sequence,
               .chain = event["chain"]};
  event.erase("chain");
  auto placed = canonical_json(event);
  event.erase("epoch");
  event.erase("sequence");
  auto fact = canonical_json(event);
  if (!placed || !fact) return std::nullopt;
  result.placed = std::move(placed).value();
  result.fact = std::move(fact).value();
  result.fact_sha256 = crypto::sha256_hex(text::bytes_of(result.fact));
  return result;
}

}  // namespace

std::string padded(std::uint64_t sequence) { return fmt::format("{:016}", sequence); }

std::optional<std::uint64_t> parse_decimal(std::string_view text) {
  constexpr std::uint64_t k_limit = (std::uint64_t{1} << 53) - 1;
  if (text.empty() || text.size() > 16) return std::nullopt;
  std::uint64_t value = 0;
  for (char const c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + static_cast<std::uint64_t>(c - '0');
  }
  if (value > k_limit) return std::nullopt;
  return value;
}

std::string next_chain(std::string_view previous, std::string_view placed) {
  auto bytes = text::from_hex(previous).value();
  auto const tail = text::bytes_of(placed);
  bytes.insert(bytes.end(), tail.begin(), tail.end());
  return crypto::sha256_hex(bytes);
}

std::string with_place(std::string_view fact, std::uint64_t epoch, std::uint64_t sequence, std::string_view chain) {
  return fmt::format(R"({},"epoch":"{}","sequence":"{}","chain":"{}"}})", fact.substr(0, fact.size() - 1), epoch,
                     padded(sequence), chain);
}

Batch parse_batch(std::string_view text, Device const& device) {
  auto parsed = parse_json(text);
  if (!parsed) return refuse(400, "bad_request", "The body is not well-formed JSON without repeated keys.");
  if (!parsed->is_array() || parsed->empty()) return refuse(400, "bad_request", "The body is not an array of events.");
  if (parsed->size() > k_events_limit) return refuse(413, "too_large", "A batch holds at most 500 events.");

  // Before anything else of an event is judged: whose is it.
  for (auto const& event : *parsed)
    if (event.is_object() && event.contains("source") && event["source"].is_string() && event["source"] != device.urn)
      return refuse(403, "other_device", "An event names another device than the certificate.");

  Batch batch;
  for (std::size_t index = 0; index < parsed->size(); ++index) {
    auto& event = (*parsed)[index];
    if (auto const* fault = fault_of(event)) return refuse(422, "event_invalid", fault, {{"index", index}});
    auto taken = take_apart(std::move(event));
    if (!taken)
      return refuse(422, "event_invalid", "place or data outside what events may hold: ASCII keys, whole numbers",
                    {{"index", index}});
    if (!batch.events.empty() &&
        (taken->epoch != batch.events.back().epoch || taken->sequence != batch.events.back().sequence + 1))
      return refuse(400, "bad_request", "A batch is consecutive sequences of one epoch.");
    batch.events.push_back(std::move(*taken));
  }
  return batch;
}

}  // namespace yizhan::platform

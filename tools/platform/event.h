#pragma once
/// One event as it arrives, taken apart into fact and place (API.md, "Events").
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "tools/platform/answer.h"

namespace yizhan::platform {

struct Event {
  std::string id;  // lower-case UUID
  std::string type;
  std::string subject;
  std::string time;
  std::string clock_state;
  std::string fact;         // RFC 8785 of the event without epoch, sequence, chain
  std::string fact_sha256;  // lower-case hex
  bool personal = false;    // something in it looks like a person
  std::uint64_t epoch = 0;
  std::uint64_t sequence = 0;
  std::string chain;   // as sent
  std::string placed;  // RFC 8785 of the event without chain: what the chain hashes
};

extern char const* const k_chain_start;  // 64 zeros

/// 16 decimal places.
[[nodiscard]] std::string padded(std::uint64_t sequence);
/// Decimal digits only, ≤ 2^53−1. nullopt otherwise.
[[nodiscard]] std::optional<std::uint64_t> parse_decimal(std::string_view text);
/// SHA-256(previous as 32 bytes ‖ placed), lower-case hex. REQUIRES: `previous` is 64 hex digits.
[[nodiscard]] std::string next_chain(std::string_view previous, std::string_view placed);
/// The fact with its place written in again, as a device sent it.
[[nodiscard]] std::string with_place(std::string_view fact, std::uint64_t epoch, std::uint64_t sequence,
                                     std::string_view chain);

/// A batch or the problem that refuses all of it (400, 403, 413, 422).
struct Batch {
  std::vector<Event> events;
  std::optional<Answer> refusal;
};
/// `text`: inflated JSON. Checks form, that every source is `device`, one epoch, consecutive sequences, ≤ 500.
[[nodiscard]] Batch parse_batch(std::string_view text, Device const& device);

}  // namespace yizhan::platform

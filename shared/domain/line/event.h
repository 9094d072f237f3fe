#pragma once
/// The device's line of events to the platform (tools/platform/API.md). Event = fact (fixed at commit) + place (epoch,
/// sequence, chain: given anew when an epoch opens).
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/env.h"
#include "shared/base/result.h"
#include "shared/base/uuid.h"
#include "shared/domain/calendar/hall_time.h"

namespace yizhan::line {

/// CloudEvents 1.0, without its place. `data` is canonical JSON text (RFC 8785): ASCII keys, integers ≤ 2^53−1, no
/// personal data.
struct Fact {
  Uuid id;
  std::string source;  // device URN
  std::string type;    // cn.yizhan.<noun>.<verb>.v1
  std::string subject;
  std::string time;  // RFC 3339
  calendar::ClockState clock_state = calendar::ClockState::unset;
  std::string data;
  std::string replaces;  // id of the rejected event this one stands for, "" without (extension `replaces`)
};

/// Decimal strings on the wire; `sequence` zero-padded to 16 there.
struct Place {
  std::string epoch = "0";
  std::uint64_t sequence = 0;
  std::string chain = std::string(64, '0');  // lower-case hex
};

struct PlacedEvent {
  Fact fact;
  Place place;
};

[[nodiscard]] std::string padded(std::uint64_t sequence);
/// RFC 8785 for what facts may hold: sorted keys, no white space, integers only. Errors: not_canonical (floats, non-ASCII keys, too
/// large integers).
Result<std::string> canonical(nlohmann::json const& value);
/// The fact's CloudEvents object, canonical.
[[nodiscard]] std::string canonical_fact(Fact const& fact);
/// The event's object without `chain`, canonical: what the chain hashes.
[[nodiscard]] std::string canonical_without_chain(PlacedEvent const& event);
/// The whole event as sent.
[[nodiscard]] std::string to_wire(PlacedEvent const& event);
/// Keys must be plain words, none of them name, phone, address, id_number and the like; strings single ASCII tokens without
/// spaces (≤ 200 bytes) that are no ID or mobile number; integers no such number either. The whole rule:
/// personal_data.cpp. Errors: personal_data, with the place but never the value.
Result<void> check_no_personal_data(nlohmann::json const& data);

}  // namespace yizhan::line

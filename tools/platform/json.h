#pragma once
/// The platform's own reading and canonical writing of JSON. Devices have theirs; both are held to the golden messages
/// (tests/support/golden), so that one wrong reading of RFC 8785 cannot hide on both ends.
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "shared/base/result.h"

namespace yizhan::platform {

/// Errors: json_malformed (also ill-formed UTF-8), json_too_deep (over 32 levels), json_duplicate_key (RFC 8785 §3.1).
Result<nlohmann::json> parse_json(std::string_view text);

/// RFC 8785 for what events may hold: ASCII keys, integers within ±(2^53−1), no fractions.
/// Errors: json_not_canonical.
Result<std::string> canonical_json(nlohmann::json const& value);

}  // namespace yizhan::platform

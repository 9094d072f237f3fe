#pragma once
/// Commands and what comes back, as JSON: the argument and result of the PostgreSQL functions (schema.sql), the stored
/// result of a command, and what an intent keeps. Times are Unix microseconds, days "YYYY-MM-DD".
#include <nlohmann/json_fwd.hpp>
#include <string_view>

#include "shared/base/result.h"
#include "shared/domain/queue/hall_command.h"

namespace yizhan::hall {

/// "issue", "call_next", "call_number", "recall", "no_show", "start", "finish", "cancel", "close_day".
[[nodiscard]] char const* kind_of(queue::HallCommand const& command);

[[nodiscard]] nlohmann::json to_json(queue::HallCommand const& command);
[[nodiscard]] nlohmann::json to_json(queue::Ticket const& ticket);
[[nodiscard]] nlohmann::json to_json(queue::HallReply const& reply);

/// Errors of all: hall_malformed.
Result<queue::HallCommand> command_from_json(nlohmann::json const& json);
Result<queue::Ticket> ticket_from_json(nlohmann::json const& json);
Result<queue::HallReply> reply_from_json(nlohmann::json const& json);
Result<nlohmann::json> parse_json(std::string_view text);

}  // namespace yizhan::hall

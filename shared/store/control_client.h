#pragma once
/// The other end of control_server.h.
#include <filesystem>
#include <nlohmann/json.hpp>

#include "shared/base/env.h"
#include "shared/base/result.h"

namespace yizhan::store {

/// One request, one answer. Blocks for `limit` at most.
/// Errors: control_absent (nobody owns the folder), control_timeout, control_broken (hung up, no JSON object).
Result<nlohmann::json> ask_owner(std::filesystem::path const& socket, nlohmann::json const& request, Duration limit,
                                 SteadyClock const& clock);

}  // namespace yizhan::store

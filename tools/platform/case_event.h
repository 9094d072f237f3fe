#pragma once
/// Data of the devices' events about cases, checked member by member (API.md, "Cases"). Members that are not known are let through.
#include <nlohmann/json_fwd.hpp>
#include <string_view>

#include "tools/platform/answer.h"

namespace yizhan::platform {

/// 28 digits: hall 12, day 8, terminal 3, serial 4, check digit (ISO 7064 MOD 11,10). The devices have their own idea of it; this one
/// is the platform's.
[[nodiscard]] bool is_case_number(std::string_view text);
/// Only the machine whose hall and terminal a number bears may give it out.
[[nodiscard]] bool is_number_of(std::string_view number, Device const& device);

/// Letters, digits and _ in lower case: items, matters, materials, reasons.
[[nodiscard]] bool is_code(std::string_view text);

[[nodiscard]] bool is_submitted(nlohmann::json const& data);
[[nodiscard]] bool is_supplemented(nlohmann::json const& data);
[[nodiscard]] bool is_withdrawn(nlohmann::json const& data);

}  // namespace yizhan::platform

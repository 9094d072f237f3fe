#pragma once
/// The last net under a promise of the devices: events hold no personal data. Kept apart from the devices' own check, so
/// that one hole does not open both.
#include <nlohmann/json_fwd.hpp>

namespace yizhan::platform {

/// True where `data` names or looks like a person: keys such as name, phone, address; strings with an ID number whose
/// check character is right or with a mainland mobile number; text outside ASCII (events hold codes, not prose).
[[nodiscard]] bool holds_personal_data(nlohmann::json const& data);

}  // namespace yizhan::platform

#pragma once
/// Values of fields by kind: which shape they have, how conditions and the application see them.
#include <nlohmann/json.hpp>
#include <optional>

#include "shared/domain/forms/divisions.h"
#include "shared/domain/forms/form.h"

namespace yizhan::forms {

/// The value as it may be kept in such a field, without control characters and cut to 2,000 characters; null where it is
/// empty. None: it has another shape.
[[nodiscard]] std::optional<nlohmann::json> kept(Field const& field, nlohmann::json value, Divisions const* divisions);
/// A kept value as conditions and the application see it; null where nothing is left.
[[nodiscard]] nlohmann::json plain(Field const& field, nlohmann::json const& kept);
/// A rule's result as value of such a field; null where it is none.
[[nodiscard]] nlohmann::json derived_value(Field const& field, nlohmann::json const& result,
                                           Divisions const* divisions);

}  // namespace yizhan::forms

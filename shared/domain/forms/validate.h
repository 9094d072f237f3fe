#pragma once
/// What a field's keywords say of a value.
#include <optional>

#include "shared/domain/catalog/pattern.h"
#include "shared/domain/forms/form_state.h"

namespace yizhan::forms {

struct Judge {
  calendar::BusinessDay today;
  calendar::HolidayCalendar const* calendar = nullptr;
  Divisions const* divisions = nullptr;
  catalog::Pattern const* pattern = nullptr;            // the field's, compiled
  std::vector<Option const*> const* options = nullptr;  // offered now
};

/// The first thing that is wrong with a value that is not null; none: nothing. `value` as conditions see it.
[[nodiscard]] std::optional<Problem> check(Field const& field, nlohmann::json const& value, Judge const& judge);

}  // namespace yizhan::forms

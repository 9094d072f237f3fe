#pragma once
/// Days in forms: limits that move with today.
#include <optional>
#include <string_view>

#include "shared/domain/calendar/hall_time.h"

namespace yizhan::forms {

/// "today", "today-18y", "today+6m", "today+30d" (at most four digits), or "YYYY-MM-DD"; none: neither. A day the month does
/// not have becomes its last: 18 years before 2024-02-29 is 2006-02-28.
[[nodiscard]] std::optional<calendar::BusinessDay> day_of(std::string_view expression,
                                                          calendar::BusinessDay const& today);

}  // namespace yizhan::forms

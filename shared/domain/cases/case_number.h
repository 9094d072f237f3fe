#pragma once
/// Case numbers (办件编号): division 12 + date 8 + terminal 3 + serial 4 + check digit (ISO 7064 MOD 11,10), 28 digits.
#include <string>
#include <string_view>

#include "shared/base/result.h"
#include "shared/domain/calendar/hall_time.h"

namespace yizhan::cases {

/// REQUIRES: hall of 12 digits, terminal of 3, 1 ≤ serial ≤ 9999.
[[nodiscard]] std::string case_number(std::string_view hall, calendar::BusinessDay const& day,
                                      std::string_view terminal, int serial);
/// Length, digits, date and check digit.
[[nodiscard]] bool is_case_number(std::string_view text);
/// "4201 0600 1001 2026 1124 0010 0010" for people: groups of four.
[[nodiscard]] std::string grouped(std::string_view number);
/// For lists that others may see: "…0100010" with all but the last seven digits left out.
[[nodiscard]] std::string masked(std::string_view number);

}  // namespace yizhan::cases

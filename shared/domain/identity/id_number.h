#pragma once
/// Numbers of identity documents. GB 11643-1999 (citizens), ISO 7064:1983 MOD 11-2; 15-character numbers of the 2017
/// permanent resident card: ICAO-style weights 7 3 1.
#include <optional>
#include <string>
#include <string_view>

#include "shared/base/result.h"
#include "shared/base/secret.h"

namespace yizhan::identity {

/// The names of tools/ctl/README.md `id check`.
enum class IdKind { citizen, citizen15, hk, macau, taiwan, foreign2017, foreign2023, unknown };
enum class IdFault { length, character, date, checksum };

struct IdCheck {
  IdKind kind = IdKind::unknown;
  /// Empty where the number is valid.
  std::optional<IdFault> fault;
  [[nodiscard]] bool valid() const { return !fault.has_value() && kind != IdKind::unknown; }
};

[[nodiscard]] char const* to_string(IdKind kind);
[[nodiscard]] char const* to_string(IdFault fault);

/// Accepts lower-case x. An unknown area code is not a fault. A calendar date in the future of nobody is not judged.
[[nodiscard]] IdCheck check_id_number(std::string_view number);

/// The eighteenth character for the first 17 digits. REQUIRES: 17 ASCII digits.
[[nodiscard]] char citizen_check_character(std::string_view first_17);
/// Weights 7 3 1, A=10 … Z=35, '<'=0, sum mod 10. REQUIRES: [0-9A-Z<]*.
[[nodiscard]] char mrz_check_digit(std::string_view text);
/// 15 → 18 places. Errors: id_number_invalid.
Result<SecretText> upgrade_citizen15(std::string_view number);

/// 420106********0016; 15-character ones USA***********18 (3, 11 asterisks, 2); anything else: first and last
/// character, the rest asterisks; fewer than 3 characters: asterisks.
[[nodiscard]] std::string mask_id_number(std::string_view number);
/// First character and one asterisk: 张*.
[[nodiscard]] std::string mask_name(std::string_view name);
/// 138****0000; others: all but the last two.
[[nodiscard]] std::string mask_phone(std::string_view phone);
/// 1990-03-07 → 1990-**-**.
[[nodiscard]] std::string mask_birth(std::string_view iso_date);
/// To the county: up to and with the first 区/县/市-after-市/旗; else the first 6 characters; then *.
[[nodiscard]] std::string mask_address(std::string_view address);

/// Mainland mobile numbers: 11 digits, 1[3-9]…; spaces and hyphens are taken out. Errors: phone_invalid.
Result<SecretText> normalise_phone(std::string_view typed);

}  // namespace yizhan::identity

#pragma once
/// The 256-byte text block of an SDT card reading: UTF-16LE, space padded, four layouts told apart by the character at
/// byte 248 (space, J, I, Y). Offsets: the table in card_text.cpp.
#include <array>
#include <chrono>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "shared/base/result.h"
#include "shared/base/secret.h"

namespace yizhan::identity {

enum class CardKind { citizen, hk_mo_tw, foreign2017, foreign2023 };
enum class Sex { unknown, male, female, unspecified };
enum class CardWarning { check_digit, expired, not_yet_valid, birth_mismatch, sex_mismatch, private_use, unreadable };

[[nodiscard]] char const* to_string(CardKind kind);
[[nodiscard]] char const* to_string(Sex sex);
[[nodiscard]] char const* to_string(CardWarning warning);

/// Empty text where the card has no such field or the field is blank. Dates "YYYY-MM-DD"; `valid_to` also "long_term".
struct CardText {
  CardKind kind = CardKind::citizen;
  SecretText name;
  SecretText name_en;
  Sex sex = Sex::unknown;
  std::string ethnic;  // name, 汉
  SecretText birth;
  SecretText address;
  SecretText number;
  SecretText old_number;     // derived, 2023 card only
  SecretText permit_number;  // J only
  std::string issue_count;   // J: permit issues; Y: renewals
  std::string issuer;
  std::string valid_from;
  std::string valid_to;
  std::string nationality;
  std::vector<CardWarning> warnings;

  [[nodiscard]] bool has(CardWarning warning) const;
};

/// `today` judges validity. A field that cannot be read is left empty and warned of, never a crash.
/// Errors: card_text_size (not 256 bytes), card_text_blank (nothing readable at all).
Result<CardText> decode_card_text(std::span<std::byte const> block, std::chrono::year_month_day today);

/// The other way, for emulators and tests: lays out the fields as the module would. REQUIRES: fields fit.
[[nodiscard]] std::array<std::byte, 256> encode_card_text(CardText const& card);

/// GB/T 3304: "01" → 汉; empty where unknown.
[[nodiscard]] std::string_view ethnic_name(std::string_view two_digits);
[[nodiscard]] std::string_view ethnic_code(std::string_view name);

}  // namespace yizhan::identity

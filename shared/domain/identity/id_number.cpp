#include "shared/domain/identity/id_number.h"

#include <algorithm>
#include <cassert>
#include <chrono>

namespace yizhan::identity {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool all_digits(std::string_view text) { return std::all_of(text.begin(), text.end(), is_digit); }
char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

int number_of(std::string_view digits) {
  int value = 0;
  for (char const c : digits) value = value * 10 + (c - '0');
  return value;
}

bool is_date(int year, std::string_view mmdd) {
  return std::chrono::year_month_day{std::chrono::year{year},
                                     std::chrono::month{static_cast<unsigned>(number_of(mmdd.substr(0, 2)))},
                                     std::chrono::day{static_cast<unsigned>(number_of(mmdd.substr(2, 2)))}}
      .ok();
}

/// YYMMDD without a century: right in either of the two that may be meant (29 February tells them apart).
bool is_short_date(std::string_view yymmdd) {
  int const year = number_of(yymmdd.substr(0, 2));
  return is_date(1900 + year, yymmdd.substr(2)) || is_date(2000 + year, yymmdd.substr(2));
}

IdKind kind_of_18(std::string_view number) {
  if (number.starts_with("810000")) return IdKind::hk;
  if (number.starts_with("820000")) return IdKind::macau;
  if (number.starts_with("830000")) return IdKind::taiwan;
  if (number.starts_with("9")) return IdKind::foreign2023;
  return IdKind::citizen;
}

IdCheck check_18(std::string_view number) {
  char const last = upper(number[17]);
  if (!all_digits(number.substr(0, 17)) || (!is_digit(last) && last != 'X')) {
    return {IdKind::unknown, IdFault::character};
  }
  IdCheck check{kind_of_18(number), {}};
  int const year = number_of(number.substr(6, 4));
  if (year < 1800 || !is_date(year, number.substr(10, 4))) {
    check.fault = IdFault::date;
  } else if (last != citizen_check_character(number.substr(0, 17))) {
    check.fault = IdFault::checksum;
  }
  return check;
}

IdCheck check_15_digits(std::string_view number) {
  IdCheck check{IdKind::citizen15, {}};
  // The old form was given to people born in the twentieth century and carries no check character.
  if (!is_date(1900 + number_of(number.substr(6, 2)), number.substr(8, 4))) check.fault = IdFault::date;
  return check;
}

IdCheck check_foreign2017(std::string const& number) {
  IdCheck check{IdKind::foreign2017, {}};
  if (!is_short_date(std::string_view(number).substr(7, 6))) {
    check.fault = IdFault::date;
  } else if (number[14] != mrz_check_digit(std::string_view(number).substr(0, 14))) {
    check.fault = IdFault::checksum;
  }
  return check;
}

}  // namespace

char const* to_string(IdKind kind) {
  switch (kind) {
    case IdKind::citizen: return "citizen";
    case IdKind::citizen15: return "citizen15";
    case IdKind::hk: return "hk";
    case IdKind::macau: return "macau";
    case IdKind::taiwan: return "taiwan";
    case IdKind::foreign2017: return "foreign2017";
    case IdKind::foreign2023: return "foreign2023";
    case IdKind::unknown: return "unknown";
  }
  return "unknown";
}

char const* to_string(IdFault fault) {
  switch (fault) {
    case IdFault::length: return "length";
    case IdFault::character: return "character";
    case IdFault::date: return "date";
    case IdFault::checksum: return "checksum";
  }
  return "length";
}

IdCheck check_id_number(std::string_view number) {
  if (number.size() == 18) return check_18(number);
  if (number.size() != 15) return {IdKind::unknown, IdFault::length};
  if (all_digits(number)) return check_15_digits(number);
  std::string folded(number);
  std::transform(folded.begin(), folded.end(), folded.begin(), upper);
  bool const letters = std::all_of(folded.begin(), folded.begin() + 3, is_upper);
  if (letters && all_digits(std::string_view(folded).substr(3))) return check_foreign2017(folded);
  return {IdKind::unknown, IdFault::character};
}

char citizen_check_character(std::string_view first_17) {
  assert(first_17.size() == 17 && all_digits(first_17));
  constexpr int k_weights[17] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
  int sum = 0;
  for (std::size_t i = 0; i < 17; ++i) sum += (first_17[i] - '0') * k_weights[i];
  return "10X98765432"[sum % 11];
}

char mrz_check_digit(std::string_view text) {
  constexpr int k_weights[3] = {7, 3, 1};
  int sum = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    char const c = text[i];
    assert(is_digit(c) || is_upper(c) || c == '<');
    int const value = is_digit(c) ? c - '0' : is_upper(c) ? c - 'A' + 10 : 0;
    sum = (sum + value * k_weights[i % 3]) % 10;
  }
  return static_cast<char>('0' + sum);
}

Result<SecretText> upgrade_citizen15(std::string_view number) {
  auto const check = check_id_number(number);
  if (check.kind != IdKind::citizen15 || !check.valid()) return Error::make("id_number_invalid");
  std::string full;
  full.reserve(18);
  full.append(number.substr(0, 6)).append("19").append(number.substr(6));
  full.push_back(citizen_check_character(full));
  SecretText result(full);
  scrub(full);
  return result;
}

}  // namespace yizhan::identity

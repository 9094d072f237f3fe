#include "shared/domain/cases/case_number.h"

#include <algorithm>
#include <cstdio>

namespace yizhan::cases {

namespace {

constexpr std::size_t k_division = 12;
constexpr std::size_t k_date = 8;
constexpr std::size_t k_length = 28;
constexpr std::size_t k_shown = 7;
constexpr std::size_t k_group = 4;

/// ISO 7064 MOD 11,10: the digit that brings the last remainder to 1.
char check_digit(std::string_view digits) {
  int remainder = 10;
  for (char const digit : digits) {
    int const sum = (remainder + (digit - '0')) % 10;
    remainder = (sum == 0 ? 10 : sum) * 2 % 11;
  }
  return static_cast<char>('0' + (11 - remainder) % 10);
}

std::string dashed(std::string_view date) {
  return std::string(date.substr(0, 4)) + '-' + std::string(date.substr(4, 2)) + '-' + std::string(date.substr(6, 2));
}

}  // namespace

std::string case_number(std::string_view hall, calendar::BusinessDay const& day, std::string_view terminal,
                        int serial) {
  char buffer[40];
  std::snprintf(buffer, sizeof buffer, "%04d%02u%02u", static_cast<int>(day.date.year()),
                static_cast<unsigned>(day.date.month()), static_cast<unsigned>(day.date.day()));
  std::string number = std::string(hall) + buffer + std::string(terminal);
  std::snprintf(buffer, sizeof buffer, "%04d", serial);
  number += buffer;
  number += check_digit(number);
  return number;
}

bool is_case_number(std::string_view text) {
  if (text.size() != k_length) return false;
  if (!std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; })) return false;
  if (!calendar::BusinessDay::parse(dashed(text.substr(k_division, k_date)))) return false;
  return check_digit(text.substr(0, k_length - 1)) == text.back();
}

std::string grouped(std::string_view number) {
  std::string out;
  for (std::size_t i = 0; i < number.size(); ++i) {
    if (i > 0 && i % k_group == 0) out += ' ';
    out += number[i];
  }
  return out;
}

std::string masked(std::string_view number) {
  if (number.size() <= k_shown) return std::string(number);
  return "…" + std::string(number.substr(number.size() - k_shown));
}

}  // namespace yizhan::cases

// Numbers in texts and texts of numbers, ECMA-262 sections StringToNumber, parseFloat and Number::toString.
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <limits>

#include "shared/domain/rules/js_text.h"

namespace yizhan::rules::js {

namespace {

constexpr double k_nan = std::numeric_limits<double>::quiet_NaN();
constexpr double k_infinity = std::numeric_limits<double>::infinity();
// WhiteSpace and LineTerminator.
constexpr std::array<std::string_view, 25> k_blanks = {
    "\t",           "\n",           "\v",           "\f",           "\r",           " ",
    "\xc2\xa0",     "\xe1\x9a\x80", "\xe2\x80\x80", "\xe2\x80\x81", "\xe2\x80\x82", "\xe2\x80\x83",
    "\xe2\x80\x84", "\xe2\x80\x85", "\xe2\x80\x86", "\xe2\x80\x87", "\xe2\x80\x88", "\xe2\x80\x89",
    "\xe2\x80\x8a", "\xe2\x80\xa8", "\xe2\x80\xa9", "\xe2\x80\xaf", "\xe2\x81\x9f", "\xe3\x80\x80",
    "\xef\xbb\xbf"};

void trim_start(std::string_view& text) {
  auto const is_blank = [&](std::string_view blank) { return text.starts_with(blank); };
  for (auto found = k_blanks.begin();;) {
    found = std::find_if(k_blanks.begin(), k_blanks.end(), is_blank);
    if (found == k_blanks.end()) return;
    text.remove_prefix(found->size());
  }
}
void trim_end(std::string_view& text) {
  auto const is_blank = [&](std::string_view blank) { return text.ends_with(blank); };
  for (auto found = k_blanks.begin();;) {
    found = std::find_if(k_blanks.begin(), k_blanks.end(), is_blank);
    if (found == k_blanks.end()) return;
    text.remove_suffix(found->size());
  }
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }
std::size_t digits(std::string_view text, std::size_t i) {
  std::size_t const begin = i;
  while (i < text.size() && is_digit(text[i])) ++i;
  return i - begin;
}

/// Length of the StrDecimalLiteral at the front, without its sign; 0: none.
std::size_t decimal_length(std::string_view text) {
  constexpr std::string_view k_infinite = "Infinity";
  if (text.starts_with(k_infinite)) return k_infinite.size();
  std::size_t const whole = digits(text, 0);
  std::size_t end = whole;
  std::size_t fraction = 0;
  if (end < text.size() && text[end] == '.') {
    fraction = digits(text, end + 1);
    end += 1 + fraction;
  }
  if (whole + fraction == 0) return 0;
  if (end < text.size() && (text[end] == 'e' || text[end] == 'E')) {
    std::size_t power = end + 1;
    if (power < text.size() && (text[power] == '+' || text[power] == '-')) ++power;
    if (std::size_t const count = digits(text, power); count > 0) end = power + count;
  }
  return end;
}

/// Whether the first digit that counts stands left of the number's point: what overflows is infinite, what does not
/// is nothing.
bool is_large(std::string_view literal) {
  std::size_t const exponent_at = std::min(literal.find_first_of("eE"), literal.size());
  auto const mantissa = literal.substr(0, exponent_at);
  auto const point = static_cast<double>(std::min(mantissa.find('.'), mantissa.size()));
  auto const first = static_cast<double>(mantissa.find_first_of("123456789"));
  double exponent = 0;
  bool negative = false;
  for (char const c : literal.substr(exponent_at)) {
    if (c == '-') negative = true;
    if (is_digit(c)) exponent = exponent * 10 + (c - '0');
  }
  return point - first + (negative ? -exponent : exponent) > 0;
}

/// REQUIRES: `literal` is what decimal_length measured.
double decimal(std::string_view literal) {
  if (literal.front() == 'I') return k_infinity;
  double value = 0;
  auto const read = std::from_chars(literal.data(), literal.data() + literal.size(), value);
  if (read.ec == std::errc::result_out_of_range) return is_large(literal) ? k_infinity : 0;
  return value;
}

/// The sign at the front, taken off: 1 or -1.
double take_sign(std::string_view& text) {
  if (text.empty() || (text[0] != '+' && text[0] != '-')) return 1;
  double const sign = text[0] == '-' ? -1 : 1;
  text.remove_prefix(1);
  return sign;
}

/// Whole number in base 2, 8 or 16, rounded once: 64 leading bits, and whether anything but zeros follows them.
double power_of_two_base(std::string_view text, int bits) {
  if (text.empty()) return k_nan;
  std::uint64_t leading = 0;
  int dropped = 0;
  for (char const c : text) {
    int const digit = is_digit(c)              ? c - '0'
                      : (c >= 'a' && c <= 'f') ? c - 'a' + 10
                      : (c >= 'A' && c <= 'F') ? c - 'A' + 10
                                               : 16;
    if (digit >= 1 << bits) return k_nan;
    if (leading >> (64 - bits) != 0) {
      leading |= digit != 0 ? 1U : 0U;
      dropped = std::min(dropped + bits, 5000);
    } else {
      leading = leading << bits | static_cast<std::uint64_t>(digit);
    }
  }
  return std::ldexp(static_cast<double>(leading), dropped);
}

}  // namespace

double to_number(std::string_view text) {
  trim_start(text);
  trim_end(text);
  if (text.empty()) return 0;
  if (text.size() > 1 && text[0] == '0') {
    switch (text[1]) {
      case 'x':
      case 'X': return power_of_two_base(text.substr(2), 4);
      case 'o':
      case 'O': return power_of_two_base(text.substr(2), 3);
      case 'b':
      case 'B': return power_of_two_base(text.substr(2), 1);
      default: break;
    }
  }
  double const sign = take_sign(text);
  std::size_t const size = decimal_length(text);
  return size == 0 || size != text.size() ? k_nan : sign * decimal(text);
}

double parse_float(std::string_view text) {
  trim_start(text);
  double const sign = take_sign(text);
  std::size_t const size = decimal_length(text);
  return size == 0 ? k_nan : sign * decimal(text.substr(0, size));
}

std::string number_text(double number) {
  if (std::isnan(number)) return "NaN";
  if (std::isinf(number)) return number > 0 ? "Infinity" : "-Infinity";
  if (number == 0) return "0";
  char buffer[40];
  auto const end = std::to_chars(buffer, buffer + sizeof buffer, std::abs(number), std::chars_format::scientific).ptr;
  std::string_view const written(buffer, static_cast<std::size_t>(end - buffer));
  auto const mark = written.find('e');
  std::string figures(1, written[0]);
  if (mark > 2) figures += written.substr(2, mark - 2);
  int exponent = 0;
  std::from_chars(written.data() + mark + (written[mark + 1] == '+' ? 2 : 1), end, exponent);

  int const count = static_cast<int>(figures.size());
  int const point = exponent + 1;  // digits left of the point
  std::string out = number < 0 ? "-" : "";
  if (point > 21 || point <= -6) {
    out += figures[0];
    if (count > 1) out.append(1, '.').append(figures, 1);
    out += exponent < 0 ? "e-" : "e+";
    return out += std::to_string(std::abs(exponent));
  }
  if (point <= 0) return out.append("0.").append(static_cast<std::size_t>(-point), '0').append(figures);
  if (count <= point) return out.append(figures).append(static_cast<std::size_t>(point - count), '0');
  figures.insert(static_cast<std::size_t>(point), 1, '.');
  return out += figures;
}

}  // namespace yizhan::rules::js

#pragma once
/// What JavaScript does with strings and numbers, on UTF-8. JavaScript counts and orders UTF-16 code units and can cut
/// a character beyond U+FFFF (𠮷) in two; such halves are kept here as three bytes each (WTF-8) until they meet again
/// or leave, and then become U+FFFD. ECMA-262: StringToNumber, parseFloat, Number::toString, String.prototype.substr.
#include <cstddef>
#include <string>
#include <string_view>

namespace yizhan::rules::js {

/// UTF-16 code units.
[[nodiscard]] std::size_t length(std::string_view text);
/// The unit at `index`; empty beyond the end.
[[nodiscard]] std::string unit_at(std::string_view text, std::size_t index);
/// `start` and `count` in units: a negative start counts from the end; whole numbers or infinite.
[[nodiscard]] std::string substr(std::string_view text, double start, double count);
/// In the order of code units.
[[nodiscard]] bool less(std::string_view left, std::string_view right);
[[nodiscard]] bool contains(std::string_view text, std::string_view part);
/// Two halves that meet become one character again.
void append(std::string& text, std::string_view more);
/// Halves that are left become U+FFFD.
[[nodiscard]] std::string well_formed(std::string_view text);

/// NaN for what is no number; "" is 0; hexadecimal, octal, binary; white space around is allowed.
[[nodiscard]] double to_number(std::string_view text);
/// The number at the front, NaN where there is none.
[[nodiscard]] double parse_float(std::string_view text);
/// Shortest digits that give the number again: "1e+21", "0.000001", "NaN".
[[nodiscard]] std::string number_text(double number);

/// The place as array index ("0", "17"; not "01"), or npos.
[[nodiscard]] std::size_t array_index(std::string_view key);

}  // namespace yizhan::rules::js

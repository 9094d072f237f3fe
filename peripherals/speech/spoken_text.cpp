#include "peripherals/speech/spoken_text.h"

#include <array>
#include <cstddef>

namespace yizhan::speech {

namespace {

bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_word(char c) { return is_capital(c) || is_digit(c) || (c >= 'a' && c <= 'z'); }

/// The length of the label that begins here, 0 where none does.
std::size_t label_length(std::string_view text) {
  std::size_t letters = 0;
  while (letters < text.size() && is_capital(text[letters])) ++letters;
  std::size_t end = letters;
  while (end < text.size() && is_digit(text[end])) ++end;
  auto const digits = end - letters;
  bool const label = letters >= 1 && letters <= 3 && (digits == 3 || digits == 4);
  return label && (end == text.size() || !is_word(text[end])) ? end : 0;
}

}  // namespace

std::string spoken_text(std::string_view utf8, device::Language language) {
  constexpr std::array<std::string_view, 10> chinese{"零", "一", "二", "三", "四", "五", "六", "七", "八", "九"};
  std::string spoken;
  for (std::size_t i = 0; i < utf8.size();) {
    bool const begins_word = i == 0 || !is_word(utf8[i - 1]);
    auto const length = begins_word ? label_length(utf8.substr(i)) : 0;
    if (length == 0) {
      spoken.push_back(utf8[i++]);
      continue;
    }
    for (std::size_t end = i + length; i < end; ++i) {
      if (!spoken.empty() && spoken.back() != ' ') spoken.push_back(' ');
      if (is_digit(utf8[i]) && language == device::Language::zh_CN) {
        spoken.append(chinese[static_cast<std::size_t>(utf8[i] - '0')]);
      } else {
        spoken.push_back(utf8[i]);
      }
    }
    if (i < utf8.size() && utf8[i] != ' ') spoken.push_back(' ');
  }
  return spoken;
}

}  // namespace yizhan::speech

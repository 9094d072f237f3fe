#include "shared/domain/catalog/search_text.h"

#include <algorithm>

#include "shared/base/text.h"

namespace yizhan::catalog {

namespace {

constexpr std::size_t k_longest_syllable = 6;

/// Ends of syllables in `letters`, as few as possible; what is left at the end is the beginning of one.
std::vector<std::size_t> split(std::string const& letters) {
  constexpr std::size_t k_no_way = ~std::size_t{0};
  std::vector<std::size_t> steps(letters.size() + 1, k_no_way);
  std::vector<std::size_t> from(letters.size() + 1, 0);
  steps[0] = 0;
  for (std::size_t end = 1; end <= letters.size(); ++end) {
    for (std::size_t length = 1; length <= std::min(end, k_longest_syllable); ++length) {
      auto const begin = end - length;
      if (steps[begin] == k_no_way || steps[begin] + 1 >= steps[end]) continue;
      if (syllable_of(std::string_view(letters).substr(begin, length)) == 0) continue;
      steps[end] = steps[begin] + 1;
      from[end] = begin;
    }
  }
  auto const begins_one = [](std::string_view rest) {
    auto const& table = tables::syllables;
    auto const found = std::lower_bound(table.begin() + 1, table.end(), rest);
    return found != table.end() && found->substr(0, rest.size()) == rest;
  };
  for (auto end = letters.size(); end > 0; --end) {
    if (steps[end] == k_no_way || !begins_one(std::string_view(letters).substr(end))) continue;
    std::vector<std::size_t> ends;
    for (auto place = end; place > 0; place = from[place]) ends.push_back(place);
    std::reverse(ends.begin(), ends.end());
    return ends;
  }
  return {};
}

}  // namespace

std::u16string search_symbols(std::string_view utf8) {
  std::u16string symbols;
  for (char32_t c : text::to_code_points(utf8)) {
    if (c >= 0xFF01 && c <= 0xFF5E) c -= 0xFEE0;  // full width
    if (c >= U'A' && c <= U'Z') c += U'a' - U'A';
    bool const hanzi = c <= 0xFFFF && is_hanzi(static_cast<char16_t>(c));
    if (c == U'\'' || c == 0x2019) continue;  // residents', xi'an
    if (hanzi || (c < 0x80 && is_alnum(static_cast<char16_t>(c)))) {
      symbols.push_back(static_cast<char16_t>(c));
    } else if (!symbols.empty() && symbols.back() != u' ') {
      symbols.push_back(u' ');
    }
  }
  if (!symbols.empty() && symbols.back() == u' ') symbols.pop_back();
  return symbols;
}

std::vector<std::u16string> words_of(std::u16string_view symbols) {
  std::vector<std::u16string> words;
  while (!symbols.empty()) {
    auto const end = std::min(symbols.find(u' '), symbols.size());
    if (end > 0) words.emplace_back(symbols.substr(0, end));
    symbols.remove_prefix(std::min(end + 1, symbols.size()));
  }
  return words;
}

std::vector<Unit> units_of(std::u16string_view word) {
  std::vector<Unit> units;
  for (std::size_t i = 0; i < word.size();) {
    if (is_hanzi(word[i])) {
      units.push_back({word[i], reading(word[i])});
      ++i;
      continue;
    }
    std::string letters;
    for (; i < word.size() && is_letter(word[i]); ++i) letters.push_back(static_cast<char>(word[i]));
    if (letters.empty()) return {};  // a digit
    auto const ends = split(letters);
    bool const all =
        i == word.size() ? !ends.empty() || letters.size() == 1 : !ends.empty() && ends.back() == letters.size();
    if (!all) return {};
    std::size_t begin = 0;
    for (auto const end : ends) {
      units.push_back({0, syllable_of(std::string_view(letters).substr(begin, end - begin))});
      begin = end;
    }
  }
  return units;
}

}  // namespace yizhan::catalog

#pragma once
/// Texts and queries as the search sees them.
#include <string>
#include <string_view>
#include <vector>

#include "shared/domain/catalog/pinyin.h"

namespace yizhan::catalog {

/// Lower case, full width as half width, whatever is neither hanzi nor ASCII letter or digit a space; no space at the ends,
/// never two in a row.
[[nodiscard]] std::u16string search_symbols(std::string_view utf8);
[[nodiscard]] std::vector<std::u16string> words_of(std::u16string_view symbols);

[[nodiscard]] constexpr bool is_letter(char16_t c) { return c >= u'a' && c <= u'z'; }
[[nodiscard]] constexpr bool is_alnum(char16_t c) { return is_letter(c) || (c >= u'0' && c <= u'9'); }

/// One hanzi, or one syllable of pinyin.
struct Unit {
  char16_t hanzi = 0;  // 0: any of that reading
  SyllableId syllable = 0;
  [[nodiscard]] bool fits(char16_t c) const {
    if (hanzi != 0) return c == hanzi;
    return is_hanzi(c) && (reading(c) == syllable || other_reading(c) == syllable);
  }
};
/// A word as units: its letters as syllables where all of them are (the last may have just begun, and is left out); empty
/// where they are not.
[[nodiscard]] std::vector<Unit> units_of(std::u16string_view word);

}  // namespace yizhan::catalog

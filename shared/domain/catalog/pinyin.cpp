#include "shared/domain/catalog/pinyin.h"

#include <algorithm>
#include <string>

namespace yizhan::catalog {

SyllableId other_reading(char16_t c) {
  if (!is_hanzi(c) || (tables::readings[c - 0x4E00] & tables::k_has_other) == 0) return 0;
  auto const& table = tables::other_readings;
  auto const found =
      std::lower_bound(table.begin(), table.end(), c,
                       [](tables::OtherReading const& each, char16_t wanted) { return each.character < wanted; });
  return found != table.end() && found->character == c ? found->syllable : SyllableId{0};
}

SyllableId syllable_of(std::string_view letters) {
  std::string plain(letters);
  std::replace(plain.begin(), plain.end(), 'v', 'u');
  auto const& table = tables::syllables;
  auto const found = std::lower_bound(table.begin() + 1, table.end(), std::string_view(plain));
  return found != table.end() && *found == plain ? static_cast<SyllableId>(found - table.begin()) : SyllableId{0};
}

}  // namespace yizhan::catalog

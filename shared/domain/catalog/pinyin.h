#pragma once
/// Readings of hanzi (U+4E00–9FFF) without tones, "ü" as "u". The tables are made when the project is built (tables.py).
#include <cstdint>
#include <span>
#include <string_view>

namespace yizhan::catalog {

namespace tables {
struct OtherReading {
  char16_t character;
  std::uint16_t syllable;
};
extern std::span<std::string_view const> const syllables;  // [0] is "": no reading
inline constexpr std::uint16_t k_has_other = 0x8000;
extern std::uint16_t const readings[0x9FFF - 0x4E00 + 1];   // a place in syllables, and k_has_other
extern std::span<OtherReading const> const other_readings;  // sorted by character
}  // namespace tables

using SyllableId = std::uint16_t;  // a place in tables::syllables; 0: none
inline constexpr std::size_t k_syllable_limit = 512;

[[nodiscard]] constexpr bool is_hanzi(char16_t c) { return c >= 0x4E00 && c <= 0x9FFF; }
[[nodiscard]] inline SyllableId reading(char16_t c) {
  return is_hanzi(c) ? static_cast<SyllableId>(tables::readings[c - 0x4E00] & ~tables::k_has_other) : SyllableId{0};
}
/// The second reading of characters that have one (行 hang); else 0.
[[nodiscard]] SyllableId other_reading(char16_t c);
/// 0 where `letters` are no syllable; "v" is read as "u".
[[nodiscard]] SyllableId syllable_of(std::string_view letters);

}  // namespace yizhan::catalog

#pragma once
/// One word of a query against one place of a text.
#include <array>
#include <bitset>
#include <string>
#include <string_view>

#include "shared/domain/catalog/search_text.h"

namespace yizhan::catalog {

struct Match {
  float quality = 0;     // 0: none; 1: letter by letter
  std::size_t end = 0;   // of what was matched in the text
  bool complete = true;  // the last syllable was typed to its end
};

/// A word as it stands. `slips`: sounds that are easily confused are the same, but initials are not enough.
class WordMatcher {
 public:
  static constexpr std::size_t k_longest = 32;  // symbols; what follows is not looked at

  explicit WordMatcher(std::u16string_view word, bool slips = false);
  /// Whether a match may begin with `c`, so that most places cost one look.
  [[nodiscard]] bool may_begin(char16_t c) const {
    if (is_hanzi(c)) return c == m_word[0] || m_first[reading(c)] || (m_first_other && m_first[other_reading(c)]);
    return c == m_word[0];
  }
  [[nodiscard]] Match at(std::u16string_view text, std::size_t place) const;

 private:
  struct Way;
  void follow(std::u16string_view text, Way way, Way& best) const;
  void read_syllable(std::u16string_view text, Way const& way, SyllableId syllable, Way& best) const;

  std::u16string m_word;
  bool m_slips;
  bool m_first_other = false;
  std::bitset<k_syllable_limit> m_first;
};

/// One letter wrong, missing, too many, or two exchanged, in a word of four letters and more.
class MistypedWord {
 public:
  explicit MistypedWord(std::u16string_view word);
  [[nodiscard]] bool possible() const { return !m_word.empty(); }
  [[nodiscard]] bool at(std::u16string_view text, std::size_t place) const;

 private:
  std::u16string m_word;                  // empty: too short, or not of letters only
  std::bitset<k_syllable_limit> m_first;  // what a match may begin with
};

/// Hanzi of the same sound, or one that is wrong altogether in a word of three and more.
class MiswrittenWord {
 public:
  explicit MiswrittenWord(std::u16string_view word);
  [[nodiscard]] bool possible() const { return !m_word.empty(); }
  /// 0: does not fit.
  [[nodiscard]] float at(std::u16string_view text, std::size_t place) const;

 private:
  std::u16string m_word;
};

}  // namespace yizhan::catalog

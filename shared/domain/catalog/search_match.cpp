#include "shared/domain/catalog/search_match.h"

#include <algorithm>
#include <vector>

namespace yizhan::catalog {

namespace {

struct Spellings {
  std::vector<std::u16string> right;  // she; lü is typed "lv" and "lu"
  std::vector<std::u16string> slips;  // se
  std::u16string initial;             // sh, of which the first letter is enough
};

std::u16string wide(std::string_view letters) { return {letters.begin(), letters.end()}; }

/// What southern speakers, and so their fingers, do not tell apart.
std::vector<std::u16string> slips_of(std::string const& syllable) {
  std::vector<std::string> fronts{syllable};
  auto const rest_after = [&](std::size_t length) { return syllable.substr(length); };
  auto const begins = [&](std::string_view front) { return syllable.compare(0, front.size(), front) == 0; };
  if (begins("zh") || begins("ch") || begins("sh")) {
    fronts.push_back(syllable.substr(0, 1) + rest_after(2));
  } else if (begins("z") || begins("c") || begins("s")) {
    fronts.push_back(syllable.substr(0, 1) + "h" + rest_after(1));
  }
  if (begins("n")) fronts.push_back("l" + rest_after(1));
  if (begins("l")) fronts.push_back("n" + rest_after(1));
  std::vector<std::u16string> all;
  for (auto const& front : fronts) {
    if (front != syllable) all.push_back(wide(front));
    auto const size = front.size();
    if (size > 2 && front.compare(size - 2, 2, "ng") == 0) all.push_back(wide(front.substr(0, size - 1)));
    if (size > 1 && front.back() == 'n') all.push_back(wide(front + "g"));
  }
  return all;
}

std::vector<Spellings> const& spellings() {
  static std::vector<Spellings> const all = [] {
    std::vector<Spellings> made;
    for (auto const syllable : tables::syllables) {
      Spellings each;
      if (!syllable.empty()) {
        each.right.push_back(wide(syllable));
        for (auto const* front : {"nu", "lu"}) {
          if (syllable == front || syllable == std::string(front) + "e") {
            each.right.push_back(wide(std::string(1, front[0]) + "v" + std::string(syllable.substr(2))));
          }
        }
        each.slips = slips_of(std::string(syllable));
        bool const two = syllable.size() > 1 && syllable[1] == 'h';
        each.initial = wide(syllable.substr(0, two ? 2 : 1));
      }
      made.push_back(std::move(each));
    }
    return made;
  }();
  return all;
}

bool starts_word(std::u16string_view text, std::size_t place) { return place == 0 || !is_alnum(text[place - 1]); }

}  // namespace

struct WordMatcher::Way {
  std::size_t word = 0;  // places reached
  std::size_t text = 0;
  float units = 0;
  float short_ones = 0;  // of which only the initial was typed
  bool complete = true;
  bool reached = false;
  [[nodiscard]] float quality() const { return reached ? 1 - 0.25F * short_ones / std::max(units, 1.0F) : 0; }
};

WordMatcher::WordMatcher(std::u16string_view word, bool slips) : m_word(word.substr(0, k_longest)), m_slips(slips) {
  if (m_word.empty()) m_word = u" ";
  if (!is_letter(m_word[0])) return;
  m_first_other = true;
  auto const& all = spellings();
  for (std::size_t i = 1; i < all.size(); ++i) {
    bool first = all[i].initial[0] == m_word[0];
    for (auto const& slip : all[i].slips) first = first || (slips && slip[0] == m_word[0]);
    m_first[i] = first;
  }
}

void WordMatcher::read_syllable(std::u16string_view text, Way const& way, SyllableId syllable, Way& best) const {
  if (syllable == 0) return;
  auto const& known = spellings()[syllable];
  auto const rest = std::u16string_view(m_word).substr(way.word);
  if (!m_slips && rest[0] != known.initial[0]) return;
  auto const step = [&](std::size_t letters, float short_ones, bool complete) {
    auto next = way;
    next.word += letters;
    ++next.text;
    ++next.units;
    next.short_ones += short_ones;
    next.complete = complete;
    follow(text, next, best);
  };
  auto const whole = [&](std::u16string_view spelling, float cost) {
    if (rest.substr(0, spelling.size()) == spelling) {
      step(spelling.size(), cost, true);
    } else if (rest.size() < spelling.size() && spelling.substr(0, rest.size()) == rest) {
      // The word ends within a syllable: it is still being typed.
      step(rest.size(), cost + (rest.size() > 1 ? 0.0F : way.units > 0 ? 0.5F : 1.0F), false);
    }
  };
  for (auto const& spelling : known.right) whole(spelling, 0);
  if (m_slips) {
    for (auto const& spelling : known.slips) whole(spelling, 0.5F);
    return;
  }
  if (known.initial.size() == 2 && rest.substr(0, 2) == known.initial) step(2, 1, true);
  if (rest[0] == known.initial[0]) step(1, 1, true);
}

void WordMatcher::follow(std::u16string_view text, Way way, Way& best) const {
  if (way.word == m_word.size()) {
    way.reached = true;
    if (way.quality() > best.quality()) best = way;
    return;
  }
  if (way.text == text.size()) return;
  char16_t const wanted = m_word[way.word];
  char16_t const c = text[way.text];
  if (c == wanted) {
    // Within an English word, never from its middle.
    auto next = way;
    ++next.word;
    ++next.text;
    ++next.units;
    return follow(text, next, best);
  }
  if (!is_hanzi(c) || !is_letter(wanted)) return;
  read_syllable(text, way, reading(c), best);
  if (auto const other = other_reading(c); other != 0) read_syllable(text, way, other, best);
}

Match WordMatcher::at(std::u16string_view text, std::size_t place) const {
  if (is_alnum(text[place]) && !starts_word(text, place)) return {};
  Way best;
  Way way;
  way.text = place;
  follow(text, way, best);
  return {best.quality(), best.text, best.complete};
}

namespace {

/// The letters of a text from a place on, spelled out as far as somebody asks for them.
class Spelled {
 public:
  Spelled(std::u16string_view text, std::size_t place) : m_text(text), m_place(place), m_hanzi(is_hanzi(text[place])) {}
  /// 0: the word has ended.
  char16_t operator[](std::size_t i) {
    while (i >= m_count && more()) {
    }
    return i < m_count ? m_letters[i] : u'\0';
  }

 private:
  bool more() {
    constexpr std::size_t k_longest_syllable = 6;
    if (m_place == m_text.size() || m_count + k_longest_syllable > m_letters.size()) return false;
    char16_t const c = m_text[m_place];
    if (c == u' ' || (!m_hanzi && is_hanzi(c))) return false;
    ++m_place;
    if (!is_hanzi(c)) m_letters[m_count++] = c;
    for (char const letter : tables::syllables[reading(c)]) m_letters[m_count++] = static_cast<char16_t>(letter);
    return true;
  }

  std::u16string_view m_text;
  std::size_t m_place;
  bool m_hanzi;
  std::size_t m_count = 0;
  std::array<char16_t, WordMatcher::k_longest + 16> m_letters;  // NOLINT: filled as far as m_count
};

/// A syllable and whatever may follow it.
struct Begun {
  std::string_view syllable;
  static constexpr char16_t k_any = u'*';
  char16_t operator[](std::size_t i) const { return i < syllable.size() ? static_cast<char16_t>(syllable[i]) : k_any; }
};

/// Whether `word` is the beginning of `letters` but for one slip.
template <class Letters>
bool nearly_begins(std::u16string_view word, Letters&& letters) {
  auto const same_at = [&](std::size_t i, char16_t wanted) {
    char16_t const c = letters[i];
    return c == wanted || c == Begun::k_any;
  };
  auto const begins = [&](std::size_t from, std::u16string_view with) {
    std::size_t i = 0;
    while (i < with.size() && same_at(from + i, with[i])) ++i;
    return i == with.size();
  };
  std::size_t same = 0;
  while (same < word.size() && same_at(same, word[same])) ++same;
  auto const rest = word.substr(same);
  if (rest.empty()) return true;
  // Of a short word a wrong last letter leaves too little.
  constexpr std::size_t k_long_enough = 5;
  if (rest.size() == 1) return word.size() >= k_long_enough;
  auto const after = rest.substr(1);
  bool const exchanged = same_at(same + 1, rest[0]) && same_at(same, rest[1]) && begins(same + 2, rest.substr(2));
  return exchanged || begins(same + 1, after) || begins(same + 1, rest) || begins(same, after);
}

}  // namespace

MistypedWord::MistypedWord(std::u16string_view word) {
  constexpr std::size_t k_shortest = 4;
  bool const letters = std::all_of(word.begin(), word.end(), is_letter);
  if (!letters || word.size() < k_shortest || word.size() > WordMatcher::k_longest) return;
  m_word = word;
  for (std::size_t i = 1; i < tables::syllables.size(); ++i) {
    m_first[i] = nearly_begins(word, Begun{tables::syllables[i]});
  }
}

bool MistypedWord::at(std::u16string_view text, std::size_t place) const {
  if (is_hanzi(text[place]) ? !m_first[reading(text[place])] : !starts_word(text, place)) return false;
  return nearly_begins(m_word, Spelled(text, place));
}

MiswrittenWord::MiswrittenWord(std::u16string_view word) {
  bool const hanzi = std::all_of(word.begin(), word.end(), is_hanzi);
  if (hanzi && word.size() >= 2) m_word = word;
}

float MiswrittenWord::at(std::u16string_view text, std::size_t place) const {
  constexpr float k_same_sound = 0.34F;
  if (text.size() - place < m_word.size()) return 0;
  float const most = m_word.size() >= 3 ? 1.1F : k_same_sound;
  float cost = 0;
  for (std::size_t i = 0; i < m_word.size(); ++i) {
    char16_t const c = text[place + i];
    if (c == m_word[i]) continue;
    cost += is_hanzi(c) && reading(c) == reading(m_word[i]) && reading(c) != 0 ? k_same_sound : 1.0F;
    if (cost > most) return 0;
  }
  return 0.7F - 0.2F * cost;
}

}  // namespace yizhan::catalog

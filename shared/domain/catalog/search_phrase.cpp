#include "shared/domain/catalog/search_phrase.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

namespace yizhan::catalog {

namespace {

constexpr std::size_t k_longest = 32;  // units; what follows is not looked at
constexpr std::size_t k_most_patterns = 96;
constexpr float k_synonym = 0.9F;
constexpr int k_no_group = -1;

/// What people say around the matter they mean.
std::vector<std::u16string> const& fillers() {
  static std::vector<std::u16string> const words = {
      u"怎么办", u"怎么", u"怎样", u"如何", u"哪里", u"在哪", u"什么", u"请问", u"我要", u"我想", u"想要", u"需要",
      u"可以",   u"一下", u"办理", u"申请", u"要办", u"去办", u"我",   u"要",   u"想",   u"的",   u"了",   u"吗",
      u"呢",     u"啊",   u"办",   u"去",   u"在",   u"能",   u"请",   u"帮",   u"有",   u"是",   u"给",   u"把"};
  return words;
}

/// A stretch of the phrase that means something, and what means the same.
struct Segment {
  std::size_t begin = 0;
  std::size_t length = 0;
  int group = k_no_group;  // of synonyms
};
struct Pattern {
  std::vector<Unit> units;
  std::size_t segment = 0;
  float factor = 1;
};

/// Which units or patterns may begin with a syllable, as bits.
template <class Bits>
using BySyllable = std::array<Bits, k_syllable_limit>;

std::size_t common(std::vector<Unit> const& units, std::size_t from, std::u16string_view text) {
  std::size_t length = 0;
  while (from + length < units.size() && length < text.size() && units[from + length].fits(text[length])) ++length;
  return length;
}

/// For each unit the longest stretch from it on that some text contains.
std::vector<std::size_t> longest_known(SearchIndex const& index, std::vector<Unit> const& phrase) {
  BySyllable<std::uint32_t> by_syllable{};
  for (std::size_t i = 0; i < phrase.size(); ++i) by_syllable[phrase[i].syllable] |= std::uint32_t{1} << i;
  by_syllable[0] = 0;
  std::vector<std::size_t> longest(phrase.size(), 0);
  std::u16string_view const symbols = index.symbols();
  for (auto const& span : index.spans()) {
    auto const text = symbols.substr(span.begin, span.length);
    for (std::size_t place = 0; place < text.size(); ++place) {
      if (!is_hanzi(text[place])) continue;
      auto bits = by_syllable[reading(text[place])];
      for (; bits != 0; bits &= bits - 1) {
        auto const unit = static_cast<std::size_t>(std::countr_zero(bits));
        longest[unit] = std::max(longest[unit], common(phrase, unit, text.substr(place)));
      }
    }
  }
  return longest;
}

bool stands_at(std::vector<Unit> const& phrase, std::size_t place, std::u16string const& word) {
  return !word.empty() && place + word.size() <= phrase.size() && common(phrase, place, word) == word.size();
}

/// The best cut: long words before short ones, words that are known as such before mere stretches.
std::vector<Segment> cut(SearchIndex const& index, std::vector<Unit> const& phrase) {
  auto const longest = longest_known(index, phrase);
  struct Step {
    float value = 0;
    std::size_t length = 1;
    bool kept = false;
    int group = k_no_group;
  };
  std::vector<Step> best(phrase.size() + 1);
  for (std::size_t place = phrase.size(); place-- > 0;) {
    auto& step = best[place];
    step = {best[place + 1].value, 1, false, k_no_group};
    auto const offer = [&](float value, std::size_t length, bool kept, int group) {
      value += best[place + length].value;
      if (value > step.value) step = {value, length, kept, group};
    };
    auto const square = [](std::size_t length) { return static_cast<float>(length * length); };
    for (std::size_t length = 1; length <= longest[place]; ++length) {
      offer(length == 1 ? 0.5F : square(length), length, true, k_no_group);
    }
    for (auto const& word : fillers()) {
      if (stands_at(phrase, place, word)) offer(square(word.size()) + 0.5F, word.size(), false, k_no_group);
    }
    for (std::size_t group = 0; group < index.synonyms().size(); ++group) {
      for (auto const& word : index.synonyms()[group]) {
        if (stands_at(phrase, place, word)) offer(square(word.size()) + 1, word.size(), true, static_cast<int>(group));
      }
    }
  }
  std::vector<Segment> segments;
  for (std::size_t place = 0; place < phrase.size(); place += best[place].length) {
    auto const& step = best[place];
    if (step.kept) segments.push_back({place, step.length, step.group});
  }
  return segments;
}

std::vector<Pattern> patterns_of(SearchIndex const& index, std::vector<Unit> const& phrase,
                                 std::vector<Segment> const& segments) {
  std::vector<Pattern> patterns;
  for (std::size_t i = 0; i < segments.size(); ++i) {
    auto const begin = phrase.begin() + static_cast<std::ptrdiff_t>(segments[i].begin);
    patterns.push_back({{begin, begin + static_cast<std::ptrdiff_t>(segments[i].length)}, i, 1});
    if (segments[i].group == k_no_group) continue;
    for (auto const& word : index.synonyms()[static_cast<std::size_t>(segments[i].group)]) {
      bool const hanzi = std::all_of(word.begin(), word.end(), is_hanzi);
      if (hanzi && !word.empty() && patterns.size() < k_most_patterns)
        patterns.push_back({units_of(word), i, k_synonym});
    }
  }
  return patterns;
}

/// Row i: how well each matter contains segment i.
std::vector<std::vector<float>> contained(SearchIndex const& index, std::vector<Pattern> const& patterns,
                                          std::size_t segments) {
  BySyllable<std::vector<Pattern const*>> by_syllable;
  for (auto const& pattern : patterns) by_syllable[pattern.units.front().syllable].push_back(&pattern);
  by_syllable[0].clear();
  std::vector<std::vector<float>> rows(segments, std::vector<float>(index.matters(), 0));
  std::u16string_view const symbols = index.symbols();
  for (auto const& span : index.spans()) {
    auto const text = symbols.substr(span.begin, span.length);
    for (std::size_t place = 0; place < text.size(); ++place) {
      if (!is_hanzi(text[place])) continue;
      for (auto const* pattern : by_syllable[reading(text[place])]) {
        auto const length = pattern->units.size();
        if (common(pattern->units, 0, text.substr(place)) != length) continue;
        float const standing = place != 0 ? 0.8F : length == text.size() ? 1.0F : 0.9F;
        auto const* const owners = index.owners(span);
        for (std::size_t i = 0; i < span.owners; ++i) {
          auto& best = rows[pattern->segment][owners[i].matter];
          best = std::max(best, standing * pattern->factor * owners[i].weight);
        }
      }
    }
  }
  return rows;
}

/// A single hanzi says little: half a word's worth.
float size_of(Segment const& segment) { return segment.length == 1 ? 0.5F : static_cast<float>(segment.length); }

}  // namespace

std::vector<float> phrase_scores(SearchIndex const& index, std::vector<Unit> const& phrase_units) {
  auto const phrase =
      std::vector<Unit>(phrase_units.begin(),
                        phrase_units.begin() + static_cast<std::ptrdiff_t>(std::min(phrase_units.size(), k_longest)));
  auto const segments = cut(index, phrase);
  // Single hanzi that happen to occur somewhere are no phrase.
  bool const words = std::any_of(segments.begin(), segments.end(), [](Segment const& each) { return each.length > 1; });
  if (!words) return {};
  auto const rows = contained(index, patterns_of(index, phrase, segments), segments.size());

  std::vector<float> weights(segments.size(), 0);
  float all = 0;
  float most = 0;  // units that could be covered
  for (std::size_t i = 0; i < segments.size(); ++i) {
    auto const having = std::count_if(rows[i].begin(), rows[i].end(), [](float score) { return score > 0; });
    float const rarity = std::log(1 + static_cast<float>(index.matters()) / (1 + static_cast<float>(having)));
    weights[i] = size_of(segments[i]) * rarity;
    all += weights[i];
    most += static_cast<float>(segments[i].length);
  }
  std::vector<float> scores(index.matters(), 0);
  float best = 0;
  for (std::size_t m = 0; m < scores.size(); ++m) {
    float covered = 0;
    for (std::size_t i = 0; i < segments.size(); ++i) {
      if (rows[i][m] <= 0) continue;
      scores[m] += weights[i] * rows[i][m] / all;
      covered += size_of(segments[i]);
    }
    // Half of the phrase, or it is about something else.
    if (covered < most / 2) scores[m] = 0;
    best = std::max(best, scores[m]);
  }
  // What covers much less than the best only looks alike.
  for (auto& score : scores) {
    if (score < best / 2) score = 0;
  }
  return scores;
}

}  // namespace yizhan::catalog

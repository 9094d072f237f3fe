#include "shared/domain/catalog/search.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "shared/domain/catalog/search_match.h"
#include "shared/domain/catalog/search_phrase.h"

namespace yizhan::catalog {

namespace {

// How much a member says about what a matter is.
constexpr float k_name = 1;
constexpr float k_keyword = 0.85F;
constexpr float k_official = 0.7F;
constexpr float k_hint = 0.55F;
constexpr float k_listed = 0.35F;

constexpr float k_mistyped = 0.5F;
constexpr float k_slipped = 0.6F;
constexpr float k_phrase = 0.9F;
constexpr float k_well_covered = 0.7F;  // a phrase whose parts are known and together; below it may be a slip
constexpr float k_synonym = 0.85F;

/// Words that say nothing about a matter, where others do.
bool is_filler(std::u16string const& word) {
  static std::vector<std::u16string> const fillers = {u"a",   u"an",  u"and", u"do",   u"for", u"get",
                                                      u"how", u"i",   u"in",  u"is",   u"my",  u"of",
                                                      u"on",  u"the", u"to",  u"want", u"me",  u"need"};
  return std::find(fillers.begin(), fillers.end(), word) != fillers.end();
}

/// Texts by what they say, each with its owners, while the index is made.
class Gathering {
 public:
  void add(std::uint32_t matter, float weight, std::string_view utf8) {
    auto symbols = search_symbols(utf8);
    if (symbols.empty()) return;
    auto& owners = m_texts.try_emplace(symbols).first->second;
    if (owners.empty()) m_order.push_back(std::move(symbols));
    if (!owners.empty() && owners.back().matter == matter) {
      owners.back().weight = std::max(owners.back().weight, weight);
    } else {
      owners.push_back({matter, weight});
    }
  }
  void add(std::uint32_t matter, float weight, Text const& text) {
    add(matter, weight, text.zh);
    add(matter, weight, text.en);
  }
  template <class Visit>
  void each(Visit&& visit) const {
    for (auto const& text : m_order) visit(text, m_texts.at(text));
  }

 private:
  std::unordered_map<std::u16string, std::vector<SearchIndex::Owner>> m_texts;
  std::vector<std::u16string> m_order;
};

Text const* name_of(std::vector<Group> const& groups, std::string const& id) {
  auto const found = std::find_if(groups.begin(), groups.end(), [&](Group const& group) { return group.id == id; });
  return found == groups.end() ? nullptr : &found->name;
}

template <class Each>
void gather(Gathering& texts, std::uint32_t place, Each const& matter, Catalog const& catalog) {
  texts.add(place, k_name, matter.name);
  for (auto const& keyword : matter.keywords) texts.add(place, k_keyword, keyword);
  texts.add(place, k_hint, matter.hint);
  for (auto const& id : matter.audiences) {
    if (auto const* const name = name_of(catalog.audiences, id)) texts.add(place, k_listed, *name);
  }
  for (auto const& id : matter.life_events) {
    if (auto const* const name = name_of(catalog.life_events, id)) texts.add(place, k_listed, *name);
  }
}

/// The best each matter reached with one word.
using Scores = std::vector<float>;

void keep(SearchIndex const& index, SearchIndex::Span const& span, float score, Scores& scores) {
  auto const* const owners = index.owners(span);
  for (std::size_t i = 0; i < span.owners; ++i) {
    auto& best = scores[owners[i].matter];
    best = std::max(best, score * owners[i].weight);
  }
}

/// How much a match says by where it stands.
float standing(std::u16string_view text, std::size_t place, Match const& match) {
  float const share = 0.1F * static_cast<float>(match.end - place) / static_cast<float>(text.size());
  if (place == 0 && match.end == text.size() && match.complete) return 1.1F;
  if (place == 0) return 0.88F + share;
  return (text[place - 1] == u' ' ? 0.78F : 0.74F) + share;
}

/// Runs along all texts; `best(text, place)` says how well a match there is.
template <class Begin, class Best>
void run(SearchIndex const& index, Scores& scores, Begin&& may_begin, Best&& best) {
  std::u16string_view const symbols = index.symbols();
  for (auto const& span : index.spans()) {
    auto const text = symbols.substr(span.begin, span.length);
    float score = 0;
    for (std::size_t place = 0; place < text.size(); ++place) {
      if (may_begin(text[place])) score = std::max(score, best(text, place));
    }
    if (score > 0) keep(index, span, score, scores);
  }
}

/// Whether anything was found.
bool whole(SearchIndex const& index, std::u16string_view word, float factor, Scores& scores) {
  WordMatcher const matcher(word);
  bool any = false;
  run(
      index, scores, [&](char16_t c) { return matcher.may_begin(c); },
      [&](std::u16string_view text, std::size_t place) {
        auto const match = matcher.at(text, place);
        any = any || match.quality > 0;
        return match.quality > 0 ? factor * match.quality * standing(text, place, match) : 0;
      });
  return any;
}

void slipped(SearchIndex const& index, std::u16string_view word, Scores& scores) {
  WordMatcher const matcher(word, true);
  MistypedWord const mistyped(word);
  MiswrittenWord const miswritten(word);
  run(
      index, scores, [](char16_t c) { return c != u' '; },
      [&](std::u16string_view text, std::size_t place) {
        float score = 0;
        if (matcher.may_begin(text[place])) {
          auto const match = matcher.at(text, place);
          if (match.quality > 0) score = k_slipped * match.quality * standing(text, place, match);
        }
        if (mistyped.possible() && mistyped.at(text, place)) score = std::max(score, k_mistyped);
        if (miswritten.possible()) score = std::max(score, miswritten.at(text, place));
        return score;
      });
}

Scores score_word(SearchIndex const& index, std::u16string const& word) {
  Scores scores(index.matters(), 0);
  bool const found = whole(index, word, 1, scores);
  for (auto const& group : index.synonyms()) {
    bool const in_group = !is_hanzi(word[0]) && std::find(group.begin(), group.end(), word) != group.end();
    for (std::size_t i = 0; in_group && i < group.size(); ++i) {
      if (group[i] != word) whole(index, group[i], k_synonym, scores);
    }
  }
  auto const units = units_of(word);
  auto const phrase = units.size() < 2 ? Scores{} : phrase_scores(index, units);
  bool const known = std::any_of(phrase.begin(), phrase.end(), [](float score) { return score > k_well_covered; });
  for (std::size_t i = 0; i < phrase.size(); ++i) scores[i] = std::max(scores[i], k_phrase * phrase[i]);
  if (!found && !known) slipped(index, word, scores);
  return scores;
}

}  // namespace

SearchIndex::SearchIndex(Catalog const& catalog)
    : m_bundles(catalog.bundles.size()), m_matters(catalog.bundles.size() + catalog.items.size()) {
  Gathering texts;
  std::uint32_t place = 0;
  for (auto const& bundle : catalog.bundles) gather(texts, place++, bundle, catalog);
  for (auto const& item : catalog.items) {
    gather(texts, place, item, catalog);
    texts.add(place, k_official, item.official_name);
    if (auto const* const group = name_of(catalog.groups, item.group)) texts.add(place, k_listed, *group);
    ++place;
  }
  texts.each([&](std::u16string const& text, std::vector<Owner> const& owners) {
    m_spans.push_back({static_cast<std::uint32_t>(m_symbols.size()), static_cast<std::uint32_t>(text.size()),
                       static_cast<std::uint32_t>(m_owners.size()), static_cast<std::uint32_t>(owners.size())});
    m_symbols += text;
    m_owners.insert(m_owners.end(), owners.begin(), owners.end());
  });
  m_symbols.shrink_to_fit();
  m_spans.shrink_to_fit();
  m_owners.shrink_to_fit();
  for (auto const& words : catalog.synonyms) {
    auto& group = m_synonyms.emplace_back();
    for (auto const& word : words) group.push_back(search_symbols(word));
  }
}

std::size_t SearchIndex::bytes() const {
  return sizeof(*this) + m_symbols.capacity() * sizeof(char16_t) + m_spans.capacity() * sizeof(Span) +
         m_owners.capacity() * sizeof(Owner);
}

namespace {

/// "she bao ka" is one word, typed in syllables.
std::vector<std::u16string> joined(std::vector<std::u16string> const& words) {
  std::vector<std::u16string> all;
  bool open = false;
  for (auto const& word : words) {
    std::string const letters(word.begin(), word.end());
    bool const syllable = std::all_of(word.begin(), word.end(), is_letter) && syllable_of(letters) != 0;
    if (syllable && open) {
      all.back() += word;
    } else {
      all.push_back(word);
    }
    open = syllable;
  }
  return all;
}

std::vector<std::uint32_t> best_of(SearchIndex const& index, std::vector<std::u16string> const& words,
                                   std::size_t limit) {
  Scores total(index.matters(), 0);
  std::vector<std::uint8_t> hits(index.matters(), 0);
  for (auto const& word : words) {
    auto const scores = score_word(index, word);
    for (std::size_t i = 0; i < total.size(); ++i) {
      total[i] += scores[i];
      hits[i] = static_cast<std::uint8_t>(hits[i] + (scores[i] > 0 ? 1 : 0));
    }
  }
  // Two words must both be found; of a sentence, two thirds.
  auto const wanted = words.size() < 3 ? words.size() : (words.size() * 2 + 2) / 3;
  std::vector<std::uint32_t> found;
  for (std::size_t i = 0; i < total.size(); ++i) {
    if (hits[i] >= wanted) found.push_back(static_cast<std::uint32_t>(i));
  }
  auto const better = [&](std::uint32_t a, std::uint32_t b) {
    return total[a] != total[b] ? total[a] > total[b] : a < b;
  };
  auto const shown = std::min(limit, found.size());
  std::partial_sort(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(shown), found.end(), better);
  found.resize(shown);
  return found;
}

}  // namespace

std::vector<std::uint32_t> SearchIndex::find(std::string_view query, std::size_t limit) const {
  auto words = words_of(search_symbols(query));
  bool const all_fillers = std::all_of(words.begin(), words.end(), is_filler);
  if (!all_fillers) words.erase(std::remove_if(words.begin(), words.end(), is_filler), words.end());
  if (words.empty()) {
    std::vector<std::uint32_t> first;
    for (auto i = m_bundles; i < m_matters && first.size() < limit; ++i) first.push_back(static_cast<std::uint32_t>(i));
    return first;
  }
  auto whole_words = joined(words);
  constexpr std::size_t k_most_words = 5;  // each is a run along all texts
  whole_words.resize(std::min(whole_words.size(), k_most_words));
  auto found = best_of(*this, whole_words, limit);
  if (!found.empty() || whole_words.size() == words.size()) return found;
  words.resize(std::min(words.size(), k_most_words));
  return best_of(*this, words, limit);
}

}  // namespace yizhan::catalog

#pragma once
/// Finding a matter by what people type: hanzi, pinyin, initials and mixtures of them, English; with synonyms, with small
/// typing errors. All words of the catalogue lie in one row of UTF-16 symbols, each text once; a query runs along it. That is
/// less memory than an index of words, and over 5,000 items a few milliseconds (tools/bench).
///
/// A query's words must all be found (of three and more, most). Of one word's ways the best counts:
///   whole      the word as it stands, in hanzi, pinyin, initials or English; better at a text's front, best as all of it
///   slip       only where nothing was found whole: one letter wrong, missing, too many or exchanged; sounds that southern
///              speakers do not tell apart (n/l, zh/z, ch/c, sh/s, -ng/-n); one wrong hanzi of three
///   phrase     the parts of the word the catalogue knows and their synonyms, by how much of the word they cover
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "shared/domain/catalog/catalog.h"

namespace yizhan::catalog {

/// Thread: any, once made.
class SearchIndex {
 public:
  explicit SearchIndex(Catalog const& catalog);

  /// Places of what was found, best first: bundles count first, then items. Empty query: the first items.
  [[nodiscard]] std::vector<std::uint32_t> find(std::string_view query, std::size_t limit) const;
  [[nodiscard]] std::size_t bytes() const;

  /// A text and whose it is.
  struct Owner {
    std::uint32_t matter = 0;
    float weight = 0;  // of the member it stands in
  };
  struct Span {
    std::uint32_t begin = 0;  // in symbols()
    std::uint32_t length = 0;
    std::uint32_t first_owner = 0;
    std::uint32_t owners = 0;
  };
  [[nodiscard]] std::u16string const& symbols() const { return m_symbols; }
  [[nodiscard]] std::vector<Span> const& spans() const { return m_spans; }
  [[nodiscard]] Owner const* owners(Span const& span) const { return m_owners.data() + span.first_owner; }
  [[nodiscard]] std::size_t matters() const { return m_matters; }
  [[nodiscard]] std::vector<std::vector<std::u16string>> const& synonyms() const { return m_synonyms; }

 private:
  std::size_t m_bundles = 0;
  std::size_t m_matters = 0;
  std::u16string m_symbols;
  std::vector<Span> m_spans;
  std::vector<Owner> m_owners;
  std::vector<std::vector<std::u16string>> m_synonyms;
};

}  // namespace yizhan::catalog

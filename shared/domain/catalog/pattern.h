#pragma once
/// Patterns of form fields (JSON Schema's `pattern`, but over the whole value). RE2: time grows with the text only, whatever
/// the pattern is; look-around and back-references do not exist. Han characters are \p{Han}.
#include <memory>
#include <string_view>

#include "shared/base/result.h"

namespace re2 {
class RE2;
}

namespace yizhan::catalog {

/// Copies share it. Thread: any.
class Pattern {
 public:
  static constexpr std::size_t k_longest = 200;  // bytes

  /// Errors: pattern_invalid with what is wrong: too long, not understood, needs too much memory, a repetition within a
  /// repetition (other programs that read the catalogue may never come back from that).
  static Result<Pattern> compile(std::string_view pattern);
  [[nodiscard]] bool matches(std::string_view value) const;

 private:
  explicit Pattern(std::shared_ptr<re2::RE2 const> compiled) : m_compiled(std::move(compiled)) {}
  std::shared_ptr<re2::RE2 const> m_compiled;
};

}  // namespace yizhan::catalog

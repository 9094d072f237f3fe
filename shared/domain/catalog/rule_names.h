#pragma once
/// What a condition reads and compares, with the place of each within the rule.
#include "shared/domain/catalog/draft.h"

namespace yizhan::catalog {

struct RuleNames {
  struct Named {
    std::string name;  // "answers.lost"; "" the whole of the facts
    std::string pointer;
  };
  struct Compared {
    std::string name;
    Json const* literal = nullptr;
    std::string pointer;  // of the literal
  };
  std::vector<Named> named;
  std::vector<Compared> compared;
  std::vector<std::string> computed;  // pointers of names that are themselves rules
};

/// REQUIRES: `logic` was taken by rules::Rule::parse.
[[nodiscard]] RuleNames names_in(Json const& logic, std::string const& pointer);

}  // namespace yizhan::catalog

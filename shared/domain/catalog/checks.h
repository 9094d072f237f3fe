#pragma once
/// What several checks share.
#include <set>

#include "shared/domain/catalog/draft.h"

namespace yizhan::catalog {

/// Names and hints that a card cannot show whole are worth a look.
void check_card_text(Draft& draft, std::string const& pointer, Text const& name, Text const& hint);
void check_icon(Draft& draft, std::string const& pointer, std::string const& icon);
/// What items and bundles have in common: icon, queue, lists they are in, places, questions, outcomes, form.
void check_matter(Draft& draft, std::string const& pointer, Matter const& matter);
/// Reports what is not in `known`; "" was reported before.
void check_references(Draft& draft, std::string const& pointer, std::vector<std::string> const& names,
                      std::set<std::string> const& known, char const* what);
/// Reports the second of two with one id.
template <class List, class Id>
std::set<std::string> check_unique(Draft& draft, std::string const& pointer, char const* member, List const& list,
                                   Id id) {
  std::set<std::string> seen;
  for (std::size_t i = 0; i < list.size(); ++i) {
    auto const& name = id(list[i]);
    if (!name.empty() && !seen.insert(name).second) draft.report(at(pointer, i) + member, "stands twice");
  }
  return seen;
}

}  // namespace yizhan::catalog

#pragma once
/// 情形引导: from answers to what applies here. Pure.
#include <optional>
#include <string>
#include <vector>

#include "shared/domain/catalog/catalog.h"
#include "shared/domain/catalog/facts.h"

namespace yizhan::catalog {

/// The next question that applies and has no answer; none: the verdict stands.
[[nodiscard]] Question const* next_question(Matter const& matter, Facts const& facts);
/// Questions that apply, in order, answered or not.
[[nodiscard]] std::vector<Question const*> questions(Matter const& matter, Facts const& facts);

/// 一次性告知: everything at once.
struct Verdict {
  bool eligible = true;
  std::vector<Place const*> places;  // where it can be done, in the order to offer
  Outcome const* outcome = nullptr;  // that decided; null: none did
  std::vector<Material> materials;   // that apply, each once, joined over a bundle's parts
  std::vector<ServiceItem const*>
      parts;  // of a bundle those that apply, in an order that respects `after`; of an item itself
  [[nodiscard]] bool at(Channel channel) const;
};
[[nodiscard]] Verdict judge(Catalog const& catalog, Matter const& matter, Facts const& facts,
                            calendar::BusinessDay const& today);

}  // namespace yizhan::catalog

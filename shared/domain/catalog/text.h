#pragma once
/// Words of the catalogue in the two languages of the screens.
#include <memory>
#include <string>

namespace yizhan::rules {
class Rule;
}

namespace yizhan::catalog {

struct Text {
  std::string zh;
  std::string en;
  [[nodiscard]] std::string const& in(bool chinese) const { return chinese ? zh : en; }
  [[nodiscard]] bool empty() const { return zh.empty() && en.empty(); }
};

/// A JsonLogic rule over what is known of this visit (shared/domain/catalog/facts.h); null: always true.
using Condition = std::shared_ptr<rules::Rule const>;

}  // namespace yizhan::catalog

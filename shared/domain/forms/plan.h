#pragma once
/// Which condition of a form reads which field, and the order in which they are evaluated. Made once for a form.
#include <cstddef>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "shared/domain/catalog/pattern.h"
#include "shared/domain/forms/form.h"

namespace yizhan::forms {

struct Plan {
  struct Entry {
    Field const* field = nullptr;
    std::size_t section = 0;
    std::optional<catalog::Pattern> pattern;
  };
  std::vector<Entry> fields;                                // in the form's order
  std::unordered_map<std::string_view, std::size_t> index;  // id → fields

  /// Nodes are the fields, then the sections. A node comes behind all it reads; nodes that read each other in a circle come
  /// last.
  std::vector<std::size_t> order;
  std::vector<std::size_t> position;              // node → place in `order`
  std::vector<std::vector<std::size_t>> readers;  // node → nodes whose visibility or derived value depends on it
  std::vector<std::vector<std::size_t>> askers;   // field → fields whose need, options or rule depend on its value

  [[nodiscard]] std::size_t section_node(std::size_t section) const { return fields.size() + section; }
  [[nodiscard]] std::optional<std::size_t> find(std::string_view id) const;
};

/// The plan points into `form`.
[[nodiscard]] Plan make_plan(Form const& form);

}  // namespace yizhan::forms

#pragma once
/// A catalogue while it is read and checked: what was made of the document, what is wrong, and where conditions stand.
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "shared/domain/catalog/catalog.h"
#include "shared/domain/rules/json_logic.h"

namespace yizhan::catalog {

using Json = nlohmann::json;

struct Draft {
  /// A condition as it stands in the document.
  struct Written {
    Json const* logic = nullptr;
    std::string pointer;
  };
  static constexpr std::size_t k_most_findings = 1'000;

  Catalog catalog;
  std::vector<Finding> findings;
  std::map<rules::Rule const*, Written> written;

  void report(std::string pointer, std::string what) { add({std::move(pointer), std::move(what), true}); }
  void warn(std::string pointer, std::string what) { add({std::move(pointer), std::move(what), false}); }
  [[nodiscard]] bool sound() const;

 private:
  void add(Finding finding) {
    if (findings.size() < k_most_findings) findings.push_back(std::move(finding));
  }
};

/// "/items/3" and the like.
[[nodiscard]] inline std::string at(std::string const& list, std::size_t place) {
  return list + "/" + std::to_string(place);
}
/// A member's name in a JSON Pointer (RFC 6901).
[[nodiscard]] std::string escaped(std::string_view name);

// Reading. What cannot be read is reported and left at its default.
void read_head(Json const& document, Draft& draft);
void read_materials(Json const& document, Draft& draft);
void read_items(Json const& document, Draft& draft);
void read_bundles(Json const& document, Draft& draft);
void read_forms(Json const& document, Draft& draft);

// Judging what was read. What could not be read is empty, was reported, and is passed over.
void check_head(Draft& draft);
void check_items(Draft& draft);
void check_bundles(Draft& draft);
void check_forms(Draft& draft);
void check_conditions(Draft& draft);

}  // namespace yizhan::catalog

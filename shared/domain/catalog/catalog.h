#pragma once
/// Service items (事项) a hall offers, as data: assets/catalog/<hall>/catalog.json. Thin here: what the queue and the
/// "what to bring" page need.
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/result.h"
#include "shared/domain/queue/ticket.h"

namespace yizhan::catalog {

struct Text {
  std::string zh;
  std::string en;
  [[nodiscard]] std::string const& in(bool chinese) const { return chinese ? zh : en; }
};

struct Material {
  std::string id;
  Text name;
  bool required = true;
  bool original = false;  // bring the original
  Text note;
};

struct ServiceItem {
  std::string code;   // stable key within the hall, [a-z0-9_]+, e.g. "social_card_replace"
  std::string group;  // Group::id
  Text name;          // everyday words
  Text hint;          // one line
  std::string icon;   // Material icon name, e.g. "credit_card"
  char queue = 'A';
  std::vector<Material> materials;
  std::vector<std::string> keywords;  // everyday words, pinyin and initials for search
};

struct Group {
  std::string id;
  Text name;
  Text hint;
  std::string icon;
};

/// A text this machine may send to codes/resolve (shared/crypto/README.md).
struct CodeRule {
  std::string prefix;
  std::size_t min_length = 0;
  std::size_t max_length = 0;
};

struct Catalog {
  int version = 0;
  Text hall_name;
  std::vector<queue::Queue> queues;
  std::vector<Group> groups;
  std::vector<ServiceItem> items;
  std::vector<CodeRule> code_rules;

  [[nodiscard]] ServiceItem const* find(std::string_view code) const;
  [[nodiscard]] std::vector<ServiceItem const*> in_group(std::string_view group) const;
  /// Items whose name or keywords contain every word of `query` (case-blind ASCII), best first. Empty query: all.
  [[nodiscard]] std::vector<ServiceItem const*> search(std::string_view query) const;
};

/// What is wrong, and where (JSON Pointer, RFC 6901; "" is the whole document).
struct Finding {
  std::string pointer;
  std::string what;
};
/// Everything that is wrong; empty: parse_catalog() takes it.
[[nodiscard]] std::vector<Finding> check_catalog(std::string_view json);

/// Errors: catalog_invalid with the first finding's JSON Pointer and what is wrong there.
Result<Catalog> parse_catalog(std::string_view json);
/// Errors: catalog_file (cannot be read), catalog_invalid.
Result<Catalog> load_catalog(std::filesystem::path const& file);

}  // namespace yizhan::catalog

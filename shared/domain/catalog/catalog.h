#pragma once
/// What a hall offers (事项目录), as data: one version of it, checked whole, never changed afterwards.
/// Thread: any, once made.
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/result.h"
#include "shared/domain/catalog/service_item.h"
#include "shared/domain/forms/form.h"
#include "shared/domain/queue/ticket.h"

namespace yizhan::catalog {

/// A field of work (领域).
struct Group {
  std::string id;
  Text name;
  Text hint;
  std::string icon;
};
/// Whom things are for: 老人, 退役军人 …
using Audience = Group;
/// What happened in life: 生孩子, 退休 …
using LifeEvent = Group;

/// A text this machine may send to codes/resolve (shared/crypto/README.md).
struct CodeRule {
  std::string prefix;
  std::size_t min_length = 0;
  std::size_t max_length = 0;
};

class SearchIndex;

/// An item or a bundle, as lists and pages show them alike.
struct Matter {
  ServiceItem const* item = nullptr;
  Bundle const* bundle = nullptr;
  explicit operator bool() const { return item != nullptr || bundle != nullptr; }
  [[nodiscard]] std::string const& code() const { return item ? item->code : bundle->code; }
  [[nodiscard]] Text const& name() const { return item ? item->name : bundle->name; }
  [[nodiscard]] Text const& hint() const { return item ? item->hint : bundle->hint; }
  [[nodiscard]] std::string const& icon() const { return item ? item->icon : bundle->icon; }
  [[nodiscard]] std::string const& form() const { return item ? item->form : bundle->form; }
  [[nodiscard]] char queue() const { return item ? item->queue : bundle->queue; }
  [[nodiscard]] std::vector<Question> const& questions() const { return item ? item->questions : bundle->questions; }
  [[nodiscard]] std::vector<Outcome> const& outcomes() const { return item ? item->outcomes : bundle->outcomes; }
  [[nodiscard]] std::vector<Place> const& places() const { return item ? item->places : bundle->places; }
  [[nodiscard]] bool signature() const { return item ? item->signature : bundle->signature; }
};

struct Catalog {
  std::int64_t version = 0;
  std::string hall;                           // 12 digits, or a prefix: whose it is; "" any
  std::optional<calendar::BusinessDay> from;  // effective on and after; none: at once
  Text hall_name;
  std::vector<queue::Queue> queues;
  std::vector<Group> groups;
  std::vector<Audience> audiences;
  std::vector<LifeEvent> life_events;
  std::vector<Material> materials;
  std::vector<ServiceItem> items;
  std::vector<Bundle> bundles;
  std::vector<forms::Form> forms;
  std::vector<CodeRule> code_rules;
  std::vector<std::vector<std::string>> synonyms;  // words that mean the same to residents
  std::shared_ptr<SearchIndex const> index;        // made by parse_catalog

  [[nodiscard]] ServiceItem const* find(std::string_view code) const;
  [[nodiscard]] Matter matter(std::string_view code) const;
  [[nodiscard]] forms::Form const* form(std::string_view id) const;
  [[nodiscard]] std::vector<ServiceItem const*> in_group(std::string_view group) const;
  /// Items and bundles, bundles first.
  [[nodiscard]] std::vector<Matter> for_audience(std::string_view audience) const;
  [[nodiscard]] std::vector<Matter> for_life_event(std::string_view life_event) const;
  /// Best first, at most `limit`: everyday words, pinyin and initials, synonyms, small typing errors. Empty query: the first
  /// items.
  /// ≤ 10 ms over 5,000 items.
  [[nodiscard]] std::vector<Matter> search(std::string_view query, std::size_t limit = 24) const;
};

/// What is wrong, and where (JSON Pointer, RFC 6901; "" is the whole document; before a '#' the file, where there are
/// several).
struct Finding {
  std::string pointer;
  std::string what;
  bool error = true;  // else only worth a look
};
/// Everything that is wrong; no error among it: parse_catalog() takes it.
[[nodiscard]] std::vector<Finding> check_catalog(std::string_view json);
/// The same of a folder or file, where a folder's findings name the file ("items-social.json#/items/3/name").
/// Errors: catalog_file.
Result<std::vector<Finding>> check_catalog_files(std::filesystem::path const& file_or_folder);

/// Errors: catalog_invalid with the first error's JSON Pointer and what is wrong there.
Result<Catalog> parse_catalog(std::string_view json);
/// One that arrived for `hall` (12 digits), where version `current` is in use.
/// Errors: catalog_invalid, catalog_other_hall, document_version_back (it is older; the same again is no error).
Result<Catalog> accept_catalog(std::string_view json, std::string_view hall, std::int64_t current);
/// A folder's catalog.json with the arrays of its other .json files ("items", "forms", "bundles", "materials" …) joined in
/// the order of their names; or one whole file. This is what gets signed. Errors: catalog_file (cannot be read, not JSON).
Result<std::string> join_catalog(std::filesystem::path const& file_or_folder);
/// Errors: catalog_file, catalog_invalid.
Result<Catalog> load_catalog(std::filesystem::path const& file_or_folder);

}  // namespace yizhan::catalog

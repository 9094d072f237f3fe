#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "shared/base/file.h"
#include "shared/base/text.h"
#include "shared/domain/catalog/catalog.h"

namespace yizhan::catalog {

namespace {

using Json = nlohmann::json;

constexpr std::size_t k_largest_file = 4U << 20;
constexpr std::size_t k_longest_text = 400;  // bytes

bool is_key(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
}

/// One object of the document: hands out its members by name and reports what is missing, wrong or unknown.
class Object {
 public:
  Object(Json const& json, std::string pointer, std::vector<Finding>& findings)
      : m_json(json), m_pointer(std::move(pointer)), m_findings(findings) {
    if (!m_json.is_object()) report("", "an object is wanted");
  }
  ~Object() {
    if (!m_json.is_object()) return;
    for (auto const& [key, unused] : m_json.items()) {
      if (m_asked.count(key) == 0) report("/" + escape(key), "unknown key");
    }
  }
  Object(Object const&) = delete;
  Object& operator=(Object const&) = delete;

  void report(std::string const& below, std::string what) {
    m_findings.push_back({m_pointer + below, std::move(what)});
  }

  std::string string(std::string const& key) {
    auto const* const found = member(key, true);
    if (found == nullptr) return {};
    if (!found->is_string() || found->get_ref<std::string const&>().empty()) {
      report("/" + key, "a text is wanted");
      return {};
    }
    auto const value = found->get<std::string>();
    if (value.size() > k_longest_text || text::without_controls(value) != value) {
      report("/" + key, "a text of at most 400 bytes without control characters is wanted");
    }
    return value;
  }
  /// A stable key: lower-case letters, digits, underscores.
  std::string key(std::string const& name) {
    auto value = string(name);
    if (!value.empty() && !is_key(value)) report("/" + name, "only a-z, 0-9 and _ may stand here");
    return value;
  }
  char letter(std::string const& name) {
    auto const value = string(name);
    bool const good = value.size() == 1 && queue::is_queue_letter(value[0]);
    if (!value.empty() && !good) report("/" + name, "one letter A-Z without I and O is wanted");
    return good ? value[0] : '\0';
  }
  std::int64_t integer(std::string const& key, std::int64_t least, std::int64_t most) {
    auto const* const found = member(key, true);
    if (found == nullptr) return least;
    if (!found->is_number_integer() || *found < least || *found > most) {
      report("/" + key, "an integer from " + std::to_string(least) + " to " + std::to_string(most) + " is wanted");
      return least;
    }
    return found->get<std::int64_t>();
  }
  bool boolean(std::string const& key, bool otherwise) {
    auto const* const found = member(key, false);
    if (found == nullptr) return otherwise;
    if (!found->is_boolean()) report("/" + key, "true or false is wanted");
    return found->is_boolean() ? found->get<bool>() : otherwise;
  }
  Text text(std::string const& key, bool required = true) {
    auto const* const found = member(key, required);
    if (found == nullptr) return {};
    Object both(*found, m_pointer + "/" + key, m_findings);
    if (!found->is_object()) return {};
    return {both.string("zh"), both.string("en")};
  }
  /// Calls `visit(member, pointer)` for each element.
  template <class Visit>
  void each(std::string const& key, bool required, Visit&& visit) {
    auto const* const found = member(key, required);
    if (found == nullptr) return;
    if (!found->is_array()) return report("/" + key, "an array is wanted");
    for (std::size_t i = 0; i < found->size(); ++i) visit((*found)[i], m_pointer + "/" + key + "/" + std::to_string(i));
  }

 private:
  Json const* member(std::string const& key, bool required) {
    m_asked.insert(key);
    if (!m_json.is_object()) return nullptr;
    auto const found = m_json.find(key);
    if (found != m_json.end()) return &*found;
    if (required) report("/" + key, "missing");
    return nullptr;
  }
  static std::string escape(std::string const& key) {
    std::string out;
    for (char const c : key) c == '~' ? out.append("~0") : c == '/' ? out.append("~1") : out.append(1, c);
    return out;
  }

  Json const& m_json;
  std::string m_pointer;
  std::vector<Finding>& m_findings;
  std::set<std::string> m_asked;
};

class Parser {
 public:
  Catalog parse(Json const& json) {
    Catalog catalog;
    Object top(json, "", findings);
    catalog.version = static_cast<int>(top.integer("version", 1, 1'000'000'000));
    catalog.hall_name = top.text("hall_name");
    top.each("queues", true,
             [&](Json const& each, std::string const& where) { catalog.queues.push_back(queue_of(each, where)); });
    top.each("groups", true,
             [&](Json const& each, std::string const& where) { catalog.groups.push_back(group_of(each, where)); });
    top.each("items", true,
             [&](Json const& each, std::string const& where) { catalog.items.push_back(item_of(each, where)); });
    top.each("code_rules", false,
             [&](Json const& each, std::string const& where) { catalog.code_rules.push_back(rule_of(each, where)); });
    for (auto const& group : catalog.groups) {
      if (catalog.in_group(group.id).empty()) findings.push_back({"/groups", "group " + group.id + " has no item"});
    }
    return catalog;
  }

  std::vector<Finding> findings;

 private:
  queue::Queue queue_of(Json const& json, std::string const& where) {
    Object object(json, where, findings);
    queue::Queue queue;
    queue.letter = object.letter("letter");
    auto name = object.text("name");
    queue.name_zh = std::move(name.zh);
    queue.name_en = std::move(name.en);
    if (!m_queues.insert(queue.letter).second) object.report("/letter", "stands twice");
    return queue;
  }

  Group group_of(Json const& json, std::string const& where) {
    Object object(json, where, findings);
    Group group{object.key("id"), object.text("name"), object.text("hint"), object.key("icon")};
    if (!m_groups.insert(group.id).second) object.report("/id", "stands twice");
    return group;
  }

  ServiceItem item_of(Json const& json, std::string const& where) {
    Object object(json, where, findings);
    ServiceItem item;
    item.code = object.key("code");
    item.group = object.key("group");
    item.name = object.text("name");
    item.hint = object.text("hint");
    item.icon = object.key("icon");
    item.queue = object.letter("queue");
    if (!m_items.insert(item.code).second) object.report("/code", "stands twice");
    if (m_groups.count(item.group) == 0) object.report("/group", "no such group");
    if (m_queues.count(item.queue) == 0) object.report("/queue", "no such queue");
    std::set<std::string> ids;
    object.each("materials", true, [&](Json const& each, std::string const& below) {
      Object material(each, below, findings);
      item.materials.push_back({material.key("id"), material.text("name"), material.boolean("required", true),
                                material.boolean("original", false), material.text("note", false)});
      if (!ids.insert(item.materials.back().id).second) material.report("/id", "stands twice");
    });
    object.each("keywords", true, [&](Json const& each, std::string const& below) {
      if (!each.is_string() || each.get_ref<std::string const&>().empty()) {
        findings.push_back({below, "a text is wanted"});
      } else {
        item.keywords.push_back(text::to_lower_ascii(each.get_ref<std::string const&>()));
      }
    });
    return item;
  }

  CodeRule rule_of(Json const& json, std::string const& where) {
    Object object(json, where, findings);
    CodeRule rule;
    rule.prefix = object.string("prefix");
    rule.min_length = static_cast<std::size_t>(object.integer("min_length", 1, 4096));
    rule.max_length = static_cast<std::size_t>(object.integer("max_length", 1, 4096));
    if (rule.min_length > rule.max_length) object.report("/max_length", "less than min_length");
    return rule;
  }

  std::set<char> m_queues;
  std::set<std::string> m_groups;
  std::set<std::string> m_items;
};

struct Parsed {
  Catalog catalog;
  std::vector<Finding> findings;
};

Parsed parse(std::string_view bytes) {
  if (bytes.size() > k_largest_file) return {{}, {{"", "more than 4 MiB"}}};
  Json json;
  try {
    json = Json::parse(bytes);
  } catch (Json::parse_error const& failure) {
    return {{}, {{"", "no JSON from byte " + std::to_string(failure.byte) + " on"}}};
  } catch (Json::exception const&) {
    return {{}, {{"", "a number is too large"}}};
  }
  Parser parser;
  auto catalog = parser.parse(json);
  return {std::move(catalog), std::move(parser.findings)};
}

}  // namespace

std::vector<Finding> check_catalog(std::string_view json) { return parse(json).findings; }

Result<Catalog> parse_catalog(std::string_view json) {
  auto parsed = parse(json);
  if (parsed.findings.empty()) return std::move(parsed.catalog);
  auto const& first = parsed.findings.front();
  return Error::make("catalog_invalid", Retry::no, (first.pointer.empty() ? "/" : first.pointer) + ": " + first.what);
}

Result<Catalog> load_catalog(std::filesystem::path const& file) {
  auto bytes = read_whole_file(file, k_largest_file);
  if (!bytes) return Error::make("catalog_file", Retry::no, file.string()).caused_by(std::move(bytes).error());
  return parse_catalog(*bytes);
}

}  // namespace yizhan::catalog

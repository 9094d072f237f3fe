#include "shared/domain/catalog/reader.h"

#include <algorithm>
#include <cmath>

#include "shared/base/text.h"

namespace yizhan::catalog {

namespace {

constexpr std::size_t k_longest_text = 1'200;  // bytes
constexpr std::size_t k_most_elements = 10'000;
constexpr rules::Limits k_rule_limits{.depth = 32, .nodes = 2'000, .steps = 5'000};

bool is_key(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
}

char const* meaning(Error const& error) {
  if (error.is("rule_unknown_operator")) return "no operator of JsonLogic";
  if (error.is("rule_too_deep")) return "the rule is nested too deep (32)";
  return "the rule is too large (2,000 values)";
}

}  // namespace

std::string escaped(std::string_view name) {
  std::string out;
  for (char const c : name) c == '~' ? out.append("~0") : c == '/' ? out.append("~1") : out.append(1, c);
  return out;
}

bool Draft::sound() const {
  return std::none_of(findings.begin(), findings.end(), [](Finding const& finding) { return finding.error; });
}

Condition read_condition(Json const& logic, std::string const& pointer, Draft& draft) {
  auto rule = rules::Rule::parse(logic, k_rule_limits);
  if (!rule) {
    draft.report(pointer + std::string(rule.error().detail()), meaning(rule.error()));
    return {};
  }
  auto condition = std::make_shared<rules::Rule const>(std::move(*rule));
  draft.written[condition.get()] = {&logic, pointer};
  return condition;
}

Object::Object(Json const& json, std::string pointer, Draft& draft)
    : m_json(json), m_pointer(std::move(pointer)), m_draft(draft) {
  if (!m_json.is_object()) report("", "an object is wanted");
}

Object::~Object() {
  if (!m_json.is_object()) return;
  for (auto const& [name, unused] : m_json.items()) {
    if (m_asked.count(name) == 0) report("/" + escaped(name), "unknown key");
  }
}

Json const* Object::member(std::string const& name, Need need) {
  m_asked.insert(name);
  if (!m_json.is_object()) return nullptr;
  auto const found = m_json.find(name);
  if (found != m_json.end()) return &*found;
  if (need == Need::must) report("/" + name, "missing");
  return nullptr;
}

Json const* Object::array(std::string const& name, Need need) {
  auto const* const found = member(name, need);
  if (found == nullptr) return nullptr;
  if (!found->is_array()) return report("/" + name, "an array is wanted"), nullptr;
  if (found->size() > k_most_elements) return report("/" + name, "more than 10,000 elements"), nullptr;
  return found;
}

std::string Object::string(std::string const& name, Need need) {
  auto const* const found = member(name, need);
  if (found == nullptr) return {};
  if (!found->is_string() || text::trim(found->get_ref<std::string const&>()).empty()) {
    report("/" + name, "a text is wanted");
    return {};
  }
  auto const& value = found->get_ref<std::string const&>();
  if (value.size() > k_longest_text || text::without_controls(value) != value) {
    report("/" + name, "a text of at most 1,200 bytes without control characters is wanted");
  }
  return value;
}

std::string Object::key(std::string const& name, Need need) {
  auto value = string(name, need);
  if (!value.empty() && !is_key(value)) report("/" + name, "only a-z, 0-9 and _ may stand here");
  return value;
}

char Object::letter(std::string const& name) {
  auto const value = string(name);
  bool const good = value.size() == 1 && queue::is_queue_letter(value[0]);
  if (!value.empty() && !good) report("/" + name, "one letter A-Z without I and O is wanted");
  return good ? value[0] : '\0';
}

std::string Object::code(std::string const& name, std::span<std::string_view const> codes, Need need) {
  auto value = string(name, need);
  if (value.empty() || std::find(codes.begin(), codes.end(), value) != codes.end()) return value;
  std::string list;
  for (auto const code : codes) list += (list.empty() ? "" : ", ") + std::string(code);
  report("/" + name, "one of " + list + " is wanted");
  return {};
}

std::optional<std::size_t> Object::place_in(std::string const& name, std::span<std::string_view const> names,
                                            bool may) {
  auto const value = code(name, names, may ? Need::may : Need::must);
  if (value.empty()) return std::nullopt;
  return static_cast<std::size_t>(std::find(names.begin(), names.end(), value) - names.begin());
}

std::int64_t Object::integer(std::string const& name, std::int64_t least, std::int64_t most,
                             std::optional<std::int64_t> otherwise) {
  auto const* const found = member(name, otherwise ? Need::may : Need::must);
  if (found == nullptr) return otherwise.value_or(least);
  if (!found->is_number_integer() || *found < least || *found > most) {
    report("/" + name, "an integer from " + std::to_string(least) + " to " + std::to_string(most) + " is wanted");
    return least;
  }
  return found->get<std::int64_t>();
}

std::optional<std::size_t> Object::count(std::string const& name, std::int64_t most) {
  if (!has(name)) return m_asked.insert(name), std::nullopt;
  return static_cast<std::size_t>(integer(name, 0, most));
}

std::optional<double> Object::number(std::string const& name) {
  auto const* const found = member(name, Need::may);
  if (found == nullptr) return std::nullopt;
  if (found->is_number() && std::isfinite(found->get<double>())) return found->get<double>();
  report("/" + name, "a number is wanted");
  return std::nullopt;
}

bool Object::boolean(std::string const& name, bool otherwise) {
  auto const* const found = member(name, Need::may);
  if (found == nullptr) return otherwise;
  if (!found->is_boolean()) report("/" + name, "true or false is wanted");
  return found->is_boolean() ? found->get<bool>() : otherwise;
}

Text Object::text(std::string const& name, Need need) {
  Text both;
  object(name, need, [&](Object& languages) {
    both.zh = languages.string("zh");
    both.en = languages.string("en");
  });
  return both;
}

std::optional<calendar::BusinessDay> Object::day(std::string const& name) {
  auto const value = string(name, Need::may);
  if (value.empty()) return std::nullopt;
  auto const day = calendar::BusinessDay::parse(value);
  if (day) return *day;
  report("/" + name, "a day YYYY-MM-DD is wanted");
  return std::nullopt;
}

Condition Object::condition(std::string const& name) {
  auto const* const found = member(name, Need::may);
  return found == nullptr ? nullptr : read_condition(*found, m_pointer + "/" + name, m_draft);
}

std::vector<std::string> Object::keys(std::string const& name) {
  std::vector<std::string> found;
  each(name, Need::may, [&](Json const& each_key, std::string const& where) {
    auto const* const value = each_key.get_ptr<std::string const*>();
    if (value == nullptr || !is_key(*value)) {
      m_draft.report(where, "a key of a-z, 0-9 and _ is wanted");
    } else if (std::find(found.begin(), found.end(), *value) != found.end()) {
      m_draft.report(where, "stands twice");
    } else {
      found.push_back(*value);
      return;
    }
    found.emplace_back();  // places stay those of the document
  });
  return found;
}

}  // namespace yizhan::catalog

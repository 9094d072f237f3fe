#pragma once
/// One object of the document: hands out its members by name and reports what is missing, wrong or unknown.
#include <optional>
#include <set>
#include <span>

#include "shared/domain/catalog/draft.h"

namespace yizhan::catalog {

enum class Need { must, may };

class Object {
 public:
  Object(Json const& json, std::string pointer, Draft& draft);
  /// Reports the members nobody asked for.
  ~Object();
  Object(Object const&) = delete;
  Object& operator=(Object const&) = delete;

  [[nodiscard]] std::string const& pointer() const { return m_pointer; }
  void report(std::string const& below, std::string what) { m_draft.report(m_pointer + below, std::move(what)); }

  std::string string(std::string const& name, Need need = Need::must);
  /// A stable key: lower-case letters, digits, underscores.
  std::string key(std::string const& name, Need need = Need::must);
  /// "A"
  char letter(std::string const& name);
  /// One of a list of codes.
  std::string code(std::string const& name, std::span<std::string_view const> codes, Need need = Need::must);
  std::int64_t integer(std::string const& name, std::int64_t least, std::int64_t most,
                       std::optional<std::int64_t> otherwise = {});
  std::optional<std::size_t> count(std::string const& name, std::int64_t most);
  std::optional<double> number(std::string const& name);
  bool boolean(std::string const& name, bool otherwise);
  Text text(std::string const& name, Need need = Need::must);
  std::optional<calendar::BusinessDay> day(std::string const& name);
  Condition condition(std::string const& name);
  std::vector<std::string> keys(std::string const& name);
  /// The value whose name stands there; `names` in the order of the enumeration.
  template <class Enum>
  Enum one_of(std::string const& name, std::span<std::string_view const> names, std::optional<Enum> otherwise = {}) {
    auto const found = place_in(name, names, otherwise.has_value());
    return found ? static_cast<Enum>(*found) : otherwise.value_or(Enum{});
  }
  /// Calls `visit(member, pointer)` for each element.
  template <class Visit>
  void each(std::string const& name, Need need, Visit&& visit) {
    auto const* const found = array(name, need);
    if (found == nullptr) return;
    for (std::size_t i = 0; i < found->size(); ++i) visit((*found)[i], at(m_pointer + "/" + name, i));
  }
  [[nodiscard]] bool has(std::string const& name) const { return m_json.is_object() && m_json.contains(name); }
  /// Reads `name` as an object; nothing happens where it is not there and need not be.
  template <class Visit>
  void object(std::string const& name, Need need, Visit&& visit) {
    auto const* const found = member(name, need);
    if (found == nullptr) return;
    Object below(*found, m_pointer + "/" + name, m_draft);
    if (found->is_object()) visit(below);
  }
  /// The member is read elsewhere.
  void leave(std::string const& name) { m_asked.insert(name); }

 private:
  Json const* member(std::string const& name, Need need);
  Json const* array(std::string const& name, Need need);
  std::optional<std::size_t> place_in(std::string const& name, std::span<std::string_view const> names, bool may);

  Json const& m_json;
  std::string m_pointer;
  Draft& m_draft;
  std::set<std::string> m_asked;
};

/// A condition that stands at `pointer`; null where it cannot be read.
Condition read_condition(Json const& logic, std::string const& pointer, Draft& draft);

}  // namespace yizhan::catalog

#pragma once
/// Members of a stored draft or signature, each with its limits. Errors: draft_malformed, with the member's name and
/// never its value.
#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>

#include "shared/base/result.h"

namespace yizhan::cases {

/// Lower-case hex of 32 bytes.
[[nodiscard]] inline bool is_sha256(nlohmann::json const& json) {
  constexpr std::size_t k_digits = 64;
  if (!json.is_string() || json.get_ref<std::string const&>().size() != k_digits) return false;
  auto const& text = json.get_ref<std::string const&>();
  return std::all_of(text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

class Reader {
 public:
  /// `what` names the object where it is none at all.
  Reader(nlohmann::json const& json, char const* what) : m_json(json), m_what(what) {}

  [[nodiscard]] static Error malformed(char const* member) { return Error::make("draft_malformed", Retry::no, member); }

  /// Sizes in bytes.
  [[nodiscard]] Result<std::string> text(char const* key, std::size_t least, std::size_t most) const {
    auto const* const found = TRY(member(key));
    if (!found->is_string()) return malformed(key);
    auto const& value = found->get_ref<std::string const&>();
    if (value.size() < least || value.size() > most) return malformed(key);
    return value;
  }

  [[nodiscard]] Result<std::int64_t> integer(char const* key, std::int64_t least, std::int64_t most) const {
    auto const* const found = TRY(member(key));
    auto const value = to_integer(*found);
    if (!value || *value < least || *value > most) return malformed(key);
    return *value;
  }

  [[nodiscard]] Result<nlohmann::json const*> array(char const* key, std::size_t most) const {
    auto const* const found = TRY(member(key));
    if (!found->is_array() || found->size() > most) return malformed(key);
    return found;
  }

  [[nodiscard]] Result<nlohmann::json> object(char const* key) const {
    auto const* const found = TRY(member(key));
    if (!found->is_object()) return malformed(key);
    return *found;
  }

  [[nodiscard]] static std::optional<std::int64_t> to_integer(nlohmann::json const& json) {
    if (!json.is_number_integer()) return std::nullopt;
    if (json.is_number_unsigned() && json.get<std::uint64_t>() > std::uint64_t{INT64_MAX}) return std::nullopt;
    return json.get<std::int64_t>();
  }

 private:
  [[nodiscard]] Result<nlohmann::json const*> member(char const* key) const {
    if (!m_json.is_object()) return malformed(m_what);
    auto const found = m_json.find(key);
    if (found == m_json.end()) return malformed(key);
    return &*found;
  }

  nlohmann::json const& m_json;
  char const* m_what;
};

}  // namespace yizhan::cases

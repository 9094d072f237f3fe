#include "tools/platform/personal_data.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "shared/domain/identity/id_number.h"

namespace yizhan::platform {

namespace {

// Whole keys, lower case; "service_name" and the like belong to no person.
constexpr std::array<std::string_view, 22> k_personal_keys{
    "name",    "full_name", "fullname",  "surname", "given_name", "birth",    "birthday",  "birth_date",
    "phone",   "mobile",    "telephone", "tel",     "email",      "address",  "id_number", "idnumber",
    "id_card", "idcard",    "passport",  "photo",   "picture",    "free_text"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_word(char c) { return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool is_mobile(std::string_view word) {
  if (word.size() == 13 && word.starts_with("86")) word.remove_prefix(2);
  return word.size() == 11 && word[0] == '1' && word[1] >= '3' && std::all_of(word.begin(), word.end(), is_digit);
}

bool is_person_number(std::string_view word) {
  if (word.size() != 18 && word.size() != 15) return false;
  auto const check = identity::check_id_number(word);
  return check.valid();
}

bool text_is_personal(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    if (static_cast<unsigned char>(text[at]) >= 0x80) return true;
    std::size_t end = at;
    while (end < text.size() && is_word(text[end])) ++end;
    auto const word = text.substr(at, end - at);
    if (is_mobile(word) || is_person_number(word)) return true;
    at = std::max(end, at + 1);
  }
  return false;
}

bool key_is_personal(std::string key) {
  std::transform(key.begin(), key.end(), key.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return std::find(k_personal_keys.begin(), k_personal_keys.end(), key) != k_personal_keys.end();
}

}  // namespace

bool holds_personal_data(nlohmann::json const& data) {
  if (data.is_string()) return text_is_personal(data.get_ref<std::string const&>());
  if (data.is_number_integer()) return is_mobile(data.dump());
  if (data.is_object())
    return std::any_of(data.items().begin(), data.items().end(), [](auto const& item) {
      return key_is_personal(item.key()) || text_is_personal(item.key()) || holds_personal_data(item.value());
    });
  return data.is_array() && std::any_of(data.begin(), data.end(), holds_personal_data);
}

}  // namespace yizhan::platform

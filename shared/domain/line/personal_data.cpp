/// What may stand in an event's `data`: codes, labels, times, identifiers and counts. Everything a person typed or a card
/// told stays out. The rule is made to be strict rather than clever:
///  - no key with a word of k_words in it (words are split at _ and - and before capitals), nor one of k_phrases;
///  - a string is one token: printable ASCII without space, at most 200 bytes;
///  - no string and no integer that the log's redaction would mask (ID and mobile numbers).
#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "shared/base/log.h"
#include "shared/base/text.h"
#include "shared/domain/line/event.h"

namespace yizhan::line {

namespace {

constexpr std::size_t k_longest = 200;
constexpr int k_deepest = 32;

constexpr std::array<std::string_view, 36> k_words{
    "name",     "surname",  "phone",     "mobile", "tel",         "telephone", "address", "addr",      "street",
    "birth",    "birthday", "birthdate", "sex",    "gender",      "ethnic",    "idcard",  "idno",      "idnumber",
    "passport", "photo",    "picture",   "image",  "fingerprint", "face",      "email",   "mail",      "wechat",
    "text",     "comment",  "remark",    "note",   "message",     "opinion",   "person",  "applicant", "nationality"};
/// Words that are harmless alone.
constexpr std::array<std::string_view, 6> k_phrases{"id_number",   "id_card", "id_no",
                                                    "card_number", "cert_no", "document_number"};

/// lastName, LAST-NAME → last_name
std::string snake(std::string_view key) {
  std::string out;
  for (std::size_t i = 0; i < key.size(); ++i) {
    bool const upper = key[i] >= 'A' && key[i] <= 'Z';
    bool const after_lower = i > 0 && key[i - 1] >= 'a' && key[i - 1] <= 'z';
    if (upper && after_lower) out.push_back('_');
    bool const word = upper || (key[i] >= 'a' && key[i] <= 'z') || (key[i] >= '0' && key[i] <= '9');
    out.push_back(word ? key[i] : '_');
  }
  return text::to_lower_ascii(out);
}

bool personal_key(std::string_view key) {
  std::string const bounded = "_" + snake(key) + "_";
  auto const holds = [&](std::string_view word) {
    return bounded.find("_" + std::string(word) + "_") != std::string::npos;
  };
  return std::any_of(k_words.begin(), k_words.end(), holds) || std::any_of(k_phrases.begin(), k_phrases.end(), holds);
}

bool personal_text(std::string const& value) {
  bool const token = std::all_of(value.begin(), value.end(), [](char c) { return c > ' ' && c <= '~'; });
  return !token || value.size() > k_longest || log::redact(value) != value;
}

/// `where` is a JSON Pointer of keys; it names no value.
Result<void> check(nlohmann::json const& value, std::string const& where, int depth) {
  auto const refuse = [&](std::string_view why) {
    return Error::make("personal_data", Retry::no, where + " " + std::string(why));
  };
  if (depth > k_deepest) return refuse("is nested too deeply");
  if (value.is_object()) {
    for (auto const& [key, member] : value.items()) {
      // A key that is no word of ours may itself be a name: it is not repeated.
      if (personal_text(key)) return refuse("has a key that is no plain word");
      if (personal_key(key)) return refuse("has the key " + key);
      TRY(check(member, where + "/" + key, depth + 1));
    }
  } else if (value.is_array()) {
    for (auto const& member : value) TRY(check(member, where + "/-", depth + 1));
  } else if (value.is_string()) {
    if (personal_text(value.get_ref<std::string const&>())) return refuse("may hold free text or a person's number");
  } else if (value.is_number_integer()) {
    if (personal_text(value.dump())) return refuse("may be a person's number");
  }
  return {};
}

}  // namespace

Result<void> check_no_personal_data(nlohmann::json const& data) { return check(data, "data", 0); }

}  // namespace yizhan::line

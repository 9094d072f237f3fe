#include "shared/domain/catalog/pattern.h"

#include <re2/re2.h>

#include <string>
#include <vector>

namespace yizhan::catalog {

namespace {

constexpr std::int64_t k_memory = 256 << 10;

/// Of "*", "+", "?", "{2,}", "{2}" at `at`: how many characters it has, and whether it has no end. Nothing: 0.
struct Repetition {
  std::size_t length = 0;
  bool endless = false;
};
Repetition repetition_at(std::string_view pattern, std::size_t at) {
  if (at >= pattern.size()) return {};
  if (pattern[at] == '*' || pattern[at] == '+') return {1, true};
  if (pattern[at] != '{') return {};
  auto const end = pattern.find('}', at);
  if (end == pattern.npos) return {};
  return {end - at + 1, pattern[end - 1] == ','};
}

/// Whether something that may repeat without end stands within something else that may.
bool nests(std::string_view pattern) {
  std::vector<bool> endless_within{false};
  bool in_class = false;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    char const c = pattern[i];
    if (c == '\\') {
      ++i;
    } else if (in_class) {
      in_class = c != ']';
    } else if (c == '[') {
      in_class = true;
      if (pattern.substr(i + 1, 1) == "^") ++i;
      if (pattern.substr(i + 1, 1) == "]") ++i;  // first in a class it is itself
    } else if (c == '(') {
      endless_within.push_back(false);
    } else if (c == ')' && endless_within.size() > 1) {
      bool const inner = endless_within.back();
      endless_within.pop_back();
      if (inner && repetition_at(pattern, i + 1).endless) return true;
      if (inner) endless_within.back() = true;
    } else if (repetition_at(pattern, i).endless) {
      endless_within.back() = true;
    }
  }
  return false;
}

}  // namespace

Result<Pattern> Pattern::compile(std::string_view pattern) {
  auto const refuse = [](std::string why) { return Error::make("pattern_invalid", Retry::no, std::move(why)); };
  if (pattern.size() > k_longest) return refuse("more than " + std::to_string(k_longest) + " bytes");
  re2::RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(k_memory);
  auto compiled = std::make_shared<re2::RE2 const>(re2::StringPiece(pattern.data(), pattern.size()), options);
  if (!compiled->ok()) return refuse(compiled->error());
  if (nests(pattern)) return refuse("a repetition within a repetition");
  return Pattern(std::move(compiled));
}

bool Pattern::matches(std::string_view value) const {
  return re2::RE2::FullMatch(re2::StringPiece(value.data(), value.size()), *m_compiled);
}

}  // namespace yizhan::catalog

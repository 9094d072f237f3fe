#include <algorithm>
#include <nlohmann/json.hpp>

#include "shared/base/text.h"
#include "shared/domain/line/event.h"

namespace yizhan::line {

namespace {

constexpr std::int64_t k_largest = 9'007'199'254'740'991;  // 2^53 − 1: what every JSON reader keeps exact
constexpr int k_deepest = 32;

Error refuse(std::string why) { return Error::make("not_canonical", Retry::no, std::move(why)); }

bool is_ascii(std::string const& value) {
  return std::all_of(value.begin(), value.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

Result<void> check(nlohmann::json const& value, int depth) {
  if (depth > k_deepest) return refuse("nested too deeply");
  using Type = nlohmann::json::value_t;
  switch (value.type()) {
    case Type::null:
    case Type::boolean: return {};
    case Type::number_integer: {
      auto const number = value.get<std::int64_t>();
      if (number > k_largest || number < -k_largest) return refuse("integer beyond 2^53-1");
      return {};
    }
    case Type::number_unsigned:
      if (value.get<std::uint64_t>() > static_cast<std::uint64_t>(k_largest)) return refuse("integer beyond 2^53-1");
      return {};
    case Type::number_float: return refuse("number that is no integer");
    case Type::string:
      if (!text::is_utf8(value.get_ref<std::string const&>())) return refuse("text that is not UTF-8");
      return {};
    case Type::array:
      for (auto const& member : value) TRY(check(member, depth + 1));
      return {};
    case Type::object:
      for (auto const& [key, member] : value.items()) {
        if (!is_ascii(key)) return refuse("key that is not ASCII");
        TRY(check(member, depth + 1));
      }
      return {};
    case Type::binary:
    case Type::discarded: break;
  }
  return refuse("value that JSON does not have");
}

}  // namespace

Result<std::string> canonical(nlohmann::json const& value) {
  TRY(check(value, 0));
  // Within these limits nlohmann writes what RFC 8785 asks for: keys sorted by bytes (for ASCII the same as by UTF-16
  // units), no white space, the shortest escapes, lower-case \u00xx.
  return value.dump();
}

}  // namespace yizhan::line

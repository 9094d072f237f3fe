#include "tools/platform/json.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <vector>

namespace yizhan::platform {

namespace {

constexpr int k_depth_limit = 32;
constexpr std::int64_t k_integer_limit = (std::int64_t{1} << 53) - 1;

void write_string(std::string const& text, std::string& out) {
  out += '"';
  for (char const c : text) {
    switch (c) {
      case '"': out += "\\\""; break;
      case '\\': out += "\\\\"; break;
      case '\b': out += "\\b"; break;
      case '\f': out += "\\f"; break;
      case '\n': out += "\\n"; break;
      case '\r': out += "\\r"; break;
      case '\t': out += "\\t"; break;
      default:
        if (static_cast<unsigned char>(c) < 0x20)
          out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
        else
          out += c;
    }
  }
  out += '"';
}

bool is_ascii(std::string const& text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

Result<void> write_value(nlohmann::json const& value, std::string& out) {
  switch (value.type()) {
    case nlohmann::json::value_t::null: out += "null"; return {};
    case nlohmann::json::value_t::boolean: out += value.get<bool>() ? "true" : "false"; return {};
    case nlohmann::json::value_t::string: write_string(value.get_ref<std::string const&>(), out); return {};
    case nlohmann::json::value_t::number_unsigned:
      if (value.get<std::uint64_t>() > std::uint64_t{k_integer_limit}) return Error::make("json_not_canonical");
      out += std::to_string(value.get<std::uint64_t>());
      return {};
    case nlohmann::json::value_t::number_integer:
      if (value.get<std::int64_t>() < -k_integer_limit) return Error::make("json_not_canonical");
      out += std::to_string(value.get<std::int64_t>());
      return {};
    case nlohmann::json::value_t::array: {
      char separator = '[';
      if (value.empty()) out += separator;
      for (auto const& element : value) {
        out += separator;
        separator = ',';
        TRY(write_value(element, out));
      }
      out += ']';
      return {};
    }
    case nlohmann::json::value_t::object: {
      // nlohmann's map is sorted by bytes, which is RFC 8785's order (UTF-16 code units) for ASCII keys.
      char separator = '{';
      if (value.empty()) out += separator;
      for (auto const& [key, element] : value.items()) {
        if (!is_ascii(key)) return Error::make("json_not_canonical");
        out += separator;
        separator = ',';
        write_string(key, out);
        out += ':';
        TRY(write_value(element, out));
      }
      out += '}';
      return {};
    }
    case nlohmann::json::value_t::number_float:
    case nlohmann::json::value_t::binary:
    case nlohmann::json::value_t::discarded: break;
  }
  return Error::make("json_not_canonical");
}

}  // namespace

Result<nlohmann::json> parse_json(std::string_view text) {
  using Event = nlohmann::json::parse_event_t;
  bool too_deep = false;
  bool duplicate = false;
  std::vector<std::set<std::string>> keys;
  auto const watch = [&](int depth, Event event, nlohmann::json& value) {
    if (depth > k_depth_limit) too_deep = true;
    if (event == Event::object_start) keys.emplace_back();
    if (event == Event::object_end) keys.pop_back();
    if (event == Event::key && !keys.back().insert(value.get<std::string>()).second) duplicate = true;
    return !too_deep;  // What is deeper is dropped while parsing: the tree that is built stays shallow.
  };
  auto value = nlohmann::json::parse(text.begin(), text.end(), watch, /*allow_exceptions=*/false);
  if (too_deep) return Error::make("json_too_deep");
  if (value.is_discarded()) return Error::make("json_malformed");
  if (duplicate) return Error::make("json_duplicate_key");
  return value;
}

Result<std::string> canonical_json(nlohmann::json const& value) {
  std::string out;
  TRY(write_value(value, out));
  return out;
}

}  // namespace yizhan::platform

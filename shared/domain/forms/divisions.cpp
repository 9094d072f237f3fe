#include "shared/domain/forms/divisions.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "shared/base/file.h"
#include "shared/base/text.h"

namespace yizhan::forms {

namespace {

using Json = nlohmann::json;

constexpr std::size_t k_largest_file = 4 * 1024 * 1024;
constexpr std::size_t k_longest_name = 40;  // code points
/// Below a province stand the counties no prefecture has (省直辖县级行政区划): nobody writes that in an address.
constexpr std::string_view k_no_prefecture = "90";

Error invalid(std::string const& where, char const* what) {
  return Error::make("divisions_invalid", Retry::no, where + ": " + what);
}

bool by_code(Division const& left, Division const& right) { return left.code < right.code; }

bool is_digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

Result<Json> parsed(std::string_view bytes) {
  if (bytes.size() > k_largest_file) return invalid("/", "more than 4 MiB");
  try {
    return Json::parse(bytes);
  } catch (Json::exception const&) {
    return invalid("/", "no JSON");
  }
}

}  // namespace

Result<Divisions> Divisions::parse(std::string_view bytes) {
  auto const json = TRY(parsed(bytes));
  if (!json.is_object() || !json.contains("divisions") || !json["divisions"].is_array()) {
    return invalid("/divisions", "an array is wanted");
  }
  auto const& list = json["divisions"];
  Divisions all;
  for (std::size_t i = 0; i < list.size(); ++i) {
    auto const where = "/divisions/" + std::to_string(i);
    auto const& pair = list[i];
    bool const texts = pair.is_array() && pair.size() == 2 && pair[0].is_string() && pair[1].is_string();
    if (!texts) return invalid(where, "[code, name] is wanted");
    Division division{pair[0].get<std::string>(), pair[1].get<std::string>()};
    auto const length = std::find(k_lengths.begin(), k_lengths.end(), division.code.size());
    if (length == k_lengths.end() || !is_digits(division.code)) return invalid(where, "no division code");
    auto const& name = division.name;
    if (name.empty() || text::length(name) > k_longest_name || text::without_controls(text::trim(name)) != name) {
      return invalid(where, "a name of 1 to 40 characters is wanted");
    }
    all.m_levels[static_cast<std::size_t>(length - k_lengths.begin())].push_back(std::move(division));
  }
  for (std::size_t level = 0; level < k_lengths.size(); ++level) {
    auto& divisions = all.m_levels[level];
    std::sort(divisions.begin(), divisions.end(), by_code);
    std::set<std::pair<std::string_view, std::string_view>> names;
    for (std::size_t i = 0; i < divisions.size(); ++i) {
      std::string_view const code = divisions[i].code;
      auto const parent = level == 0 ? std::string_view{} : code.substr(0, k_lengths[level - 1]);
      if (i > 0 && divisions[i - 1].code == code) return invalid("/divisions", "a code stands twice");
      if (!parent.empty() && all.find(parent) == nullptr) return invalid("/divisions", "a parent is missing");
      if (!names.emplace(parent, divisions[i].name).second) return invalid("/divisions", "a name stands twice");
    }
  }
  return all;
}

Result<Divisions> Divisions::load(std::filesystem::path const& file) {
  auto bytes = read_whole_file(file, k_largest_file);
  if (!bytes) return Error::make("divisions_file", Retry::no, file.string()).caused_by(std::move(bytes).error());
  return parse(*bytes);
}

Division const* Divisions::find(std::string_view code) const {
  auto const length = std::find(k_lengths.begin(), k_lengths.end(), code.size());
  if (length == k_lengths.end()) return nullptr;
  auto const& level = m_levels[static_cast<std::size_t>(length - k_lengths.begin())];
  auto const found = std::lower_bound(level.begin(), level.end(), code,
                                      [](Division const& one, std::string_view wanted) { return one.code < wanted; });
  return found != level.end() && found->code == code ? &*found : nullptr;
}

std::span<Division const> Divisions::children(std::string_view code) const {
  if (code.empty()) return m_levels[0];
  auto const length = std::find(k_lengths.begin(), k_lengths.end(), code.size());
  if (length == k_lengths.end() || length + 1 == k_lengths.end()) return {};
  auto const& level = m_levels[static_cast<std::size_t>(length - k_lengths.begin()) + 1];
  // The codes that begin with `code` stand together.
  auto const from = std::partition_point(level.begin(), level.end(), [&](Division const& one) {
    return std::string_view(one.code).substr(0, code.size()) < code;
  });
  auto const to = std::partition_point(from, level.end(), [&](Division const& one) {
    return std::string_view(one.code).substr(0, code.size()) == code;
  });
  return {from, to};
}

std::string_view Divisions::name(std::string_view code) const {
  auto const* const found = find(code);
  return found ? std::string_view(found->name) : std::string_view{};
}

std::vector<Division const*> Divisions::path(std::string_view code) const {
  std::vector<Division const*> all;
  if (find(code) == nullptr) return all;
  for (auto const length : k_lengths) {
    if (length <= code.size()) all.push_back(find(code.substr(0, length)));
  }
  return all;
}

Located Divisions::locate(std::string_view address) const {
  auto rest = text::trim(address);
  Located located;
  std::string_view at;  // the division reached
  // One level after the other; where an address does not name one, it may name one of those below (left-out province,
  // counties without a prefecture).
  auto const step = [&](std::string_view parent) -> Division const* {
    for (auto const& child : children(parent)) {
      if (rest.substr(0, child.name.size()) == child.name) return &child;
    }
    return nullptr;
  };
  auto const step_below = [&](std::string_view parent) -> Division const* {
    for (auto const& child : children(parent)) {
      bool const unnamed = parent.empty() || child.code.substr(2) == k_no_prefecture;
      if (!unnamed) continue;
      if (auto const* const found = step(child.code)) return found;
    }
    return nullptr;
  };
  for (;;) {
    auto const* const exact = step(at);
    auto const* const found = exact ? exact : step_below(at);
    if (found == nullptr) break;
    at = found->code;
    rest.remove_prefix(found->name.size());
  }
  located.path = path(at);
  located.detail = rest;
  return located;
}

}  // namespace yizhan::forms

#include "kiosk/ui/icons.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <vector>

#include "kiosk/ui/embedded.h"

namespace yizhan::ui {

namespace {

struct Entry {
  std::string_view name;
  char32_t code_point;
};

std::vector<Entry> read_table() {
  auto const bytes = embedded::icon_code_points();
  std::string_view rest(reinterpret_cast<char const*>(bytes.data()), bytes.size());
  std::vector<Entry> entries;
  while (!rest.empty()) {
    std::string_view const line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(rest.size(), line.size() + 1));
    auto const blank = line.find(' ');
    std::uint32_t code_point = 0;
    if (blank != std::string_view::npos &&
        std::from_chars(line.data() + blank + 1, line.data() + line.size(), code_point, 16).ec == std::errc())
      entries.push_back({line.substr(0, blank), static_cast<char32_t>(code_point)});
  }
  return entries;
}

}  // namespace

std::optional<char32_t> icon_code_point(std::string_view name) {
  static std::vector<Entry> const table = read_table();
  auto const found = std::ranges::lower_bound(table, name, {}, &Entry::name);
  if (found == table.end() || found->name != name) return std::nullopt;
  return found->code_point;
}

}  // namespace yizhan::ui

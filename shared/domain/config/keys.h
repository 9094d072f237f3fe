#pragma once
/// The table of all keys of terminal.toml: each key's name, unit, range, explanation and place in Config, said once. The
/// reader and the example file are made from it.
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "shared/domain/config/config.h"

namespace yizhan::config {

/// least … most.
struct Number {
  int& (*of)(Config&);
  int least;
  int most;
};
/// One of a few numbers.
struct OneOf {
  int& (*of)(Config&);
  std::vector<int> allowed;
};
struct Flag {
  bool& (*of)(Config&);
};
/// `wanted` completes "must be …".
struct Line {
  std::string& (*of)(Config&);
  std::string_view wanted;
  bool (*fits)(std::string_view);
};
/// An array of texts; `read` stores them and says whether they fit.
struct Lines {
  std::string_view wanted;
  bool (*read)(Config&, std::vector<std::string> const&);
  std::vector<std::string> (*write)(Config const&);
};

struct Key {
  std::string_view path;  // "session.idle_seconds"
  std::string_view unit;  // "s", empty: none
  std::string_view help;
  std::variant<Number, OneOf, Flag, Line, Lines> field;
};

/// In the order of the example file: a section's keys stand together, above those of its subsections.
[[nodiscard]] std::span<Key const> all_keys();
/// What a value must be: "10 … 600", "58 or 80", "true or false", `wanted`.
[[nodiscard]] std::string wanted(Key const& key);

}  // namespace yizhan::config

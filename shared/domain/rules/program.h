#pragma once
/// A parsed rule: nodes in one array, arguments side by side.
#include <cstdint>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "shared/domain/rules/value.h"

namespace yizhan::rules {

enum class Op : std::uint8_t {
  constant,
  list,      // an array of rules
  variable,  // var whose name is written down: `path`
  // Those that decide themselves what to evaluate.
  condition,
  conjunction,
  disjunction,
  map,
  filter,
  reduce,
  all,
  none,
  some,
  // Those that get their arguments evaluated.
  var,
  missing,
  missing_some,
  equal,
  same,
  not_equal,
  not_same,
  negation,
  truth,
  greater,
  greater_equal,
  less,
  less_equal,
  max,
  min,
  plus,
  minus,
  times,
  divide,
  modulo,
  merge,
  in,
  cat,
  substr,
  log,
};

struct Node {
  Op op = Op::constant;
  std::uint32_t first = 0;  // arguments: nodes[first], nodes[first + 1] …
  std::uint32_t count = 0;
  std::uint32_t path = 0;  // of a variable, in `paths`
  Value constant;          // points into `logic`
};

struct Program {
  nlohmann::json logic;
  Limits limits;
  std::vector<Node> nodes;                      // the rule itself is the first
  std::vector<std::vector<std::string>> paths;  // an empty one is the whole data
  std::vector<std::string> variables;
  bool dynamic = false;
};

/// Arguments of an operator; those that were not given are undefined.
struct Arguments {
  Value const* first = nullptr;
  std::size_t count = 0;

  [[nodiscard]] Value operator[](std::size_t i) const { return i < count ? first[i] : Value{}; }
};

/// Checks and parses. Errors: as Rule::parse.
[[nodiscard]] Result<std::shared_ptr<Program const>> compile(nlohmann::json const& logic, Limits const& limits);

/// The operators that get their arguments evaluated.
[[nodiscard]] Value operate(Op op, Arguments arguments, Value const& data, Workspace& space);
[[nodiscard]] Value evaluate(Program const& program, Value const& data, Workspace& space);

}  // namespace yizhan::rules

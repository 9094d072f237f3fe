#pragma once
/// JsonLogic: conditions as data. Means exactly what the reference, npm json-logic-js 2.0.5, makes of the same rule
/// (README.md has the few exceptions), in bounded time and memory whatever the rule and the data are.
#include <cstddef>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/result.h"

namespace yizhan::rules {

/// What one rule may cost. A step is about 100 ns; long texts count as several.
struct Limits {
  int depth = 64;                  // arrays and objects within each other, in the rule
  std::size_t nodes = 10'000;      // values in the rule, itself among them
  std::size_t steps = 100'000;     // operators and elements visited by one evaluation
  std::size_t output = 1'000'000;  // values and bytes one evaluation may build
};

struct Program;

/// A rule that was checked once and is evaluated often. Copies share it. Thread: any.
class Rule {
 public:
  /// An object of one member is an operator, as in the reference; it must be a known one also where it would never be
  /// reached. Arrays hold rules; objects of none or several members are data.
  /// Errors: rule_unknown_operator, rule_too_deep, rule_too_large, each with the JSON Pointer inside the rule.
  static Result<Rule> parse(nlohmann::json const& logic, Limits const& limits = {});
  /// Errors: those of `parse` and of `parse_json`.
  static Result<Rule> parse_text(std::string_view text, Limits const& limits = {});

  /// What is no JSON (NaN, infinity, undefined) becomes null. Copies nothing of `data` but what is in the result.
  /// Errors: rule_too_long (steps or output used up), rule_too_deep (data or result are nested beyond 500),
  /// rule_bad_operand (where the reference throws: * of nothing, missing_some of null).
  [[nodiscard]] Result<nlohmann::json> evaluate(nlohmann::json const& data) const;
  /// Truthiness of the result. Errors: as evaluate.
  [[nodiscard]] Result<bool> test(nlohmann::json const& data) const;

  /// Names that var, missing and missing_some give as literals, sorted, unique, as written ("applicant.age"). Those
  /// inside filter, map, reduce, all, none and some name parts of an element, not of the data, and are not here.
  [[nodiscard]] std::vector<std::string> const& variables() const;
  /// The rule may read more of the data than `variables` says: a computed name occurs, or the whole data is taken.
  [[nodiscard]] bool dynamic() const;

 private:
  explicit Rule(std::shared_ptr<Program const> program) : m_program(std::move(program)) {}

  std::shared_ptr<Program const> m_program;
};

/// As JsonLogic defines it: false, null, 0, "" and [] are not; "0" and {} are.
[[nodiscard]] bool truthy(nlohmann::json const& value);

/// JSON text of bounded depth and count of values, refused before anything is built from it.
/// Errors: rule_malformed (not JSON; with the byte), rule_too_deep, rule_too_large.
Result<nlohmann::json> parse_json(std::string_view text, Limits const& limits = {});

}  // namespace yizhan::rules

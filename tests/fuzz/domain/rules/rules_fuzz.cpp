// A rule and its data, one line each: the rule is taken or refused with a place; what was taken ends within its budget
// and gives the same again, in JSON that can be written.
#include <cstdlib>

#include "shared/base/text.h"
#include "shared/domain/rules/json_logic.h"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  using namespace yizhan;
  auto const text = text::chars_of(std::as_bytes(std::span(data, size)));
  auto const line = text.find('\n');
  rules::Limits limits;
  limits.steps = 5'000;
  limits.output = 50'000;
  auto const rule = rules::Rule::parse_text(text.substr(0, line), limits);
  if (!rule) return 0;
  auto const values = rules::parse_json(line == text.npos ? "null" : text.substr(line + 1), limits);
  if (!values) return 0;

  auto const result = rule->evaluate(*values);
  auto const truth = rule->test(*values);
  if (!result) {
    auto const& error = result.error();
    if (!error.is("rule_too_long") && !error.is("rule_too_deep") && !error.is("rule_bad_operand")) std::abort();
    return 0;
  }
  // The result costs output to copy, its truth does not.
  if (!truth || rules::truthy(*result) > *truth) std::abort();
  auto const again = rule->evaluate(*values);
  if (!again || again->dump() != result->dump()) std::abort();
  if (!rules::parse_json(result->dump(), {.depth = 600, .nodes = 60'000})) std::abort();
  // Names that are not there read as null: without variables the data cannot matter.
  if (rule->variables().empty() && !rule->dynamic()) {
    auto const without = rule->evaluate(nullptr);
    if (!without || without->dump() != result->dump()) std::abort();
  }
  return 0;
}

#include "shared/domain/rules/json_logic.h"

#include "shared/domain/rules/program.h"

namespace yizhan::rules {

namespace {

/// Runs over the text once and counts brackets and commas outside of strings.
Result<void> measure(std::string_view text, Limits const& limits) {
  if (text.size() > limits.output) return Error::make("rule_too_large", Retry::no, std::to_string(text.size()));
  std::size_t values = 1;
  int depth = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    char const c = text[i];
    if (in_string) {
      if (c == '\\') ++i;
      in_string = c != '"';
      continue;
    }
    if (c == '"') in_string = true;
    if (c == ',') ++values;
    if (c == ']' || c == '}') --depth;
    if (c != '[' && c != '{') continue;
    ++values;
    if (++depth > limits.depth) return Error::make("rule_too_deep", Retry::no, "byte " + std::to_string(i));
  }
  // An empty array counts twice here, so that a rule of just the limit passes.
  if (values > 2 * limits.nodes) return Error::make("rule_too_large", Retry::no, std::to_string(values));
  return {};
}

}  // namespace

Result<nlohmann::json> parse_json(std::string_view text, Limits const& limits) {
  TRY(measure(text, limits));
  try {
    return nlohmann::json::parse(text);
  } catch (nlohmann::json::parse_error const& error) {
    return Error::make("rule_malformed", Retry::no, "byte " + std::to_string(error.byte));
  } catch (nlohmann::json::exception const&) {
    return Error::make("rule_malformed", Retry::no, "a number beyond all limits");
  }
}

Result<Rule> Rule::parse(nlohmann::json const& logic, Limits const& limits) {
  return Rule(TRY(compile(logic, limits)));
}

Result<Rule> Rule::parse_text(std::string_view text, Limits const& limits) {
  return parse(TRY(parse_json(text, limits)), limits);
}

Result<nlohmann::json> Rule::evaluate(nlohmann::json const& data) const {
  Workspace space(m_program->limits);
  auto result = to_json(rules::evaluate(*m_program, Value::of(data), space), space);
  if (space.failed()) return space.failure();
  return result;
}

Result<bool> Rule::test(nlohmann::json const& data) const {
  Workspace space(m_program->limits);
  bool const result = rules::evaluate(*m_program, Value::of(data), space).truthy();
  if (space.failed()) return space.failure();
  return result;
}

std::vector<std::string> const& Rule::variables() const { return m_program->variables; }
bool Rule::dynamic() const { return m_program->dynamic; }

bool truthy(nlohmann::json const& value) { return Value::of(value).truthy(); }

}  // namespace yizhan::rules

/// Our JsonLogic against the reference, npm json-logic-js 2.0.5 (fetched by setup/deps), run by Node.js.
#include <gtest/gtest.h>

#include <charconv>
#include <cstdlib>
#include <map>
#include <sstream>

#include "shared/base/text.h"
#include "shared/crypto/hash.h"
#include "shared/domain/rules/json_logic.h"
#include "tests/functional/rules/generator.h"
#include "tests/support/child_process.h"
#include "tests/support/demo_pki.h"

namespace yizhan::test {
namespace {

using nlohmann::json;

constexpr std::size_t k_rules = 20'000;
constexpr int k_depth = 5;

struct Case {
  json rule;
  json data;
};

std::vector<Case> cases(std::uint64_t seed) {
  Generator generator(seed);
  std::vector<Case> out;
  while (out.size() < k_rules) {
    auto rule = generator.rule(1 + static_cast<int>(out.size() % k_depth));
    out.push_back({std::move(rule), generator.data(3)});
  }
  return out;
}

void count_operators(json const& logic, std::map<std::string, int>& counts) {
  if (logic.is_object() && logic.size() == 1) ++counts[logic.begin().key()];
  if (!logic.is_array() && (!logic.is_object() || logic.size() != 1)) return;
  for (auto const& below : logic) count_operators(below, counts);
}

std::filesystem::path reference() { return source_folder() / "build/deps/json-logic-js/logic.js"; }

/// What the reference makes of each case, or nothing where it throws.
std::vector<json> reference_answers(std::vector<Case> const& all) {
  Command command;
  command.argv = {"node", (source_folder() / "tests/functional/rules/oracle.js").string(), reference().string()};
  for (auto const& one : all) command.input += json{{"rule", one.rule}, {"data", one.data}}.dump() + '\n';
  auto const outcome = run(command);
  EXPECT_EQ(outcome.exit, 0) << "Node.js (package nodejs) is wanted\n" << outcome.err;
  std::vector<json> answers;
  std::string_view rest = outcome.out;
  while (!rest.empty()) {
    auto const end = rest.find('\n');
    answers.push_back(json::parse(rest.substr(0, end)));
    rest.remove_prefix(end + 1);
  }
  return answers;
}

json our_answer(Case const& one) {
  rules::Limits limits;
  limits.steps = 10'000'000;
  limits.output = 100'000'000;
  auto const rule = rules::Rule::parse(one.rule, limits);
  if (!rule) return {{"error", rule.error().to_line()}};
  auto const value = rule->evaluate(one.data);
  if (!value) return value.error().is("rule_bad_operand") ? json::object() : json{{"error", value.error().to_line()}};
  return {{"value", *value}};
}

/// Where setup/deps could not fetch it nothing is compared, and the test says so.
class JsonLogicReference : public testing::Test {
  void SetUp() override {
    if (!std::filesystem::exists(reference())) GTEST_SKIP() << reference() << " is not there: run setup/deps";
  }
};

TEST_F(JsonLogicReference, IsTheReleaseItClaimsToBe) {
  auto const file = read_file(reference());
  EXPECT_EQ(crypto::sha256_hex(text::bytes_of(file)),
            "73a6dc521e8990c2eed330dcfdb35605d7e1065a6e19d26673cb7ad4cd09d881");
}

/// Prints what differs, the first twenty.
std::size_t differences(std::vector<Case> const& all, std::vector<json> const& wanted) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < all.size(); ++i) {
    auto const got = our_answer(all[i]);
    if (got == wanted[i] || ++count > 20) continue;
    ADD_FAILURE() << "rule " << all[i].rule << "\ndata " << all[i].data << "\nreference " << wanted[i] << "\nours "
                  << got;
  }
  return count;
}

TEST_F(JsonLogicReference, AgreesOnTheEdgesOfJavaScript) {
  std::vector<Case> all;
  std::istringstream lines(read_file(source_folder() / "tests/functional/rules/edges.jsonl"));
  for (std::string line; std::getline(lines, line);) {
    auto const one = json::parse(line);
    all.push_back({one["rule"], one["data"]});
  }
  ASSERT_GT(all.size(), 500u);
  auto const wanted = reference_answers(all);
  ASSERT_EQ(wanted.size(), all.size());
  EXPECT_EQ(differences(all, wanted), 0u);
}

TEST_F(JsonLogicReference, AgreesOnTwentyThousandRulesOverAllOperators) {
  std::uint64_t seed = 20261124;
  if (char const* const given = std::getenv("YIZHAN_RULES_SEED")) {
    std::string_view const digits = given;
    std::from_chars(digits.data(), digits.data() + digits.size(), seed);
  }
  auto const all = cases(seed);
  auto const wanted = reference_answers(all);
  ASSERT_EQ(wanted.size(), all.size());

  auto const differing = differences(all, wanted);
  EXPECT_EQ(differing, 0u);
  std::map<std::string, int> counts;
  std::map<std::string, int> kinds;
  for (auto const& one : all) count_operators(one.rule, counts);
  for (auto const& one : wanted) ++kinds[one.contains("value") ? one["value"].type_name() : "throws"];
  for (auto const op : Generator::operators()) EXPECT_GE(counts[std::string(op)], 300) << op;
  EXPECT_EQ(counts.size(), Generator::operators().size());
  // A comparison of nothing but nulls would say little.
  for (auto const* kind : {"null", "boolean", "number", "string", "array"}) EXPECT_GE(kinds[kind], 1000) << kind;
  for (auto const* kind : {"object", "throws"}) EXPECT_GE(kinds[kind], 100) << kind;
  std::printf("%zu rules, %zu differences (seed %llu)\n", all.size(), differing, static_cast<unsigned long long>(seed));
}

}  // namespace
}  // namespace yizhan::test

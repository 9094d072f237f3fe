#pragma once
/// Runs yizhanctl; whatever it is asked, it tells nobody's name or number without --reveal.
#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "tests/support/child_process.h"
#include "tests/support/demo_pki.h"
#include "tests/support/temp_dir.h"

namespace yizhan::test {

inline constexpr int k_answered = 0;
inline constexpr int k_wrong_usage = 2;
inline constexpr int k_bad_data = 65;
inline constexpr int k_unavailable = 69;
inline constexpr int k_not_permitted = 77;

inline nlohmann::json people() { return nlohmann::json::parse(read_file(source_folder() / "assets/demo/people.json")); }

inline void expect_nobody_in(std::string const& text) {
  auto const everybody = people();
  for (auto const& [key, person] : everybody.items()) {
    for (auto const* field : {"name", "name_en", "number", "old_number", "permit_number", "address"}) {
      auto const value = person.value(field, std::string());
      EXPECT_TRUE(value.empty() || text.find(value) == std::string::npos) << key << "'s " << field << " is shown";
    }
  }
}

inline Outcome ctl(std::vector<std::string> arguments, std::string input = {}) {
  Command command;
  bool const revealed = std::ranges::find(arguments, "--reveal") != arguments.end();
  command.argv = {program("yizhanctl").string()};
  command.argv.insert(command.argv.end(), arguments.begin(), arguments.end());
  command.input = std::move(input);
  auto outcome = run(command);
  if (!revealed) expect_nobody_in(outcome.out + outcome.err);
  return outcome;
}

/// The lines of an answer, each one JSON object.
inline std::vector<nlohmann::json> lines_of(Outcome const& outcome) {
  std::vector<nlohmann::json> lines;
  std::string_view rest = outcome.out;
  while (!rest.empty()) {
    auto const end = rest.find('\n');
    auto line = nlohmann::json::parse(rest.substr(0, end), nullptr, false);
    EXPECT_TRUE(line.is_object()) << rest.substr(0, end);
    lines.push_back(std::move(line));
    rest.remove_prefix(std::min(end, rest.size() - 1) + 1);
  }
  return lines;
}
/// Of an answer of one line. An empty object where there is none.
inline nlohmann::json answer_of(Outcome const& outcome) {
  auto const lines = lines_of(outcome);
  EXPECT_EQ(lines.size(), 1u) << outcome.out << outcome.err;
  return lines.empty() ? nlohmann::json::object() : lines[0];
}

/// One line on standard error, and the exit code.
inline void expect_refusal(Outcome const& outcome, int exit, std::string const& code) {
  EXPECT_EQ(outcome.exit, exit) << outcome.err;
  EXPECT_TRUE(outcome.err.starts_with("yizhanctl: " + code)) << outcome.err;
  EXPECT_EQ(std::ranges::count(outcome.err, '\n'), 1) << outcome.err;
}

}  // namespace yizhan::test

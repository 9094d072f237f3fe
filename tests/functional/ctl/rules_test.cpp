#include "tests/functional/ctl/ctl.h"

namespace yizhan::test {
namespace {

using nlohmann::json;

class RulesEval : public testing::Test {
 protected:
  Outcome eval(std::string const& rule, std::string const& data) {
    write_file(m_folder / "rule.json", rule);
    write_file(m_folder / "data.json", data);
    return ctl({"rules", "eval", (m_folder / "rule.json").string(), (m_folder / "data.json").string()});
  }
  /// Refused, with this after the file's name.
  void expect_fault(Outcome const& outcome, std::string const& code, std::string const& file,
                    std::string const& place) {
    expect_refusal(outcome, k_bad_data, code);
    EXPECT_NE(outcome.err.find((m_folder / file).string() + ": " + place), std::string::npos) << outcome.err;
    EXPECT_EQ(outcome.out, "");
  }

  TempDir m_folder{"rules"};
};

TEST_F(RulesEval, PrintsTheResultAsALine) {
  auto const outcome = eval(R"({"and":[{">=":[{"var":"age"},60]},{"in":["武昌",{"var":"address"}]}]})",
                            R"({"age":61,"address":"湖北省武汉市武昌区"})");
  EXPECT_EQ(outcome.exit, k_answered) << outcome.err;
  EXPECT_EQ(outcome.out, "true\n");
  EXPECT_EQ(eval(R"({"cat":["第",{"var":""},"号"]})", "7").out, "\"第7号\"\n");
  EXPECT_EQ(eval(R"({"/":[1,0]})", "{}").out, "null\n");
  EXPECT_EQ(eval(R"({"map":[{"var":"n"},{"*":[{"var":""},2]}]})", R"({"n":[1,2]})").out, "[2,4]\n");
}

TEST_F(RulesEval, NamesWhatIsWrongAndWhere) {
  expect_fault(eval(R"({"if":[true,1,{"nonsense":2}]})", "{}"), "rule_unknown_operator", "rule.json",
               "/if/2/nonsense; ");
  expect_fault(eval(R"({"and":[1,})", "{}"), "rule_malformed", "rule.json", "byte 11; ");
  expect_fault(eval("1", "{"), "rule_malformed", "data.json", "byte ");
  expect_fault(eval(R"({"*":[]})", "{}"), "rule_bad_operand", "rule.json", "*: ");
}

TEST_F(RulesEval, DepthAndTimeHaveAnEnd) {
  std::string deep;
  for (int i = 0; i < 10'000; ++i) deep += R"({"!":)";
  deep += "1" + std::string(10'000, '}');
  expect_fault(eval(deep, "{}"), "rule_too_deep", "rule.json", "byte ");
  expect_fault(eval("1", std::string(1'000'000, '[')), "rule_too_deep", "data.json", "byte ");

  auto logic = json::parse(R"({"var":""})");
  json const list(std::vector<int>(100, 1));
  for (int i = 0; i < 6; ++i) logic = json{{"map", {list, logic}}};
  expect_fault(eval(logic.dump(), "{}"), "rule_too_long", "rule.json", "steps; ");
}

TEST_F(RulesEval, FilesAreWanted) {
  expect_refusal(ctl({"rules", "eval", (m_folder / "none").string(), (m_folder / "none").string()}), k_bad_data,
                 "file_unreadable");
  EXPECT_EQ(ctl({"rules", "eval", "rule.json"}).exit, k_wrong_usage);
  EXPECT_EQ(ctl({"rules"}).exit, k_wrong_usage);
}

std::string due(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), "workdays");
  auto const outcome = ctl(std::move(arguments));
  EXPECT_EQ(outcome.exit, k_answered) << outcome.err;
  return outcome.out;
}

TEST(Workdays, AreCountedByTheDeliveredHolidays) {
  EXPECT_EQ(due({"2026-02-13", "5"}), "{\"due\":\"2026-02-27\",\"provisional\":false}\n");
  EXPECT_EQ(due({"2025-12-31", "2"}), "{\"due\":\"2026-01-05\",\"provisional\":false}\n");
  EXPECT_EQ(due({"2026-12-30", "5"}), "{\"due\":\"2027-01-06\",\"provisional\":true}\n");
  EXPECT_EQ(due({"2026-09-20", "11", "--natural"}), "{\"due\":\"2026-10-08\",\"provisional\":false}\n");
}

TEST(Workdays, ByAnotherCalendar) {
  TempDir const folder("workdays");
  auto const file = (folder / "holidays.json").string();
  write_file(file, R"({"version":2,"years":[{"year":2027,"off":["2027-03-02"],"work":["2027-03-06"]}]})");
  EXPECT_EQ(due({"2027-03-01", "4", "--calendar", file}), "{\"due\":\"2027-03-06\",\"provisional\":false}\n");
  write_file(file, R"({"version":2,"years":[{"year":2027,"off":["2027-02-29"],"work":[]}]})");
  auto const refused = ctl({"workdays", "2027-03-01", "4", "--calendar", file});
  expect_refusal(refused, k_bad_data, "calendar_invalid");
  EXPECT_NE(refused.err.find(file + ": /years/0/off/0: "), std::string::npos) << refused.err;
  expect_refusal(ctl({"workdays", "2027-03-01", "4", "--calendar", (folder / "none").string()}), k_bad_data,
                 "file_unreadable");
}

TEST(Workdays, WrongDatesAndCountsAreWrongUsage) {
  for (auto const& arguments : {std::vector<std::string>{"2026-02-30", "5"},
                                {"20260213", "5"},
                                {"today", "5"},
                                {"2026-02-13", "five"},
                                {"2026-02-13", "-1"},
                                {"2026-02-13", "1.5"},
                                {"2026-02-13", "10001"},
                                {"2026-02-13", ""},
                                {"2026-02-13"}}) {
    auto all = arguments;
    all.insert(all.begin(), "workdays");
    auto const outcome = ctl(all);
    EXPECT_EQ(outcome.exit, k_wrong_usage) << testing::PrintToString(arguments) << outcome.out;
    EXPECT_EQ(outcome.out, "");
  }
}

}  // namespace
}  // namespace yizhan::test

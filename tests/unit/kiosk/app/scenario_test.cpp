// Scenario files: what they may say, and that every mistake is named with its line.
#include "kiosk/app/scenario.h"

#include <gtest/gtest.h>

#include "tests/support/demo_pki.h"
#include "tests/support/temp_dir.h"

namespace yizhan::app {
namespace {

using namespace std::chrono_literals;
using Words = std::vector<std::string>;

std::string mistake(std::string_view text) {
  auto const parsed = parse_scenario(text);
  if (parsed) return "none";
  EXPECT_TRUE(parsed.error().is("scenario_syntax"));
  return parsed.error().detail();
}

TEST(Scenarios, AreOneStepALineWithTimesQuotesAndComments) {
  auto const scenario = parse_scenario(R"(# a visit
seed 42

at 0s    tap resident.home.take_ticket   # a key, never a label
	at 200ms type resident.phone "138 0000 \"x\" \\ # no comment"
within 2min expect text "A001"
expect outbox ticket.issued 1)");
  ASSERT_TRUE(scenario) << scenario.error().to_line();
  EXPECT_EQ(scenario->seed, 42u);
  ASSERT_EQ(scenario->steps.size(), 4u);
  EXPECT_EQ(scenario->steps[0].line, 4);
  EXPECT_EQ(scenario->steps[0].at, Duration(0s));
  EXPECT_EQ(scenario->steps[0].words, (Words{"tap", "resident.home.take_ticket"}));
  EXPECT_EQ(scenario->steps[1].at, Duration(200ms));
  EXPECT_EQ(scenario->steps[1].words[2], "138 0000 \"x\" \\ # no comment");
  EXPECT_EQ(scenario->steps[2].within, Duration(2min));
  EXPECT_FALSE(scenario->steps[2].at);
  EXPECT_EQ(scenario->steps[3].line, 7);
}

TEST(Scenarios, MayMoveADeviceAtOnceAndLimitRealTime) {
  auto const scenario = parse_scenario("now reader unplug\nreal 3500ms expect text \"gone\"\n");
  ASSERT_TRUE(scenario) << scenario.error().to_line();
  ASSERT_EQ(scenario->steps.size(), 2u);
  EXPECT_TRUE(scenario->steps[0].now);
  EXPECT_EQ(scenario->steps[0].words, (Words{"reader", "unplug"}));
  EXPECT_FALSE(scenario->steps[1].now);
  EXPECT_EQ(scenario->steps[1].real, Duration(3500ms));
}

TEST(Scenarios, WindowsLineEndsAreNoMistake) {
  auto const scenario = parse_scenario("seed 3\r\nat 1s release\r\n");
  ASSERT_TRUE(scenario);
  EXPECT_EQ(scenario->steps[0].words, Words{"release"});
}

TEST(Scenarios, EveryMistakeHasItsLine) {
  std::pair<char const*, char const*> const mistakes[] = {
      {"seed 1\njump\n", "line 2: unknown step jump"},
      {"tap\n", "line 1: wrong number of words for tap"},
      {"\n\ntap a b\n", "line 3: wrong number of words for tap"},
      {"type a \"b\n", "line 1: a quote is not closed"},
      {"at soon tap a\n", "line 1: not a duration: soon"},
      {"at -1s tap a\n", "line 1: not a duration: -1s"},
      {"at 5 tap a\n", "line 1: not a duration: 5"},
      {"at 5h tap a\n", "line 1: not a duration: 5h"},
      {"at 5s\n", "line 1: nothing to do"},
      {"at 5s tap a\nat 4s tap b\n", "line 2: time goes back"},
      {"within 5s tap a\n", "line 1: within goes with expect"},
      {"real 5s tap a\n", "line 1: real goes with expect"},
      {"now tap a\n", "line 1: now goes with devices and capture"},
      {"now expect state a\n", "line 1: now goes with devices and capture"},
      {"now at 1s reader unplug\n", "line 1: now goes with devices and capture"},
      {"now\n", "line 1: nothing to do"},
      {"expect sunshine bright\n", "line 1: unknown expectation sunshine"},
      {"expect outbox ticket.issued\n", "line 1: wrong number of words for expect outbox"},
      {"expect state a b\n", "line 1: wrong number of words for expect state"},
      {"seed\n", "line 1: seed wants one number"},
      {"seed 1x\n", "line 1: seed wants a number"},
      {"tap \xff\xfe\n", "line 1: not UTF-8"},
  };
  for (auto const& [text, wanted] : mistakes) EXPECT_EQ(mistake(text), wanted) << text;
}

TEST(Scenarios, AnEmptyFileIsAScenarioOfNothing) {
  EXPECT_EQ(mistake(""), "none");
  EXPECT_EQ(mistake("# nothing\n\n"), "none");
}

TEST(Scenarios, DurationsHaveAUnitAndALimit) {
  EXPECT_EQ(parse_duration("1500ms").value(), Duration(1500ms));
  EXPECT_EQ(parse_duration("85s").value(), Duration(85s));
  EXPECT_EQ(parse_duration("2min").value(), Duration(2min));
  for (auto const* word : {"", "s", "1.5s", "1000001s", "99999999999999999999s", "+1s", "1S"}) {
    EXPECT_FALSE(parse_duration(word)) << word;
  }
}

TEST(Scenarios, AMissingFileIsAnErrorThatIsNotSyntax) {
  test::TempDir const folder("scn");
  auto const missing = load_scenario(folder / "none.scn");
  ASSERT_FALSE(missing);
  EXPECT_FALSE(missing.error().is("scenario_syntax"));
}

TEST(Scenarios, ThoseOfThisProjectAreAllReadable) {
  int files = 0;
  for (auto const& entry : std::filesystem::recursive_directory_iterator(test::source_folder() / "tests/flow")) {
    if (entry.path().extension() != ".scn") continue;
    auto const loaded = load_scenario(entry.path());
    EXPECT_TRUE(loaded) << entry.path() << ": " << loaded.error().to_line();
    ++files;
  }
  EXPECT_GE(files, 9);
}

}  // namespace
}  // namespace yizhan::app

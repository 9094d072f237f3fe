// The command line: contracts with whoever starts the program.
#include "kiosk/app/options.h"

#include <gtest/gtest.h>

namespace yizhan::app {
namespace {

struct Told {
  Parsed parsed;
  std::string out;
  std::string err;
};

Told parse(std::vector<char const*> words) {
  words.insert(words.begin(), "yizhan-kiosk");
  testing::internal::CaptureStdout();
  testing::internal::CaptureStderr();
  auto parsed = parse_options(static_cast<int>(words.size()), words.data());
  auto out = testing::internal::GetCapturedStdout();
  return {std::move(parsed), std::move(out), testing::internal::GetCapturedStderr()};
}

TEST(Options, DefaultsAreThoseOfAnInstalledMachine) {
  auto const told = parse({});
  ASSERT_TRUE(told.parsed.options);
  EXPECT_EQ(told.parsed.options->config, "/etc/yizhan/terminal.toml");
  EXPECT_EQ(told.parsed.options->profile, crypto::Profile::production);
  EXPECT_TRUE(told.parsed.options->modes.empty()) << "the configuration's";
  EXPECT_FALSE(told.parsed.options->windowed);
}

TEST(Options, ModesAreAListInItsOrder) {
  auto const told = parse({"--mode", "resident,counter,display"});
  ASSERT_TRUE(told.parsed.options);
  EXPECT_EQ(told.parsed.options->modes,
            (std::vector{config::Mode::resident, config::Mode::counter, config::Mode::display}));
}

TEST(Options, AWindowHasASize) {
  auto const told = parse({"--windowed", "1080x1920"});
  ASSERT_TRUE(told.parsed.options);
  EXPECT_EQ(told.parsed.options->windowed, std::pair(1080, 1920));
}

TEST(Options, WrongUsageIsTwoAndSaysWhatIsWrong) {
  std::vector<std::vector<char const*>> const wrong = {
      {"--windowed", "1080"},
      {"--windowed", "1080x"},
      {"--windowed", "x1920"},
      {"--windowed", "1080x1920x3"},
      {"--windowed", "10x10"},
      {"--windowed", "9999x9999"},
      {"--mode", "kitchen"},
      {"--mode", "resident,,counter"},
      {"--profile", "test"},
      {"--lang", "fr"},
      {"--unknown"},
      {"stray"},
      {"--scenario", "a.scn"},
      {"--dock"},
      {"--config"},
  };
  for (auto const& words : wrong) {
    auto const told = parse(words);
    EXPECT_FALSE(told.parsed.options) << words.back();
    EXPECT_EQ(told.parsed.exit_code, 2) << words.back();
    EXPECT_FALSE(told.err.empty()) << words.back();
  }
}

TEST(Options, ScenariosAndTheDockBelongToTheDemo) {
  auto const told = parse({"--profile", "demo", "--scenario", "a.scn", "--capture", "pictures", "--exit-when-done"});
  ASSERT_TRUE(told.parsed.options);
  EXPECT_EQ(told.parsed.options->scenario, "a.scn");
  EXPECT_TRUE(told.parsed.options->exit_when_done);
  EXPECT_NE(parse({"--dock"}).err.find("--profile demo"), std::string::npos);
}

TEST(Options, HelpAndVersionAreAnswersNotErrors) {
  auto const help = parse({"--help"});
  EXPECT_FALSE(help.parsed.options);
  EXPECT_EQ(help.parsed.exit_code, 0);
  for (auto const* option : {"--config", "--data", "--mode", "--windowed", "--profile", "--lang", "--scenario",
                             "--capture", "--exit-when-done"}) {
    EXPECT_NE(help.out.find(option), std::string::npos) << option;
  }
  auto const version = parse({"--version"});
  EXPECT_EQ(version.parsed.exit_code, 0);
  EXPECT_TRUE(version.out.starts_with("yizhan-kiosk ")) << version.out;
}

}  // namespace
}  // namespace yizhan::app

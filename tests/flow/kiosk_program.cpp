#include "tests/flow/kiosk_program.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <stdexcept>

#include "shared/base/real_env.h"
#include "shared/domain/calendar/hall_time.h"
#include "tests/support/demo_pki.h"

namespace yizhan::test {

namespace {

constexpr auto k_limit = std::chrono::minutes(6);

/// Where it is not about to be midnight: a visit of a few minutes belongs to one business day.
std::string quiet_zone() {
  RealEnv env;
  auto const minute = calendar::local_minute_of_day(env.wall.now(), "Asia/Shanghai");
  constexpr auto k_late = std::chrono::minutes(23 * 60);
  return minute && *minute >= k_late ? "Europe/London" : "Asia/Shanghai";
}

}  // namespace

Kiosk::Kiosk(KioskOptions options) : m_options(std::move(options)) {
  std::filesystem::create_directory(meet());
  write_file(config(), R"([terminal]
id = "001"
hall = "420106001001"
series = "KX"
counter = "3"
[hall]
hours = ["00:00-24:00"]
timezone = ")" + quiet_zone() +
                           R"("
[devices.id_reader]
port = "emulated"
[devices.code_scanner]
)" + m_options.scanner + R"( = "emulated"
[devices.ticket_printer]
port = "emulated"
[devices.speech]
enabled = true
[speech]
guidance = true
)" + m_options.more_config);
}

Command Kiosk::command() const {
  Command command;
  command.argv = {program("yizhan-kiosk").string(),
                  "--profile",
                  "demo",
                  "--config",
                  config().string(),
                  "--data",
                  data().string(),
                  "--mode",
                  m_options.modes,
                  "--windowed",
                  m_options.size};
  // Mesa and D-Bus are unloaded before a leak checker looks, so that it can no longer name what they keep. Leaks of ours
  // are found by the tests of the rooms.
  char const* const sanitizer = std::getenv("ASAN_OPTIONS");
  command.environment.emplace_back("ASAN_OPTIONS",
                                   (sanitizer != nullptr ? sanitizer + std::string(":") : "") + "detect_leaks=0");
  return command;
}

Command Kiosk::play_command(std::filesystem::path const& scenario) const {
  auto command = this->command();
  for (auto const& word :
       {std::string("--scenario"), scenario.string(), std::string("--capture"), std::string(YIZHAN_PICTURES),
        std::string("--rendezvous"), meet().string(), std::string("--exit-when-done")}) {
    command.argv.push_back(word);
  }
  return command;
}

Outcome Kiosk::play(std::filesystem::path const& scenario) const { return run(play_command(scenario), k_limit); }

Outcome Kiosk::play_text(std::string const& scenario) const {
  auto const file = m_folder / "scenario.scn";
  write_file(file, scenario);
  return play(file);
}

Command Kiosk::ctl_command(std::vector<std::string> arguments) const {
  Command command;
  command.argv = {program("yizhanctl").string()};
  command.argv.insert(command.argv.end(), arguments.begin(), arguments.end());
  command.argv.insert(command.argv.end(),
                      {"--config", config().string(), "--data", data().string(), "--profile", "demo"});
  return command;
}

Outcome Kiosk::ctl(std::vector<std::string> arguments, std::string input) const {
  auto command = ctl_command(std::move(arguments));
  command.input = std::move(input);
  return run(command);
}

void Kiosk::add_clerk() const {
  auto const added = ctl({"staff", "add", "--number", "1001"}, "246810\n");
  if (added.exit != 0) throw std::runtime_error("no clerk: " + added.err);
}

int run_with_display(int count, char** arguments) {
  testing::InitGoogleTest(&count, arguments);
  VirtualDisplay const display;
  return RUN_ALL_TESTS();
}

}  // namespace yizhan::test

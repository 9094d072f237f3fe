#pragma once
/// yizhan-kiosk as a test's subject: a data folder and a configuration of its own, an Xvfb of the test program's own.
#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "tests/support/child_process.h"
#include "tests/support/display/virtual_display.h"
#include "tests/support/temp_dir.h"

namespace yizhan::test {

/// What a machine is, beside the defaults: emulated reader, camera and printer, open all day, no platform.
struct KioskOptions {
  std::string modes = "resident";
  std::string size = "1080x1920";
  /// Lines for the sections that follow [devices.speech] in the file, e.g. "[session]\nidle_seconds = 30\n".
  std::string more_config;
  /// What codes are read with: "camera" or "port", a scanner module.
  std::string scanner = "camera";
};

class Kiosk {
 public:
  explicit Kiosk(KioskOptions options = {});

  [[nodiscard]] std::filesystem::path data() const { return m_folder / "data"; }
  [[nodiscard]] std::filesystem::path config() const { return m_folder / "terminal.toml"; }
  /// Where scenarios meet others: what `signal NAME` and `await NAME` leave and look for.
  [[nodiscard]] std::filesystem::path meet() const { return m_folder / "meet"; }

  /// The command line without a scenario.
  [[nodiscard]] Command command() const;
  /// The command line that plays a scenario; pictures go to <build>/flow.
  [[nodiscard]] Command play_command(std::filesystem::path const& scenario) const;
  /// Plays a scenario to its end.
  [[nodiscard]] Outcome play(std::filesystem::path const& scenario) const;
  [[nodiscard]] Outcome play_text(std::string const& scenario) const;
  /// Starts it with a scenario that changes nothing, and waits for its end.
  [[nodiscard]] Outcome start() const { return play_text("expect tickets 0\n"); }
  /// yizhanctl on this machine's data folder: its command line, and run to its end.
  [[nodiscard]] Command ctl_command(std::vector<std::string> arguments) const;
  [[nodiscard]] Outcome ctl(std::vector<std::string> arguments, std::string input = {}) const;

  /// A clerk who may sign in, before the program runs: number 1001, PIN 246810.
  void add_clerk() const;

 private:
  TempDir m_folder{"kiosk"};
  KioskOptions m_options;
};

/// main() of the flow tests: the display, then all tests.
int run_with_display(int count, char** arguments);

}  // namespace yizhan::test

#pragma once
/// Plays a scenario on the running program through the same windows, devices and wires a person would use.
/// Thread: ui.
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "kiosk/app/mode.h"
#include "kiosk/app/scenario.h"
#include "shared/base/manual_env.h"

namespace yizhan::app {

class ScenarioRunner {
 public:
  struct Stage {
    Services const& services;
    ManualClock& clock;
    std::vector<std::pair<Mode*, ui::Window*>> modes;
    std::filesystem::path capture;
    std::filesystem::path rendezvous;
  };
  ScenarioRunner(Scenario scenario, Stage stage);

  /// Does what can be done now. True: the scenario is over (see failure()).
  bool advance();
  /// What went wrong, with the step's line; empty: nothing.
  [[nodiscard]] std::string const& failure() const { return m_failure; }

 private:
  enum class Outcome { done, wait, failed };
  Outcome perform(ScenarioStep const& step);
  /// With the days that {…} stand for.
  [[nodiscard]] std::string dated(std::string word) const;
  Outcome expect(ScenarioStep const& step);
  /// A step with a limit in real time.
  Outcome judge_in_time(ScenarioStep const& step, bool fits);
  Outcome ask_outbox(std::vector<std::string> const& words);
  Outcome capture(std::string const& name);
  /// The emulated devices' own words.
  Outcome move_device(std::vector<std::string> const& words);
  Outcome fail(std::string why);
  /// The window whose tree has this key, else the first.
  ui::Window& window_of(std::string_view key) const;
  [[nodiscard]] bool settled() const;
  void advance_clock(Duration by);

  Scenario m_scenario;
  Stage m_stage;
  std::size_t m_next = 0;
  Duration m_elapsed{};
  Duration m_patience = std::chrono::seconds(20);
  RealSteadyClock m_real;
  std::optional<SteadyTime> m_step_began;  // real time
  std::optional<SteadyTime> m_settled_since;
  std::optional<SteadyTime> m_device_moved;  // real time: the last word to a device
  Duration m_within_used{};
  std::optional<std::int64_t> m_count;  // an answer about the outbox
  bool m_counting = false;
  std::string m_failure;
  std::string m_last_seen;
  OwnerToken m_alive;
};

}  // namespace yizhan::app

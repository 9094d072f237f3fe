#pragma once
/// The composition root: windows, machine, devices, modes and the loop that joins them. Thread: ui.
#include <filesystem>
#include <memory>
#include <vector>

#include "kiosk/app/front_panel.h"
#include "kiosk/app/mode.h"
#include "kiosk/app/options.h"
#include "kiosk/app/paper_roll.h"
#include "kiosk/app/scenario_runner.h"

namespace yizhan::app {

class Dock;

class App {
 public:
  /// With a scenario time is the scenario's.
  App(Options options, config::Config config, std::optional<Scenario> scenario);
  ~App();

  /// Runs until the window is closed or, with --exit-when-done, the scenario is over. Returns the exit code; what went
  /// wrong is one line on stderr.
  int run();

 private:
  struct Screen {
    ui::Window* window;
    config::Mode kind;
    std::unique_ptr<Mode> mode;  // after the machine has started
  };

  Result<void> open();
  Result<void> open_window(config::Mode mode, std::size_t index);
  void machine_started(Result<void> started);
  std::unique_ptr<Mode> make_mode(config::Mode kind, ui::Window& window);
  void connect_devices();
  void documents_changed();
  void take_waiting_catalog();
  void heed_burst(ui::KeyBurst burst);
  void draw(Screen& screen, ui::Ui& ui);
  [[nodiscard]] Duration tick();
  void report_first_frame();

  Options m_options;
  config::Config m_config;
  RealEnv m_real;
  std::optional<Scenario> m_scenario;
  ManualClock m_scenario_clock;
  Env m_env;
  std::unique_ptr<ui::Desktop> m_desktop;
  UiQueue m_queue;
  std::vector<Screen> m_screens;
  std::unique_ptr<Machine> m_machine;
  std::unique_ptr<Devices> m_devices;
  std::unique_ptr<FrontPanel> m_panel;
  std::unique_ptr<PaperRoll> m_roll;
  std::optional<Services> m_services;
  std::unique_ptr<ScenarioRunner> m_runner;
  std::unique_ptr<Dock> m_dock;
  std::optional<Error> m_failure;
  bool m_first_frame_logged = false;
  std::string m_clock_shown;
  bool m_offline_shown = false;
};

}  // namespace yizhan::app

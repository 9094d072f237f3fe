#include "kiosk/app/app.h"

#include <malloc.h>

#include <fmt/format.h>

#include <iostream>

#include "kiosk/app/dock.h"
#include "kiosk/app/exit_code.h"
#include "kiosk/ui/widgets.h"
#include "peripherals/panel/keypad_map.h"
#include "shared/base/log.h"

namespace yizhan::app {

namespace {

constexpr auto k_longest_wait = std::chrono::seconds(5);
constexpr auto k_scenario_wait = std::chrono::milliseconds(5);
constexpr auto k_clock_look = std::chrono::seconds(5);
constexpr float k_board_mm = 1210;  // the longer side of a 55-inch panel, which is read from 8 m

ui::Palette palette_of(std::string const& theme) {
  if (theme == "dark_yellow") return ui::Palette::yellow;
  if (theme == "high_contrast") return ui::Palette::contrast;
  return ui::Palette::civic;
}

ui::Key key_of(device::KeypadAction action) {
  switch (action) {
    case device::KeypadAction::up: return ui::Key::up;
    case device::KeypadAction::down: return ui::Key::down;
    case device::KeypadAction::left: return ui::Key::left;
    case device::KeypadAction::right: return ui::Key::right;
    case device::KeypadAction::ok: return ui::Key::enter;
    case device::KeypadAction::back: return ui::Key::escape;
    case device::KeypadAction::help: return ui::Key::help;
    case device::KeypadAction::repeat: return ui::Key::repeat;
    case device::KeypadAction::louder: return ui::Key::louder;
    case device::KeypadAction::softer: return ui::Key::softer;
  }
  return ui::Key::none;
}

/// Errors: keypad_keys.
Result<std::map<std::uint16_t, ui::Key>> keypad_of(std::string const& keys) {
  auto meant = panel::default_keypad();
  if (keys != "default") meant = TRY(panel::parse_keypad(keys));
  std::map<std::uint16_t, ui::Key> map;
  for (auto const& [code, action] : meant) map[code] = key_of(action);
  return map;
}

ui::Scale scale_of(config::Mode mode) {
  switch (mode) {
    case config::Mode::resident: return ui::Scale::kiosk;
    case config::Mode::counter: return ui::Scale::counter;
    case config::Mode::display: return ui::Scale::display;
    case config::Mode::technician: return ui::Scale::technician;
  }
  return ui::Scale::kiosk;
}

}  // namespace

App::App(Options options, config::Config config, std::optional<Scenario> scenario)
    : m_options(std::move(options)),
      m_config(std::move(config)),
      m_scenario(std::move(scenario)),
      m_scenario_clock(m_real.wall.now()),
      m_env(m_scenario ? Env{m_scenario_clock.wall(), m_scenario_clock.steady(), m_real.rng, m_real.secure_rng}
                       : m_real.env()),
      m_queue([this] {
        if (m_desktop) m_desktop->wake();
      }) {
  if (!m_options.modes.empty()) m_config.terminal.modes = m_options.modes;
  if (!m_options.language.empty()) m_config.terminal.language = m_options.language;
}

App::~App() {
  // The modes' questions end with them; then the machine, which still may post; then the windows.
  m_runner.reset();
  m_dock.reset();
  for (auto& screen : m_screens) screen.mode.reset();
  m_panel.reset();
  m_devices.reset();
  m_roll.reset();
  m_machine.reset();
}

int App::run() {
  if (auto opened = open(); !opened) {
    std::cerr << "yizhan-kiosk: " << opened.error().to_line() << '\n';
    return exit_code_of(opened.error());
  }
  while (!m_desktop->closing() && !m_failure) {
    m_queue.drain();
    for (auto& screen : m_screens) {
      if (screen.mode) screen.mode->process();
    }
    auto const wait = tick();
    if (m_runner && m_runner->advance()) {
      if (!m_runner->failure().empty()) {
        std::cerr << "yizhan-kiosk: " << m_options.scenario.string() << ": " << m_runner->failure() << '\n';
        return k_exit_failed;
      }
      if (m_options.exit_when_done) return k_exit_done;
      m_runner.reset();
    }
    m_desktop->pump(m_runner ? std::min<Duration>(wait, k_scenario_wait) : wait);
    report_first_frame();
  }
  if (!m_failure) return k_exit_done;
  std::cerr << "yizhan-kiosk: " << m_failure->to_line() << '\n';
  return exit_code_of(*m_failure);
}

Result<void> App::open() {
  auto keys = TRY(keypad_of(m_config.devices.keypad.keys));
  m_desktop = TRY(ui::Desktop::create(m_real.steady, ui::Translations::builtin()));
  m_desktop->map_keys(std::move(keys));
  m_desktop->on_burst([this](ui::KeyBurst burst) { heed_burst(std::move(burst)); });
  for (std::size_t i = 0; i < m_config.terminal.modes.size(); ++i) TRY(open_window(m_config.terminal.modes[i], i));

  m_machine =
      std::make_unique<Machine>(office::Premises::Options{m_config, m_options.data, m_options.profile}, m_env, m_queue);
  m_machine->start([this](Result<void> started) { machine_started(std::move(started)); });
  return {};
}

Result<void> App::open_window(config::Mode mode, std::size_t index) {
  auto const& terminal = m_config.terminal;
  ui::WindowSpec spec;
  spec.title = fmt::format("Yizhan {}", config::to_string(mode));
  spec.scale = scale_of(mode);
  spec.panel = {terminal.panel_width_px, terminal.panel_height_px, static_cast<float>(terminal.panel_width_mm),
                static_cast<float>(terminal.panel_height_mm)};
  if (m_options.windowed) {
    // The same panel seen through another window: millimetres follow the pixels.
    auto const scale = spec.panel.width_mm / static_cast<float>(spec.panel.width_px);
    spec.panel.width_px = m_options.windowed->first;
    spec.panel.height_px = m_options.windowed->second;
    spec.panel.width_mm = scale * static_cast<float>(spec.panel.width_px);
    spec.panel.height_mm = scale * static_cast<float>(spec.panel.height_px);
  }
  if (mode == config::Mode::display) {
    // A board smaller than a television hangs nearer to those who read it, or stands in a window beside others.
    auto const nearer = std::max(1.0F, k_board_mm / std::max(spec.panel.width_mm, spec.panel.height_mm));
    spec.panel.width_mm *= nearer;
    spec.panel.height_mm *= nearer;
  }
  spec.defaults.language = TRY(ui::language_from_code(terminal.language));
  spec.defaults.palette = palette_of(terminal.theme);
  spec.full_screen = !m_options.windowed;
  spec.hide_pointer = mode == config::Mode::resident && !m_options.windowed;
  auto* window = TRY(m_desktop->open(spec));
  m_screens.push_back({window, mode, nullptr});
  window->on_draw([this, index](ui::Ui& ui) { draw(m_screens[index], ui); });
  window->on_input([this, index] {
    if (m_screens[index].mode) m_screens[index].mode->input();
  });
  window->request_frames(2);
  return {};
}

/// What typed faster than a hand: only a scanner that is configured to type is heard.
void App::heed_burst(ui::KeyBurst burst) {
  if (!m_devices) return;
  auto const end = burst.end == ui::Key::enter ? code_scanner::TypedEnd::enter
                   : burst.end == ui::Key::tab ? code_scanner::TypedEnd::tab
                                               : code_scanner::TypedEnd::silence;
  m_devices->typed({std::move(burst.text), end, burst.plain});
}

void App::draw(Screen& screen, ui::Ui& ui) {
  if (screen.mode) return screen.mode->draw(ui);
  ui::bare(ui, "starting",
           [&] { ui::middle(ui, [&] { ui::progress(ui, "starting.progress", ui.tr("starting"), -1); }); });
}

void App::machine_started(Result<void> started) {
  if (!started) {
    m_failure = std::move(started).error();
    return;
  }
  Devices::Options options;
  options.config = m_config;
  options.profile = m_options.profile;
  options.emulated = m_options.data / "emulated";
  options.seed = m_scenario ? m_scenario->seed : 1;
  options.silent = m_scenario.has_value();
  auto devices = Devices::create(std::move(options), m_queue, m_machine->devices());
  if (!devices) {
    m_failure = std::move(devices).error();
    return;
  }
  m_devices = std::move(*devices);
  auto panel = FrontPanel::create(m_config.devices, m_devices->bus(), m_queue, m_machine->devices());
  if (!panel) {
    m_failure = std::move(panel).error();
    return;
  }
  m_panel = std::move(*panel);
  m_roll = std::make_unique<PaperRoll>(*m_machine);
  malloc_trim(0);  // the catalogue is much larger while it is read
  m_services.emplace(Services{*m_machine, *m_devices, m_queue, m_env, ui::Translations::builtin()});
  connect_devices();
  m_machine->on_hall_change([this] {
    for (auto& screen : m_screens) screen.mode->hall_changed();
  });
  m_machine->on_documents([this] { documents_changed(); });
  for (auto& screen : m_screens) {
    screen.mode = make_mode(screen.kind, *screen.window);
    screen.window->request_frames(2);
  }
  if (m_options.dock && m_devices->emulated() != nullptr) {
    auto dock = Dock::open(*m_desktop, *m_devices);
    if (dock)
      m_dock = std::move(*dock);
    else
      log::warning("dock: {}", dock.error().to_line());
  }
  if (!m_scenario) return;
  ScenarioRunner::Stage stage{*m_services, m_scenario_clock, {}, m_options.capture, m_options.rendezvous};
  for (auto& screen : m_screens) stage.modes.emplace_back(screen.mode.get(), screen.window);
  m_runner = std::make_unique<ScenarioRunner>(*m_scenario, std::move(stage));
}

std::unique_ptr<Mode> App::make_mode(config::Mode kind, ui::Window& window) {
  switch (kind) {
    case config::Mode::resident: return make_resident_mode(*m_services, window);
    case config::Mode::counter: return make_counter_mode(*m_services, window);
    case config::Mode::display: return make_display_mode(*m_services, window);
    case config::Mode::technician: return make_technician_mode(*m_services, window);
  }
  return nullptr;
}

void App::connect_devices() {
  auto const each = [this](auto const& tell) {
    for (auto& screen : m_screens) {
      if (screen.mode) tell(*screen.mode);
    }
  };
  m_devices->on_reader = [each](device::IdReaderEvent& event) { each([&](Mode& mode) { mode.reader(event); }); };
  m_devices->on_scanner = [each](device::CodeScannerEvent& event) { each([&](Mode& mode) { mode.scanner(event); }); };
  m_devices->on_printer = [this, each](device::TicketPrinterEvent const& event) {
    if (auto const* done = std::get_if<device::PrintFinished>(&event)) m_roll->used(done->paper_mm);
    each([&](Mode& mode) { mode.printer(event); });
  };
  m_devices->on_document_printer = [each](device::DocumentPrinterEvent const& event) {
    each([&](Mode& mode) { mode.document_printer(event); });
  };
  m_devices->on_document_camera = [each](device::DocumentCameraEvent& event) {
    each([&](Mode& mode) { mode.document_camera(event); });
  };
  m_devices->on_spoken = [each](std::uint64_t id) { each([&](Mode& mode) { mode.spoken(id); }); };
  m_devices->on_paper = [this](device::Paper paper) { m_roll->saw(paper); };
  m_devices->on_health = [this, each] {
    m_panel->devices_changed();
    each([](Mode& mode) { mode.health_changed(); });
  };
  m_panel->on_health = [each] { each([](Mode& mode) { mode.health_changed(); }); };
  m_panel->on_presence = [each](bool present) { each([&](Mode& mode) { mode.presence(present); }); };
  m_machine->on_new_roll([this] { m_roll->changed(); });
}

void App::documents_changed() {
  for (auto& screen : m_screens) screen.mode->documents_changed();
  take_waiting_catalog();
}

/// A newer catalogue waits until every window is between visits; looked at again at every turn of the loop.
void App::take_waiting_catalog() {
  if (!m_machine->catalog_waiting()) return;
  bool const quiet = std::all_of(m_screens.begin(), m_screens.end(),
                                 [](Screen const& screen) { return screen.mode->between_visits(); });
  if (!quiet) return;
  m_machine->take_catalog([this] {
    for (auto& screen : m_screens) screen.mode->documents_changed();
  });
}

/// Lets time act on the modes; how long the loop may sleep.
Duration App::tick() {
  Duration wait = k_longest_wait;
  auto const now = m_env.steady.now();
  for (auto& screen : m_screens) {
    if (!screen.mode) continue;
    auto const due = screen.mode->tick();
    if (due) wait = std::clamp<Duration>(*due - now, std::chrono::milliseconds(1), wait);
  }
  take_waiting_catalog();
  // The clock in the header: a frame when its minute changes.
  if (m_services) {
    auto const shown = local_clock(*m_services, m_machine->clock().now());
    if (shown != m_clock_shown) {
      m_clock_shown = shown;
      for (auto& screen : m_screens) screen.window->request_frames(1);
    }
    wait = std::min<Duration>(wait, k_clock_look);
  }
  // What the header says of the platform.
  auto const sync = m_machine->sync_state();
  bool const offline = sync && sync->last_error;
  if (std::exchange(m_offline_shown, offline) != offline) {
    for (auto& screen : m_screens) screen.window->request_frames(1);
  }
  return wait;
}

void App::report_first_frame() {
  if (m_first_frame_logged || m_screens.empty()) return;
  auto const time = m_screens.front().window->first_frame_time();
  if (!time) return;
  m_first_frame_logged = true;
  log::info("first frame after {} ms", std::chrono::duration_cast<std::chrono::milliseconds>(*time).count());
}

}  // namespace yizhan::app

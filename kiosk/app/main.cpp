/// yizhan-kiosk: resident kiosk, counter, hall display and technician's page of a service hall.
#include <malloc.h>

#include <csignal>
#include <iostream>

#include "kiosk/app/app.h"
#include "kiosk/app/exit_code.h"
#include "shared/base/log.h"

int main(int count, char** arguments) {
  using namespace yizhan;
  // Ten threads that allocate little: an arena for each would keep what its thread gave back.
  mallopt(M_ARENA_MAX, 2);
  auto parsed = app::parse_options(count, arguments);
  if (!parsed.options) return parsed.exit_code;
  log::set_thread_name("ui");
  auto config = config::load_config(parsed.options->config);
  if (!config) {
    std::cerr << "yizhan-kiosk: " << config.error().to_line() << '\n';
    return app::exit_code_of(config.error());
  }
  std::optional<app::Scenario> scenario;
  if (!parsed.options->scenario.empty()) {
    auto loaded = app::load_scenario(parsed.options->scenario);
    if (!loaded) {
      std::cerr << "yizhan-kiosk: " << loaded.error().to_line() << '\n';
      return app::exit_code_of(loaded.error());
    }
    scenario = std::move(*loaded);
  }
  std::signal(SIGPIPE, SIG_IGN);
  return app::App(std::move(*parsed.options), std::move(*config), std::move(scenario)).run();
}

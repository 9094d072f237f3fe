#include "kiosk/app/options.h"

#include <CLI/CLI.hpp>
#include <charconv>
#include <iostream>

namespace yizhan::app {

namespace {

std::optional<std::pair<int, int>> parse_size(std::string const& text) {
  int width = 0;
  int height = 0;
  auto const* const end = text.data() + text.size();
  auto const first = std::from_chars(text.data(), end, width);
  if (first.ec != std::errc{} || first.ptr == end || *first.ptr != 'x') return std::nullopt;
  auto const second = std::from_chars(first.ptr + 1, end, height);
  if (second.ec != std::errc{} || second.ptr != end) return std::nullopt;
  if (width < 320 || height < 320 || width > 8192 || height > 8192) return std::nullopt;
  return std::pair{width, height};
}

}  // namespace

Parsed parse_options(int count, char const* const* arguments) {
  Options options;
  std::string modes;
  std::string size;
  std::string profile = "production";
  CLI::App parser("Yizhan: self-service kiosk, counter, hall display and technician's page of a service hall.");
  parser.set_version_flag("--version", "yizhan-kiosk " YIZHAN_VERSION);
  parser.add_option("--config", options.config, "settings of this machine (TOML)");
  parser.add_option("--data", options.data, "folder of this machine's database; one process owns it");
  parser.add_option("--mode", modes, "resident|counter|display|technician, several with commas: a window each");
  parser.add_option("--windowed", size, "WxH in pixels instead of the whole screen");
  parser.add_option("--profile", profile, "demo: emulated devices and a development key file are allowed")
      ->check(CLI::IsMember({"demo", "production"}));
  parser.add_option("--lang", options.language, "language of the first screen")->check(CLI::IsMember({"zh_CN", "en"}));
  parser.add_option("--scenario", options.scenario, "play a scenario file (demo profile)");
  parser.add_option("--capture", options.capture, "folder for the scenario's pictures");
  parser.add_option("--rendezvous", options.rendezvous, "folder where scenarios of several programs meet");
  parser.add_flag("--exit-when-done", options.exit_when_done, "end with the scenario");
  parser.add_flag("--dock", options.dock, "a window to present cards and codes and to break devices (demo profile)");
  try {
    parser.parse(count, arguments);
  } catch (CLI::ParseError const& error) {
    bool const asked = error.get_exit_code() == 0;
    parser.exit(error, std::cout, std::cerr);
    return {std::nullopt, asked ? 0 : 2};
  }
  auto const wrong = [](std::string const& what) {
    std::cerr << "yizhan-kiosk: " << what << '\n';
    return Parsed{std::nullopt, 2};
  };
  options.profile = profile == "demo" ? crypto::Profile::demo : crypto::Profile::production;
  while (!modes.empty()) {
    auto const comma = std::min(modes.find(','), modes.size());
    auto const mode = config::parse_mode(modes.substr(0, comma));
    if (!mode) return wrong("--mode: resident, counter, display or technician");
    options.modes.push_back(*mode);
    modes.erase(0, comma + 1);
  }
  if (!size.empty()) {
    options.windowed = parse_size(size);
    if (!options.windowed) return wrong("--windowed: WxH, each 320 to 8192");
  }
  if (options.profile == crypto::Profile::production && (!options.scenario.empty() || options.dock)) {
    return wrong("--scenario and --dock need --profile demo");
  }
  return {std::move(options), 0};
}

}  // namespace yizhan::app

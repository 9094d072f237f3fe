#pragma once
/// The command line of yizhan-kiosk.
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "shared/base/result.h"
#include "shared/crypto/key_vault.h"
#include "shared/domain/config/config.h"

namespace yizhan::app {

struct Options {
  std::filesystem::path config = "/etc/yizhan/terminal.toml";
  std::filesystem::path data = "/var/lib/yizhan";
  std::vector<config::Mode> modes;  // empty: the configuration's
  std::optional<std::pair<int, int>> windowed;
  crypto::Profile profile = crypto::Profile::production;
  std::string language;  // empty: the configuration's
  std::filesystem::path scenario;
  std::filesystem::path capture;
  std::filesystem::path rendezvous;
  bool exit_when_done = false;
  bool dock = false;
};

struct Parsed {
  std::optional<Options> options;
  int exit_code = 0;  // where there are none: help or version was asked for (0), wrong usage (2)
};
/// Prints help and usage errors itself.
[[nodiscard]] Parsed parse_options(int count, char const* const* arguments);

}  // namespace yizhan::app

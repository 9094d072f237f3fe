#pragma once
/// What the commands of yizhanctl share: exit codes, output, the machine's configuration.
#include <CLI/CLI.hpp>
#include <filesystem>
#include <functional>
#include <nlohmann/json.hpp>
#include <string>

#include "shared/base/file.h"
#include "shared/base/real_env.h"
#include "shared/base/result.h"
#include "shared/crypto/key_vault.h"
#include "shared/domain/config/config.h"

namespace yizhan::ctl {

// The question was answered, also where the answer is "invalid" or "nothing found".
inline constexpr int k_answered = 0;
inline constexpr int k_failed = 1;
inline constexpr int k_wrong_usage = 2;
inline constexpr int k_bad_data = 65;
inline constexpr int k_unavailable = 69;
inline constexpr int k_not_permitted = 77;

/// What all commands see.
struct Context {
  RealEnv real;
  bool json = false;
  bool reveal = false;
  std::filesystem::path config_file = "/etc/yizhan/terminal.toml";
  std::filesystem::path data = "/var/lib/yizhan";
  std::string profile = "production";
  /// Set by the command that ran.
  int exit_code = k_answered;

  [[nodiscard]] crypto::Profile vault_profile() const {
    return profile == "demo" ? crypto::Profile::demo : crypto::Profile::production;
  }
  Result<config::Config> config() const { return config::load_config(config_file); }
};

/// One JSON object, one line, UTF-8; whatever is not UTF-8 becomes U+FFFD.
void print_line(nlohmann::json const& object);
/// One line on stderr: what, where, what to do. Returns the exit code for it.
int complain(Error const& error);
/// For commands that print text: `--json` gives the object, else "key: value" lines.
void print_answer(Context const& context, nlohmann::json const& object);
/// What a data folder says to a question of shared/office/control.h: its owner over control.sock, else we open it.
/// Errors: also those the answer names.
Result<nlohmann::json> ask(Context& context, nlohmann::json const& request);
/// Asks and prints. Returns the exit code.
int answer(Context& context, nlohmann::json const& request);
/// For options that take a day: what is wrong with the text, "" where nothing is.
std::string date_fault(std::string const& text);
/// Files that commands are given are small.
inline constexpr std::size_t k_file_limit = 4 * 1024 * 1024;

void add_identity_commands(CLI::App& top, Context& context);    // id check, card
void add_device_commands(CLI::App& top, Context& context);      // scan, reader, printer, ticket
void add_credential_commands(CLI::App& top, Context& context);  // credential
void add_catalog_commands(CLI::App& top, Context& context);     // catalog
void add_rule_commands(CLI::App& top, Context& context);        // rules, workdays
void add_rating_commands(CLI::App& top, Context& context);      // ratings
void add_owner_commands(CLI::App& top, Context& context);       // db, sync, staff, hall, provision
void add_doctor_commands(CLI::App& top, Context& context);      // doctor

}  // namespace yizhan::ctl

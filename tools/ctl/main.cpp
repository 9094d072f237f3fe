/// yizhanctl: a technician's and a tester's way to everything the kiosk does. README.md lists the commands.
#include <algorithm>
#include <iostream>

#include "shared/base/log.h"
#include "tools/ctl/command.h"

namespace yizhan::ctl {

void print_line(nlohmann::json const& object) {
  std::cout << object.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) << '\n';
}

int complain(Error const& error) {
  struct Row {
    int exit_code;
    std::vector<std::string_view> codes;
  };
  static std::vector<Row> const k_rows = {
      {k_bad_data,
       {"card_text_size",     "file_unreadable",  "file_too_large",   "card_text_blank",    "card_unreadable",
        "image_unreadable",   "image_format",     "image_too_large",  "config_syntax",      "config_unknown_key",
        "config_value",       "config_file",      "catalog_file",     "catalog_invalid",    "database_not_encrypted",
        "database_wrong_key", "database_corrupt", "database_too_new", "high_water_corrupt", "key_absent",
        "vault_unreadable",   "qr_too_long",      "key_unreadable",   "key_unsupported",    "certificate_unreadable",
        "trust_list_invalid", "credential_body",  "code_malformed",   "code_too_large",     "audit_broken",
        "request_malformed",  "bad_uuid",         "card_unknown",     "key_mismatch",       "calendar_invalid",
        "follow_up_unknown",  "staff_unknown"}},
      {k_unavailable,
       {"machine_absent",
        "kiosk_not_running",
        "card_absent",
        "device_absent",
        "device_busy",
        "reader_silent",
        "reader_garbled",
        "printer_offline",
        "hall_unreachable",
        "control_timeout",
        "control_broken",
        "folder_in_use",
        "platform_not_configured",
        "sync_incomplete",
        "disk_full",
        "card_read_failed",
        "card_select_failed",
        "card_service_absent",
        "card_reader_absent",
        "card_reader_failed",
        "card_timeout",
        "card_busy",
        "card_removed",
        "card_garbled",
        "device_foreign",
        "device_ambiguous"}},
      {k_not_permitted,
       {"reader_untrusted_card", "device_refused", "card_service_refused", "vault_not_allowed", "vault_permissions",
        "platform_refused"}},
  };
  std::cerr << "yizhanctl: " << error.to_line() << '\n';
  for (auto const& row : k_rows) {
    if (std::ranges::find(row.codes, error.code()) != row.codes.end()) return row.exit_code;
  }
  if (error.code().starts_with("rule_")) return k_bad_data;
  if (error.code().starts_with("network_") || error.code().starts_with("platform_")) return k_unavailable;
  return k_failed;
}

void print_answer(Context const& context, nlohmann::json const& object) {
  if (context.json) return print_line(object);
  for (auto const& [key, value] : object.items()) {
    if (value.is_array()) {
      for (auto const& entry : value)
        std::cout << key << ": " << (entry.is_string() ? entry.get<std::string>() : entry.dump()) << '\n';
    } else {
      std::cout << key << ": " << (value.is_string() ? value.get<std::string>() : value.dump()) << '\n';
    }
  }
}

}  // namespace yizhan::ctl

int main(int count, char** arguments) {
  using namespace yizhan::ctl;
  Context context;
  CLI::App top("Provisioning, diagnosis, codes and devices of a Yizhan machine.");
  top.require_subcommand(1);
  top.fallthrough();
  top.add_flag("--json", context.json, "JSON instead of text");
  top.add_flag("--reveal", context.reveal, "show personal data in full");
  top.add_option("--config", context.config_file, "settings of this machine (TOML)");
  top.add_option("--data", context.data, "folder of this machine's database");
  top.add_option("--profile", context.profile, "demo: a development key file is allowed")
      ->check(CLI::IsMember({"demo", "production"}));
  yizhan::log::set_level(yizhan::log::Level::warning);
  add_identity_commands(top, context);
  add_device_commands(top, context);
  add_credential_commands(top, context);
  add_catalog_commands(top, context);
  add_rule_commands(top, context);
  add_owner_commands(top, context);
  add_rating_commands(top, context);
  add_doctor_commands(top, context);
  try {
    top.parse(count, arguments);
  } catch (CLI::ParseError const& error) {
    bool const asked = error.get_exit_code() == 0;
    top.exit(error, std::cout, std::cerr);
    return asked ? k_answered : k_wrong_usage;
  }
  return context.exit_code;
}

#pragma once
#include "shared/base/error.h"

namespace yizhan::app {

// tools/ctl/README.md lists them: 0 done, 1 failed, 2 wrong usage, 65 bad data, 69 device or service unavailable, 77 not
// permitted.
inline constexpr int k_exit_done = 0;
inline constexpr int k_exit_failed = 1;

[[nodiscard]] inline int exit_code_of(Error const& error) {
  constexpr int k_bad_data = 65;
  constexpr int k_unavailable = 69;
  constexpr int k_not_permitted = 77;
  for (auto const* code :
       {"database_not_encrypted", "database_wrong_key", "database_corrupt", "database_too_new", "config_syntax",
        "config_file", "file_unreadable", "file_too_large", "key_absent", "vault_unreadable", "config_unknown_key",
        "config_value", "catalog_file", "catalog_invalid", "scenario_syntax"}) {
    if (error.is(code)) return k_bad_data;
  }
  for (auto const* code : {"no_display", "no_opengl", "font_missing", "folder_in_use"}) {
    if (error.is(code)) return k_unavailable;
  }
  for (auto const* code : {"vault_not_allowed", "vault_permissions", "emulation_not_allowed"}) {
    if (error.is(code)) return k_not_permitted;
  }
  return k_exit_failed;
}

}  // namespace yizhan::app

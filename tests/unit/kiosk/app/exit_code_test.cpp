// Exit codes a service manager acts on.
#include "kiosk/app/exit_code.h"

#include <gtest/gtest.h>

namespace yizhan::app {
namespace {

TEST(ExitCodes, TellBadDataFromAMissingServiceFromAMissingRight) {
  for (auto const* code : {"database_not_encrypted", "database_wrong_key", "config_file", "config_unknown_key",
                           "config_value", "catalog_file"}) {
    EXPECT_EQ(exit_code_of(Error::make(code)), 65) << code;
  }
  for (auto const* code : {"no_display", "folder_in_use"}) EXPECT_EQ(exit_code_of(Error::make(code)), 69) << code;
  for (auto const* code : {"emulation_not_allowed", "vault_not_allowed"}) {
    EXPECT_EQ(exit_code_of(Error::make(code)), 77) << code;
  }
  EXPECT_EQ(exit_code_of(Error::make("something_new")), 1);
}

}  // namespace
}  // namespace yizhan::app

#pragma once
#include "shared/base/result.h"
#include "shared/crypto/key_vault.h"
#include "shared/domain/config/config.h"
#include "shared/sync/sync_settings.h"

namespace yizhan::sync {

/// What the configuration says, with the device's key from the vault where no key file is named.
/// Errors: key_absent, file_unreadable, certificate_unreadable.
Result<SyncSettings> settings_of(config::Config const& config, crypto::KeyVault& vault);

}  // namespace yizhan::sync

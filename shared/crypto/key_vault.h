#pragma once
/// Where a machine's keys live. TPM2 and passphrase providers join behind this interface; here the development one:
/// a 0600 file, refused in the production profile.
#include <filesystem>
#include <memory>
#include <string_view>

#include "shared/base/env.h"
#include "shared/base/result.h"
#include "shared/base/secret.h"

namespace yizhan::crypto {

enum class Profile { demo, production };

class KeyVault {
 public:
  virtual ~KeyVault() = default;
  /// Keys by name: "database" (32 bytes raw SQLCipher key), "hall" (sealing), "holder" (holder index), "device" (PEM of
  /// the device's private key). Errors: key_absent, vault_unreadable.
  virtual Result<SecretBytes> get(std::string_view name) = 0;
  /// Stored durably (synced) before it returns. Errors: vault_unwritable.
  virtual Result<void> put(std::string_view name, SecretBytes const& key) = 0;
  /// The key, made at random first if absent.
  Result<SecretBytes> get_or_make(std::string_view name, std::size_t size, SecureRng& rng);
};

/// `<folder>/vault.dev`, 0600, owner checked. Errors: vault_not_allowed (production), vault_permissions.
Result<std::unique_ptr<KeyVault>> open_development_vault(std::filesystem::path const& folder, Profile profile);

}  // namespace yizhan::crypto

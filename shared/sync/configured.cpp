#include "shared/sync/configured.h"

#include "shared/base/file.h"

namespace yizhan::sync {

namespace {
constexpr std::size_t k_certificate_limit = 64 * 1024;
}

Result<SyncSettings> settings_of(config::Config const& config, crypto::KeyVault& vault) {
  SyncSettings settings;
  settings.base_url = config.platform.url;
  settings.device_urn = config.device_urn();
  settings.hall = config.terminal.hall;
  settings.tls.ca = config.platform.tls.ca;
  settings.tls.certificate = config.platform.tls.certificate;
  settings.tls.key = config.platform.tls.key;
  settings.tls.pins = config.platform.pins;
  settings.trust_interval = std::chrono::minutes(config.sync.trust_minutes);
  settings.time_interval = std::chrono::minutes(config.sync.time_minutes);
  settings.changes_wait = std::chrono::seconds(config.sync.long_poll_seconds);
  if (settings.tls.key.empty()) settings.tls.key_pem = TRY(vault.get("device"));
  if (!config.platform.trust_signer.empty()) {
    auto const pem = TRY(read_whole_file(config.platform.trust_signer, k_certificate_limit));
    settings.trust_signers.push_back(TRY(crypto::Certificate::parse(pem)));
  }
  return settings;
}

}  // namespace yizhan::sync

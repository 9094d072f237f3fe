#pragma once
/// What sync is told by configuration.
#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "shared/base/env.h"
#include "shared/base/secret.h"
#include "shared/crypto/keys.h"

namespace yizhan::sync {

/// Who we are and whom we believe in TLS.
struct TlsSettings {
  std::filesystem::path ca;           // PEM: the only authorities believed
  std::filesystem::path certificate;  // PEM, this machine's, with its URN as URI SAN
  std::filesystem::path key;          // PEM; empty: key_pem
  SecretBytes key_pem;                // from the vault
  std::vector<std::string> pins;      // "sha256//…", current and next; empty: no pinning
};

/// When a connection is given up.
struct TransportLimits {
  Duration connect = std::chrono::seconds(10);  // name, TCP and TLS together
  Duration silent = std::chrono::seconds(15);   // without response headers, beyond what the platform may hold
  Duration slow = std::chrono::seconds(15);     // below slow_bytes_per_second for so long
  std::uint64_t slow_bytes_per_second = 256;
  std::size_t answer_bytes = 8 * 1024 * 1024;
};

struct SyncSettings {
  std::string base_url;    // https://host[:port]
  std::string device_urn;  // must be the certificate's
  TlsSettings tls;
  TransportLimits limits;
  std::vector<crypto::Certificate> trust_signers;  // of /v1/trust; none: it is not asked for
  Duration trust_interval = std::chrono::hours(1);
  Duration time_interval = std::chrono::minutes(15);
  std::chrono::seconds changes_wait{25};  // long poll
  std::string hall = {};                  // 12 digits: whose documents are ours
};

}  // namespace yizhan::sync

#pragma once
/// Authenticated encryption with the national algorithms: SM4-CTR, then HMAC-SM3 over associated data, nonce and
/// ciphertext (encrypt-then-MAC), two keys derived from one. OpenSSL 3.0 has no SM4-GCM.
/// Layout: 1 byte version (1) ‖ 16 bytes nonce ‖ ciphertext ‖ 32 bytes tag; the tag covers the associated data's length (8
/// bytes, big-endian), the associated data and all before the tag.
#include <cstddef>
#include <span>
#include <vector>

#include "shared/base/env.h"
#include "shared/base/result.h"
#include "shared/base/secret.h"

namespace yizhan::crypto {

class Sealer {
 public:
  /// REQUIRES: key of 32 bytes.
  explicit Sealer(std::span<std::byte const> key);
  [[nodiscard]] std::vector<std::byte> seal(std::span<std::byte const> plain, std::span<std::byte const> associated,
                                            SecureRng& rng) const;
  /// Errors: seal_broken (altered, wrong key, too short).
  Result<SecretBytes> open(std::span<std::byte const> sealed, std::span<std::byte const> associated) const;

 private:
  SecretBytes m_encryption_key;
  SecretBytes m_mac_key;
};

}  // namespace yizhan::crypto

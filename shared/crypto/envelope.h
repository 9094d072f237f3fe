#pragma once
/// Documents for one recipient: COSE_Encrypt (RFC 9052, tag 96) with one recipient, ECDH-ES + HKDF-256 (alg −25) on P-256, and
/// A256GCM (alg 3). The recipient is named by its certificate's kid. Written in full in shared/crypto/README.md.
#include <cstddef>
#include <span>
#include <vector>

#include "shared/base/env.h"
#include "shared/base/result.h"
#include "shared/base/secret.h"
#include "shared/crypto/keys.h"

namespace yizhan::crypto {

/// Errors: envelope_recipient (its key is not P-256), envelope_failed.
Result<std::vector<std::byte>> encrypt_for(Certificate const& recipient, std::span<std::byte const> plain,
                                           SecureRng& rng);
/// Errors: envelope_malformed, envelope_other_recipient, envelope_broken (altered).
Result<SecretBytes> decrypt_envelope(std::span<std::byte const> envelope, PrivateKey const& key,
                                     Certificate const& own);

}  // namespace yizhan::crypto

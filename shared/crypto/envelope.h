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

/// Bytes an envelope may have; its plain text is shorter by k_envelope_overhead at most.
constexpr std::size_t k_envelope_limit = std::size_t{32} * 1024 * 1024;
constexpr std::size_t k_envelope_overhead = 256;

/// Each call makes a key pair of its own and forgets it. That pair comes from OpenSSL's generator, which takes no generator
/// of ours; `rng` gives the nonce. So two envelopes of one text are never alike, also with a seeded `rng`: what must be
/// repeatable after a crash keeps the envelope, not the text.
/// Errors: envelope_recipient (its key is not P-256), envelope_too_large.
Result<std::vector<std::byte>> encrypt_for(Certificate const& recipient, std::span<std::byte const> plain,
                                           SecureRng& rng);
/// Errors: envelope_malformed, envelope_other_recipient, envelope_broken (altered), envelope_too_large.
Result<SecretBytes> decrypt_envelope(std::span<std::byte const> envelope, PrivateKey const& key,
                                     Certificate const& own);

}  // namespace yizhan::crypto

#pragma once
/// Signing and checking COSE_Sign1 with the two algorithms, above cbor.h and keys.h. Private to shared/crypto.
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/result.h"
#include "shared/crypto/cbor.h"
#include "shared/crypto/keys.h"

namespace yizhan::crypto {

/// The protected header, read.
struct CoseHeader {
  std::int64_t algorithm = 0;
  std::vector<std::byte> kid;
  std::string type;  // "" where absent
};

/// Errors: cbor_malformed (also where alg or kid is missing).
Result<CoseHeader> parse_cose_header(CoseSign1 const& cose);
/// The whole message, tag 18, of `payload` under `type` ("yizhan/…"). Errors: signing_failed; key_mismatch: the certificate is
/// another key's.
Result<std::vector<std::byte>> cose_sign(std::string_view type, std::span<std::byte const> payload,
                                         PrivateKey const& key, Certificate const& certificate);
/// True where the header names this certificate, with the algorithm of its key, and the signature is its.
[[nodiscard]] bool cose_signed_by(CoseSign1 const& cose, CoseHeader const& header, Certificate const& certificate);
/// True where the header's kid is this certificate's.
[[nodiscard]] bool names(CoseHeader const& header, Certificate const& certificate);

}  // namespace yizhan::crypto

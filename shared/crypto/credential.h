#pragma once
/// Codes in QR (shared/crypto/README.md): "YZ1:" + Base45(zlib(COSE_Sign1)). Also the bare COSE_Sign1 of signed documents
/// (trust list, catalog …: application/cose over zlib'd JSON).
#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/result.h"
#include "shared/crypto/keys.h"

namespace yizhan::crypto {

enum class CredentialKind { ticket, appointment, case_, material, staff, provision };
[[nodiscard]] char const* to_string(CredentialKind kind);
[[nodiscard]] std::optional<CredentialKind> parse_credential_kind(std::string_view text);

struct Credential {
  CredentialKind kind = CredentialKind::ticket;
  std::string issuer;          // signer's URN
  std::int64_t issued_at = 0;  // Unix seconds
  std::int64_t expires_at = 0;
  std::array<std::byte, 16> id{};  // cti
  std::string body;                // JSON object text of claim −70002: ASCII keys; strings and integers
};

/// A key that codes or documents may be signed with, from /v1/trust.
struct TrustedKey {
  Certificate certificate;
  std::vector<std::string> use;    // kinds, and names of signed documents
  std::vector<std::string> halls;  // 12-digit prefixes it covers; "" covers all
  bool revoked = false;
};
using TrustList = std::vector<TrustedKey>;

[[nodiscard]] std::string base45_encode(std::span<std::byte const> bytes);
/// Errors: base45_invalid.
Result<std::vector<std::byte>> base45_decode(std::string_view text);
[[nodiscard]] std::vector<std::byte> zlib_deflate(std::span<std::byte const> bytes);
/// Errors: inflate_failed, inflate_too_large.
Result<std::vector<std::byte>> zlib_inflate(std::span<std::byte const> bytes, std::size_t limit);

/// Errors: signing_failed, key_mismatch (the certificate is another key's); credential_body (not a flat JSON object);
/// code_too_large.
Result<std::string> sign_credential(Credential const& credential, PrivateKey const& key,
                                    Certificate const& certificate);

/// In the order of shared/crypto/README.md: size, signature, trust, time (±120 s), kind. Replay is the hall's.
/// `now`: hall time. `hall`: 12 digits. `wanted` empty: any kind.
/// Errors: code_too_large, code_malformed, code_signature, code_untrusted, code_revoked, code_wrong_hall, code_expired,
/// code_not_yet_valid, code_wrong_kind.
Result<Credential> verify_credential(std::string_view text, TrustList const& trust, WallTime now, std::string_view hall,
                                     std::vector<CredentialKind> const& wanted);

/// Without any check of trust: {"header":{…},"claims":{…}} for technicians, and "unprotected" where that header holds
/// anything; labels as decimal text, byte strings in hex. "HC1:" (EU health certificates) too with that prefix.
/// Errors: code_too_large, code_malformed.
Result<nlohmann::json> inspect_credential(std::string_view text, std::string_view prefix = "YZ1:");

/// Signed documents, typ "yizhan/document". The version is in the JSON ("version": integer).
/// Errors: signing_failed, key_mismatch, document_too_large.
Result<std::string> sign_document(std::string_view json, PrivateKey const& key, Certificate const& certificate);
/// `signers`: pinned certificates for this document's name. Returns the JSON text. Limit 4 MiB inflated.
/// Errors: document_too_large, document_malformed, document_untrusted (no pinned certificate), document_signature.
Result<std::string> verify_document(std::string_view cose, std::vector<Certificate> const& signers);

/// /v1/trust's JSON: {"version":N,"keys":[{"certificate":"<base64 DER>","use":["ticket"],"halls":["420106…"],"revoked":false}]}.
/// Errors: trust_list_invalid.
Result<TrustList> parse_trust_list(std::string_view json);

/// True for text that begins like ours ("YZ1:").
[[nodiscard]] inline bool is_our_code(std::string_view text) { return text.starts_with("YZ1:"); }

}  // namespace yizhan::crypto

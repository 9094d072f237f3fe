#pragma once
/// CBOR (RFC 8949) as far as signed codes need it: a deterministic writer, and a strict reader that yields JSON.
/// libcbor stays behind cbor.cpp. Private to shared/crypto.
#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/result.h"

namespace yizhan::crypto {

/// Shortest heads, definite lengths; the caller writes map keys in the order of RFC 8949 §4.2.1.
class CborWriter {
 public:
  void integer(std::int64_t value);
  void bytes(std::span<std::byte const> value);
  void text(std::string_view value);
  void array(std::size_t count);
  void map(std::size_t pairs);
  void tag(std::uint64_t value);
  void null();
  [[nodiscard]] std::vector<std::byte> take() && { return std::move(m_out); }

 private:
  void head(std::size_t (*encode)(std::uint64_t, unsigned char*, std::size_t), std::uint64_t value);
  std::vector<std::byte> m_out;
};

/// One item and nothing behind it, as JSON: integer keys become their decimal text, byte strings json::binary,
/// tags are dropped from inside values. Refused: nesting deeper than 16, an announced length beyond the input, map keys that are
/// neither integers nor text or that repeat, text that is not UTF-8. Errors: cbor_malformed.
Result<nlohmann::json> cbor_to_json(std::span<std::byte const> bytes);

/// COSE_Sign1 (RFC 9052 §4.2), taken apart.
struct CoseSign1 {
  std::vector<std::byte> protected_header;  // the map's bytes, as signed
  nlohmann::json unprotected_header;
  std::vector<std::byte> payload;
  std::vector<std::byte> signature;
};

/// With tag 18 or without. Errors: cbor_malformed.
Result<CoseSign1> parse_cose_sign1(std::span<std::byte const> bytes);
/// With tag 18 and an empty unprotected header.
[[nodiscard]] std::vector<std::byte> write_cose_sign1(std::span<std::byte const> protected_header,
                                                      std::span<std::byte const> payload,
                                                      std::span<std::byte const> signature);
/// What is signed: Sig_structure (RFC 9052 §4.4) with empty external_aad.
[[nodiscard]] std::vector<std::byte> signed_bytes(std::span<std::byte const> protected_header,
                                                  std::span<std::byte const> payload);

/// COSE_Encrypt (RFC 9052 §5.1), taken apart. A recipient's own ciphertext and recipients, which no algorithm of ours uses,
/// must be empty.
struct CoseRecipient {
  std::vector<std::byte> protected_header;
  nlohmann::json unprotected_header;
};
struct CoseEncrypt {
  std::vector<std::byte> protected_header;
  nlohmann::json unprotected_header;
  std::vector<std::byte> ciphertext;
  std::vector<CoseRecipient> recipients;
};

/// With tag 96 or without. Errors: cbor_malformed.
Result<CoseEncrypt> parse_cose_encrypt(std::span<std::byte const> bytes);

}  // namespace yizhan::crypto

#pragma once
/// OpenSSL 3 digests and MACs. Failures of the library itself (out of memory, no provider) end the process: no caller
/// could go on safely.
#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "shared/base/secret.h"

namespace yizhan::crypto {

using Digest = std::array<std::byte, 32>;

[[nodiscard]] Digest sha256(std::span<std::byte const> bytes);
[[nodiscard]] Digest sm3(std::span<std::byte const> bytes);
[[nodiscard]] Digest hmac_sm3(std::span<std::byte const> key, std::span<std::byte const> bytes);
[[nodiscard]] std::string sha256_hex(std::span<std::byte const> bytes);
/// The next link of a hash chain: lower-case hex of SHA-256(the previous link's 32 raw bytes ‖ text). The first link
/// follows 64 zeros. "" where `previous_hex` is not 64 hex digits: no link ever equals that.
[[nodiscard]] std::string chain_after(std::string_view previous_hex, std::string_view canonical_text);
/// HKDF-SM3 (RFC 5869) for deriving separate keys from one.
[[nodiscard]] SecretBytes derive_key(std::span<std::byte const> key, std::string_view label, std::size_t size = 32);
/// Constant time.
[[nodiscard]] bool equal(std::span<std::byte const> a, std::span<std::byte const> b);

}  // namespace yizhan::crypto

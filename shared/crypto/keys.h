#pragma once
/// Signing keys and certificates (OpenSSL EVP behind a firewall: no OpenSSL header leaks from here).
#include <array>
#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/env.h"
#include "shared/base/result.h"
#include "shared/base/secret.h"

namespace yizhan::crypto {

/// COSE algorithm numbers (shared/crypto/README.md).
enum class Algorithm : int { es256 = -7, sm2 = -70001 };
using Signature = std::array<std::byte, 64>;  // r ‖ s
/// Uncompressed, as SEC 1 §2.3.3 writes it: 04 ‖ x ‖ y.
using PublicPoint = std::array<std::byte, 65>;

class PrivateKey {
 public:
  /// PEM. Errors: key_unreadable, key_unsupported (neither P-256 nor SM2).
  static Result<PrivateKey> from_pem(std::string_view pem);
  static PrivateKey generate(Algorithm algorithm);
  [[nodiscard]] SecretBytes to_pem() const;
  [[nodiscard]] Algorithm algorithm() const;
  /// SM2 with id "1234567812345678" and SM3. Errors: signing_failed.
  Result<Signature> sign(std::span<std::byte const> bytes) const;
  [[nodiscard]] PublicPoint public_point() const;
  /// ECDH (NIST SP 800-56A §5.7.1.2): the x coordinate, 32 bytes, with a peer's point as SEC 1 writes it, compressed or not. P-256
  /// only. Errors: key_agreement (another curve's key, or no point of this curve).
  Result<SecretBytes> agree(std::span<std::byte const> peer_point) const;
  ~PrivateKey();
  PrivateKey(PrivateKey&&) noexcept;
  PrivateKey& operator=(PrivateKey&&) noexcept;

 private:
  PrivateKey();
  struct State;
  std::unique_ptr<State> m_state;
};

class Certificate {
 public:
  /// PEM (the first certificate) or DER. Errors: certificate_unreadable (also other keys than P-256 and SM2).
  static Result<Certificate> parse(std::string_view bytes);
  /// First 8 bytes of SHA-256 of the DER (COSE kid).
  [[nodiscard]] std::array<std::byte, 8> kid() const;
  [[nodiscard]] std::string const& der() const;
  /// The first URI of the SAN, "" without one.
  [[nodiscard]] std::string const& uri() const;
  [[nodiscard]] WallTime not_before() const;
  [[nodiscard]] WallTime not_after() const;
  [[nodiscard]] Algorithm algorithm() const;
  [[nodiscard]] PublicPoint public_point() const;
  [[nodiscard]] bool verify(std::span<std::byte const> bytes, Signature const& signature) const;
  ~Certificate();
  Certificate(Certificate const&);
  Certificate(Certificate&&) noexcept;
  Certificate& operator=(Certificate const&);
  Certificate& operator=(Certificate&&) noexcept;

 private:
  Certificate();
  struct State;
  std::shared_ptr<State const> m_state;
};

}  // namespace yizhan::crypto

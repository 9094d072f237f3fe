#include "shared/crypto/hash.h"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/params.h>

#include "shared/base/text.h"
#include "shared/crypto/openssl_handles.h"

namespace yizhan::crypto {
namespace {

Digest digest(char const* name, std::span<std::byte const> first, std::span<std::byte const> second = {}) {
  Digest out{};
  unsigned int size = 0;
  DigestContextHandle const context(EVP_MD_CTX_new());
  std::unique_ptr<EVP_MD, Freer<EVP_MD_free>> const algorithm(EVP_MD_fetch(nullptr, name, nullptr));
  require(context && algorithm && EVP_DigestInit_ex(context.get(), algorithm.get(), nullptr) == 1 &&
              EVP_DigestUpdate(context.get(), first.data(), first.size()) == 1 &&
              EVP_DigestUpdate(context.get(), second.data(), second.size()) == 1 &&
              EVP_DigestFinal_ex(context.get(), uchars(std::span<std::byte>(out)), &size) == 1 && size == out.size(),
          name);
  return out;
}

// OSSL_PARAM's constructors take char* although they only read.
char* unconst(char const* text) { return const_cast<char*>(text); }
void* unconst(std::span<std::byte const> bytes) { return const_cast<std::byte*>(bytes.data()); }

}  // namespace

Digest sha256(std::span<std::byte const> bytes) { return digest("SHA256", bytes); }

Digest sm3(std::span<std::byte const> bytes) { return digest("SM3", bytes); }

Digest hmac_sm3(std::span<std::byte const> key, std::span<std::byte const> bytes) {
  Digest out{};
  std::size_t size = 0;
  MacHandle const algorithm(EVP_MAC_fetch(nullptr, "HMAC", nullptr));
  MacContextHandle const context(EVP_MAC_CTX_new(algorithm.get()));
  OSSL_PARAM const params[] = {OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, unconst("SM3"), 0),
                               OSSL_PARAM_construct_end()};
  // EVP_MAC_init takes a null key for "unchanged": an empty key needs an address.
  static constexpr unsigned char k_empty_key = 0;
  auto const* key_bytes = key.empty() ? &k_empty_key : uchars(key);
  require(context && EVP_MAC_init(context.get(), key_bytes, key.size(), params) == 1 &&
              EVP_MAC_update(context.get(), uchars(bytes), bytes.size()) == 1 &&
              EVP_MAC_final(context.get(), uchars(std::span<std::byte>(out)), &size, out.size()) == 1 &&
              size == out.size(),
          "HMAC-SM3");
  return out;
}

std::string sha256_hex(std::span<std::byte const> bytes) { return text::to_hex(sha256(bytes)); }

std::string chain_after(std::string_view previous_hex, std::string_view canonical_text) {
  auto const previous = text::from_hex(previous_hex);
  if (!previous || previous->size() != std::tuple_size_v<Digest>) return {};
  return text::to_hex(digest("SHA256", *previous, text::bytes_of(canonical_text)));
}

SecretBytes derive_key(std::span<std::byte const> key, std::string_view label, std::size_t size) {
  SecretBytes out(size);
  KdfHandle const algorithm(EVP_KDF_fetch(nullptr, "HKDF", nullptr));
  KdfContextHandle const context(EVP_KDF_CTX_new(algorithm.get()));
  auto const info = text::bytes_of(label);
  OSSL_PARAM const params[] = {OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, unconst("SM3"), 0),
                               OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_KEY, unconst(key), key.size()),
                               OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_INFO, unconst(info), info.size()),
                               OSSL_PARAM_construct_end()};
  require(context && EVP_KDF_derive(context.get(), uchars(out.span()), out.size(), params) == 1, "HKDF-SM3");
  return out;
}

bool equal(std::span<std::byte const> a, std::span<std::byte const> b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace yizhan::crypto

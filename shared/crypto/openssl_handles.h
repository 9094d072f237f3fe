#pragma once
/// OpenSSL objects that free themselves. Private to shared/crypto.
#include <openssl/bio.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/x509.h>

#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <span>

namespace yizhan::crypto {

template <auto free_function>
struct Freer {
  template <class T>
  void operator()(T* object) const {
    free_function(object);
  }
};

using PkeyHandle = std::unique_ptr<EVP_PKEY, Freer<EVP_PKEY_free>>;
using PkeyContextHandle = std::unique_ptr<EVP_PKEY_CTX, Freer<EVP_PKEY_CTX_free>>;
using DigestContextHandle = std::unique_ptr<EVP_MD_CTX, Freer<EVP_MD_CTX_free>>;
using CipherContextHandle = std::unique_ptr<EVP_CIPHER_CTX, Freer<EVP_CIPHER_CTX_free>>;
using CipherHandle = std::unique_ptr<EVP_CIPHER, Freer<EVP_CIPHER_free>>;
using MacHandle = std::unique_ptr<EVP_MAC, Freer<EVP_MAC_free>>;
using MacContextHandle = std::unique_ptr<EVP_MAC_CTX, Freer<EVP_MAC_CTX_free>>;
using KdfHandle = std::unique_ptr<EVP_KDF, Freer<EVP_KDF_free>>;
using KdfContextHandle = std::unique_ptr<EVP_KDF_CTX, Freer<EVP_KDF_CTX_free>>;
using EcdsaHandle = std::unique_ptr<ECDSA_SIG, Freer<ECDSA_SIG_free>>;
using BignumHandle = std::unique_ptr<BIGNUM, Freer<BN_free>>;
using BioHandle = std::unique_ptr<BIO, Freer<BIO_free>>;
using X509Handle = std::unique_ptr<X509, Freer<X509_free>>;

/// The library failed at something that only a broken installation or no memory can cause.
inline void require(bool ok, char const* what) {
  if (ok) return;
  std::fprintf(stderr, "crypto: %s failed\n", what);
  std::abort();
}

inline unsigned char const* uchars(std::span<std::byte const> bytes) {
  return reinterpret_cast<unsigned char const*>(bytes.data());
}
inline unsigned char* uchars(std::span<std::byte> bytes) { return reinterpret_cast<unsigned char*>(bytes.data()); }

}  // namespace yizhan::crypto

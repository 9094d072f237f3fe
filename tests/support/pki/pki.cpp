#include "tests/support/pki/pki.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/sha.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <memory>

#include "shared/base/text.h"

namespace yizhan::test {
namespace {

void check(bool ok, char const* what) {
  if (ok) return;
  std::fprintf(stderr, "pki: %s failed\n", what);
  std::abort();
}

struct Free {
  void operator()(X509* x) const { X509_free(x); }
  void operator()(EVP_PKEY* x) const { EVP_PKEY_free(x); }
  void operator()(BIO* x) const { BIO_free(x); }
};
using X509Ptr = std::unique_ptr<X509, Free>;
using KeyPtr = std::unique_ptr<EVP_PKEY, Free>;
using BioPtr = std::unique_ptr<BIO, Free>;

BioPtr bio_of(std::string const& text) { return BioPtr(BIO_new_mem_buf(text.data(), static_cast<int>(text.size()))); }
KeyPtr key_of(std::string const& pem) {
  KeyPtr key(PEM_read_bio_PrivateKey(bio_of(pem).get(), nullptr, nullptr, nullptr));
  check(key != nullptr, "key");
  return key;
}
X509Ptr certificate_of(std::string const& pem) {
  X509Ptr certificate(PEM_read_bio_X509(bio_of(pem).get(), nullptr, nullptr, nullptr));
  check(certificate != nullptr, "certificate");
  return certificate;
}

void extend(X509* certificate, X509* issuer, int nid, std::string const& value) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  auto* extension = X509V3_EXT_conf_nid(nullptr, &context, nid, value.c_str());
  check(extension != nullptr && X509_add_ext(certificate, extension, -1) == 1, value.c_str());
  X509_EXTENSION_free(extension);
}

void sign(X509* certificate, EVP_PKEY* key, crypto::Algorithm algorithm) {
  auto* context = EVP_MD_CTX_new();
  EVP_PKEY_CTX* key_context = nullptr;
  if (algorithm == crypto::Algorithm::sm2) {
    key_context = EVP_PKEY_CTX_new_from_pkey(nullptr, key, nullptr);
    check(EVP_PKEY_CTX_set1_id(key_context, "1234567812345678", 16) == 1, "id");
    EVP_MD_CTX_set_pkey_ctx(context, key_context);
  }
  auto const* digest = algorithm == crypto::Algorithm::sm2 ? EVP_sm3() : EVP_sha256();
  check(EVP_DigestSignInit(context, nullptr, digest, nullptr, key) == 1 && X509_sign_ctx(certificate, context) > 0,
        "sign");
  EVP_MD_CTX_free(context);
  EVP_PKEY_CTX_free(key_context);
}

std::string seconds_of(WallTime time) {
  return std::to_string(std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count());
}

}  // namespace

crypto::PrivateKey Issued::key() const {
  auto key = crypto::PrivateKey::from_pem(key_pem);
  check(key.has_value(), "key");
  return std::move(*key);
}

crypto::Certificate Issued::certificate() const {
  auto certificate = crypto::Certificate::parse(certificate_pem);
  check(certificate.has_value(), "certificate");
  return std::move(*certificate);
}

Issued issue(Wanted const& wanted, Issued const* issuer) {
  static std::atomic<long> serial{1};
  Issued out;
  auto const pem = crypto::PrivateKey::generate(wanted.algorithm).to_pem();
  out.key_pem = text::chars_of(pem.view());
  auto const key = key_of(out.key_pem);
  X509Ptr const certificate(X509_new());
  auto const issuer_certificate = issuer != nullptr ? certificate_of(issuer->certificate_pem) : nullptr;
  auto* const signer = issuer != nullptr ? issuer_certificate.get() : certificate.get();

  check(X509_set_version(certificate.get(), 2) == 1, "version");
  ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), serial++);
  auto* const name = X509_get_subject_name(certificate.get());
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8,
                             reinterpret_cast<unsigned char const*>(wanted.common_name.c_str()), -1, -1, 0);
  check(X509_set_issuer_name(certificate.get(), X509_get_subject_name(signer)) == 1, "issuer");
  ASN1_TIME_set(X509_getm_notBefore(certificate.get()),
                std::strtol(seconds_of(wanted.not_before).c_str(), nullptr, 10));
  ASN1_TIME_set(X509_getm_notAfter(certificate.get()), std::strtol(seconds_of(wanted.not_after).c_str(), nullptr, 10));
  check(X509_set_pubkey(certificate.get(), key.get()) == 1, "public key");
  extend(certificate.get(), signer, NID_basic_constraints, wanted.authority ? "critical,CA:TRUE" : "CA:FALSE");
  extend(certificate.get(), signer, NID_subject_key_identifier, "hash");
  std::string names;
  for (auto const& [kind, values] : {std::pair("DNS:", &wanted.dns), {"IP:", &wanted.ip}, {"URI:", &wanted.uri}})
    for (auto const& value : *values) names += (names.empty() ? "" : ",") + std::string(kind) + value;
  if (!names.empty()) extend(certificate.get(), signer, NID_subject_alt_name, names);

  auto const issuer_algorithm = issuer != nullptr ? issuer->key().algorithm() : wanted.algorithm;
  auto const issuer_key = issuer != nullptr ? key_of(issuer->key_pem) : nullptr;
  sign(certificate.get(), issuer != nullptr ? issuer_key.get() : key.get(), issuer_algorithm);

  BioPtr const text(BIO_new(BIO_s_mem()));
  check(PEM_write_bio_X509(text.get(), certificate.get()) == 1, "PEM");
  char* data = nullptr;
  auto const size = BIO_get_mem_data(text.get(), &data);
  out.certificate_pem.assign(data, static_cast<std::size_t>(size));
  return out;
}

std::string pin_of(Issued const& issued) {
  auto const certificate = certificate_of(issued.certificate_pem);
  unsigned char* der = nullptr;
  int const size = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(certificate.get()), &der);
  check(size > 0, "public key");
  unsigned char digest[SHA256_DIGEST_LENGTH];
  SHA256(der, static_cast<std::size_t>(size), digest);
  OPENSSL_free(der);
  unsigned char base64[64];
  EVP_EncodeBlock(base64, digest, sizeof digest);
  return std::string("sha256//") + reinterpret_cast<char const*>(base64);
}

Issued self_signed(std::string const& uri, WallTime now, crypto::Algorithm algorithm) {
  Wanted wanted;
  wanted.uri = {uri};
  wanted.not_before = now - std::chrono::hours(24);
  wanted.not_after = now + std::chrono::hours(24 * 365);
  wanted.algorithm = algorithm;
  return issue(wanted);
}

}  // namespace yizhan::test

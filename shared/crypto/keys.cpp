#include "shared/crypto/keys.h"

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/params.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <climits>
#include <ctime>
#include <optional>

#include "shared/crypto/hash.h"
#include "shared/crypto/openssl_handles.h"

namespace yizhan::crypto {
namespace {

// GB/T 35276's default identifier. OpenSSL 3.0 without an id hashes something else, so both sides must set it.
constexpr std::string_view k_sm2_id = "1234567812345678";

std::optional<Algorithm> algorithm_of(EVP_PKEY* key) {
  char group[64] = {};
  std::size_t size = 0;
  if (key == nullptr || EVP_PKEY_get_group_name(key, group, sizeof group, &size) != 1) return std::nullopt;
  std::string_view const name(group, size);
  if (name == "prime256v1" || name == "P-256") return Algorithm::es256;
  if (name == "SM2") return Algorithm::sm2;
  return std::nullopt;
}

char const* digest_name(Algorithm algorithm) { return algorithm == Algorithm::sm2 ? "SM3" : "SHA256"; }

// Ready for EVP_Digest{Sign,Verify}Init_ex. For SM2 the id has to be set on a context of our own before the init call:
// as a parameter of the init call OpenSSL 3.0 refuses it. `key_context` must outlive `context`.
struct SignatureContext {
  SignatureContext(EVP_PKEY* key, Algorithm algorithm) : context(EVP_MD_CTX_new()) {
    require(context != nullptr, "EVP_MD_CTX_new");
    if (algorithm != Algorithm::sm2) return;
    key_context.reset(EVP_PKEY_CTX_new_from_pkey(nullptr, key, nullptr));
    require(
        key_context && EVP_PKEY_CTX_set1_id(key_context.get(), k_sm2_id.data(), static_cast<int>(k_sm2_id.size())) == 1,
        "SM2 id");
    EVP_MD_CTX_set_pkey_ctx(context.get(), key_context.get());
  }
  PkeyContextHandle key_context;
  DigestContextHandle context;
};

std::optional<Signature> to_raw(std::span<unsigned char const> der) {
  auto const* next = der.data();
  EcdsaHandle const parsed(d2i_ECDSA_SIG(nullptr, &next, static_cast<long>(der.size())));
  if (!parsed) return std::nullopt;
  Signature raw{};
  auto* out = uchars(std::span<std::byte>(raw));
  if (BN_bn2binpad(ECDSA_SIG_get0_r(parsed.get()), out, 32) != 32 ||
      BN_bn2binpad(ECDSA_SIG_get0_s(parsed.get()), out + 32, 32) != 32)
    return std::nullopt;
  return raw;
}

std::vector<unsigned char> to_der(Signature const& raw) {
  auto const* in = uchars(std::span<std::byte const>(raw));
  EcdsaHandle const value(ECDSA_SIG_new());
  BignumHandle r(BN_bin2bn(in, 32, nullptr));
  BignumHandle s(BN_bin2bn(in + 32, 32, nullptr));
  require(value && r && s && ECDSA_SIG_set0(value.get(), r.get(), s.get()) == 1, "ECDSA_SIG");
  (void)r.release();  // owned by `value` now
  (void)s.release();
  std::vector<unsigned char> der(static_cast<std::size_t>(std::max(0, i2d_ECDSA_SIG(value.get(), nullptr))));
  auto* next = der.data();
  require(!der.empty() && i2d_ECDSA_SIG(value.get(), &next) == static_cast<int>(der.size()), "ECDSA_SIG");
  return der;
}

PublicPoint point_of(EVP_PKEY* key) {
  // Asked for by its coordinates: what form EVP_PKEY_get_octet_string_param() writes follows the key's own settings.
  PublicPoint point{std::byte{4}};
  auto const write = [&](char const* name, std::size_t at) {
    BIGNUM* value = nullptr;
    require(EVP_PKEY_get_bn_param(key, name, &value) == 1, "public point");
    BignumHandle const coordinate(value);
    require(BN_bn2binpad(value, uchars(std::span<std::byte>(point)) + at, 32) == 32, "public point");
  };
  write(OSSL_PKEY_PARAM_EC_PUB_X, 1);
  write(OSSL_PKEY_PARAM_EC_PUB_Y, 33);
  return point;
}

/// A key that holds nothing but this point; nullptr where it is none of P-256. OpenSSL checks that it lies on the curve.
PkeyHandle p256_point(std::span<std::byte const> point) {
  std::string group = "P-256";
  std::vector<std::byte> octets(point.begin(), point.end());
  std::array parameters{OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, group.data(), 0),
                        OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, octets.data(), octets.size()),
                        OSSL_PARAM_construct_end()};
  PkeyContextHandle const context(EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr));
  require(context && EVP_PKEY_fromdata_init(context.get()) == 1, "EC");
  EVP_PKEY* key = nullptr;
  (void)EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, parameters.data());
  ERR_clear_error();
  return PkeyHandle(key);
}

int no_passphrase(char*, int, int, void*) { return 0; }

BioHandle reader_of(std::string_view bytes) {
  if (bytes.size() > INT_MAX) bytes = {};
  return BioHandle(BIO_new_mem_buf(bytes.data(), static_cast<int>(bytes.size())));
}

std::string first_uri(X509* certificate) {
  auto* const names =
      static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr));
  std::string uri;
  for (int i = 0; uri.empty() && i < sk_GENERAL_NAME_num(names); ++i) {
    auto const* name = sk_GENERAL_NAME_value(names, i);
    if (name->type != GEN_URI) continue;
    auto const* value = name->d.uniformResourceIdentifier;
    std::string_view const text(reinterpret_cast<char const*>(ASN1_STRING_get0_data(value)),
                                static_cast<std::size_t>(ASN1_STRING_length(value)));
    // A NUL inside would let two programs read two different names.
    if (text.find('\0') == std::string_view::npos) uri = text;
  }
  GENERAL_NAMES_free(names);
  return uri;
}

std::optional<WallTime> time_of(ASN1_TIME const* time) {
  std::tm fields{};
  if (ASN1_TIME_to_tm(time, &fields) != 1) return std::nullopt;
  return WallTime(std::chrono::seconds(::timegm(&fields)));
}

}  // namespace

struct PrivateKey::State {
  PkeyHandle key;
  Algorithm algorithm = Algorithm::es256;
};

PrivateKey::PrivateKey() : m_state(std::make_unique<State>()) {}
PrivateKey::~PrivateKey() = default;
PrivateKey::PrivateKey(PrivateKey&&) noexcept = default;
PrivateKey& PrivateKey::operator=(PrivateKey&&) noexcept = default;

Result<PrivateKey> PrivateKey::from_pem(std::string_view pem) {
  auto const reader = reader_of(pem);
  PkeyHandle key(PEM_read_bio_PrivateKey(reader.get(), nullptr, no_passphrase, nullptr));
  ERR_clear_error();
  if (!key) return Error::make("key_unreadable");
  auto const algorithm = algorithm_of(key.get());
  ERR_clear_error();
  if (!algorithm) return Error::make("key_unsupported", Retry::no, "neither P-256 nor SM2");
  PrivateKey out;
  out.m_state->key = std::move(key);
  out.m_state->algorithm = *algorithm;
  return out;
}

PrivateKey PrivateKey::generate(Algorithm algorithm) {
  PrivateKey out;
  out.m_state->algorithm = algorithm;
  out.m_state->key.reset(algorithm == Algorithm::sm2 ? EVP_PKEY_Q_keygen(nullptr, nullptr, "SM2")
                                                     : EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256"));
  require(out.m_state->key != nullptr, "key generation");
  return out;
}

SecretBytes PrivateKey::to_pem() const {
  BioHandle const memory(BIO_new(BIO_s_secmem()));
  require(
      memory && PEM_write_bio_PrivateKey(memory.get(), m_state->key.get(), nullptr, nullptr, 0, nullptr, nullptr) == 1,
      "PEM");
  char* data = nullptr;
  auto const size = BIO_get_mem_data(memory.get(), &data);
  return SecretBytes(std::as_bytes(std::span(data, static_cast<std::size_t>(size))));
}

Algorithm PrivateKey::algorithm() const { return m_state->algorithm; }

Result<Signature> PrivateKey::sign(std::span<std::byte const> bytes) const {
  auto* const key = m_state->key.get();
  SignatureContext const signer(key, algorithm());
  std::vector<unsigned char> der(static_cast<std::size_t>(EVP_PKEY_get_size(key)));
  std::size_t size = der.size();
  bool const done = EVP_DigestSignInit_ex(signer.context.get(), nullptr, digest_name(algorithm()), nullptr, nullptr,
                                          key, nullptr) == 1 &&
                    EVP_DigestSign(signer.context.get(), der.data(), &size, uchars(bytes), bytes.size()) == 1;
  ERR_clear_error();
  if (!done) return Error::make("signing_failed");
  auto const raw = to_raw(std::span(der).first(size));
  if (!raw) return Error::make("signing_failed");
  return *raw;
}

PublicPoint PrivateKey::public_point() const { return point_of(m_state->key.get()); }

Result<SecretBytes> PrivateKey::agree(std::span<std::byte const> peer_point) const {
  auto const failed = [] { return Error::make("key_agreement"); };
  if (algorithm() != Algorithm::es256) return failed();
  auto const peer = p256_point(peer_point);
  if (!peer) return failed();
  PkeyContextHandle const context(EVP_PKEY_CTX_new_from_pkey(nullptr, m_state->key.get(), nullptr));
  require(context && EVP_PKEY_derive_init(context.get()) == 1, "ECDH");
  SecretBytes shared(32);
  std::size_t size = shared.size();
  bool const done = EVP_PKEY_derive_set_peer(context.get(), peer.get()) == 1 &&
                    EVP_PKEY_derive(context.get(), uchars(shared.span()), &size) == 1 && size == shared.size();
  ERR_clear_error();
  if (!done) return failed();
  return shared;
}

struct Certificate::State {
  PkeyHandle key;
  Algorithm algorithm = Algorithm::es256;
  std::string der;
  std::string uri;
  WallTime not_before;
  WallTime not_after;
  std::array<std::byte, 8> kid{};
};

Certificate::Certificate() = default;
Certificate::~Certificate() = default;
Certificate::Certificate(Certificate const&) = default;
Certificate::Certificate(Certificate&&) noexcept = default;
Certificate& Certificate::operator=(Certificate const&) = default;
Certificate& Certificate::operator=(Certificate&&) noexcept = default;

Result<Certificate> Certificate::parse(std::string_view bytes) {
  X509Handle parsed;
  if (bytes.find("-----BEGIN") != std::string_view::npos) {
    auto const reader = reader_of(bytes);
    parsed.reset(PEM_read_bio_X509(reader.get(), nullptr, no_passphrase, nullptr));
  } else if (bytes.size() <= LONG_MAX) {
    auto const* next = reinterpret_cast<unsigned char const*>(bytes.data());
    parsed.reset(d2i_X509(nullptr, &next, static_cast<long>(bytes.size())));
    if (parsed && next != reinterpret_cast<unsigned char const*>(bytes.data()) + bytes.size()) parsed.reset();
  }
  ERR_clear_error();
  if (!parsed) return Error::make("certificate_unreadable");

  auto state = std::make_shared<State>();
  state->key.reset(X509_get_pubkey(parsed.get()));
  auto const algorithm = algorithm_of(state->key.get());
  auto const not_before = time_of(X509_get0_notBefore(parsed.get()));
  auto const not_after = time_of(X509_get0_notAfter(parsed.get()));
  state->uri = first_uri(parsed.get());
  ERR_clear_error();
  if (!algorithm) return Error::make("certificate_unreadable", Retry::no, "key is neither P-256 nor SM2");
  if (!not_before || !not_after) return Error::make("certificate_unreadable", Retry::no, "validity");
  state->algorithm = *algorithm;
  state->not_before = *not_before;
  state->not_after = *not_after;
  unsigned char* der = nullptr;
  int const size = i2d_X509(parsed.get(), &der);
  require(size > 0, "i2d_X509");
  state->der.assign(reinterpret_cast<char const*>(der), static_cast<std::size_t>(size));
  OPENSSL_free(der);
  auto const digest = sha256(std::as_bytes(std::span(state->der)));
  std::copy_n(digest.begin(), state->kid.size(), state->kid.begin());

  Certificate out;
  out.m_state = std::move(state);
  return out;
}

std::array<std::byte, 8> Certificate::kid() const { return m_state->kid; }
std::string const& Certificate::der() const { return m_state->der; }
std::string const& Certificate::uri() const { return m_state->uri; }
WallTime Certificate::not_before() const { return m_state->not_before; }
WallTime Certificate::not_after() const { return m_state->not_after; }
Algorithm Certificate::algorithm() const { return m_state->algorithm; }
PublicPoint Certificate::public_point() const { return point_of(m_state->key.get()); }

bool Certificate::verify(std::span<std::byte const> bytes, Signature const& signature) const {
  auto* const key = m_state->key.get();
  SignatureContext const verifier(key, algorithm());
  auto const der = to_der(signature);
  bool const valid = EVP_DigestVerifyInit_ex(verifier.context.get(), nullptr, digest_name(algorithm()), nullptr,
                                             nullptr, key, nullptr) == 1 &&
                     EVP_DigestVerify(verifier.context.get(), der.data(), der.size(), uchars(bytes), bytes.size()) == 1;
  ERR_clear_error();
  return valid;
}

}  // namespace yizhan::crypto

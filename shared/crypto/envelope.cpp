#include "shared/crypto/envelope.h"

#include <openssl/core_names.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "shared/crypto/cbor.h"
#include "shared/crypto/openssl_handles.h"

namespace yizhan::crypto {
namespace {

// RFC 9052 §3.1 and RFC 9053 §4.1, §6.3.1, §7.1.1.
constexpr int k_label_algorithm = 1;
constexpr int k_label_kid = 4;
constexpr int k_label_iv = 5;
constexpr int k_label_ephemeral = -1;
constexpr int k_a256gcm = 3;
constexpr int k_ecdh_es_hkdf_256 = -25;
constexpr int k_key_type = 1;
constexpr int k_key_curve = -1;
constexpr int k_key_x = -2;
constexpr int k_key_y = -3;
constexpr int k_type_ec2 = 2;
constexpr int k_curve_p256 = 1;

constexpr std::size_t k_iv_size = 12;
constexpr std::size_t k_tag_size = 16;
constexpr std::size_t k_key_size = 32;
constexpr std::size_t k_coordinate = 32;

std::vector<std::byte> algorithm_header(int algorithm) {
  CborWriter out;
  out.map(1);
  out.integer(k_label_algorithm);
  out.integer(algorithm);
  return std::move(out).take();
}

/// COSE_KDF_Context (RFC 9053 §5.2): nothing is known of either party but their keys.
std::vector<std::byte> kdf_context(std::span<std::byte const> recipient_header) {
  CborWriter out;
  out.array(4);
  out.integer(k_a256gcm);
  for (int party = 0; party < 2; ++party) {
    out.array(3);
    for (int field = 0; field < 3; ++field) out.null();
  }
  out.array(2);
  out.integer(k_key_size * 8);
  out.bytes(recipient_header);
  return std::move(out).take();
}

/// Enc_structure (RFC 9052 §5.3) with empty external_aad.
std::vector<std::byte> additional_data(std::span<std::byte const> protected_header) {
  CborWriter out;
  out.array(3);
  out.text("Encrypt");
  out.bytes(protected_header);
  out.bytes({});
  return std::move(out).take();
}

/// HKDF with SHA-256 and without salt (RFC 5869).
SecretBytes content_key(SecretBytes const& shared, std::span<std::byte const> recipient_header) {
  KdfHandle const kdf(EVP_KDF_fetch(nullptr, "HKDF", nullptr));
  KdfContextHandle const context(EVP_KDF_CTX_new(kdf.get()));
  require(kdf && context, "HKDF");
  std::string digest = "SHA256";
  auto secret = shared.clone();
  auto info = kdf_context(recipient_header);
  std::array const parameters{
      OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, digest.data(), 0),
      OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_KEY, secret.span().data(), secret.size()),
      OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_INFO, info.data(), info.size()), OSSL_PARAM_construct_end()};
  SecretBytes key(k_key_size);
  require(EVP_KDF_derive(context.get(), uchars(key.span()), key.size(), parameters.data()) == 1, "HKDF");
  return key;
}

/// What encrypting and decrypting have in common: AES-256-GCM set up, its additional data taken in.
CipherContextHandle gcm(bool encrypt, SecretBytes const& key, std::span<std::byte const> iv,
                        std::span<std::byte const> protected_header) {
  CipherHandle const cipher(EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr));
  CipherContextHandle context(EVP_CIPHER_CTX_new());
  require(cipher && context &&
              EVP_CipherInit_ex2(context.get(), cipher.get(), uchars(key.view()), uchars(iv), encrypt ? 1 : 0,
                                 nullptr) == 1,
          "AES-256-GCM");
  auto const additional = additional_data(protected_header);
  int written = 0;
  require(
      EVP_CipherUpdate(context.get(), nullptr, &written, uchars(additional), static_cast<int>(additional.size())) == 1,
      "AES-256-GCM");
  return context;
}

void run(EVP_CIPHER_CTX* context, std::span<std::byte const> in, std::span<std::byte> out) {
  // The sizes fit an int: k_envelope_limit bounds them. Nothing to do is left out: a null pointer would mean additional data.
  int written = 0;
  require(in.empty() || EVP_CipherUpdate(context, uchars(out), &written, uchars(in), static_cast<int>(in.size())) == 1,
          "AES-256-GCM");
}

void write_ephemeral(CborWriter& out, PublicPoint const& point) {
  auto const coordinates = std::span(point).subspan(1);
  out.map(4);
  out.integer(k_key_type);
  out.integer(k_type_ec2);
  out.integer(k_key_curve);
  out.integer(k_curve_p256);
  out.integer(k_key_x);
  out.bytes(coordinates.first(k_coordinate));
  out.integer(k_key_y);
  out.bytes(coordinates.last(k_coordinate));
}

nlohmann::json const* member(nlohmann::json const& map, int label) {
  auto const found = map.find(std::to_string(label));
  return found == map.end() ? nullptr : &*found;
}

std::optional<std::vector<std::byte>> bytes_in(nlohmann::json const& map, int label, std::size_t size) {
  auto const* value = member(map, label);
  if (value == nullptr || !value->is_binary() || value->get_binary().size() != size) return std::nullopt;
  auto const bytes = std::as_bytes(std::span(value->get_binary()));
  return std::vector<std::byte>(bytes.begin(), bytes.end());
}

/// The point of a COSE_Key as SEC 1 writes it; y may be its sign alone (RFC 9053 §7.1.1).
std::optional<std::vector<std::byte>> ephemeral_point(nlohmann::json const& header) {
  auto const* key = member(header, k_label_ephemeral);
  if (key == nullptr || !key->is_object()) return std::nullopt;
  auto const* type = member(*key, k_key_type);
  auto const* curve = member(*key, k_key_curve);
  auto const* y = member(*key, k_key_y);
  if (type == nullptr || *type != k_type_ec2 || curve == nullptr || *curve != k_curve_p256 || y == nullptr)
    return std::nullopt;
  auto const x = bytes_in(*key, k_key_x, k_coordinate);
  if (!x) return std::nullopt;
  std::vector<std::byte> point;
  if (y->is_boolean()) {
    point.push_back(y->get<bool>() ? std::byte{3} : std::byte{2});
    point.insert(point.end(), x->begin(), x->end());
    return point;
  }
  auto const whole = bytes_in(*key, k_key_y, k_coordinate);
  if (!whole) return std::nullopt;
  point.push_back(std::byte{4});
  point.insert(point.end(), x->begin(), x->end());
  point.insert(point.end(), whole->begin(), whole->end());
  return point;
}

bool says(std::span<std::byte const> header, int algorithm) {
  auto const map = cbor_to_json(header);
  auto const* value = map && map->is_object() ? member(*map, k_label_algorithm) : nullptr;
  return value != nullptr && *value == algorithm;
}

}  // namespace

Result<std::vector<std::byte>> encrypt_for(Certificate const& recipient, std::span<std::byte const> plain,
                                           SecureRng& rng) {
  if (recipient.algorithm() != Algorithm::es256) return Error::make("envelope_recipient", Retry::no, "not P-256");
  if (plain.size() > k_envelope_limit - k_envelope_overhead) return Error::make("envelope_too_large");
  auto const ephemeral = PrivateKey::generate(Algorithm::es256);
  auto const shared = TRY(ephemeral.agree(recipient.public_point()));
  auto const protected_header = algorithm_header(k_a256gcm);
  auto const recipient_header = algorithm_header(k_ecdh_es_hkdf_256);
  std::array<std::byte, k_iv_size> iv{};
  rng.fill(iv);

  std::vector<std::byte> ciphertext(plain.size() + k_tag_size);
  auto const body = std::span(ciphertext).first(plain.size());
  auto const context = gcm(true, content_key(shared, recipient_header), iv, protected_header);
  run(context.get(), plain, body);
  int written = 0;
  std::array<unsigned char, k_tag_size> tag{};
  require(EVP_CipherFinal_ex(context.get(), tag.data(), &written) == 1 &&
              EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_GET_TAG, k_tag_size, tag.data()) == 1,
          "AES-256-GCM");
  std::ranges::copy(std::as_bytes(std::span(tag)), ciphertext.end() - k_tag_size);

  CborWriter out;
  out.tag(96);
  out.array(4);
  out.bytes(protected_header);
  out.map(1);
  out.integer(k_label_iv);
  out.bytes(iv);
  out.bytes(ciphertext);
  out.array(1);
  out.array(3);
  out.bytes(recipient_header);
  out.map(2);
  out.integer(k_label_kid);
  out.bytes(recipient.kid());
  out.integer(k_label_ephemeral);
  write_ephemeral(out, ephemeral.public_point());
  out.bytes({});
  return std::move(out).take();
}

Result<SecretBytes> decrypt_envelope(std::span<std::byte const> envelope, PrivateKey const& key,
                                     Certificate const& own) {
  auto const malformed = [](char const* what) { return Error::make("envelope_malformed", Retry::no, what); };
  if (envelope.size() > k_envelope_limit) return Error::make("envelope_too_large");
  auto const message = parse_cose_encrypt(envelope);
  if (!message) return Error::make("envelope_malformed").caused_by(message.error());
  auto const iv = bytes_in(message->unprotected_header, k_label_iv, k_iv_size);
  if (!iv || !says(message->protected_header, k_a256gcm)) return malformed("content algorithm or nonce");
  if (message->ciphertext.size() < k_tag_size) return malformed("ciphertext");
  if (message->recipients.size() != 1) return malformed("not one recipient");
  auto const& recipient = message->recipients.front();
  auto const own_kid = own.kid();
  auto const kid = bytes_in(recipient.unprotected_header, k_label_kid, own_kid.size());
  if (!kid || !std::ranges::equal(*kid, own_kid)) return Error::make("envelope_other_recipient");
  auto const point = ephemeral_point(recipient.unprotected_header);
  if (!point || !says(recipient.protected_header, k_ecdh_es_hkdf_256)) return malformed("recipient");
  auto const shared = key.agree(*point);
  if (!shared) return malformed("ephemeral key");

  auto const context = gcm(false, content_key(*shared, recipient.protected_header), *iv, message->protected_header);
  auto const body = std::span(message->ciphertext).first(message->ciphertext.size() - k_tag_size);
  std::array<unsigned char, k_tag_size> tag{};
  std::copy_n(uchars(message->ciphertext) + body.size(), tag.size(), tag.begin());
  SecretBytes plain(body.size());
  run(context.get(), body, plain.span());
  int written = 0;
  std::array<unsigned char, k_tag_size> rest{};
  require(EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_SET_TAG, k_tag_size, tag.data()) == 1, "AES-256-GCM");
  if (EVP_CipherFinal_ex(context.get(), rest.data(), &written) != 1) return Error::make("envelope_broken");
  return plain;
}

}  // namespace yizhan::crypto

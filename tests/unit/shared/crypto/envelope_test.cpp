#include "shared/crypto/envelope.h"

#include <gtest/gtest.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/pem.h>

#include <set>

#include "shared/base/manual_env.h"
#include "shared/base/text.h"
#include "shared/crypto/cbor.h"
#include "tests/support/pki/pki.h"

namespace yizhan::crypto {
namespace {

using Bytes = std::vector<std::byte>;

Bytes hex(std::string_view text) { return text::from_hex(text).value(); }

Bytes joined(std::initializer_list<Bytes> parts) {
  Bytes all;
  for (auto const& part : parts) all.insert(all.end(), part.begin(), part.end());
  return all;
}

unsigned char const* raw(Bytes const& bytes) { return reinterpret_cast<unsigned char const*>(bytes.data()); }
unsigned char* raw(Bytes& bytes) { return reinterpret_cast<unsigned char*>(bytes.data()); }

// A second implementation with nothing of the first one in it: curve arithmetic instead of EVP's ECDH, HKDF as two HMACs as RFC
// 5869 writes it, and the two CBOR structures as bytes written down by hand.
struct Oracle {
  unsigned algorithm;    // 1 A128GCM, 3 A256GCM
  std::size_t key_size;  // bytes

  static Bytes shared_x(Bytes const& scalar, Bytes const& point) {
    auto* group = EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1);
    auto* peer = EC_POINT_new(group);
    auto* product = EC_POINT_new(group);
    auto* d = BN_bin2bn(raw(scalar), static_cast<int>(scalar.size()), nullptr);
    auto* x = BN_new();
    EXPECT_EQ(EC_POINT_oct2point(group, peer, raw(point), point.size(), nullptr), 1);
    EXPECT_EQ(EC_POINT_mul(group, product, nullptr, peer, d, nullptr), 1);
    EXPECT_EQ(EC_POINT_get_affine_coordinates(group, product, x, nullptr, nullptr), 1);
    Bytes out(32);
    BN_bn2binpad(x, raw(out), 32);
    BN_free(x);
    BN_free(d);
    EC_POINT_free(product);
    EC_POINT_free(peer);
    EC_GROUP_free(group);
    return out;
  }

  static Bytes hmac(Bytes const& key, Bytes const& message) {
    Bytes out(32);
    unsigned size = 0;
    HMAC(EVP_sha256(), raw(key), static_cast<int>(key.size()), raw(message), message.size(), raw(out), &size);
    return out;
  }

  [[nodiscard]] Bytes key(Bytes const& scalar, Bytes const& point) const {
    // [AlgorithmID, [nil, nil, nil], [nil, nil, nil], [keyDataLength, << {1: -25} >>]]
    auto const length = key_size == 16 ? hex("1880") : hex("190100");
    auto const info = joined({hex("84"), Bytes{static_cast<std::byte>(algorithm)},
                              hex("83f6f6f6"
                                  "83f6f6f6"
                                  "82"),
                              length, hex("44a1013818")});
    auto const prk = hmac(Bytes(32), shared_x(scalar, point));
    auto out = hmac(prk, joined({info, hex("01")}));
    out.resize(key_size);
    return out;
  }

  /// Empty where the tag is wrong.
  [[nodiscard]] std::string open(Bytes const& scalar, Bytes const& point, Bytes const& iv, Bytes const& sealed) const {
    // ["Encrypt", << {1: algorithm} >>, h'']
    auto const additional = joined({hex("8367456e6372797074"
                                        "43a101"),
                                    Bytes{static_cast<std::byte>(algorithm)}, hex("40")});
    auto const content_key = key(scalar, point);
    auto* context = EVP_CIPHER_CTX_new();
    int size = 0;
    Bytes plain(sealed.size() - 16);
    Bytes tag(sealed.end() - 16, sealed.end());
    EVP_DecryptInit_ex(context, key_size == 16 ? EVP_aes_128_gcm() : EVP_aes_256_gcm(), nullptr, raw(content_key),
                       raw(iv));
    EVP_DecryptUpdate(context, nullptr, &size, raw(additional), static_cast<int>(additional.size()));
    EVP_DecryptUpdate(context, raw(plain), &size, raw(sealed), static_cast<int>(plain.size()));
    EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, 16, raw(tag));
    bool const good = EVP_DecryptFinal_ex(context, raw(plain), &size) == 1;
    EVP_CIPHER_CTX_free(context);
    return good ? std::string(text::chars_of(plain)) : std::string();
  }
};

Bytes scalar_of(test::Issued const& issued) {
  auto* memory = BIO_new_mem_buf(issued.key_pem.data(), static_cast<int>(issued.key_pem.size()));
  auto* key = PEM_read_bio_PrivateKey(memory, nullptr, nullptr, nullptr);
  BIGNUM* d = nullptr;
  EXPECT_EQ(EVP_PKEY_get_bn_param(key, "priv", &d), 1);
  Bytes out(32);
  BN_bn2binpad(d, raw(out), 32);
  BN_free(d);
  EVP_PKEY_free(key);
  BIO_free(memory);
  return out;
}

struct EnvelopeTest : testing::Test {
  SeededSecureRng rng{1};
  test::Issued recipient = test::self_signed("urn:yizhan:platform:test:uploads", WallTime{});
  PrivateKey key = recipient.key();
  Certificate certificate = recipient.certificate();
  [[nodiscard]] Bytes sealed(std::string_view plain) {
    return encrypt_for(certificate, text::bytes_of(plain), rng).value();
  }
  [[nodiscard]] std::string fault(std::span<std::byte const> envelope) {
    auto const opened = decrypt_envelope(envelope, key, certificate);
    return opened ? "" : std::string(opened.error().code());
  }
};

// RFC 8152 appendix C.3.1 and the key "meriadoc.brandybuck@buckland.example" of C.7.2: the oracle is not only of our opinion.
TEST(EnvelopeOracle, OpensTheExampleOfTheStandard) {
  Oracle const oracle{1, 16};
  auto const scalar = hex("aff907c99f9ad3aae6c4cdf21122bce2bd68b5283e6907154ad911840fa208cf");
  auto const point = hex("0398f50a4ff6c05861c8860d13a638ea56c3f5ad7590bbfbf054e1c7b4d91d6280");
  EXPECT_EQ(oracle.open(scalar, point, hex("c9cf4df2fe6c632bf7886413"),
                        hex("7adbe2709ca818fb415f1e5df66f4e1a51053ba6d65a1a0c52a357da7a644b8070a151b0")),
            "This is the content.");
}

TEST_F(EnvelopeTest, AnotherImplementationOpensIt) {
  auto const message = parse_cose_encrypt(sealed("申请表")).value();
  EXPECT_EQ(text::to_hex(message.protected_header), "a10103");
  ASSERT_EQ(message.recipients.size(), 1U);
  EXPECT_EQ(text::to_hex(message.recipients[0].protected_header), "a1013818");
  auto const& header = message.recipients[0].unprotected_header;
  auto const binary = [](nlohmann::json const& value) {
    auto const bytes = std::as_bytes(std::span(value.get_binary()));
    return Bytes(bytes.begin(), bytes.end());
  };
  EXPECT_EQ(text::to_hex(binary(header["4"])), text::to_hex(certificate.kid()));
  auto const point = joined({hex("04"), binary(header["-1"]["-2"]), binary(header["-1"]["-3"])});
  Oracle const oracle{3, 32};
  EXPECT_EQ(oracle.open(scalar_of(recipient), point, binary(message.unprotected_header["5"]), message.ciphertext),
            "申请表");
}

TEST_F(EnvelopeTest, OpensWhatItSealedOfAnySize) {
  for (std::size_t const size : {0U, 1U, 15U, 16U, 23U, 24U, 255U, 256U, 65535U, 65536U, 3000000U}) {
    Bytes const plain(size, std::byte{0x42});
    auto const envelope = encrypt_for(certificate, plain, rng).value();
    EXPECT_LE(envelope.size(), size + k_envelope_overhead);
    auto const opened = decrypt_envelope(envelope, key, certificate);
    ASSERT_TRUE(opened) << size;
    EXPECT_TRUE(std::ranges::equal(opened->view(), plain));
  }
}

TEST_F(EnvelopeTest, ACompressedEphemeralKeyAndAMissingTagAreRead) {
  auto envelope = sealed("x");
  auto const opened = decrypt_envelope(std::span(envelope).subspan(2), key, certificate);
  ASSERT_TRUE(opened);
  // The key ends the message: -3: h'32 bytes', then the empty ciphertext.
  auto const y_at = envelope.size() - 1 - 34;
  ASSERT_EQ(text::to_hex(std::span(envelope).subspan(y_at, 2)), "5820");
  bool const odd = (std::to_integer<int>(envelope[envelope.size() - 2]) & 1) != 0;
  envelope.erase(envelope.begin() + static_cast<std::ptrdiff_t>(y_at), envelope.end() - 1);
  envelope.insert(envelope.end() - 1, odd ? std::byte{0xF5} : std::byte{0xF4});
  EXPECT_EQ(fault(envelope), "");
  envelope.back() = std::byte{0xF6};  // nil instead of an empty byte string
  EXPECT_EQ(fault(envelope), "");
}

TEST_F(EnvelopeTest, NoAlteredBitPasses) {
  auto const envelope = sealed("A");
  for (std::size_t bit = 16; bit < envelope.size() * 8; ++bit) {  // the tag's two bytes say nothing
    auto altered = envelope;
    altered[bit / 8] ^= static_cast<std::byte>(1U << (bit % 8));

    EXPECT_NE(fault(altered), "") << bit;
  }
}

TEST_F(EnvelopeTest, EveryShorterFormIsRefused) {
  auto const envelope = sealed("A");
  for (std::size_t size = 0; size < envelope.size(); ++size)
    EXPECT_EQ(fault(std::span(envelope).first(size)), "envelope_malformed") << size;
}

TEST_F(EnvelopeTest, OthersReadNothing) {
  auto const envelope = sealed("A");
  auto const other = test::self_signed("urn:yizhan:platform:test:other", WallTime{});
  EXPECT_TRUE(decrypt_envelope(envelope, other.key(), other.certificate()).error().is("envelope_other_recipient"));
  // The right name with another key.
  EXPECT_TRUE(decrypt_envelope(envelope, other.key(), certificate).error().is("envelope_broken"));
}

TEST_F(EnvelopeTest, APointOffTheCurveIsRefused) {
  auto envelope = sealed("A");
  envelope[envelope.size() - 2] ^= std::byte{1};
  EXPECT_EQ(fault(envelope), "envelope_malformed");
}

TEST_F(EnvelopeTest, OneTextNeverLooksTheSameAndNeverShows) {
  std::set<Bytes> seen;
  for (int i = 0; i < 20; ++i) {
    SeededSecureRng same(7);
    auto const envelope = encrypt_for(certificate, text::bytes_of("420106199003070016"), same).value();
    EXPECT_EQ(text::chars_of(envelope).find("420106"), std::string_view::npos);
    EXPECT_TRUE(seen.insert(envelope).second);
  }
}

TEST_F(EnvelopeTest, AnSm2CertificateIsNoRecipient) {
  auto const sm2 = test::self_signed("urn:yizhan:platform:test:sm2", WallTime{}, Algorithm::sm2);
  EXPECT_TRUE(encrypt_for(sm2.certificate(), text::bytes_of("x"), rng).error().is("envelope_recipient"));
}

TEST_F(EnvelopeTest, OverTheLimitNothingIsTried) {
  Bytes const plain(k_envelope_limit - k_envelope_overhead + 1);
  EXPECT_TRUE(encrypt_for(certificate, plain, rng).error().is("envelope_too_large"));
  EXPECT_EQ(fault(Bytes(k_envelope_limit + 1)), "envelope_too_large");
}

TEST(Agreement, IsTheSameFromBothSides) {
  auto const a = PrivateKey::generate(Algorithm::es256);
  auto const b = PrivateKey::generate(Algorithm::es256);
  auto const one = a.agree(b.public_point());
  auto const two = b.agree(a.public_point());
  ASSERT_TRUE(one && two);
  EXPECT_TRUE(std::ranges::equal(one->view(), two->view()));
  EXPECT_TRUE(a.agree({}).error().is("key_agreement"));
  EXPECT_TRUE(PrivateKey::generate(Algorithm::sm2).agree(a.public_point()).error().is("key_agreement"));
}

}  // namespace
}  // namespace yizhan::crypto

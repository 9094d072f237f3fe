#include "shared/crypto/keys.h"

#include <gtest/gtest.h>

#include "shared/base/text.h"
#include "tests/support/pki/pki.h"

namespace yizhan::crypto {
namespace {

using namespace std::chrono_literals;
WallTime const k_now{std::chrono::sys_days{std::chrono::year{2026} / 11 / 24} + 9h};

struct KeysTest : testing::TestWithParam<Algorithm> {};
INSTANTIATE_TEST_SUITE_P(Both, KeysTest, testing::Values(Algorithm::es256, Algorithm::sm2),
                         [](auto const& info) { return info.param == Algorithm::sm2 ? "sm2" : "es256"; });

TEST_P(KeysTest, SignaturesVerifyAndNothingAlteredDoes) {
  auto const issued = test::self_signed("urn:yizhan:device:420106001001:001", k_now, GetParam());
  auto const key = issued.key();
  auto const certificate = issued.certificate();
  ASSERT_EQ(key.algorithm(), GetParam());
  ASSERT_EQ(certificate.algorithm(), GetParam());
  auto const signature = key.sign(text::bytes_of("message")).value();
  EXPECT_TRUE(certificate.verify(text::bytes_of("message"), signature));
  EXPECT_FALSE(certificate.verify(text::bytes_of("messagE"), signature));
  for (std::size_t i = 0; i < signature.size(); ++i) {
    auto altered = signature;
    altered[i] ^= std::byte{1};
    EXPECT_FALSE(certificate.verify(text::bytes_of("message"), altered)) << i;
  }
  EXPECT_FALSE(certificate.verify(text::bytes_of("message"), Signature{}));
}

TEST_P(KeysTest, AKeyComesBackFromItsPem) {
  auto const key = PrivateKey::generate(GetParam());
  auto const again = PrivateKey::from_pem(text::chars_of(key.to_pem().view()));
  ASSERT_TRUE(again);
  EXPECT_EQ(again->algorithm(), GetParam());
  EXPECT_TRUE(std::ranges::equal(again->to_pem().view(), key.to_pem().view()));
}

TEST_P(KeysTest, ACertificateReadsTheSameFromPemAndDer) {
  auto const issued = test::self_signed("urn:yizhan:device:420106001001:001", k_now, GetParam());
  auto const pem = issued.certificate();
  auto const der = Certificate::parse(pem.der());
  ASSERT_TRUE(der);
  EXPECT_EQ(der->kid(), pem.kid());
  EXPECT_EQ(der->uri(), "urn:yizhan:device:420106001001:001");
  EXPECT_EQ(der->not_before(), k_now - 24h);
  EXPECT_EQ(der->not_after(), k_now + 24h * 365);
}

TEST(Keys, AnSm2SignatureIsNotAnEs256One) {
  auto const sm2 = test::self_signed("urn:a", k_now, Algorithm::sm2);
  auto const es256 = test::self_signed("urn:a", k_now);
  auto const signature = sm2.key().sign(text::bytes_of("m")).value();
  EXPECT_FALSE(es256.certificate().verify(text::bytes_of("m"), signature));
}

// Made with `openssl dgst -sm3 -sign … -sigopt distid:1234567812345678` of OpenSSL 3: the id is really set.
TEST(Keys, Sm2SignaturesOfOtherProgramsWithTheUsualIdVerify) {
  auto const certificate = Certificate::parse(
      "-----BEGIN CERTIFICATE-----\n"
      "MIIBnjCCAUOgAwIBAgIUKa5O217JDptzGkueUxbgGsPP8z4wCgYIKoEcz1UBg3Uw\n"
      "EzERMA8GA1UEAwwIc20yIHRlc3QwIBcNMjYxMTI0MDU1OTUyWhgPMjEyNjEwMzEw\n"
      "NTU5NTJaMBMxETAPBgNVBAMMCHNtMiB0ZXN0MFkwEwYHKoZIzj0CAQYIKoEcz1UB\n"
      "gi0DQgAEzG6k5QzE/UOrVN0QSYdJG21yeSiHhcZjBgv2HREk1bhn8U+juYXcTipr\n"
      "VbZl5Cv+I8sf1fltvKMxBBasD/OZxqNzMHEwHQYDVR0OBBYEFHe0s3mSi2fxdeld\n"
      "g1m8uz/whYvGMB8GA1UdIwQYMBaAFHe0s3mSi2fxdeldg1m8uz/whYvGMA8GA1Ud\n"
      "EwEB/wQFMAMBAf8wHgYDVR0RBBcwFYYTdXJuOnlpemhhbjp0ZXN0OnNtMjAKBggq\n"
      "gRzPVQGDdQNJADBGAiEAz5ZYML2EXfrYIVqSgd94H1CoI6mhen7my+OsGwXigDsC\n"
      "IQC0RXwC3nHduzXJ8l8U5S60OrLcBc/2NhXlZsJ1vhcF9w==\n"
      "-----END CERTIFICATE-----\n");
  ASSERT_TRUE(certificate);
  Signature signature{};
  auto const bytes = text::from_hex(
      "0C28E695A7A87083FDA1E1B7F66CDE1DE651A40498D51CB3D147B6BE7EC20364"
      "6D537EEF8975FA949E1073AFA4EACC4CBAE9A906251EB90D6A6EC4BD9B5FE370");
  ASSERT_TRUE(bytes);
  ASSERT_EQ(bytes->size(), signature.size());
  std::ranges::copy(*bytes, signature.begin());
  EXPECT_TRUE(certificate->verify(text::bytes_of("message digest"), signature));
}

TEST(Keys, OtherKeysAndGarbageHaveTheirOwnErrors) {
  EXPECT_TRUE(PrivateKey::from_pem("").error().is("key_unreadable"));
  EXPECT_TRUE(PrivateKey::from_pem("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n")
                  .error()
                  .is("key_unreadable"));
  // RFC 8410 §10.3's Ed25519 example.
  EXPECT_TRUE(PrivateKey::from_pem("-----BEGIN PRIVATE KEY-----\n"
                                   "MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\n"
                                   "-----END PRIVATE KEY-----\n")
                  .error()
                  .is("key_unsupported"));
  EXPECT_TRUE(Certificate::parse("").error().is("certificate_unreadable"));
  EXPECT_TRUE(Certificate::parse("-----BEGIN CERTIFICATE-----\n").error().is("certificate_unreadable"));
}

TEST(Keys, BytesBehindADerCertificateAreRefused) {
  auto const der = test::self_signed("urn:a", k_now).certificate().der();
  EXPECT_TRUE(Certificate::parse(der));
  EXPECT_FALSE(Certificate::parse(der + "x"));
  EXPECT_FALSE(Certificate::parse(der.substr(0, der.size() - 1)));
}

TEST(Keys, ACertificateWithoutUriNameSaysSo) {
  test::Wanted wanted;
  wanted.dns = {"platform.example"};
  wanted.not_before = k_now;
  wanted.not_after = k_now + 1h;
  EXPECT_EQ(test::issue(wanted).certificate().uri(), "");
}

}  // namespace
}  // namespace yizhan::crypto

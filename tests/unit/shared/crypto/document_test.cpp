#include <gtest/gtest.h>
#include <openssl/evp.h>

#include <nlohmann/json.hpp>

#include "shared/base/text.h"
#include "shared/crypto/cose.h"
#include "shared/crypto/credential.h"
#include "tests/support/pki/pki.h"

namespace yizhan::crypto {
namespace {

using namespace std::chrono_literals;
WallTime const k_now{std::chrono::sys_days{std::chrono::year{2026} / 11 / 24} + 9h};

std::string base64(std::string const& bytes) {
  std::string out(bytes.size() / 3 * 4 + 5, '\0');
  int const size =
      EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                      reinterpret_cast<unsigned char const*>(bytes.data()), static_cast<int>(bytes.size()));
  out.resize(static_cast<std::size_t>(size));
  return out;
}

struct DocumentTest : testing::Test {
  test::Issued signer = test::self_signed("urn:yizhan:platform:hubei", k_now);
  test::Issued other = test::self_signed("urn:yizhan:platform:hubei", k_now, Algorithm::sm2);
  std::vector<Certificate> pinned{other.certificate(), signer.certificate()};
  std::string document(std::string_view json, test::Issued const& who) {
    return sign_document(json, who.key(), who.certificate()).value();
  }
};

TEST_F(DocumentTest, ComesBackFromAnyPinnedSigner) {
  EXPECT_EQ(verify_document(document("{\"version\":1}", signer), pinned).value(), "{\"version\":1}");
  EXPECT_EQ(verify_document(document("{\"version\":1}", other), pinned).value(), "{\"version\":1}");
}

TEST_F(DocumentTest, OthersSignersAreUntrusted) {
  auto const stranger = test::self_signed("urn:yizhan:platform:hubei", k_now);
  EXPECT_TRUE(verify_document(document("{}", stranger), pinned).error().is("document_untrusted"));
  EXPECT_TRUE(verify_document(document("{}", signer), {}).error().is("document_untrusted"));
}

TEST_F(DocumentTest, NoAlteredByteVerifies) {
  auto const good = document("{\"version\":1}", signer);
  for (std::size_t i = 0; i < good.size(); ++i)
    for (int bit = 0; bit < 8; ++bit) {
      auto altered = good;
      altered[i] = static_cast<char>(altered[i] ^ (1 << bit));
      EXPECT_FALSE(verify_document(altered, pinned)) << i << '.' << bit;
    }
  for (std::size_t size = 0; size < good.size(); ++size) EXPECT_FALSE(verify_document(good.substr(0, size), pinned));
}

TEST_F(DocumentTest, ACodeIsNoDocument) {
  auto const cose = cose_sign("yizhan/ticket", zlib_deflate(text::bytes_of("{}")), signer.key(), signer.certificate());
  EXPECT_TRUE(verify_document(text::chars_of(*cose), pinned).error().is("document_malformed"));
}

TEST_F(DocumentTest, ABombIsTooLarge) {
  auto const packed = zlib_deflate(std::vector<std::byte>(5 * 1024 * 1024));
  auto const cose = cose_sign("yizhan/document", packed, signer.key(), signer.certificate());
  EXPECT_TRUE(verify_document(text::chars_of(*cose), pinned).error().is("document_too_large"));
  EXPECT_TRUE(sign_document(std::string(5 * 1024 * 1024, ' '), signer.key(), signer.certificate())
                  .error()
                  .is("document_too_large"));
}

TEST_F(DocumentTest, ATrustListReads) {
  nlohmann::json const json{{"version", 3},
                            {"keys",
                             {{{"certificate", base64(signer.certificate().der())},
                               {"use", {"ticket", "catalog"}},
                               {"halls", {"420106", ""}},
                               {"revoked", true}},
                              {{"certificate", base64(other.certificate().der())},
                               {"use", nlohmann::json::array()},
                               {"halls", {"420106001001"}}}}}};
  auto const list = parse_trust_list(json.dump()).value();
  ASSERT_EQ(list.size(), 2U);
  EXPECT_EQ(list[0].certificate.kid(), signer.certificate().kid());
  EXPECT_EQ(list[0].use, (std::vector<std::string>{"ticket", "catalog"}));
  EXPECT_EQ(list[0].halls, (std::vector<std::string>{"420106", ""}));
  EXPECT_TRUE(list[0].revoked);
  EXPECT_EQ(list[1].certificate.algorithm(), Algorithm::sm2);
  EXPECT_FALSE(list[1].revoked);
}

TEST_F(DocumentTest, OneBadEntrySpoilsATrustList) {
  nlohmann::json const good{
      {"certificate", base64(signer.certificate().der())}, {"use", {"ticket"}}, {"halls", {"42"}}};
  auto const code = [](nlohmann::json const& entry) {
    auto const list = parse_trust_list(nlohmann::json{{"version", 1}, {"keys", {entry}}}.dump());
    return list ? std::string() : std::string(list.error().code());
  };
  ASSERT_EQ(code(good), "");
  for (auto const& [key, value] : std::vector<std::pair<std::string, nlohmann::json>>{{"certificate", "!!!!"},
                                                                                      {"certificate", "AAAA"},
                                                                                      {"certificate", 1},
                                                                                      {"use", "ticket"},
                                                                                      {"use", {1}},
                                                                                      {"halls", {"4201060010011"}},
                                                                                      {"halls", {"42x"}},
                                                                                      {"halls", nullptr},
                                                                                      {"revoked", "no"}}) {
    auto entry = good;
    entry[key] = value;
    EXPECT_EQ(code(entry), "trust_list_invalid") << key << value;
  }
  for (char const* text : {"", "[]", "{}", "{\"version\":1}", "{\"version\":\"1\",\"keys\":[]}",
                           "{\"version\":1,\"keys\":{}}", "{\"version\":1,\"keys\":[1]}"})
    EXPECT_TRUE(parse_trust_list(text).error().is("trust_list_invalid")) << text;
}

}  // namespace
}  // namespace yizhan::crypto

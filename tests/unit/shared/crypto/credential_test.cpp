#include "shared/crypto/credential.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "shared/base/text.h"
#include "shared/crypto/cose.h"
#include "tests/support/pki/pki.h"

namespace yizhan::crypto {
namespace {

using namespace std::chrono_literals;
WallTime const k_now{std::chrono::sys_days{std::chrono::year{2026} / 11 / 24} + 9h};
constexpr std::string_view k_hall = "420106001001";
constexpr char const* k_device = "urn:yizhan:device:420106001001:001";
constexpr char const* k_province = "urn:yizhan:platform:hubei";

std::int64_t seconds(WallTime time) {
  return std::chrono::duration_cast<std::chrono::seconds>(time.time_since_epoch()).count();
}

struct CredentialTest : testing::Test {
  test::Issued province = test::self_signed(k_province, k_now);
  test::Issued device = test::self_signed(k_device, k_now);
  TrustList trust{{province.certificate(), {"appointment", "staff", "ticket"}, {"4201"}, false},
                  {device.certificate(), {"ticket", "case", "staff"}, {"420106001001"}, false}};

  static Credential credential(CredentialKind kind = CredentialKind::appointment, std::string issuer = k_province) {
    Credential out;
    out.kind = kind;
    out.issuer = std::move(issuer);
    out.issued_at = seconds(k_now - 1h);
    out.expires_at = seconds(k_now + 1h);
    out.id.fill(std::byte{0xC7});
    out.body = R"({"item":"4201-0001","n":3,"t":-1})";
    return out;
  }
  std::string signed_by(test::Issued const& who, Credential const& what) {
    return sign_credential(what, who.key(), who.certificate()).value();
  }
  Result<Credential> verify(std::string_view text, WallTime now = k_now, std::string_view hall = k_hall,
                            std::vector<CredentialKind> const& wanted = {}) {
    return verify_credential(text, trust, now, hall, wanted);
  }
  static std::string_view code(Result<Credential> const& result) { return result ? "" : result.error().code(); }
  static std::string wrap(std::vector<std::byte> const& cose, std::string_view prefix = "YZ1:") {
    return std::string(prefix) + base45_encode(zlib_deflate(cose));
  }
  static std::vector<std::byte> unwrap(std::string_view text) {
    return zlib_inflate(base45_decode(text.substr(4)).value(), 4096).value();
  }
};

TEST_F(CredentialTest, EveryClaimComesBackWithBothAlgorithms) {
  auto const sm2 = test::self_signed(k_province, k_now, Algorithm::sm2);
  trust.push_back({sm2.certificate(), {"appointment"}, {""}, false});
  for (auto const& who : {province, sm2}) {
    auto const back = verify(signed_by(who, credential()), k_now, k_hall, {CredentialKind::appointment});
    ASSERT_TRUE(back) << back.error().to_line();
    EXPECT_EQ(back->kind, CredentialKind::appointment);
    EXPECT_EQ(back->issuer, k_province);
    EXPECT_EQ(back->issued_at, seconds(k_now - 1h));
    EXPECT_EQ(back->expires_at, seconds(k_now + 1h));
    EXPECT_EQ(back->id, credential().id);
    EXPECT_EQ(back->body, credential().body);
  }
}

TEST_F(CredentialTest, TheTextFitsAlphanumericMode) {
  auto const text = signed_by(province, credential());
  EXPECT_TRUE(text.starts_with("YZ1:"));
  EXPECT_EQ(text.find_first_not_of("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"), std::string::npos);
}

TEST_F(CredentialTest, TheBytesAreThoseOfTheFormatsPage) {
  auto const bytes = unwrap(signed_by(province, credential()));
  EXPECT_EQ(bytes[0], std::byte{0xD2});  // tag 18
  EXPECT_EQ(bytes[1], std::byte{0x84});
  auto const cose = parse_cose_sign1(bytes).value();
  std::string const kid = text::to_hex(province.certificate().kid());
  // {1: -7, 4: kid, 16: "yizhan/appointment"}
  EXPECT_EQ(text::to_hex(cose.protected_header),
            "a3012604"
            "48" +
                kid + "1072" + text::to_hex(text::bytes_of("yizhan/appointment")));
  EXPECT_TRUE(text::to_hex(cose.payload).starts_with("a5017819" + text::to_hex(text::bytes_of(k_province)) + "041a"));
  EXPECT_NE(text::to_hex(cose.payload)
                .find("0750"
                      "c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7"
                      "3a00011171"
                      "a3"),
            std::string::npos);
  EXPECT_EQ(cose.signature.size(), 64U);
}

TEST_F(CredentialTest, TheTagMayBeMissing) {
  auto bytes = unwrap(signed_by(province, credential()));
  bytes.erase(bytes.begin());
  EXPECT_TRUE(verify(wrap(bytes)));
  bytes.insert(bytes.begin(), std::byte{0xD1});  // COSE_Mac0's
  EXPECT_EQ(code(verify(wrap(bytes))), "code_malformed");
}

TEST_F(CredentialTest, NoAlteredByteOfTheMessageVerifies) {
  auto const bytes = unwrap(signed_by(province, credential()));
  for (std::size_t i = 0; i < bytes.size(); ++i)
    for (unsigned value = 0; value < 256; ++value) {
      auto altered = bytes;
      if (altered[i] == static_cast<std::byte>(value)) continue;
      altered[i] = static_cast<std::byte>(value);
      auto const result = verify(wrap(altered));
      ASSERT_FALSE(result) << "byte " << i << " as " << value;
    }
}

TEST_F(CredentialTest, NoAlteredCharacterOfTheTextYieldsOtherContent) {
  auto const text = signed_by(province, credential());
  std::size_t refused = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    for (char const c : std::string_view("0AZ:$ \x80")) {
      auto altered = text;
      if (altered[i] == c) continue;
      altered[i] = c;
      auto const result = verify(altered);
      // Bits that deflate does not use may differ; what was signed may not.
      if (result)
        ASSERT_EQ(unwrap(altered), unwrap(text)) << i;
      else
        ++refused;
    }
  }
  EXPECT_GT(refused, text.size() * 5);
}

TEST_F(CredentialTest, EveryShorterTextIsMalformed) {
  auto const text = signed_by(province, credential());
  for (std::size_t size = 0; size < text.size(); ++size)
    EXPECT_EQ(code(verify(text.substr(0, size))), "code_malformed");
}

TEST_F(CredentialTest, SizeComesFirst) {
  EXPECT_EQ(code(verify("YZ1:" + std::string(4293, 'A'))), "code_too_large");
  EXPECT_EQ(code(verify("YZ1:" + std::string(4292, 'A'))), "code_malformed");
  EXPECT_EQ(code(verify(wrap(std::vector<std::byte>(4097)))), "code_too_large");
  EXPECT_EQ(code(verify(wrap(std::vector<std::byte>(1'000'000)))), "code_too_large");
}

TEST_F(CredentialTest, AnUnknownKeyIsUntrustedAKnownNamesForgeryIsASignatureError) {
  auto const stranger = test::self_signed(k_province, k_now);
  EXPECT_EQ(code(verify(signed_by(stranger, credential()))), "code_untrusted");
  auto bytes = unwrap(signed_by(province, credential()));
  bytes.back() ^= std::byte{1};
  EXPECT_EQ(code(verify(wrap(bytes))), "code_signature");
}

TEST_F(CredentialTest, AllKeysThatShareAKidAreTried) {
  // Two entries for one certificate, of which only the second has the use.
  trust.insert(trust.begin(), {province.certificate(), {"material"}, {""}, false});
  EXPECT_TRUE(verify(signed_by(province, credential())));
}

TEST_F(CredentialTest, TrustNeedsUseHallIssuerAndNoRevocation) {
  EXPECT_EQ(code(verify(signed_by(province, credential(CredentialKind::material)))), "code_untrusted");
  EXPECT_EQ(code(verify(signed_by(province, credential()), k_now, "310101001001")), "code_wrong_hall");
  EXPECT_EQ(code(verify(signed_by(province, credential(CredentialKind::appointment, "urn:yizhan:platform:hunan")))),
            "code_untrusted");
  trust[0].revoked = true;
  EXPECT_EQ(code(verify(signed_by(province, credential()))), "code_revoked");
  // One revoked entry outweighs another that is not.
  trust.push_back({province.certificate(), {"appointment"}, {""}, false});
  EXPECT_EQ(code(verify(signed_by(province, credential()))), "code_revoked");
}

TEST_F(CredentialTest, AKeyWithoutHallsCoversNone) {
  trust[0].halls.clear();
  EXPECT_EQ(code(verify(signed_by(province, credential()))), "code_wrong_hall");
}

TEST_F(CredentialTest, DeviceKeysSignOnlyTicketsAndCases) {
  EXPECT_TRUE(verify(signed_by(device, credential(CredentialKind::ticket, k_device))));
  EXPECT_TRUE(verify(signed_by(device, credential(CredentialKind::case_, k_device))));
  // Although its entry in the trust list would allow it.
  EXPECT_EQ(code(verify(signed_by(device, credential(CredentialKind::staff, k_device)))), "code_untrusted");
}

TEST_F(CredentialTest, TimesAreCheckedWithTwoMinutesOfTolerance) {
  auto const text = signed_by(province, credential());
  EXPECT_TRUE(verify(text, k_now + 1h + 120s));
  EXPECT_EQ(code(verify(text, k_now + 1h + 121s)), "code_expired");
  EXPECT_TRUE(verify(text, k_now - 1h - 120s));
  EXPECT_EQ(code(verify(text, k_now - 1h - 121s)), "code_not_yet_valid");
}

TEST_F(CredentialTest, TheWorstNumbersForTimesAreOnlyWrongTimes) {
  auto extreme = credential();
  extreme.expires_at = INT64_MAX;
  extreme.issued_at = INT64_MIN;
  EXPECT_TRUE(verify(signed_by(province, extreme)));
  extreme.expires_at = INT64_MIN;
  EXPECT_EQ(code(verify(signed_by(province, extreme))), "code_expired");
  extreme.expires_at = extreme.issued_at = INT64_MAX;
  EXPECT_EQ(code(verify(signed_by(province, extreme))), "code_not_yet_valid");
}

TEST_F(CredentialTest, KindIsCheckedAfterTrustAndTime) {
  auto const text = signed_by(province, credential());
  EXPECT_EQ(code(verify(text, k_now, k_hall, {CredentialKind::ticket, CredentialKind::case_})), "code_wrong_kind");
  EXPECT_EQ(code(verify(text, k_now + 2h, k_hall, {CredentialKind::ticket})), "code_expired");
  EXPECT_EQ(code(verify(text, k_now + 2h, "31", {CredentialKind::ticket})), "code_wrong_hall");
}

TEST_F(CredentialTest, AKindOfALaterVersionIsAWrongKindNotAnAcceptedOne) {
  trust[0].use.push_back("voucher");
  auto const payload = parse_cose_sign1(unwrap(signed_by(province, credential())))->payload;
  auto const message = cose_sign("yizhan/voucher", payload, province.key(), province.certificate()).value();
  EXPECT_EQ(code(verify(wrap(message))), "code_wrong_kind");
  EXPECT_EQ(code(verify(wrap(cose_sign("other/appointment", payload, province.key(), province.certificate()).value()))),
            "code_malformed");
}

TEST_F(CredentialTest, ClaimsOfTheWrongShapeAreMalformedThoughSigned) {
  auto const sign = [&](std::vector<std::byte> const& payload) {
    return wrap(cose_sign("yizhan/appointment", payload, province.key(), province.certificate()).value());
  };
  for (char const* payload :
       {"", "a0", "80", "f6", "a1016161", "a50161610400060007500000000000000000000000000000003a00011171a0",
        "a501616104000600074f0000000000000000000000000000003a00011171a0"})
    EXPECT_EQ(code(verify(sign(text::from_hex(payload).value()))), "code_malformed") << payload;
}

TEST_F(CredentialTest, OnlyFlatBodiesAreSigned) {
  for (char const* body : {"", "[]", "{\"a\":1.5}", "{\"a\":{}}", "{\"a\":null}", "{\"a\":true}", "{\"号\":1}",
                           "{\"a\":18446744073709551615}"}) {
    auto what = credential();
    what.body = body;
    auto const result = sign_credential(what, province.key(), province.certificate());
    ASSERT_FALSE(result) << body;
    EXPECT_TRUE(result.error().is("credential_body")) << body;
  }
}

TEST_F(CredentialTest, ABodyTooLargeForACodeIsNotSigned) {
  auto what = credential();
  what.body = nlohmann::json{{"a", std::string(5000, 'x')}}.dump();
  EXPECT_TRUE(sign_credential(what, province.key(), province.certificate()).error().is("code_too_large"));
}

TEST_F(CredentialTest, AnothersCertificateIsNotSignedWith) {
  EXPECT_TRUE(sign_credential(credential(), device.key(), province.certificate()).error().is("key_mismatch"));
}

TEST_F(CredentialTest, InspectionNeedsNoKey) {
  auto const found = inspect_credential(signed_by(province, credential())).value();
  EXPECT_EQ(found["header"]["1"], -7);
  EXPECT_EQ(found["header"]["4"], text::to_hex(province.certificate().kid()));
  EXPECT_EQ(found["header"]["16"], "yizhan/appointment");
  EXPECT_EQ(found["claims"]["1"], k_province);
  EXPECT_EQ(found["claims"]["-70002"]["n"], 3);
  EXPECT_FALSE(found.contains("unprotected"));
  EXPECT_TRUE(inspect_credential("YZ1:").error().is("code_malformed"));
}

// An EU health certificate's shape (hcert 1.3.0): key in either header, dates as text, arrays, a claim of −260.
TEST_F(CredentialTest, HealthCertificatesAreInspectedToo) {
  CborWriter claims;
  claims.map(4);
  claims.integer(1);
  claims.text("XX");
  claims.integer(4);
  claims.integer(1800000000);
  claims.integer(6);
  claims.integer(1700000000);
  claims.integer(-260);
  claims.map(1);
  claims.integer(1);
  claims.map(2);
  claims.text("ver");
  claims.text("1.3.0");
  claims.text("v");
  claims.array(1);
  claims.map(1);
  claims.text("dn");
  claims.integer(2);
  auto const payload = std::move(claims).take();
  CborWriter message;
  message.array(4);
  message.bytes(text::from_hex("a10126").value());
  message.map(1);
  message.integer(4);
  message.bytes(text::from_hex("0102030405060708").value());
  message.bytes(payload);
  message.bytes(std::vector<std::byte>(64));
  auto const text = wrap(std::move(message).take(), "HC1:");
  auto const found = inspect_credential(text, "HC1:").value();
  EXPECT_EQ(found["header"]["1"], -7);
  EXPECT_EQ(found["unprotected"]["4"], "0102030405060708");
  EXPECT_EQ(found["claims"]["1"], "XX");
  EXPECT_EQ(found["claims"]["-260"]["1"]["v"][0]["dn"], 2);
  EXPECT_TRUE(inspect_credential(text).error().is("code_malformed"));
}

TEST(Kinds, NamesComeBack) {
  for (auto const kind : {CredentialKind::ticket, CredentialKind::appointment, CredentialKind::case_,
                          CredentialKind::material, CredentialKind::staff, CredentialKind::provision})
    EXPECT_EQ(parse_credential_kind(to_string(kind)), kind);
  EXPECT_EQ(parse_credential_kind("case_"), std::nullopt);
}

TEST(Cbor, AnnouncedLengthsBeyondTheInputAreRefusedBeforeAnythingIsAllocated) {
  for (char const* bytes : {"9b00000fffffffffff", "bb00000fffffffffff", "5b00000fffffffffff", "7b00000fffffffffff",
                            "9a000fffff9a000fffff", "bf", "9f", "81", "a101", "ff", "1c", "00ff", "0000"})
    EXPECT_TRUE(cbor_to_json(text::from_hex(bytes).value()).error().is("cbor_malformed")) << bytes;
}

TEST(Cbor, DepthAndKeysAreBounded) {
  auto nested = text::from_hex("8181818181818181818181818181818100").value();
  EXPECT_TRUE(cbor_to_json(nested));
  nested.insert(nested.begin(), std::byte{0x81});
  EXPECT_TRUE(cbor_to_json(nested).error().is("cbor_malformed"));
  EXPECT_TRUE(cbor_to_json(std::vector<std::byte>(100'000, std::byte{0x81})).error().is("cbor_malformed"));
  EXPECT_TRUE(cbor_to_json(text::from_hex("a201000101").value()).error().is("cbor_malformed"));  // key 1 twice
  EXPECT_TRUE(cbor_to_json(text::from_hex("a1f500").value()).error().is("cbor_malformed"));      // key true
  EXPECT_TRUE(cbor_to_json(text::from_hex("62c328").value()).error().is("cbor_malformed"));      // not UTF-8
  EXPECT_TRUE(cbor_to_json(text::from_hex("3bffffffffffffffff").value()).error().is("cbor_malformed"));
  EXPECT_EQ(cbor_to_json(text::from_hex("1bffffffffffffffff").value()).value(), UINT64_MAX);
}

}  // namespace
}  // namespace yizhan::crypto

// POST /v1/codes/resolve and /v1/appointments/claim.
#include <future>

#include "shared/crypto/credential.h"
#include "tests/functional/platform/platform_test.h"

namespace yizhan::test {
namespace {

class PlatformCodes : public PlatformTest {
 protected:
  std::string sign(std::int64_t issued_after_now, std::int64_t lasts, std::string const& body) {
    auto const key = crypto::PrivateKey::from_pem(read_file(pki().folder() / "codes-signer.key"));
    auto const certificate = crypto::Certificate::parse(read_file(pki().folder() / "codes-signer.crt"));
    auto const now =
        std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch());
    crypto::Credential credential;
    credential.kind = crypto::CredentialKind::appointment;
    credential.issuer = "urn:yizhan:platform:demo";
    credential.issued_at = now.count() + issued_after_now;
    credential.expires_at = credential.issued_at + lasts;
    credential.id.back() = static_cast<std::byte>(++m_next);
    credential.body = body;
    return crypto::sign_credential(credential, *key, *certificate).value();
  }
  HttpAnswer resolve(std::string const& code) { return post(k_first, "/v1/codes/resolve", {{"code", code}}); }
  HttpAnswer claim(std::string const& token, char const* terminal = k_first) {
    return post(terminal, "/v1/appointments/claim", {{"token", token}});
  }

 private:
  int m_next = 0;
};

TEST_F(PlatformCodes, SignedAppointmentsResolveAndAreClaimedOnce) {
  auto const code = sign(-60, 3600, R"({"hall":"420106001001","service":"resident_permit"})");
  auto const resolved = resolve(code);
  ASSERT_EQ(resolved.status, 200) << resolved.body;
  EXPECT_EQ(resolved.json()["kind"], "appointment");
  EXPECT_EQ(resolved.json()["subject"]["service"], "resident_permit");
  auto const claimed = claim(code);
  ASSERT_EQ(claimed.status, 200) << claimed.body;
  EXPECT_EQ(claimed.json()["subject"]["service"], "resident_permit");
  auto const again = claim(code);
  EXPECT_EQ(again.status, 409);
  EXPECT_EQ(again.problem(), "appointment_used");
  EXPECT_TRUE(again.json()["same_device"].get<bool>());
  EXPECT_FALSE(claim(code, k_second).json()["same_device"].get<bool>());
}

TEST_F(PlatformCodes, TwoMachinesAtOnceGetOneClaim) {
  auto const code = sign(-60, 3600, R"({"hall":"420106001001"})");
  std::vector<std::future<long>> claims;
  for (int i = 0; i < 8; ++i)
    claims.push_back(
        std::async(std::launch::async, [&, i] { return claim(code, i % 2 == 0 ? k_first : k_second).status; }));
  int taken = 0;
  for (auto& one : claims) taken += one.get() == 200 ? 1 : 0;
  EXPECT_EQ(taken, 1);
}

TEST_F(PlatformCodes, ExpiredAlteredAndForeignCodesAreNot) {
  EXPECT_EQ(resolve(sign(-7200, 3600, "{}")).problem(), "code_expired");
  auto altered = sign(-60, 3600, "{}");
  altered[altered.size() / 2] = altered[altered.size() / 2] == 'A' ? 'B' : 'A';
  EXPECT_EQ(resolve(altered).problem(), "code_unknown");
  auto const elsewhere = sign(-60, 3600, R"({"hall":"420106001002"})");
  EXPECT_EQ(resolve(elsewhere).problem(), "code_unknown");
  EXPECT_EQ(claim(elsewhere).problem(), "code_unknown");
  EXPECT_EQ(resolve("no such code").problem(), "code_unknown");
  EXPECT_EQ(resolve(std::string(5000, 'x')).problem(), "code_unknown");
  EXPECT_EQ(resolve(std::string("a\0b", 3)).problem(), "code_unknown");
  EXPECT_EQ(post(k_first, "/v1/codes/resolve", nlohmann::json::array()).problem(), "bad_request");
  EXPECT_EQ(post(k_first, "/v1/appointments/claim", {{"token", 5}}).problem(), "bad_request");
}

TEST_F(PlatformCodes, OpaqueCodesComeFromTheDatabase) {
  psql(R"(INSERT INTO platform_codes (code, kind, hall, subject, expires) VALUES
          ('P-1', 'person', '', '{"holder":"abc"}', now() + interval '1 hour'),
          ('P-2', 'case', '420106001002', '{}', now() + interval '1 hour'),
          ('P-3', 'ticket', '', '{}', now() - interval '1 second');
          INSERT INTO platform_appointments (token, hall, subject) VALUES ('T-1', '420106001001', '{"service":"x"}'))");
  EXPECT_EQ(resolve("P-1").json()["kind"], "person");
  EXPECT_EQ(resolve("P-2").problem(), "code_unknown");
  EXPECT_EQ(resolve("P-3").problem(), "code_expired");
  EXPECT_EQ(claim("T-1").status, 200);
  EXPECT_EQ(claim("T-1").problem(), "appointment_used");
  EXPECT_EQ(claim("T-2").problem(), "code_unknown");
}

}  // namespace
}  // namespace yizhan::test

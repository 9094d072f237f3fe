// Who may call: certificates in TLS and behind a proxy; documents; paths and methods (API.md, "Access").
#include "tests/functional/platform/platform_test.h"

#include "shared/base/text.h"
#include "shared/crypto/credential.h"

namespace yizhan::test {
namespace {

class PlatformAccess : public PlatformTest {
 protected:
  /// A self-signed certificate that claims to be the first device.
  void make_impostor(std::string const& name) {
    auto const made = run({.argv = {"openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
                                    "-nodes", "-keyout", (m_folder / (name + ".key")).string(), "-out",
                                    (m_folder / (name + ".crt")).string(), "-days", "2", "-subj", "/CN=impostor",
                                    "-addext", std::string("subjectAltName=URI:urn:yizhan:device:") + k_first}});
    ASSERT_EQ(made.exit, 0) << made.err;
  }
  HttpAnswer get_as(std::string const& certificate, std::string const& key, std::string const& path = "/v1/position") {
    return http({.url = platform().url() + path, .ca = pki().ca(), .certificate = certificate, .key = key});
  }
  [[nodiscard]] std::string pki_file(std::string const& name) const { return (pki().folder() / name).string(); }

  TempDir m_folder{"access"};
};

TEST_F(PlatformAccess, WithoutACertificateEveryCallIsRefused) {
  for (char const* path :
       {"/v1/position", "/v1/events?epoch=1&after=0", "/v1/changes", "/v1/snapshot", "/v1/trust", "/v1/time"}) {
    auto const answer = http({.url = platform().url() + path, .ca = pki().ca()});
    EXPECT_EQ(answer.status, 401) << path << answer.error;
    EXPECT_EQ(answer.problem(), "certificate_required") << path;
  }
  auto const posted = http({.url = platform().url() + "/v1/events", .method = "POST", .ca = pki().ca(), .body = "[]"});
  EXPECT_EQ(posted.problem(), "certificate_required");
}

TEST_F(PlatformAccess, CertificatesOfOthersAreRefused) {
  make_impostor("impostor");
  EXPECT_EQ(get_as((m_folder / "impostor.crt").string(), (m_folder / "impostor.key").string()).problem(),
            "certificate_untrusted");
  // Of the CA, but for servers only.
  EXPECT_EQ(get_as(pki_file("server.crt"), pki_file("server.key")).problem(), "certificate_untrusted");
  // Of the CA, but no device.
  auto const signer = get_as(pki_file("codes-signer.crt"), pki_file("codes-signer.key"));
  EXPECT_EQ(signer.status, 403);
  EXPECT_EQ(signer.problem(), "not_a_device");
  EXPECT_EQ(get_as(pki().device_certificate(k_first), pki().device_key(k_first)).status, 200);
}

TEST_F(PlatformAccess, ThePlatformProvesItsNameAndSpeaksNoPlainHttp) {
  auto wrong_ca = request(k_first, "/v1/time");
  make_impostor("other");
  wrong_ca.ca = (m_folder / "other.crt").string();
  EXPECT_EQ(http(wrong_ca).status, 0);
  auto plain = request(k_first, "/v1/time");
  plain.url = "http" + plain.url.substr(5);
  EXPECT_NE(http(plain).status, 200);
}

TEST_F(PlatformAccess, UnknownPathsAndMethodsAreProblems) {
  EXPECT_EQ(get(k_first, "/").problem(), "not_found");
  EXPECT_EQ(get(k_first, "/v1/events/").problem(), "not_found");
  EXPECT_EQ(get(k_first, "/v2/time").problem(), "not_found");
  auto sent = request(k_first, "/v1/events");
  sent.method = "DELETE";
  auto const answer = http(sent);
  EXPECT_EQ(answer.problem(), "method_not_allowed");
  EXPECT_EQ(answer.headers.at("allow"), "POST, GET");
}

TEST_F(PlatformAccess, TimeIsNow) {
  auto const answer = get(k_first, "/v1/time");
  auto const now =
      std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch());
  EXPECT_NEAR(text::from_rfc3339(answer.json()["now"].get<std::string>()).value() / 1e6, now.count(), 5.0);
}

TEST_F(PlatformAccess, TheTrustListIsSignedAndTagged) {
  auto const answer = get(k_first, "/v1/trust");
  ASSERT_EQ(answer.status, 200);
  EXPECT_EQ(answer.headers.at("content-type"), "application/cose");
  auto signer = crypto::Certificate::parse(read_file(pki().folder() / "document-signer.crt"));
  ASSERT_TRUE(signer);
  auto const json = crypto::verify_document(answer.body, {*signer});
  ASSERT_TRUE(json) << json.error().to_line();
  EXPECT_EQ(*json, read_file(pki().folder() / "trust.json"));
  auto other = crypto::Certificate::parse(read_file(pki().folder() / "codes-signer.crt"));
  EXPECT_FALSE(crypto::verify_document(answer.body, {*other}));

  auto again = request(k_first, "/v1/trust");
  again.headers["If-None-Match"] = answer.headers.at("etag");
  auto const unchanged = http(again);
  EXPECT_EQ(unchanged.status, 304);
  EXPECT_TRUE(unchanged.body.empty());
  platform().stop();
  platform().start();
  EXPECT_EQ(http(again).status, 304) << "the tag follows the content, not the start";
  pki().make({k_first, "420106001001:009"});
  platform().stop();
  platform().start();
  auto const newer = http(again);
  EXPECT_EQ(newer.status, 200);
  auto const version = [&](std::string const& cose) {
    return nlohmann::json::parse(crypto::verify_document(cose, {*signer}).value())["version"].get<int>();
  };
  EXPECT_EQ(version(newer.body), version(answer.body) + 1);
}

TEST_F(PlatformAccess, BehindAProxyTheHeaderNamesTheDevice) {
  auto const socket = (m_folder / "s").string();
  ChildProcess proxied({.argv = {program("yizhan-platform").string(), "--behind-proxy", socket, "--database", m_uri,
                                 "--tls", pki().folder().string()}});
  ASSERT_TRUE(proxied.wait_for_output("listening on " + socket)) << proxied.err();
  EXPECT_EQ(std::filesystem::status(socket).permissions(), std::filesystem::perms(0600));
  auto const ask = [&](std::string const& header) {
    HttpRequest sent{.url = "http://localhost/v1/position", .unix_socket = socket};
    if (!header.empty()) sent.headers["X-Client-Cert"] = header;
    return http(sent);
  };
  auto const pem = read_file(pki().device_certificate(k_first));
  EXPECT_EQ(ask(percent_encoded(pem)).status, 200);
  EXPECT_EQ(ask("").problem(), "certificate_required");
  EXPECT_EQ(ask("%zz").problem(), "certificate_untrusted");
  EXPECT_EQ(ask("garbage").problem(), "certificate_untrusted");
  make_impostor("impostor");
  EXPECT_EQ(ask(percent_encoded(read_file(m_folder / "impostor.crt"))).problem(), "certificate_untrusted");
  // With TLS of its own the header says nothing.
  auto direct = request(k_second, "/v1/position");
  direct.certificate.clear();
  direct.headers["X-Client-Cert"] = percent_encoded(pem);
  EXPECT_EQ(http(direct).problem(), "certificate_required");
  EXPECT_EQ(proxied.terminate(), 0);
  EXPECT_FALSE(std::filesystem::exists(socket));
}

TEST_F(PlatformAccess, WrongUsageIsTold) {
  auto const start = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), program("yizhan-platform").string());
    return run({.argv = arguments}, std::chrono::seconds(30));
  };
  EXPECT_EQ(start({}).exit, 2);
  EXPECT_EQ(start({"--listen", "127.0.0.1:0", "--database", m_uri}).exit, 2);
  EXPECT_EQ(start({"--listen", "127.0.0.1:0", "--database", m_uri, "--tls", m_folder.path().string()}).exit, 65);
  EXPECT_EQ(
      start({"--listen", "127.0.0.1:0", "--database", "postgresql://127.0.0.1:1/x", "--tls", pki().folder().string()})
          .exit,
      69);
  EXPECT_EQ(start({"--listen", "127.0.0.1:" + std::to_string(platform().port()), "--database", m_uri, "--tls",
                   pki().folder().string()})
                .exit,
            69);
  EXPECT_EQ(start({"--listen", "nowhere", "--database", m_uri, "--tls", pki().folder().string()}).exit, 69);
}

}  // namespace
}  // namespace yizhan::test

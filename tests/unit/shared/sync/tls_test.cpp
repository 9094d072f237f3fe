// The real transport against real TLS servers on loopback, most of them bad ones.
#include <gtest/gtest.h>
#include <openssl/ssl.h>

#include "shared/base/manual_env.h"
#include "shared/base/text.h"
#include "shared/sync/curl_transport.h"
#include "tests/support/temp_dir.h"
#include "tests/unit/shared/sync/tls_server.h"

namespace yizhan::sync {
namespace {

using namespace std::chrono_literals;
using test::answering;
using test::http_answer;

constexpr char const* k_urn = "urn:yizhan:device:420106001001:001";
// Hall time of these tests. The machine's own clock says something else.
WallTime const k_now{std::chrono::sys_days{std::chrono::year{2036} / 2 / 3} + 9h};

struct TlsTest : testing::Test {
  RealEnv real;
  ManualClock manual{k_now};
  calendar::HallClock clock{manual.wall(), manual.steady(), k_now - 24h};
  test::TempDir folder{"tls"};
  test::Wanted wanted = [] {
    test::Wanted out;
    out.ip = {"127.0.0.1"};
    out.not_before = k_now - 24h;
    out.not_after = k_now + 24h;
    return out;
  }();
  test::Issued authority = [this] {
    auto out = wanted;
    out.common_name = "authority";
    out.ip.clear();
    out.authority = true;
    return test::issue(out);
  }();
  test::Issued identity = test::issue(wanted, &authority);
  SyncSettings settings = client_settings(authority);

  SyncSettings client_settings(test::Issued const& issuer) {
    auto client = wanted;
    client.ip.clear();
    client.uri = {k_urn};
    auto const issued = test::issue(client, &issuer);
    SyncSettings out;
    out.device_urn = k_urn;
    out.tls.ca = folder / "ca.crt";
    out.tls.certificate = folder / "device.crt";
    out.tls.key = folder / "device.key";
    test::write_file(out.tls.ca, authority.certificate_pem);
    test::write_file(out.tls.certificate, issued.certificate_pem);
    test::write_file(out.tls.key, issued.key_pem);
    return out;
  }
  test::TlsServerOptions options(test::Issued const& who) {
    test::TlsServerOptions out;
    out.identity = who;
    out.client_authority = authority;
    out.serve = answering(
        http_answer(200, "application/json; charset=utf-8", "{\"now\":1}", "ETag: \"7\"\r\nRetry-After: 3\r\n"));
    return out;
  }
  Result<std::unique_ptr<HttpTransport>> transport(test::TlsServer const& server,
                                                   std::string const& host = "127.0.0.1") {
    settings.base_url = "https://" + host + ":" + std::to_string(server.port());
    return create_curl_transport(settings, real.env(), clock);
  }
  static HttpRequest post() {
    return {"POST", "/v1/events", {{"Content-Type", "text/plain"}}, std::string(5000, 'x'), {}};
  }
  static Result<HttpResponse> finish(HttpTransport& transport, RequestId id) {
    for (int i = 0; i < 60; ++i)
      for (auto& completion : transport.wait(1s))
        if (completion.id == id) return std::move(completion.response);
    return Error::make("test_waited_a_minute");
  }
  Result<HttpResponse> ask(test::TlsServer const& server, HttpRequest request = post(),
                           std::string const& host = "127.0.0.1") {
    auto const made = TRY(transport(server, host));
    return finish(*made, made->start(std::move(request)));
  }
  /// The error's code; also that not a byte of the request arrived.
  std::string refusal(test::TlsServer const& server, std::string const& host = "127.0.0.1") {
    auto const response = ask(server, post(), host);
    EXPECT_EQ(server.request_bytes(), 0);
    return response ? "accepted" : std::string(response.error().code());
  }
};

TEST_F(TlsTest, AGoodServerIsAskedAndItsAnswerReadWhole) {
  test::TlsServer const server(options(identity));
  auto const response = ask(server);
  ASSERT_TRUE(response) << response.error().to_line();
  EXPECT_EQ(response->status, 200);
  EXPECT_EQ(response->content_type, "application/json");
  EXPECT_EQ(response->etag, "\"7\"");
  EXPECT_EQ(response->retry_after, "3");
  EXPECT_EQ(response->body, "{\"now\":1}");
  EXPECT_GT(server.request_bytes(), 5000);
}

TEST_F(TlsTest, TheKeyMayComeFromTheVault) {
  settings.tls.key_pem = SecretBytes(text::bytes_of(test::read_file(settings.tls.key)));
  settings.tls.key.clear();
  test::TlsServer const server(options(identity));
  EXPECT_TRUE(ask(server));
}

TEST_F(TlsTest, AnotherNameIsRefused) {
  wanted.ip = {"127.0.0.2"};
  EXPECT_EQ(refusal(test::TlsServer(options(test::issue(wanted, &authority)))), "tls_wrong_host");
  wanted.ip = {"127.0.0.1"};
  EXPECT_EQ(refusal(test::TlsServer(options(test::issue(wanted, &authority))), "localhost"), "tls_wrong_host");
  wanted.dns = {"localhost.example"};
  EXPECT_EQ(refusal(test::TlsServer(options(test::issue(wanted, &authority))), "localhost"), "tls_wrong_host");
}

TEST_F(TlsTest, ABareCommonNameIsRefused) {
  wanted.ip.clear();
  wanted.common_name = "localhost";
  EXPECT_EQ(refusal(test::TlsServer(options(test::issue(wanted, &authority))), "localhost"), "tls_wrong_host");
  wanted.dns = {"localhost"};
  test::TlsServer const good(options(test::issue(wanted, &authority)));
  EXPECT_TRUE(ask(good, post(), "localhost"));
}

TEST_F(TlsTest, AnUnknownAuthorityIsRefused) {
  auto other = wanted;
  other.authority = true;
  auto const stranger = test::issue(other);
  EXPECT_EQ(refusal(test::TlsServer(options(test::issue(wanted, &stranger)))), "tls_unknown_authority");
}

TEST_F(TlsTest, ASelfSignedServerIsRefused) {
  EXPECT_EQ(refusal(test::TlsServer(options(test::issue(wanted)))), "tls_unknown_authority");
}

TEST_F(TlsTest, AnIncompleteChainIsRefusedAndACompleteOneTaken) {
  auto middle_wanted = wanted;
  middle_wanted.authority = true;
  middle_wanted.common_name = "middle";
  auto const middle = test::issue(middle_wanted, &authority);
  auto with = options(test::issue(wanted, &middle));
  EXPECT_EQ(refusal(test::TlsServer(with)), "tls_unknown_authority");
  with.intermediates = {middle};
  test::TlsServer const complete(with);
  EXPECT_TRUE(ask(complete));
}

TEST_F(TlsTest, ACertificateThatIsNoAuthoritySignsNothing) {
  wanted.common_name = "leaf";
  auto const leaf = test::issue(wanted, &authority);
  wanted.common_name = "server";
  auto with = options(test::issue(wanted, &leaf));
  with.intermediates = {leaf};
  EXPECT_EQ(refusal(test::TlsServer(with)), "tls_refused");
}

TEST_F(TlsTest, AClockThatIsAYearAheadFindsTheWayToThePlatform) {
  clock.restore(Duration{0}, k_now - 1h);
  manual.set_wall(k_now + 24h * 365);
  test::TlsServer const server(options(identity));
  EXPECT_EQ(refusal(server), "tls_expired");
  EXPECT_TRUE(ask(server));
  // The platform has spoken: from now on nothing but the time it told counts.
  clock.learn_offset(-24h * 365);
  auto expired = wanted;
  expired.not_after = k_now - 30min;
  for (int i = 0; i < 4; ++i) {
    EXPECT_EQ(refusal(test::TlsServer(options(test::issue(expired, &authority)))), "tls_expired");
  }
}

TEST_F(TlsTest, CertificateTimesAreThoseOfTheHall) {
  clock.learn_offset(Duration{0});
  auto expired = wanted;
  expired.not_after = k_now - 1s;
  EXPECT_EQ(refusal(test::TlsServer(options(test::issue(expired, &authority)))), "tls_expired");
  auto early = wanted;
  early.not_before = k_now + 60s;
  test::TlsServer const server(options(test::issue(early, &authority)));
  EXPECT_EQ(refusal(server), "tls_not_yet_valid");
  manual.advance(120s);
  EXPECT_TRUE(ask(server));
}

TEST_F(TlsTest, PinsAreCurrentAndNextAndNothingElse) {
  auto const other = test::issue(wanted, &authority);
  settings.tls.pins = {test::pin_of(other)};
  EXPECT_EQ(refusal(test::TlsServer(options(identity))), "tls_pin_mismatch");
  settings.tls.pins = {test::pin_of(other), test::pin_of(identity)};
  test::TlsServer const server(options(identity));
  EXPECT_TRUE(ask(server));
}

TEST_F(TlsTest, OldProtocolsAreRefused) {
  for (int const version : {TLS1_VERSION, TLS1_1_VERSION}) {
    auto old = options(identity);
    old.newest = version;
    EXPECT_EQ(refusal(test::TlsServer(old)), "tls_handshake");
  }
  auto fine = options(identity);
  fine.newest = TLS1_2_VERSION;
  test::TlsServer const server(fine);
  EXPECT_TRUE(ask(server));
}

TEST_F(TlsTest, AServerThatRefusesOurCertificateIsTold) {
  auto stranger_wanted = wanted;
  stranger_wanted.authority = true;
  auto const stranger = test::issue(stranger_wanted);
  for (int const version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    auto strict = options(identity);
    strict.client_authority = stranger;
    strict.newest = version;
    EXPECT_EQ(refusal(test::TlsServer(strict)), "tls_client_refused") << version;
  }
}

TEST_F(TlsTest, WithoutItsOwnCertificateNothingIsEvenConnected) {
  test::TlsServer const server(options(identity));
  auto const code = [&] { return std::string(transport(server).error().code()); };
  auto const certificate = settings.tls.certificate;
  settings.tls.certificate = folder / "absent.crt";
  EXPECT_EQ(code(), "tls_own_certificate");
  settings.tls.certificate = certificate;
  settings.device_urn = "urn:yizhan:device:420106001001:002";
  EXPECT_EQ(code(), "tls_own_certificate");
  settings.device_urn = k_urn;
  settings.tls.key = settings.tls.certificate;
  EXPECT_EQ(code(), "tls_own_certificate");
  settings.tls.key = folder / "device.key";
  settings.tls.ca = folder / "absent.crt";
  EXPECT_EQ(code(), "tls_ca_file");
  EXPECT_EQ(server.connections(), 0);
}

TEST_F(TlsTest, AKeyThatIsNotTheCertificatesSendsNothing) {
  test::write_file(settings.tls.key, identity.key_pem);
  EXPECT_EQ(refusal(test::TlsServer(options(identity))), "tls_own_certificate");
}

TEST_F(TlsTest, OnlyHttpsWithoutPathOrUserIsAUrl) {
  for (char const* url : {"", "http://127.0.0.1", "ftp://127.0.0.1", "file:///etc/passwd", "https://", "https://a/b",
                          "https://u:p@a", "https://a?x", "127.0.0.1:443"}) {
    settings.base_url = url;
    EXPECT_EQ(create_curl_transport(settings, real.env(), clock).error().code(), "sync_url") << url;
  }
}

TEST_F(TlsTest, NoRedirectIsFollowed) {
  test::TlsServer const elsewhere(options(identity));
  auto redirecting = options(identity);
  redirecting.serve = answering(
      http_answer(302, "text/html", "", "Location: https://127.0.0.1:" + std::to_string(elsewhere.port()) + "/\r\n"));
  test::TlsServer const server(redirecting);
  EXPECT_EQ(ask(server).value().status, 302);
  EXPECT_EQ(elsewhere.connections(), 0);
}

TEST_F(TlsTest, HalfAnAnswerIsNone) {
  for (char const* half :
       {"", "HTTP/1.1 200", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n",
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"results\":",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"a\":\r\n"}) {
    auto cutting = options(identity);
    cutting.serve = [half](test::TlsConnection& connection) {
      connection.read_request();
      if (*half != '\0') connection.write(half);
    };
    test::TlsServer const server(cutting);
    auto const response = ask(server);
    ASSERT_FALSE(response) << half;
    EXPECT_EQ(response.error().code(), "network_cut") << half;
  }
}

TEST_F(TlsTest, NoHttpAtAllIsAnError) {
  auto strange = options(identity);
  strange.serve = [](test::TlsConnection& connection) {
    connection.read_request();
    connection.write("220 mail.example ESMTP\r\n");
  };
  test::TlsServer const server(strange);
  EXPECT_FALSE(ask(server));
}

TEST_F(TlsTest, AnEndlessAnswerIsCutOff) {
  settings.limits.answer_bytes = 100'000;
  auto endless = options(identity);
  endless.serve = [](test::TlsConnection& connection) {
    connection.read_request();
    connection.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");
    std::string const chunk = "2710\r\n" + std::string(10'000, ' ') + "\r\n";
    for (int i = 0; i < 100; ++i) connection.write(chunk);
    connection.wait_for_end();
  };
  test::TlsServer const server(endless);
  EXPECT_EQ(ask(server).error().code(), "network_too_large");
}

// ---- servers that hang ----

struct HangingTest : TlsTest {
  HangingTest() {
    settings.limits.connect = 400ms;
    settings.limits.silent = 400ms;
    settings.limits.slow = 400ms;
  }
  /// Code, and how long it took.
  std::pair<std::string, Duration> give_up(test::TlsServer const& server, HttpRequest request = post()) {
    auto const start = real.steady.now();
    auto const response = ask(server, std::move(request));
    return {response ? "accepted" : std::string(response.error().code()), real.steady.now() - start};
  }
};

TEST_F(HangingTest, AServerThatNeverSpeaksTlsIsGivenUpAsNotConnected) {
  auto with = options(identity);
  with.silent = true;
  auto const [code, time] = give_up(test::TlsServer(with));
  EXPECT_EQ(code, "network_connect");
  EXPECT_GE(time, 390ms);
  EXPECT_LT(time, 5s);
}

TEST_F(HangingTest, WithoutResponseHeadersAnAnswerIsNotWaitedForAndAHeldRequestLonger) {
  auto with = options(identity);
  with.serve = [](test::TlsConnection& connection) {
    connection.read_request();
    connection.wait_for_end();
  };
  auto const [code, time] = give_up(test::TlsServer(with));
  EXPECT_EQ(code, "network_no_answer");
  EXPECT_GE(time, 390ms);
  EXPECT_LT(time, 5s);
  auto const [held_code, held_time] = give_up(test::TlsServer(with), {"GET", "/v1/changes?cursor=secret", {}, {}, 1s});
  EXPECT_EQ(held_code, "network_no_answer");
  EXPECT_GE(held_time, 1390ms);
  EXPECT_LT(held_time, 6s);
}

TEST_F(HangingTest, ADripOfBytesIsGivenUp) {
  auto with = options(identity);
  with.serve = [](test::TlsConnection& connection) {
    connection.read_request();
    connection.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n");
    while (connection.pause(50ms)) connection.write(" ");
  };
  for (auto const held : {0s, 2s}) {
    auto const [code, time] = give_up(test::TlsServer(with), {"GET", "/v1/changes", {}, {}, held});
    EXPECT_EQ(code, "network_slow");
    EXPECT_LT(time, 5s);
  }
}

TEST_F(HangingTest, ASlowButSteadyAnswerGetsThrough) {
  auto with = options(identity);
  with.serve = [](test::TlsConnection& connection) {
    connection.read_request();
    connection.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 3000\r\n\r\n");
    for (int i = 0; i < 30 && connection.pause(40ms); ++i) connection.write(std::string(100, ' '));
  };
  auto const [code, time] = give_up(test::TlsServer(with));
  EXPECT_EQ(code, "accepted");
  EXPECT_GT(time, 1s);
}

TEST_F(HangingTest, AHeldRequestDoesNotHoldUpOthers) {
  auto with = options(identity);
  with.serve = [](test::TlsConnection& connection) {
    for (auto request = connection.read_request(); !request.empty(); request = connection.read_request()) {
      if (request.find("/v1/changes") != std::string::npos) return connection.wait_for_end();
      connection.write(http_answer(200, "application/json", "{}"));
    }
  };
  test::TlsServer const server(with);
  auto const made = transport(server);
  ASSERT_TRUE(made);
  auto const held = (*made)->start({"GET", "/v1/changes", {}, {}, 25s});
  EXPECT_TRUE(finish(**made, (*made)->start(post())));
  (*made)->cancel(held);
  EXPECT_TRUE((*made)->wait(50ms).empty());
}

TEST_F(HangingTest, WakeEndsAWaitFromAnotherThread) {
  test::TlsServer const server(options(identity));
  auto const made = transport(server);
  ASSERT_TRUE(made);
  auto const start = real.steady.now();
  std::thread waker([&] { (*made)->wake(); });
  EXPECT_TRUE((*made)->wait(1min).empty());
  EXPECT_LT(real.steady.now() - start, 30s);
  waker.join();
}

}  // namespace
}  // namespace yizhan::sync

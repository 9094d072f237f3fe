#include "shared/sync/curl_transport.h"

#include <curl/curl.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <fstream>
#include <iterator>
#include <map>
#include <mutex>

#include "shared/base/text.h"
#include "shared/crypto/keys.h"
#include "shared/sync/tls_policy.h"

namespace yizhan::sync {
namespace {

struct EasyCloser {
  void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
};
struct MultiCloser {
  void operator()(CURLM* multi) const { curl_multi_cleanup(multi); }
};
struct ListFreer {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
struct UrlFreer {
  void operator()(CURLU* url) const { curl_url_cleanup(url); }
};
using Easy = std::unique_ptr<CURL, EasyCloser>;
using Multi = std::unique_ptr<CURLM, MultiCloser>;
using List = std::unique_ptr<curl_slist, ListFreer>;

Result<std::string> read_pem(std::filesystem::path const& path, std::string_view code) {
  std::ifstream in(path, std::ios::binary);
  std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  if (!in || text.find("-----BEGIN") == std::string::npos)
    return Error::make(code, Retry::no, path.string() + ": no readable PEM file");
  return text;
}

/// The host of https://host[:port]. Errors: sync_url.
Result<std::string> host_of(std::string const& url) {
  auto const bad = [] { return Error::make("sync_url", Retry::no, "the platform's URL must be https://host[:port]"); };
  std::unique_ptr<CURLU, UrlFreer> const parsed(curl_url());
  if (curl_url_set(parsed.get(), CURLUPART_URL, url.c_str(), 0) != CURLUE_OK) return bad();
  auto const part = [&](CURLUPart which) {
    char* text = nullptr;
    std::string out;
    if (curl_url_get(parsed.get(), which, &text, 0) == CURLUE_OK) out = text;
    curl_free(text);
    return out;
  };
  auto host = part(CURLUPART_HOST);
  if (part(CURLUPART_SCHEME) != "https" || host.empty() || part(CURLUPART_PATH) != "/" ||
      !part(CURLUPART_QUERY).empty() || !part(CURLUPART_USER).empty() || !part(CURLUPART_PASSWORD).empty() ||
      !part(CURLUPART_FRAGMENT).empty())
    return bad();
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  return host;
}

/// libcurl passes a server's alert on as OpenSSL's text only.
bool is_about_our_certificate(std::string_view message) {
  auto const has = [&](std::string_view word) { return message.find(word) != std::string_view::npos; };
  return has("alert") && (has("certificate") || has("unknown ca") || has("access denied"));
}

struct Connection {
  std::string base_url;  // without a slash at its end
  std::string host;
  std::string ca;
  std::string certificate_pem;
  SecretText key_pem;
  std::string pins;
  TransportLimits limits;
};

class Transfer {
 public:
  Transfer(RequestId id, HttpRequest request, Connection const& connection, SteadyClock const& steady,
           calendar::HallClock& clock)
      : m_id(id), m_request(std::move(request)), m_connection(connection), m_steady(steady), m_clock(clock) {
    set_up();
  }

  [[nodiscard]] RequestId id() const { return m_id; }
  [[nodiscard]] CURL* easy() const { return m_easy.get(); }
  Result<HttpResponse> result(CURLcode code);
  /// The limits that libcurl cannot count: its own speed limit would take a held request for a dead one.
  [[nodiscard]] std::optional<Error> overdue();
  /// When overdue() may say so.
  [[nodiscard]] Duration patience() const;

 private:
  template <class Value>
  void set(CURLoption option, Value value) {
    m_usable = curl_easy_setopt(m_easy.get(), option, value) == CURLE_OK && m_usable;
  }
  void set_up();
  void set_up_tls();
  [[nodiscard]] curl_off_t bytes_moved() const;
  [[nodiscard]] Duration window() const;
  [[nodiscard]] Error error_of(CURLcode code) const;

  static std::size_t on_body(char* data, std::size_t size, std::size_t count, void* self);
  static std::size_t on_header(char* data, std::size_t size, std::size_t count, void* self);
  static CURLcode on_ssl_ctx(CURL* easy, void* ssl_ctx, void* self);

  RequestId m_id;
  HttpRequest m_request;
  Connection const& m_connection;
  SteadyClock const& m_steady;
  calendar::HallClock& m_clock;
  WallTime m_judged_at{};
  Easy m_easy{curl_easy_init()};
  List m_headers;
  std::array<char, CURL_ERROR_SIZE> m_message{};
  bool m_usable = true;
  bool m_answering = false;  // response headers have begun
  bool m_too_large = false;
  HttpResponse m_response;
  SteadyTime m_window_start{};
  curl_off_t m_window_bytes = -1;  // −1: the connection is not up yet
};

void Transfer::set_up() {
  m_usable = m_easy != nullptr;
  if (!m_usable) return;
  curl_slist* headers = nullptr;
  auto const append = [&](std::string const& line) {
    auto* const longer = curl_slist_append(headers, line.c_str());
    m_usable = longer != nullptr && m_usable;
    if (longer != nullptr) headers = longer;
  };
  for (auto const& [name, value] : m_request.headers) append(name + ": " + value);
  append("Expect:");  // one round trip less on slow lines
  m_headers.reset(headers);
  set(CURLOPT_HTTPHEADER, m_headers.get());

  set(CURLOPT_URL, (m_connection.base_url + m_request.path).c_str());
  set(CURLOPT_PROTOCOLS_STR, "https");
  set(CURLOPT_FOLLOWLOCATION, 0L);
  set(CURLOPT_PROXY, "");
  set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
  set(CURLOPT_HTTP09_ALLOWED, 0L);
  set(CURLOPT_USERAGENT, "yizhan/1");
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_TCP_KEEPALIVE, 1L);
  set(CURLOPT_CONNECTTIMEOUT_MS,
      static_cast<long>(std::chrono::ceil<std::chrono::milliseconds>(m_connection.limits.connect).count()));
  if (m_request.method != "GET") {
    set(CURLOPT_POST, 1L);
    if (m_request.method != "POST") set(CURLOPT_CUSTOMREQUEST, m_request.method.c_str());
    set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(m_request.body.size()));
    set(CURLOPT_POSTFIELDS, m_request.body.data());
  }
  set(CURLOPT_ERRORBUFFER, m_message.data());
  set(CURLOPT_WRITEFUNCTION, &Transfer::on_body);
  set(CURLOPT_WRITEDATA, static_cast<void*>(this));
  set(CURLOPT_HEADERFUNCTION, &Transfer::on_header);
  set(CURLOPT_HEADERDATA, static_cast<void*>(this));
  set_up_tls();
}

void Transfer::set_up_tls() {
  set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  set(CURLOPT_SSL_VERIFYPEER, 1L);
  set(CURLOPT_SSL_VERIFYHOST, 2L);
  set(CURLOPT_CAINFO, m_connection.ca.c_str());
  set(CURLOPT_CAPATH, static_cast<char const*>(nullptr));  // else the system's authorities are believed too
  // libcurl copies neither with NOCOPY; the strings live as long as the transport.
  auto const blob = [](std::string_view text) {
    return curl_blob{const_cast<char*>(text.data()), text.size(), CURL_BLOB_NOCOPY};
  };
  auto certificate = blob(m_connection.certificate_pem);
  auto key = blob(m_connection.key_pem.view());
  set(CURLOPT_SSLCERTTYPE, "PEM");
  set(CURLOPT_SSLKEYTYPE, "PEM");
  set(CURLOPT_SSLCERT_BLOB, &certificate);
  set(CURLOPT_SSLKEY_BLOB, &key);
  if (!m_connection.pins.empty()) set(CURLOPT_PINNEDPUBLICKEY, m_connection.pins.c_str());
  set(CURLOPT_SSL_CTX_FUNCTION, &Transfer::on_ssl_ctx);
  set(CURLOPT_SSL_CTX_DATA, static_cast<void*>(this));
}

CURLcode Transfer::on_ssl_ctx(CURL* /*easy*/, void* ssl_ctx, void* self) {
  auto& transfer = *static_cast<Transfer*>(self);
  transfer.m_judged_at = transfer.m_clock.certificate_time();
  return apply_tls_policy(ssl_ctx, transfer.m_connection.host, transfer.m_judged_at) ? CURLE_OK
                                                                                     : CURLE_ABORTED_BY_CALLBACK;
}

std::size_t Transfer::on_body(char* data, std::size_t size, std::size_t count, void* self) {
  auto& transfer = *static_cast<Transfer*>(self);
  auto const bytes = size * count;
  if (bytes > transfer.m_connection.limits.answer_bytes - transfer.m_response.body.size()) {
    transfer.m_too_large = true;
    return 0;
  }
  transfer.m_response.body.append(data, bytes);
  return bytes;
}

std::size_t Transfer::on_header(char* data, std::size_t size, std::size_t count, void* self) {
  auto& transfer = *static_cast<Transfer*>(self);
  auto const bytes = size * count;
  std::string_view const line(data, bytes);
  auto& response = transfer.m_response;
  transfer.m_answering = true;
  // A status line: of an interim answer (100) first, perhaps.
  if (line.starts_with("HTTP/")) {
    response = {};
    return bytes;
  }
  auto const colon = line.find(':');
  if (colon == std::string_view::npos) return bytes;
  auto const name = text::to_lower_ascii(line.substr(0, colon));
  auto const value = text::trim(line.substr(colon + 1));
  if (name == "content-type")
    response.content_type = text::to_lower_ascii(text::trim(value.substr(0, value.find(';'))));
  else if (name == "etag")
    response.etag = value.substr(0, 256);
  else if (name == "retry-after")
    response.retry_after = value.substr(0, 64);
  else if (name == "upload-offset")
    response.upload_offset = value.substr(0, 32);
  return bytes;
}

curl_off_t Transfer::bytes_moved() const {
  curl_off_t up = 0;
  curl_off_t down = 0;
  curl_easy_getinfo(m_easy.get(), CURLINFO_SIZE_UPLOAD_T, &up);
  curl_easy_getinfo(m_easy.get(), CURLINFO_SIZE_DOWNLOAD_T, &down);
  return up + down;
}

Duration Transfer::window() const {
  auto const& limits = m_connection.limits;
  bool const sent = bytes_moved() >= static_cast<curl_off_t>(m_request.body.size());
  return sent && !m_answering ? limits.silent + m_request.held : limits.slow;
}

Duration Transfer::patience() const {
  if (m_window_bytes < 0) return std::chrono::seconds(1);
  return std::max(Duration{0}, m_window_start + window() - m_steady.now());
}

std::optional<Error> Transfer::overdue() {
  curl_off_t request_sent = 0;  // µs; set when the connection is up and the request is about to go
  curl_easy_getinfo(m_easy.get(), CURLINFO_PRETRANSFER_TIME_T, &request_sent);
  auto const now = m_steady.now();
  auto const moved = bytes_moved();
  if (m_window_bytes < 0) {
    if (request_sent == 0) return std::nullopt;  // CONNECTTIMEOUT watches until here
    m_window_start = now;
    m_window_bytes = moved;
    return std::nullopt;
  }
  auto const& limits = m_connection.limits;
  bool const waiting = moved >= static_cast<curl_off_t>(m_request.body.size()) && !m_answering;
  if (waiting && moved > m_window_bytes) {  // the last of the body left within this window
    m_window_start = now;
    m_window_bytes = moved;
  }
  auto const passed = now - m_window_start;
  if (passed < window()) return std::nullopt;
  if (waiting)
    return Error::make("network_no_answer", Retry::later, m_request.path.substr(0, m_request.path.find('?')));
  auto const needed = static_cast<curl_off_t>(limits.slow_bytes_per_second) * passed.count() / 1'000'000;
  if (moved - m_window_bytes < needed) return Error::make("network_slow", Retry::later);
  m_window_start = now;
  m_window_bytes = moved;
  return std::nullopt;
}

Error Transfer::error_of(CURLcode code) const {
  std::string const message = m_message[0] != '\0' ? m_message.data() : curl_easy_strerror(code);
  auto const make = [&](std::string_view name, Retry retry = Retry::later) {
    return Error::make(name, retry, message);
  };
  // Under TLS 1.3 a server refuses our certificate only after the handshake, by an alert in place of an answer.
  bool const alert = is_about_our_certificate(message);
  switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST: return make("network_resolve");
    case CURLE_COULDNT_CONNECT: return make("network_connect");
    case CURLE_PEER_FAILED_VERIFICATION: {
      long verified = 0;
      curl_easy_getinfo(m_easy.get(), CURLINFO_SSL_VERIFYRESULT, &verified);
      auto error = make(tls_error_code(verified));
      if (error.is("tls_expired") || error.is("tls_not_yet_valid")) m_clock.certificate_time_failed(m_judged_at);
      return error;
    }
    case CURLE_SSL_PINNEDPUBKEYNOTMATCH: return make("tls_pin_mismatch");
    case CURLE_SSL_CERTPROBLEM: return make("tls_own_certificate", Retry::no);
    case CURLE_SSL_CACERT_BADFILE: return make("tls_ca_file", Retry::no);
    case CURLE_SSL_CONNECT_ERROR: return make(alert ? "tls_client_refused" : "tls_handshake");
    case CURLE_OPERATION_TIMEDOUT: return make(m_window_bytes < 0 ? "network_connect" : "network_cut");
    default: break;
  }
  if (m_too_large) return make("network_too_large");
  if (alert && !m_answering) return make("tls_client_refused");
  return make("network_cut");
}

Result<HttpResponse> Transfer::result(CURLcode code) {
  if (code != CURLE_OK) return error_of(code);
  long status = 0;
  curl_easy_getinfo(m_easy.get(), CURLINFO_RESPONSE_CODE, &status);
  m_response.status = static_cast<int>(status);
  return std::move(m_response);
}

class CurlTransport final : public HttpTransport {
 public:
  CurlTransport(Connection connection, SteadyClock const& steady, calendar::HallClock& clock)
      : m_connection(std::move(connection)), m_steady(steady), m_clock(clock), m_multi(curl_multi_init()) {}
  ~CurlTransport() override {
    for (auto const& [id, transfer] : m_transfers) curl_multi_remove_handle(m_multi.get(), transfer->easy());
  }

  RequestId start(HttpRequest request) override {
    auto const id = ++m_last_id;
    auto transfer = std::make_unique<Transfer>(id, std::move(request), m_connection, m_steady, m_clock);
    curl_easy_setopt(transfer->easy(), CURLOPT_PRIVATE, static_cast<void*>(transfer.get()));
    if (curl_multi_add_handle(m_multi.get(), transfer->easy()) == CURLM_OK)
      m_transfers.emplace(id, std::move(transfer));
    else
      m_done.push_back({id, Error::make("network_cut", Retry::later, "libcurl")});
    return id;
  }

  void cancel(RequestId id) override {
    auto const found = m_transfers.find(id);
    if (found == m_transfers.end()) return;
    curl_multi_remove_handle(m_multi.get(), found->second->easy());
    m_transfers.erase(found);
  }

  std::vector<Completion> wait(Duration limit) override {
    advance();
    if (m_done.empty()) {
      for (auto const& [id, transfer] : m_transfers) limit = std::min(limit, transfer->patience());
      auto const ms = std::chrono::ceil<std::chrono::milliseconds>(std::max(Duration{0}, limit)).count();
      curl_multi_poll(m_multi.get(), nullptr, 0, static_cast<int>(std::min<std::int64_t>(ms, 60'000)), nullptr);
      advance();
    }
    return std::exchange(m_done, {});
  }

  void wake() override { curl_multi_wakeup(m_multi.get()); }

 private:
  void advance() {
    int running = 0;
    curl_multi_perform(m_multi.get(), &running);
    int waiting = 0;
    while (auto const* message = curl_multi_info_read(m_multi.get(), &waiting)) {
      if (message->msg != CURLMSG_DONE) continue;
      Transfer* transfer = nullptr;
      curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &transfer);
      finish(*transfer, transfer->result(message->data.result));
    }
    std::vector<std::pair<RequestId, Error>> overdue;
    for (auto const& [id, transfer] : m_transfers)
      if (auto error = transfer->overdue()) overdue.emplace_back(id, *error);
    for (auto& [id, error] : overdue) finish(*m_transfers.at(id), std::move(error));
  }

  void finish(Transfer const& transfer, Result<HttpResponse> result) {
    m_done.push_back({transfer.id(), std::move(result)});
    cancel(transfer.id());
  }

  Connection m_connection;
  SteadyClock const& m_steady;
  calendar::HallClock& m_clock;
  Multi m_multi;
  std::map<RequestId, std::unique_ptr<Transfer>> m_transfers;
  std::vector<Completion> m_done;
  RequestId m_last_id = 0;
};

}  // namespace

Result<std::unique_ptr<HttpTransport>> create_curl_transport(SyncSettings const& settings, Env const& env,
                                                             calendar::HallClock& clock) {
  static CURLcode const initialised = curl_global_init(CURL_GLOBAL_DEFAULT);
  // With NOSIGNAL libcurl leaves this to us: a write to a connection that the platform closed must not end the program.
  std::signal(SIGPIPE, SIG_IGN);
  if (initialised != CURLE_OK) return Error::make("sync_url", Retry::no, "libcurl does not start");

  Connection connection;
  connection.host = TRY(host_of(settings.base_url));
  connection.base_url = settings.base_url;
  if (connection.base_url.ends_with('/')) connection.base_url.pop_back();
  (void)TRY(read_pem(settings.tls.ca, "tls_ca_file"));
  connection.ca = settings.tls.ca;
  connection.certificate_pem = TRY(read_pem(settings.tls.certificate, "tls_own_certificate"));
  auto const certificate = TRY(crypto::Certificate::parse(connection.certificate_pem));
  if (certificate.uri() != settings.device_urn)
    return Error::make("tls_own_certificate", Retry::no, "the certificate names " + certificate.uri());
  if (settings.tls.key.empty()) {
    connection.key_pem = SecretText(text::chars_of(settings.tls.key_pem.view()));
  } else {
    auto pem = TRY(read_pem(settings.tls.key, "tls_own_certificate"));
    connection.key_pem = SecretText(pem);
    scrub(pem);
  }
  if (!crypto::PrivateKey::from_pem(connection.key_pem.view()))
    return Error::make("tls_own_certificate", Retry::no, "the key is not readable");
  for (auto const& pin : settings.tls.pins) connection.pins += (connection.pins.empty() ? "" : ";") + pin;
  connection.limits = settings.limits;
  return std::unique_ptr<HttpTransport>(std::make_unique<CurlTransport>(std::move(connection), env.steady, clock));
}

}  // namespace yizhan::sync

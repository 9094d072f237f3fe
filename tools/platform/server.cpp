#include "tools/platform/server.h"

#include <gnutls/gnutls.h>
#include <microhttpd.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string_view>
#include <utility>
#include <vector>

#include "shared/base/log.h"
#include "shared/base/text.h"
#include "tools/platform/body.h"
#include "tools/platform/listen.h"

namespace yizhan::platform {

namespace {

constexpr unsigned k_connections = 2000;
constexpr unsigned k_idle_seconds = 30;       // a suspended connection does not count as idle
constexpr std::chrono::seconds k_parting{5};  // for answers being sent when the end comes
/// A body over the limit is read to here, so that its sender can see the 413; then the connection is cut.
constexpr std::size_t k_patience = 8 * k_body_limit;
/// Who trickles a body keeps a connection no longer than this. A device's smallest piece of an upload takes 35 bytes a second.
constexpr std::chrono::seconds k_body_time{120};
constexpr std::array k_upload_headers{"Tus-Resumable",   "Upload-Length",   "Upload-Offset",
                                      "Upload-Metadata", "Upload-Checksum", "Upload-Defer-Length"};

/// One request of a connection, from its first header to its answer's last byte.
struct Exchange {
  Request request;
  std::size_t received = 0;
  SteadyTime began{};
  std::optional<Answer> answer;
  bool submitted = false;
};

MHD_Result add_query(void* target, MHD_ValueKind, char const* key, char const* value) {
  static_cast<Request*>(target)->query.emplace(key, value == nullptr ? "" : value);
  return MHD_YES;
}

std::string header(MHD_Connection* connection, char const* name) {
  auto const* value = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, name);
  return value == nullptr ? std::string() : std::string(value);
}

/// DER of what the client showed in the handshake.
std::vector<std::string> peer_chain(MHD_Connection* connection) {
  auto const* info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_GNUTLS_SESSION);
  std::vector<std::string> chain;
  if (info == nullptr || info->tls_session == nullptr) return chain;
  unsigned count = 0;
  auto const* peers = gnutls_certificate_get_peers(static_cast<gnutls_session_t>(info->tls_session), &count);
  for (unsigned i = 0; peers != nullptr && i < count; ++i)
    chain.emplace_back(reinterpret_cast<char const*>(peers[i].data), peers[i].size);
  return chain;
}

MHD_Result send(MHD_Connection* connection, Answer const& answer) {
  auto* response =
      MHD_create_response_from_buffer(answer.body.size(), const_cast<char*>(answer.body.data()), MHD_RESPMEM_MUST_COPY);
  if (response == nullptr) return MHD_NO;
  if (!answer.content_type.empty()) MHD_add_response_header(response, "Content-Type", answer.content_type.c_str());
  for (auto const& [name, value] : answer.headers) MHD_add_response_header(response, name.c_str(), value.c_str());
  auto const queued = MHD_queue_response(connection, static_cast<unsigned>(answer.status), response);
  MHD_destroy_response(response);
  return queued;
}

}  // namespace

struct Server::State {
  ClientCertificates const* certificates = nullptr;
  Application* application = nullptr;
  SteadyClock const* clock = nullptr;
  bool behind_proxy = false;
  MHD_Daemon* daemon = nullptr;
  Listening listening;
  std::mutex mutex;
  std::condition_variable fewer;
  int suspended = 0;  // the application has them
  int open = 0;       // suspended, or their answer is being sent
  bool stopping = false;

  std::variant<Device, Answer> identify(MHD_Connection* connection) const {
    return behind_proxy ? certificates->identify_escaped(header(connection, "X-Client-Cert"))
                        : certificates->identify(peer_chain(connection));
  }

  /// Headers are there, the body is not.
  MHD_Result begin(MHD_Connection* connection, Exchange& exchange) const {
    auto caller = identify(connection);
    if (auto* refusal = std::get_if<Answer>(&caller)) {
      exchange.answer = std::move(*refusal);
      return MHD_YES;
    }
    auto& request = exchange.request;
    request.device = std::get<Device>(caller);
    request.content_type = header(connection, MHD_HTTP_HEADER_CONTENT_TYPE);
    request.content_encoding = header(connection, MHD_HTTP_HEADER_CONTENT_ENCODING);
    request.if_none_match = header(connection, MHD_HTTP_HEADER_IF_NONE_MATCH);
    for (auto const* name : k_upload_headers)
      if (auto value = header(connection, name); !value.empty())
        request.upload.emplace(text::to_lower_ascii(name), std::move(value));
    MHD_get_connection_values(connection, MHD_GET_ARGUMENT_KIND, add_query, &request);
    return MHD_YES;
  }

  MHD_Result take(Exchange& exchange, std::string_view block) const {
    exchange.received += block.size();
    if (exchange.received > k_patience || clock->now() - exchange.began > k_body_time) return MHD_NO;
    // One byte over the limit is enough for read_body() to refuse it.
    auto& body = exchange.request.body;
    if (!exchange.answer) body.append(block.substr(0, std::min(block.size(), k_body_limit + 1 - body.size())));
    return MHD_YES;
  }

  MHD_Result submit(MHD_Connection* connection, Exchange& exchange) {
    {
      std::lock_guard const lock(mutex);
      if (!stopping) {
        exchange.submitted = true;
        ++suspended;
        ++open;
      }
    }
    if (!exchange.submitted) return send(connection, unavailable());
    // Before the application has it: it may answer at once.
    MHD_suspend_connection(connection);
    application->submit(std::move(exchange.request), [this, connection, &exchange](Answer answer) {
      // Under the lock, which completed() takes, too: the daemon must not end before this call of it has returned.
      std::lock_guard const lock(mutex);
      exchange.answer = std::move(answer);
      --suspended;
      MHD_resume_connection(connection);
      fewer.notify_all();
    });
    return MHD_YES;
  }

  static MHD_Result handle(void* self, MHD_Connection* connection, char const* url, char const* method, char const*,
                           char const* upload, std::size_t* upload_size, void** context) {
    auto& state = *static_cast<State*>(self);
    if (*context == nullptr) {
      auto* exchange = new Exchange;  // freed by completed()
      *context = exchange;
      exchange->request.path = url;
      exchange->request.method = method;
      exchange->began = state.clock->now();
      return state.begin(connection, *exchange);
    }
    auto& exchange = *static_cast<Exchange*>(*context);
    if (*upload_size > 0) {
      auto const block = std::string_view(upload, *upload_size);
      *upload_size = 0;
      return state.take(exchange, block);
    }
    if (exchange.answer) return send(connection, *exchange.answer);
    if (exchange.submitted) return MHD_NO;  // resumed without an answer: cannot happen, and must not loop
    return state.submit(connection, exchange);
  }

  static void completed(void* self, MHD_Connection*, void** context, MHD_RequestTerminationCode) {
    std::unique_ptr<Exchange> const exchange(static_cast<Exchange*>(std::exchange(*context, nullptr)));
    if (!exchange || !exchange->submitted) return;
    auto& state = *static_cast<State*>(self);
    std::lock_guard const lock(state.mutex);
    --state.open;
    state.fewer.notify_all();
  }

  [[gnu::format(printf, 2, 0)]] static void complain(void*, char const* format, va_list arguments) {
    std::array<char, 256> line{};
    // libmicrohttpd's own texts: they hold no header or body of a request.
    std::vsnprintf(line.data(), line.size(), format, arguments);
    log::debug("http: {}", line.data());
  }
};

Server::Server() : m_state(std::make_unique<State>()) {}

Result<std::unique_ptr<Server>> Server::start(ServerOptions const& options, ClientCertificates const& certificates,
                                              Application& application, SteadyClock const& clock) {
  std::unique_ptr<Server> server(new Server);
  auto& state = *server->m_state;
  state.certificates = &certificates;
  state.application = &application;
  state.clock = &clock;
  state.behind_proxy = !options.proxy_socket.empty();
  state.listening = TRY(state.behind_proxy ? listen_unix(options.proxy_socket) : listen_tcp(options.listen));

  unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG;
  std::vector<MHD_OptionItem> tls;
  auto const text = [](std::string const& pem) { return const_cast<char*>(pem.c_str()); };
  if (!state.behind_proxy) {
    flags |= MHD_USE_TLS;
    tls = {{MHD_OPTION_HTTPS_MEM_CERT, 0, text(options.certificate_pem)},
           {MHD_OPTION_HTTPS_MEM_KEY, 0, text(options.key_pem)},
           // With it the client is asked for a certificate and may send none; each path then decides.
           {MHD_OPTION_HTTPS_MEM_TRUST, 0, text(options.ca_pem)},
           {MHD_OPTION_HTTPS_PRIORITIES, 0, const_cast<char*>("NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2")}};
  }
  tls.push_back({MHD_OPTION_END, 0, nullptr});
  state.daemon =
      MHD_start_daemon(flags, 0, nullptr, nullptr, &State::handle, &state, MHD_OPTION_EXTERNAL_LOGGER, &State::complain,
                       nullptr, MHD_OPTION_LISTEN_SOCKET, state.listening.socket, MHD_OPTION_NOTIFY_COMPLETED,
                       &State::completed, &state, MHD_OPTION_CONNECTION_LIMIT, k_connections,
                       MHD_OPTION_CONNECTION_TIMEOUT, k_idle_seconds, MHD_OPTION_ARRAY, tls.data(), MHD_OPTION_END);
  if (state.daemon == nullptr) {
    ::close(state.listening.socket);
    return Error::make("tls_unusable", Retry::no, "the server's certificate or key cannot be used");
  }
  return server;
}

Server::~Server() {
  if (m_state->daemon == nullptr) return;
  auto const socket = MHD_quiesce_daemon(m_state->daemon);
  if (socket >= 0) ::close(socket);
  {
    std::lock_guard const lock(m_state->mutex);
    m_state->stopping = true;
  }
  m_state->application->stop_waiting();
  {
    std::unique_lock lock(m_state->mutex);
    m_state->fewer.wait(lock, [this] { return m_state->suspended == 0; });
    // Answers on their way may arrive; who does not read is not waited for.
    m_state->fewer.wait_for(lock, k_parting, [this] { return m_state->open == 0; });
  }
  MHD_stop_daemon(m_state->daemon);
  if (m_state->behind_proxy) ::unlink(m_state->listening.address.c_str());
}

std::string const& Server::address() const { return m_state->listening.address; }

}  // namespace yizhan::platform

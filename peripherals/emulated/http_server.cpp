#include "peripherals/emulated/http_server.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <utility>

#include "shared/base/text.h"

#include "peripherals/emulated/loopback.h"

namespace yizhan::emulated {

namespace {

constexpr std::size_t k_longest_head = 16'384;
constexpr std::size_t k_longest_body = 64'000'000;

std::optional<std::size_t> number_of(std::string_view digits, int base) {
  std::size_t value = 0;
  auto const [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value, base);
  if (error != std::errc{} || end == digits.data() || value > k_longest_body) return std::nullopt;
  return value;
}

bool send_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    auto const sent = ::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

}  // namespace

HttpInput::Event HttpInput::push(std::string_view bytes) {
  m_bytes.append(bytes);
  if (m_head == 0) {
    if (m_bytes.find("\r\n\r\n") == std::string::npos)
      return m_bytes.size() > k_longest_head ? Event::bad : Event::more;
    if (!read_head()) return Event::bad;
  }
  std::optional<std::size_t> end;
  if (m_chunked) {
    m_body.clear();
    end = read_chunks();
    if (end == std::string::npos) return Event::bad;
  } else if (m_bytes.size() - m_head >= *m_length) {
    m_body = m_bytes.substr(m_head, *m_length);
    end = m_head + *m_length;
  }
  if (!end && std::exchange(m_expects, false)) return Event::wants_continue;
  if (!end) return m_bytes.size() > k_longest_body ? Event::bad : Event::more;
  m_bytes.erase(0, *end);
  m_head = 0;
  return Event::complete;
}

std::string HttpInput::take_body() { return std::move(m_body); }

bool HttpInput::read_head() {
  auto const end = m_bytes.find("\r\n\r\n");
  m_head = end + 4;
  m_length.reset();
  m_chunked = false;
  m_expects = false;
  if (!m_bytes.starts_with("POST ")) return false;
  std::string_view rest(m_bytes.data(), end);
  while (!rest.empty()) {
    auto const to = std::min(rest.find("\r\n"), rest.size());
    auto const line = rest.substr(0, to);
    rest.remove_prefix(std::min(to + 2, rest.size()));
    auto const colon = std::min(line.find(':'), line.size());
    auto const name = text::to_lower_ascii(line.substr(0, colon));
    auto const value = text::trim(line.substr(std::min(colon + 1, line.size())));
    if (name == "content-length") m_length = number_of(value, 10);
    if (name == "transfer-encoding") m_chunked = text::to_lower_ascii(value) == "chunked";
    if (name == "expect") m_expects = true;
  }
  return m_chunked || m_length.has_value();
}

std::optional<std::size_t> HttpInput::read_chunks() {
  auto at = m_head;
  for (;;) {
    auto const line = m_bytes.find("\r\n", at);
    if (line == std::string::npos) return std::nullopt;
    auto const size = number_of(std::string_view(m_bytes).substr(at, line - at), 16);
    if (!size) return std::string::npos;
    if (m_bytes.size() < line + 2 + *size + 2) return std::nullopt;
    if (*size == 0) return line + 4;
    m_body.append(m_bytes, line + 2, *size);
    at = line + 2 + *size + 2;
  }
}

Result<std::unique_ptr<HttpServer>> HttpServer::create(std::string content_type, Answer answer) {
  std::unique_ptr<HttpServer> server(new HttpServer(std::move(content_type), std::move(answer)));
  TRY(server->plug());
  return server;
}

HttpServer::~HttpServer() { unplug(); }

Result<void> HttpServer::plug() {
  if (m_thread.joinable()) return {};
  m_listener = TRY(listen_on_loopback(m_port));
  m_stop = std::make_unique<host::Interrupt>();
  m_thread = std::thread([this] { serve(); });
  return {};
}

void HttpServer::unplug() {
  if (!m_thread.joinable()) return;
  m_stop->raise();
  m_thread.join();
}

void HttpServer::serve() {
  while (!m_stop->raised()) serve_once();
  for (auto const& connection : m_connections) ::close(connection.fd);
  m_connections.clear();
  ::close(m_listener);
}

void HttpServer::serve_once() {
  std::vector<pollfd> items{{m_stop->fd(), POLLIN, 0}, {m_listener, POLLIN, 0}};
  for (auto const& connection : m_connections) items.push_back({connection.fd, POLLIN, 0});
  ::poll(items.data(), items.size(), -1);
  if (m_stop->raised()) return;
  for (std::size_t i = 2; i < items.size(); ++i) {
    auto& connection = m_connections[i - 2];
    if (items[i].revents == 0 || receive(connection)) continue;
    ::close(connection.fd);
    connection.fd = -1;
  }
  std::erase_if(m_connections, [](Connection const& one) { return one.fd < 0; });
  if (items[1].revents == 0) return;
  auto const fd = ::accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC);
  if (fd >= 0) m_connections.push_back({fd, {}});
}

/// False where the connection is at its end.
bool HttpServer::receive(Connection& connection) {
  std::array<char, 16'384> chunk;
  auto const got = ::recv(connection.fd, chunk.data(), chunk.size(), 0);
  if (got <= 0) return false;
  switch (connection.input.push({chunk.data(), static_cast<std::size_t>(got)})) {
    case HttpInput::Event::more: return true;
    case HttpInput::Event::bad: return false;
    case HttpInput::Event::wants_continue: return send_all(connection.fd, "HTTP/1.1 100 Continue\r\n\r\n");
    case HttpInput::Event::complete: break;
  }
  if (m_demands_password) {
    return send_all(
        connection.fd,
        "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"printer\"\r\nContent-Length: 0\r\n\r\n");
  }
  auto const body = m_answer(connection.input.take_body());
  if (!body) return true;
  return send_all(connection.fd, "HTTP/1.1 200 OK\r\nContent-Type: " + m_content_type +
                                     "\r\nContent-Length: " + std::to_string(body->size()) + "\r\n\r\n" + *body);
}

}  // namespace yizhan::emulated

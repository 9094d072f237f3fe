#include "tests/unit/shared/sync/tls_server.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>

namespace yizhan::test {
namespace {

void check(bool ok, char const* what) {
  if (ok) return;
  std::fprintf(stderr, "tls_server: %s failed\n", what);
  ERR_print_errors_fp(stderr);
  std::abort();
}

X509* certificate_of(std::string const& pem) {
  auto* bio = BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()));
  auto* certificate = PEM_read_bio_X509(bio, nullptr, nullptr, nullptr);
  BIO_free(bio);
  check(certificate != nullptr, "certificate");
  return certificate;
}

std::shared_ptr<SSL_CTX> context_of(TlsServerOptions const& options) {
  std::shared_ptr<SSL_CTX> const context(SSL_CTX_new(TLS_server_method()), SSL_CTX_free);
  // Also what no client of ours may accept.
  SSL_CTX_set_security_level(context.get(), 0);
  SSL_CTX_set_min_proto_version(context.get(), TLS1_VERSION);
  if (options.newest != 0) SSL_CTX_set_max_proto_version(context.get(), options.newest);
  auto* const certificate = certificate_of(options.identity.certificate_pem);
  check(SSL_CTX_use_certificate(context.get(), certificate) == 1, "certificate");
  X509_free(certificate);
  auto* bio = BIO_new_mem_buf(options.identity.key_pem.data(), static_cast<int>(options.identity.key_pem.size()));
  auto* key = PEM_read_bio_PrivateKey(bio, nullptr, nullptr, nullptr);
  check(SSL_CTX_use_PrivateKey(context.get(), key) == 1, "key");
  EVP_PKEY_free(key);
  BIO_free(bio);
  for (auto const& issued : options.intermediates)
    check(SSL_CTX_add_extra_chain_cert(context.get(), certificate_of(issued.certificate_pem)) == 1, "chain");
  if (options.client_authority) {
    auto* const authority = certificate_of(options.client_authority->certificate_pem);
    check(X509_STORE_add_cert(SSL_CTX_get_cert_store(context.get()), authority) == 1, "authority");
    X509_free(authority);
    // Certificates of a test's own time.
    X509_VERIFY_PARAM_set_flags(SSL_CTX_get0_param(context.get()), X509_V_FLAG_NO_CHECK_TIME);
    SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
  }
  return context;
}

}  // namespace

class TlsServer::Connection final : public TlsConnection {
 public:
  Connection(int fd, int stop, SSL_CTX* context, std::atomic<std::size_t>& bytes)
      : m_fd(fd), m_stop(stop), m_bytes(bytes), m_ssl(SSL_new(context)) {
    ::fcntl(fd, F_SETFL, ::fcntl(fd, F_GETFL) | O_NONBLOCK);
    SSL_set_fd(m_ssl, fd);
  }
  ~Connection() override { SSL_free(m_ssl); }

  bool handshake() {
    return repeat([&] { return SSL_accept(m_ssl); }) == 1;
  }
  std::string read_request() override {
    std::string request;
    char buffer[16384];
    while (true) {
      auto const end = request.find("\r\n\r\n");
      if (end != std::string::npos) {
        auto const at = request.find("Content-Length: ");
        auto const length = at < end ? std::strtoul(request.c_str() + at + 16, nullptr, 10) : 0;
        if (request.size() >= end + 4 + length) return request;
      }
      int const got = repeat([&] { return SSL_read(m_ssl, buffer, sizeof buffer); });
      if (got <= 0) return {};
      m_bytes += static_cast<std::size_t>(got);
      request.append(buffer, static_cast<std::size_t>(got));
    }
  }
  void write(std::string const& bytes) override {
    repeat([&] { return SSL_write(m_ssl, bytes.data(), static_cast<int>(bytes.size())); });
  }
  bool pause(std::chrono::milliseconds time) override {
    pollfd stop{m_stop, POLLIN, 0};
    return ::poll(&stop, 1, static_cast<int>(time.count())) == 0;
  }
  void wait_for_end() override {
    char buffer[1024];
    while (repeat([&] { return SSL_read(m_ssl, buffer, sizeof buffer); }) > 0) {
    }
  }

 private:
  template <class Call>
  int repeat(Call call) {
    while (true) {
      ERR_clear_error();
      int const result = call();
      if (result > 0) return result;
      int const error = SSL_get_error(m_ssl, result);
      if (error != SSL_ERROR_WANT_READ && error != SSL_ERROR_WANT_WRITE) return result;
      pollfd events[] = {{m_fd, static_cast<short>(error == SSL_ERROR_WANT_READ ? POLLIN : POLLOUT), 0},
                         {m_stop, POLLIN, 0}};
      ::poll(events, 2, -1);
      if (events[1].revents != 0) return -1;
    }
  }

  int m_fd;
  int m_stop;
  std::atomic<std::size_t>& m_bytes;
  SSL* m_ssl;
};

TlsServer::TlsServer(TlsServerOptions options) : m_options(std::move(options)), m_context(context_of(m_options)) {
  std::signal(SIGPIPE, SIG_IGN);
  m_stop = ::eventfd(0, EFD_CLOEXEC);
  m_listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  check(::bind(m_listener, reinterpret_cast<sockaddr*>(&address), size) == 0 && ::listen(m_listener, 16) == 0,
        "listen");
  ::getsockname(m_listener, reinterpret_cast<sockaddr*>(&address), &size);
  m_port = ntohs(address.sin_port);
  m_acceptor = std::thread([this] { accept_all(); });
}

TlsServer::~TlsServer() {
  std::uint64_t const one = 1;
  check(::write(m_stop, &one, sizeof one) == sizeof one, "stop");
  m_acceptor.join();
  for (auto& thread : m_threads) thread.join();
  ::close(m_listener);
  ::close(m_stop);
}

void TlsServer::accept_all() {
  while (true) {
    pollfd events[] = {{m_listener, POLLIN, 0}, {m_stop, POLLIN, 0}};
    ::poll(events, 2, -1);
    if (events[1].revents != 0) return;
    int const fd = ::accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC);
    if (fd < 0) continue;
    ++m_connections;
    m_threads.emplace_back([this, fd] { talk(fd); });
  }
}

void TlsServer::talk(int fd) {
  if (m_options.silent) {
    pollfd stop{m_stop, POLLIN, 0};
    ::poll(&stop, 1, -1);
  } else {
    Connection connection(fd, m_stop, static_cast<SSL_CTX*>(m_context.get()), m_request_bytes);
    if (connection.handshake()) m_options.serve(connection);
  }
  ::shutdown(fd, SHUT_WR);
  // What the client sent meanwhile is taken off the socket: closing over it would reset the connection and could
  // overtake our last words.
  char buffer[4096];
  pollfd events[] = {{fd, POLLIN, 0}, {m_stop, POLLIN, 0}};
  while (::poll(events, 2, -1) > 0 && events[1].revents == 0 && ::recv(fd, buffer, sizeof buffer, 0) > 0) {
  }
  ::close(fd);
}

std::string http_answer(int status, std::string const& content_type, std::string const& body,
                        std::string const& headers) {
  return "HTTP/1.1 " + std::to_string(status) + " X\r\nContent-Type: " + content_type +
         "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" + headers + "\r\n" + body;
}

std::function<void(TlsConnection&)> answering(std::string answer) {
  return [answer = std::move(answer)](TlsConnection& connection) {
    while (!connection.read_request().empty()) connection.write(answer);
  };
}

}  // namespace yizhan::test

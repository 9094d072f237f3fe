#pragma once
/// A small TLS server on 127.0.0.1 that may do everything wrong. One thread a connection.
#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "tests/support/pki/pki.h"

namespace yizhan::test {

class TlsConnection {
 public:
  virtual ~TlsConnection() = default;
  /// Request head and body; "" when the client is gone.
  virtual std::string read_request() = 0;
  virtual void write(std::string const& bytes) = 0;
  /// False when the server stops meanwhile.
  virtual bool pause(std::chrono::milliseconds time) = 0;
  /// Until the client goes or the server stops.
  virtual void wait_for_end() = 0;
};

struct TlsServerOptions {
  Issued identity;
  std::vector<Issued> intermediates;
  std::optional<Issued> client_authority;  // mutual TLS where given
  int newest = 0;                          // TLS1_2_VERSION …; 0: any
  bool silent = false;                     // accepts TCP and says nothing
  std::function<void(TlsConnection&)> serve;
};

class TlsServer {
 public:
  explicit TlsServer(TlsServerOptions options);
  ~TlsServer();
  TlsServer(TlsServer const&) = delete;
  TlsServer& operator=(TlsServer const&) = delete;

  [[nodiscard]] std::uint16_t port() const { return m_port; }
  [[nodiscard]] int connections() const { return m_connections; }
  /// Bytes of requests that arrived in the clear end of TLS.
  [[nodiscard]] std::size_t request_bytes() const { return m_request_bytes; }

 private:
  class Connection;
  void accept_all();
  void talk(int fd);

  TlsServerOptions m_options;
  std::shared_ptr<void> m_context;
  int m_listener = -1;
  int m_stop = -1;  // eventfd, readable once the server stops
  std::uint16_t m_port = 0;
  std::atomic<int> m_connections{0};
  std::atomic<std::size_t> m_request_bytes{0};
  std::vector<std::thread> m_threads;
  std::thread m_acceptor;
};

/// "HTTP/1.1 <status> …" with its length.
std::string http_answer(int status, std::string const& content_type, std::string const& body,
                        std::string const& headers = {});
/// Serves this answer to every request.
std::function<void(TlsConnection&)> answering(std::string answer);

}  // namespace yizhan::test

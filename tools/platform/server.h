#pragma once
/// The HTTP side: libmicrohttpd's event thread takes requests apart and suspends their connections until the application
/// has an answer. No thread ever waits for a client.
#include <memory>
#include <string>

#include "shared/base/result.h"
#include "tools/platform/application.h"
#include "tools/platform/client_certificate.h"

namespace yizhan::platform {

struct ServerOptions {
  std::string listen;        // ADDR:PORT with TLS; port 0 takes a free one
  std::string proxy_socket;  // else a Unix socket, plain HTTP, behind a proxy that sends X-Client-Cert
  std::string certificate_pem;
  std::string key_pem;
  std::string ca_pem;  // told to clients, so that they choose a certificate
};

class Server {
 public:
  /// Listens on return. Errors: listen_address, listen_failed, tls_unusable.
  static Result<std::unique_ptr<Server>> start(ServerOptions const& options, ClientCertificates const& certificates,
                                               Application& application, SteadyClock const& clock);
  /// Takes no new connections, answers what is open, ends.
  ~Server();
  Server(Server const&) = delete;
  Server& operator=(Server const&) = delete;

  /// What it listens on: "127.0.0.1:8443" or the socket's path.
  [[nodiscard]] std::string const& address() const;

 private:
  Server();
  struct State;
  std::unique_ptr<State> m_state;
};

}  // namespace yizhan::platform

#pragma once
/// As much of HTTP/1.1 (RFC 9112) as a printer needs: POST with a body, on 127.0.0.1, one thread.
#include <atomic>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "peripherals/host/wait.h"
#include "shared/base/result.h"

namespace yizhan::emulated {

/// What has arrived of one connection so far.
class HttpInput {
 public:
  enum class Event { more, wants_continue, complete, bad };
  /// After complete, body() is the request's and the next one begins. After bad, the connection is of no use.
  Event push(std::string_view bytes);
  [[nodiscard]] std::string take_body();

 private:
  bool read_head();
  /// The end of the body, or nothing yet.
  std::optional<std::size_t> read_chunks();

  std::string m_bytes;
  std::size_t m_head = 0;  // bytes of the head; 0: not whole yet
  std::optional<std::size_t> m_length;
  bool m_chunked = false;
  bool m_expects = false;
  std::string m_body;
};

/// `answer` gives the body of the response to a body, or nothing: then none is ever sent. It runs on the server's thread.
class HttpServer {
 public:
  using Answer = std::function<std::optional<std::string>(std::string_view body)>;
  /// On a port of 127.0.0.1 that is free. Errors: port_failed.
  static Result<std::unique_ptr<HttpServer>> create(std::string content_type, Answer answer);
  ~HttpServer();
  HttpServer(HttpServer const&) = delete;
  HttpServer& operator=(HttpServer const&) = delete;

  [[nodiscard]] std::uint16_t port() const { return m_port; }
  /// Nobody listens any more, connections are gone once it returns; and the other way round. Thread: any but its own.
  /// Errors: port_failed.
  void unplug();
  Result<void> plug();
  /// Requests are answered 401 while this is so, whatever they say. Thread: any.
  void demand_password(bool demand) { m_demands_password = demand; }

 private:
  struct Connection {
    int fd = -1;
    HttpInput input;
  };
  HttpServer(std::string content_type, Answer answer)
      : m_content_type(std::move(content_type)), m_answer(std::move(answer)) {}
  void serve();
  void serve_once();
  bool receive(Connection& connection);
  void join();

  std::string const m_content_type;
  Answer const m_answer;
  std::atomic<bool> m_demands_password = false;
  std::uint16_t m_port = 0;
  int m_listener = -1;
  std::unique_ptr<host::Interrupt> m_stop;
  std::vector<Connection> m_connections;
  std::thread m_thread;
};

}  // namespace yizhan::emulated

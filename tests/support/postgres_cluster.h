#pragma once
/// A PostgreSQL server of one's own: initdb and postgres in a folder under /tmp, as another user where the test is root
/// (initdb refuses root), reached by Unix socket and on 127.0.0.1, gone with the object.
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "tests/support/child_process.h"

namespace yizhan::test {

/// fsync off is fast and still survives kill -9 of clients and of postgres itself; only a crash of the machine hurts.
enum class Fsync { off, on };

/// The server ends with the thread that made it (see Command::signal_at_parents_death): make it on the test's thread.
class PostgresCluster {
 public:
  /// Returns when connections are taken. Throws std::runtime_error with the server's log.
  explicit PostgresCluster(Fsync fsync = Fsync::off);
  ~PostgresCluster();
  PostgresCluster(PostgresCluster const&) = delete;
  PostgresCluster& operator=(PostgresCluster const&) = delete;

  /// Connection URI over the Unix socket; superuser "yizhan", no password, time zone UTC.
  [[nodiscard]] std::string uri(std::string_view database = "postgres") const;
  /// The same over TCP, for programs that want a host and a port.
  [[nodiscard]] std::string tcp_uri(std::string_view database = "postgres") const;
  [[nodiscard]] std::uint16_t port() const { return m_port; }

  /// Creates a database; its uri().
  std::string create_database(std::string const& name);
  /// Unaligned tuples of the last statement, without the final line end. Throws std::runtime_error with psql's message.
  std::string psql(std::string const& sql, std::string_view database = "postgres");

  /// Fast shutdown: connections are broken, what was committed is kept. start() brings the same server back.
  void stop();
  void start();
  [[nodiscard]] std::string log() const;

 private:
  bool try_start();

  TempDir m_folder{"pg"};
  std::string m_programs;
  std::string m_user;  // "" where the test is not root
  std::uint16_t m_port = 0;
  Fsync m_fsync;
  std::unique_ptr<ChildProcess> m_server;
};

}  // namespace yizhan::test

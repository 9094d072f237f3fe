#pragma once
/// One connection to the hall's database. Below it is libpq itself, without waiting inside: libpqxx has no way to end a
/// call to a server that accepts bytes and never answers.
#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "shared/base/result.h"

struct pg_conn;

namespace yizhan::hall {

/// libpq keywords and values of a URI, with our time limits.
using ConnectionSettings = std::vector<std::pair<std::string, std::string>>;
/// Errors: hall_uri.
Result<ConnectionSettings> parse_uri(std::string const& uri);

/// A whole call, connecting included, ends within this.
inline constexpr std::chrono::milliseconds k_call_limit{2500};

/// Not for use by two threads at once.
class PostgresLink {
 public:
  /// `stop`: a file descriptor that becomes readable when waiting must end at once, or -1.
  explicit PostgresLink(ConnectionSettings settings, int stop = -1);
  ~PostgresLink();
  PostgresLink(PostgresLink const&) = delete;
  PostgresLink& operator=(PostgresLink const&) = delete;

  /// First column of the first row, "" without one. Connects first where needed. After hall_unreachable the statement may
  /// or may not have been carried out. Errors: hall_unreachable (retry), hall_not_installed (no schema, or no right to use
  /// it), hall_failed (with the SQLSTATE; nothing was changed).
  Result<std::string> call(std::string const& sql, std::vector<std::string> const& parameters);
  /// Several statements in one transaction.
  Result<void> run_script(std::string_view sql);
  /// Waits without limit for a notification (after LISTEN). Errors: hall_unreachable, also when told to stop.
  Result<void> wait_for_notification();
  void disconnect();

 private:
  class Limit;
  Result<void> connect(Limit& limit);
  Result<std::string> await_result(Limit& limit);
  /// False: the limit passed, or stop.
  bool wait_for_socket(short events, Limit& limit);

  ConnectionSettings m_settings;
  int m_stop;
  pg_conn* m_connection = nullptr;
};

}  // namespace yizhan::hall

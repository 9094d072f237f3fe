#include "tools/platform/database.h"

#include <exception>
#include <pqxx/except>
#include <pqxx/nontransaction>
#include <pqxx/transaction>
#include <string_view>

#include "shared/base/log.h"
#include "tools/platform/schema.h"

namespace yizhan::platform {

namespace {

/// Errors after which another try on a fresh connection may succeed: connection lost (08), server going down or up (57P),
/// deadlock or serialization (40), too many connections (53).
bool is_passing(std::string_view state) {
  return state.starts_with("08") || state.starts_with("57P") || state.starts_with("40") || state.starts_with("53");
}

/// The server's first line, without the statement and without DETAIL, either of which may quote values.
std::string first_line(std::string_view text) { return std::string(text.substr(0, text.find('\n'))); }

}  // namespace

pqxx::connection& Database::connection() {
  if (!m_connection || !m_connection->is_open()) {
    m_connection.reset();
    m_connection = std::make_unique<pqxx::connection>(m_uri);
    pqxx::nontransaction setup(*m_connection);
    // An answer "accepted" must survive a crash of the server, whatever its configuration says.
    setup.exec("SET synchronous_commit = on");
    setup.exec("SET client_min_messages = warning");
  }
  return *m_connection;
}

template <class Transaction>
Answer Database::repeat(Work const& work) {
  for (int attempt = 0; attempt < 2; ++attempt) {
    try {
      Transaction transaction(connection());
      auto answer = work(transaction);
      if (answer.status < 400 || answer.commit_refusal) transaction.commit();
      return answer;
    } catch (pqxx::sql_error const& error) {
      m_connection.reset();
      if (!is_passing(error.sqlstate())) {
        log::error("database: {} ({})", first_line(error.what()), error.sqlstate());
        return problem(500, "internal_error", "The platform failed; its log says why.");
      }
    } catch (std::exception const& error) {  // broken_connection, in_doubt_error
      m_connection.reset();
      if (attempt == 1) log::warning("database: {}", first_line(error.what()));
    }
  }
  return unavailable();
}

Answer Database::run(Work const& work) { return repeat<pqxx::work>(work); }

Answer Database::run_on_snapshot(Work const& work) {
  return repeat<pqxx::transaction<pqxx::isolation_level::repeatable_read>>(work);
}

Result<void> Database::prepare() {
  try {
    migrate(connection());
    return {};
  } catch (pqxx::broken_connection const& error) {
    m_connection.reset();
    return Error::make("database_unavailable", Retry::later, first_line(error.what()));
  } catch (std::exception const& error) {
    m_connection.reset();
    return Error::make("database_refused", Retry::no, first_line(error.what()));
  }
}

}  // namespace yizhan::platform

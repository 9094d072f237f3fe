#pragma once
/// One worker's connection. libpqxx throws; nothing above this file sees it.
#include <functional>
#include <memory>
#include <pqxx/connection>
#include <pqxx/result>
#include <pqxx/transaction_base>
#include <pqxx/version>
#include <string>

#if PQXX_VERSION_MAJOR > 7 || (PQXX_VERSION_MAJOR == 7 && PQXX_VERSION_MINOR >= 10)
#include <pqxx/params>
#define YZ_PQXX_PARAMS 1
#endif

#include "shared/base/result.h"
#include "tools/platform/answer.h"

namespace yizhan::platform {

/// One statement with parameters $1, $2 …, spelled the same with libpqxx 6 and 7.
template <class... Args>
pqxx::result query(pqxx::transaction_base& transaction, std::string const& sql, Args const&... args) {
#ifdef YZ_PQXX_PARAMS
  return transaction.exec(sql, pqxx::params{args...});
#else
  return transaction.exec_params(sql, args...);
#endif
}

/// Thread: one.
class Database {
 public:
  using Work = std::function<Answer(pqxx::transaction_base&)>;

  explicit Database(std::string uri) : m_uri(std::move(uri)) {}

  /// Runs `work` in a READ COMMITTED transaction and commits it; a refusal (status ≥ 400) is rolled back unless it says otherwise. When the
  /// connection broke, also in COMMIT, it is made anew and `work` runs once more: every call is safe to repeat. 503 when
  /// that fails too.
  Answer run(Work const& work);
  /// The same on one snapshot.
  Answer run_on_snapshot(Work const& work);
  /// Connects and migrates. Errors: database_unavailable, database_refused.
  Result<void> prepare();

 private:
  template <class Transaction>
  Answer repeat(Work const& work);
  pqxx::connection& connection();

  std::string m_uri;
  std::unique_ptr<pqxx::connection> m_connection;
};

}  // namespace yizhan::platform

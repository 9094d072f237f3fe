// The only file that knows libpq.
#include "shared/hall/postgres_link.h"

#include <libpq-fe.h>
#include <poll.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <optional>

#include "shared/hall/postgres_schema.h"

namespace yizhan::hall {

namespace {

/// What libpq says ends in line breaks and may have several lines.
std::string first_line(char const* message) {
  std::string_view const text = message == nullptr ? "" : message;
  return std::string(text.substr(0, text.find('\n')));
}

Error unreachable(std::string detail) { return Error::make("hall_unreachable", Retry::later, std::move(detail)); }

struct ResultDeleter {
  void operator()(PGresult* result) const { PQclear(result); }
};
using ResultPtr = std::unique_ptr<PGresult, ResultDeleter>;

/// By SQLSTATE (PostgreSQL manual, appendix A).
Error error_of(PGresult const* result) {
  char const* field = PQresultErrorField(result, PG_DIAG_SQLSTATE);
  std::string const state = field == nullptr ? "" : field;
  std::string detail = state;
  if (char const* message = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY)) detail += ' ' + first_line(message);
  constexpr std::array k_absent{"3F000", "42883", "42501", "42P01"};  // schema, function, right, table
  if (std::ranges::find(k_absent, state) != k_absent.end())
    return Error::make("hall_not_installed", Retry::no, std::move(detail));
  // 57: cancelled by time limit, shut down; 40: deadlock, serialization; 55P03: lock; 53: resources; 08: connection.
  constexpr std::array k_passing{"57", "40", "55", "53", "08"};
  if (state.empty() || std::ranges::any_of(k_passing, [&](char const* prefix) { return state.starts_with(prefix); }))
    return unreachable(std::move(detail));
  return Error::make("hall_failed", Retry::no, std::move(detail));
}

}  // namespace

// One-shot alarm of the kernel, so that no clock has to be read.
class PostgresLink::Limit {
 public:
  /// Zero: none.
  explicit Limit(std::chrono::milliseconds limit) : m_timer(::timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC)) {
    itimerspec alarm{};
    alarm.it_value.tv_sec = limit.count() / 1000;
    alarm.it_value.tv_nsec = limit.count() % 1000 * 1'000'000;
    ::timerfd_settime(m_timer, 0, &alarm, nullptr);
  }
  ~Limit() { ::close(m_timer); }
  Limit(Limit const&) = delete;
  Limit& operator=(Limit const&) = delete;
  [[nodiscard]] int timer() const { return m_timer; }

 private:
  int m_timer;
};

Result<ConnectionSettings> parse_uri(std::string const& uri) {
  char* message = nullptr;
  auto* options = PQconninfoParse(uri.c_str(), &message);
  if (options == nullptr) {
    PQfreemem(message);  // quotes the URI, which may hold a password
    return Error::make("hall_uri");
  }
  ConnectionSettings settings;
  for (auto const* option = options; option->keyword != nullptr; ++option)
    if (option->val != nullptr) settings.emplace_back(option->keyword, option->val);
  PQconninfoFree(options);
  // A peer that is gone is noticed by the kernel (keepalives: idle listeners; tcp_user_timeout: sent and not confirmed), a
  // statement that hangs by the server; what neither sees, by k_call_limit. Later entries win in libpq.
  settings.insert(settings.end(), {{"application_name", "yizhan"},
                                   {"client_encoding", "UTF8"},
                                   {"keepalives_idle", "5"},
                                   {"keepalives_interval", "2"},
                                   {"keepalives_count", "3"},
                                   {"tcp_user_timeout", "2000"},
                                   {"options", "-c statement_timeout=2000 -c lock_timeout=1500 -c timezone=UTC"}});
  return settings;
}

PostgresLink::PostgresLink(ConnectionSettings settings, int stop) : m_settings(std::move(settings)), m_stop(stop) {}

PostgresLink::~PostgresLink() { disconnect(); }

void PostgresLink::disconnect() {
  PQfinish(m_connection);
  m_connection = nullptr;
}

bool PostgresLink::wait_for_socket(short events, Limit& limit) {
  if (limit.timer() < 0) return false;  // no descriptors left: better an error than waiting for ever
  std::array<pollfd, 3> descriptors{pollfd{PQsocket(m_connection), events, 0}, pollfd{limit.timer(), POLLIN, 0},
                                    pollfd{m_stop, POLLIN, 0}};  // a negative one is passed over
  while (::poll(descriptors.data(), descriptors.size(), -1) < 0) {
    if (errno != EINTR) return false;
  }
  return descriptors[1].revents == 0 && descriptors[2].revents == 0;
}

Result<void> PostgresLink::connect(Limit& limit) {
  if (m_connection != nullptr && PQstatus(m_connection) == CONNECTION_OK) return {};
  disconnect();
  std::vector<char const*> keywords;
  std::vector<char const*> values;
  for (auto const& [keyword, value] : m_settings) {
    keywords.push_back(keyword.c_str());
    values.push_back(value.c_str());
  }
  keywords.push_back(nullptr);
  values.push_back(nullptr);
  m_connection = PQconnectStartParams(keywords.data(), values.data(), 0);
  if (m_connection == nullptr) return unreachable("out of memory");
  // Before the first PQconnectPoll the documentation wants a wait for writing.
  auto state = PQstatus(m_connection) == CONNECTION_BAD ? PGRES_POLLING_FAILED : PGRES_POLLING_WRITING;
  while (state == PGRES_POLLING_READING || state == PGRES_POLLING_WRITING) {
    if (!wait_for_socket(state == PGRES_POLLING_READING ? POLLIN : POLLOUT, limit)) {
      disconnect();
      return unreachable("no answer while connecting");
    }
    state = PQconnectPoll(m_connection);
  }
  if (state != PGRES_POLLING_OK) {
    auto detail = first_line(PQerrorMessage(m_connection));
    disconnect();
    return unreachable(std::move(detail));
  }
  // Notices ("already exists, skipping") are nobody's business here.
  PQsetNoticeProcessor(
      m_connection, [](void*, char const*) {}, nullptr);
  return {};
}

Result<std::string> PostgresLink::await_result(Limit& limit) {
  std::string value;
  std::optional<Error> failed;
  while (true) {
    while (PQisBusy(m_connection) != 0) {
      bool const readable = wait_for_socket(POLLIN, limit);
      if (!readable || PQconsumeInput(m_connection) == 0) {
        auto error = unreachable(readable ? first_line(PQerrorMessage(m_connection)) : "no answer in time");
        disconnect();
        return error;
      }
    }
    ResultPtr const result(PQgetResult(m_connection));
    if (!result) break;
    auto const status = PQresultStatus(result.get());
    if (status == PGRES_TUPLES_OK) {
      if (PQntuples(result.get()) > 0 && PQgetisnull(result.get(), 0, 0) == 0) value = PQgetvalue(result.get(), 0, 0);
    } else if (status != PGRES_COMMAND_OK && !failed) {
      failed = error_of(result.get());
    }
  }
  if (failed) {
    if (PQstatus(m_connection) != CONNECTION_OK) disconnect();
    return *failed;
  }
  return value;
}

Result<std::string> PostgresLink::call(std::string const& sql, std::vector<std::string> const& parameters) {
  Limit limit(k_call_limit);
  // A connection that lay idle may have died unseen: nothing has been sent yet, so a new one may be made at once. The
  // first look reads the server's farewell, the second finds the end behind it.
  if (m_connection != nullptr && (PQconsumeInput(m_connection) == 0 || PQconsumeInput(m_connection) == 0)) disconnect();
  TRY(connect(limit));
  std::vector<char const*> values;
  values.reserve(parameters.size());
  for (auto const& parameter : parameters) values.push_back(parameter.c_str());
  if (PQsendQueryParams(m_connection, sql.c_str(), static_cast<int>(values.size()), nullptr, values.data(), nullptr,
                        nullptr, 0) == 0) {
    auto detail = first_line(PQerrorMessage(m_connection));
    disconnect();
    return unreachable(std::move(detail));
  }
  return await_result(limit);
}

Result<void> PostgresLink::run_script(std::string_view sql) {
  Limit limit(std::chrono::minutes(1));
  TRY(connect(limit));
  // The simple protocol runs a string of statements as one transaction.
  std::string const script(sql);
  if (PQsendQuery(m_connection, script.c_str()) == 0) return unreachable(first_line(PQerrorMessage(m_connection)));
  TRY(await_result(limit));
  return {};
}

Result<void> PostgresLink::wait_for_notification() {
  Limit forever{std::chrono::milliseconds(0)};
  bool notified = false;
  while (!notified) {
    if (m_connection == nullptr || !wait_for_socket(POLLIN, forever) || PQconsumeInput(m_connection) == 0) {
      disconnect();
      return unreachable("listener");
    }
    while (auto* notification = PQnotifies(m_connection)) {
      notified = true;
      PQfreemem(notification);
    }
  }
  return {};
}

Result<void> install_schema(std::string const& uri) {
  auto settings = TRY(parse_uri(uri));
  PostgresLink link(std::move(settings));
  return link.run_script(schema_sql());
}

}  // namespace yizhan::hall

#include "tests/support/postgres_cluster.h"

#include <pwd.h>
#include <unistd.h>

#include <charconv>
#include <stdexcept>

namespace yizhan::test {

namespace {

/// Debian keeps server programs out of PATH, one folder a major version.
std::string find_programs() {
  int newest = 0;
  std::string result;
  std::error_code absent;
  for (auto const& entry : std::filesystem::directory_iterator("/usr/lib/postgresql", absent)) {
    auto const name = entry.path().filename().string();
    int version = 0;
    std::from_chars(name.data(), name.data() + name.size(), version);
    if (version > newest && std::filesystem::exists(entry.path() / "bin/initdb")) {
      newest = version;
      result = (entry.path() / "bin").string();
    }
  }
  if (result.empty()) throw std::runtime_error("no PostgreSQL server below /usr/lib/postgresql; run setup/deps");
  return result;
}

std::string unprivileged_user() {
  if (::geteuid() != 0) return {};
  for (char const* name : {"postgres", "nobody"})
    if (::getpwnam(name) != nullptr) return name;
  throw std::runtime_error("no user postgres or nobody to run a database server as");
}

}  // namespace

PostgresCluster::PostgresCluster(Fsync fsync)
    : m_programs(find_programs()), m_user(unprivileged_user()), m_fsync(fsync) {
  if (!m_user.empty()) {
    auto const* user = ::getpwnam(m_user.c_str());
    if (::chown(m_folder.path().c_str(), user->pw_uid, user->pw_gid) != 0)
      throw std::runtime_error("cannot give the database folder to " + m_user);
  }
  auto const made = run({.argv = {m_programs + "/initdb", "--no-sync", "-A", "trust", "-U", "yizhan", "-E", "UTF8",
                                  "--locale=C.UTF-8", "-D", (m_folder / "data").string()},
                         .working_folder = m_folder.path().string(),
                         .run_as = m_user});
  if (made.exit != 0) throw std::runtime_error("initdb failed: " + made.out + made.err);
  // Another process may take the port between the probe and the server's bind.
  for (int attempt = 0; attempt < 5; ++attempt) {
    m_port = free_port();
    if (try_start()) return;
  }
  throw std::runtime_error("postgres did not start: " + log());
}

PostgresCluster::~PostgresCluster() { stop(); }

bool PostgresCluster::try_start() {
  std::vector<std::string> argv{m_programs + "/postgres", "-D", (m_folder / "data").string()};
  for (auto const& setting :
       {std::string("listen_addresses=127.0.0.1"), "port=" + std::to_string(m_port),
        "unix_socket_directories=" + m_folder.path().string(),
        std::string(m_fsync == Fsync::on ? "fsync=on" : "fsync=off"), std::string("max_connections=200"),
        std::string("shared_buffers=16MB"), std::string("timezone=UTC"), std::string("log_timezone=UTC"),
        std::string("autovacuum=off"), std::string("max_wal_size=256MB")}) {
    argv.push_back("-c");
    argv.push_back(setting);
  }
  m_server = std::make_unique<ChildProcess>(Command{.argv = argv,
                                                    .working_folder = m_folder.path().string(),
                                                    .run_as = m_user,
                                                    .signal_at_parents_death = SIGQUIT});  // immediate shutdown
  return m_server->wait_for_output("database system is ready to accept connections", std::chrono::seconds(60));
}

void PostgresCluster::start() {
  if (!try_start()) throw std::runtime_error("postgres did not start: " + log());
}

void PostgresCluster::stop() {
  if (!m_server || !m_server->running()) return;
  m_server->send(SIGINT);
  if (m_server->wait(std::chrono::seconds(20))) return;
  m_server->send(SIGQUIT);
  if (!m_server->wait(std::chrono::seconds(5))) m_server->kill();
}

std::string PostgresCluster::log() const { return m_server ? m_server->err() : std::string(); }

std::string PostgresCluster::uri(std::string_view database) const {
  return "postgresql:///" + std::string(database) + "?host=" + m_folder.path().string() +
         "&port=" + std::to_string(m_port) + "&user=yizhan";
}

std::string PostgresCluster::tcp_uri(std::string_view database) const {
  return "postgresql://yizhan@127.0.0.1:" + std::to_string(m_port) + "/" + std::string(database);
}

std::string PostgresCluster::create_database(std::string const& name) {
  psql("CREATE DATABASE \"" + name + "\"");
  return uri(name);
}

std::string PostgresCluster::psql(std::string const& sql, std::string_view database) {
  auto outcome = run({.argv = {"psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", uri(database)},
                      .environment = {{"PGCONNECT_TIMEOUT", "20"}},
                      .input = sql});
  if (outcome.exit != 0) throw std::runtime_error("psql: " + outcome.err);
  while (!outcome.out.empty() && outcome.out.back() == '\n') outcome.out.pop_back();
  return outcome.out;
}

}  // namespace yizhan::test

// yizhan-platform: the sandbox of the provincial platform. See README.md; the calls are in API.md.
#include <sys/resource.h>

#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdio>
#include <cstdlib>

#include "shared/base/log.h"
#include "shared/base/real_env.h"
#include "tools/platform/back_office.h"
#include "tools/platform/intake.h"
#include "tools/platform/server.h"

namespace yizhan::platform {

namespace {

constexpr int k_usage = 2;
constexpr int k_bad_data = 65;
constexpr int k_unavailable = 69;

/// A kiosk asks once or twice a visit.
constexpr int k_lookup_burst = 20;
constexpr std::chrono::seconds k_lookup_interval{3};

struct Arguments {
  ServerOptions server;
  std::string database;
  std::string tls_folder;
  std::string back_office;  // socket; "" none
  bool auto_accept = false;
};

int fail(int exit, Error const& error, char const* advice) {
  std::fprintf(stderr, "yizhan-platform: %s: %s. %s\n", std::string(error.code()).c_str(), error.detail().c_str(),
               advice);
  return exit;
}

int serve(Arguments arguments, sigset_t const& ending) {
  RealEnv env;
  auto folder = load_folder(arguments.tls_folder);
  if (!folder) return fail(k_bad_data, folder.error(), "make_demo_pki writes what --tls needs.");
  auto certificates = ClientCertificates::create(folder->ca_pem);
  if (!certificates) return fail(k_bad_data, certificates.error(), "make_demo_pki writes what --tls needs.");
  if (auto prepared = Database(arguments.database).prepare(); !prepared)
    return fail(k_unavailable, prepared.error(), "Is PostgreSQL up, and is --database its URI?");
  Bell news;
  RateLimit lookups(env.steady, k_lookup_burst, k_lookup_interval);
  World const world{env.env(), *folder, news, lookups, arguments.auto_accept};
  Application application(arguments.database, world, env.steady);
  Intake const intake(arguments.database, world);
  std::unique_ptr<BackOffice> back_office;
  if (!arguments.back_office.empty()) {
    auto opened = BackOffice::start(arguments.back_office, arguments.database, world);
    if (!opened) return fail(k_unavailable, opened.error(), "Is the path of --back-office free and short?");
    back_office = std::move(opened).value();
  }
  arguments.server.certificate_pem = folder->server_certificate_pem;
  arguments.server.key_pem = std::string(folder->server_key_pem.view());
  arguments.server.ca_pem = folder->ca_pem;
  auto server = Server::start(arguments.server, *certificates, application, env.steady);
  if (!server) return fail(k_unavailable, server.error(), "Is the address free and the folder's certificate whole?");
  std::printf("listening on %s\n", (*server)->address().c_str());
  std::fflush(stdout);
  int signal = 0;
  sigwait(&ending, &signal);
  return 0;
}

int dump(std::string const& uri) {
  Database database(uri);
  auto const answer = database.run([](pqxx::transaction_base& transaction) {
    Answer whole;
    for (auto const& row : query(transaction,
                                 "SELECT row_to_json(e) FROM (SELECT hall, source, id, type, subject, time, clockstate,"
                                 " epoch, sequence, chain, sha256, received, data FROM platform_events"
                                 " ORDER BY transaction, ordinal) AS e"))
      whole.body += (whole.body.empty() ? "" : ",\n") + row[0].as<std::string>();
    return whole;
  });
  if (answer.status != 200)
    return fail(k_unavailable, Error::make("database_unavailable"), "Is PostgreSQL up, and is --database its URI?");
  std::printf("[%s]\n", answer.body.c_str());
  return 0;
}

int main_of(int count, char** values, sigset_t const& ending) {
  Arguments arguments;
  CLI::App app("Sandbox of the provincial platform: the calls of API.md on PostgreSQL.");
  app.fallthrough();  // options may follow the subcommand
  auto* listen =
      app.add_option("--listen", arguments.server.listen, "ADDR:PORT to serve with TLS; port 0 takes a free one");
  auto* proxy = app.add_option("--behind-proxy", arguments.server.proxy_socket,
                               "Unix socket to serve plain HTTP on, behind a proxy that sends X-Client-Cert");
  listen->excludes(proxy);
  app.add_option("--database", arguments.database, "PostgreSQL URI")->required();
  app.add_option("--tls", arguments.tls_folder, "folder that make_demo_pki filled");
  app.add_option("--back-office", arguments.back_office,
                 "Unix socket for what departments do: acts on cases, publishing (README.md)");
  app.add_flag("--auto-accept", arguments.auto_accept, "accept what was received, part by part as soon as it may be");
  auto* dumped = app.add_subcommand("dump", "print every accepted event, read back from PostgreSQL, as JSON");
  try {
    app.parse(count, values);
  } catch (CLI::ParseError const& error) {
    return app.exit(error) == 0 ? 0 : k_usage;
  }
  if (dumped->parsed()) return dump(arguments.database);
  if (arguments.tls_folder.empty() || (!*listen && !*proxy)) {
    std::fprintf(stderr, "yizhan-platform: --tls and one of --listen, --behind-proxy are needed; see --help.\n");
    return k_usage;
  }
  return serve(std::move(arguments), ending);
}

}  // namespace

}  // namespace yizhan::platform

int main(int count, char** values) {
  // Blocked before any thread starts, so that only sigwait() takes them.
  sigset_t ending;
  sigemptyset(&ending);
  sigaddset(&ending, SIGTERM);
  sigaddset(&ending, SIGINT);
  pthread_sigmask(SIG_BLOCK, &ending, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
  // Every waiting machine holds a socket; the usual soft limit is 1024.
  rlimit files{};
  if (::getrlimit(RLIMIT_NOFILE, &files) == 0) {
    files.rlim_cur = files.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &files);
  }
  ::setenv("PGCONNECT_TIMEOUT", "5", /*overwrite=*/0);
  ::setenv("PGAPPNAME", "yizhan-platform", 0);
  return yizhan::platform::main_of(count, values, ending);
}

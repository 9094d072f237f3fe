// What only a hall elsewhere has: absence, restored databases, rights, notifications.
#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <chrono>

#include "shared/hall/postgres_link.h"
#include "shared/hall/postgres_schema.h"
#include "tests/functional/hall/hall_backends.h"

namespace yizhan::test {
namespace {

using namespace yizhan::queue;
using namespace std::chrono_literals;

/// How long `call` took, by the machine's own clock: what is measured are real time limits.
template <class Call>
std::chrono::milliseconds duration_of(Call&& call) {
  auto const start = std::chrono::steady_clock::now();
  call();
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start);
}

/// The product's limit and what a crowded test machine may take to notice it; without a limit it would be for ever.
constexpr auto k_given_up = hall::k_call_limit + 1500ms;
static_assert(hall::k_call_limit <= 3s);

/// Takes connections and never says a word.
class BlackHole {
 public:
  BlackHole() {
    m_socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* generic = reinterpret_cast<sockaddr*>(&address);
    if (::bind(m_socket, generic, size) != 0 || ::listen(m_socket, 16) != 0 ||
        ::getsockname(m_socket, generic, &size) != 0)
      throw std::runtime_error("no listening socket");
    port = ntohs(address.sin_port);
  }
  ~BlackHole() { ::close(m_socket); }
  [[nodiscard]] std::string uri() const {
    return "postgresql://yizhan_machine@127.0.0.1:" + std::to_string(port) + "/hall";
  }
  int port = 0;

 private:
  int m_socket = -1;
};

TEST(PostgresHall, SilentServerIsGivenUpWithinThreeSeconds) {
  BlackHole const nobody;
  HallMachine m(nobody.uri());
  auto const took = duration_of([&] { EXPECT_EQ(code_of(m.apply(m.wanted())), "hall_unreachable"); });
  EXPECT_LE(took, k_given_up);
  EXPECT_GE(took, 1000ms) << "a slow server must be given a chance";
}

TEST(PostgresHall, AbsentServerIsUnreachableAtOnce) {
  HallMachine m("postgresql://yizhan_machine@127.0.0.1:" + std::to_string(free_port()) + "/hall");
  auto const reply = m.apply(m.wanted());
  ASSERT_FALSE(reply);
  EXPECT_TRUE(reply.error().is("hall_unreachable"));
  EXPECT_TRUE(reply.error().retryable());
  EXPECT_EQ(code_of(m.hall->view(m.machine.today())), "hall_unreachable");
}

TEST(PostgresHall, BlockedStatementIsGivenUpWithinThreeSeconds) {
  auto const uri = hall_database();
  HallMachine m(uri);
  m.issued();
  ChildProcess blocker({.argv = {"psql", "-X", "-q", "-d", as_user(uri, "yizhan")},
                        .input = "BEGIN; LOCK TABLE hall.state; \\echo locked\nSELECT pg_sleep(60);"});
  ASSERT_TRUE(blocker.wait_for_output("locked"));
  auto const command = m.machine.command(m.wanted());
  auto const took = duration_of([&] { EXPECT_EQ(code_of(m.apply(command)), "hall_unreachable"); });
  EXPECT_LE(took, k_given_up);
  cluster().psql(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(60)%' AND pid <> "
      "pg_backend_pid()");
  // The same command, later: carried out once.
  ASSERT_TRUE(eventually(10s, [&] { return m.apply(command).has_value(); }));
  EXPECT_EQ(m.issued().number, "A003");
}

TEST(PostgresHall, ComesBackByItselfWhenTheServerDoes) {
  PostgresCluster own;
  auto const uri = own.create_database("hall");
  ASSERT_TRUE(hall::install_schema(uri));
  std::atomic<int> signals{0};
  HallMachine m(as_user(uri, "yizhan_machine"), "001", 1, [&] { ++signals; });
  EXPECT_EQ(m.issued().number, "A001");
  ASSERT_TRUE(eventually(10s, [&] { return signals > 0; }));
  own.stop();
  EXPECT_EQ(code_of(m.apply(m.wanted())), "hall_unreachable");
  int const before = signals;
  own.start();
  EXPECT_EQ(m.issued().number, "A002");
  EXPECT_TRUE(eventually(15s, [&] { return signals > before; })) << "nobody knows what was missed meanwhile";
}

TEST(PostgresHall, CutConnectionIsMadeAnew) {
  auto const uri = hall_database();
  HallMachine m(uri);
  m.issued();
  auto const database = "datname = '" + database_of(uri) + "'";
  auto const pids = cluster().psql("SELECT string_agg(pid::text, ',') FROM pg_stat_activity WHERE " + database);
  auto const still = "SELECT count(*) FROM pg_stat_activity WHERE pid IN (" + pids + ")";
  cluster().psql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE " + database);
  ASSERT_TRUE(eventually(10s, [&] { return cluster().psql(still) == "0"; }));
  auto const reply = m.apply(m.wanted());
  ASSERT_TRUE(reply) << reply.error().to_line();
  EXPECT_EQ(reply->ticket.number, "A002");
}

TEST(PostgresHall, OthersHearOfEachChange) {
  auto const uri = hall_database();
  std::atomic<int> signals{0};
  HallMachine display(uri, "003", 3, [&] { ++signals; });
  ASSERT_TRUE(eventually(10s, [&] { return signals == 1; })) << "once connected";
  HallMachine kiosk(uri, "001", 1);
  kiosk.issued();
  EXPECT_TRUE(eventually(5s, [&] { return signals == 2; }));
  EXPECT_EQ(code_of(kiosk.apply(CallNext{{'B'}}, "1")), "queue_empty");
  ASSERT_TRUE(kiosk.apply(CallNext{{'A'}}, "1"));
  EXPECT_TRUE(eventually(5s, [&] { return signals == 3; }));
  EXPECT_EQ(display.hall->view(display.machine.today())->active.size(), 1U);
}

TEST(PostgresHall, ListenerEndsPromptly) {
  BlackHole const nobody;
  for (auto const& uri : {hall_database(), nobody.uri(), std::string("postgresql://127.0.0.1:1/hall")}) {
    auto m = std::make_unique<HallMachine>(uri);
    EXPECT_LE(duration_of([&] { m.reset(); }), 1500ms) << uri;
  }
}

TEST(PostgresHall, RefusalIsRememberedToo) {
  auto const uri = hall_database();
  HallMachine m(uri);
  auto const call = m.machine.command(CallNext{{'A'}}, "1");
  EXPECT_EQ(code_of(m.apply(call)), "queue_empty");
  m.issued();
  EXPECT_EQ(code_of(m.apply(call)), "queue_empty") << "an old wish must not call somebody later";
  EXPECT_EQ(m.hall->view(m.machine.today())->waiting.size(), 1U);
}

TEST(PostgresHall, SettledCommandIsNeverAppliedLater) {
  auto const uri = hall_database();
  HallMachine m(uri);
  auto const issue = m.machine.command(m.wanted());
  EXPECT_EQ(code_of(m.settle(issue)), "command_void");
  EXPECT_EQ(code_of(m.apply(issue)), "command_void") << "a copy that was still under way";
  EXPECT_TRUE(m.hall->view(m.machine.today())->waiting.empty());
  EXPECT_EQ(m.issued().number, "A001");
}

TEST(PostgresHall, RestoredDatabaseIsNoticedOnceBeforeAnythingChanges) {
  auto const uri = hall_database();
  HallMachine m(uri);
  m.issued();
  cluster().psql("SELECT hall.begin_epoch()", database_of(uri));
  auto const command = m.machine.command(m.wanted());
  auto const refused = m.apply(command);
  EXPECT_EQ(code_of(refused), "hall_epoch_changed");
  EXPECT_TRUE(refused.error().retryable());
  EXPECT_EQ(m.hall->view(m.machine.today())->waiting.size(), 1U);
  EXPECT_EQ(m.apply(command)->ticket.number, "A002");
}

TEST(PostgresHall, RestoredDatabaseDoesNotGiveOutNumbersAgain) {
  auto const uri = hall_database();
  HallMachine m(uri);
  for (int i = 0; i < 5; ++i)
    ASSERT_TRUE(m.machine.store->high_water().raise_number(m.machine.today(), 'A', "", i + 1));
  // As after a restore: the hall knows of none of the five this machine showed.
  EXPECT_EQ(m.issued().number, "A006");
}

TEST(PostgresHall, MachinesMayOnlyExecuteTheirFunctions) {
  auto const uri = hall_database();
  HallMachine(uri).issued();
  hall::PostgresLink machine(*hall::parse_uri(uri));
  EXPECT_TRUE(machine.call("SELECT hall.epoch()", {}));
  for (std::string const sql :
       {"SELECT count(*)::text FROM hall.tickets", "SELECT reply::text FROM hall.commands", "DELETE FROM hall.tickets",
        "UPDATE hall.state SET version = 0", "INSERT INTO hall.numbers VALUES ('2026-11-24', 'A', '', 3)",
        "TRUNCATE hall.announcements", "SELECT hall.begin_epoch()", "SELECT hall.issue('{}')::text",
        "SELECT hall.announce(gen_random_uuid(), '{}')::text", "SELECT hall.count_change()::text",
        "CREATE TABLE hall.mine (a int)", "CREATE FUNCTION hall.apply() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "ALTER TABLE hall.tickets DISABLE TRIGGER ALL", "SET ROLE yizhan_hall", "SET ROLE yizhan"}) {
    auto const refused = machine.call(sql, {});
    ASSERT_FALSE(refused) << sql;
    EXPECT_TRUE(refused.error().detail().starts_with("42501")) << sql << ": " << refused.error().to_line();
  }
}

TEST(PostgresHall, FunctionsRunAsAnOwnerWithoutFurtherRights) {
  auto const uri = hall_database();
  EXPECT_EQ(cluster().psql("SELECT rolsuper OR rolcreaterole OR rolcreatedb OR rolcanlogin FROM pg_roles "
                           "WHERE rolname = 'yizhan_hall'"),
            "f");
  EXPECT_EQ(cluster().psql("SELECT count(*) FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace "
                           "WHERE n.nspname = 'hall' AND p.proowner <> 'yizhan_hall'::regrole",
                           database_of(uri)),
            "0");
}

TEST(PostgresHall, SchemaMayBeInstalledAgainAndKeepsItsData) {
  auto const uri = hall_database();
  HallMachine m(uri);
  m.issued();
  auto const installed = hall::install_schema(as_user(uri, "yizhan"));
  ASSERT_TRUE(installed) << installed.error().to_line();
  EXPECT_EQ(m.issued().number, "A002");
}

TEST(PostgresHall, DatabaseWithoutSchemaSaysSo) {
  auto const uri = cluster().create_database("empty");
  HallMachine m(as_user(uri, "yizhan_machine"));
  auto const reply = m.apply(m.wanted());
  EXPECT_EQ(code_of(reply), "hall_not_installed");
  EXPECT_FALSE(reply.error().retryable());
}

TEST(PostgresHall, MalformedUriIsRefusedWithoutRepeatingIt) {
  Machine machine;
  auto const opened = hall::open_hall({"postgresql://u:secret@[/x", {}}, *machine.store, *machine.clock, {});
  ASSERT_FALSE(opened);
  EXPECT_TRUE(opened.error().is("hall_uri"));
  EXPECT_EQ(opened.error().to_line().find("secret"), std::string::npos);
}

}  // namespace
}  // namespace yizhan::test

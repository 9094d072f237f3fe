#pragma once
/// Both kinds of hall behind one way to use them, on real databases.
#include <memory>
#include <string>

#include "shared/hall/open_hall.h"
#include "tests/support/postgres_cluster.h"
#include "tests/unit/shared/hall/machine.h"

namespace yizhan::test {

enum class Backend { embedded, postgres };

/// One server for the whole test program.
PostgresCluster& cluster();
/// A new database with the hall's schema; its URI for `user`.
std::string hall_database(std::string const& user = "yizhan_machine");
std::string as_user(std::string uri, std::string const& user);
/// The database's name in a URI of PostgresCluster.
std::string database_of(std::string const& uri);

/// A machine with its hall. apply() opens the transaction that an embedded hall wants.
struct HallMachine {
  /// `uri`: "" embedded.
  explicit HallMachine(std::string const& uri, std::string terminal = "001", std::uint64_t seed = 1,
                       hall::ChangeSignal signal = {})
      : machine(std::move(terminal), seed),
        hall(std::move(hall::open_hall({uri, policy}, *machine.store, *machine.clock, std::move(signal))).value()) {}

  Result<queue::HallReply> apply(queue::HallCommand const& command) {
    if (!hall->shares_transaction()) return hall->apply(command);
    return machine.store->commit([&] { return hall->apply(command); });
  }
  Result<queue::HallReply> settle(queue::HallCommand const& command) {
    if (!hall->shares_transaction()) return hall->settle(command);
    return machine.store->commit([&] { return hall->settle(command); });
  }
  Result<queue::HallReply> apply(decltype(queue::HallCommand::what) what, std::string counter = "") {
    machine.env.clock.advance(std::chrono::seconds(1));
    return apply(machine.command(std::move(what), std::move(counter)));
  }
  queue::IssueTicket wanted(std::string holder = "", char queue = 'A', std::string service = "social_card_replace") {
    return {
        Uuid::v7(machine.env.env()), queue, "", std::move(service), queue::PriorityClass::normal, std::move(holder)};
  }
  /// A new ticket of nobody.
  queue::Ticket issued(char queue = 'A', queue::PriorityClass priority = queue::PriorityClass::normal) {
    auto issue = wanted("", queue);
    issue.priority = priority;
    auto reply = apply(issue);
    if (!reply) throw std::runtime_error(reply.error().to_line());
    return reply->ticket;
  }

  queue::Policy policy;
  Machine machine;
  std::unique_ptr<hall::HallAuthority> hall;
};

}  // namespace yizhan::test

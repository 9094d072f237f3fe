#pragma once
/// Rows of the table `tickets` of this machine's database.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/result.h"
#include "shared/domain/queue/ticket.h"
#include "shared/store/database.h"

namespace yizhan::hall {

/// `condition`: SQL behind WHERE with ? for `values`, in order. Errors: hall_malformed and the database's.
template <class... Values>
Result<std::vector<queue::Ticket>> select_tickets(store::Database& database, std::string const& condition,
                                                  Values const&... values);
Result<void> insert_ticket(store::Database& database, queue::Ticket const& ticket, int serial);
/// Writes state, counter, times and calls.
Result<void> update_ticket(store::Database& database, queue::Ticket const& ticket);

// ---- details
extern char const* const k_ticket_select;
Result<std::vector<queue::Ticket>> read_tickets(store::Statement& statement);

template <class... Values>
Result<std::vector<queue::Ticket>> select_tickets(store::Database& database, std::string const& condition,
                                                  Values const&... values) {
  auto statement = TRY(database.prepare(k_ticket_select + condition));
  statement.bind_all(values...);
  return read_tickets(statement);
}

}  // namespace yizhan::hall

#include "shared/hall/ticket_table.h"

namespace yizhan::hall {

char const* const k_ticket_select =
    "SELECT id, day, number, queue, series, service, priority, state, holder, issued_at, issued_by, counter, "
    "called_at, "
    "started_at, ended_at, calls FROM tickets WHERE ";

namespace {

using namespace yizhan::queue;

std::optional<WallTime> time_or_none(store::Statement const& row, int column) {
  if (row.is_null(column)) return std::nullopt;
  return WallTime(Duration(row.integer(column)));
}

std::optional<std::int64_t> micros(std::optional<WallTime> const& time) {
  if (!time) return std::nullopt;
  return time->time_since_epoch().count();
}

Result<Ticket> read_ticket(store::Statement const& row) {
  auto const queue = row.text(3);
  auto const priority = parse_priority(row.text(6));
  auto const state = parse_ticket_state(row.text(7));
  if (queue.size() != 1 || !priority || !state) return Error::make("hall_malformed");
  Ticket ticket;
  ticket.id = TRY(Uuid::parse(row.text(0)));
  ticket.day = TRY(calendar::BusinessDay::parse(row.text(1)));
  ticket.number = row.text(2);
  ticket.queue = queue[0];
  ticket.series = row.text(4);
  ticket.service = row.text(5);
  ticket.priority = *priority;
  ticket.state = *state;
  ticket.holder = row.text(8);
  ticket.issued_at = WallTime(Duration(row.integer(9)));
  ticket.issued_by = row.text(10);
  ticket.counter = row.text(11);
  ticket.called_at = time_or_none(row, 12);
  ticket.started_at = time_or_none(row, 13);
  ticket.ended_at = time_or_none(row, 14);
  ticket.calls = static_cast<int>(row.integer(15));
  return ticket;
}

}  // namespace

Result<std::vector<Ticket>> read_tickets(store::Statement& statement) {
  std::vector<Ticket> tickets;
  while (TRY(statement.step())) tickets.push_back(TRY(read_ticket(statement)));
  return tickets;
}

Result<void> insert_ticket(store::Database& database, Ticket const& ticket, int serial) {
  auto statement = TRY(database.prepare(
      "INSERT INTO tickets (id, day, number, queue, series, serial, service, priority, state, holder, issued_at, "
      "issued_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"));
  statement.bind_all(ticket.id.to_string(), ticket.day.to_string(), ticket.number, std::string(1, ticket.queue),
                     ticket.series, serial, ticket.service, std::string_view(to_string(ticket.priority)),
                     std::string_view(to_string(ticket.state)), ticket.holder,
                     ticket.issued_at.time_since_epoch().count(), ticket.issued_by);
  return statement.run();
}

Result<void> update_ticket(store::Database& database, Ticket const& ticket) {
  auto statement =
      TRY(database.prepare("UPDATE tickets SET state = ?, counter = ?, called_at = ?, started_at = ?, ended_at = ?, "
                           "calls = ? WHERE id = ?"));
  statement.bind_all(std::string_view(to_string(ticket.state)), ticket.counter, micros(ticket.called_at),
                     micros(ticket.started_at), micros(ticket.ended_at), ticket.calls, ticket.id.to_string());
  return statement.run();
}

}  // namespace yizhan::hall

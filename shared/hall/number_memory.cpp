#include "shared/hall/number_memory.h"

#include <algorithm>
#include <charconv>

namespace yizhan::hall {

Result<int> highest_known(store::Store& store, calendar::BusinessDay const& day, char queue,
                          std::string const& series) {
  auto statement =
      TRY(store.database().prepare("SELECT last FROM hall_numbers WHERE day = ? AND queue = ? AND series = ?"));
  statement.bind_all(day.to_string(), std::string(1, queue), series);
  int const in_table = TRY(statement.step()) ? static_cast<int>(statement.integer(0)) : 0;
  return std::max(in_table, store.high_water().highest(day, queue, series));
}

Result<void> remember_number(store::Store& store, queue::Ticket const& ticket) {
  int const serial = serial_of(ticket);
  auto statement =
      TRY(store.database().prepare("INSERT INTO hall_numbers (day, queue, series, last) VALUES (?, ?, ?, ?) "
                                   "ON CONFLICT (day, queue, series) DO UPDATE SET last = max(last, excluded.last)"));
  statement.bind_all(ticket.day.to_string(), std::string(1, ticket.queue), ticket.series, serial);
  TRY(statement.run());
  return store.high_water().raise_number(ticket.day, ticket.queue, ticket.series, serial);
}

int serial_of(queue::Ticket const& ticket) {
  int serial = 0;
  auto const digits = std::min(ticket.number.size(), 1 + ticket.series.size());
  std::from_chars(ticket.number.data() + digits, ticket.number.data() + ticket.number.size(), serial);
  return serial;
}

}  // namespace yizhan::hall

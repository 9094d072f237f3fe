#include "shared/hall/embedded_hall.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "shared/hall/command_json.h"
#include "shared/hall/number_memory.h"
#include "shared/hall/ticket_table.h"

namespace yizhan::hall {

using namespace yizhan::queue;

namespace {

constexpr int k_highest_serial = 9999;

Result<void> count_change(store::Database& database) {
  return database.execute("UPDATE hall_state SET version = version + 1");
}

Result<std::optional<Ticket>> first_of(Result<std::vector<Ticket>> found) {
  auto tickets = TRY(std::move(found));
  if (tickets.empty()) return std::optional<Ticket>();
  return std::optional<Ticket>(std::move(tickets.front()));
}

}  // namespace

// ---- commands

Result<HallReply> EmbeddedHall::apply(HallCommand const& command) {
  if (auto earlier = TRY(earlier_reply(command.id))) return std::move(*earlier);
  auto reply = TRY(carry_out(command));
  auto statement = TRY(m_store.database().prepare("INSERT INTO hall_commands (id, result, at) VALUES (?, ?, ?)"));
  statement.bind_all(command.id.to_string(), to_json(reply).dump(), command.at.time_since_epoch().count());
  TRY(statement.run());
  return reply;
}

Result<HallReply> EmbeddedHall::settle(HallCommand const& command) {
  if (auto earlier = TRY(earlier_reply(command.id))) return std::move(*earlier);
  return Error::make("command_void");
}

Result<std::optional<HallReply>> EmbeddedHall::earlier_reply(Uuid const& command) {
  auto statement = TRY(m_store.database().prepare("SELECT result FROM hall_commands WHERE id = ?"));
  statement.bind_all(command.to_string());
  if (!TRY(statement.step())) return std::optional<HallReply>();
  auto const stored = TRY(parse_json(statement.text(0)));
  auto reply = TRY(reply_from_json(stored));
  reply.repeated = true;
  return std::optional<HallReply>(std::move(reply));
}

Result<HallReply> EmbeddedHall::carry_out(HallCommand const& command) {
  struct Dispatch {
    EmbeddedHall& hall;
    HallCommand const& command;
    Result<HallReply> operator()(IssueTicket const& wanted) { return hall.issue(command, wanted); }
    Result<HallReply> operator()(CallNext const& wanted) { return hall.call_next(command, wanted); }
    Result<HallReply> operator()(CallNumber const& wanted) { return hall.call_number(command, wanted); }
    Result<HallReply> operator()(Recall const& wanted) { return hall.recall(command, wanted.ticket); }
    Result<HallReply> operator()(NoShow const& of) { return hall.move(command, of.ticket, TicketState::no_show); }
    Result<HallReply> operator()(StartService const& of) { return hall.move(command, of.ticket, TicketState::serving); }
    Result<HallReply> operator()(FinishService const& of) {
      return hall.move(command, of.ticket, TicketState::finished);
    }
    Result<HallReply> operator()(Cancel const& of) { return hall.move(command, of.ticket, TicketState::cancelled); }
    Result<HallReply> operator()(CloseDay const& wanted) { return hall.close_day(command, wanted.closing); }
  };
  return std::visit(Dispatch{*this, command}, command.what);
}

Result<HallReply> EmbeddedHall::issue(HallCommand const& command, IssueTicket const& wanted) {
  auto& database = m_store.database();
  if (!wanted.holder.empty()) {
    auto open = TRY(first_of(select_tickets(database,
                                            "day = ? AND holder = ? AND service = ? AND state IN "
                                            "('waiting', 'called', 'held') ORDER BY issued_at, id LIMIT 1",
                                            command.day.to_string(), wanted.holder, wanted.service)));
    if (open) return HallReply{.ticket = std::move(*open), .existing = true};
  }
  if (wanted.series.empty() && TRY(m_store.numbers_withheld(command.day))) return Error::make("numbers_withheld");
  int const serial = TRY(highest_known(m_store, command.day, wanted.queue, wanted.series)) + 1;
  if (serial > k_highest_serial) return Error::make("numbers_exhausted");

  Ticket ticket;
  ticket.id = wanted.ticket;
  ticket.day = command.day;
  ticket.number = ticket_label(wanted.queue, wanted.series, serial);
  ticket.queue = wanted.queue;
  ticket.series = wanted.series;
  ticket.service = wanted.service;
  ticket.priority = wanted.priority;
  ticket.holder = wanted.holder;
  ticket.issued_at = command.at;
  ticket.issued_by = command.device;
  TRY(insert_ticket(database, ticket, serial));
  TRY(remember_number(m_store, ticket));
  TRY(count_change(database));
  return HallReply{.ticket = std::move(ticket)};
}

Result<void> EmbeddedHall::check_counter_free(HallCommand const& command) {
  if (command.counter.empty()) return Error::make("counter_missing");
  auto busy = TRY(select_tickets(m_store.database(), "day = ? AND counter = ? AND state IN ('called', 'serving')",
                                 command.day.to_string(), command.counter));
  if (!busy.empty()) return Error::make("counter_busy");
  return {};
}

Result<HallReply> EmbeddedHall::call_next(HallCommand const& command, CallNext const& wanted) {
  TRY(check_counter_free(command));
  auto waiting = TRY(select_tickets(m_store.database(), "day = ? AND state = 'waiting'", command.day.to_string()));
  auto const next = next_ticket(waiting, wanted.queues, m_policy);
  if (!next) return Error::make("queue_empty");
  auto ticket = std::move(waiting[*next]);
  TRY(announce(command, ticket));
  return HallReply{.ticket = std::move(ticket)};
}

Result<HallReply> EmbeddedHall::call_number(HallCommand const& command, CallNumber const& wanted) {
  TRY(check_counter_free(command));
  auto ticket = TRY(find(command.day, wanted.number));
  if (!ticket) return Error::make("ticket_not_found");
  if (ticket->state != TicketState::waiting) return Error::make("ticket_not_waiting");
  TRY(announce(command, *ticket));
  return HallReply{.ticket = std::move(*ticket)};
}

Result<Ticket> EmbeddedHall::ticket_for(HallCommand const& command, Uuid const& id, TicketState to) {
  auto ticket = TRY(find(id));
  if (!ticket) return Error::make("ticket_not_found");
  if (!may_become(ticket->state, to)) return Error::make("ticket_wrong_state");
  if (to == TicketState::called && ticket->state != TicketState::called) return Error::make("ticket_wrong_state");
  if (to != TicketState::cancelled && ticket->counter != command.counter) return Error::make("ticket_other_counter");
  return std::move(*ticket);
}

Result<HallReply> EmbeddedHall::recall(HallCommand const& command, Uuid const& id) {
  auto ticket = TRY(ticket_for(command, id, TicketState::called));
  if (ticket.calls >= m_policy.max_calls) return Error::make("recall_limit");
  TRY(announce(command, ticket));
  return HallReply{.ticket = std::move(ticket)};
}

Result<HallReply> EmbeddedHall::move(HallCommand const& command, Uuid const& id, TicketState to) {
  auto ticket = TRY(ticket_for(command, id, to));
  ticket.state = to;
  (to == TicketState::serving ? ticket.started_at : ticket.ended_at) = command.at;
  TRY(update_ticket(m_store.database(), ticket));
  TRY(count_change(m_store.database()));
  return HallReply{.ticket = std::move(ticket)};
}

/// Calls the ticket (again) to the command's counter and puts the call into the day's line of announcements.
Result<void> EmbeddedHall::announce(HallCommand const& command, Ticket& ticket) {
  bool const again = ticket.state == TicketState::called;
  ticket.state = TicketState::called;
  ticket.counter = command.counter;
  ticket.called_at = command.at;
  ++ticket.calls;
  auto& database = m_store.database();
  TRY(update_ticket(database, ticket));
  TRY(count_change(database));
  auto statement = TRY(database.prepare(
      "INSERT INTO announcements (day, sequence, ticket, number, counter, recall, at) "
      "SELECT ?1, coalesce(max(sequence), 0) + 1, ?2, ?3, ?4, ?5, ?6 FROM announcements WHERE day = ?1"));
  statement.bind_all(command.day.to_string(), ticket.id.to_string(), ticket.number, ticket.counter, again ? 1 : 0,
                     command.at.time_since_epoch().count());
  return statement.run();
}

Result<HallReply> EmbeddedHall::close_day(HallCommand const& command, bool closing) {
  auto& database = m_store.database();
  HallReply reply;
  reply.closed = TRY(select_tickets(database,
                                    "(day < ?1 AND state IN ('waiting', 'called', 'serving', 'held')) OR "
                                    "(?2 AND day = ?1 AND state IN ('waiting', 'called', 'held')) "
                                    "ORDER BY day, issued_at, id",
                                    command.day.to_string(), closing ? 1 : 0));
  for (auto& ticket : reply.closed) {
    ticket.state = TicketState::expired;
    ticket.ended_at = command.at;
    TRY(update_ticket(database, ticket));
  }
  if (!reply.closed.empty()) TRY(count_change(database));
  // What repeats and displays of finished days can no longer ask for.
  auto const week_ago = (command.at - std::chrono::hours(24 * 7)).time_since_epoch().count();
  auto old_commands = TRY(database.prepare("DELETE FROM hall_commands WHERE at < ?"));
  TRY(old_commands.bind_all(week_ago).run());
  auto old_calls = TRY(database.prepare("DELETE FROM announcements WHERE day < ?"));
  TRY(old_calls.bind_all(command.day.to_string()).run());
  return reply;
}

// ---- questions

Result<HallView> EmbeddedHall::view(calendar::BusinessDay const& day) {
  auto& database = m_store.database();
  HallView view;
  view.day = day;
  auto const date = day.to_string();
  view.waiting = TRY(select_tickets(database, "day = ? AND state = 'waiting'", date));
  std::sort(view.waiting.begin(), view.waiting.end(),
            [&](Ticket const& a, Ticket const& b) { return goes_before(a, b, m_policy); });
  view.active = TRY(
      select_tickets(database, "day = ? AND state IN ('called', 'serving') ORDER BY called_at DESC, id DESC", date));
  view.recently_ended = TRY(select_tickets(
      database,
      "day = ? AND state IN ('finished', 'no_show', 'cancelled', 'expired') ORDER BY ended_at DESC, id DESC LIMIT 20",
      date));
  auto statement = TRY(database.prepare("SELECT version FROM hall_state"));
  TRY(statement.step());
  view.version = statement.integer(0);
  return view;
}

Result<std::optional<Ticket>> EmbeddedHall::find(calendar::BusinessDay const& day, std::string const& number) {
  return first_of(select_tickets(m_store.database(), "day = ? AND number = ?", day.to_string(), number));
}

Result<std::optional<Ticket>> EmbeddedHall::find(Uuid const& ticket) {
  return first_of(select_tickets(m_store.database(), "id = ?", ticket.to_string()));
}

Result<std::vector<Ticket>> EmbeddedHall::of_holder(calendar::BusinessDay const& day, identity::Holder const& holder) {
  if (holder.empty()) return std::vector<Ticket>();
  return select_tickets(m_store.database(),
                        "day = ? AND holder = ? AND state IN ('waiting', 'called', 'serving', 'held') "
                        "ORDER BY issued_at, id",
                        day.to_string(), holder);
}

Result<WaitInputs> EmbeddedHall::wait_inputs(calendar::BusinessDay const& day, char queue) {
  auto const since = (m_clock.now() - k_counter_at_work).time_since_epoch().count();
  auto statement = TRY(m_store.database().prepare(
      "SELECT count(*) FILTER (WHERE state = 'waiting'), count(DISTINCT CASE WHEN counter <> '' AND "
      "max(coalesce(called_at, 0), coalesce(started_at, 0), coalesce(ended_at, 0)) >= ?3 THEN counter END) "
      "FROM tickets WHERE day = ?1 AND queue = ?2"));
  statement.bind_all(day.to_string(), std::string(1, queue), since);
  TRY(statement.step());
  WaitInputs inputs;
  inputs.ahead = static_cast<int>(statement.integer(0));
  inputs.working_counters = std::max(1, static_cast<int>(statement.integer(1)));

  auto times = TRY(m_store.database().prepare(
      "SELECT (ended_at - started_at) / 1000000 FROM tickets WHERE day = ? AND queue = ? AND state = 'finished' "
      "ORDER BY ended_at, id"));
  times.bind_all(day.to_string(), std::string(1, queue));
  while (TRY(times.step())) inputs.service_times.emplace_back(times.integer(0));
  return inputs;
}

Result<std::vector<Announcement>> EmbeddedHall::announcements(calendar::BusinessDay const& day, std::int64_t after) {
  auto statement = TRY(m_store.database().prepare(
      "SELECT sequence, ticket, number, counter, recall FROM announcements WHERE day = ? AND sequence > ? "
      "ORDER BY sequence"));
  statement.bind_all(day.to_string(), after);
  std::vector<Announcement> calls;
  while (TRY(statement.step())) {
    auto const ticket = TRY(Uuid::parse(statement.text(1)));
    calls.push_back({statement.integer(0), ticket, statement.text(2), statement.text(3), statement.integer(4) != 0});
  }
  return calls;
}

}  // namespace yizhan::hall

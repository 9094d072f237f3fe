#include <nlohmann/json.hpp>

#include "shared/office/office_state.h"

namespace yizhan::office {

namespace {

char const* to_string(PrintState state) {
  switch (state) {
    case PrintState::queued: return "queued";
    case PrintState::sent: return "sent";
    case PrintState::printed: return "printed";
    case PrintState::failed: return "failed";
    case PrintState::unknown: return "unknown";
  }
  return "unknown";
}

}  // namespace

Result<IssuedTicket> Office::reprint(Uuid const& ticket) {
  auto& office = *m_state;
  auto const found = TRY(office.authority.find(ticket));
  if (!found) return Error::make("ticket_not_found");
  if (!found->open()) return Error::make("ticket_wrong_state");
  auto const job = Uuid::v7(office.env);
  auto shown = TRY(office.shown(*found, job));
  auto const queue_job = [&]() -> Result<void> {
    auto statement = TRY(office.store.database().prepare(
        "INSERT INTO print_jobs (id, ticket, state, created_at, updated_at) VALUES (?1, ?2, 'queued', ?3, ?3)"));
    TRY(statement.bind_all(job, ticket, office.clock.now().time_since_epoch().count()).run());
    return office.store.audit().append("ticket.reprint", office.actor(), ticket.to_string(),
                                       {{"number", found->number}});
  };
  TRY(office.store.commit(queue_job));
  return shown;
}

Result<void> Office::mark_print(Uuid const& job, PrintState state) {
  auto& office = *m_state;
  return office.store.commit([&]() -> Result<void> {
    // What is known of the paper stays known: a late "sent" does not undo an outcome.
    auto statement = TRY(office.store.database().prepare(
        "UPDATE print_jobs SET state = ?2, updated_at = ?3 WHERE id = ?1 AND (state IN ('queued', 'sent') OR ?2 NOT IN "
        "('queued', 'sent')) RETURNING id"));
    statement.bind_all(job, std::string_view(to_string(state)), office.clock.now().time_since_epoch().count());
    if (!TRY(statement.step())) return Error::make("print_job_unknown");
    return statement.run();
  });
}

Result<std::vector<UnprintedTicket>> Office::unprinted() {
  auto& office = *m_state;
  std::vector<UnprintedTicket> offers;
  if (office.env.steady.now() - office.offer_unprinted_since > office.settings.offer_unprinted_for) return offers;
  // The newest job of each ticket, where no job of it was printed. Jobs from before yesterday have no open tickets.
  auto const since = (office.clock.now() - std::chrono::hours(24)).time_since_epoch().count();
  auto statement = TRY(office.store.database().prepare(
      "SELECT id, ticket FROM print_jobs AS job WHERE state IN ('failed', 'unknown') AND created_at >= ? AND NOT "
      "EXISTS "
      "(SELECT 1 FROM print_jobs AS other WHERE other.ticket = job.ticket AND (other.state = 'printed' OR "
      "(other.created_at, other.id) > (job.created_at, job.id))) ORDER BY created_at, id"));
  statement.bind_all(since);
  while (TRY(statement.step())) {
    auto const job = TRY(Uuid::parse(statement.text(0)));
    auto const ticket_id = TRY(Uuid::parse(statement.text(1)));
    auto const ticket = TRY(office.authority.find(ticket_id));
    if (ticket && ticket->open()) offers.push_back({job, *ticket});
  }
  return offers;
}

void Office::printer_refilled() { m_state->offer_unprinted_since = m_state->env.steady.now(); }

}  // namespace yizhan::office

// What is due, and what the platform answered.
#include <nlohmann/json.hpp>

#include "shared/base/text.h"
#include "shared/crypto/hash.h"
#include "shared/store/sqlite_outbox.h"

namespace yizhan::store {
namespace {

constexpr std::string_view k_withheld_type = "cn.yizhan.event.withheld.v1";

/// The event that staff may act on. Errors: event_not_parked.
Result<line::PlacedEvent> find_parked(Database& database, Uuid const& id) {
  auto row = TRY(database.prepare("SELECT " + std::string(k_event_columns) +
                                  " FROM outbox WHERE id = ? AND state IN ('parked', 'withheld')"));
  row.bind(1, id);
  if (!TRY(row.step())) return Error::make("event_not_parked", Retry::no, id.to_string());
  return read_event(row);
}

}  // namespace

Result<line::LineStatus> SqliteOutbox::status() {
  auto const line = TRY(read_line(m_database));
  line::LineStatus status;
  status.last = line.last;
  status.last_contact = line.last_contact;
  status.halt = line.halt;
  bool const needs_epoch = line.reason_due || line.epoch_asked || line.last.epoch == "0";
  if (line.halt == line::Halt::none && needs_epoch) status.halt = line::Halt::no_epoch;
  auto counts =
      TRY(m_database.prepare("SELECT (SELECT count(*) FROM outbox WHERE state = 'due'), (SELECT min(sequence) FROM "
                             "outbox WHERE state = 'due'), "
                             "(SELECT count(*) FROM outbox WHERE state IN ('parked', 'withheld'))"));
  TRY(counts.step());
  status.backlog = static_cast<std::uint64_t>(counts.integer(0));
  auto const first_due = counts.integer_or_null(1);
  status.accepted_through = first_due ? static_cast<std::uint64_t>(*first_due - 1) : line.last.sequence;
  status.parked = static_cast<std::uint64_t>(counts.integer(2));
  return status;
}

Result<std::vector<line::PlacedEvent>> SqliteOutbox::due(std::size_t max_events, std::size_t max_bytes,
                                                         std::uint64_t after) {
  std::vector<line::PlacedEvent> events;
  auto const halt = TRY(status()).halt;
  if (halt == line::Halt::no_epoch || halt == line::Halt::cloned) return events;
  auto const last = TRY(read_line(m_database)).last;
  // Nothing is sent that the mark does not know.
  TRY(m_high_water.raise_sequence(last.epoch, last.sequence));
  auto rows = TRY(m_database.prepare("SELECT " + std::string(k_event_columns) +
                                     " FROM outbox WHERE state = 'due' AND sequence > ? ORDER BY sequence LIMIT ?"));
  rows.bind_all(after, max_events);
  std::size_t bytes = 0;
  while (TRY(rows.step())) {
    auto event = TRY(read_event(rows));
    if (!events.empty()) {
      if (event.place.sequence != events.back().place.sequence + 1) break;
      bytes += 1;
    }
    bytes += line::to_wire(event).size();
    if (!events.empty() && bytes > max_bytes) break;
    events.push_back(std::move(event));
  }
  return events;
}

Result<void> SqliteOutbox::record_answers(std::string const& epoch, std::vector<line::Answer> const& answers,
                                          std::uint64_t /*accepted_through: only a result answers an event*/,
                                          WallTime at) {
  return atomically([&]() -> Result<void> {
    if (TRY(read_line(m_database)).last.epoch != epoch) return {};
    auto accept = TRY(m_database.prepare(
        "UPDATE outbox SET state = 'accepted', problem = NULL, answered_at = ? WHERE id = ? AND state = 'due'"));
    // A problem of before tells an event sent again (reopen_from): what staff did with it then still holds.
    auto reject = TRY(m_database.prepare(
        "UPDATE outbox SET state = CASE WHEN discarded IS NOT NULL THEN 'discarded' WHEN problem IS NOT NULL AND "
        "EXISTS "
        "(SELECT 1 FROM outbox AS again WHERE again.replaces = outbox.id) THEN 'resubmitted' ELSE 'parked' END, "
        "answered_at = ?, problem = ? WHERE id = ? AND state = 'due'"));
    for (auto const& answer : answers) {
      bool const rejected = answer.verdict == line::Verdict::rejected;
      auto& update = rejected ? reject : accept;
      update.reset();
      if (rejected)
        update.bind_all(micros(at), std::string_view(answer.problem), answer.id);
      else
        update.bind_all(micros(at), answer.id);
      TRY(update.run());
    }
    return {};
  });
}

Result<void> SqliteOutbox::withhold(Uuid const& id, std::string const& problem) {
  return atomically([&]() -> Result<void> {
    line::PlacedEvent event;
    {
      auto row = TRY(
          m_database.prepare("SELECT " + std::string(k_event_columns) + " FROM outbox WHERE id = ? AND state = 'due'"));
      row.bind(1, id);
      if (!TRY(row.step())) return Error::make("event_not_due", Retry::no, id.to_string());
      event = TRY(read_event(row));
    }
    {
      // The chains of later events change with this one; none of them may be on the other side yet.
      auto later = TRY(m_database.prepare("SELECT 1 FROM outbox WHERE epoch = ? AND sequence > ? AND state <> 'due'"));
      later.bind_all(std::string_view(event.place.epoch), event.place.sequence);
      if (TRY(later.step())) return Error::make("event_not_first", Retry::no, id.to_string());
    }
    line::Place last = event.place;
    last.sequence -= 1;
    last.chain = TRY(chain_at(last.sequence));
    auto vacate = TRY(m_database.prepare(
        "UPDATE outbox SET state = 'withheld', problem = ?, answered_at = ?, epoch = NULL, sequence = NULL, "
        "chain = NULL WHERE id = ?"));
    vacate.bind_all(std::string_view(problem), micros(m_clock.now()), id);
    TRY(vacate.run());
    auto data = TRY(line::canonical({{"id", id.to_string()},
                                     {"type", event.fact.type},
                                     {"hash", crypto::sha256_hex(text::bytes_of(line::canonical_fact(event.fact)))},
                                     {"problem", problem}}));
    auto const above = event.place.sequence;
    TRY(insert_behind(last, fact_now(Uuid::v7(m_env), k_withheld_type, id.to_string(), std::move(data))));
    TRY(place_again(event.place.epoch, above, last));
    return store_last(last);
  });
}

Result<std::string> SqliteOutbox::chain_at(std::uint64_t sequence) {
  if (sequence == 0) return line::Place{}.chain;
  auto row =
      TRY(m_database.prepare("SELECT chain FROM outbox WHERE epoch = (SELECT epoch FROM line) AND sequence = ?"));
  row.bind_all(sequence);
  if (!TRY(row.step())) return Error::make("not_kept", Retry::no, line::padded(sequence));
  return row.text(0);
}

Result<void> SqliteOutbox::reopen_from(std::uint64_t sequence) {
  return atomically([&]() -> Result<void> {
    auto const last = TRY(read_line(m_database)).last;
    if (sequence == 0 || sequence > last.sequence) return Error::make("not_kept", Retry::no, line::padded(sequence));
    auto kept = TRY(m_database.prepare("SELECT count(*) FROM outbox WHERE epoch = ? AND sequence >= ?"));
    kept.bind_all(std::string_view(last.epoch), sequence);
    TRY(kept.step());
    if (static_cast<std::uint64_t>(kept.integer(0)) != last.sequence - sequence + 1)
      return Error::make("not_kept", Retry::no, line::padded(sequence));
    auto reopen = TRY(
        m_database.prepare("UPDATE outbox SET state = 'due', answered_at = NULL WHERE epoch = ? AND sequence >= ?"));
    reopen.bind_all(std::string_view(last.epoch), sequence);
    return reopen.run();
  });
}

Result<std::vector<line::ParkedEvent>> SqliteOutbox::parked() {
  std::vector<line::ParkedEvent> events;
  auto rows = TRY(m_database.prepare(
      "SELECT id, type, coalesce(problem, ''), time FROM outbox WHERE state IN ('parked', 'withheld') ORDER BY id"));
  while (TRY(rows.step())) {
    auto const id = TRY(rows.uuid(0));
    events.push_back({id, rows.text(1), rows.text(2), rows.text(3)});
  }
  return events;
}

Result<Uuid> SqliteOutbox::resubmit(Uuid const& parked) {
  return atomically([&]() -> Result<Uuid> {
    auto fact = TRY(find_parked(m_database, parked)).fact;
    fact.id = Uuid::v7(m_env);
    fact.replaces = parked.to_string();
    TRY(insert_last(fact));
    TRY(execute_bound("UPDATE outbox SET state = 'resubmitted' WHERE id = ?", {parked.to_string()}));
    return fact.id;
  });
}

Result<void> SqliteOutbox::discard(Uuid const& parked, std::string_view reason) {
  return atomically([&]() -> Result<void> {
    (void)TRY(find_parked(m_database, parked));
    return execute_bound("UPDATE outbox SET state = 'discarded', discarded = ? WHERE id = ?",
                         {reason, parked.to_string()});
  });
}

Result<std::size_t> SqliteOutbox::forget_answered(int days) {
  return atomically([&]() -> Result<std::size_t> {
    // The newest answered event stays: the platform's position is compared with its chain, and the next chains to it.
    auto const through = TRY(status()).accepted_through;
    auto const before = m_clock.now() - std::chrono::days(days);
    auto rows = TRY(m_database.prepare(
        "DELETE FROM outbox WHERE state IN ('accepted', 'resubmitted', 'discarded') AND answered_at < ? AND NOT "
        "(epoch IS (SELECT epoch FROM line) AND sequence >= ?) RETURNING 1"));
    rows.bind_all(micros(before), through);
    std::size_t count = 0;
    while (TRY(rows.step())) ++count;
    return count;
  });
}

}  // namespace yizhan::store

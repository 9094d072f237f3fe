// Facts come in and get their places.
#include <nlohmann/json.hpp>

#include "shared/base/text.h"
#include "shared/crypto/hash.h"
#include "shared/store/sqlite_outbox.h"

namespace yizhan::store {
namespace {

calendar::ClockState parse_clock_state(std::string_view text) {
  for (auto const state : {calendar::ClockState::trusted, calendar::ClockState::estimated}) {
    if (text == calendar::to_string(state)) return state;
  }
  return calendar::ClockState::unset;
}

line::Halt parse_halt(std::string_view text) {
  if (text == "cloned") return line::Halt::cloned;
  if (text == "refused") return line::Halt::refused;
  return line::Halt::none;
}

}  // namespace

std::optional<line::EpochReason> parse_epoch_reason(std::string_view text) {
  using enum line::EpochReason;
  for (auto const reason : {created, restored, behind, platform_lost}) {
    if (text == line::to_string(reason)) return reason;
  }
  return std::nullopt;
}

Result<line::PlacedEvent> read_event(Statement const& row) {
  line::PlacedEvent event;
  event.fact.id = TRY(row.uuid(0));
  event.fact.source = row.text(1);
  event.fact.type = row.text(2);
  event.fact.subject = row.text(3);
  event.fact.time = row.text(4);
  event.fact.clock_state = parse_clock_state(row.text(5));
  event.fact.data = row.text(6);
  event.fact.replaces = row.text(7);
  event.place.epoch = row.text(8);
  event.place.sequence = static_cast<std::uint64_t>(row.integer(9));
  event.place.chain = row.text(10);
  return event;
}

SqliteOutbox::SqliteOutbox(Database& database, HighWaterFile& high_water, Env env, calendar::HallClock& clock,
                           std::string device)
    : m_database(database), m_high_water(high_water), m_env(env), m_clock(clock), m_device(std::move(device)) {}

Result<Line> read_line(Database& database) {
  auto row =
      TRY(database.prepare("SELECT epoch, sequence, chain, halt, reason_due, cursor, last_contact, clock_offset, "
                           "highest_time, EXISTS (SELECT 1 FROM epochs WHERE epoch IS NULL) FROM line"));
  if (!TRY(row.step())) return Error::make("database_corrupt", Retry::no, "no row in line");
  Line line;
  line.last = {row.text(0), static_cast<std::uint64_t>(row.integer(1)), row.text(2)};
  line.halt = parse_halt(row.text(3));
  line.reason_due = parse_epoch_reason(row.text(4));
  line.cursor = row.text(5);
  if (auto const at = row.integer_or_null(6)) line.last_contact = wall_time(*at);
  if (auto const offset = row.integer_or_null(7)) line.clock_offset = Duration(*offset);
  line.highest_time = wall_time(row.integer(8));
  line.epoch_asked = row.integer(9) != 0;
  return line;
}

Result<void> SqliteOutbox::execute_bound(std::string_view sql, std::initializer_list<std::string_view> texts) {
  auto statement = TRY(m_database.prepare(sql));
  int index = 0;
  for (auto const text : texts) statement.bind(++index, text);
  return statement.run();
}

line::Fact SqliteOutbox::fact_now(Uuid const& id, std::string_view type, std::string_view subject, std::string data) {
  line::Fact fact;
  fact.id = id;
  fact.source = m_device;
  fact.type = type;
  fact.subject = subject;
  fact.time = text::to_rfc3339(micros(m_clock.now()));
  fact.clock_state = m_clock.state();
  fact.data = std::move(data);
  return fact;
}

Result<Uuid> SqliteOutbox::append(std::string_view type, std::string_view subject, nlohmann::json const& data) {
  auto const id = Uuid::v7(m_env);
  TRY(append_with_id(id, type, subject, data));
  return id;
}

Result<void> SqliteOutbox::append_with_id(Uuid const& id, std::string_view type, std::string_view subject,
                                          nlohmann::json const& data) {
  if (!m_database.in_transaction()) return Error::make("no_transaction", Retry::no, std::string(type));
  TRY(line::check_no_personal_data(data));
  auto canonical = TRY(line::canonical(data));
  if (TRY(contains(id))) return {};
  return insert_last(fact_now(id, type, subject, std::move(canonical)));
}

Result<bool> SqliteOutbox::contains(Uuid const& id) {
  auto statement = TRY(m_database.prepare("SELECT 1 FROM outbox WHERE id = ?"));
  return statement.bind(1, id).step();
}

Result<void> SqliteOutbox::insert_behind(line::Place& last, line::Fact const& fact) {
  line::PlacedEvent event{fact, {last.epoch, last.sequence + 1, {}}};
  event.place.chain = crypto::chain_after(last.chain, line::canonical_without_chain(event));
  auto statement = TRY(m_database.prepare(
      "INSERT INTO outbox (id, source, type, subject, time, clock_state, data, replaces, epoch, sequence, chain) "
      "VALUES (?, ?, ?, ?, ?, ?, ?, nullif(?, ''), ?, ?, ?)"));
  statement.bind_all(fact.id, std::string_view(fact.source), std::string_view(fact.type),
                     std::string_view(fact.subject), std::string_view(fact.time),
                     std::string_view(calendar::to_string(fact.clock_state)), std::string_view(fact.data),
                     std::string_view(fact.replaces), std::string_view(event.place.epoch), event.place.sequence,
                     std::string_view(event.place.chain));
  TRY(statement.run());
  last = event.place;
  return {};
}

Result<void> SqliteOutbox::insert_last(line::Fact const& fact) {
  auto last = TRY(read_line(m_database)).last;
  TRY(insert_behind(last, fact));
  return store_last(last);
}

Result<void> SqliteOutbox::store_last(line::Place const& last) {
  // The time goes along, so that hall time does not fall behind what events already say.
  auto statement = TRY(
      m_database.prepare("UPDATE line SET epoch = ?, sequence = ?, chain = ?, highest_time = max(highest_time, ?)"));
  statement.bind_all(std::string_view(last.epoch), last.sequence, std::string_view(last.chain), micros(m_clock.now()));
  TRY(statement.run());
  m_moved = last;
  return {};
}

Result<void> SqliteOutbox::set_place(Uuid const& id, line::Place const& place) {
  auto statement = TRY(m_database.prepare("UPDATE outbox SET epoch = ?, sequence = ?, chain = ? WHERE id = ?"));
  statement.bind_all(std::string_view(place.epoch), place.sequence, std::string_view(place.chain), id);
  return statement.run();
}

Result<void> SqliteOutbox::place_again(std::string const& epoch, std::uint64_t sequence, line::Place& last) {
  std::vector<line::PlacedEvent> events;
  {
    auto rows =
        TRY(m_database.prepare("SELECT " + std::string(k_event_columns) +
                               " FROM outbox WHERE state = 'due' AND epoch = ? AND sequence > ? ORDER BY sequence"));
    rows.bind_all(std::string_view(epoch), sequence);
    while (TRY(rows.step())) events.push_back(TRY(read_event(rows)));
  }
  for (auto& event : events) {
    event.place = {last.epoch, last.sequence + 1, {}};
    event.place.chain = crypto::chain_after(last.chain, line::canonical_without_chain(event));
    TRY(set_place(event.fact.id, event.place));
    last = event.place;
  }
  return {};
}

Result<std::optional<std::uint64_t>> SqliteOutbox::broken_at() {
  auto const last = TRY(read_line(m_database)).last;
  auto rows = TRY(
      m_database.prepare("SELECT " + std::string(k_event_columns) + " FROM outbox WHERE epoch = ? ORDER BY sequence"));
  rows.bind(1, std::string_view(last.epoch));
  line::Place previous;
  bool first = true;
  while (TRY(rows.step())) {
    auto const event = TRY(read_event(rows));
    // Before the first kept event others may have been forgotten; from there on there is no gap but that of answered
    // ones, which are forgotten by their age.
    bool const follows = event.place.sequence == previous.sequence + 1;
    if ((first ? event.place.sequence == 1 : follows) &&
        event.place.chain != crypto::chain_after(previous.chain, line::canonical_without_chain(event))) {
      return std::optional(event.place.sequence);
    }
    previous = event.place;
    first = false;
  }
  if (!first && (previous.sequence != last.sequence || previous.chain != last.chain))
    return std::optional(last.sequence);
  if (first && last.sequence != 0) return std::optional(last.sequence);
  return std::optional<std::uint64_t>();
}

Result<void> SqliteOutbox::after_commit() {
  if (auto const moved = std::exchange(m_moved, std::nullopt)) {
    (void)m_high_water.raise_sequence(moved->epoch, moved->sequence);  // held: cannot fail, release() writes
    TRY(m_high_water.release());
    if (m_signal) m_signal();
    return {};
  }
  return m_high_water.release();
}

void SqliteOutbox::after_rollback() {
  m_moved.reset();
  m_high_water.drop();
}

}  // namespace yizhan::store

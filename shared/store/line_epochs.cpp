// Epochs: asked for, opened, and everything unanswered placed anew.
#include <nlohmann/json.hpp>

#include "shared/store/sqlite_outbox.h"

namespace yizhan::store {
namespace {

constexpr std::string_view k_opened_type = "cn.yizhan.line.opened.v1";

nlohmann::json opened_data(line::EpochRequest const& request) {
  nlohmann::json data{{"reason", line::to_string(request.reason)}, {"previous", nullptr}};
  if (request.previous) {
    data["previous"] = {{"epoch", request.previous->epoch},
                        {"sequence", line::padded(request.previous->sequence)},
                        {"chain", request.previous->chain}};
  }
  return data;
}

}  // namespace

Result<std::optional<line::EpochReason>> SqliteOutbox::epoch_reason_due() {
  return TRY(read_line(m_database)).reason_due;
}

Result<void> SqliteOutbox::require_epoch(line::EpochReason reason) {
  return atomically([&] { return execute_bound("UPDATE line SET reason_due = ?", {line::to_string(reason)}); });
}

Result<std::optional<line::EpochRequest>> SqliteOutbox::pending_request() {
  auto row = TRY(m_database.prepare(
      "SELECT request_id, reason, based_on, previous_epoch, previous_sequence, previous_chain FROM epochs "
      "WHERE epoch IS NULL"));
  if (!TRY(row.step())) return std::optional<line::EpochRequest>();
  line::EpochRequest request;
  request.request_id = TRY(row.uuid(0));
  request.reason = parse_epoch_reason(row.text(1)).value_or(line::EpochReason::created);
  request.based_on = row.text(2);
  if (!row.is_null(3)) {
    request.previous = line::Place{row.text(3), static_cast<std::uint64_t>(row.integer(4)), row.text(5)};
  }
  return std::optional(std::move(request));
}

Result<line::EpochRequest> SqliteOutbox::epoch_request(line::EpochReason reason, std::string const& based_on) {
  return atomically([&]() -> Result<line::EpochRequest> {
    if (auto pending = TRY(pending_request())) return *std::move(pending);
    auto const line = TRY(read_line(m_database));
    line::EpochRequest request;
    request.request_id = Uuid::v7(m_env);
    // What start found outweighs the caller's guess that there merely is no epoch yet.
    request.reason = reason == line::EpochReason::created ? line.reason_due.value_or(reason) : reason;
    request.based_on = based_on;
    if (line.last.epoch != "0") request.previous = line.last;
    auto insert = TRY(m_database.prepare(
        "INSERT INTO epochs (request_id, reason, based_on, previous_epoch, previous_sequence, previous_chain) "
        "VALUES (?, ?, ?, ?, ?, ?)"));
    insert.bind_all(request.request_id, std::string_view(line::to_string(request.reason)),
                    std::string_view(request.based_on));
    if (request.previous) {
      insert.bind(4, std::string_view(request.previous->epoch));
      insert.bind(5, static_cast<std::int64_t>(request.previous->sequence));
      insert.bind(6, std::string_view(request.previous->chain));
    }
    TRY(insert.run());
    return request;
  });
}

Result<void> SqliteOutbox::open_epoch(Uuid const& request_id, std::string const& epoch) {
  return atomically([&]() -> Result<void> {
    {
      auto done = TRY(m_database.prepare("SELECT 1 FROM epochs WHERE request_id = ? AND epoch = ?"));
      done.bind_all(request_id, std::string_view(epoch));
      if (TRY(done.step())) return {};
    }
    auto const pending = TRY(pending_request());
    if (!pending || pending->request_id != request_id) {
      return Error::make("epoch_request_unknown", Retry::no, request_id.to_string());
    }
    auto const old = TRY(read_line(m_database)).last;
    if (epoch_value(epoch) <= epoch_value(old.epoch)) return Error::make("epoch_not_newer", Retry::no, epoch);
    auto update = TRY(m_database.prepare("UPDATE epochs SET epoch = ?, opened_at = ? WHERE request_id = ?"));
    update.bind_all(std::string_view(epoch), micros(m_clock.now()), request_id);
    TRY(update.run());

    line::Place last;
    last.epoch = epoch;
    auto data = TRY(line::canonical(opened_data(*pending)));
    TRY(insert_behind(last, fact_now(Uuid::v7(m_env), k_opened_type, "line", std::move(data))));
    TRY(place_again(old.epoch, 0, last));
    TRY(store_last(last));
    return m_database.execute("UPDATE line SET reason_due = NULL, halt = 'none'");
  });
}

Result<void> SqliteOutbox::forget_epoch_request() {
  return atomically([&] { return m_database.execute("DELETE FROM epochs WHERE epoch IS NULL"); });
}

Result<void> SqliteOutbox::set_halt(line::Halt halt) {
  auto const word = halt == line::Halt::cloned ? "cloned" : halt == line::Halt::refused ? "refused" : "none";
  return atomically([&] { return execute_bound("UPDATE line SET halt = ?", {word}); });
}

}  // namespace yizhan::store

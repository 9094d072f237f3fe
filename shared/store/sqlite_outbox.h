#pragma once
/// Outbox over the tables `line`, `outbox`, `epochs`, `received_changes`, `documents`. Internal to shared/store.
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "shared/store/high_water_file.h"
#include "shared/store/store.h"

namespace yizhan::store {

/// What the table `line` says.
struct Line {
  line::Place last;
  line::Halt halt = line::Halt::none;  // never no_epoch
  std::optional<line::EpochReason> reason_due;
  std::string cursor;
  std::optional<WallTime> last_contact;
  std::optional<Duration> clock_offset;
  WallTime highest_time{};
  bool epoch_asked = false;  // a request is pending
};
Result<Line> read_line(Database& database);

class SqliteOutbox final : public Outbox {
 public:
  SqliteOutbox(Database& database, HighWaterFile& high_water, Env env, calendar::HallClock& clock, std::string device);

  Result<Uuid> append(std::string_view type, std::string_view subject, nlohmann::json const& data) override;
  Result<void> append_with_id(Uuid const& id, std::string_view type, std::string_view subject,
                              nlohmann::json const& data) override;
  Result<Uuid> resubmit(Uuid const& parked) override;
  Result<void> discard(Uuid const& parked, std::string_view reason) override;
  Result<std::size_t> forget_answered(int days) override;
  Result<std::optional<line::EpochReason>> epoch_reason_due() override;
  Result<void> require_epoch(line::EpochReason reason) override;
  Result<bool> contains(Uuid const& id) override;
  void on_append(std::function<void()> signal) override { m_signal = std::move(signal); }

  Result<line::LineStatus> status() override;
  Result<std::vector<line::PlacedEvent>> due(std::size_t max_events, std::size_t max_bytes,
                                             std::uint64_t after) override;
  Result<void> record_answers(std::string const& epoch, std::vector<line::Answer> const& answers,
                              std::uint64_t accepted_through, WallTime at) override;
  Result<void> withhold(Uuid const& id, std::string const& problem) override;
  Result<std::string> chain_at(std::uint64_t sequence) override;
  Result<void> reopen_from(std::uint64_t sequence) override;
  Result<line::EpochRequest> epoch_request(line::EpochReason reason, std::string const& based_on) override;
  Result<void> open_epoch(Uuid const& request_id, std::string const& epoch) override;
  Result<void> forget_epoch_request() override;
  Result<void> set_halt(line::Halt halt) override;
  Result<std::string> cursor() override;
  Result<void> apply_changes(std::vector<line::Change> const& changes, std::string const& cursor) override;
  Result<std::optional<std::string>> document(std::string const& name) override;
  Result<void> store_document(std::string const& name, std::int64_t version, std::string const& etag,
                              std::string const& bytes) override;
  Result<std::string> document_etag(std::string const& name) override;
  Result<void> store_clock(Duration offset, WallTime highest) override;
  Result<void> touch_contact(WallTime at) override;
  Result<std::vector<line::ParkedEvent>> parked() override;

  Result<void> received_hook(ReceivedHook hook);

  /// Recomputes the chain of what is kept of the current epoch. The first place that does not fit, empty when whole.
  Result<std::optional<std::uint64_t>> broken_at();

  /// Around every transaction: Store::commit calls them, and so does atomically().
  void before_commit() { m_high_water.hold(); }
  Result<void> after_commit();
  void after_rollback();

 private:
  /// In the caller's transaction, or in one of its own.
  template <class Work>
  auto atomically(Work&& work) -> std::invoke_result_t<Work> {
    if (m_database.in_transaction()) return work();
    before_commit();
    auto result = m_database.transaction(std::forward<Work>(work));
    if (!result.has_value()) {
      after_rollback();
      return result;
    }
    if (auto raised = after_commit(); !raised) return std::move(raised).error();
    return result;
  }

  line::Fact fact_now(Uuid const& id, std::string_view type, std::string_view subject, std::string data);
  /// Chains `fact` behind `last` and stores it there; `last` becomes its place.
  Result<void> insert_behind(line::Place& last, line::Fact const& fact);
  /// insert_behind() at the end of the line.
  Result<void> insert_last(line::Fact const& fact);
  Result<void> set_place(Uuid const& id, line::Place const& place);
  Result<void> store_last(line::Place const& last);
  /// Gives new places to the due events above `sequence` of `epoch`, behind `last`, in their order.
  Result<void> place_again(std::string const& epoch, std::uint64_t sequence, line::Place& last);
  /// Offers a stored change to the hook and notes whether it took it.
  Result<void> offer(line::Change const& change);
  Result<std::optional<line::EpochRequest>> pending_request();
  Result<void> execute_bound(std::string_view sql, std::initializer_list<std::string_view> texts);

  Database& m_database;
  HighWaterFile& m_high_water;
  Env m_env;
  calendar::HallClock& m_clock;
  std::string m_device;
  std::function<void()> m_signal;
  ReceivedHook m_received_hook;
  std::optional<line::Place> m_moved;  // end of the line as the open transaction left it
};

/// Columns of `outbox` in the order read_event() takes them from column 0.
inline constexpr std::string_view k_event_columns =
    "id, source, type, subject, time, clock_state, data, replaces, epoch, sequence, chain";
Result<line::PlacedEvent> read_event(Statement const& row);

[[nodiscard]] std::optional<line::EpochReason> parse_epoch_reason(std::string_view text);
[[nodiscard]] inline std::int64_t micros(WallTime time) { return time.time_since_epoch().count(); }
[[nodiscard]] inline WallTime wall_time(std::int64_t value) { return WallTime(Duration(value)); }

}  // namespace yizhan::store

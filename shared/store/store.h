#pragma once
/// Everything a machine must not lose, behind one owner: database, outbox, audit chain, high-water mark. Thread: the store
/// thread only, from open() to destruction. append()s write into the caller's open Database::transaction.
#include <filesystem>
#include <functional>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/env.h"
#include "shared/base/result.h"
#include "shared/crypto/key_vault.h"
#include "shared/domain/calendar/hall_time.h"
#include "shared/domain/line/line_port.h"
#include "shared/store/database.h"

namespace yizhan::store {

/// Facts waiting for the platform; also what sync sees of them (line::LinePort).
///
/// Places. Until the platform has given the first epoch, events stand in the provisional epoch "0": their sequences
/// count, so that the high-water mark notices a loss, but nothing of it is ever sent. status().halt is no_epoch, and
/// due() empty, while an epoch must be opened: because there is none yet (created), because this database is a restored
/// or copied one (restored), or because the high-water mark is ahead of it (behind); epoch_reason_due() says which, and
/// epoch_request() puts that reason in place of the caller's `created`. due() is empty while halted as `cloned` too.
/// due() returns one run of consecutive sequences: where a later event was answered already it ends before the gap.
///
/// reopen_from() changes no place and no chain. A parked event of the run leaves the parked ones and is due like the
/// others; the platform's new answer decides: accepted now, or rejected again, which parks it anew. Where staff had
/// resubmitted or discarded it before, a second rejection leaves it so.
///
/// Calls of LinePort, resubmit, discard and forget_answered join an open transaction or make one of their own.
class Outbox : public line::LinePort {
 public:
  /// Adds a fact and gives it the next place of the current epoch. `data`: no personal data (checked).
  /// Returns the event's id. REQUIRES: an open transaction. Errors: personal_data, not_canonical, no_transaction.
  virtual Result<Uuid> append(std::string_view type, std::string_view subject, nlohmann::json const& data) = 0;
  /// The same with an id fixed before (commands with intents); a second append of that id is a no-op.
  virtual Result<void> append_with_id(Uuid const& id, std::string_view type, std::string_view subject,
                                      nlohmann::json const& data) = 0;
  /// A parked event again, as a new id that names the old one in `replaces`.
  virtual Result<Uuid> resubmit(Uuid const& parked) = 0;
  virtual Result<void> discard(Uuid const& parked, std::string_view reason) = 0;
  /// Answered events older than `days` go. Nothing unanswered ever does.
  virtual Result<std::size_t> forget_answered(int days) = 0;
  /// Why an epoch must be opened before anything can be sent; empty when none need be.
  virtual Result<std::optional<line::EpochReason>> epoch_reason_due() = 0;
  /// Asks for a new epoch at the next contact (a technician resumes a cloned line: set_halt(none), then this).
  virtual Result<void> require_epoch(line::EpochReason reason) = 0;
  /// Whether an event of that id was ever appended (and not forgotten after its answer).
  virtual Result<bool> contains(Uuid const& id) = 0;
  /// Tells sync that something is due; called after commits. Thread: store.
  virtual void on_append(std::function<void()> signal) = 0;
};

/// Hash-chained (SM3) audit records: who did what to which thing, never personal data (masked at most).
class AuditLog {
 public:
  virtual ~AuditLog() = default;
  /// REQUIRES: an open transaction.
  virtual Result<void> append(std::string_view action, std::string_view actor, std::string_view subject,
                              nlohmann::json const& details) = 0;
  /// Recomputes the chain. Errors: audit_broken with the first bad record's number.
  virtual Result<std::int64_t> verify() = 0;
  /// Head of the chain, hex.
  virtual Result<std::string> head() = 0;
};

/// `<data>/high-water`: two checksummed slots, synced before a number is shown or an event is sent; never in a backup.
struct HighWaterMark {
  calendar::BusinessDay day;
  std::string series;  // highest number issued in (day, series + queue): "A:12,B:3"
  std::uint64_t last_sequence = 0;
  std::string epoch = "0";
};
class HighWater {
 public:
  virtual ~HighWater() = default;
  [[nodiscard]] virtual HighWaterMark const& mark() const = 0;
  /// Raises what is higher and syncs the file; inside Store::commit both wait for the COMMIT and are synced once behind
  /// it (highest() already counts them), and are forgotten if it fails. Errors: high_water_unwritable.
  virtual Result<void> raise_number(calendar::BusinessDay const& day, char queue, std::string_view series,
                                    int serial) = 0;
  virtual Result<void> raise_sequence(std::string const& epoch, std::uint64_t sequence) = 0;
  /// Highest serial known for that label family on that day, 0 without.
  [[nodiscard]] virtual int highest(calendar::BusinessDay const& day, char queue, std::string_view series) const = 0;
};

/// What start found missing against the high-water mark, by number; shown to technicians, never hidden. It makes the
/// line open a new epoch (Outbox::epoch_reason_due) and stands until that is done; then a start finds nothing.
struct MissingAfterStart {
  std::string epoch;
  std::uint64_t first_missing = 0;           // sequences first..last were acknowledged here but are not in the database
  std::uint64_t last_missing = 0;            // 0: none is missing
  std::vector<std::string> number_families;  // "A", "AK": numbers above what the database knows (HighWater::highest)
  /// There was a database but no mark, or the database is a restored backup: what was issued since is not known.
  bool restored = false;
};

struct StoreOptions {
  std::filesystem::path folder;  // made 0700 if absent; holds lock, yizhan.db, high-water, control.sock
  std::string device;            // URN, source of facts
  int keep_answered_days = 30;
  DatabaseOptions database = {};
};

class Blobs;
class Uploads;

/// Applies a change the platform told, inside the transaction that stores it; false: it is none of ours, and stays stored
/// unapplied. An error stores nothing of the batch; the platform tells it again.
using ReceivedHook = std::function<Result<bool>(line::Change const& change)>;

class Store {
 public:
  /// Errors: those of Database::open, key errors, folder_in_use (another process owns the folder), high_water_corrupt.
  static Result<std::unique_ptr<Store>> open(StoreOptions options, crypto::KeyVault& vault, Env env,
                                             calendar::HallClock& clock);
  ~Store();

  [[nodiscard]] Database& database();
  [[nodiscard]] Outbox& outbox();
  [[nodiscard]] AuditLog& audit();
  [[nodiscard]] HighWater& high_water();
  [[nodiscard]] Blobs& blobs();      // blobs.h
  [[nodiscard]] Uploads& uploads();  // uploads.h
  [[nodiscard]] std::optional<MissingAfterStart> const& missing() const;
  /// From then on; what an earlier version of the program stored unapplied is offered to it at once.
  Result<void> received_hook(ReceivedHook hook);

  /// After a restored backup or a lost mark nobody here knows which numbers are out in the hall: none of the usual series
  /// is issued (embedded hall: numbers_withheld, or the spare series) until own facts or the hall have been replayed and
  /// release_numbers() said so. Survives restarts; ends by itself with the business day on which it began.
  Result<bool> numbers_withheld(calendar::BusinessDay const& today);
  Result<void> release_numbers();

  /// Runs `work` as one transaction and then raises high-water and signals sync. All use cases go through here. Errors: of
  /// `work` and of Database::transaction, with nothing stored; high_water_unwritable: it is stored but must not be
  /// shown or sent; the next commit tries again.
  template <class Work>
  auto commit(Work&& work) -> std::invoke_result_t<Work> {
    before_commit();
    auto result = database().transaction(std::forward<Work>(work));
    if (!result.has_value()) {
      after_rollback();
      return result;
    }
    if (auto raised = after_commit(); !raised) return std::move(raised).error();
    return result;
  }

  /// Small key-value settings of this machine. Join an open transaction or make one of their own.
  Result<std::optional<std::string>> setting(std::string_view name);
  Result<void> set_setting(std::string_view name, std::string_view value);

  /// Everything that can be checked: pages and rows (Database::check), the audit chain, the chain of the line. Findings
  /// by number, empty when clean.
  Result<std::vector<std::string>> check();
  /// A consistent copy under the same key, without the high-water mark. A start from it knows that it is a restored one.
  /// Errors: disk_full, backup_failed.
  Result<void> backup(std::filesystem::path const& file);

 private:
  Store();
  void before_commit();
  Result<void> after_commit();
  void after_rollback();
  struct State;
  std::unique_ptr<State> m_state;
};

}  // namespace yizhan::store

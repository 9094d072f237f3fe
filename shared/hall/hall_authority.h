#pragma once
/// The one truth about a hall's queue. Two backends: embedded (this machine's own SQLCipher database) and PostgreSQL
/// (a hall of many machines). Thread: the store thread; calls are synchronous and give up within 3 s.
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "shared/base/result.h"
#include "shared/domain/queue/hall_command.h"
#include "shared/domain/queue/rules.h"

namespace yizhan::hall {

/// A counter that called, started or finished somebody within this time is at work.
inline constexpr std::chrono::minutes k_counter_at_work{30};

class HallAuthority {
 public:
  virtual ~HallAuthority() = default;

  /// True: apply() writes into the store's open transaction, so state, event and audit commit as one (embedded).
  /// False: apply() is a transaction of its own elsewhere, idempotent by command id (office keeps an intent).
  [[nodiscard]] virtual bool shares_transaction() const = 0;

  /// Errors: those named beside each command; counter_missing (call_next, call_number without a counter), numbers_exhausted
  /// (after 9999), hall_unreachable (retry: nothing may be assumed about the outcome
  /// unless shares_transaction()), hall_epoch_changed (the hall's database was restored: what was on the screen may be
  /// wrong; the next call counts again), hall_not_installed, hall_failed, numbers_withheld (after a restore, see high-water).
  virtual Result<queue::HallReply> apply(queue::HallCommand const& command) = 0;
  /// What became of a command whose answer never came: the result it had. If it was never applied it never will be, also
  /// not by a copy still under way. Errors: command_void (it was not applied), a refusal it had, hall_unreachable.
  virtual Result<queue::HallReply> settle(queue::HallCommand const& command) = 0;

  virtual Result<queue::HallView> view(calendar::BusinessDay const& day) = 0;
  virtual Result<std::optional<queue::Ticket>> find(calendar::BusinessDay const& day, std::string const& number) = 0;
  virtual Result<std::optional<queue::Ticket>> find(Uuid const& ticket) = 0;
  /// Open tickets of this holder today, oldest first.
  virtual Result<std::vector<queue::Ticket>> of_holder(calendar::BusinessDay const& day,
                                                       identity::Holder const& holder) = 0;
  /// People ahead, counters at work (served or called within 30 min) and today's service times for a queue.
  virtual Result<queue::WaitInputs> wait_inputs(calendar::BusinessDay const& day, char queue) = 0;
  /// Calls and recalls after `sequence`, in order.
  virtual Result<std::vector<queue::Announcement>> announcements(calendar::BusinessDay const& day,
                                                                 std::int64_t after) = 0;
};

/// Tells that something changed, from whatever thread it has: embedded calls it after each commit (office does), PostgreSQL from
/// its LISTEN thread, also on reconnection. The receiver posts to the store thread and re-reads view().
using ChangeSignal = std::function<void()>;

}  // namespace yizhan::hall

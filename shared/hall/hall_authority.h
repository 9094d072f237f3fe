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

class HallAuthority {
 public:
  virtual ~HallAuthority() = default;

  /// True: apply() writes into the store's open transaction, so state, event and audit commit as one (embedded).
  /// False: apply() is a transaction of its own elsewhere, idempotent by command id (office keeps an intent).
  [[nodiscard]] virtual bool shares_transaction() const = 0;

  /// Errors: those named beside each command; hall_unreachable (retry: nothing may be assumed about the outcome
  /// unless shares_transaction()), hall_epoch_changed, numbers_withheld (after a restore, see high-water).
  virtual Result<queue::HallReply> apply(queue::HallCommand const& command) = 0;

  virtual Result<queue::HallView> view(calendar::BusinessDay const& day) = 0;
  virtual Result<std::optional<queue::Ticket>> find(calendar::BusinessDay const& day, std::string const& number) = 0;
  virtual Result<std::optional<queue::Ticket>> find(Uuid const& ticket) = 0;
  /// Open tickets of this holder today, oldest first.
  virtual Result<std::vector<queue::Ticket>> of_holder(calendar::BusinessDay const& day, identity::Holder const& holder) = 0;
  /// People ahead, counters at work (served or called within 30 min) and today's service times for a queue.
  virtual Result<queue::WaitInputs> wait_inputs(calendar::BusinessDay const& day, char queue) = 0;
  /// Calls and recalls after `sequence`, in order.
  virtual Result<std::vector<queue::Announcement>> announcements(calendar::BusinessDay const& day, std::int64_t after) = 0;
};

/// Tells that something changed, from whatever thread it has: embedded calls it after each commit (office does), PostgreSQL from
/// its LISTEN thread, also on reconnection. The receiver posts to the store thread and re-reads view().
using ChangeSignal = std::function<void()>;

}  // namespace yizhan::hall

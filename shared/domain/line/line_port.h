#pragma once
/// What sync needs of the store, and no more. Implemented by store::Outbox (on the store thread); kiosk/app and tools
/// wrap it so that the sync thread may call it. Every call is one transaction.
#include <optional>
#include <string>
#include <vector>

#include "shared/domain/line/event.h"

namespace yizhan::line {

enum class Verdict { accepted, duplicate, rejected };
/// One answered event of a batch.
struct Answer {
  Uuid id;
  Verdict verdict = Verdict::accepted;
  std::string problem;  // urn:yizhan:problem:<name> of a rejection
};

enum class EpochReason { created, restored, behind, platform_lost };
[[nodiscard]] char const* to_string(EpochReason reason);

/// Why the line stands still although events are due.
enum class Halt { none, no_epoch, cloned, refused };

struct LineStatus {
  Place last;  // last placed event of the current epoch
  std::uint64_t accepted_through = 0;
  std::uint64_t backlog = 0;  // unanswered
  std::uint64_t parked = 0;
  Halt halt = Halt::none;
  std::optional<WallTime> last_contact;
};

/// An opened epoch request that must be repeated with the same id until answered.
struct EpochRequest {
  Uuid request_id;
  EpochReason reason = EpochReason::created;
  std::string based_on = "0";
  std::optional<Place> previous;
};

/// One event of GET /v1/changes. `body` is the whole CloudEvents object as received.
struct Change {
  std::string id;
  std::string type;
  std::string body;
};

struct ParkedEvent {
  Uuid id;
  std::string type;
  std::string problem;
  std::string time;
};

class LinePort {
 public:
  virtual ~LinePort() = default;

  virtual Result<LineStatus> status() = 0;
  /// Unanswered events from the front of the line, in sequence, ≤ max_events and ≤ max_bytes of wire JSON (at least one).
  /// `after`: only sequences above it. Empty when nothing is due.
  virtual Result<std::vector<PlacedEvent>> due(std::size_t max_events, std::size_t max_bytes, std::uint64_t after) = 0;
  /// Marks answers: accepted and duplicate leave the backlog, rejected are parked. `epoch` guards against a late answer
  /// of an older epoch. Events without an answer stay due.
  virtual Result<void> record_answers(std::string const& epoch, std::vector<Answer> const& answers,
                                      std::uint64_t accepted_through, WallTime at) = 0;
  /// A single event the platform cannot take (400/413/415/422): parked, and cn.yizhan.event.withheld.v1 takes its place.
  virtual Result<void> withhold(Uuid const& id, std::string const& problem) = 0;

  /// The chain of the event at `sequence` of the current epoch (zeros at 0). Errors: not_kept.
  virtual Result<std::string> chain_at(std::uint64_t sequence) = 0;
  /// The platform lost what it had of the current epoch from `sequence` on (it was restored from a backup): every event
  /// from there, answered ones too, is due again at its old place. Errors: not_kept (some are no longer there).
  virtual Result<void> reopen_from(std::uint64_t /*sequence*/) { return Error::make("not_kept"); }
  /// The pending request to open an epoch; made and stored on first ask, so that a repeat carries the same id.
  virtual Result<EpochRequest> epoch_request(EpochReason reason, std::string const& based_on) = 0;
  /// The platform gave `epoch` for `request`: all unanswered events get new places behind cn.yizhan.line.opened.v1, in one
  /// transaction. Idempotent.
  virtual Result<void> open_epoch(Uuid const& request_id, std::string const& epoch) = 0;
  /// Drops a pending request (409 epoch_conflict) so that a new one may be based on what is current.
  virtual Result<void> forget_epoch_request() = 0;
  virtual Result<void> set_halt(Halt halt) = 0;

  /// Cursor of GET /v1/changes, "" at first.
  virtual Result<std::string> cursor() = 0;
  /// Stores (and, where the type is known, applies) changes and the cursor behind them in one transaction. Unknown
  /// types are stored unapplied.
  virtual Result<void> apply_changes(std::vector<Change> const& changes, std::string const& cursor) = 0;

  /// Signed documents by name ("trust"): highest version seen and the verified bytes. Storing a lower version is refused:
  /// document_version_back.
  virtual Result<std::optional<std::string>> document(std::string const& name) = 0;
  virtual Result<void> store_document(std::string const& name, std::int64_t version, std::string const& etag,
                                      std::string const& bytes) = 0;
  virtual Result<std::string> document_etag(std::string const& name) = 0;

  /// Remembers clock offset and hall time as the platform confirmed them; the time may be less than what was remembered.
  virtual Result<void> store_clock(Duration offset, WallTime highest) = 0;
  virtual Result<void> touch_contact(WallTime at) = 0;

  virtual Result<std::vector<ParkedEvent>> parked() = 0;
};

}  // namespace yizhan::line

#pragma once
/// Everything between this machine and the platform: ships the line's events and documents, learns what the hall must know,
/// signed documents and the time, asks for cases. One engine per data folder; it lives on the sync thread and is driven by run() or step().
#include <atomic>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <vector>

#include "shared/base/env.h"
#include "shared/base/result.h"
#include "shared/domain/calendar/hall_time.h"
#include "shared/domain/cases/remote_case.h"
#include "shared/domain/line/line_port.h"
#include "shared/domain/line/upload_port.h"
#include "shared/sync/http_transport.h"
#include "shared/sync/sync_settings.h"

namespace yizhan::sync {

class Lane;

enum class SyncState {
  idle,         // nothing due
  working,      // something is under way or due now
  backing_off,  // the last attempt failed; the next one waits
  refused,      // 401 or 403: until a certificate or a person changes something
  cloned,       // another machine opened an epoch with our name: only `sync adopt` resumes
};
[[nodiscard]] char const* to_string(SyncState state);

/// A signed document the platform gave that does not check out; the last good one stays in force.
struct RefusedDocument {
  std::string name;  // "trust", "catalog", "calendar"
  Error error;
};

struct SyncSnapshot {
  SyncState state = SyncState::idle;
  std::optional<WallTime> last_contact;  // of this run
  std::optional<Error> last_error;       // of the line's last attempt, else of any other call's; none after success
  std::optional<RefusedDocument> refused_document;  // no error of the link
  std::optional<WallTime> backoff_until;
};

class SyncEngine {
 public:
  /// Over libcurl. `port`, `clock` and `uploads` must outlive the engine; without `uploads` no documents are sent.
  /// Errors: sync_url (not https://host[:port]), tls_own_certificate (unreadable, or another device's), tls_ca_file.
  static Result<std::unique_ptr<SyncEngine>> create(SyncSettings settings, Env const& env, line::LinePort& port,
                                                    calendar::HallClock& clock, line::UploadPort* uploads = nullptr);
  /// Over any transport, e.g. a scripted one. Settings of TLS and limits are not used.
  SyncEngine(SyncSettings settings, Env const& env, line::LinePort& port, calendar::HallClock& clock,
             std::unique_ptr<HttpTransport> transport, line::UploadPort* uploads = nullptr);
  ~SyncEngine();
  SyncEngine(SyncEngine const&) = delete;
  SyncEngine& operator=(SyncEngine const&) = delete;

  /// Starts what is due, waits at most `limit` for something to happen, handles it. Thread: sync.
  void step(Duration limit);
  /// Steps until asked to stop. A round under way ends then, too, and every request_round() from there on is answered at
  /// once. Once in an engine's life. Thread: sync.
  void run(std::stop_token stop);
  /// One round: everything due is sent, changes, trust list and time are asked for once. Success only where everything
  /// was answered. Gives up at `deadline`, after 20 s without progress, or at once where a person is needed or run() was
  /// asked to stop. Errors: the last one met; sync_incomplete. Thread: sync.
  Result<void> run_until_idle(SteadyTime deadline);

  /// The outbox grew, or a person resumed the line. Thread: any.
  void notify();
  /// The network came up: waiting ends now, but for a Retry-After. Thread: any.
  void link_up();
  /// Ends `refused`: a certificate or a person changed something. Thread: any.
  void resume();
  /// A round on the sync thread while run() drives it; `done` runs there. Nobody waits for ever: sync_incomplete once
  /// run() has ended (on the caller's thread) or the engine goes. Thread: any.
  void request_round(Duration limit, std::function<void(Result<void>)> done);
  /// Called on the sync thread after a new version of a signed document ("trust", "catalog", "calendar") was stored. Set
  /// before run().
  void on_document(std::function<void(std::string const&)> stored) { m_on_document = std::move(stored); }
  /// Asks the platform for cases, once and without repeats: somebody stands at the screen. `done` runs on the sync thread;
  /// errors: the transport's, platform_refused, platform_busy, platform_failed, platform_answer, sync_incomplete (the
  /// engine ends). Thread: any.
  void look_up(cases::LookupQuestion question, std::function<void(Result<cases::LookupAnswer>)> done);
  /// Thread: any.
  [[nodiscard]] SyncSnapshot snapshot() const;

 private:
  struct Question {
    HttpRequest request;
    std::function<void(Result<cases::LookupAnswer>)> done;
  };
  struct Round {
    Duration limit;
    std::function<void(Result<void>)> done;
  };

  void begin();
  void finish(Duration limit);
  void heed_signals();
  void start_due();
  void handle(Completion completion);
  [[nodiscard]] Duration until_due(Duration limit) const;
  [[nodiscard]] Result<void> round_result() const;
  [[nodiscard]] bool round_settled() const;
  void run_requested_rounds();
  void end_rounds();
  void document_stored(std::string const& name);
  void ask_questions();
  /// True where the completion was a question's.
  bool answer_question(Completion& completion);
  void publish();
  void remember_contact();

  SyncSettings m_settings;
  Env m_env;
  line::LinePort& m_port;
  calendar::HallClock& m_clock;
  std::unique_ptr<HttpTransport> m_transport;
  std::vector<std::unique_ptr<Lane>> m_lanes;
  std::optional<SteadyTime> m_contact_stored;
  std::uint64_t m_progress = 0;  // answers of the platform so far
  std::stop_token m_stop;        // of run()

  std::atomic<bool> m_notified{true};
  std::atomic<bool> m_link_up{false};
  std::atomic<bool> m_resumed{true};
  mutable std::mutex m_mutex;
  SyncSnapshot m_snapshot;
  std::deque<Round> m_rounds;
  std::deque<Question> m_questions;
  bool m_ended = false;  // no round will be run and no question asked any more
  std::map<RequestId, Question> m_asked;
  std::function<void(std::string const&)> m_on_document;
};

}  // namespace yizhan::sync

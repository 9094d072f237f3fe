#pragma once
/// The machine behind the screens: the store thread with the premises, the sync thread, control.sock. The ui thread asks
/// and is answered through its queue; it never waits.
#include <filesystem>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>

#include "kiosk/app/device_board.h"
#include "kiosk/app/store_line.h"
#include "kiosk/app/ui_queue.h"
#include "shared/base/env.h"
#include "shared/base/real_env.h"
#include "shared/domain/forms/divisions.h"
#include "shared/office/premises.h"
#include "shared/store/control_server.h"
#include "shared/sync/sync_engine.h"

namespace yizhan::app {

/// Signed documents and data files as they are in force.
struct Documents {
  std::shared_ptr<catalog::Catalog const> catalog;
  std::shared_ptr<calendar::HolidayCalendar const> holidays;
  std::shared_ptr<forms::Divisions const> divisions;
  /// Drafts and applications can be kept and sent: there is a hall key, and the platform's key is known.
  bool applications = false;
};

class Machine {
 public:
  /// `env`: hall time and lock-outs (a scenario's clock); the platform link always runs on the real one. Starts the
  /// threads, opens nothing yet. `queue` outlives the machine.
  Machine(office::Premises::Options options, Env env, UiQueue& queue);
  ~Machine();
  Machine(Machine const&) = delete;
  Machine& operator=(Machine const&) = delete;

  /// Opens database and hall, finishes what was left open, starts control.sock and sync. `done` runs on the ui thread.
  /// A hall that is away does not fail the start.
  void start(std::function<void(Result<void>)> done);

  /// Runs `work(Premises&)` on the store thread and `done(its result)` on the ui thread, unless `owner` is gone by then.
  /// REQUIRES: started.
  template <class Work, class Done>
  void ask(OwnerToken::Weak owner, Work work, Done done) {
    m_store_thread.post([this, owner = std::move(owner), pending = m_queue.begin(), work = std::move(work),
                         done = std::move(done)]() mutable {
      auto result = std::make_shared<std::invoke_result_t<Work, office::Premises&>>(work(*m_premises));
      m_queue.post(std::move(owner), [result, pending, done = std::move(done)]() mutable { done(std::move(*result)); });
    });
  }
  /// The same for work whose answer nobody waits for; a failure is logged.
  template <class Work>
  void tell(char const* what, Work work) {
    m_store_thread.post([this, what, pending = m_queue.begin(), work = std::move(work)]() mutable {
      if (auto done = work(*m_premises); !done) log_failure(what, done.error());
    });
  }

  /// Called on the ui thread after the hall's queue changed, here or on another machine.
  void on_hall_change(std::function<void()> changed) { m_hall_changed = std::move(changed); }

  [[nodiscard]] calendar::HallClock& clock() { return m_clock; }
  /// What the devices told last; control.sock tells it on.
  [[nodiscard]] DeviceBoard& devices() { return m_devices; }
  /// Nothing where the machine has no platform configured.
  [[nodiscard]] std::optional<sync::SyncSnapshot> sync_state() const;
  /// Asks the platform for cases; `done` on the ui thread, unless `owner` is gone by then. Errors: those of
  /// SyncEngine::look_up, platform_not_configured.
  void look_up(OwnerToken::Weak owner, cases::LookupQuestion question,
               std::function<void(Result<cases::LookupAnswer>)> done);
  /// Called on the ui thread when somebody tells (`yizhanctl paper new-roll`) that the ticket printer has a new roll.
  void on_new_roll(std::function<void()> changed) { m_new_roll = std::move(changed); }
  /// What is in force. Thread: ui, after the start.
  [[nodiscard]] Documents const& documents() const { return m_documents; }
  /// A newer catalogue has come: take_catalog() when nobody is in the middle of a visit. Thread: ui.
  [[nodiscard]] bool catalog_waiting() const { return m_catalog_waiting; }
  /// Puts it in force here and in the office; `done` afterwards, on the ui thread.
  void take_catalog(std::function<void()> done);
  /// Called on the ui thread after documents() or catalog_waiting() changed.
  void on_documents(std::function<void()> changed) { m_documents_changed = std::move(changed); }
  /// One round of synchronisation now; `done` on the ui thread.
  void sync_now(OwnerToken::Weak owner, std::function<void(Result<void>)> done);
  [[nodiscard]] config::Config const& config() const { return m_options.config; }
  [[nodiscard]] std::filesystem::path const& data() const { return m_options.data; }

 private:
  Result<void> open();
  Result<void> start_sync();
  Result<void> start_control();
  [[nodiscard]] Documents read_documents();
  void refresh_documents();
  nlohmann::json answer(nlohmann::json const& request);
  void signal_change();
  void housekeeping();
  static void log_failure(char const* what, Error const& error);

  office::Premises::Options m_options;
  Env m_env;
  UiQueue& m_queue;
  calendar::HallClock m_clock;
  DeviceBoard m_devices;
  std::function<void()> m_hall_changed;
  std::function<void()> m_documents_changed;
  std::function<void()> m_new_roll;
  Documents m_documents;
  bool m_catalog_waiting = false;
  RealEnv m_real;
  ThreadExecutor m_store_thread{"store"};
  std::unique_ptr<office::Premises> m_premises;  // store thread
  std::unique_ptr<StoreLine> m_line;
  std::unique_ptr<StoreUploads> m_uploads;
  std::unique_ptr<sync::SyncEngine> m_sync;
  std::jthread m_sync_thread;
  std::unique_ptr<store::ControlServer> m_control;
};

}  // namespace yizhan::app

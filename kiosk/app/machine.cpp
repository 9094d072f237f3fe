#include "kiosk/app/machine.h"

#include <nlohmann/json.hpp>

#include "shared/base/log.h"
#include "shared/office/control.h"
#include "shared/store/uploads.h"
#include "shared/sync/configured.h"

namespace yizhan::app {

namespace {

constexpr auto k_housekeeping = std::chrono::seconds(60);
constexpr auto k_round_limit = std::chrono::minutes(2);

}  // namespace

Machine::Machine(office::Premises::Options options, Env env, UiQueue& queue)
    : m_options(std::move(options)), m_env(env), m_queue(queue), m_clock(env.wall, env.steady, office::build_time()) {}

Machine::~Machine() {
  // First, for control.sock may be waiting for a round of it; the rounds end with it.
  m_sync_thread.request_stop();
  m_control.reset();
  if (m_sync_thread.joinable()) m_sync_thread.join();
  // The store thread owns the connection: it closes there.
  if (m_premises) {
    run_on(m_store_thread, [this] {
      m_premises.reset();
      return true;
    });
  }
  m_store_thread.stop();
}

void Machine::start(std::function<void(Result<void>)> done) {
  m_store_thread.post([this, pending = m_queue.begin(), done = std::move(done)]() mutable {
    auto opened = std::make_shared<Result<void>>(open());
    auto documents = opened->has_value() ? read_documents() : Documents{};
    m_queue.post([this, opened, documents = std::move(documents), pending, done = std::move(done)]() mutable {
      m_documents = std::move(documents);
      if (opened->has_value()) *opened = start_sync();
      if (opened->has_value()) *opened = start_control();
      done(std::move(*opened));
    });
  });
}

Result<void> Machine::open() {
  m_premises = TRY(office::Premises::open(m_options, m_env, m_clock, [this] { signal_change(); }));
  if (auto recovered = m_premises->office().recover(); !recovered) log_failure("recover", recovered.error());
  housekeeping();
  return {};
}

Result<void> Machine::start_sync() {
  if (m_options.config.platform.url.empty()) return {};
  auto settings = TRY(sync::settings_of(m_options.config, m_premises->vault()));
  m_line = std::make_unique<StoreLine>(m_store_thread, m_premises->store().outbox());
  m_uploads = std::make_unique<StoreUploads>(m_store_thread, m_premises->store().uploads());
  m_sync = TRY(sync::SyncEngine::create(std::move(settings), m_real.env(), *m_line, m_clock, m_uploads.get()));
  m_sync->on_document([this](std::string const&) { m_store_thread.post([this] { refresh_documents(); }); });
  m_store_thread.post([this] { m_premises->store().outbox().on_append([this] { m_sync->notify(); }); });
  m_sync_thread = std::jthread([this](std::stop_token stop) {
    log::set_thread_name("sync");
    m_sync->run(std::move(stop));
  });
  return {};
}

/// After sync, which it asks.
Result<void> Machine::start_control() {
  m_control = TRY(store::ControlServer::start(m_options.data / "control.sock",
                                              [this](nlohmann::json const& request) { return answer(request); }));
  return {};
}

/// Thread: store.
Documents Machine::read_documents() {
  return {m_premises->catalog(), m_premises->holidays(), m_premises->divisions(), m_premises->applications_possible()};
}

/// Thread: store.
void Machine::refresh_documents() {
  auto const waiting = m_premises->refresh_documents();
  if (!waiting) log_failure("documents", waiting.error());
  m_queue.post([this, documents = read_documents(), waiting = waiting.value_or(false)]() mutable {
    documents.catalog = m_documents.catalog;  // changes between visits only
    m_documents = std::move(documents);
    m_catalog_waiting = waiting;
    if (m_documents_changed) m_documents_changed();
  });
}

void Machine::take_catalog(std::function<void()> done) {
  m_catalog_waiting = false;
  m_store_thread.post([this, pending = m_queue.begin(), done = std::move(done)]() mutable {
    m_premises->take_new_catalog();
    m_queue.post([this, documents = read_documents(), pending, done = std::move(done)]() mutable {
      m_documents = std::move(documents);
      done();
    });
  });
}

void Machine::look_up(OwnerToken::Weak owner, cases::LookupQuestion question,
                      std::function<void(Result<cases::LookupAnswer>)> done) {
  if (!m_sync) {
    m_queue.post(std::move(owner), [done = std::move(done)] { done(Error::make("platform_not_configured")); });
    return;
  }
  m_sync->look_up(std::move(question), [this, owner = std::move(owner), pending = m_queue.begin(),
                                        done = std::move(done)](Result<cases::LookupAnswer> answer) {
    auto result = std::make_shared<Result<cases::LookupAnswer>>(std::move(answer));
    m_queue.post(owner, [result, pending, done] { done(std::move(*result)); });
  });
}

std::optional<sync::SyncSnapshot> Machine::sync_state() const {
  if (!m_sync) return std::nullopt;
  return m_sync->snapshot();
}

void Machine::sync_now(OwnerToken::Weak owner, std::function<void(Result<void>)> done) {
  if (!m_sync) {
    m_queue.post(std::move(owner), [done = std::move(done)] { done(Error::make("platform_not_configured")); });
    return;
  }
  m_sync->link_up();
  m_sync->request_round(k_round_limit, [this, owner = std::move(owner), pending = m_queue.begin(),
                                        done = std::move(done)](Result<void> r) {
    auto result = std::make_shared<Result<void>>(std::move(r));
    m_queue.post(owner, [result, pending, done] { done(std::move(*result)); });
  });
}

/// Thread: control.
nlohmann::json Machine::answer(nlohmann::json const& request) {
  auto const asked = request.value("ask", "");
  if (asked == "devices.status") {
    auto const language = ui::language_from_code(m_options.config.terminal.language);
    return m_devices.report(ui::Translations::builtin(), language.value_or(ui::Language::zh_CN));
  }
  if (asked == "paper.changed") {
    m_queue.post([this] {
      if (m_new_roll) m_new_roll();
    });
    return nlohmann::json::object();
  }
  if (asked == "sync.once") {
    if (!m_sync) return office::error_object(Error::make("platform_not_configured"));
    m_sync->link_up();
    std::promise<Result<void>> promise;
    auto future = promise.get_future();
    m_sync->request_round(k_round_limit, [&](Result<void> result) { promise.set_value(std::move(result)); });
    auto const result = future.get();
    return result ? nlohmann::json::object() : office::error_object(result.error());
  }
  auto reply = run_on(m_store_thread, [&] { return office::answer_control(*m_premises, request); });
  if (m_sync && asked.starts_with("sync.")) {
    m_sync->resume();
    m_sync->notify();
  }
  return reply;
}

/// Thread: store or hall.
void Machine::signal_change() {
  m_queue.post([this] {
    if (m_hall_changed) m_hall_changed();
  });
}

/// Thread: store. Days end, answered events age.
void Machine::housekeeping() {
  if (auto kept = m_premises->office().keep_hours(); !kept) log_failure("keep_hours", kept.error());
  auto const forgotten = m_premises->store().outbox().forget_answered(m_options.config.sync.keep_answered_days);
  if (!forgotten) log_failure("forget_answered", forgotten.error());
  // What a wrong clock would throw away waits until the platform has told the time.
  if (m_options.config.platform.url.empty() || m_clock.state() == calendar::ClockState::trusted) {
    if (auto kept = m_premises->matters().keep_house(); !kept) log_failure("keep_house", kept.error());
  }
  refresh_documents();  // a catalogue may begin with this day
  m_store_thread.post_after(k_housekeeping, [this] { housekeeping(); });
}

void Machine::log_failure(char const* what, Error const& error) { log::warning("{}: {}", what, error.to_line()); }

}  // namespace yizhan::app

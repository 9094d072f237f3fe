#include "shared/sync/sync_engine.h"

#include <algorithm>

#include "shared/base/log.h"
#include "shared/sync/curl_transport.h"
#include "shared/sync/document_lane.h"
#include "shared/sync/line_lane.h"
#include "shared/sync/lookup.h"
#include "shared/sync/pull_lanes.h"
#include "shared/sync/upload_lane.h"

namespace yizhan::sync {
namespace {

using namespace std::chrono_literals;

constexpr Duration k_no_progress = 20s;
constexpr Duration k_contact_stored_every = 10s;

// Places in m_lanes.
constexpr std::size_t k_line = 0;
constexpr std::size_t k_time = 1;
constexpr std::size_t k_catalog = 3;
constexpr std::size_t k_calendar = 4;
constexpr std::size_t k_uploads = 6;  // the last, where there are any

}  // namespace

char const* to_string(SyncState state) {
  switch (state) {
    case SyncState::idle: return "idle";
    case SyncState::working: return "working";
    case SyncState::backing_off: return "backing_off";
    case SyncState::refused: return "refused";
    case SyncState::cloned: return "cloned";
  }
  return "";
}

Result<std::unique_ptr<SyncEngine>> SyncEngine::create(SyncSettings settings, Env const& env, line::LinePort& port,
                                                       calendar::HallClock& clock, line::UploadPort* uploads) {
  auto transport = TRY(create_curl_transport(settings, env, clock));
  return std::make_unique<SyncEngine>(std::move(settings), env, port, clock, std::move(transport), uploads);
}

SyncEngine::SyncEngine(SyncSettings settings, Env const& env, line::LinePort& port, calendar::HallClock& clock,
                       std::unique_ptr<HttpTransport> transport, line::UploadPort* uploads)
    : m_settings(std::move(settings)), m_env(env), m_port(port), m_clock(clock), m_transport(std::move(transport)) {
  LaneContext const context{m_settings, m_env, m_port, m_clock};
  m_lanes.push_back(std::make_unique<LineLane>(context));
  m_lanes.push_back(std::make_unique<TimeLane>(context));
  auto const stored = [this](std::string const& name) { document_stored(name); };
  for (auto const* name : {"trust", "catalog", "calendar"})
    m_lanes.push_back(std::make_unique<DocumentLane>(context, name, stored));
  m_lanes.push_back(std::make_unique<ChangesLane>(context));
  if (uploads != nullptr) m_lanes.push_back(std::make_unique<UploadLane>(context, *uploads));
}

SyncEngine::~SyncEngine() { end_rounds(); }

void SyncEngine::step(Duration limit) {
  begin();
  finish(limit);
}

void SyncEngine::begin() {
  heed_signals();
  start_due();
  publish();
}

void SyncEngine::finish(Duration limit) {
  for (auto& completion : m_transport->wait(until_due(limit))) handle(std::move(completion));
  publish();
}

void SyncEngine::run(std::stop_token stop) {
  std::stop_callback const on_stop(stop, [this] { m_transport->wake(); });
  m_stop = stop;
  while (!stop.stop_requested()) {
    run_requested_rounds();
    step(1min);
  }
  end_rounds();
}

void SyncEngine::heed_signals() {
  if (m_notified.exchange(false)) {
    m_lanes[k_line]->notify();
    if (m_lanes.size() > k_uploads) m_lanes[k_uploads]->notify();
  }
  if (m_link_up.exchange(false))
    for (auto const& lane : m_lanes) lane->link_up();
  if (m_resumed.exchange(false))
    for (auto const& lane : m_lanes) lane->resume();
  static_cast<TimeLane&>(*m_lanes[k_time]).watch_clock();
}

void SyncEngine::document_stored(std::string const& name) {
  if (name == "trust") {  // who may sign the others
    static_cast<DocumentLane&>(*m_lanes[k_catalog]).ask_again();
    static_cast<DocumentLane&>(*m_lanes[k_calendar]).ask_again();
  }
  if (m_on_document) m_on_document(name);
}

void SyncEngine::start_due() {
  ask_questions();
  for (auto const& lane : m_lanes)
    if (auto request = lane->next()) lane->started(m_transport->start(std::move(*request)));
}

void SyncEngine::look_up(cases::LookupQuestion question, std::function<void(Result<cases::LookupAnswer>)> done) {
  HttpRequest request{"POST", "/v1/cases/lookup", {{"Content-Type", "application/json"}}, write_lookup(question), {}};
  bool ended = false;
  {
    std::lock_guard const lock(m_mutex);
    ended = m_ended;
    if (!ended) m_questions.push_back({std::move(request), done});
  }
  if (ended) return done(Error::make("sync_incomplete", Retry::later));
  m_transport->wake();
}

void SyncEngine::ask_questions() {
  std::deque<Question> questions;
  {
    std::lock_guard const lock(m_mutex);
    questions.swap(m_questions);
  }
  for (auto& question : questions) {
    HttpRequest const kept{question.request.method, question.request.path, question.request.headers, {}, {}};
    auto const id = m_transport->start(std::move(question.request));
    m_asked.emplace(id, Question{kept, std::move(question.done)});
  }
}

bool SyncEngine::answer_question(Completion& completion) {
  auto const found = m_asked.find(completion.id);
  if (found == m_asked.end()) return false;
  auto const question = std::move(found->second);
  m_asked.erase(found);
  auto answer = interpret(question.request, std::move(completion.response));
  if (!answer)
    question.done(std::move(answer).error());
  else if (!answer->ok())
    question.done(error_of(*answer));
  else
    question.done(read_lookup(answer->response.body));
  return true;
}

void SyncEngine::handle(Completion completion) {
  if (answer_question(completion)) return;
  auto const found = std::ranges::find(m_lanes, std::optional(completion.id), &Lane::under_way);
  if (found == m_lanes.end()) return;
  bool const was_out_of_reach = (*found)->out_of_reach();
  if ((*found)->complete(std::move(completion.response)) == Contact::none) return;
  ++m_progress;
  if (was_out_of_reach)
    for (auto const& lane : m_lanes) lane->in_reach_again();
  remember_contact();
}

void SyncEngine::remember_contact() {
  auto const now = m_clock.now();
  {
    std::lock_guard const lock(m_mutex);
    m_snapshot.last_contact = now;
  }
  auto const steady = m_env.steady.now();
  if (m_contact_stored && steady - *m_contact_stored < k_contact_stored_every) return;
  auto const stored = m_port.touch_contact(now);
  if (!stored) log::warning("sync: {}", stored.error().to_line());
  m_contact_stored = steady;
}

Duration SyncEngine::until_due(Duration limit) const {
  auto const now = m_env.steady.now();
  for (auto const& lane : m_lanes)
    if (auto const due = lane->due()) limit = std::min(limit, std::max(Duration{0}, *due - now));
  return limit;
}

bool SyncEngine::round_settled() const {
  return std::ranges::all_of(m_lanes, [](auto const& lane) { return lane->settled() && !lane->error(); });
}

Result<void> SyncEngine::round_result() const {
  if (static_cast<LineLane const&>(*m_lanes[k_line]).cloned()) return Error::make("sync_cloned");
  if (round_settled()) return {};
  for (auto const& lane : m_lanes)
    if (lane->error()) return *lane->error();
  return Error::make("sync_incomplete", Retry::later);
}

Result<void> SyncEngine::run_until_idle(SteadyTime deadline) {
  heed_signals();
  for (auto const& lane : m_lanes) {
    if (auto const held = lane->abandon_held()) m_transport->cancel(*held);
    lane->link_up();
    lane->start_round();
  }
  auto progress = m_progress;
  auto give_up = m_env.steady.now() + k_no_progress;
  while (true) {
    begin();
    auto const now = m_env.steady.now();
    bool const stuck =
        std::ranges::any_of(m_lanes, &Lane::refused) || static_cast<LineLane const&>(*m_lanes[k_line]).cloned();
    if (stuck || round_settled() || now >= deadline || now >= give_up || m_stop.stop_requested()) break;
    finish(std::min(deadline, give_up) - now);
    if (progress != m_progress) give_up = m_env.steady.now() + k_no_progress;
    progress = m_progress;
  }
  auto result = round_result();
  for (auto const& lane : m_lanes) lane->end_round();
  return result;
}

void SyncEngine::notify() {
  m_notified = true;
  m_transport->wake();
}

void SyncEngine::link_up() {
  m_link_up = true;
  m_transport->wake();
}

void SyncEngine::resume() {
  m_resumed = true;
  m_transport->wake();
}

void SyncEngine::request_round(Duration limit, std::function<void(Result<void>)> done) {
  bool ended = false;
  {
    std::lock_guard const lock(m_mutex);
    ended = m_ended;
    if (!ended) m_rounds.push_back({limit, done});
  }
  if (ended) return done(Error::make("sync_incomplete", Retry::later));
  m_transport->wake();
}

void SyncEngine::run_requested_rounds() {
  std::deque<Round> rounds;
  {
    std::lock_guard const lock(m_mutex);
    rounds.swap(m_rounds);
  }
  if (rounds.empty()) return;
  // Whoever asked meanwhile is served by the same round.
  auto const longest = std::ranges::max(rounds, {}, &Round::limit).limit;
  auto const result = run_until_idle(m_env.steady.now() + longest);
  for (auto const& round : rounds) round.done(result);
}

void SyncEngine::end_rounds() {
  std::deque<Round> rounds;
  std::deque<Question> questions;
  {
    std::lock_guard const lock(m_mutex);
    m_ended = true;
    rounds.swap(m_rounds);
    questions.swap(m_questions);
  }
  for (auto& [id, question] : m_asked) {
    m_transport->cancel(id);
    questions.push_back(std::move(question));
  }
  m_asked.clear();
  for (auto const& round : rounds) round.done(Error::make("sync_incomplete", Retry::later));
  for (auto const& question : questions) question.done(Error::make("sync_incomplete", Retry::later));
}

namespace {

bool is_of_the_link(Error const& error) {
  for (auto const* kind : {"network_", "tls_", "platform_"}) {
    if (error.code().starts_with(kind)) return true;
  }
  return false;
}

}  // namespace

void SyncEngine::publish() {
  SyncSnapshot next;
  auto const& line = static_cast<LineLane const&>(*m_lanes[k_line]);
  auto const now = m_env.steady.now();
  std::optional<SteadyTime> waiting = line.waiting_until();
  if (line.error()) next.last_error = line.error();
  for (auto const& lane : m_lanes) {
    auto const& error = lane->error();
    if (error && !lane->document().empty() && !is_of_the_link(*error)) {
      if (!next.refused_document) next.refused_document = RefusedDocument{std::string(lane->document()), *error};
      continue;
    }
    if (!next.last_error && error) next.last_error = error;
    if (!waiting) waiting = lane->waiting_until();
  }
  if (waiting) next.backoff_until = m_env.wall.now() + (*waiting - now);
  if (line.cloned())
    next.state = SyncState::cloned;
  else if (std::ranges::any_of(m_lanes, &Lane::refused))
    next.state = SyncState::refused;
  else if (waiting)
    next.state = SyncState::backing_off;
  else
    next.state = line.settled() ? SyncState::idle : SyncState::working;
  std::lock_guard const lock(m_mutex);
  next.last_contact = m_snapshot.last_contact;
  m_snapshot = std::move(next);
}

SyncSnapshot SyncEngine::snapshot() const {
  std::lock_guard const lock(m_mutex);
  return m_snapshot;
}

}  // namespace yizhan::sync

#include "tools/platform/waiters.h"

#include <libpq-fe.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

#include "shared/base/log.h"

namespace yizhan::platform {

namespace {

constexpr int k_reconnect_ms = 500;
constexpr int k_idle_ms = 60'000;

struct Finish {
  void operator()(PGconn* connection) const { PQfinish(connection); }
};
// libpq itself: libpqxx waits for notifications with a time-out, but not for them and the bell together.
using Listener = std::unique_ptr<PGconn, Finish>;

Listener listen(std::string const& uri) {
  Listener listener(PQconnectdb(uri.c_str()));
  if (PQstatus(listener.get()) != CONNECTION_OK) return nullptr;
  PGresult* result = PQexec(listener.get(), "LISTEN platform_changes");
  bool const ready = PQresultStatus(result) == PGRES_COMMAND_OK;
  PQclear(result);
  return ready ? std::move(listener) : nullptr;
}

}  // namespace

Waiters::Waiters(std::string uri, SteadyClock const& clock)
    : m_uri(std::move(uri)),
      m_clock(clock),
      m_bell(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)),
      m_thread([this] { run(); }) {}

Waiters::~Waiters() {
  {
    std::lock_guard const lock(m_mutex);
    m_stopped = true;
    m_ended = true;
  }
  ring();
  m_thread.join();
  ::close(m_bell);
}

void Waiters::ring() const {
  std::uint64_t const one = 1;
  // Fails only when the counter is full: the bell rings already.
  [[maybe_unused]] auto const written = ::write(m_bell, &one, sizeof one);
}

std::uint64_t Waiters::generation_locked(std::string const& hall) const {
  auto const found = m_generations.find(hall);
  return m_everywhere + (found == m_generations.end() ? 0 : found->second);
}

std::uint64_t Waiters::generation(std::string const& hall) {
  std::lock_guard const lock(m_mutex);
  return generation_locked(hall);
}

void Waiters::add(std::string const& hall, std::uint64_t seen, SteadyTime deadline,
                  std::optional<std::chrono::milliseconds> retry, Wake wake) {
  std::optional<SteadyTime> again;
  if (retry) again = m_clock.now() + *retry;
  {
    std::lock_guard const lock(m_mutex);
    m_waiters.push_back({hall, seen, deadline, again, std::move(wake)});
  }
  ring();
}

void Waiters::stop() {
  {
    std::lock_guard const lock(m_mutex);
    m_stopped = true;
  }
  ring();
}

void Waiters::note_change(std::string const& hall) {
  std::lock_guard const lock(m_mutex);
  ++m_generations[hall];
}

void Waiters::note_change_everywhere() {
  std::lock_guard const lock(m_mutex);
  ++m_everywhere;
}

void Waiters::wake_due() {
  std::vector<std::pair<Wake, Woken>> due;
  {
    std::lock_guard const lock(m_mutex);
    auto const now = m_clock.now();
    auto const keep = [&](Waiter& waiter) {
      bool const late = m_stopped || waiter.deadline <= now;
      bool const changed = generation_locked(waiter.hall) != waiter.seen || (waiter.retry && *waiter.retry <= now);
      if (!late && !changed) return true;
      due.emplace_back(std::move(waiter.wake), late ? Woken::timed_out : Woken::changed);
      return false;
    };
    m_waiters.erase(std::partition(m_waiters.begin(), m_waiters.end(), keep), m_waiters.end());
  }
  for (auto& [wake, why] : due) wake(why);
}

int Waiters::milliseconds_to_next() {
  std::lock_guard const lock(m_mutex);
  auto const now = m_clock.now();
  auto next = now + std::chrono::milliseconds(k_idle_ms);
  for (auto const& waiter : m_waiters) {
    next = std::min(next, waiter.deadline);
    if (waiter.retry) next = std::min(next, *waiter.retry);
  }
  auto const wait = std::chrono::ceil<std::chrono::milliseconds>(next - now).count();
  return static_cast<int>(std::max<std::int64_t>(wait, 0));
}

void Waiters::run() {
  log::set_thread_name("waiters");
  Listener listener;
  while (true) {
    {
      std::lock_guard const lock(m_mutex);
      if (m_ended && m_waiters.empty()) return;
    }
    if (!listener) {
      listener = listen(m_uri);
      // What was committed while nobody listened: everyone looks again.
      if (listener) note_change_everywhere();
    }
    wake_due();
    int wait = milliseconds_to_next();
    if (!listener) wait = std::min(wait, k_reconnect_ms);
    std::array<pollfd, 2> sources{pollfd{m_bell, POLLIN, 0},
                                  pollfd{listener ? PQsocket(listener.get()) : -1, POLLIN, 0}};
    ::poll(sources.data(), sources.size(), wait);
    std::uint64_t rings = 0;
    [[maybe_unused]] auto const read = ::read(m_bell, &rings, sizeof rings);
    if (!listener) continue;
    bool const alive = PQconsumeInput(listener.get()) == 1;
    while (PGnotify* note = PQnotifies(listener.get())) {
      note_change(note->extra);
      PQfreemem(note);
    }
    if (!alive) listener.reset();
  }
}

}  // namespace yizhan::platform

#include "tools/platform/application.h"

#include <utility>

#include "shared/base/log.h"

namespace yizhan::platform {

Application::Application(std::string uri, World const& world, SteadyClock const& clock, int threads)
    : m_uri(std::move(uri)), m_world(world), m_clock(clock), m_waiters(m_uri, clock) {
  for (int i = 0; i < threads; ++i) m_workers.emplace_back([this] { work(); });
}

Application::~Application() {
  m_waiters.stop();
  {
    std::unique_lock lock(m_mutex);
    m_all_answered.wait(lock, [this] { return m_open == 0; });
    m_stopped = true;
  }
  m_available.notify_all();
  for (auto& worker : m_workers) worker.join();
}

void Application::submit(Request request, Finish finish) {
  {
    std::lock_guard const lock(m_mutex);
    ++m_open;
  }
  enqueue(std::make_shared<Call>(Call{.request = std::move(request), .finish = std::move(finish)}));
}

void Application::enqueue(std::shared_ptr<Call> call) {
  {
    std::lock_guard const lock(m_mutex);
    m_queue.push_back(std::move(call));
  }
  m_available.notify_one();
}

void Application::work() {
  log::set_thread_name("database");
  Database database(m_uri);
  while (true) {
    std::shared_ptr<Call> call;
    {
      std::unique_lock lock(m_mutex);
      m_available.wait(lock, [this] { return m_stopped || !m_queue.empty(); });
      if (m_queue.empty()) return;
      call = std::move(m_queue.front());
      m_queue.pop_front();
    }
    run(call, database);
  }
}

void Application::finish(Call& call, Answer answer) {
  call.finish(std::move(answer));
  std::lock_guard const lock(m_mutex);
  if (--m_open == 0) m_all_answered.notify_all();
}

void Application::run(std::shared_ptr<Call> const& call, Database& database) {
  auto const& hall = call->request.device.hall;
  auto const seen = m_waiters.generation(hall);
  auto outcome = answer_call(call->request, database, m_world);
  if (!outcome.wait || call->last_look) return finish(*call, std::move(outcome.answer));
  if (!call->deadline) call->deadline = m_clock.now() + outcome.wait->limit;
  call->request.query["cursor"] = outcome.wait->cursor;
  m_waiters.add(hall, seen, *call->deadline, outcome.wait->retry, [this, call](Woken why) {
    call->last_look = why == Woken::timed_out;
    enqueue(call);
  });
}

}  // namespace yizhan::platform

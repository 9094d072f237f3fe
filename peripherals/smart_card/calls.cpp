#include "peripherals/smart_card/calls.h"

#include <poll.h>

#include <atomic>
#include <cerrno>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include "shared/base/log.h"

namespace yizhan::smart_card {

struct Calls::Job {
  enum class Stage { waiting, running, given_up, over };

  std::function<void()> work;
  std::atomic<Stage> stage = Stage::waiting;
  host::Interrupt done;

  /// Whether it was still waiting and is `next` now.
  bool leave_queue(Stage next) {
    auto expected = Stage::waiting;
    return stage.compare_exchange_strong(expected, next);
  }
};

struct Calls::State {
  std::mutex mutex;
  std::condition_variable changed;
  std::deque<std::shared_ptr<Job>> jobs;
  bool ended = false;

  void serve() {
    std::unique_lock lock(mutex);
    for (;;) {
      changed.wait(lock, [this] { return ended || !jobs.empty(); });
      if (jobs.empty()) return;
      auto const job = std::move(jobs.front());
      jobs.pop_front();
      lock.unlock();
      if (job->leave_queue(Job::Stage::running)) job->work();
      job->work = nullptr;
      job->stage = Job::Stage::over;
      job->done.raise();
      lock.lock();
    }
  }
};

Calls::Calls() : m_state(std::make_shared<State>()) {
  std::thread([state = m_state] {
    log::set_thread_name("card_calls");
    state->serve();
  }).detach();
}

Calls::~Calls() {
  std::lock_guard const lock(m_state->mutex);
  m_state->ended = true;
  m_state->changed.notify_all();
}

std::shared_ptr<Calls::Job> Calls::queue(std::function<void()> work) {
  auto job = std::make_shared<Job>();
  job->work = std::move(work);
  std::lock_guard const lock(m_state->mutex);
  m_state->jobs.push_back(job);
  m_state->changed.notify_all();
  return job;
}

Result<void> Calls::run(std::function<void()> work, Duration limit, host::Interrupt const& interrupt) {
  auto const job = queue(std::move(work));
  host::Deadline const deadline(limit);
  pollfd items[] = {{job->done.fd(), POLLIN, 0}, {deadline.fd(), POLLIN, 0}, {interrupt.fd(), POLLIN, 0}};
  while (::poll(items, 3, -1) < 0 && errno == EINTR) {
  }
  if (job->stage == Job::Stage::over) return {};
  static_cast<void>(job->leave_queue(Job::Stage::given_up));
  if (items[2].revents != 0) return Error::make("device_cancelled");
  return Error::make("device_timeout", Retry::later);
}

void Calls::leave(Duration limit, std::function<void()> work) {
  auto const job = queue(std::move(work));
  [[maybe_unused]] auto const over = host::pause(limit, job->done);
}

}  // namespace yizhan::smart_card

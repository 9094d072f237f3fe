#pragma once
/// Requests in, answers out: a pool of database threads, and the long polls beside it.
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "shared/base/env.h"
#include "tools/platform/calls.h"
#include "tools/platform/waiters.h"

namespace yizhan::platform {

class Application {
 public:
  /// Called once, on any thread.
  using Finish = std::function<void(Answer)>;

  /// Starts `threads` workers with a connection each. The world outlives the application.
  Application(std::string uri, World const& world, SteadyClock const& clock, int threads = 8);
  /// Answers everything first, long polls with what they have.
  ~Application();
  Application(Application const&) = delete;
  Application& operator=(Application const&) = delete;

  /// Thread: any.
  void submit(Request request, Finish finish);
  /// Long polls are answered now instead of waiting. Calls go on being answered.
  void stop_waiting() { m_waiters.stop(); }

 private:
  struct Call {
    Request request;
    Finish finish;
    std::optional<SteadyTime> deadline;  // of a long poll, from its first look
    bool last_look = false;
  };

  void enqueue(std::shared_ptr<Call> call);
  void work();
  void run(std::shared_ptr<Call> const& call, Database& database);
  void finish(Call& call, Answer answer);

  std::string const m_uri;
  World const& m_world;
  SteadyClock const& m_clock;
  std::mutex m_mutex;
  std::condition_variable m_available;
  std::deque<std::shared_ptr<Call>> m_queue;
  std::condition_variable m_all_answered;
  int m_open = 0;  // submitted and not yet finished
  bool m_stopped = false;
  Waiters m_waiters;
  std::vector<std::thread> m_workers;
};

}  // namespace yizhan::platform

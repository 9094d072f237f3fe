#pragma once
/// Wakes one thread that otherwise looks around every so often.
#include <chrono>
#include <condition_variable>
#include <mutex>

namespace yizhan::platform {

class Bell {
 public:
  /// Thread: any.
  void ring() { set(m_rung); }
  void stop() { set(m_stopped); }
  /// Returns when it was rung or after `limit`; false once it was stopped. Thread: one.
  bool wait(std::chrono::milliseconds limit) {
    std::unique_lock lock(m_mutex);
    m_changed.wait_for(lock, limit, [this] { return m_rung || m_stopped; });
    m_rung = false;
    return !m_stopped;
  }

 private:
  void set(bool& flag) {
    {
      std::lock_guard const lock(m_mutex);
      flag = true;
    }
    m_changed.notify_all();
  }

  std::mutex m_mutex;
  std::condition_variable m_changed;
  bool m_rung = false;
  bool m_stopped = false;
};

}  // namespace yizhan::platform

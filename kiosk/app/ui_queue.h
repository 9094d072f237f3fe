#pragma once
/// The way back to the ui thread, and the count of what is still under way (a scenario's time stands still meanwhile).
#include <atomic>
#include <functional>
#include <memory>
#include <utility>

#include "shared/base/env.h"
#include "shared/base/inbox.h"

namespace yizhan::app {

class UiQueue {
 public:
  /// `wake` ends a sleeping window loop. Thread of `wake`: any.
  explicit UiQueue(std::function<void()> wake) : m_inbox(std::move(wake)) {}

  /// Something is under way until the last copy is gone.
  using Pending = std::shared_ptr<void>;
  [[nodiscard]] Pending begin() {
    ++m_pending;
    return {nullptr, [this](void*) { --m_pending; }};
  }
  [[nodiscard]] bool idle() const { return m_pending == 0 && m_inbox.empty(); }

  /// Thread: any, for both. The second is dropped where the owner is gone when its turn comes.
  void post(std::function<void()> task) { m_inbox.post(std::move(task)); }
  void post(OwnerToken::Weak owner, std::function<void()> task) { m_inbox.post(std::move(owner), std::move(task)); }

  /// Runs `work` on the executor's thread and `done(its result)` on the ui thread, unless `owner` is gone by then.
  template <class Work, class Done>
  void run(Executor& executor, OwnerToken::Weak owner, Work work, Done done) {
    executor.post(
        [this, owner = std::move(owner), pending = begin(), work = std::move(work), done = std::move(done)]() mutable {
          auto result = std::make_shared<std::invoke_result_t<Work>>(work());
          post(std::move(owner), [result, pending, done = std::move(done)]() mutable { done(std::move(*result)); });
        });
  }

  /// Thread: ui. Returns how many ran.
  std::size_t drain() {
    return m_inbox.drain([](std::function<void()> task) { task(); });
  }

 private:
  std::atomic<int> m_pending = 0;
  Inbox<std::function<void()>> m_inbox;
};

}  // namespace yizhan::app

#pragma once
/// Calls that may never return, made on a thread of their own: libpcsclite has no time-out, and a card that does not answer
/// holds its caller until it is pulled out. The asker waits as long as it wants to; a call that hangs then keeps the thread,
/// and those behind it, until it returns.
#include <functional>
#include <memory>
#include <optional>

#include "peripherals/host/wait.h"

namespace yizhan::smart_card {

class Calls {
 public:
  Calls();
  /// Waits for nothing: the thread ends after what was begun and queued.
  ~Calls();
  Calls(Calls const&) = delete;
  Calls& operator=(Calls const&) = delete;

  /// REQUIRES: `work` owns what it uses. What had not begun in time is not begun later.
  /// Errors: device_timeout (later), device_cancelled.
  template <class T>
  Result<T> call(Duration limit, host::Interrupt const& interrupt, std::function<T()> work) {
    auto const answer = std::make_shared<std::optional<T>>();
    TRY(run([answer, work = std::move(work)] { answer->emplace(work()); }, limit, interrupt));
    return std::move(**answer);
  }
  /// Done in its turn whatever happens; waits up to `limit` for it.
  void leave(Duration limit, std::function<void()> work);

 private:
  struct Job;
  struct State;
  std::shared_ptr<Job> queue(std::function<void()> work);
  Result<void> run(std::function<void()> work, Duration limit, host::Interrupt const& interrupt);

  std::shared_ptr<State> const m_state;
};

}  // namespace yizhan::smart_card

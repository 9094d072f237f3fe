#pragma once
/// Ends a driver's back-off when its device is plugged in.
#include <functional>
#include <memory>
#include <utility>

#include "peripherals/host/port.h"

namespace yizhan::host {

/// A member of the driver's Core, the last one, so that `try_now` is not called any more once the Core goes. It is
/// attached when the Core is held by its shared_ptr already, not in its constructor:
///
///   void watch() { m_arrival.attach(m_options.port, [this] { post_round(Duration{0}); }); }   // once, in make_…()
///
/// `try_now` runs on any thread, also while the Core is being destroyed: it posts a task that holds the Core weakly,
/// and never keeps the Core itself.
class ArrivalHook {
 public:
  ArrivalHook() = default;
  ~ArrivalHook() { detach(); }
  ArrivalHook(ArrivalHook const&) = delete;
  ArrivalHook& operator=(ArrivalHook const&) = delete;

  /// REQUIRES: called once.
  void attach(std::shared_ptr<Port> port, std::function<void()> try_now) {
    m_port = std::move(port);
    m_port->on_arrival(std::move(try_now));
  }

  /// Waits for a call under way; none follows. A driver ends with it: its Core may live longer, when the port has its
  /// next driver already.
  void detach() {
    if (auto const port = std::exchange(m_port, nullptr)) port->on_arrival(nullptr);
  }

 private:
  std::shared_ptr<Port> m_port;
};

}  // namespace yizhan::host

#pragma once
/// Whether somebody stands before the terminal. A convenience only: nothing may depend on it that a touch cannot do.
#include <functional>
#include <variant>

#include "peripherals/api/device.h"

namespace yizhan::device {

/// The first one comes with the first change: what was before is unknown.
struct PresenceChanged {
  bool present = false;
};
struct PresenceHealth {
  Health health;
};
using PresenceEvent = std::variant<PresenceChanged, PresenceHealth>;

/// Senses from its beginning to its end.
class PresenceSensor {
 public:
  using Listener = std::function<void(PresenceEvent)>;
  virtual ~PresenceSensor() = default;

  /// Health is told in any case. Thread: any.
  virtual void check_health() = 0;
};

}  // namespace yizhan::device

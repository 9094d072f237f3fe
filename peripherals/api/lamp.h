#pragma once
/// A lamp at the terminal that says from afar how it is.
#include <functional>

#include "peripherals/api/device.h"

namespace yizhan::device {

/// off: closed. ready: steady. attention (somebody is asked to do something: paper, a forgotten card): slow blinking.
/// fault: fast blinking.
enum class LampSignal { off, ready, attention, fault };

class Lamp {
 public:
  /// Changes of its health, on its thread.
  using Listener = std::function<void(Health)>;
  virtual ~Lamp() = default;

  /// Until the next call. Thread: any.
  virtual void show(LampSignal signal) = 0;
  /// Health is told in any case. Thread: any.
  virtual void check_health() = 0;
};

}  // namespace yizhan::device

#pragma once
/// A presence sensor that is a switch (or key) of an input device: /dev/input/event…
///
/// States: Absent (not there) → Ready; Faulted (refused, busy, another device at its place). It is opened anew after 250 ms …
/// 1 s, or at once when it is plugged in.
#include <memory>
#include <string>

#include "peripherals/api/presence.h"
#include "peripherals/host/port.h"
#include "peripherals/panel/input_records.h"

namespace yizhan::panel {

struct EvdevPresenceOptions {
  std::string name = "presence";
  std::shared_ptr<host::Port> port;  // of kind input
  std::uint16_t type = k_type_switch;
  std::uint16_t code = k_front_proximity;
};

/// `executor` is the device's own thread; it and `env` outlive the sensor. The destructor ends a wait at once and no event
/// follows it. REQUIRES: not destroyed from its listener.
[[nodiscard]] std::unique_ptr<device::PresenceSensor> make_evdev_presence(Executor& executor, Env env,
                                                                          EvdevPresenceOptions options,
                                                                          device::PresenceSensor::Listener listener);

}  // namespace yizhan::panel

#pragma once
/// A lamp that is a LED of the kernel's class (/sys/class/leds/NAME): GPIO, USB and keyboard LEDs alike.
///
/// States: Absent (no such LED) → Ready; Faulted (may not be written). While a signal is wanted, it is tried again each second.
#include <filesystem>
#include <memory>
#include <string>

#include "peripherals/api/lamp.h"

namespace yizhan::panel {

struct LedLampOptions {
  std::string name = "lamp";
  std::string led;  // "yizhan:green:status"
  std::filesystem::path leds = "/sys/class/leds";
};

/// `executor` is the device's own thread; it and `env` outlive the lamp. The
/// destructor has the lamp switched off on that thread; no event follows it.
[[nodiscard]] std::unique_ptr<device::Lamp> make_led_lamp(Executor& executor, Env env, LedLampOptions options,
                                                          device::Lamp::Listener listener);

}  // namespace yizhan::panel

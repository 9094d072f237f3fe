#pragma once
/// Drivers of scanners that send whole codes: on a serial line or USB-CDC, and as HID point-of-sale devices.
///
/// States: Absent (not there) → Ready; Faulted (refused, busy, another device at its place). While scanning the port is
/// opened anew after 250 ms … 1 s, or at once when the scanner is plugged in. What was scanned while nobody asked is
/// dropped.
#include <memory>
#include <string>

#include "peripherals/api/code_scanner.h"
#include "peripherals/code_scanner/framing.h"
#include "peripherals/host/port.h"

namespace yizhan::code_scanner {

struct SerialScannerOptions {
  std::string name = "code_scanner";
  std::shared_ptr<host::Port> port;
  FramingOptions framing;
};

/// `executor` is the device's own thread; it and `env` outlive the scanner. The destructor ends a wait at once and no
/// event follows it. REQUIRES: not destroyed from its listener.
[[nodiscard]] std::unique_ptr<device::CodeScanner> make_serial_scanner(Executor& executor, Env env,
                                                                       SerialScannerOptions options,
                                                                       device::CodeScanner::Listener listener);

/// `port`: a hidraw node. `framing.end` says nothing here: reports tell where a code ends.
struct HidScannerOptions {
  std::string name = "code_scanner";
  std::shared_ptr<host::Port> port;
  FramingOptions framing;
};

/// As make_serial_scanner().
[[nodiscard]] std::unique_ptr<device::CodeScanner> make_hid_scanner(Executor& executor, Env env,
                                                                    HidScannerOptions options,
                                                                    device::CodeScanner::Listener listener);

}  // namespace yizhan::code_scanner

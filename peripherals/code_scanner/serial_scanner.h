#pragma once
/// Driver of scanners on a serial line or USB-CDC. Keyboard mode is not supported: it loses non-ASCII text, races with
/// the focus and lets a code type.
///
/// States: Absent (port not there) → Ready; Faulted (refused, busy). The port is opened anew after 250 ms … 1 s while
/// scanning. What was scanned while nobody asked is dropped.
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

}  // namespace yizhan::code_scanner

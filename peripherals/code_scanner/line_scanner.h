#pragma once
/// What scanners at a line share, however their codes are framed. Inside peripherals/code_scanner only.
///
/// States: Absent (not there) → Ready; Faulted (refused, busy, another device at its place). While scanning it is opened
/// anew after 250 ms … 1 s, or at once when it is plugged in. What was scanned while nobody asked is dropped.
#include <memory>
#include <string>

#include "peripherals/api/code_scanner.h"
#include "peripherals/code_scanner/framing.h"
#include "peripherals/host/port.h"

namespace yizhan::code_scanner {

struct LineScannerOptions {
  std::string name;
  std::shared_ptr<host::Port> port;
  std::unique_ptr<CodeFramer> framer;
};

/// `executor` is the device's own thread; it and `env` outlive the scanner. The destructor ends a wait at once and no
/// event follows it. REQUIRES: not destroyed from its listener.
[[nodiscard]] std::unique_ptr<device::CodeScanner> make_line_scanner(Executor& executor, Env env,
                                                                     LineScannerOptions options,
                                                                     device::CodeScanner::Listener listener);

}  // namespace yizhan::code_scanner

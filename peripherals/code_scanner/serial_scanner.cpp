#include "peripherals/code_scanner/serial_scanner.h"

#include "peripherals/code_scanner/hid_pos.h"
#include "peripherals/code_scanner/line_scanner.h"

namespace yizhan::code_scanner {

std::unique_ptr<device::CodeScanner> make_serial_scanner(Executor& executor, Env env, SerialScannerOptions options,
                                                         device::CodeScanner::Listener listener) {
  auto framer = std::make_unique<Framing>(std::move(options.framing));
  return make_line_scanner(executor, env, {std::move(options.name), std::move(options.port), std::move(framer)},
                           std::move(listener));
}

std::unique_ptr<device::CodeScanner> make_hid_scanner(Executor& executor, Env env, HidScannerOptions options,
                                                      device::CodeScanner::Listener listener) {
  auto framer = std::make_unique<HidPosFraming>(std::move(options.framing));
  return make_line_scanner(executor, env, {std::move(options.name), std::move(options.port), std::move(framer)},
                           std::move(listener));
}

}  // namespace yizhan::code_scanner

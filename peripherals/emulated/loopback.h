#pragma once
/// Where emulated devices of the network listen.
#include <cstdint>

#include "shared/base/result.h"

namespace yizhan::emulated {

/// A TCP socket that listens on 127.0.0.1, non-blocking, closed in children. `port` 0: any, and then holds which.
/// The caller closes it. Errors: port_failed (later).
Result<int> listen_on_loopback(std::uint16_t& port);

}  // namespace yizhan::emulated

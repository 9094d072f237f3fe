#pragma once
/// Listening sockets.
#include <string>

#include "shared/base/result.h"

namespace yizhan::platform {

struct Listening {
  int socket = -1;
  std::string address;  // "127.0.0.1:8443" with the port really taken, or the path
};

/// "ADDR:PORT", "[ADDR]:PORT"; numeric. Errors: listen_address, listen_failed.
Result<Listening> listen_tcp(std::string const& address);
/// Mode 0600; a socket left behind by a killed process is replaced. Errors: listen_address, listen_failed.
Result<Listening> listen_unix(std::string const& path);

}  // namespace yizhan::platform

#pragma once
/// The emulators' control socket: a line in, a line out ("ok", "ok VALUE" or "error CODE: DETAIL"). "quit" ends the
/// program.
#include <filesystem>

#include "peripherals/emulated/hall.h"

namespace yizhan::emulators {

/// Serves until "quit", SIGINT or SIGTERM; calls `ready` once the socket (0600) stands. The socket is removed after.
/// Errors: socket_failed.
Result<void> serve(std::filesystem::path const& socket, emulated::EmulatedHall& hall, void (*ready)());

}  // namespace yizhan::emulators

#pragma once
/// What all devices share. Each device runs on one thread of its own (an Executor) and is a documented state
/// machine; what happens arrives in the listener it was given, on the device's thread: the listener posts into an
/// Inbox and returns. `identity` names the thing (USB id and serial number, SAM number), `port` where it is now.
#include <optional>
#include <string>

#include "shared/base/env.h"
#include "shared/base/error.h"

namespace yizhan::device {

/// Absent → Ready → Busy → Ready; any → Faulted → (back-off) → Ready. Absent: the port is not there.
enum class State { absent, ready, busy, faulted };

[[nodiscard]] constexpr char const* to_string(State state) {
  switch (state) {
    case State::absent: return "absent";
    case State::ready: return "ready";
    case State::busy: return "busy";
    case State::faulted: return "faulted";
  }
  return "absent";
}

/// A device's health as a technician sees it. The remedy's text is the translation of `remedy.<code>`.
struct Health {
  State state = State::absent;
  std::string name;      // stable key of the configuration section, e.g. "id_reader"
  std::string identity;  // empty until known
  std::string port;
  std::optional<Error> last_fault;
  std::optional<WallTime> last_fault_at;
  std::optional<WallTime> last_success_at;
};

}  // namespace yizhan::device

#pragma once
/// `<data>/control.sock`: how tools (yizhanctl) speak to the process that owns a data folder. One JSON object a line,
/// answered by one JSON object a line, in order.
#include <filesystem>
#include <functional>
#include <memory>
#include <nlohmann/json_fwd.hpp>

#include "shared/base/result.h"

namespace yizhan::store {

class ControlServer {
 public:
  /// Called on the server's own thread ("control"), one request at a time; it marshals to the store thread itself. It may
  /// block: other clients wait meanwhile. REQUIRES: it returns before the server is destroyed.
  using Handler = std::function<nlohmann::json(nlohmann::json const&)>;

  /// Listens on `path` (0600); a socket left by a dead process is replaced. Only processes of this user (SO_PEERCRED) are
  /// served. Lines are at most 64 KiB, connections at most 16; a longer line, or one that is no JSON object, is answered
  /// with {"error":"request_malformed"}, after which a longer one is hung up on.
  /// Errors: control_socket (path too long, folder not writable), folder_in_use (a living process listens there).
  static Result<std::unique_ptr<ControlServer>> start(std::filesystem::path const& path, Handler handler);
  /// Hangs up, ends the thread, removes the socket.
  ~ControlServer();
  ControlServer(ControlServer const&) = delete;
  ControlServer& operator=(ControlServer const&) = delete;

 private:
  ControlServer();
  struct State;
  std::unique_ptr<State> m_state;
};

}  // namespace yizhan::store

#pragma once
/// The sandbox's side door (`--back-office SOCKET`): what departments do with cases, and what is published. For tests and the demo; no part of
/// the API. A Unix socket of this user alone; one JSON object a line, answered by one line. The requests: README.md.
#include <memory>
#include <string>
#include <thread>

#include "shared/base/result.h"
#include "tools/platform/calls.h"

namespace yizhan::platform {

/// One request and its answer.
[[nodiscard]] nlohmann::json answer_back_office(std::string_view line, Database& database, World const& world);

class BackOffice {
 public:
  /// Listens on return. Errors: listen_address, listen_failed.
  static Result<std::unique_ptr<BackOffice>> start(std::string const& path, std::string database_uri,
                                                   World const& world);
  ~BackOffice();
  BackOffice(BackOffice const&) = delete;
  BackOffice& operator=(BackOffice const&) = delete;

 private:
  BackOffice(int socket, std::string path, std::string database_uri, World const& world);
  void run();

  int m_socket;
  int m_bell;  // eventfd: the end
  std::string const m_path;
  std::string const m_uri;
  World const& m_world;
  std::thread m_thread;
};

}  // namespace yizhan::platform

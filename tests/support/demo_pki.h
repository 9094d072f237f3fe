#pragma once
/// The demo's certificates and the sandbox platform as real programs, for tests of either end of the wire.
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "tests/support/child_process.h"

namespace yizhan::test {

/// A folder filled by tools/platform/make_demo_pki: ca.crt, server.*, device-<hall>-<terminal>.*, signers, trust.json.
class DemoPki {
 public:
  /// `terminals`: "<hall>:<terminal>". Throws std::runtime_error with the script's message.
  explicit DemoPki(std::vector<std::string> const& terminals);
  /// Adds or renews; what is valid stays.
  void make(std::vector<std::string> const& terminals);

  [[nodiscard]] std::filesystem::path const& folder() const { return m_folder.path(); }
  [[nodiscard]] std::string ca() const { return (m_folder / "ca.crt").string(); }
  [[nodiscard]] std::string device_certificate(std::string_view terminal) const;
  [[nodiscard]] std::string device_key(std::string_view terminal) const;

 private:
  TempDir m_folder{"pki"};
};

/// Where this build's programs are (ctest sets YIZHAN_BIN_DIR).
[[nodiscard]] std::filesystem::path program(std::string_view name);
/// The project's top folder (ctest sets YIZHAN_SOURCE_DIR).
[[nodiscard]] std::filesystem::path source_folder();

/// yizhan-platform with TLS on a port of 127.0.0.1, the same one after stop() and start().
class PlatformProcess {
 public:
  /// Returns when it listens. Throws std::runtime_error with what it wrote.
  PlatformProcess(DemoPki const& pki, std::string database_uri, std::vector<std::string> options = {});

  [[nodiscard]] std::string url() const { return "https://localhost:" + std::to_string(m_port); }
  [[nodiscard]] std::uint16_t port() const { return m_port; }
  [[nodiscard]] ChildProcess& process() { return *m_process; }
  /// SIGTERM; its exit code.
  int stop() { return m_process->terminate(); }
  /// SIGKILL.
  void kill() { m_process->kill(); }
  void start();
  /// One line to the back office's socket and its answer (tools/platform/README.md); "" where nobody answered.
  [[nodiscard]] std::string back_office(std::string const& line) const;

 private:
  TempDir m_folder{"platform"};
  std::string m_pki_folder;
  std::string m_database_uri;
  std::vector<std::string> m_options;
  std::uint16_t m_port = 0;
  std::unique_ptr<ChildProcess> m_process;
};

}  // namespace yizhan::test

#pragma once
/// CUPS's own reference printer (ippeveprinter, "IPP Everywhere") as a test's other half. It wants a message bus, which it
/// gets for itself alone; Avahi it does without.
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "tests/support/child_process.h"

namespace yizhan::test {

/// Its command (what "prints") looks at files of the test: it tells reasons, waits, gives up, or keeps the document.
class EvePrinter {
 public:
  /// Throws std::runtime_error where it does not start.
  EvePrinter();

  [[nodiscard]] std::string uri() const { return "ipp://localhost:" + std::to_string(m_port) + "/ipp/print"; }
  /// Listens again on the same port after kill().
  void start();
  void kill();

  /// The printer-state-reasons of jobs from now on, e.g. "media-empty"; empty: none.
  void set_reasons(std::string_view reasons);
  /// Jobs stay in the printer until release() or give_up().
  void hold_back();
  void release();
  /// They end aborted, or cancelled where they were; nothing is printed.
  void give_up();
  /// Documents that came out.
  [[nodiscard]] int printed() const;
  [[nodiscard]] std::string document(int number) const;
  /// Sends a job as somebody else's program would, by ipptool, and leaves it to the printer.
  void occupy(std::string const& user);
  /// Its jobs as ipptool tells them, and its log of requests.
  [[nodiscard]] std::string jobs() const;

 private:
  TempDir m_folder{"eve"};
  std::uint16_t m_port = 0;
  std::optional<ChildProcess> m_bus;
  std::optional<ChildProcess> m_printer;
};

}  // namespace yizhan::test

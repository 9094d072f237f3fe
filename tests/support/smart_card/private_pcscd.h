#pragma once
/// A pcscd of the test's own, with vpcd's virtual readers, and cards for them. Its socket and ports are its own too, so that tests
/// run beside each other and beside the machine's pcscd.
#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include "peripherals/emulated/vpcd.h"
#include "tests/support/child_process.h"

namespace yizhan::test {

/// libpcsclite reads its socket's name from the environment, once in a process: all pcscd of one test program listen at the
/// same place, one after another.
class PrivatePcscd {
 public:
  /// Not started. Throws std::runtime_error.
  PrivatePcscd();
  ~PrivatePcscd();

  /// Returns when it takes clients. With or without virtual readers. Throws std::runtime_error where it does not start.
  void start(bool with_reader = true);
  /// SIGKILL.
  void kill();
  /// Stopped, it takes connections and never answers.
  void freeze() { m_process->send(SIGSTOP); }
  void thaw() { m_process->send(SIGCONT); }

  /// Where the first virtual reader ("Virtual PCD 00 00") wants its card.
  [[nodiscard]] std::uint16_t card_port() const { return m_port; }
  /// For programs that are to use this pcscd.
  static std::string socket_path();
  [[nodiscard]] std::string log() const;

 private:
  void configure(bool with_reader);

  TempDir m_folder{"pcscd"};
  std::uint16_t m_port = 0;
  std::optional<ChildProcess> m_process;
};

/// Names a staff card: its identity, and its holder's URN in the certificate.
struct StaffCardNames {
  std::array<std::uint8_t, 8> card_id = {0x42, 0x01, 0x06, 0, 0, 0, 0, 0x17};
  std::string holder = "urn:yizhan:staff:420106001001:017";
};
/// A new key and certificate, PIN 246810, three attempts.
[[nodiscard]] emulated::StaffCardData make_staff_card(StaffCardNames const& names = {});

}  // namespace yizhan::test

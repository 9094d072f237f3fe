#pragma once
/// Questions and jobs over an open port.
#include "peripherals/host/line.h"
#include "peripherals/ticket_printer/escpos.h"

namespace yizhan::ticket_printer {

/// Thread: the device's.
class EscPosLink {
 public:
  explicit EscPosLink(std::unique_ptr<host::Line> line) : m_line(std::move(line)) {}

  /// DLE EOT 1 … 4, answered within a second in all. Errors: printer_offline (silent, later), device_absent (later),
  /// device_cancelled.
  Result<device::PrinterStatus> status();

  /// What became of a job's bytes. `error` is set unless printed.
  enum class Outcome { printed, not_sent, unknown };
  struct Sent {
    Outcome outcome = Outcome::printed;
    std::optional<Error> error;
    std::optional<device::PrinterStatus> status;  // the last one that was answered
  };
  /// Status, bytes, status. Within 9 s.
  Sent print(device::PaperImage const& image);

 private:
  Result<std::uint8_t> real_time_answer(host::Deadline const& deadline);
  Result<void> wait_for_cut(host::Deadline const& deadline);
  Sent wait_until_printed(host::Deadline const& deadline);
  void note_in_order_answer();
  Result<void> drain();

  std::unique_ptr<host::Line> m_line;
  /// GS r sent and not answered. A job left unknown may still be printed, and answered for, after a refill: its answer
  /// must not be taken for the next job's.
  int m_unanswered = 0;
  bool m_late_answers = false;  // a status was given up; its answers may still come
  bool m_torn = false;          // the last job stopped within its data
};

}  // namespace yizhan::ticket_printer

#pragma once
/// Questions and jobs over an open line.
#include "peripherals/host/line.h"
#include "peripherals/ticket_printer/answers.h"
#include "peripherals/ticket_printer/escpos.h"

namespace yizhan::ticket_printer {

/// Outlives its lines: what a printer still owes, or was left within, it owes after a line is opened anew.
/// Thread: the device's.
class EscPosLink {
 public:
  /// `automatic`: ask the printer to tell changes by itself.
  explicit EscPosLink(bool automatic) : m_automatic(automatic) {}

  /// Errors: device_absent, device_cancelled. What the printer does not take at once is no error.
  Result<void> connect(std::unique_ptr<host::Line> line);
  void disconnect() { m_line.reset(); }
  [[nodiscard]] bool connected() const { return m_line != nullptr; }

  /// DLE EOT 1 … 4, answered within a second in all. Errors: printer_offline (silent, later), device_absent (later),
  /// device_cancelled.
  Result<device::PrinterStatus> status();
  /// Takes what has arrived. True: the printer told of a change since status() was asked last.
  Result<bool> changed();
  /// It has told a status by itself since connect().
  [[nodiscard]] bool tells_changes() const { return m_tells_changes; }

  /// What became of a job's bytes. `error` is set unless printed.
  enum class Outcome { printed, not_sent, unknown };
  struct Sent {
    Outcome outcome = Outcome::printed;
    std::optional<Error> error;
    std::optional<device::PrinterStatus> status;  // the last one that was answered
  };
  /// Status, bytes, status. Within 10 s.
  Sent print(device::PaperImage const& image);

 private:
  /// Where the printer's interpreter may be: at a command's beginning; perhaps within one (nobody knows what was before);
  /// within one, or with a ticket on the paper that was not cut off.
  enum class Left { between, perhaps_within, within };
  /// The accounts of one job. `asked`, `answered`: GS r. An answer too many, or a byte nobody asked for, is `noise`.
  struct Count {
    int owed_before = 0;
    int asked = 0;
    int answered = 0;
    int noise = 0;
    /// Answers until the job counts as printed. A few may be stray bytes, those the printer owed from before may come or
    /// not, and where noise was seen there may be more that looked like answers.
    [[nodiscard]] int needed() const { return 4 + owed_before + noise; }
    [[nodiscard]] int lacking() const { return needed() - answered; }
  };

  Result<void> take(host::Deadline const& deadline);
  void note(Answer const& answer);
  Result<void> drain();
  Result<device::PrinterStatus> status_for_sure();
  Result<std::uint8_t> real_time_answer(int n, host::Deadline const& deadline);
  [[nodiscard]] std::vector<std::uint8_t> job_bytes(device::PaperImage const& image) const;
  Sent send(std::span<std::uint8_t const> bytes, host::Deadline const& deadline);
  Result<void> send_piece(std::span<std::uint8_t const> bytes, host::Deadline const& deadline, std::size_t& written);
  Result<void> ask_in_order(int times, host::Deadline const& deadline);
  Result<void> wait_for_answer();
  Sent wait_until_printed(host::Deadline const& deadline);
  Sent stopped_taking(Error error);

  bool const m_automatic;
  std::unique_ptr<host::Line> m_line;
  AnswerStream m_stream;
  bool m_tells_changes = false;
  bool m_changed = false;
  bool m_held = false;                      // XOFF
  std::optional<std::uint8_t> m_real_time;  // the answer to the question under way
  bool m_real_time_asked = false;
  bool m_late_answers = false;  // a status was given up; its answers may still come
  /// GS r sent and not answered. A job left unknown may still be printed, and answered for, after a refill: its answer
  /// must not be taken for the next job's.
  int m_owed = 1;  // perhaps, by an earlier run
  Count m_count;
  Left m_left = Left::perhaps_within;
};

}  // namespace yizhan::ticket_printer

#pragma once
/// Thermal ticket printers.
#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <variant>
#include <vector>

#include "peripherals/api/device.h"
#include "shared/base/result.h"
#include "shared/base/uuid.h"

namespace yizhan::device {

/// One bit a dot, rows padded to bytes, most significant bit left, 1 = black. `width` in dots: 384 (58 mm paper) or
/// 576 (80 mm) at 203 dpi.
struct PaperImage {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> bits;
  [[nodiscard]] int row_bytes() const { return (width + 7) / 8; }
  bool operator==(PaperImage const&) const = default;
};

enum class Paper { ok, near_end, end };

struct PrinterStatus {
  bool online = false;
  bool cover_open = false;
  Paper paper = Paper::ok;
  bool cutter_error = false;
  bool unrecoverable_error = false;
  bool overheated = false;
  bool recoverable_error = false;     // ends when its cause does
  bool waiting = false;               // for somebody to press its button
  std::array<std::uint8_t, 4> raw{};  // answers to DLE EOT 1..4
};

/// What became of a job. `unknown`: bytes went out but the status after them did not come back good; never called
/// printed (promise 21).
struct PrintFinished {
  Uuid job;
  int paper_mm = 0;  // of the roll, feed to the cutter included; 0 with sheets
};
/// Codes: paper_end, cover_open, printer_offline, cutter_jam, printer_overheated, printer_error, printer_recoverable,
/// printer_waiting, device_absent and what else a port's opening fails with.
struct PrintFailed {
  Uuid job;
  Error error;
};
struct PrintUnknown {
  Uuid job;
  Error error;
  int paper_mm = 0;  // at most
};
/// After a fault, before a job and at any other time; `status` is missing where the printer was not heard.
struct PrinterHealth {
  Health health;
  std::optional<PrinterStatus> status;
};
using TicketPrinterEvent = std::variant<PrintFinished, PrintFailed, PrintUnknown, PrinterHealth>;

class TicketPrinter {
 public:
  using Listener = std::function<void(TicketPrinterEvent)>;
  virtual ~TicketPrinter() = default;

  /// Queues one ticket and returns at once; exactly one of PrintFinished, PrintFailed, PrintUnknown follows for
  /// `job`, within 10 s of its turn. Status is asked before (a bad one fails the job, nothing is sent) and after.
  /// Thread: any. State: any; while Absent it fails at once.
  virtual void print(Uuid job, PaperImage paper) = 0;
  virtual void check_health() = 0;
};

}  // namespace yizhan::device

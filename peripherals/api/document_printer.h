#pragma once
/// A4 printers on the network or behind a CUPS queue.
#include <functional>
#include <string>
#include <variant>
#include <vector>

#include "peripherals/api/ticket_printer.h"
#include "shared/base/secret.h"

namespace yizhan::device {

/// `title` is the job's name, seen on the printer's panel and in its log. REQUIRES: no personal data in `title`.
struct DocumentFile {
  SecretBytes pdf;
  std::string title;
};

/// As the printer tells: `reasons` are its printer-state-reasons (RFC 8011 §5.4.12), without "none".
struct DocumentPrinterStatus {
  bool accepting = false;
  bool stopped = false;
  std::vector<std::string> reasons;
};
struct DocumentPrinterHealth {
  Health health;
  std::optional<DocumentPrinterStatus> status;
};
/// PrintFinished: the printer called the job completed. PrintFailed: it did not and will not come out; some pages may
/// have. PrintUnknown: the printer has the document and was not heard of again.
/// Codes: device_absent, printer_unreachable, printer_stopped, job_held, tray_empty, printer_door_open, paper_jam,
/// toner_empty, printer_rejected, printer_denied, printer_certificate, job_cancelled (at its panel), print_timeout,
/// print_incomplete.
using DocumentPrinterEvent = std::variant<PrintFinished, PrintFailed, PrintUnknown, DocumentPrinterHealth>;

class DocumentPrinter {
 public:
  using Listener = std::function<void(DocumentPrinterEvent)>;
  virtual ~DocumentPrinter() = default;

  /// Queues one document and returns at once; exactly one of PrintFinished, PrintFailed, PrintUnknown follows for
  /// `job`. A job that fails is cancelled at the printer first: it must not come out later before somebody else.
  /// Thread: any. State: any; while Absent it fails at once.
  virtual void print(Uuid job, DocumentFile file) = 0;
  virtual void check_health() = 0;
};

}  // namespace yizhan::device

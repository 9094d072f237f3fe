#pragma once
/// One connection to a printer, by libcups: the only place that knows it. Inside peripherals/document_printer only.
#include <atomic>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "peripherals/api/document_printer.h"

namespace yizhan::document_printer {

/// Raised by any thread; libcups looks at it while it waits.
class CancelFlag {
 public:
  void raise() { std::atomic_ref(m_value).store(1); }
  [[nodiscard]] bool raised() { return std::atomic_ref(m_value).load() != 0; }
  [[nodiscard]] int* raw() { return &m_value; }

 private:
  int m_value = 0;
};

/// RFC 8011 §5.3.7, without what leads there.
enum class JobState { waiting, held, printing, stopped, cancelled, aborted, completed };

struct JobReport {
  JobState state = JobState::waiting;
  std::vector<std::string> reasons;  // job-state-reasons
  /// Which job this is, as the printer tells it. A printer that was off may give its number to another.
  std::string identity;
};

struct PrinterReport {
  device::DocumentPrinterStatus status;
  std::string model;
  bool takes_pdf = false;
  bool has_a4 = false;  // media-supported names it
};

/// Whether a reason that is only a warning counts: "media-empty-warning" may be the other tray, or may be not.
enum class Warnings { ignored, counted };
/// What keeps the printer from printing, if it is stopped, refuses jobs, or names a reason for it.
[[nodiscard]] std::optional<Error> fault_of(device::DocumentPrinterStatus const& status,
                                            Warnings warnings = Warnings::ignored);

/// Thread: the device's. Errors of all: printer_unreachable (no answer; the link is dead then), printer_rejected (the
/// printer's own words), printer_denied (it wants a password, or lets nobody print), device_cancelled.
class IppLink {
 public:
  struct Options {
    std::string uri;
    std::string user;
    std::string certificate;  // "sha256:…" of the one it must have; empty: any
    Duration reply{};
    std::shared_ptr<CancelFlag> cancelled;
  };
  /// Errors: device_absent (nobody listens), printer_rejected (no such address), printer_certificate (the detail has the
  /// printer's).
  static Result<IppLink> open(Options options);

  Result<PrinterReport> printer();
  /// A job without a document yet. Errors: also printer_busy (later).
  Result<int> create_job(std::string const& title, bool a4);
  Result<void> send_document(int job, std::span<std::byte const> pdf);
  /// Errors: also job_unknown.
  Result<JobReport> job(int job);
  Result<void> cancel(int job);
  /// Every job of this user that has not ended; returns how many there were.
  Result<int> cancel_all();

 private:
  struct Connection;
  struct Close {
    void operator()(Connection* connection) const;
  };
  explicit IppLink(std::unique_ptr<Connection, Close> connection) : m_connection(std::move(connection)) {}

  std::unique_ptr<Connection, Close> m_connection;
};

}  // namespace yizhan::document_printer

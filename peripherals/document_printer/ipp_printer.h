#pragma once
/// Driver of A4 printers by IPP (RFC 8011; PWG 5100.14, "IPP Everywhere"): a printer on the network, or a queue of CUPS.
///
/// States: Absent (nobody answers at the address) → Ready → Busy (a job) → Ready; any → Faulted (stopped, paper, door,
/// toner, offline). Absent and Faulted are looked at again every 250 ms … 1 s until cured; DocumentPrinterHealth comes at
/// each change and for each check_health().
///
/// A job counts as printed only when the printer calls it completed. Before a job the printer must be willing; while it
/// runs, both are asked every second. A job that is held, or blocked for longer than `patience` (`doubt`), is cancelled at
/// the printer and fails; one that takes longer than `limit` as well. What is not finished when the program dies is cancelled
/// at the printer by its next run, before it sends anything: that is what `user` must be this machine's own for.
#include <memory>
#include <string>

#include "peripherals/api/document_printer.h"

namespace yizhan::document_printer {

struct IppPrinterOptions {
  std::string name = "document_printer";
  std::string uri;  // ipp://…, ipps://…, or the name of a CUPS queue
  /// "sha256:…", the digest of the only certificate that is spoken to; empty: any. Printers make their own certificates, so
  /// there is nobody else to vouch for them.
  std::string certificate;
  std::string user = "yizhan";  // requesting-user-name
  Duration poll = std::chrono::seconds(1);
  Duration patience = std::chrono::seconds(8);  // with a printer that cannot go on
  Duration doubt = std::chrono::seconds(45);    // with one that only warns of such a thing
  Duration silence = std::chrono::seconds(15);  // of a printer that has the document
  Duration limit = std::chrono::minutes(3);     // from the turn of a job to its end
  Duration reply = std::chrono::seconds(5);     // to one request
};

/// `executor` is the device's own thread; it and `env` outlive the printer. The destructor ends a wait at once and no
/// event follows it; jobs without an event then are the caller's to call unknown. REQUIRES: not destroyed from its
/// listener.
[[nodiscard]] std::unique_ptr<device::DocumentPrinter> make_ipp_printer(Executor& executor, Env env,
                                                                        IppPrinterOptions options,
                                                                        device::DocumentPrinter::Listener listener);

}  // namespace yizhan::document_printer

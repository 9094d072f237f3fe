#pragma once
/// Driver of ESC/POS ticket printers, whatever carries the bytes: serial line, printer class node, TCP 9100.
///
/// States: Absent (port not there) → Ready (status good or paper near its end) → Busy (a job) → Ready; any → Faulted
/// (silent, cover, paper end, cutter, heat). Absent and Faulted are looked at again every 250 ms … 1 s until cured, and
/// as soon as something is plugged in; PrinterHealth comes at each change, when near end begins or ends, and for each
/// check_health(). Between jobs what the printer tells by itself (GS a) is heard within `listen`; it is asked every
/// `look`, or where it never told anything, every `look_unheard`.
///
/// A job counts as printed only when the printer answered four times, in its place after the cut (GS r 1), and its real-time
/// status (DLE EOT 1 … 4) was good after that. Bytes out without both: PrintUnknown, never PrintFinished.
#include <memory>
#include <string>

#include "peripherals/api/ticket_printer.h"
#include "peripherals/host/port.h"

namespace yizhan::ticket_printer {

struct EscPosPrinterOptions {
  std::string name = "ticket_printer";
  std::shared_ptr<host::Port> port;
  bool automatic_status = true;  // false for printers that do not know GS a and would print its bytes
  Duration listen = std::chrono::milliseconds(200);
  Duration look = std::chrono::seconds(10);
  Duration look_unheard = std::chrono::seconds(2);
};

/// `executor` is the device's own thread; it and `env` outlive the printer. The destructor ends a wait at once and no
/// event follows it; jobs without an event then are the caller's to call unknown. REQUIRES: not destroyed from its
/// listener.
[[nodiscard]] std::unique_ptr<device::TicketPrinter> make_escpos_printer(Executor& executor, Env env,
                                                                         EscPosPrinterOptions options,
                                                                         device::TicketPrinter::Listener listener);

/// Asks once on the calling thread, for command lines. Errors: those of the port, printer_offline
/// (silent).
Result<device::PrinterStatus> printer_status(host::Port& port);

}  // namespace yizhan::ticket_printer

#include "peripherals/ticket_printer/escpos_printer.h"

#include <atomic>
#include <optional>

#include "peripherals/host/outlet.h"
#include "peripherals/ticket_printer/escpos_link.h"

namespace yizhan::ticket_printer {

namespace {

using device::TicketPrinterEvent;

/// Lives as long as a task of it runs; everything but the atomic, the interrupt and the outlet belongs to the
/// device's thread.
class Core : public std::enable_shared_from_this<Core> {
 public:
  Core(Executor& executor, Env env, EscPosPrinterOptions options, device::TicketPrinter::Listener listener)
      : m_executor(executor),
        m_options(std::move(options)),
        m_outlet(std::move(listener)),
        m_record(env.wall, m_options.name, m_options.port->name()) {}

  void print(Uuid job, device::PaperImage paper) {
    m_executor.post([weak = weak_from_this(), job, paper = std::move(paper)] {
      if (auto const self = weak.lock()) self->print_now(job, paper);
    });
  }
  void check() {
    m_executor.post([weak = weak_from_this()] {
      if (auto const self = weak.lock()) self->look(/*always_tell=*/true);
    });
  }
  void shut() {
    m_shut = true;
    m_interrupt->raise();
    m_outlet.close();
  }

 private:
  void print_now(Uuid job, device::PaperImage const& paper) {
    if (m_shut) return;
    if (auto const opened = open(); !opened) {
      m_outlet.emit(device::PrintFailed{job, opened.error()});
      return note(opened.error(), std::nullopt, false);
    }
    auto sent = m_link->print(paper);
    if (m_shut) return;
    switch (sent.outcome) {
      case EscPosLink::Outcome::printed: m_outlet.emit(device::PrintFinished{job}); break;
      case EscPosLink::Outcome::not_sent: m_outlet.emit(device::PrintFailed{job, *sent.error}); break;
      case EscPosLink::Outcome::unknown: m_outlet.emit(device::PrintUnknown{job, *sent.error}); break;
    }
    note(std::move(sent.error), sent.status, false);
  }

  void look(bool always_tell) {
    if (m_shut) return;
    if (auto const opened = open(); !opened) return note(opened.error(), std::nullopt, always_tell);
    auto const status = m_link->status();
    if (m_shut) return;
    if (!status) return note(status.error(), std::nullopt, always_tell);
    note(fault_of(*status), *status, always_tell);
  }

  Result<void> open() {
    if (m_link) return {};
    auto opened = TRY(m_options.port->open(m_interrupt));
    m_record.found_at(opened.node, opened.identity);
    m_link.emplace(std::move(opened.line));
    return {};
  }

  /// Keeps the record, tells of changes, and looks again later while something is wrong.
  void note(std::optional<Error> fault, std::optional<device::PrinterStatus> status, bool always_tell) {
    bool const paper_changed = status && m_paper != status->paper;
    if (status) m_paper = status->paper;
    bool const changed = fault ? m_record.fail(*fault) : m_record.succeed();
    if (changed || paper_changed || always_tell) {
      m_outlet.emit(device::PrinterHealth{m_record.health(), status});
    }
    if (!fault) {
      m_back_off.reset();
      return;
    }
    if (fault->is("device_absent")) m_link.reset();
    m_executor.post_after(m_back_off.next(), [weak = weak_from_this(), id = ++m_newest_look] {
      auto const self = weak.lock();
      if (self && id == self->m_newest_look) self->look(/*always_tell=*/false);
    });
  }

  Executor& m_executor;
  EscPosPrinterOptions const m_options;
  std::shared_ptr<host::Interrupt> const m_interrupt = std::make_shared<host::Interrupt>();
  host::Outlet<TicketPrinterEvent> m_outlet;
  std::atomic<bool> m_shut = false;

  host::HealthRecord m_record;
  host::BackOff m_back_off;
  std::optional<EscPosLink> m_link;
  device::Paper m_paper = device::Paper::ok;
  std::uint64_t m_newest_look = 0;
};

class EscPosPrinter final : public device::TicketPrinter {
 public:
  explicit EscPosPrinter(std::shared_ptr<Core> core) : m_core(std::move(core)) {}
  ~EscPosPrinter() override { m_core->shut(); }
  void print(Uuid job, device::PaperImage paper) override { m_core->print(job, std::move(paper)); }
  void check_health() override { m_core->check(); }

 private:
  std::shared_ptr<Core> const m_core;
};

}  // namespace

std::unique_ptr<device::TicketPrinter> make_escpos_printer(Executor& executor, Env env, EscPosPrinterOptions options,
                                                           device::TicketPrinter::Listener listener) {
  return std::make_unique<EscPosPrinter>(
      std::make_shared<Core>(executor, env, std::move(options), std::move(listener)));
}

Result<device::PrinterStatus> printer_status(host::Port& port) {
  auto opened = TRY(port.open(std::make_shared<host::Interrupt>()));
  EscPosLink link(std::move(opened.line));
  return link.status();
}

}  // namespace yizhan::ticket_printer

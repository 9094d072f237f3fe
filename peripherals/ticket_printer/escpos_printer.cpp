#include "peripherals/ticket_printer/escpos_printer.h"

#include <atomic>
#include <optional>

#include "peripherals/host/arrival_hook.h"
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
        m_steady(env.steady),
        m_options(std::move(options)),
        m_outlet(std::move(listener)),
        m_record(env.wall, m_options.name, m_options.port->name()),
        m_link(m_options.automatic_status) {}

  void begin() {
    post_look(/*always_tell=*/false);
    m_arrival.attach(m_options.port, [this] { post_look(/*always_tell=*/false); });
  }
  void print(Uuid job, device::PaperImage paper) {
    m_executor.post([weak = weak_from_this(), job, paper = std::move(paper)] {
      if (auto const self = weak.lock()) self->print_now(job, paper);
    });
  }
  void check() { post_look(/*always_tell=*/true); }
  void shut() {
    m_arrival.detach();
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
    auto sent = m_link.print(paper);
    if (m_shut) return;
    switch (sent.outcome) {
      case EscPosLink::Outcome::printed: m_outlet.emit(device::PrintFinished{job, paper_mm(paper)}); break;
      case EscPosLink::Outcome::not_sent: m_outlet.emit(device::PrintFailed{job, *sent.error}); break;
      case EscPosLink::Outcome::unknown: m_outlet.emit(device::PrintUnknown{job, *sent.error, paper_mm(paper)}); break;
    }
    note(std::move(sent.error), sent.status, false);
  }

  void post_look(bool always_tell) {
    m_executor.post([weak = weak_from_this(), always_tell] {
      if (auto const self = weak.lock()) self->look(always_tell);
    });
  }

  void look(bool always_tell) {
    if (m_shut) return;
    if (auto const opened = open(); !opened) return note(opened.error(), std::nullopt, always_tell);
    auto const status = m_link.status();
    if (m_shut) return;
    if (!status) return note(status.error(), std::nullopt, always_tell);
    note(fault_of(*status), *status, always_tell);
  }

  /// Between jobs, with nothing wrong.
  void listen() {
    if (m_shut) return;
    auto const changed = m_link.changed();
    if (m_shut) return;
    if (!changed) return note(changed.error(), std::nullopt, false);
    auto const wait = m_link.tells_changes() ? m_options.look : m_options.look_unheard;
    if (*changed || m_steady.now() - m_asked >= wait) return look(/*always_tell=*/false);
    later(m_options.listen, &Core::listen);
  }

  Result<void> open() {
    if (m_link.connected()) return {};
    auto opened = TRY(m_options.port->open(m_interrupt));
    m_record.found_at(opened.node, opened.identity);
    return m_link.connect(std::move(opened.line));
  }

  /// Keeps the record, tells of changes, and goes on listening, or looking while something is wrong.
  void note(std::optional<Error> fault, std::optional<device::PrinterStatus> status, bool always_tell) {
    m_asked = m_steady.now();
    bool const paper_changed = status && m_paper != status->paper;
    if (status) m_paper = status->paper;
    bool const changed = fault ? m_record.fail(*fault) : m_record.succeed();
    if (changed || paper_changed || always_tell) {
      m_outlet.emit(device::PrinterHealth{m_record.health(), status});
    }
    if (!fault) {
      m_back_off.reset();
      m_silent_looks = 0;
      return later(m_options.listen, &Core::listen);
    }
    m_silent_looks = status ? 0 : m_silent_looks + 1;
    // A connection through the network may be dead without a word.
    if (fault->is("device_absent") || m_silent_looks >= k_silent_looks) {
      m_link.disconnect();
      m_silent_looks = 0;
    }
    later(m_back_off.next(), &Core::look_again);
  }
  void look_again() { look(/*always_tell=*/false); }

  /// One thing comes later: the newest.
  void later(Duration in, void (Core::*work)()) {
    m_executor.post_after(in, [weak = weak_from_this(), id = ++m_newest, work] {
      auto const self = weak.lock();
      if (self && id == self->m_newest) (self.get()->*work)();
    });
  }

  static constexpr int k_silent_looks = 2;

  Executor& m_executor;
  SteadyClock& m_steady;
  EscPosPrinterOptions const m_options;
  std::shared_ptr<host::Interrupt> const m_interrupt = std::make_shared<host::Interrupt>();
  host::Outlet<TicketPrinterEvent> m_outlet;
  std::atomic<bool> m_shut = false;

  host::HealthRecord m_record;
  host::BackOff m_back_off;
  EscPosLink m_link;
  device::Paper m_paper = device::Paper::ok;
  SteadyTime m_asked{};
  int m_silent_looks = 0;
  std::uint64_t m_newest = 0;
  host::ArrivalHook m_arrival;
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
  auto const core = std::make_shared<Core>(executor, env, std::move(options), std::move(listener));
  core->begin();
  return std::make_unique<EscPosPrinter>(core);
}

Result<device::PrinterStatus> printer_status(host::Port& port) {
  auto opened = TRY(port.open(std::make_shared<host::Interrupt>()));
  EscPosLink link(/*automatic=*/false);
  TRY(link.connect(std::move(opened.line)));
  return link.status();
}

}  // namespace yizhan::ticket_printer

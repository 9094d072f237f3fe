#include "peripherals/document_printer/ipp_printer.h"

#include <deque>
#include <optional>

#include "peripherals/document_printer/ipp_link.h"
#include "peripherals/host/outlet.h"
#include "peripherals/host/wait.h"

namespace yizhan::document_printer {

namespace {

using device::DocumentPrinterEvent;

struct Job {
  Uuid id;
  device::DocumentFile file;
  SteadyTime deadline{};              // of its end, or of its cancelling
  int number = 0;                     // the printer's; 0: it has none yet
  std::optional<Error> ending;        // it was cancelled at the printer because of this
  std::optional<SteadyTime> blocked;  // the printer cannot go on since
  std::optional<SteadyTime> lost;     // the printer was not heard since
  std::string identity;               // as the printer told it first
};

/// Lives as long as a task of it runs; everything but the atomics and the outlet belongs to the device's thread.
class Core : public std::enable_shared_from_this<Core> {
 public:
  Core(Executor& executor, Env env, IppPrinterOptions options, device::DocumentPrinter::Listener listener)
      : m_executor(executor),
        m_steady(env.steady),
        m_options(std::move(options)),
        m_outlet(std::move(listener)),
        m_record(env.wall, m_options.name, m_options.uri) {}

  void print(Uuid id, device::DocumentFile file) {
    // std::function copies; the document must not be.
    auto const shared = std::make_shared<device::DocumentFile>(std::move(file));
    m_executor.post([weak = weak_from_this(), id, shared] {
      auto const self = weak.lock();
      if (!self) return;
      self->m_jobs.push_back({id, std::move(*shared), {}, 0, {}, {}, {}, {}});
      if (self->m_jobs.size() == 1) self->begin();
    });
  }
  void check() {
    m_executor.post([weak = weak_from_this()] {
      if (auto const self = weak.lock()) self->look(/*always_tell=*/true);
    });
  }
  void shut() {
    m_shut->raise();
    m_outlet.close();
  }

 private:
  // --- jobs -----------------------------------------------------------------------------------------------------------
  void begin() {
    m_jobs.front().deadline = m_steady.now() + m_options.limit;
    turn();
  }

  void turn() {
    if (m_shut->raised() || m_jobs.empty()) return;
    auto& job = m_jobs.front();
    auto ended = job.number == 0 ? start(job) : follow(job);
    if (m_shut->raised()) return;
    if (ended) {
      m_jobs.pop_front();
      m_outlet.emit(std::move(*ended));
      m_executor.post([weak = weak_from_this()] { with(weak, &Core::go_on); });
      return;
    }
    m_executor.post_after(m_options.poll, [weak = weak_from_this()] { with(weak, &Core::turn); });
  }
  void go_on() {
    if (m_jobs.empty()) return look(/*always_tell=*/false);
    if (m_jobs.front().deadline == SteadyTime{}) begin();
  }
  static void with(std::weak_ptr<Core> const& weak, void (Core::*work)()) {
    if (auto const self = weak.lock()) (self.get()->*work)();
  }

  /// Gives the printer the document. Nothing is there to come out unless this got as far as sending it.
  std::optional<DocumentPrinterEvent> start(Job& job) {
    auto const report = ask_printer(false);
    if (!report) return device::PrintFailed{job.id, report.error()};
    // A reason alone does not stop a printer: another tray may be full.
    if (report->status.stopped || !report->status.accepting) {
      return device::PrintFailed{job.id, *fault_of(report->status)};
    }
    if (!report->takes_pdf) {
      return device::PrintFailed{job.id, Error::make("printer_rejected", Retry::no, "takes no PDF; use a CUPS queue")};
    }
    auto const number = m_link->create_job(job.file.title, report->has_a4);
    if (!number && number.error().is("printer_busy")) {
      if (m_steady.now() < job.deadline) return std::nullopt;
      return device::PrintFailed{job.id, Error::make("print_timeout", Retry::later, "busy")};
    }
    if (!number) {
      // It may have the job all the same, as yet without a document.
      m_swept = false;
      m_link.reset();
      return device::PrintFailed{job.id, number.error()};
    }
    job.number = *number;
    auto const sent = m_link->send_document(job.number, job.file.pdf.view());
    job.file.pdf.wipe();
    if (sent) return std::nullopt;
    if (sent.error().is("printer_unreachable")) return lost(job, sent.error());
    cancel(job, sent.error());
    return std::nullopt;
  }

  std::optional<DocumentPrinterEvent> follow(Job& job) {
    auto const now = m_steady.now();
    auto const report = ask_printer(false);
    if (!report) return lost(job, report.error());
    auto const seen = m_link->job(job.number);
    if (!seen && seen.error().is("job_unknown")) {
      return device::PrintUnknown{job.id, Error::make("printer_unreachable", Retry::later, "it forgot the job")};
    }
    if (!seen) return lost(job, seen.error());
    job.lost.reset();
    if (job.identity.empty()) job.identity = seen->identity;
    if (job.identity != seen->identity) {
      return device::PrintUnknown{
          job.id, Error::make("printer_unreachable", Retry::later, "it gave the job's number to another")};
    }
    switch (seen->state) {
      case JobState::completed: return completed(job, *seen);
      case JobState::cancelled:
      case JobState::aborted: return device::PrintFailed{job.id, job.ending ? *job.ending : gave_up(*seen)};
      case JobState::held:
        if (!still_arriving(*seen)) cancel(job, Error::make("job_held", Retry::no, joined(seen->reasons)));
        break;
      case JobState::waiting:
      case JobState::printing:
      case JobState::stopped: watch(job, report->status, *seen, now); break;
    }
    if (job.ending) static_cast<void>(m_link->cancel(job.number));  // in case the first word got lost
    if (now < job.deadline) return std::nullopt;
    if (job.ending) {
      m_swept = false;
      return device::PrintUnknown{job.id, *job.ending};  // it does not even end
    }
    cancel(job, Error::make("print_timeout", Retry::later));
    return std::nullopt;
  }

  /// Cancels a job whose printer has not been able to go on for too long.
  void watch(Job& job, device::DocumentPrinterStatus const& status, JobReport const& seen, SteadyTime now) {
    auto fault = fault_of(status);
    if (!fault && seen.state == JobState::stopped) {
      fault = Error::make("printer_stopped", Retry::later, joined(seen.reasons));
    }
    auto const patience = fault ? m_options.patience : m_options.doubt;
    if (!fault) fault = fault_of(status, Warnings::counted);
    if (!fault) {
      job.blocked.reset();
      return;
    }
    if (!job.blocked) job.blocked = now;
    if (now - *job.blocked >= patience) cancel(job, std::move(*fault));
  }

  /// The end of the job is still the printer's to tell: it may have been faster.
  void cancel(Job& job, Error why) {
    if (job.ending) return;
    job.ending = std::move(why);
    job.deadline = m_steady.now() + m_options.silence;
    if (m_link) static_cast<void>(m_link->cancel(job.number));
  }

  /// A printer that has the job does not answer: nobody knows.
  std::optional<DocumentPrinterEvent> lost(Job& job, Error error) {
    m_link.reset();
    note(error, std::nullopt, false);
    auto const now = m_steady.now();
    if (!job.lost) job.lost = now;
    if (now - *job.lost < m_options.silence) return std::nullopt;
    m_swept = false;  // whatever it was that kept it from answering
    return device::PrintUnknown{job.id, Error::make("printer_unreachable", Retry::later).caused_by(std::move(error))};
  }

  static DocumentPrinterEvent completed(Job const& job, JobReport const& seen) {
    for (auto const& reason : seen.reasons) {
      if (reason == "job-completed-with-errors") {
        return device::PrintUnknown{job.id, Error::make("print_incomplete", Retry::no, reason)};
      }
    }
    return device::PrintFinished{job.id};
  }
  static bool still_arriving(JobReport const& seen) {
    for (auto const& reason : seen.reasons) {
      if (reason == "job-incoming" || reason == "job-data-insufficient") return true;
    }
    return false;
  }
  static Error gave_up(JobReport const& seen) {
    auto const* const code = seen.state == JobState::cancelled ? "job_cancelled" : "printer_rejected";
    return Error::make(code, Retry::no, joined(seen.reasons));
  }
  static std::string joined(std::vector<std::string> const& reasons) {
    std::string all;
    for (auto const& reason : reasons) all += (all.empty() ? "" : ",") + reason;
    return all;
  }

  // --- the printer ------------------------------------------------------------------------------------------------------
  Result<PrinterReport> ask_printer(bool always_tell) {
    auto report = ask();
    if (m_shut->raised()) return report;
    if (!report) {
      m_link.reset();
      note(report.error(), std::nullopt, always_tell);
    } else {
      m_record.set_identity(report->model);
      note(fault_of(report->status), report->status, always_tell);
    }
    return report;
  }

  Result<PrinterReport> ask() {
    // A connection that lay idle may have been closed by the printer, which says nothing about it.
    bool const used = m_link.has_value();
    TRY(open());
    auto first = m_link->printer();
    if (!first && used && first.error().is("printer_unreachable")) {
      m_link.reset();
      TRY(open());
      first = m_link->printer();
    }
    auto report = TRY(std::move(first));
    if (!m_swept && (m_jobs.empty() || m_jobs.front().number == 0)) {
      // What an earlier run of this program left must not come out before whoever stands here now.
      TRY(m_link->cancel_all());
      m_swept = true;
    }
    return report;
  }

  Result<void> open() {
    if (!m_link)
      m_link.emplace(
          TRY(IppLink::open({m_options.uri, m_options.user, m_options.certificate, m_options.reply, m_shut})));
    return {};
  }

  void look(bool always_tell) {
    if (m_shut->raised()) return;
    auto const report = ask_printer(always_tell);
    static_cast<void>(report);
  }

  /// Keeps the record, tells of changes, and looks again later while something is wrong and no job does.
  void note(std::optional<Error> fault, std::optional<device::DocumentPrinterStatus> status, bool always_tell) {
    bool const changed = fault ? m_record.fail(*fault) : m_record.succeed();
    if (changed || always_tell) m_outlet.emit(device::DocumentPrinterHealth{m_record.health(), std::move(status)});
    if (!fault) {
      m_back_off.reset();
      return;
    }
    if (fault->is("device_absent") || fault->is("printer_unreachable")) m_swept = false;
    m_executor.post_after(m_back_off.next(), [weak = weak_from_this(), id = ++m_newest_look] {
      auto const self = weak.lock();
      if (self && id == self->m_newest_look && self->m_jobs.empty()) self->look(/*always_tell=*/false);
    });
  }

  Executor& m_executor;
  SteadyClock& m_steady;
  IppPrinterOptions const m_options;
  host::Outlet<DocumentPrinterEvent> m_outlet;
  std::shared_ptr<CancelFlag> const m_shut = std::make_shared<CancelFlag>();

  host::HealthRecord m_record;
  host::BackOff m_back_off;
  std::optional<IppLink> m_link;
  std::deque<Job> m_jobs;  // the first one is at the printer, or about to
  bool m_swept = false;
  std::uint64_t m_newest_look = 0;
};

class IppPrinter final : public device::DocumentPrinter {
 public:
  explicit IppPrinter(std::shared_ptr<Core> core) : m_core(std::move(core)) {}
  ~IppPrinter() override { m_core->shut(); }
  void print(Uuid job, device::DocumentFile file) override { m_core->print(job, std::move(file)); }
  void check_health() override { m_core->check(); }

 private:
  std::shared_ptr<Core> const m_core;
};

}  // namespace

std::unique_ptr<device::DocumentPrinter> make_ipp_printer(Executor& executor, Env env, IppPrinterOptions options,
                                                          device::DocumentPrinter::Listener listener) {
  return std::make_unique<IppPrinter>(std::make_shared<Core>(executor, env, std::move(options), std::move(listener)));
}

}  // namespace yizhan::document_printer

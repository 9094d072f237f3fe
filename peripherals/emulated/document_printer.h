#pragma once
/// An A4 printer on the network, from its own end: IPP over HTTP on 127.0.0.1. In this process and not CUPS's
/// ippeveprinter, because that one needs a message bus, cannot be stopped, held or silent, and is no part of what a
/// kiosk is installed with; the contract suite runs the driver against both.
///
/// Time here is what a driver asks: a job prints from one question after its state to the next.
#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "peripherals/emulated/http_server.h"
#include "peripherals/emulated/ipp_message.h"
#include "shared/base/result.h"

namespace yizhan::emulated {

/// silent: takes requests and never answers. held: jobs wait for somebody at its panel. denied: wants a password. cancelled,
/// aborted: the end of the job under way, at its panel or by itself; nothing stays.
enum class DocumentPrinterFault {
  none,
  paper_end,
  cover,
  jam,
  toner,
  stopped,
  offline,
  held,
  closed,
  silent,
  denied,
  cancelled,
  aborted
};
[[nodiscard]] std::optional<DocumentPrinterFault> parse_document_printer_fault(std::string_view name);

class EmulatedDocumentPrinter {
 public:
  /// `folder`: where document-1.pdf … go. Errors: port_failed.
  static Result<std::unique_ptr<EmulatedDocumentPrinter>> create(std::filesystem::path folder);

  /// ipp://127.0.0.1:PORT/ipp/print; the same as long as it lives.
  [[nodiscard]] std::string uri() const;

  // Thread: any, for all.
  /// Stays until `none`; jobs that wait for it go on then.
  void set_fault(DocumentPrinterFault fault);
  /// The fault comes when the next job has begun to print and so many of its pages are out.
  void fault_while_printing(DocumentPrinterFault fault, int pages = 0);
  /// Of jobs that are printed from now on. A page takes as long as from one question after the job to the next.
  void set_pages(int pages);
  void unplug() { m_server->unplug(); }
  Result<void> plug() { return m_server->plug(); }
  /// Its jobs are forgotten, its numbers begin anew.
  void lose_memory();

  /// Whole documents.
  [[nodiscard]] int printed() const;
  /// Pages of all jobs, also of those that came to nothing.
  [[nodiscard]] int pages_out() const;
  /// Jobs that have not ended.
  [[nodiscard]] int waiting() const;
  /// What no correct driver sends.
  [[nodiscard]] int bad_requests() const;
  /// A job of somebody else, or of an earlier life of the driver, that waits forever, or is complete. Returns its number.
  int leave_job(std::string user, bool complete = false);
  [[nodiscard]] std::vector<std::string> job_names() const;

 private:
  struct Job {
    std::uint32_t state;
    std::string name;
    std::string user;
    std::string pdf;
    std::string reason;  // of its end
    bool begun = false;
    int pages = 0;  // out
  };
  explicit EmulatedDocumentPrinter(std::filesystem::path folder) : m_folder(std::move(folder)) {}
  std::optional<std::string> answer(std::string_view body);
  IppMessage carry_out(IppMessage const& request, std::string_view document);
  void describe(IppMessage& response) const;
  void create_job(IppMessage const& request, IppMessage& response);
  void send_document(Job& job, std::string_view document, IppMessage& response);
  void list_jobs(IppMessage const& request, IppMessage& response) const;
  void tell(std::size_t number, IppMessage& response) const;
  void work(Job& job);
  void enter_coming_fault(Job& job);
  void end(Job& job, std::uint32_t state, char const* reason);
  [[nodiscard]] bool stopped() const;

  std::filesystem::path const m_folder;
  mutable std::mutex m_mutex;
  DocumentPrinterFault m_fault = DocumentPrinterFault::none;
  DocumentPrinterFault m_coming_fault = DocumentPrinterFault::none;
  int m_pages_to_fault = 0;
  int m_pages = 1;
  std::vector<Job> m_jobs;  // job-id is the place, from 1
  int m_life = 1;           // how often it was without memory
  int m_printed = 0;
  int m_pages_out = 0;
  int m_bad_requests = 0;
  std::unique_ptr<HttpServer> m_server;  // last: its thread uses the rest
};

}  // namespace yizhan::emulated

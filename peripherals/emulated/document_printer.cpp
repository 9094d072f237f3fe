#include "peripherals/emulated/document_printer.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <utility>

namespace yizhan::emulated {

namespace {

// RFC 8011: operations, status codes, job-state, printer-state.
constexpr std::uint16_t k_create_job = 0x0005, k_send_document = 0x0006, k_cancel_job = 0x0008, k_get_job = 0x0009,
                        k_get_jobs = 0x000A, k_get_printer = 0x000B;
constexpr std::uint16_t k_bad_request = 0x0400, k_not_possible = 0x0404, k_not_found = 0x0406,
                        k_format_not_supported = 0x040A, k_operation_not_supported = 0x0501, k_not_accepting = 0x0506;
constexpr std::uint32_t k_pending = 3, k_held = 4, k_processing = 5, k_processing_stopped = 6, k_cancelled = 7,
                        k_aborted = 8, k_completed = 9;
constexpr std::uint32_t k_idle = 3, k_printer_processing = 4, k_printer_stopped = 5;

constexpr char const* k_pdf = "application/pdf";

void add(IppGroup& group, std::uint8_t tag, std::string name, std::vector<std::string> values) {
  group.attributes.push_back({tag, std::move(name), std::move(values)});
}

std::string reason_of(DocumentPrinterFault fault) {
  switch (fault) {
    case DocumentPrinterFault::paper_end: return "media-empty-error";
    case DocumentPrinterFault::cover: return "cover-open-error";
    case DocumentPrinterFault::jam: return "media-jam-error";
    case DocumentPrinterFault::toner: return "toner-empty-error";
    case DocumentPrinterFault::stopped: return "paused";
    case DocumentPrinterFault::offline: return "offline-report";
    case DocumentPrinterFault::none:
    case DocumentPrinterFault::held:
    case DocumentPrinterFault::closed:
    case DocumentPrinterFault::silent:
    case DocumentPrinterFault::denied:
    case DocumentPrinterFault::cancelled:
    case DocumentPrinterFault::aborted: break;
  }
  return "none";
}

/// What every request must begin with (RFC 8011 §4.1.4).
bool well_formed(IppMessage const& request) {
  return (request.major == 1 || request.major == 2) && !request.groups.empty() &&
         request.groups.front().tag == ipp_tag::operation && request.groups.front().attributes.size() >= 3 &&
         request.groups.front().attributes[0].name == "attributes-charset" &&
         request.groups.front().attributes[1].name == "attributes-natural-language" &&
         request.operation_value("printer-uri").starts_with("ipp://");
}

}  // namespace

std::optional<DocumentPrinterFault> parse_document_printer_fault(std::string_view name) {
  constexpr std::array<std::pair<std::string_view, DocumentPrinterFault>, 11> k_names{
      {{"none", DocumentPrinterFault::none},
       {"paper_end", DocumentPrinterFault::paper_end},
       {"cover", DocumentPrinterFault::cover},
       {"jam", DocumentPrinterFault::jam},
       {"toner", DocumentPrinterFault::toner},
       {"stopped", DocumentPrinterFault::stopped},
       {"offline", DocumentPrinterFault::offline},
       {"held", DocumentPrinterFault::held},
       {"closed", DocumentPrinterFault::closed},
       {"silent", DocumentPrinterFault::silent},
       {"denied", DocumentPrinterFault::denied}}};
  for (auto const& [word, fault] : k_names) {
    if (word == name) return fault;
  }
  return std::nullopt;
}

Result<std::unique_ptr<EmulatedDocumentPrinter>> EmulatedDocumentPrinter::create(std::filesystem::path folder) {
  std::unique_ptr<EmulatedDocumentPrinter> printer(new EmulatedDocumentPrinter(std::move(folder)));
  std::error_code ignored;
  std::filesystem::create_directories(printer->m_folder, ignored);
  printer->m_server = TRY(HttpServer::create(
      "application/ipp", [raw = printer.get()](std::string_view body) { return raw->answer(body); }));
  return printer;
}

std::string EmulatedDocumentPrinter::uri() const {
  return "ipp://127.0.0.1:" + std::to_string(m_server->port()) + "/ipp/print";
}

void EmulatedDocumentPrinter::set_fault(DocumentPrinterFault fault) {
  std::lock_guard const lock(m_mutex);
  m_fault = fault;
  m_coming_fault = DocumentPrinterFault::none;
  m_server->demand_password(fault == DocumentPrinterFault::denied);
  if (fault != DocumentPrinterFault::none) return;
  for (auto& job : m_jobs) {
    if (job.state == k_held && !job.pdf.empty()) job.state = k_pending;
  }
}

void EmulatedDocumentPrinter::fault_while_printing(DocumentPrinterFault fault, int pages) {
  std::lock_guard const lock(m_mutex);
  m_coming_fault = fault;
  m_pages_to_fault = pages;
}

void EmulatedDocumentPrinter::set_pages(int pages) {
  std::lock_guard const lock(m_mutex);
  m_pages = pages;
}

void EmulatedDocumentPrinter::lose_memory() {
  std::lock_guard const lock(m_mutex);
  m_jobs.clear();
  ++m_life;
}

int EmulatedDocumentPrinter::pages_out() const {
  std::lock_guard const lock(m_mutex);
  return m_pages_out;
}

int EmulatedDocumentPrinter::printed() const {
  std::lock_guard const lock(m_mutex);
  return m_printed;
}

int EmulatedDocumentPrinter::waiting() const {
  std::lock_guard const lock(m_mutex);
  return static_cast<int>(
      std::count_if(m_jobs.begin(), m_jobs.end(), [](Job const& job) { return job.state < k_cancelled; }));
}

int EmulatedDocumentPrinter::bad_requests() const {
  std::lock_guard const lock(m_mutex);
  return m_bad_requests;
}

int EmulatedDocumentPrinter::leave_job(std::string user, bool complete) {
  std::lock_guard const lock(m_mutex);
  m_jobs.push_back({complete ? k_completed : k_held, "left", std::move(user), "%PDF-", "", false, 0});
  return static_cast<int>(m_jobs.size());
}

std::vector<std::string> EmulatedDocumentPrinter::job_names() const {
  std::lock_guard const lock(m_mutex);
  std::vector<std::string> names;
  for (auto const& job : m_jobs) names.push_back(job.name);
  return names;
}

bool EmulatedDocumentPrinter::stopped() const { return reason_of(m_fault) != "none"; }

std::optional<std::string> EmulatedDocumentPrinter::answer(std::string_view body) {
  std::lock_guard const lock(m_mutex);
  if (m_fault == DocumentPrinterFault::silent) return std::nullopt;
  auto const request = parse_ipp(body);
  IppMessage response;
  if (!request || !well_formed(*request)) {
    response.code = k_bad_request;
  } else {
    response = carry_out(*request, body.substr(request->size));
    response.request = request->request;
    if (m_fault == DocumentPrinterFault::silent) return std::nullopt;  // it came just now
  }
  if (response.code == k_bad_request) ++m_bad_requests;
  IppGroup head{ipp_tag::operation, {}};
  add(head, ipp_tag::charset, "attributes-charset", {"utf-8"});
  add(head, ipp_tag::language, "attributes-natural-language", {"en"});
  response.groups.insert(response.groups.begin(), std::move(head));
  return to_bytes(response);
}

IppMessage EmulatedDocumentPrinter::carry_out(IppMessage const& request, std::string_view document) {
  IppMessage response;
  switch (request.code) {
    case k_get_printer: describe(response); return response;
    case k_create_job: create_job(request, response); return response;
    case k_get_jobs: list_jobs(request, response); return response;
    case k_send_document:
    case k_cancel_job:
    case k_get_job: break;
    default: response.code = k_operation_not_supported; return response;
  }
  auto const number = ipp_number(request.operation_value("job-id"));
  if (number < 1 || number > m_jobs.size()) {
    response.code = k_not_found;
    return response;
  }
  auto& job = m_jobs[number - 1];
  if (request.code == k_send_document) {
    bool const pdf = request.operation_value("document-format") == k_pdf;
    pdf ? send_document(job, document, response) : static_cast<void>(response.code = k_format_not_supported);
  } else if (request.code == k_cancel_job) {
    job.state < k_cancelled ? end(job, k_cancelled, "job-canceled-by-user") : void(response.code = k_not_possible);
  } else {
    work(job);
    tell(number, response);
  }
  return response;
}

void EmulatedDocumentPrinter::describe(IppMessage& response) const {
  auto& group = response.groups.emplace_back(IppGroup{ipp_tag::printer, {}});
  bool const busy = std::any_of(m_jobs.begin(), m_jobs.end(), [](Job const& job) { return job.state == k_processing; });
  auto const state = stopped() ? k_printer_stopped : busy ? k_printer_processing : k_idle;
  add(group, ipp_tag::enumeration, "printer-state", {ipp_integer(state)});
  add(group, ipp_tag::keyword, "printer-state-reasons", {reason_of(m_fault)});
  bool const open = m_fault != DocumentPrinterFault::closed;
  add(group, ipp_tag::boolean, "printer-is-accepting-jobs", {std::string(1, open ? '\1' : '\0')});
  add(group, ipp_tag::mime, "document-format-supported", {"application/octet-stream", k_pdf});
  add(group, ipp_tag::keyword, "media-supported", {"iso_a4_210x297mm"});
  add(group, ipp_tag::text, "printer-make-and-model", {"Emulated A4"});
}

void EmulatedDocumentPrinter::create_job(IppMessage const& request, IppMessage& response) {
  if (m_fault == DocumentPrinterFault::closed) {
    response.code = k_not_accepting;
    return;
  }
  m_jobs.push_back({k_held, std::string(request.operation_value("job-name")),
                    std::string(request.operation_value("requesting-user-name")), "", "", false, 0});
  tell(m_jobs.size(), response);
}

void EmulatedDocumentPrinter::send_document(Job& job, std::string_view document, IppMessage& response) {
  if (job.state != k_held || !document.starts_with("%PDF-")) {
    response.code = k_bad_request;
    return;
  }
  job.pdf = document;
  if (m_fault != DocumentPrinterFault::held) job.state = k_pending;
}

void EmulatedDocumentPrinter::end(Job& job, std::uint32_t state, char const* reason) {
  job.state = state;
  job.reason = reason;
  job.pdf.clear();
}

void EmulatedDocumentPrinter::enter_coming_fault(Job& job) {
  auto const fault = std::exchange(m_coming_fault, DocumentPrinterFault::none);
  if (fault == DocumentPrinterFault::cancelled) return end(job, k_cancelled, "job-canceled-at-device");
  if (fault == DocumentPrinterFault::aborted) return end(job, k_aborted, "aborted-by-system");
  m_fault = fault;
  m_server->demand_password(fault == DocumentPrinterFault::denied);
}

/// One step further, unless something keeps the printer from it.
void EmulatedDocumentPrinter::work(Job& job) {
  if (job.state == k_held || job.state >= k_cancelled) return;
  bool const comes = m_coming_fault != DocumentPrinterFault::none;
  if (job.begun && comes && job.pages >= std::min(m_pages_to_fault, m_pages - 1)) enter_coming_fault(job);
  if (job.state >= k_cancelled || m_fault == DocumentPrinterFault::silent) return;
  if (stopped()) {
    if (job.begun) job.state = k_processing_stopped;
    return;
  }
  job.state = k_processing;
  if (!std::exchange(job.begun, true)) return;
  ++m_pages_out;
  if (++job.pages < m_pages) return;
  ++m_printed;
  std::ofstream(m_folder / ("document-" + std::to_string(m_printed) + ".pdf"), std::ios::binary) << job.pdf;
  end(job, k_completed, "job-completed-successfully");
}

void EmulatedDocumentPrinter::tell(std::size_t number, IppMessage& response) const {
  auto const& job = m_jobs[number - 1];
  auto& group = response.groups.emplace_back(IppGroup{ipp_tag::job, {}});
  add(group, ipp_tag::integer, "job-id", {ipp_integer(static_cast<std::uint32_t>(number))});
  add(group, ipp_tag::enumeration, "job-state", {ipp_integer(job.state)});
  add(group, ipp_tag::keyword, "job-state-reasons",
      {job.state == k_held        ? job.pdf.empty() ? "job-data-insufficient" : "job-hold-until-specified"
       : job.state >= k_cancelled ? job.reason
                                  : "none"});
  add(group, ipp_tag::name, "job-name", {job.name});
  add(group, ipp_tag::uri, "job-uuid",
      {"urn:uuid:00000000-0000-4000-8000-" +
       std::to_string(100'000'000'000 + 1'000'000L * m_life + static_cast<long>(number))});
  add(group, ipp_tag::name, "job-originating-user-name", {job.user});
}

void EmulatedDocumentPrinter::list_jobs(IppMessage const& request, IppMessage& response) const {
  bool const mine = request.operation_value("my-jobs") == "\1";
  auto const user = request.operation_value("requesting-user-name");
  for (std::size_t i = 0; i < m_jobs.size(); ++i) {
    if (m_jobs[i].state < k_cancelled && (!mine || m_jobs[i].user == user)) tell(i + 1, response);
  }
}

}  // namespace yizhan::emulated

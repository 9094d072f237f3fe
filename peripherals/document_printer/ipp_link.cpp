#include "peripherals/document_printer/ipp_link.h"

#include <cups/cups.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

namespace yizhan::document_printer {

namespace {

struct FreeIpp {
  void operator()(ipp_t* message) const { ippDelete(message); }
};
using Message = std::unique_ptr<ipp_t, FreeIpp>;

constexpr char const* k_pdf = "application/pdf";
constexpr char const* k_a4 = "iso_a4_210x297mm";
constexpr double k_slice = 0.25;  // s; how often a wait looks whether it is still wanted

std::vector<std::string> texts(ipp_t* message, char const* name) {
  std::vector<std::string> all;
  auto* const attribute = ippFindAttribute(message, name, IPP_TAG_ZERO);
  for (int i = 0; i < ippGetCount(attribute); ++i) {
    auto const* const text = ippGetString(attribute, i, nullptr);
    if (text != nullptr && std::string_view(text) != "none") all.emplace_back(text);
  }
  return all;
}

int number(ipp_t* message, char const* name, ipp_tag_t tag) {
  auto* const attribute = ippFindAttribute(message, name, tag);
  return attribute == nullptr ? 0 : ippGetInteger(attribute, 0);
}

JobState state_of(int state) {
  switch (state) {
    case IPP_JSTATE_HELD: return JobState::held;
    case IPP_JSTATE_PROCESSING: return JobState::printing;
    case IPP_JSTATE_STOPPED: return JobState::stopped;
    case IPP_JSTATE_CANCELED: return JobState::cancelled;
    case IPP_JSTATE_ABORTED: return JobState::aborted;
    case IPP_JSTATE_COMPLETED: return JobState::completed;
    default: return JobState::waiting;
  }
}

/// The library's words for what went wrong last; it does not always have any.
std::string last_words() {
  auto const* const words = cupsLastErrorString();
  return words == nullptr ? std::string() : std::string(words);
}

/// "sha256:" and the hex digest of the certificate the other end showed; empty where it showed none.
std::string certificate_of(http_t* http) {
  cups_array_t* shown = nullptr;
  if (httpCopyCredentials(http, &shown) != 0) return {};
  std::string text;
  std::array<unsigned char, 32> digest{};
  auto const* const own = static_cast<http_credential_t const*>(cupsArrayFirst(shown));
  if (own != nullptr && cupsHashData("sha2-256", own->data, own->datalen, digest.data(), digest.size()) == 32) {
    text = fmt::format("sha256:{:02x}", fmt::join(digest, ""));
  }
  httpFreeCredentials(shown);
  return text;
}

}  // namespace

struct IppLink::Connection {
  Options options;
  std::string uri;
  std::string resource;
  http_t* http = nullptr;
  double waited = 0;  // s without a byte

  static int still_wanted(http_t*, void* self) {
    auto* const connection = static_cast<Connection*>(self);
    connection->waited += k_slice;
    auto const limit = std::chrono::duration<double>(connection->options.reply).count();
    return !connection->options.cancelled->raised() && connection->waited < limit ? 1 : 0;
  }

  [[nodiscard]] Message request(ipp_op_t operation, int job = 0) const {
    Message message(ippNewRequest(operation));
    ippAddString(message.get(), IPP_TAG_OPERATION, IPP_TAG_URI, "printer-uri", nullptr, uri.c_str());
    if (job > 0) ippAddInteger(message.get(), IPP_TAG_OPERATION, IPP_TAG_INTEGER, "job-id", job);
    ippAddString(message.get(), IPP_TAG_OPERATION, IPP_TAG_NAME, "requesting-user-name", nullptr, options.user.c_str());
    return message;
  }

  /// The answer, or what the printer or the way to it has against the question.
  Result<Message> judge(ipp_t* raw) {
    Message answer(raw);
    if (options.cancelled->raised()) return Error::make("device_cancelled");
    auto const status = cupsLastError();
    std::string words = std::string(ippErrorString(status)) + " " + last_words();
    if (!answer) {
      bool const denied = status == IPP_STATUS_ERROR_FORBIDDEN || status == IPP_STATUS_ERROR_NOT_AUTHORIZED ||
                          status == IPP_STATUS_ERROR_NOT_AUTHENTICATED ||
                          status == IPP_STATUS_ERROR_CUPS_AUTHENTICATION_CANCELED;
      if (denied) return Error::make("printer_denied", Retry::later, std::move(words));
      return status == IPP_STATUS_ERROR_NOT_FOUND ? Error::make("printer_rejected", Retry::no, std::move(words))
                                                  : Error::make("printer_unreachable", Retry::later, std::move(words));
    }
    switch (ippGetStatusCode(answer.get())) {
      case IPP_STATUS_ERROR_FORBIDDEN:
      case IPP_STATUS_ERROR_NOT_AUTHORIZED:
      case IPP_STATUS_ERROR_NOT_AUTHENTICATED: return Error::make("printer_denied", Retry::later, std::move(words));
      case IPP_STATUS_ERROR_BUSY: return Error::make("printer_busy", Retry::later);
      case IPP_STATUS_ERROR_NOT_ACCEPTING_JOBS: return Error::make("printer_stopped", Retry::later, std::move(words));
      case IPP_STATUS_ERROR_SERVICE_UNAVAILABLE:
        return Error::make("printer_unreachable", Retry::later, std::move(words));
      default: break;
    }
    if (ippGetStatusCode(answer.get()) >= IPP_STATUS_ERROR_BAD_REQUEST) {
      return Error::make("printer_rejected", Retry::no, std::move(words));
    }
    return answer;
  }

  Result<Message> ask(Message message) {
    waited = 0;
    return judge(cupsDoRequest(http, message.release(), resource.c_str()));
  }
};

void IppLink::Close::operator()(Connection* connection) const {
  httpClose(connection->http);
  delete connection;
}

Result<IppLink> IppLink::open(Options options) {
  // Nobody is there to type a password.
  cupsSetPasswordCB2([](char const*, http_t*, char const*, char const*, void*) -> char const* { return nullptr; },
                     nullptr);
  std::unique_ptr<Connection, Close> connection(new Connection);
  std::array<char, 32> scheme{};
  std::array<char, 256> user{};
  std::array<char, 256> host{};
  std::array<char, 1024> resource{};
  int port = 0;
  if (options.uri.find("://") == std::string::npos) {
    connection->resource = "/printers/" + options.uri;
    connection->uri = "ipp://localhost" + connection->resource;
    std::copy_n(cupsServer(), std::min(std::string_view(cupsServer()).size(), host.size() - 1), host.begin());
    port = ippPort();
  } else {
    auto const parsed =
        httpSeparateURI(HTTP_URI_CODING_ALL, options.uri.c_str(), scheme.data(), scheme.size(), user.data(),
                        user.size(), host.data(), host.size(), &port, resource.data(), resource.size());
    if (parsed < HTTP_URI_STATUS_OK) return Error::make("printer_rejected", Retry::no, options.uri);
    connection->uri = options.uri;
    connection->resource = resource.data();
  }
  connection->options = std::move(options);
  bool const encrypted = std::string_view(scheme.data()) == "ipps";
  auto const wait = std::chrono::duration_cast<std::chrono::milliseconds>(connection->options.reply);
  connection->http = httpConnect2(host.data(), port, nullptr, AF_UNSPEC,
                                  encrypted ? HTTP_ENCRYPTION_ALWAYS : HTTP_ENCRYPTION_IF_REQUESTED, 1,
                                  static_cast<int>(wait.count()), connection->options.cancelled->raw());
  if (connection->http == nullptr) {
    return Error::make("device_absent", Retry::later, connection->uri + ": " + last_words());
  }
  if (auto const& wanted = connection->options.certificate; !wanted.empty()) {
    auto const shown = certificate_of(connection->http);
    if (shown != wanted) return Error::make("printer_certificate", Retry::later, "it has " + shown);
  }
  httpSetTimeout(connection->http, k_slice, &Connection::still_wanted, connection.get());
  return IppLink(std::move(connection));
}

Result<PrinterReport> IppLink::printer() {
  constexpr std::array<char const*, 6> k_wanted{
      "printer-state",   "printer-state-reasons", "printer-is-accepting-jobs", "document-format-supported",
      "media-supported", "printer-make-and-model"};
  auto question = m_connection->request(IPP_OP_GET_PRINTER_ATTRIBUTES);
  ippAddStrings(question.get(), IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes",
                static_cast<int>(k_wanted.size()), nullptr, k_wanted.data());
  auto const answer = TRY(m_connection->ask(std::move(question)));
  PrinterReport report;
  report.status.stopped = number(answer.get(), "printer-state", IPP_TAG_ENUM) == IPP_PSTATE_STOPPED;
  report.status.reasons = texts(answer.get(), "printer-state-reasons");
  auto* const accepting = ippFindAttribute(answer.get(), "printer-is-accepting-jobs", IPP_TAG_BOOLEAN);
  report.status.accepting = accepting == nullptr || ippGetBoolean(accepting, 0) != 0;
  auto const models = texts(answer.get(), "printer-make-and-model");
  if (!models.empty()) report.model = models.front();
  auto const has = [&](char const* name, char const* value) {
    auto const all = texts(answer.get(), name);
    return std::find(all.begin(), all.end(), value) != all.end();
  };
  report.takes_pdf = has("document-format-supported", k_pdf);
  report.has_a4 = has("media-supported", k_a4);
  return report;
}

Result<int> IppLink::create_job(std::string const& title, bool a4) {
  auto question = m_connection->request(IPP_OP_CREATE_JOB);
  ippAddString(question.get(), IPP_TAG_OPERATION, IPP_TAG_NAME, "job-name", nullptr, title.c_str());
  if (a4) ippAddString(question.get(), IPP_TAG_JOB, IPP_TAG_KEYWORD, "media", nullptr, k_a4);
  auto const answer = TRY(m_connection->ask(std::move(question)));
  auto const job = number(answer.get(), "job-id", IPP_TAG_INTEGER);
  if (job <= 0) return Error::make("printer_rejected", Retry::no, "no job-id");
  return job;
}

Result<void> IppLink::send_document(int job, std::span<std::byte const> pdf) {
  auto question = m_connection->request(IPP_OP_SEND_DOCUMENT, job);
  ippAddString(question.get(), IPP_TAG_OPERATION, IPP_TAG_MIMETYPE, "document-format", nullptr, k_pdf);
  ippAddBoolean(question.get(), IPP_TAG_OPERATION, "last-document", 1);
  auto& connection = *m_connection;
  connection.waited = 0;
  auto const length = ippLength(question.get()) + pdf.size();
  if (cupsSendRequest(connection.http, question.get(), connection.resource.c_str(), length) == HTTP_STATUS_CONTINUE) {
    constexpr std::size_t k_piece = 16'384;
    for (std::size_t at = 0; at < pdf.size(); at += k_piece) {
      auto const piece = pdf.subspan(at, std::min(k_piece, pdf.size() - at));
      connection.waited = 0;
      auto const written =
          cupsWriteRequestData(connection.http, reinterpret_cast<char const*>(piece.data()), piece.size());
      if (written != HTTP_STATUS_CONTINUE) break;  // it answered already, or is gone
    }
  }
  connection.waited = 0;
  TRY(connection.judge(cupsGetResponse(connection.http, connection.resource.c_str())));
  return {};
}

Result<JobReport> IppLink::job(int job) {
  constexpr std::array<char const*, 5> k_wanted{"job-state", "job-state-reasons", "job-uuid",
                                                "job-originating-user-name", "job-name"};
  auto question = m_connection->request(IPP_OP_GET_JOB_ATTRIBUTES, job);
  ippAddStrings(question.get(), IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes",
                static_cast<int>(k_wanted.size()), nullptr, k_wanted.data());
  auto answer = m_connection->ask(std::move(question));
  if (!answer) {
    bool const gone = cupsLastError() == IPP_STATUS_ERROR_NOT_FOUND;
    return gone ? Error::make("job_unknown") : std::move(answer).error();
  }
  JobReport report{
      state_of(number(answer->get(), "job-state", IPP_TAG_ENUM)), texts(answer->get(), "job-state-reasons"), {}};
  for (auto const* name : {"job-uuid", "job-originating-user-name", "job-name"}) {
    for (auto const& text : texts(answer->get(), name)) report.identity += text + "\n";
  }
  return report;
}

Result<void> IppLink::cancel(int job) {
  TRY(m_connection->ask(m_connection->request(IPP_OP_CANCEL_JOB, job)));
  return {};
}

Result<int> IppLink::cancel_all() {
  auto question = m_connection->request(IPP_OP_GET_JOBS);
  ippAddBoolean(question.get(), IPP_TAG_OPERATION, "my-jobs", 1);
  ippAddString(question.get(), IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "which-jobs", nullptr, "not-completed");
  constexpr std::array<char const*, 2> k_wanted{"job-id", "job-originating-user-name"};
  ippAddStrings(question.get(), IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes",
                static_cast<int>(k_wanted.size()), nullptr, k_wanted.data());
  auto const answer = TRY(m_connection->ask(std::move(question)));
  std::vector<int> jobs;
  int job = 0;
  // Groups of one job each; some printers do not know "my-jobs" and send those of others too.
  for (auto* at = ippFirstAttribute(answer.get()); at != nullptr; at = ippNextAttribute(answer.get())) {
    std::string_view const name = ippGetName(at) == nullptr ? "" : ippGetName(at);
    if (name.empty()) job = 0;
    if (name == "job-id") job = ippGetInteger(at, 0);
    if (name == "job-originating-user-name" && job > 0 && ippGetString(at, 0, nullptr) == m_connection->options.user) {
      jobs.push_back(job);
    }
  }
  for (auto const one : jobs) TRY(cancel(one));
  return static_cast<int>(jobs.size());
}

std::optional<Error> fault_of(device::DocumentPrinterStatus const& status, Warnings warnings) {
  struct Reason {
    std::string_view word;
    std::string_view code;
  };
  // RFC 8011 §5.4.12 and PWG 5100.9; CUPS reports a printer that does not answer as "offline-report".
  constexpr std::array<Reason, 14> k_reasons{{{"media-empty", "tray_empty"},
                                              {"media-needed", "tray_empty"},
                                              {"media-jam", "paper_jam"},
                                              {"cover-open", "printer_door_open"},
                                              {"door-open", "printer_door_open"},
                                              {"interlock-open", "printer_door_open"},
                                              {"toner-empty", "toner_empty"},
                                              {"marker-supply-empty", "toner_empty"},
                                              {"offline", "printer_unreachable"},
                                              {"timed-out", "printer_unreachable"},
                                              {"shutdown", "printer_unreachable"},
                                              {"paused", "printer_stopped"},
                                              {"stopping", "printer_stopped"},
                                              {"stopped-partly", "printer_stopped"}}};
  for (auto const& known : k_reasons) {
    for (std::string_view const reason : status.reasons) {
      if (!reason.starts_with(known.word)) continue;
      auto const severity = reason.substr(known.word.size());
      bool const warned = warnings == Warnings::counted && severity == "-warning";
      bool const serious = warned || severity.empty() || severity == "-error" || known.code == "printer_unreachable";
      if (serious || status.stopped) return Error::make(known.code, Retry::later, std::string(reason));
    }
  }
  std::string all;
  for (auto const& reason : status.reasons) all += (all.empty() ? "" : ",") + reason;
  if (status.stopped) return Error::make("printer_stopped", Retry::later, all);
  if (!status.accepting) return Error::make("printer_stopped", Retry::later, "accepts no jobs");
  return std::nullopt;
}

}  // namespace yizhan::document_printer

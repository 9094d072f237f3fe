#include "kiosk/app/mode.h"

#include "shared/base/log.h"
#include "shared/domain/identity/id_number.h"

namespace yizhan::app {

namespace {

/// Local hours and minutes of `time`; zeros for a zone that is not known (refused at the start already).
std::pair<int, int> local_minutes(Services const& services, WallTime time) {
  auto const minute = calendar::local_minute_of_day(time, services.machine.config().hall.timezone);
  auto const count = minute ? static_cast<int>(minute->count()) : 0;
  return {count / 60, count % 60};
}

std::string local_day(Services const& services, WallTime time) {
  auto const day = calendar::local_day(time, services.machine.config().hall.timezone);
  return day ? day->to_string() : std::string();
}

}  // namespace

device::Language speech_language(ui::Language language) {
  return language == ui::Language::zh_CN ? device::Language::zh_CN : device::Language::en;
}

std::string local_clock(Services const& services, WallTime time) {
  auto const [hours, minutes] = local_minutes(services, time);
  return fmt::format("{:02}:{:02}", hours, minutes);
}

std::string local_date_time(Services const& services, WallTime time) {
  auto const day = local_day(services, time);
  return (day.size() > 5 ? day.substr(5) : day) + " " + local_clock(services, time);
}

void update_chrome(Services const& services, ui::Ui& ui) {
  auto const& hall = services.machine.config().hall;
  bool const chinese = ui.language() == ui::Language::zh_CN;
  ui::Chrome chrome;
  chrome.hall_name = chinese ? hall.name_zh : hall.name_en;
  chrome.clock = local_clock(services, services.machine.clock().now());
  if (auto const sync = services.machine.sync_state(); sync && sync->last_error) {
    chrome.notice = ui.tr("notice.offline");
    chrome.notice_tone = ui::Tone::warning;
  }
  ui.set_chrome(chrome);
}

paper::TicketPaper paper_of(Services const& services, catalog::Catalog const& catalog,
                            office::IssuedTicket const& issued) {
  auto const& config = services.machine.config();
  paper::TicketPaper ticket;
  ticket.hall_zh = config.hall.name_zh;
  ticket.hall_en = config.hall.name_en;
  ticket.number = issued.ticket.number;
  if (auto const matter = catalog.matter(issued.ticket.service)) {
    ticket.service_zh = matter.name().zh;
    ticket.service_en = matter.name().en;
  } else {
    ticket.service_en = issued.ticket.service;
  }
  if (issued.ticket.state == queue::TicketState::waiting) ticket.wait = issued.wait;
  ticket.priority = issued.ticket.priority == queue::PriorityClass::priority;
  ticket.ageing = std::chrono::minutes(config.queue.ageing_minutes);
  ticket.issued_at =
      local_day(services, issued.ticket.issued_at) + " " + local_clock(services, issued.ticket.issued_at);
  ticket.qr = issued.qr;
  return ticket;
}

void PrintDesk::print(office::IssuedTicket const& issued) {
  auto const job = issued.print_job;
  m_jobs[job] = true;
  m_services.machine.ask(
      m_alive.token(),
      [job](office::Premises& premises) { return premises.office().mark_print(job, office::PrintState::sent); },
      [this, job, ticket = paper_of(m_services, *m_services.machine.documents().catalog, issued)](Result<void> marked) {
        if (!marked) log::warning("print job not marked: {}", marked.error().to_line());
        m_services.devices.print(job, ticket);
      });
}

bool PrintDesk::heed(device::TicketPrinterEvent const& event) {
  Uuid job;
  office::PrintState state = office::PrintState::printed;
  if (auto const* done = std::get_if<device::PrintFinished>(&event)) {
    job = done->job;
  } else if (auto const* failed = std::get_if<device::PrintFailed>(&event)) {
    job = failed->job;
    state = office::PrintState::failed;
    log::warning("ticket not printed: {}", failed->error.to_line());
  } else if (auto const* unknown = std::get_if<device::PrintUnknown>(&event)) {
    job = unknown->job;
    state = office::PrintState::unknown;
    log::warning("ticket perhaps not printed: {}", unknown->error.to_line());
  }
  if (m_jobs.erase(job) == 0) return false;
  m_services.machine.tell(
      "mark_print", [job, state](office::Premises& premises) { return premises.office().mark_print(job, state); });
  return true;
}

}  // namespace yizhan::app

#include "kiosk/app/matter_desk.h"
#include "kiosk/app/mode.h"
#include "kiosk/app/shown.h"
#include "kiosk/app/spoken_guide.h"
#include "kiosk/flows/resident_flow.h"
#include "kiosk/resident/resident_screens.h"
#include "kiosk/ui/navigator.h"
#include "shared/base/log.h"

namespace yizhan::app {

namespace {

using namespace flows::resident;

/// What the welcome screen shows, asked for in one go.
struct Picture {
  std::vector<QueueLength> lengths;
  std::vector<Unprinted> unprinted;
};

Result<Picture> take_picture(office::Premises& premises, queue::Policy const& policy) {
  Picture picture;
  auto const day = TRY(premises.office().today());
  for (auto const& queue : premises.catalog()->queues) {
    auto const inputs = TRY(premises.hall().wait_inputs(day, queue.letter));
    picture.lengths.push_back({queue.letter, inputs.ahead, queue::estimate_wait(inputs, policy)});
  }
  for (auto const& ticket : TRY(premises.office().unprinted())) {
    picture.unprinted.push_back({ticket.ticket.id, ticket.ticket.number});
  }
  return picture;
}

queue::PriorityClass class_of(PriorityReason reason) {
  return reason == PriorityReason::none ? queue::PriorityClass::normal : queue::PriorityClass::priority;
}

TicketView view_of(office::IssuedTicket const& issued) {
  return {issued.ticket, issued.wait, issued.existing, issued.print_job};
}

std::vector<ui::Point> found_code_of(device::ScannerPreview const& preview) {
  std::vector<ui::Point> corners;
  if (preview.found_corners.size() != 4) return corners;
  for (auto const& [x, y] : preview.found_corners) {
    corners.push_back({static_cast<float>(x) / static_cast<float>(preview.width),
                       static_cast<float>(y) / static_cast<float>(preview.height)});
  }
  return corners;
}

resident::Surroundings::Light light_of(device::Light light) {
  switch (light) {
    case device::Light::good: return resident::Surroundings::Light::good;
    case device::Light::dark: return resident::Surroundings::Light::dark;
    case device::Light::bright: return resident::Surroundings::Light::bright;
  }
  return resident::Surroundings::Light::good;
}

class ResidentMode final : public Mode {
 public:
  ResidentMode(Services const& services, ui::Window& window)
      : m_services(services),
        m_window(window),
        m_flow(services.machine.documents().catalog, {services.machine.config().queue.elder_age},
               [env = services.env] { return Uuid::v7(env); }),
        m_idle(services.env.steady, idle_settings(), [this] { idle_ended(); }),
        m_guide(services, window),
        m_print_desk(services),
        m_matters(services, m_flow, [this](Event event) { emit(std::move(event)); }) {
    services.devices.start_reading(m_pace);
    m_around.document_page = [this](std::size_t page) { return m_matters.papers().page(page); };
    m_around.local_time = [this](WallTime time) { return moment(time); };
    m_around.code = [](std::string const& text) { return code_modules(text); };
    documents_changed();
    health_changed();
  }

  [[nodiscard]] bool between_visits() const override { return !m_flow.in_session(); }
  void documents_changed() override {
    auto const& documents = m_services.machine.documents();
    m_flow.use_catalog(documents.catalog);
    m_flow.holidays = documents.holidays;
    m_flow.applications_possible = documents.applications;
    m_flow.divisions = documents.divisions;
    update_day();
    m_window.request_frames(1);
  }

  void draw(ui::Ui& ui) override {
    update_chrome(m_services, ui);
    m_around.papers = ui.tr("resident.home.papers.text");
    m_around.camera = m_services.devices.has_camera() && !m_camera_away;
    m_around.ageing_minutes = m_services.machine.config().queue.ageing_minutes;
    m_around.show_on_hold = m_services.machine.config().privacy.show_on_hold;
    m_around.document_preview = m_matters.pictures().preview();
    m_around.document_picture = m_matters.pictures().picture();
    m_screens.draw(ui, m_flow, m_around, [this](Event event) { emit(std::move(event)); });
    m_guide.heed_keys(ui);
    if (m_idle.phase() == ui::IdleNavigator::Phase::warning &&
        ui::idle_warning(ui, "resident.idle", m_idle.seconds_left(), m_idle.warning_seconds())) {
      m_idle.input();
      ui.request_frames(2);
    }
  }

  bool process() override {
    if (m_events.empty()) return false;
    // Effects may queue further events; those take their turn in the next round.
    update_day();
    for (auto& event : std::exchange(m_events, {})) {
      for (auto& effect : m_flow.step(std::move(event))) {
        std::visit([this](auto& what) { run(what); }, effect);
      }
    }
    watch_cameras();
    if (m_flow.in_session() && m_idle.phase() == ui::IdleNavigator::Phase::off) m_idle.begin_session();
    m_idle.hold(m_flow.busy());
    // Between visits a card may lie there a moment longer before it is looked at.
    auto const pace = m_flow.in_session() ? device::Pace::expecting : device::Pace::idle;
    if (std::exchange(m_pace, pace) != pace) m_services.devices.start_reading(pace);
    m_window.request_frames(2);
    return true;
  }

  std::optional<SteadyTime> tick() override {
    m_idle.set_elder(m_window.ui().elder());
    if (m_idle.tick()) {
      m_window.request_frames(1);
      auto const left = m_idle.seconds_left();
      if (left == m_idle.warning_seconds() || left == 10 || left == 5) {
        m_guide.count_down(left);
      }
    }
    return m_idle.next_due();
  }

  /// Who walks away leaves a screen that others can read: the countdown begins at once.
  void presence(bool present) override {
    if (present)
      m_idle.input();
    else
      m_idle.left();
    m_window.request_frames(2);
  }
  void hall_changed() override { refresh(); }
  [[nodiscard]] std::string state() const override { return m_flow.name(); }
  void input() override { m_idle.input(); }

  void reader(device::IdReaderEvent& event) override {
    if (std::holds_alternative<device::CardFound>(event)) {
      m_idle.input();
      emit(CardSeen{});
    } else if (auto* read = std::get_if<device::CardRead>(&event)) {
      emit(identify(read->reading));
    } else if (auto const* failed = std::get_if<device::CardFailed>(&event)) {
      log::info("card: {}", failed->error.to_line());
      emit(CardRefused{std::string(failed->error.code())});
    }
  }

  void scanner(device::CodeScannerEvent& event) override {
    if (auto* code = std::get_if<device::CodeScanned>(&event)) {
      m_idle.input();
      emit(CodeSeen{std::move(code->text)});
    } else if (auto const* unusable = std::get_if<device::CodeUnusable>(&event)) {
      emit(CodeRefused{std::string(unusable->error.code())});
    } else if (auto* preview = std::get_if<device::ScannerPreview>(&event)) {
      m_preview = std::move(preview->grey);
      m_around.preview = {preview->width, preview->height, ui::ImageView::Format::grey8, m_preview,
                          m_around.preview.revision + 1};
      m_around.found_code = found_code_of(*preview);
      m_around.light = light_of(preview->light);
      if (std::holds_alternative<PresentCode>(m_flow.state())) m_window.request_frames(1);
    }
  }

  void document_printer(device::DocumentPrinterEvent const& event) override { (void)m_matters.heed(event); }
  void document_camera(device::DocumentCameraEvent& event) override {
    if (m_matters.heed(event)) m_window.request_frames(1);
  }

  void printer(device::TicketPrinterEvent const& event) override {
    if (m_matters.heed(event) || !m_print_desk.heed(event)) return;
    if (auto const* done = std::get_if<device::PrintFinished>(&event)) emit(PrintDone{done->job});
    if (auto const* failed = std::get_if<device::PrintFailed>(&event)) {
      emit(PrintRefused{failed->job, std::string(failed->error.code()), false});
    }
    if (auto const* unknown = std::get_if<device::PrintUnknown>(&event)) {
      emit(PrintRefused{unknown->job, std::string(unknown->error.code()), true});
    }
    refresh();
  }

  void health_changed() override {
    auto const usable = [health = m_services.devices.health()](char const* name) {
      auto const found = health.find(name);
      return found == health.end() || found->second.state == device::State::ready ||
             found->second.state == device::State::busy;
    };
    auto const& devices = m_services.devices;
    m_camera_away = devices.has_camera() && !usable("camera");
    m_document_camera_away = devices.has_document_camera() && !usable("document_camera");
    m_flow.reader_usable = devices.has_reader() && usable("id_reader");
    m_flow.scanner_usable = devices.has_camera() ? !m_camera_away : devices.has_scanner() && usable("code_scanner");
    m_flow.ticket_printer_usable = devices.has_printer() && usable("ticket_printer");
    m_flow.document_camera_usable = devices.has_document_camera() && !m_document_camera_away;
    m_flow.document_printer_usable = devices.has_document_printer() && usable("document_printer");
    for (auto& effect : m_flow.devices_changed()) {
      std::visit([this](auto& what) { run(what); }, effect);
    }
    watch_cameras();
    // Paper is back: what could not be printed is offered again.
    bool const printer = usable("ticket_printer");
    if (printer && !m_printer_usable) {
      m_services.machine.tell("printer_refilled", [](office::Premises& premises) -> Result<void> {
        premises.office().printer_refilled();
        return {};
      });
    }
    m_printer_usable = printer;
    refresh();
    m_window.request_frames(1);
  }

 private:
  /// Cameras are open only while a page needs them; one that has gone is looked for until it is back.
  void watch_cameras() {
    auto& devices = m_services.devices;
    if (m_camera_away) {
      devices.start_scanning();
    } else if (!std::holds_alternative<PresentCode>(m_flow.state())) {
      devices.stop_scanning();
    }
    auto const* matter = m_flow.matter();
    if (m_document_camera_away) {
      devices.open_document_camera();
    } else if (matter == nullptr || !std::holds_alternative<flows::matter::Capture>(matter->state())) {
      devices.close_document_camera();
    }
  }
  /// Whoever comes tomorrow is judged by tomorrow's day; a visit keeps the day it began on.
  void update_day() {
    if (m_flow.in_session()) return;
    auto const day = calendar::local_day(m_services.machine.clock().now(), m_services.machine.config().hall.timezone);
    if (day) m_flow.today = *day;
  }
  std::optional<resident::Moment> moment(WallTime time) const {
    auto const& zone = m_services.machine.config().hall.timezone;
    auto const day = calendar::local_day(time, zone);
    auto const minute = calendar::local_minute_of_day(time, zone);
    if (!day || !minute) return std::nullopt;
    return resident::Moment{*day, static_cast<int>(minute->count())};
  }
  ui::IdleSettings idle_settings() const {
    auto const& session = m_services.machine.config().session;
    return {std::chrono::seconds(session.idle_seconds), std::chrono::seconds(session.warning_seconds),
            static_cast<float>(session.elder_idle_seconds) / static_cast<float>(session.idle_seconds)};
  }

  /// The idle navigator wiped: by its countdown, or because the flow has ended the session already.
  void idle_ended() {
    if (!m_wiping) emit(Leave{});
  }

  void emit(Event event) { m_events.push_back(std::move(event)); }

  Event identify(device::CardReading const& reading) {
    auto const day = calendar::local_day(m_services.machine.clock().now(), m_services.machine.config().hall.timezone);
    if (!day) return CardRefused{std::string(day.error().code())};
    return read_card(reading, day->date);
  }

  /// Queue lengths and unprinted tickets. At most one question at a time; a change meanwhile asks once more.
  void refresh() {
    m_refresh_again = m_refreshing;
    if (m_refreshing) return;
    m_refreshing = true;
    auto const& config = m_services.machine.config().queue;
    queue::Policy policy;
    policy.default_service_time = std::chrono::minutes(config.default_service_minutes);
    m_services.machine.ask(
        m_alive.token(), [policy](office::Premises& premises) { return take_picture(premises, policy); },
        [this](Result<Picture> picture) {
          m_refreshing = false;
          if (picture) {
            m_flow.queue_lengths = std::move(picture->lengths);
            m_flow.unprinted = std::move(picture->unprinted);
            if (std::holds_alternative<Welcome>(m_flow.state())) m_window.request_frames(1);
          }
          if (m_refresh_again) refresh();
        });
  }

  // --- effects ------------------------------------------------------------------------------------------------------

  void answer_ticket(Result<office::IssuedTicket> issued) {
    if (!issued) {
      log::warning("ticket: {}", issued.error().to_line());
      emit(TicketRefused{std::string(issued.error().code())});
      return;
    }
    emit(TicketReady{view_of(*issued)});
    m_issued = std::move(*issued);
  }

  void run(StartScanner const&) { m_services.devices.start_scanning(); }
  void run(StopScanner const&) {
    m_services.devices.stop_scanning();
    m_preview.clear();
    m_around.preview = {};
    m_around.found_code.clear();
  }
  void run(TakeTicket& effect) {
    auto request = std::make_shared<office::TakeTicket>();
    request->service = effect.service;
    request->person = std::move(effect.person);
    request->priority = class_of(effect.priority);
    request->credential = m_credential;
    m_services.machine.ask(
        m_session.token(), [request](office::Premises& premises) { return premises.office().take_ticket(*request); },
        [this](Result<office::IssuedTicket> issued) { answer_ticket(std::move(issued)); });
  }
  void run(FindTickets& effect) {
    struct Found {
      std::vector<office::IssuedTicket> tickets;
      std::optional<office::Ratable> ratable;
    };
    auto person = std::make_shared<identity::Person>(std::move(effect.person));
    auto const work = [person, number = effect.ticket_number](office::Premises& premises) -> Result<Found> {
      Found found;
      if (number.empty()) {
        found.tickets = TRY(premises.office().look_up(*person));
        return found;
      }
      auto one = premises.office().look_up_number(number);
      if (!one && !one.error().is("ticket_not_found")) return std::move(one).error();
      if (one) found.tickets.push_back(std::move(*one));
      if (auto ratable = premises.matters().ratable_ticket(number)) found.ratable = std::move(*ratable);
      return found;
    };
    m_services.machine.ask(m_session.token(), work, [this](Result<Found> found) {
      if (!found) return emit(TicketRefused{std::string(found.error().code())});
      TicketsFound event;
      for (auto const& ticket : found->tickets) event.tickets.push_back(view_of(ticket));
      if (found->ratable) event.ratable = shown(std::move(*found->ratable));
      emit(std::move(event));
    });
  }
  void run(CancelTicket const& effect) {
    m_services.machine.ask(
        m_session.token(), [id = effect.ticket](office::Premises& premises) { return premises.office().cancel(id); },
        [this, id = effect.ticket](Result<void> done) {
          if (done)
            emit(TicketCancelled{id});
          else
            emit(TicketRefused{std::string(done.error().code())});
        });
  }
  void run(Reprint const& effect) {
    m_services.machine.ask(
        m_session.token(), [id = effect.ticket](office::Premises& premises) { return premises.office().reprint(id); },
        [this](Result<office::IssuedTicket> issued) { answer_ticket(std::move(issued)); });
  }
  void run(ResolveCode& effect) {
    m_services.machine.ask(
        m_session.token(),
        [text = std::move(effect.text), hall = m_services.machine.config().terminal.hall](office::Premises& premises) {
          return office::resolve_code(premises, hall, text);
        },
        [this](Result<office::ResolvedCode> code) {
          if (!code) {
            log::info("code: {}", code.error().code());
            return emit(CodeRefused{std::string(code.error().code())});
          }
          m_credential = code->credential;
          emit(CodeResolved{code->service, code->ticket_number, std::nullopt, code->case_number});
        });
  }
  void run(AskWait const& effect) {
    m_services.machine.ask(
        m_session.token(),
        [service = effect.service](office::Premises& premises) { return premises.office().wait_for(service); },
        [this, service = effect.service](Result<queue::WaitRange> wait) {
          if (wait) emit(WaitKnown{service, *wait});
        });
  }
  void run(Print const& effect) {
    if (m_issued && m_issued->ticket.id == effect.view.ticket.id) m_print_desk.print(*m_issued);
  }
  void run(Speak const& effect) { m_guide.say(effect.sentence); }
  void run(flows::matter::Effect& effect) { m_matters.run(effect, m_window.ui().language()); }
  void run(flows::progress::Effect& effect) { m_matters.run(effect); }
  void run(flows::rating::Effect& effect) { m_matters.run(effect); }
  void run(Wipe const&) {
    m_session.renew();
    m_matters.wipe();
    m_screens.wipe();
    m_issued.reset();
    m_credential.clear();
    m_guide.wipe();
    m_services.machine.tell("wipe_session",
                            [](office::Premises& premises) { return premises.office().wipe_session(); });
    m_wiping = true;
    m_idle.end_session();
    m_wiping = false;
    m_window.ui().wipe();
    refresh();
  }

  Services m_services;
  ui::Window& m_window;
  flows::ResidentFlow m_flow;
  ui::IdleNavigator m_idle;
  SpokenGuide m_guide;
  PrintDesk m_print_desk;
  MatterDesk m_matters;
  resident::ResidentScreens m_screens;
  resident::Surroundings m_around;
  std::vector<std::uint8_t> m_preview;
  std::vector<Event> m_events;
  std::optional<office::IssuedTicket> m_issued;
  device::Pace m_pace = device::Pace::idle;
  std::string m_credential;  // of an appointment code that counts once
  bool m_refreshing = false;
  bool m_refresh_again = false;
  bool m_printer_usable = true;
  bool m_camera_away = false;
  bool m_document_camera_away = false;
  bool m_wiping = false;
  OwnerToken m_session;
  OwnerToken m_alive;
};

}  // namespace

std::unique_ptr<Mode> make_resident_mode(Services const& services, ui::Window& window) {
  return std::make_unique<ResidentMode>(services, window);
}

}  // namespace yizhan::app

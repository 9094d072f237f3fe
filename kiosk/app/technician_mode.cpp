#include <fstream>

#include "kiosk/app/mode.h"
#include "kiosk/app/picture_desk.h"
#include "kiosk/app/readiness.h"
#include "kiosk/technician/technician_screens.h"
#include "shared/domain/identity/card_text.h"
#include "shared/domain/identity/id_number.h"
#include "shared/imaging/document_image.h"

namespace yizhan::app {

namespace {

using namespace flows::technician;

constexpr auto k_refresh = std::chrono::seconds(5);
constexpr auto k_trial_limit = std::chrono::seconds(30);
/// The driver of the document printer gives up before.
constexpr auto k_document_trial_limit = std::chrono::minutes(4);
/// Residents' pictures are counted from 1; another window of this process may be taking some.
constexpr std::uint64_t k_first_test_still = std::uint64_t{1} << 63;

class TechnicianMode final : public Mode {
 public:
  TechnicianMode(Services const& services, ui::Window& window) : m_services(services), m_window(window) {
    m_services.devices.start_reading(device::Pace::expecting);
    refresh();
  }

  void draw(ui::Ui& ui) override {
    update_chrome(m_services, ui);
    technician::Surroundings const around{[this](WallTime time) { return local_date_time(m_services, time); }};
    technician::draw(ui, m_flow, around, [this](Event event) { m_events.push_back(std::move(event)); });
  }

  bool process() override {
    if (m_events.empty()) return false;
    for (auto& event : std::exchange(m_events, {})) {
      for (auto const& effect : m_flow.step(std::move(event))) {
        std::visit([this](auto const& what) { run(what); }, effect);
      }
    }
    m_window.request_frames(2);
    return true;
  }

  std::optional<SteadyTime> tick() override {
    auto const now = m_services.env.steady.now();
    for (auto trial = m_trials.begin(); trial != m_trials.end();) {
      if (now < trial->second) {
        ++trial;
        continue;
      }
      m_events.emplace_back(TestEnded{trial->first, false, "test_timeout", {}});
      if (trial->first == "document_camera") m_services.devices.close_document_camera();
      trial = m_trials.erase(trial);
    }
    if (now >= m_refresh_at) {
      m_refresh_at = now + k_refresh;
      refresh();
    }
    return m_refresh_at;
  }

  void hall_changed() override {}
  void documents_changed() override { m_refresh_at = {}; }
  [[nodiscard]] std::string state() const override { return m_flow.name(); }
  void health_changed() override { device_parts(); }

  void reader(device::IdReaderEvent& event) override {
    if (auto* read = std::get_if<device::CardRead>(&event)) {
      auto const day = calendar::local_day(m_services.machine.clock().now(), m_services.machine.config().hall.timezone);
      auto const card =
          identity::decode_card_text(read->reading.text.view(), day ? day->date : std::chrono::year_month_day{});
      if (card)
        end_trial("id_reader", {}, identity::mask_id_number(card->number.view()));
      else
        end_trial("id_reader", std::string(card.error().code()), {});
    } else if (auto const* failed = std::get_if<device::CardFailed>(&event)) {
      end_trial("id_reader", std::string(failed->error.code()), {});
    }
  }
  void scanner(device::CodeScannerEvent& event) override {
    if (auto const* code = std::get_if<device::CodeScanned>(&event)) {
      m_services.devices.stop_scanning();
      auto const detail = code->format + "  " + std::to_string(code->text.size());
      end_trial("code_scanner", {}, detail);
      end_trial("camera", {}, detail);
    }
  }
  void printer(device::TicketPrinterEvent const& event) override { printed("ticket_printer", m_test_ticket, event); }
  void document_printer(device::DocumentPrinterEvent const& event) override {
    printed("document_printer", m_test_page, event);
  }
  void document_camera(device::DocumentCameraEvent& event) override {
    if (auto* still = std::get_if<device::DocumentStill>(&event)) {
      if (still->request == m_test_still) judge(*still);
    } else if (auto const* failed = std::get_if<device::DocumentStillFailed>(&event);
               failed != nullptr && failed->request == m_test_still) {
      end_camera_trial(std::string(failed->error.code()), {});
    }
  }
  void spoken(std::uint64_t utterance) override {
    if (utterance == m_test_utterance) end_trial("speech", {}, {});
  }

 private:
  void show(Part part) { m_events.emplace_back(PartArrived{std::move(part)}); }

  void device_parts() {
    auto const paper = m_services.machine.devices().paper();
    for (auto const& [name, health] : m_services.devices.health()) {
      auto part = device_part(health);
      if (paper && name == "ticket_printer") {
        constexpr double k_mm_per_metre = 1000;
        auto const metres = fmt::format("{:.1f}", paper->left_mm / k_mm_per_metre);
        part.detail += "  " + m_services.translations.format(m_window.ui().language(), "technician.detail.paper",
                                                             fmt::arg("metres", metres));
      }
      show(std::move(part));
    }
  }

  void refresh() {
    m_services.devices.check_health();
    device_parts();
    show(clock_part(m_services));
    show(disk_part(m_services));
    m_services.machine.ask(m_alive.token(), stored_state, [this](Result<StoredState> const& stored) {
      for (auto& part : stored_parts(m_services, m_window.ui().language(), stored)) show(std::move(part));
    });
  }

  // --- tests of one part ------------------------------------------------------------------------------------------

  void end_trial(std::string const& key, std::string code, std::string detail) {
    if (m_trials.erase(key) == 0) return;
    bool const passed = code.empty();
    m_events.emplace_back(TestEnded{key, passed, std::move(code), std::move(detail)});
  }

  void run(RunTest const& effect) {
    m_trials[effect.key] = m_services.env.steady.now() +
                           (effect.key == "document_printer" ? Duration(k_document_trial_limit) : k_trial_limit);
    if (effect.key == "ticket_printer") print_ticket();
    if (effect.key == "document_printer") print_page();
    if (effect.key == "document_camera") take_still();
    if (effect.key == "speech") {
      auto const language = m_window.ui().language();
      m_test_utterance = m_services.devices.say(std::string(m_services.translations.get(language, "speech.test")),
                                                speech_language(language));
    }
    if (effect.key == "code_scanner" || effect.key == "camera") m_services.devices.start_scanning();
    if (effect.key == "platform") {
      m_services.machine.sync_now(m_alive.token(), [this](Result<void> done) {
        end_trial("platform", done ? std::string() : std::string(done.error().code()), {});
        refresh();
      });
    }
    if (effect.key == "database") {
      m_services.machine.ask(
          m_alive.token(), [](office::Premises& premises) { return premises.store().check(); },
          [this](Result<std::vector<std::string>> findings) {
            bool const clean = findings && findings->empty();
            end_trial("database",
                      clean      ? ""
                      : findings ? "database_corrupt"
                                 : std::string(findings.error().code()),
                      {});
          });
    }
  }

  template <class Event>
  void printed(char const* key, Uuid const& job, Event const& event) {
    if (auto const* done = std::get_if<device::PrintFinished>(&event)) {
      if (done->job == job) end_trial(key, {}, {});
    } else if (auto const* failed = std::get_if<device::PrintFailed>(&event)) {
      if (failed->job == job) end_trial(key, std::string(failed->error.code()), {});
    } else if (auto const* unknown = std::get_if<device::PrintUnknown>(&event)) {
      if (unknown->job == job) end_trial(key, std::string(unknown->error.code()), {});
    }
  }

  [[nodiscard]] std::string text(std::string const& key) const {
    return std::string(m_services.translations.get(m_window.ui().language(), key));
  }
  [[nodiscard]] std::string now_text() const { return local_date_time(m_services, m_services.machine.clock().now()); }

  void print_ticket() {
    m_test_ticket = Uuid::v7(m_services.env);
    paper::TicketPaper ticket;
    ticket.hall_zh = m_services.machine.config().hall.name_zh;
    ticket.hall_en = m_services.machine.config().hall.name_en;
    ticket.number = "T001";
    ticket.service_zh = m_services.translations.get(ui::Language::zh_CN, "technician.test.ticket_printer");
    ticket.service_en = m_services.translations.get(ui::Language::en, "technician.test.ticket_printer");
    ticket.issued_at = now_text();
    m_services.devices.print(m_test_ticket, std::move(ticket));
  }

  /// The machine's name and the printer's: nothing of any resident.
  void print_page() {
    m_test_page = Uuid::v7(m_services.env);
    paper::Document page;
    bool const chinese = m_window.ui().language() == ui::Language::zh_CN;
    auto const& config = m_services.machine.config();
    page.language = chinese ? paper::Language::zh_CN : paper::Language::en;
    page.title = text("technician.test_page");
    page.hall = chinese ? config.hall.name_zh : config.hall.name_en;
    page.date_text = now_text();
    paper::DocumentPart part;
    part.rows.push_back({text("technician.test_page.machine"), config.device_urn()});
    auto const health = m_services.devices.health();
    if (auto const printer = health.find("document_printer"); printer != health.end()) {
      part.rows.push_back({text("technician.part.document_printer"), device_part(printer->second).detail});
    }
    page.parts.push_back(std::move(part));
    page.qr = config.device_urn();
    page.created = std::chrono::floor<std::chrono::seconds>(m_services.machine.clock().now());
    m_services.queue.run(
        m_worker, m_alive.token(), [page] { return paper::render_pdf(page); },
        [this, job = m_test_page, title = page.title](Result<std::vector<std::byte>> pdf) {
          if (!pdf) return end_trial("document_printer", std::string(pdf.error().code()), {});
          m_services.devices.print_document(job, std::move(*pdf), title);
        });
  }

  void take_still() {
    m_services.devices.open_document_camera();
    m_services.devices.take_document_picture(++m_test_still);
  }

  /// Says what the camera saw, and forgets it.
  void judge(device::DocumentStill& still) {
    struct Seen {
      int width = 0;
      int height = 0;
      imaging::Advice advice = imaging::Advice::good;
    };
    auto jpeg = std::make_shared<SecretBytes>(std::move(still.jpeg));
    auto const work = [jpeg]() -> Result<Seen> {
      auto const picture = TRY(imaging::decode(jpeg->view()));
      auto const corrected = TRY(imaging::correct_document(picture));
      return Seen{picture.width, picture.height, imaging::advice_for(corrected)};
    };
    m_services.queue.run(m_worker, m_alive.token(), work, [this](Result<Seen> const& seen) {
      if (!seen) return end_camera_trial(std::string(seen.error().code()), {});
      auto const* const advice = advice_key(seen->advice);
      auto const saw = *advice == 0 ? text("technician.saw_page") : text(std::string("capture.advice.") + advice);
      end_camera_trial({}, fmt::format("{} × {}  {}", seen->width, seen->height, saw));
    });
  }

  void end_camera_trial(std::string code, std::string detail) {
    m_services.devices.close_document_camera();
    end_trial("document_camera", std::move(code), std::move(detail));
  }

  /// A report to take along: states and faults, no personal data.
  void run(ExportReport const&) {
    auto const path = m_services.machine.data() / "readiness.txt";
    std::ofstream file(path, std::ios::trunc);
    file << m_services.machine.config().device_urn() << "  " << now_text() << '\n';
    for (auto const& part : m_flow.parts()) {
      file << part.key << '\t' << part.state << '\t' << part.detail << '\t' << part.fault << '\n';
    }
    file.flush();
    m_events.emplace_back(file ? ExportEnded{path.string(), {}} : ExportEnded{{}, "report_not_written"});
  }
  void run(Close const&) {}

  Services m_services;
  ui::Window& m_window;
  flows::TechnicianFlow m_flow;
  std::vector<Event> m_events;
  std::map<std::string, SteadyTime> m_trials;
  SteadyTime m_refresh_at{};
  ThreadExecutor m_worker{"papers"};
  Uuid m_test_ticket;
  Uuid m_test_page;
  std::uint64_t m_test_still = k_first_test_still;
  std::uint64_t m_test_utterance = 0;
  OwnerToken m_alive;
};

}  // namespace

std::unique_ptr<Mode> make_technician_mode(Services const& services, ui::Window& window) {
  return std::make_unique<TechnicianMode>(services, window);
}

}  // namespace yizhan::app

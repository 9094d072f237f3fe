#include <sys/statvfs.h>

#include <fstream>

#include "kiosk/app/mode.h"
#include "kiosk/flows/technician_flow.h"
#include "kiosk/technician/technician_screens.h"
#include "shared/domain/identity/card_text.h"
#include "shared/domain/identity/id_number.h"

namespace yizhan::app {

namespace {

using namespace flows::technician;

constexpr auto k_refresh = std::chrono::seconds(5);
constexpr auto k_trial_limit = std::chrono::seconds(30);
constexpr double k_disk_warning = 0.10;  // of the file system left
constexpr auto k_certificate_warning = std::chrono::days(30);

Light light_of(device::State state) {
  switch (state) {
    case device::State::ready:
    case device::State::busy: return Light::good;
    case device::State::absent:
    case device::State::faulted: return Light::fault;
  }
  return Light::unknown;
}

Part part_of(device::Health const& health) {
  Part part;
  part.key = health.name;
  part.light = light_of(health.state);
  part.state = device::to_string(health.state);
  part.detail = health.identity.empty() ? health.port : health.port + "  " + health.identity;
  // A fault that is over stands as history only in the log.
  if (part.light != Light::good && health.last_fault) {
    part.fault = health.last_fault->code();
    part.fault_at = health.last_fault_at;
  }
  part.testable = true;
  return part;
}

struct Picture {
  line::LineStatus line;
  std::string hall_error;
  std::optional<crypto::Certificate> certificate;
  bool missing = false;
};

class TechnicianMode final : public Mode {
 public:
  TechnicianMode(Services const& services, ui::Window& window) : m_services(services), m_window(window) {
    m_services.devices.start_reading();
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
      trial = m_trials.erase(trial);
    }
    if (now >= m_refresh_at) {
      m_refresh_at = now + k_refresh;
      refresh();
    }
    return m_refresh_at;
  }

  void hall_changed() override {}
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
  void printer(device::TicketPrinterEvent const& event) override {
    if (auto const* done = std::get_if<device::PrintFinished>(&event); done != nullptr && done->job == m_test_job) {
      end_trial("ticket_printer", {}, {});
    } else if (auto const* failed = std::get_if<device::PrintFailed>(&event);
               failed != nullptr && failed->job == m_test_job) {
      end_trial("ticket_printer", std::string(failed->error.code()), {});
    } else if (auto const* unknown = std::get_if<device::PrintUnknown>(&event);
               unknown != nullptr && unknown->job == m_test_job) {
      end_trial("ticket_printer", std::string(unknown->error.code()), {});
    }
  }
  void spoken(std::uint64_t utterance) override {
    if (utterance == m_test_utterance) end_trial("speech", {}, {});
  }

 private:
  void show(Part part) { m_events.emplace_back(PartArrived{std::move(part)}); }

  void device_parts() {
    for (auto const& [name, health] : m_services.devices.health()) show(part_of(health));
  }

  void refresh() {
    m_services.devices.check_health();
    device_parts();
    clock_part();
    disk_part();
    m_services.machine.ask(
        m_alive.token(),
        [](office::Premises& premises) -> Result<Picture> {
          Picture picture;
          picture.line = TRY(premises.store().outbox().status());
          if (auto const view = premises.office().view(); !view) picture.hall_error = view.error().code();
          picture.certificate = premises.certificate();
          picture.missing = premises.store().missing().has_value();
          return picture;
        },
        [this](Result<Picture> picture) {
          if (!picture) {
            show({"database", Light::fault, "faulted", {}, std::string(picture.error().code()), {}, true});
            return;
          }
          show({"database",
                picture->missing ? Light::warning : Light::good,
                picture->missing ? "warning" : "ready",
                m_services.machine.data().string(),
                picture->missing ? "store_missing" : "",
                {},
                true});
          hall_part(*picture);
          platform_part(*picture);
          certificate_part(*picture);
        });
  }

  void hall_part(Picture const& picture) {
    bool const away = !picture.hall_error.empty();
    bool const shared = !m_services.machine.config().hall.database.empty();
    show({"hall",
          away ? Light::fault : Light::good,
          away ? "offline" : "ready",
          shared ? "PostgreSQL" : "SQLCipher",
          picture.hall_error,
          {},
          false});
  }

  void platform_part(Picture const& picture) {
    Part part;
    part.key = "platform";
    part.testable = true;
    auto const sync = m_services.machine.sync_state();
    if (!sync) {
      part.light = Light::unknown;
      part.state = "off";
    } else {
      bool const failing = sync->last_error.has_value();
      bool const stopped = sync->state == sync::SyncState::refused || sync->state == sync::SyncState::cloned;
      part.light = stopped ? Light::fault : failing ? Light::warning : Light::good;
      part.state = stopped ? "stopped" : failing ? "offline" : picture.line.backlog > 0 ? "backlog" : "ready";
      if (failing) part.fault = sync->last_error->code();
      part.detail = fmt::format("{}  +{}  !{}", m_services.machine.config().platform.url, picture.line.backlog,
                                picture.line.parked);
      if (picture.line.parked > 0 && part.light == Light::good) {
        part.light = Light::warning;
        part.state = "warning";
        part.fault = "events_parked";
      }
    }
    show(std::move(part));
  }

  void certificate_part(Picture const& picture) {
    Part part;
    part.key = "certificate";
    if (!picture.certificate) {
      part.state = "absent";
      part.light = Light::warning;
      part.fault = "certificate_absent";
    } else {
      auto const left = picture.certificate->not_after() - m_services.machine.clock().now();
      part.detail = local_date_time(m_services, picture.certificate->not_after());
      if (auto const day =
              calendar::local_day(picture.certificate->not_after(), m_services.machine.config().hall.timezone)) {
        part.detail = day->to_string();
      }
      part.light = left <= Duration{0} ? Light::fault : left < k_certificate_warning ? Light::warning : Light::good;
      part.state = part.light == Light::good ? "ready" : part.light == Light::warning ? "warning" : "faulted";
      if (part.light != Light::good) part.fault = "certificate_expires";
    }
    show(std::move(part));
  }

  void clock_part() {
    auto const state = m_services.machine.clock().state();
    Part part;
    part.key = "clock";
    part.state = calendar::to_string(state);
    part.light = state == calendar::ClockState::trusted ? Light::good : Light::warning;
    auto const offset = std::chrono::duration_cast<std::chrono::seconds>(m_services.machine.clock().offset());
    part.detail =
        fmt::format("{}  {:+} s", local_date_time(m_services, m_services.machine.clock().now()), offset.count());
    if (part.light != Light::good) part.fault = "clock_untrusted";
    show(std::move(part));
  }

  void disk_part() {
    struct statvfs disk {};
    Part part;
    part.key = "disk";
    if (statvfs(m_services.machine.data().c_str(), &disk) != 0 || disk.f_blocks == 0) {
      part.state = "unknown";
    } else {
      auto const left = static_cast<double>(disk.f_bavail) / static_cast<double>(disk.f_blocks);
      part.light = left < k_disk_warning ? Light::warning : Light::good;
      part.state = left < k_disk_warning ? "warning" : "good";
      part.detail =
          fmt::format("{:.1f} GB", static_cast<double>(disk.f_bavail) * static_cast<double>(disk.f_frsize) / 1e9);
      if (left < k_disk_warning) part.fault = "disk_nearly_full";
    }
    show(std::move(part));
  }

  // --- tests of one part ------------------------------------------------------------------------------------------

  void end_trial(std::string const& key, std::string code, std::string detail) {
    if (m_trials.erase(key) == 0) return;
    bool const passed = code.empty();
    m_events.emplace_back(TestEnded{key, passed, std::move(code), std::move(detail)});
  }

  void run(RunTest const& effect) {
    m_trials[effect.key] = m_services.env.steady.now() + k_trial_limit;
    if (effect.key == "ticket_printer") test_print();
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

  void test_print() {
    m_test_job = Uuid::v7(m_services.env);
    paper::TicketPaper ticket;
    ticket.hall_zh = m_services.machine.config().hall.name_zh;
    ticket.hall_en = m_services.machine.config().hall.name_en;
    ticket.number = "T001";
    ticket.service_zh = m_services.translations.get(ui::Language::zh_CN, "technician.test.ticket_printer");
    ticket.service_en = m_services.translations.get(ui::Language::en, "technician.test.ticket_printer");
    ticket.issued_at = local_date_time(m_services, m_services.machine.clock().now());
    m_services.devices.print(m_test_job, std::move(ticket));
  }

  /// A report to take along: states and faults, no personal data.
  void run(ExportReport const&) {
    auto const path = m_services.machine.data() / "readiness.txt";
    std::ofstream file(path, std::ios::trunc);
    file << m_services.machine.config().device_urn() << "  "
         << local_date_time(m_services, m_services.machine.clock().now()) << '\n';
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
  Uuid m_test_job;
  std::uint64_t m_test_utterance = 0;
  OwnerToken m_alive;
};

}  // namespace

std::unique_ptr<Mode> make_technician_mode(Services const& services, ui::Window& window) {
  return std::make_unique<TechnicianMode>(services, window);
}

}  // namespace yizhan::app

#include "kiosk/app/readiness.h"

#include <sys/statvfs.h>

#include <map>

#include "shared/store/uploads.h"

namespace yizhan::app {

namespace {

using namespace flows::technician;

constexpr double k_disk_warning = 0.10;  // of the file system left
constexpr auto k_certificate_warning = std::chrono::days(30);
/// The State Council publishes a year's holidays in the November before it; from this month on they are missed.
constexpr std::chrono::month k_next_year_expected{12};

Light light_of(device::State state) {
  switch (state) {
    case device::State::ready:
    case device::State::busy: return Light::good;
    case device::State::absent:
    case device::State::faulted: return Light::fault;
  }
  return Light::unknown;
}

Part warned(Part part, std::string fault) {
  part.light = Light::warning;
  part.state = "warning";
  part.fault = std::move(fault);
  return part;
}

/// From what the database told, in the technician's language.
class StoredParts {
 public:
  StoredParts(Services const& services, ui::Language language, StoredState const& stored)
      : m_services(services), m_language(language), m_stored(stored) {}

  [[nodiscard]] Part database() const {
    Part const part{"database", Light::good, "ready", m_services.machine.data().string(), {}, {}, true};
    return m_stored.missing ? warned(part, "store_missing") : part;
  }

  [[nodiscard]] Part hall() const {
    bool const away = !m_stored.hall_error.empty();
    bool const shared = !config().hall.database.empty();
    return {"hall",
            away ? Light::fault : Light::good,
            away ? "offline" : "ready",
            shared ? "PostgreSQL" : "SQLCipher",
            m_stored.hall_error,
            {},
            false};
  }

  [[nodiscard]] Part platform() const {
    Part part{"platform", Light::unknown, "off", {}, {}, {}, true};
    auto const sync = m_services.machine.sync_state();
    if (!sync) return part;
    auto const& line = m_stored.line;
    bool const failing = sync->last_error.has_value();
    bool const stopped = sync->state == sync::SyncState::refused || sync->state == sync::SyncState::cloned;
    part.light = stopped ? Light::fault : failing ? Light::warning : Light::good;
    part.state = stopped ? "stopped" : failing ? "offline" : line.backlog > 0 ? "backlog" : "ready";
    if (failing) part.fault = sync->last_error->code();
    part.detail = fmt::format("{}  +{}  !{}", config().platform.url, line.backlog, line.parked);
    if (line.parked > 0 && part.light == Light::good) return warned(part, "events_parked");
    return refused("trust", std::move(part));
  }

  [[nodiscard]] Part documents() const {
    auto const& uploads = m_stored.uploads;
    Part part{"documents", Light::good, uploads.waiting > 0 ? "backlog" : "ready", {}, {}, {}, false};
    part.detail = text("documents", fmt::arg("waiting", uploads.waiting),
                       fmt::arg("megabytes", fmt::format("{:.1f}", static_cast<double>(uploads.bytes) / 1e6)),
                       fmt::arg("parked", uploads.parked));
    // Why, without saying whose: kind and problem, each once.
    std::map<std::string, int> reasons;
    for (auto const& document : m_stored.parked_documents) {
      auto const problem = document.problem.substr(document.problem.rfind(':') + 1);
      ++reasons[document.kind + " " + problem];
    }
    for (auto const& [reason, count] : reasons) part.detail += fmt::format("  {} × {}", count, reason);
    return uploads.parked > 0 ? warned(part, "documents_parked") : part;
  }

  [[nodiscard]] Part matters() const {
    auto const& counts = m_stored.matters;
    Part part{"matters", Light::good, "ready", {}, {}, {}, false};
    part.detail = text("matters", fmt::arg("drafts", counts.drafts), fmt::arg("cases", counts.cases),
                       fmt::arg("open", counts.open_cases), fmt::arg("undelivered", counts.undelivered));
    if (m_stored.applications_possible) return part;
    if (!config().platform.url.empty()) return warned(part, "upload_key_unknown");
    part.light = Light::unknown;
    part.state = "off";
    return part;
  }

  [[nodiscard]] Part catalog() const {
    Part part{"catalog", Light::good, "ready", {}, {}, {}, false};
    part.detail = text("catalog", fmt::arg("version", m_stored.catalog->version));
    if (auto const& next = m_stored.next_catalog) {
      auto const day = next->from ? *next->from : today();
      part.detail += "  " + text("catalog_next", fmt::arg("version", next->version), fmt::arg("day", day.to_string()));
    }
    return refused("catalog", std::move(part));
  }

  [[nodiscard]] Part calendar() const {
    auto const& holidays = *m_stored.holidays;
    auto const now = today().date;
    std::string years;
    for (int i = -2; i <= 2; ++i) {
      auto const year = now.year() + std::chrono::years(i);
      if (holidays.covers(year)) years += (years.empty() ? "" : ", ") + std::to_string(static_cast<int>(year));
    }
    Part part{"calendar", Light::good, "ready", {}, {}, {}, false};
    part.detail = text("calendar", fmt::arg("years", years.empty() ? std::string("–") : years),
                       fmt::arg("version", holidays.version()));
    bool const next_due = now.month() >= k_next_year_expected;
    bool const known =
        holidays.covers(now.year()) && (!next_due || holidays.covers(now.year() + std::chrono::years(1)));
    return known ? refused("calendar", std::move(part)) : warned(part, "holidays_unknown");
  }

  [[nodiscard]] Part certificate() const {
    Part part{"certificate", Light::warning, "absent", {}, "certificate_absent", {}, false};
    if (!m_stored.certificate) return part;
    auto const end = m_stored.certificate->not_after();
    auto const left = end - m_services.machine.clock().now();
    auto const day = calendar::local_day(end, config().hall.timezone);
    part.detail = day ? day->to_string() : local_date_time(m_services, end);
    part.light = left <= Duration{0} ? Light::fault : left < k_certificate_warning ? Light::warning : Light::good;
    part.state = part.light == Light::good ? "ready" : part.light == Light::warning ? "warning" : "faulted";
    part.fault = part.light == Light::good ? "" : "certificate_expires";
    return part;
  }

 private:
  /// The platform gave a newer one that does not check out.
  [[nodiscard]] Part refused(std::string_view document, Part part) const {
    auto const sync = m_services.machine.sync_state();
    if (!sync || !sync->refused_document || sync->refused_document->name != document) return part;
    return part.light == Light::good ? warned(part, std::string(sync->refused_document->error.code())) : part;
  }
  [[nodiscard]] config::Config const& config() const { return m_services.machine.config(); }
  [[nodiscard]] calendar::BusinessDay today() const {
    return calendar::local_day(m_services.machine.clock().now(), config().hall.timezone)
        .value_or(calendar::BusinessDay{});
  }
  template <class... Args>
  [[nodiscard]] std::string text(std::string const& what, Args const&... args) const {
    return m_services.translations.format(m_language, "technician.detail." + what, args...);
  }

  Services const& m_services;
  ui::Language m_language;
  StoredState const& m_stored;
};

}  // namespace

Result<StoredState> stored_state(office::Premises& premises) {
  StoredState state;
  auto& store = premises.store();
  state.line = TRY(store.outbox().status());
  state.uploads = TRY(store.uploads().upload_status());
  state.parked_documents = TRY(premises.matters().parked_documents());
  state.matters = TRY(premises.matters().counts());
  state.applications_possible = premises.applications_possible();
  if (auto const view = premises.office().view(); !view) state.hall_error = view.error().code();
  state.certificate = premises.certificate();
  state.missing = store.missing().has_value();
  state.catalog = premises.catalog();
  state.next_catalog = premises.next_catalog();
  state.holidays = premises.holidays();
  return state;
}

Part device_part(device::Health const& health) {
  Part part;
  part.key = health.name;
  part.light = light_of(health.state);
  part.state = device::to_string(health.state);
  part.detail = health.port;
  if (!health.identity.empty()) part.detail += (part.detail.empty() ? "" : "  ") + health.identity;
  // A fault that is over stands as history only in the log.
  if (part.light != Light::good && health.last_fault) {
    part.fault = health.last_fault->code();
    part.fault_at = health.last_fault_at;
  }
  // Staff cards, lamp and presence show themselves when they are used.
  part.testable = part.key != "smart_card" && part.key != "lamp" && part.key != "presence";
  return part;
}

Part clock_part(Services const& services) {
  auto& clock = services.machine.clock();
  auto const state = clock.state();
  Part part;
  part.key = "clock";
  part.state = calendar::to_string(state);
  part.light = state == calendar::ClockState::trusted ? Light::good : Light::warning;
  auto const offset = std::chrono::duration_cast<std::chrono::seconds>(clock.offset());
  auto const day = calendar::local_day(clock.now(), services.machine.config().hall.timezone);
  part.detail = fmt::format("{} {}  {:+} s", day ? day->to_string() : std::string(), local_clock(services, clock.now()),
                            offset.count());
  if (part.light != Light::good) part.fault = "clock_untrusted";
  return part;
}

Part disk_part(Services const& services) {
  struct statvfs disk {};
  Part part{"disk", Light::unknown, "unknown", {}, {}, {}, false};
  if (statvfs(services.machine.data().c_str(), &disk) != 0 || disk.f_blocks == 0) return part;
  auto const left = static_cast<double>(disk.f_bavail) / static_cast<double>(disk.f_blocks);
  part.light = Light::good;
  part.state = "good";
  part.detail = fmt::format("{:.1f} GB", static_cast<double>(disk.f_bavail) * static_cast<double>(disk.f_frsize) / 1e9);
  return left < k_disk_warning ? warned(part, "disk_nearly_full") : part;
}

std::vector<Part> stored_parts(Services const& services, ui::Language language, Result<StoredState> const& stored) {
  if (!stored) return {{"database", Light::fault, "faulted", {}, std::string(stored.error().code()), {}, true}};
  StoredParts const of(services, language, *stored);
  return {of.database(), of.hall(),    of.platform(), of.documents(),
          of.matters(),  of.catalog(), of.calendar(), of.certificate()};
}

}  // namespace yizhan::app

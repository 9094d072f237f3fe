#include "kiosk/app/device_board.h"

#include <nlohmann/json.hpp>

#include "shared/base/text.h"

namespace yizhan::app {

namespace {

nlohmann::json time_of(std::optional<WallTime> const& time) {
  if (!time) return nullptr;
  return text::to_rfc3339(std::chrono::duration_cast<std::chrono::microseconds>(time->time_since_epoch()).count());
}

}  // namespace

void DeviceBoard::expect(std::string const& name, std::string const& port) {
  std::lock_guard const lock(m_mutex);
  m_expected[name] = port;
}

void DeviceBoard::note(device::Health health) {
  std::lock_guard const lock(m_mutex);
  m_health[health.name] = std::move(health);
}

std::map<std::string, device::Health> DeviceBoard::all() const {
  std::lock_guard const lock(m_mutex);
  return m_health;
}

void DeviceBoard::paper(Paper paper) {
  std::lock_guard const lock(m_mutex);
  m_paper = paper;
}

std::optional<DeviceBoard::Paper> DeviceBoard::paper() const {
  std::lock_guard const lock(m_mutex);
  return m_paper;
}

nlohmann::json DeviceBoard::report(ui::Translations const& translations, ui::Language language) const {
  auto devices = all();
  {
    std::lock_guard const lock(m_mutex);
    for (auto const& [name, port] : m_expected) {
      device::Health silent;
      silent.name = name;
      silent.port = port;
      devices.emplace(name, std::move(silent));
    }
  }
  auto list = nlohmann::json::array();
  for (auto const& [name, health] : devices) {
    bool const down = health.state == device::State::absent || health.state == device::State::faulted;
    nlohmann::json entry{{"name", name},
                         {"state", device::to_string(health.state)},
                         {"identity", health.identity},
                         {"port", health.port},
                         {"fault", nullptr},
                         {"detail", nullptr},
                         {"fault_at", time_of(health.last_fault_at)},
                         {"success_at", time_of(health.last_success_at)},
                         {"remedy", nullptr}};
    if (auto const& fault = health.last_fault) {
      entry["fault"] = fault->code();
      if (!fault->detail().empty()) entry["detail"] = fault->detail();
      if (down) entry["remedy"] = translations.get(language, "remedy." + std::string(fault->code()));
    }
    if (name == "ticket_printer") {
      if (auto const roll = paper()) {
        entry["paper_used_mm"] = roll->used_mm;
        entry["paper_left_mm"] = roll->left_mm;
      }
    }
    list.push_back(std::move(entry));
  }
  return {{"devices", std::move(list)}};
}

}  // namespace yizhan::app

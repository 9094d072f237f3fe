#pragma once
/// What each device last told of itself, for the screens and for `yizhanctl doctor`.
#include <map>
#include <mutex>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>

#include "kiosk/ui/i18n.h"
#include "peripherals/api/device.h"

namespace yizhan::app {

/// Thread: any.
class DeviceBoard {
 public:
  /// A configured device; until it tells something it is reported as absent, without a fault.
  void expect(std::string const& name, std::string const& port);
  void note(device::Health health);
  /// Those that told something.
  [[nodiscard]] std::map<std::string, device::Health> all() const;

  struct Paper {
    int used_mm = 0;
    int left_mm = 0;
    bool near_end = false;
  };
  /// Of the ticket printer's roll, where it is counted.
  void paper(Paper paper);
  [[nodiscard]] std::optional<Paper> paper() const;

  /// {"devices":[{"name","state","identity","port","fault","detail","fault_at","success_at","remedy"}]}; the times are
  /// RFC 3339 (UTC), null where there is none. `remedy`: what to do, in `language`. The ticket printer's has "paper_used_mm"
  /// and "paper_left_mm" where its roll is counted. No personal data.
  [[nodiscard]] nlohmann::json report(ui::Translations const& translations, ui::Language language) const;

 private:
  mutable std::mutex m_mutex;
  std::map<std::string, std::string> m_expected;  // name -> port
  std::map<std::string, device::Health> m_health;
  std::optional<Paper> m_paper;
};

}  // namespace yizhan::app

#pragma once
/// The demo's second window: present cards and codes, break and mend devices. It speaks the emulated devices' own words.
/// Thread: ui.
#include <memory>

#include "kiosk/app/devices.h"
#include "kiosk/ui/window.h"

namespace yizhan::app {

class Dock {
 public:
  /// Errors: those of Desktop::open. `desktop` and `devices` outlive the dock.
  static Result<std::unique_ptr<Dock>> open(ui::Desktop& desktop, Devices& devices);

 private:
  explicit Dock(Devices& devices) : m_devices(devices) {}
  void draw(ui::Ui& ui);
  void send(ui::Ui& ui, std::string const& command);

  Devices& m_devices;
  std::string m_last;
};

}  // namespace yizhan::app

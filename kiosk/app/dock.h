#pragma once
/// The demo's second window: present cards, lay pages below the document camera, break and mend devices. It speaks the
/// emulated devices' own words.
/// Thread: ui.
#include <memory>

#include "kiosk/app/devices.h"
#include "kiosk/ui/window.h"

namespace yizhan::app {

class Dock {
 public:
  /// REQUIRES: emulated devices. Errors: those of Desktop::open. `desktop` and `devices` outlive the dock.
  static Result<std::unique_ptr<Dock>> open(ui::Desktop& desktop, Devices& devices);
  [[nodiscard]] ui::Window& window() { return m_window; }

 private:
  Dock(Devices& devices, ui::Window& window) : m_devices(devices), m_window(window) {}
  void draw(ui::Ui& ui);
  void send(ui::Ui& ui, std::string const& command);

  Devices& m_devices;
  ui::Window& m_window;
  std::string m_last;
};

}  // namespace yizhan::app

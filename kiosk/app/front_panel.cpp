#include "kiosk/app/front_panel.h"

#include <algorithm>

#include "peripherals/panel/evdev_presence.h"
#include "peripherals/panel/led_lamp.h"

namespace yizhan::app {

Result<std::unique_ptr<FrontPanel>> FrontPanel::create(config::Devices const& config, std::shared_ptr<host::Bus> bus,
                                                       UiQueue& queue, DeviceBoard& board) {
  std::unique_ptr<FrontPanel> made(new FrontPanel(queue, board));
  auto* const panel = made.get();
  auto const env = panel->m_real.env();
  auto const note = [panel](device::Health health) {
    panel->m_queue.post(panel->m_alive.token(), [panel, health] {
      panel->m_board.note(health);
      if (panel->on_health) panel->on_health();
    });
  };
  if (!config.lamp.led.empty()) {
    board.expect("lamp", config.lamp.led);
    panel->m_lamp = panel::make_led_lamp(panel->m_lamp_thread, env, {.led = config.lamp.led}, note);
    panel->devices_changed();
  }
  if (!config.presence.port.empty()) {
    board.expect("presence", config.presence.port);
    panel::EvdevPresenceOptions options;
    options.port = host::make_port(std::move(bus), TRY(host::parse_address(config.presence.port)),
                                   {.kinds = {host::Kind::input}, .pipes = {}, .expected = {}});
    panel->m_presence = panel::make_evdev_presence(
        panel->m_presence_thread, env, std::move(options), [panel, note](device::PresenceEvent const& event) {
          if (auto const* health = std::get_if<device::PresenceHealth>(&event)) return note(health->health);
          bool const present = std::get<device::PresenceChanged>(event).present;
          panel->m_queue.post(panel->m_alive.token(), [panel, present] {
            if (panel->on_presence) panel->on_presence(present);
          });
        });
  }
  if (panel->m_lamp) panel->m_lamp->check_health();
  if (panel->m_presence) panel->m_presence->check_health();
  return made;
}

void FrontPanel::devices_changed() {
  if (!m_lamp) return;
  auto const devices = m_board.all();
  bool const down = std::any_of(devices.begin(), devices.end(), [](auto const& entry) {
    auto const state = entry.second.state;
    return entry.first != "lamp" && (state == device::State::absent || state == device::State::faulted);
  });
  auto const paper = m_board.paper();
  auto const signal = down                       ? device::LampSignal::fault
                      : paper && paper->near_end ? device::LampSignal::attention
                                                 : device::LampSignal::ready;
  if (m_shown != signal) m_lamp->show(signal);
  m_shown = signal;
}

}  // namespace yizhan::app

#pragma once
/// The lamp and the presence sensor at the terminal's front. Thread: ui.
#include <functional>
#include <memory>

#include "kiosk/app/device_board.h"
#include "kiosk/app/ui_queue.h"
#include "peripherals/api/lamp.h"
#include "peripherals/api/presence.h"
#include "peripherals/host/bus.h"
#include "shared/base/real_env.h"
#include "shared/domain/config/config.h"

namespace yizhan::app {

class FrontPanel {
 public:
  /// `board` and `queue` outlive the panel. Errors: device_address.
  static Result<std::unique_ptr<FrontPanel>> create(config::Devices const& config, std::shared_ptr<host::Bus> bus,
                                                    UiQueue& queue, DeviceBoard& board);

  /// Somebody came before the terminal, or left it.
  std::function<void(bool)> on_presence;
  /// Lamp or sensor told something of itself; it is on the board.
  std::function<void()> on_health;
  /// After a device told something: the lamp says from afar whether somebody has to look. Steady: all is well; slow:
  /// paper is near its end; fast: a device is down.
  void devices_changed();

 private:
  FrontPanel(UiQueue& queue, DeviceBoard& board) : m_queue(queue), m_board(board) {}

  UiQueue& m_queue;
  DeviceBoard& m_board;
  RealEnv m_real;
  OwnerToken m_alive;
  std::optional<device::LampSignal> m_shown;
  ThreadExecutor m_lamp_thread{"lamp"};
  ThreadExecutor m_presence_thread{"presence"};
  std::unique_ptr<device::Lamp> m_lamp;
  std::unique_ptr<device::PresenceSensor> m_presence;
};

}  // namespace yizhan::app

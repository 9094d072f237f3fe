#pragma once
/// How much of the ticket printer's roll is left: counted from what tickets take, kept over restarts. Thread: ui.
#include "kiosk/app/machine.h"
#include "peripherals/api/ticket_printer.h"
#include "peripherals/ticket_printer/roll_meter.h"

namespace yizhan::app {

class PaperRoll {
 public:
  /// REQUIRES: the machine was started; it outlives this.
  explicit PaperRoll(Machine& machine);

  /// A ticket was cut off.
  void used(int mm);
  /// What the printer's sensors tell. A new roll is seen by an end that is over.
  void saw(device::Paper paper);
  /// Somebody put a new one in before the end.
  void changed();

 private:
  void keep();
  void tell();

  Machine& m_machine;
  OwnerToken m_alive;
  ticket_printer::RollMeter m_meter;
  bool m_known = false;  // what was used before this start
};

}  // namespace yizhan::app

#pragma once
/// How much of the paper roll is left, for whoever keeps `used_mm` over restarts.
#include <algorithm>

#include "peripherals/api/ticket_printer.h"

namespace yizhan::ticket_printer {

class RollMeter {
 public:
  /// A new roll's length (80 m of 80 mm paper have 80 mm across), and what of it was used already.
  RollMeter(int roll_mm, int used_mm) : m_roll_mm(roll_mm), m_used_mm(std::max(used_mm, 0)) {}

  /// A ticket's, cut off or not. A new roll begins anew only by saw() or changed().
  void used(int mm) { m_used_mm += std::max(mm, 0); }
  /// What the printer's sensors tell. True: somebody put in a new roll (the paper had ended and is there again).
  bool saw(device::Paper paper) {
    bool const new_roll = m_paper == device::Paper::end && paper != device::Paper::end;
    m_paper = paper;
    if (new_roll) changed();
    return new_roll;
  }
  /// A person says so: a roll changed before its end, or while nothing was running.
  void changed() { m_used_mm = 0; }

  [[nodiscard]] int used_mm() const { return m_used_mm; }
  [[nodiscard]] int left_mm() const { return m_paper == device::Paper::end ? 0 : std::max(m_roll_mm - m_used_mm, 0); }
  /// The sensor says so, or less than a twentieth of the roll is left by this count; cheap printers lack the sensor.
  [[nodiscard]] bool near_end() const { return m_paper != device::Paper::ok || left_mm() < m_roll_mm / 20; }

 private:
  int m_roll_mm;
  int m_used_mm;
  device::Paper m_paper = device::Paper::ok;
};

}  // namespace yizhan::ticket_printer

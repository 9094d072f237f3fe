#include "kiosk/app/paper_roll.h"

#include <charconv>

namespace yizhan::app {

namespace {

constexpr char const* k_setting = "ticket_printer.paper_used_mm";
constexpr int k_mm = 1000;  // in a metre

}  // namespace

PaperRoll::PaperRoll(Machine& machine)
    : m_machine(machine), m_meter(machine.config().devices.ticket_printer.roll_metres * k_mm, 0) {
  if (machine.config().devices.ticket_printer.roll_metres == 0) return;
  m_machine.ask(
      m_alive.token(), [](office::Premises& premises) { return premises.store().setting(k_setting); },
      [this](Result<std::optional<std::string>> kept) {
        m_known = true;
        int before = 0;
        if (kept && *kept) std::from_chars((*kept)->data(), (*kept)->data() + (*kept)->size(), before);
        m_meter.used(before);
        tell();
      });
}

void PaperRoll::used(int mm) {
  if (mm <= 0) return;
  m_meter.used(mm);
  keep();
}

void PaperRoll::saw(device::Paper paper) {
  if (m_meter.saw(paper)) keep();
  tell();
}

void PaperRoll::changed() {
  m_meter.changed();
  keep();
}

void PaperRoll::keep() {
  if (!m_known) return;
  m_machine.tell("paper_roll", [used = std::to_string(m_meter.used_mm())](office::Premises& premises) {
    return premises.store().set_setting(k_setting, used);
  });
  tell();
}

void PaperRoll::tell() {
  if (m_known) m_machine.devices().paper({m_meter.used_mm(), m_meter.left_mm(), m_meter.near_end()});
}

}  // namespace yizhan::app

#include "kiosk/flows/common.h"

namespace yizhan::flows {

std::vector<std::string> asked_materials(CaseView const& view, int part) {
  for (auto const& one : view.what.parts) {
    if (one.number != part) continue;
    if (one.state == cases::State::supplement) {
      for (auto step = one.steps.rbegin(); step != one.steps.rend(); ++step) {
        if (step->act == cases::Act::ask_supplement) return step->materials;
      }
    }
    bool const ended = one.state == cases::State::decided || one.state == cases::State::refused ||
                       one.state == cases::State::withdrawn;
    return ended ? std::vector<std::string>{} : one.promised_materials;
  }
  return {};
}

}  // namespace yizhan::flows

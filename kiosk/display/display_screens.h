#pragma once
/// The hall's display, readable at 8 m: now called, next, when last updated. Never a name. Thread: ui.
#include <cstddef>
#include <string>

#include "kiosk/flows/display_flow.h"
#include "kiosk/ui/ui.h"

namespace yizhan::display {

struct Surroundings {
  /// "10:42", local, of the view's reading.
  std::string updated_at;
  /// Called numbers and waiting ones shown at most.
  std::size_t rows = 5;
  std::size_t next_tickets = 6;
};

void draw(ui::Ui& ui, flows::DisplayFlow const& flow, Surroundings const& around);

}  // namespace yizhan::display

#pragma once
/// The readiness page, for a technician on a ladder. Thread: ui.
#include <functional>

#include "kiosk/flows/technician_flow.h"
#include "kiosk/ui/ui.h"

namespace yizhan::technician {

/// Queues the event; the flow steps after draw() has returned.
using Emit = std::function<void(flows::technician::Event)>;

struct Surroundings {
  /// Formats a hall time for people ("11-24 10:42"), in the hall's zone.
  std::function<std::string(WallTime)> local_time;
};

void draw(ui::Ui& ui, flows::TechnicianFlow const& flow, Surroundings const& around, Emit const& emit);

}  // namespace yizhan::technician

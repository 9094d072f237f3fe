#pragma once
/// The clerk's desk: draws flows::CounterFlow, everything by keyboard. Thread: ui.
#include <functional>
#include <string>

#include "kiosk/flows/counter_flow.h"
#include "kiosk/ui/text_buffer.h"
#include "kiosk/ui/ui.h"

namespace yizhan::counter {

/// Queues the event; the flow steps after draw() has returned.
using Emit = std::function<void(flows::counter::Event)>;

struct Surroundings {
  /// Hall time, for how long people have waited.
  WallTime now{};
  /// The hall's queue does not answer.
  bool hall_away = false;
  /// PIN length that submits by itself.
  std::size_t pin_digits = 6;
};

class CounterScreens {
 public:
  void draw(ui::Ui& ui, flows::CounterFlow const& flow, Surroundings const& around, Emit const& emit);
  void wipe();

 private:
  void draw_sign_in(ui::Ui& ui, flows::CounterFlow const& flow, flows::counter::SignedOut const& state,
                    Surroundings const& around, Emit const& emit);
  void draw_desk(ui::Ui& ui, flows::CounterFlow const& flow, flows::counter::Desk const& desk,
                 Surroundings const& around, Emit const& emit);
  void draw_current(ui::Ui& ui, flows::CounterFlow const& flow, flows::counter::Desk const& desk,
                    Surroundings const& around);
  void draw_panel(ui::Ui& ui, flows::CounterFlow const& flow, flows::counter::Desk const& desk, Emit const& emit);
  void draw_waiting(ui::Ui& ui, flows::CounterFlow const& flow, flows::counter::Desk const& desk,
                    Surroundings const& around, Emit const& emit);

  ui::TextBuffer m_number;
  ui::TextBuffer m_pin;
  ui::TextBuffer m_panel;
  std::size_t m_panel_kind = 0;
};

}  // namespace yizhan::counter

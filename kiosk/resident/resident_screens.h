#pragma once
/// The resident's pages: each draws one state of flows::ResidentFlow and emits its events. Nothing else: no device, no
/// database, no network. Thread: ui.
#include <functional>
#include <optional>
#include <string>

#include "kiosk/flows/resident_flow.h"
#include "kiosk/ui/text_buffer.h"
#include "kiosk/ui/ui.h"
#include "kiosk/ui/widgets.h"

namespace yizhan::resident {

/// Queues the event; the flow steps after draw() has returned, never while its state is being drawn.
using Emit = std::function<void(flows::resident::Event)>;

/// What a page shows besides its flow's state.
struct Surroundings {
  /// Camera picture while a code is looked for; width 0: none.
  ui::ImageView preview;
  bool camera = false;
  /// Priority tickets go ahead of others that came at most this much earlier (published rule).
  int ageing_minutes = 15;
  /// Whether holding "show" unmasks name and number.
  bool show_on_hold = true;
  /// Papers nearly every matter asks for, already translated.
  std::string papers;
};

class ResidentScreens {
 public:
  void draw(ui::Ui& ui, flows::ResidentFlow const& flow, Surroundings const& around, Emit const& emit);
  /// Scrubs what was typed; closes the help page.
  void wipe();

 private:
  struct Page;
  ui::TextBuffer m_entry;
  ui::TextBuffer m_search;
  bool m_help = false;
  bool m_searching = false;
  std::size_t m_first = 0;  // of the choices shown
  std::size_t m_state = 0;  // index of the state drawn last, to clear the entry on a change
};

}  // namespace yizhan::resident

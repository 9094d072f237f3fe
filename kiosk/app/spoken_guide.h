#pragma once
/// What a resident is told by voice, and the keypad's keys for it: again, louder, softer. Thread: ui.
#include <optional>

#include "kiosk/app/mode.h"
#include "kiosk/flows/step.h"

namespace yizhan::app {

class SpokenGuide {
 public:
  SpokenGuide(Services const& services, ui::Window& window);

  /// Where guidance is configured, wished by the elder's view, or asked for in this visit.
  void say(flows::Sentence const& sentence);
  /// How long is left before the visit ends by itself; never said again.
  void count_down(int seconds);
  /// Whoever asks to hear a page again is spoken to until the visit ends.
  void heed_keys(ui::Ui& ui);
  /// Silence, the configured volume, nothing remembered.
  void wipe();

 private:
  void speak(flows::Sentence const& sentence);

  Services m_services;
  ui::Window& m_window;
  std::optional<flows::Sentence> m_last;
  bool m_asked_for = false;
  int m_volume;
};

}  // namespace yizhan::app

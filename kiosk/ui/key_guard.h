#pragma once
/// Which keys are a person's. Scanners that pose as keyboards, and codes made to type commands through them ("BadBarcode"),
/// type faster than a hand: a burst is taken away whole, control keys and all, so that nothing of it reaches a field or a
/// shortcut. A person's keys pass in their order, after the 30 ms in which the next key of a burst would have come.
///
///     nothing held → held: fewer than `keys` keys, each within `gap` of the last → passed on, once `gap` went by
///                         └→ burst: the next key makes `keys` → swallowed, until nothing came for `rest`
///
/// Keys held with Ctrl, Alt or Super never pass: they mean nothing here. Of two or three keys as fast as a burst, none passes
/// if one of them is such a key, Esc or a function key. Modifiers never pass by themselves, so none can stay down.
///
/// No I/O, no clock. Thread: any one at a time.
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "kiosk/ui/input.h"
#include "shared/base/env.h"

namespace yizhan::ui {

/// One event of a keyboard: a key went down, or (down == false) text was typed, by the key before where there was one.
struct Stroke {
  bool down = false;
  bool repeat = false;  // a key kept down, not pressed anew
  bool chord = false;   // with Ctrl, Alt or Super
  bool silent = false;  // a key whose text is not wanted: of a keypad
  std::uint32_t window = 0;
  KeyPress press{};  // nothing in it: a key without a meaning of its own
};

/// What was typed in one burst, for whoever judges codes. Untrusted.
struct KeyBurst {
  std::string text{};   // at most 8192 bytes
  Key end = Key::none;  // enter or tab, which are not in the text; none: silence
  bool plain = true;    // characters only: no control key, no chord
};

struct KeyGuardOptions {
  int keys = 4;                                  // so many are a burst
  Duration gap = std::chrono::milliseconds(30);  // from one to the next, at most
  Duration rest = std::chrono::milliseconds(100);
};

class KeyGuard {
 public:
  explicit KeyGuard(KeyGuardOptions options = {}) : m_options(options) {}

  /// What came, in its order, since `since`, when somebody last looked. Who draws cannot look, and several keys of a person
  /// may have come meanwhile: they are taken to have followed each other in half of that time.
  void take(std::vector<Stroke> strokes, SteadyTime since, SteadyTime now);
  /// Time went by.
  void look(SteadyTime now);
  /// When to look next; nothing is held where it is empty.
  [[nodiscard]] std::optional<SteadyTime> due() const;

  /// A person's, in their order; each is given once.
  [[nodiscard]] std::vector<Stroke> passed();
  /// Scanners', each once.
  [[nodiscard]] std::vector<KeyBurst> bursts();

 private:
  void take_one(Stroke stroke, SteadyTime at);
  void release();
  void swallow(Stroke const& stroke);
  void end_burst(Key end);

  KeyGuardOptions m_options;
  std::vector<Stroke> m_held{};
  int m_keys = 0;  // among the held
  bool m_bursting = false;
  KeyBurst m_burst{};
  bool m_textless = false;  // the burst's last key has typed nothing yet
  SteadyTime m_last{};
  bool m_awaits_text = false;  // the last key may still type
  bool m_mute = false;         // what it types is not wanted
  std::vector<Stroke> m_passed{};
  std::vector<KeyBurst> m_bursts{};
};

}  // namespace yizhan::ui

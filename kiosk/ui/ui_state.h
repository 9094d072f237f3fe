#pragma once
/// What a Ui remembers between calls and between frames. For kiosk/ui's own files; screens see ui.h.
///
/// A frame: Window queues keys and pointer events → `begin_frame` (moves the focus, picks what Enter activates) → the
/// screen draws → `end_frame` (the tree becomes the last tree). All lengths here are pixels.
#include <imgui.h>

#include <cstdint>
#include <deque>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/ui/fonts.h"
#include "kiosk/ui/motion.h"
#include "kiosk/ui/ui.h"

namespace yizhan::ui {

class InputMethod;

inline constexpr float k_unbounded = 1.0e6F;
inline constexpr int k_frames_per_change = 3;

/// One area of the layout: a column with a cursor, or a wrapping line of widgets.
struct Area {
  float x = 0;
  float y = 0;  // cursor
  float width = 0;
  float bottom = k_unbounded;
  float gap = 0;
  bool first = true;      // no gap before the first widget
  bool in_row = false;    // widgets take their natural width
  float row_x = 0;        // next widget of the line
  float row_height = 0;   // of the line so far
  float row_used = 0;     // longest line so far, for alignment
  float fill = 0;         // the height `fill_height` widgets take; 0: down to `bottom`
  float row_line = 0;     // height of the line, known from measuring: lower widgets are centred in it
  bool on_brand = false;  // texts are on the brand's ground
  Colour under{};         // what lies below, for fading edges
};

struct ScrollState {
  float offset = 0;
  float content = 0;
  float view = 0;
  bool dragging = false;
  float drag_from = 0;  // offset when the finger came down
  std::uint64_t last_frame = 0;
};

/// The scroll area the layout is inside of.
struct ScrollFrame {
  ScrollState* state = nullptr;
  Rect view{};
};

/// What a widget remembers between frames, as long as it is drawn in each.
struct WidgetMemory {
  std::size_t page = 0;  // of choices
  int month = 0;         // shown: year × 12 + month, from 0
  std::size_t zoom = 0;
  Point pan{};        // of a picture, in its pixels on the screen
  bool busy = false;  // a stroke is being drawn
  std::uint64_t last_frame = 0;
};

/// Where the pointer went since the last frame: more than the one place a frame sees.
struct TrailPoint {
  Point at{};
  SteadyTime when{};
  bool down = false;
  bool starts = false;  // here it came down
};

struct Texture {
  unsigned int name = 0;
  int width = 0;
  int height = 0;
  std::uint64_t revision = 0;
  bool crisp = false;
  std::uint64_t last_frame = 0;
};

struct UiState {
  UiState(SteadyClock const& steady, Translations const& texts, Scale window_scale)
      : clock(steady), translations(texts), scale(window_scale) {}

  SteadyClock const& clock;
  Translations const& translations;
  Scale scale;
  Panel panel{};
  Fonts* fonts = nullptr;  // the window's

  Preferences preferences{};
  Preferences defaults{};
  std::optional<Preferences> wanted_preferences{};
  Chrome chrome{};
  Metrics metrics{};
  Theme const* theme = &theme_of(Palette::civic);

  // ---- this frame
  std::uint64_t frame = 0;
  Tree tree{};
  std::vector<Area> areas{};
  std::vector<ScrollFrame> scroll_frames{};
  int measuring = 0;
  bool inert = false;  // below an overlay
  bool overlay_now = false;
  std::deque<KeyPress> keys{};   // not yet looked at
  std::vector<Key> pressed{};    // for `Ui::pressed`
  std::deque<KeyPress> edits{};  // for the focused field
  std::string activate{};        // key of the widget that Enter or Space uses
  std::string tapped{};          // key of the widget that was used in this frame
  std::string screen{};
  std::string entry_focus{};  // takes the focus if the screen turns out to be a new one

  // ---- between frames
  Tree last_tree{};
  bool overlay_last = false;
  std::string focus{};
  bool focus_visible = false;
  std::string reveal{};  // scroll this node into view
  std::string last_screen{};
  std::string shifted{};  // the on-screen keyboard whose next letter is a capital
  std::map<std::string, ScrollState, std::less<>> scrolls{};
  std::map<std::string, WidgetMemory, std::less<>> memories{};
  std::map<std::string, Texture, std::less<>> textures{};
  std::vector<TrailPoint> trail{};
  std::vector<Rect> claims{};       // where a drag is the widget's own and scrolls nothing
  std::vector<Rect> claims_last{};  // of the last frame
  InputMethod* input_method = nullptr;
  bool input_method_on = false;
  Motion motion{};
  bool skip_motion = false;  // settle and capture show the end of a movement
  int frames_wanted = k_frames_per_change;
  std::optional<SteadyTime> wake_at{};
  std::optional<SteadyTime> oldest_request{};
  std::vector<unsigned int> dead_textures{};

  [[nodiscard]] Area& area() { return areas.back(); }
  [[nodiscard]] float mm(float millimetres) const { return metrics.mm(millimetres); }

  [[nodiscard]] std::string_view tr(std::string_view key) const { return translations.get(preferences.language, key); }
  /// The memory of this widget; fresh where it was not drawn in the last frame.
  WidgetMemory& remember(std::string_view key);
  void want_frames(int count);
  /// REQUIRES: the window's ImGui context is current and its frame has begun.
  void begin_frame();
  void end_frame();

 private:
  void walk_focus(int step);
  void take_keys();
};

}  // namespace yizhan::ui

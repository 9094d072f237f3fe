#pragma once
/// What whole pages are put together from. For kiosk/ui's own files.
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/ui/pen.h"

namespace yizhan::ui {

[[nodiscard]] std::string sub_key(std::string_view key, std::string_view part);

/// Screen node (the window has cleared its ground), and the start of the movement where the screen is another one than before.
void enter_screen(UiState& state, std::string_view key, std::string_view title);
/// The new content comes up from the ground, in three steps at most. Call after the content.
void veil(UiState& state, Rect const& rect);

/// A control in the header: a pill on the brand's ground.
struct Pill {
  std::string_view key;
  std::string_view label;
  std::string_view icon;
  std::string_view name;  // said
  bool strong = false;
};

/// Pills from left to right, ending at the band's right edge; reading order is what one sees.
class PillRow {
 public:
  PillRow(UiState& state, Rect const& band, float gap) : m_state(state), m_band(band), m_gap(gap) {}
  void add(Pill const& pill) { m_pills.push_back(pill); }
  /// The switch to the other language, where the window offers it.
  void add_language();
  [[nodiscard]] float left() const;
  /// The key of the one that was used; empty for none.
  [[nodiscard]] std::string_view draw() const;

 private:
  UiState& m_state;
  Rect m_band;
  float m_gap;
  std::vector<Pill> m_pills{};
};

/// Does what "ui.language", "ui.text_size" and "ui.contrast" are for. True where a preference changed.
bool apply_preference(Ui& ui, std::string_view used);

/// Crest, hall name, clock.
void draw_identity(UiState& state, Rect const& area);
/// The window's one-line notice, where it has one.
void draw_notice(Ui& ui);
/// Content as it is where it fits in what is left, else in a scroll area under key + ".scroll".
void draw_content(Ui& ui, std::string_view key, Content const& content);

}  // namespace yizhan::ui

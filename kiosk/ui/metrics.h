#pragma once
/// Sizes in millimetres of the real panel, so that type has the same height on every screen it is shown on.
///
/// Sources: EN 301 549 5.1.4 (capital H ≥ 0.7° of view: 7.33 mm at 600 mm), Section 508 402.4 (capital I ≥ 4.8 mm),
/// the MIIT's elder-friendly rules (touch targets ≥ 9.5 mm, line spacing ≥ 1.3).
#include <cstddef>

namespace yizhan::ui {

/// What a text is, not how big: the scale and the resident's settings decide the size.
enum class TextRole { caption, body, strong, heading, title, display, number };
inline constexpr std::size_t k_text_roles = 7;

/// Who looks, and from where. kiosk: standing at arm's length; counter: a desktop monitor; display: 8 m away;
/// technician: the kiosk's panel, read closely by someone who works on it.
enum class Scale { kiosk, counter, display, technician };

/// The resident's choice; `elder` (长辈版) is 1.25 times as large, `largest` 1.5 times.
enum class TextSize { standard, elder, largest };

/// The lit area of a panel. Zero or negative millimetres mean unknown: 3.2 px/mm is assumed.
struct Panel {
  int width_px = 1080;
  int height_px = 1920;
  float width_mm = 398.0F;  // 32 inches, portrait
  float height_mm = 708.0F;
};

struct Point {
  float x = 0;
  float y = 0;
};

/// Pixels; origin top left.
struct Rect {
  float x = 0;
  float y = 0;
  float width = 0;
  float height = 0;

  [[nodiscard]] float right() const { return x + width; }
  [[nodiscard]] float bottom() const { return y + height; }
  [[nodiscard]] Point centre() const { return {x + width / 2, y + height / 2}; }
  [[nodiscard]] bool contains(Point p) const { return p.x >= x && p.x < right() && p.y >= y && p.y < bottom(); }
  /// True where the two share an area; touching edges do not count.
  [[nodiscard]] bool overlaps(Rect const& other) const;
  [[nodiscard]] Rect intersect(Rect const& other) const;
  [[nodiscard]] Rect inset(float by) const { return {x + by, y + by, width - 2 * by, height - 2 * by}; }
};

class Metrics {
 public:
  Metrics() : Metrics(Panel{}, Scale::kiosk, TextSize::standard) {}
  Metrics(Panel const& panel, Scale scale, TextSize text_size);

  [[nodiscard]] float px_per_mm() const { return m_px_per_mm; }
  /// Millimetres → pixels, not rounded.
  [[nodiscard]] float mm(float millimetres) const { return millimetres * m_px_per_mm; }
  /// Height of a capital letter in millimetres. Kiosk body: 7.4 and more.
  [[nodiscard]] float cap_mm(TextRole role) const;
  [[nodiscard]] float cap_px(TextRole role) const { return mm(cap_mm(role)); }
  /// Distance of baselines as a multiple of the em.
  [[nodiscard]] float line_spacing(TextRole role) const;

  /// Kiosk: 20 mm or more, and never less than its label needs.
  [[nodiscard]] float button_mm() const;
  [[nodiscard]] float gap_mm() const;
  [[nodiscard]] float margin_mm() const;
  [[nodiscard]] float radius_mm() const;
  /// The smallest side an interactive node may have (Tree::findings reports smaller ones).
  [[nodiscard]] float min_target_mm() const;

  [[nodiscard]] Panel const& panel() const { return m_panel; }
  [[nodiscard]] Scale scale() const { return m_scale; }
  [[nodiscard]] TextSize text_size() const { return m_text_size; }
  [[nodiscard]] bool portrait() const { return m_panel.height_px > m_panel.width_px; }

 private:
  Panel m_panel;
  Scale m_scale;
  TextSize m_text_size;
  float m_px_per_mm;
  float m_text_factor;
};

}  // namespace yizhan::ui

#include "kiosk/ui/metrics.h"

#include <algorithm>
#include <array>

namespace yizhan::ui {

namespace {

struct ScaleSizes {
  std::array<float, k_text_roles> cap_mm;  // caption, body, strong, heading, title, display, number
  float button;
  float gap;
  float margin;
  float radius;
  float min_target;
};

// Kiosk: capital H seen at 600 mm (EN 301 549: 7.33 mm). Counter and technician: a monitor at 600 mm read by staff
// who sit or stand close (Section 508: 4.8 mm is for the public). Display: 8 m, 2.5 mm of height a metre and more.
ScaleSizes const& sizes_of(Scale scale) {
  static constexpr ScaleSizes k_kiosk{{5.6F, 7.4F, 7.4F, 9.2F, 12.5F, 20.0F, 44.0F}, 24.0F, 6.0F, 16.0F, 6.5F, 14.0F};
  static constexpr ScaleSizes k_counter{{2.6F, 3.1F, 3.1F, 3.7F, 5.0F, 8.0F, 18.0F}, 11.0F, 3.0F, 7.0F, 2.2F, 7.0F};
  static constexpr ScaleSizes k_display{
      {15.0F, 20.0F, 20.0F, 26.0F, 34.0F, 56.0F, 96.0F}, 40.0F, 12.0F, 30.0F, 9.0F, 20.0F};
  static constexpr ScaleSizes k_technician{
      {4.0F, 4.9F, 4.9F, 6.0F, 8.0F, 12.0F, 24.0F}, 16.0F, 3.6F, 12.0F, 3.6F, 9.5F};
  switch (scale) {
    case Scale::kiosk: return k_kiosk;
    case Scale::counter: return k_counter;
    case Scale::display: return k_display;
    case Scale::technician: return k_technician;
  }
  return k_kiosk;
}

constexpr float k_assumed_px_per_mm = 3.2F;

float factor_of(TextSize size) {
  switch (size) {
    case TextSize::standard: return 1.0F;
    case TextSize::elder: return 1.25F;
    case TextSize::largest: return 1.5F;
  }
  return 1.0F;
}

}  // namespace

bool Rect::overlaps(Rect const& other) const {
  // Half a pixel of tolerance: neighbours are rounded independently.
  constexpr float k_slack = 0.5F;
  return x + k_slack < other.right() && other.x + k_slack < right() && y + k_slack < other.bottom() &&
         other.y + k_slack < bottom();
}

Rect Rect::intersect(Rect const& other) const {
  float const left = std::max(x, other.x);
  float const top = std::max(y, other.y);
  return {left, top, std::max(0.0F, std::min(right(), other.right()) - left),
          std::max(0.0F, std::min(bottom(), other.bottom()) - top)};
}

Metrics::Metrics(Panel const& panel, Scale scale, TextSize text_size)
    : m_panel(panel), m_scale(scale), m_text_size(text_size), m_text_factor(factor_of(text_size)) {
  m_px_per_mm = panel.width_mm > 0 && panel.height_mm > 0
                    ? std::min(static_cast<float>(panel.width_px) / panel.width_mm,
                               static_cast<float>(panel.height_px) / panel.height_mm)
                    : k_assumed_px_per_mm;
}

float Metrics::cap_mm(TextRole role) const {
  float const factor = role == TextRole::number                               ? std::min(m_text_factor, 1.1F)
                       : role == TextRole::display || role == TextRole::title ? 1.0F + (m_text_factor - 1.0F) * 0.5F
                                                                              : m_text_factor;
  return sizes_of(m_scale).cap_mm[static_cast<std::size_t>(role)] * factor;
}

float Metrics::line_spacing(TextRole role) const {
  switch (role) {
    case TextRole::caption:
    case TextRole::body:
    case TextRole::strong: return 1.45F;
    case TextRole::heading: return 1.35F;
    case TextRole::title: return 1.3F;
    case TextRole::display:
    case TextRole::number: return 1.15F;
  }
  return 1.4F;
}

float Metrics::button_mm() const { return sizes_of(m_scale).button * (1.0F + (m_text_factor - 1.0F) * 0.5F); }
float Metrics::gap_mm() const { return sizes_of(m_scale).gap; }
float Metrics::margin_mm() const { return sizes_of(m_scale).margin; }
float Metrics::radius_mm() const { return sizes_of(m_scale).radius; }
float Metrics::min_target_mm() const { return sizes_of(m_scale).min_target; }

}  // namespace yizhan::ui

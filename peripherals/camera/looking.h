#pragma once
/// What of a frame is looked at, and whether there is light enough. Inside peripherals/camera only.
#include "peripherals/camera/camera_scanner.h"
#include "peripherals/code_scanner/filters.h"

namespace yizhan::camera {

/// The region's pixels, at least one; a region beyond the frame is cut.
[[nodiscard]] code_scanner::Region pixels_of(Region const& region, code_scanner::GreyImage const& frame);

/// Dark: nothing is as light as a phone's screen or paper in a lit hall. Bright: more than half has no shades left. Told once
/// five frames agree.
class LightMeter {
 public:
  /// REQUIRES: `part` lies in the frame.
  void look(code_scanner::GreyImage const& frame, code_scanner::Region const& part);
  [[nodiscard]] device::Light light() const { return m_light; }

 private:
  device::Light m_light = device::Light::good;
  device::Light m_next = device::Light::good;
  int m_agreed = 0;
};

}  // namespace yizhan::camera

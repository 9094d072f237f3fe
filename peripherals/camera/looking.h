#pragma once
/// What of a frame is looked at, and whether there is light enough. Inside peripherals/camera only.
#include "peripherals/camera/camera_scanner.h"
#include "peripherals/code_scanner/grey_image.h"

namespace yizhan::camera {

struct Part {
  code_scanner::GreyImage image;
  int left = 0;  // of it in the frame, pixels
  int top = 0;
};
/// The region's pixels, at least one; a region beyond the frame is cut.
[[nodiscard]] Part part_of(code_scanner::GreyImage const& frame, Region const& region);

/// Dark: nothing is as light as a phone's screen or paper in a lit hall. Bright: more than half has no shades left. Told once
/// five frames agree.
class LightMeter {
 public:
  void look(code_scanner::GreyImage const& image);
  [[nodiscard]] device::Light light() const { return m_light; }

 private:
  device::Light m_light = device::Light::good;
  device::Light m_next = device::Light::good;
  int m_agreed = 0;
};

}  // namespace yizhan::camera

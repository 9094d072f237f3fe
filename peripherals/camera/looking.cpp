#include "peripherals/camera/looking.h"

#include <algorithm>
#include <cmath>

namespace yizhan::camera {

namespace {

constexpr int k_lit = 70;     // of 255: the lightest of a lit scene is lighter
constexpr int k_burnt = 250;  // no shades above
constexpr int k_step = 3;     // pixels each way: a sample is enough
constexpr int k_frames = 5;

int part_of(float part, int all) {
  return static_cast<int>(std::lround(std::clamp(part, 0.0F, 1.0F) * static_cast<float>(all)));
}

device::Light light_of(code_scanner::GreyImage const& frame, code_scanner::Region const& part) {
  int all = 0;
  int lit = 0;
  int burnt = 0;
  for (int y = part.y; y < part.y + part.height; y += k_step) {
    auto const* const row = frame.pixels.data() + static_cast<std::size_t>(y) * static_cast<std::size_t>(frame.width);
    for (int x = part.x; x < part.x + part.width; x += k_step, ++all) {
      lit += row[x] >= k_lit ? 1 : 0;
      burnt += row[x] >= k_burnt ? 1 : 0;
    }
  }
  if (burnt * 2 > all) return device::Light::bright;
  if (lit * 50 < all) return device::Light::dark;  // less than 2 %
  return device::Light::good;
}

}  // namespace

code_scanner::Region pixels_of(Region const& region, code_scanner::GreyImage const& frame) {
  code_scanner::Region part;
  part.x = std::min(part_of(region.left, frame.width), frame.width - 1);
  part.y = std::min(part_of(region.top, frame.height), frame.height - 1);
  part.width = std::clamp(part_of(region.width, frame.width), 1, frame.width - part.x);
  part.height = std::clamp(part_of(region.height, frame.height), 1, frame.height - part.y);
  return part;
}

void LightMeter::look(code_scanner::GreyImage const& frame, code_scanner::Region const& part) {
  auto const light = light_of(frame, part);
  m_agreed = light == m_next ? m_agreed + 1 : 1;
  m_next = light;
  if (m_agreed >= k_frames) m_light = light;
}

}  // namespace yizhan::camera

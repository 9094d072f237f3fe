#include "peripherals/camera/looking.h"

#include <algorithm>
#include <cmath>

namespace yizhan::camera {

namespace {

constexpr int k_lit = 70;          // of 255: the lightest of a lit scene is lighter
constexpr int k_burnt = 250;       // no shades above
constexpr std::size_t k_step = 7;  // pixels: a sample is enough
constexpr int k_frames = 5;

int pixels(float part, int all) {
  return static_cast<int>(std::lround(std::clamp(part, 0.0F, 1.0F) * static_cast<float>(all)));
}

device::Light light_of(std::vector<std::uint8_t> const& grey) {
  std::size_t all = 0;
  std::size_t lit = 0;
  std::size_t burnt = 0;
  for (std::size_t i = 0; i < grey.size(); i += k_step, ++all) {
    lit += grey[i] >= k_lit ? 1 : 0;
    burnt += grey[i] >= k_burnt ? 1 : 0;
  }
  if (burnt * 2 > all) return device::Light::bright;
  if (lit * 50 < all) return device::Light::dark;  // less than 2 %
  return device::Light::good;
}

}  // namespace

Part part_of(code_scanner::GreyImage const& frame, Region const& region) {
  Part part;
  part.left = std::min(pixels(region.left, frame.width), frame.width - 1);
  part.top = std::min(pixels(region.top, frame.height), frame.height - 1);
  part.image.width = std::clamp(pixels(region.width, frame.width), 1, frame.width - part.left);
  part.image.height = std::clamp(pixels(region.height, frame.height), 1, frame.height - part.top);
  part.image.pixels.reserve(static_cast<std::size_t>(part.image.width) * static_cast<std::size_t>(part.image.height));
  for (int y = 0; y < part.image.height; ++y) {
    auto const* const row = frame.pixels.data() +
                            static_cast<std::size_t>(part.top + y) * static_cast<std::size_t>(frame.width) + part.left;
    part.image.pixels.insert(part.image.pixels.end(), row, row + part.image.width);
  }
  return part;
}

void LightMeter::look(code_scanner::GreyImage const& image) {
  auto const light = light_of(image.pixels);
  m_agreed = light == m_next ? m_agreed + 1 : 1;
  m_next = light;
  if (m_agreed >= k_frames) m_light = light;
}

}  // namespace yizhan::camera

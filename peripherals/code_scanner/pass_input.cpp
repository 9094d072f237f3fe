#include <algorithm>

#include "peripherals/code_scanner/ladder_passes.h"

namespace yizhan::code_scanner {

namespace {

/// A camera of more pixels is read at half its size: a code held up to it is large enough, and time is not.
constexpr std::int64_t k_most_pixels = 2'500'000;

std::int64_t pixels_of(GreyImage const& image) { return std::int64_t{image.width} * image.height; }

}  // namespace

void PassInput::take(GreyImage const& frame, Region const& region, std::size_t round) {
  m_round = round;
  m_busy_region.reset();
  m_has_half = m_has_third = m_has_busy = false;
  m_cut_region = clipped(region, frame);
  m_frame = &frame;
  if (m_cut_region.width != frame.width || m_cut_region.height != frame.height) {
    crop(frame, m_cut_region, m_cut);
    m_frame = &m_cut;
  }
  m_shrunk = 1;
  if (pixels_of(*m_frame) > k_most_pixels) {
    while (pixels_of(*m_frame) / (std::int64_t{m_shrunk} * m_shrunk) > k_most_pixels) ++m_shrunk;
    m_smaller = shrunk(*m_frame, m_shrunk);
    m_frame = &m_smaller;
  }
}

std::int64_t PassInput::area_of(Area area) {
  if (area == Area::frame) return pixels_of(*m_frame);
  return std::int64_t{busy_region().width} * busy_region().height;
}

bool PassInput::suits(PassKind const& pass) { return pass.most_area == 0 || area_of(pass.area) <= pass.most_area; }

Region const& PassInput::busy_region() {
  if (!m_busy_region) {
    auto const regions = busy_regions(*m_frame);
    m_busy_region = regions.empty() ? clipped({}, *m_frame) : regions[m_round % regions.size()];
  }
  return *m_busy_region;
}

GreyImage const& PassInput::half() {
  if (!m_has_half) halve(*m_frame, m_half);
  m_has_half = true;
  return m_half;
}

GreyImage const& PassInput::third() {
  if (!m_has_third) shrink_to_third(*m_frame, m_third);
  m_has_third = true;
  return m_third;
}

GreyImage const& PassInput::busy() {
  if (!m_has_busy) crop(*m_frame, busy_region(), m_busy);
  m_has_busy = true;
  return m_busy;
}

Mapping PassInput::mapping(Area area, double scale) {
  Mapping mapping;
  mapping.along_x = {m_shrunk / scale, 0};
  mapping.along_y = {0, m_shrunk / scale};
  mapping.at = {static_cast<double>(m_cut_region.x), static_cast<double>(m_cut_region.y)};
  if (area == Area::busy) {
    mapping.at[0] += busy_region().x * m_shrunk;
    mapping.at[1] += busy_region().y * m_shrunk;
  }
  return mapping;
}

void PassInput::scrub() {
  m_frame = nullptr;
  for (auto* image :
       {&m_cut, &m_smaller, &m_half, &m_third, &m_busy, &scratch[0], &scratch[1], &scratch[2], &scratch[3]}) {
    std::fill(image->pixels.begin(), image->pixels.end(), std::uint8_t{0});
  }
}

}  // namespace yizhan::code_scanner

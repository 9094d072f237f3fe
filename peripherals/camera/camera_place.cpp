#include "peripherals/camera/camera_place.h"

namespace yizhan::camera {

CameraPlace::CameraPlace(CameraSource source) : m_source(std::move(source)) {
  if (!m_source.bus) return;
  auto address = host::parse_address(m_source.path);
  if (!address) {
    m_bad_address = std::move(address).error();
    return;
  }
  m_locator.emplace(m_source.bus, std::move(*address), std::vector{host::Kind::video});
}

Result<CameraPlace::Found> CameraPlace::find() {
  if (m_bad_address) return *m_bad_address;
  if (!m_locator) return Found{m_source, {}};
  auto place = TRY(m_locator->locate());
  Found found{m_source, std::move(place)};
  found.source.path = found.place->node;
  return found;
}

Result<void> CameraPlace::confirm(Found const& found) {
  if (m_locator && found.place) TRY(m_locator->confirm(*found.place));
  return {};
}

}  // namespace yizhan::camera

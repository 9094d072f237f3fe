#include "peripherals/camera/camera_place.h"

namespace yizhan::camera {

Result<CameraPlace::Found> CameraPlace::find() {
  m_candidate.reset();
  if (!m_source.bus) return Found{m_source, {}};
  auto place = at_address();
  if (place && m_known && !is_known(*place)) {
    auto moved = elsewhere();
    if (!moved) {
      return Error::make(
          "device_foreign", Retry::later,
          place->node + ": " + (place->identity.empty() ? "unknown" : place->identity) + ", not " + m_known->identity);
    }
    place = std::move(moved);
  } else if (!place && place.error().is("device_absent") && m_known) {
    place = elsewhere();
  }
  if (!place) return std::move(place).error();
  m_candidate = *place;
  Found found{m_source, place->identity};
  found.source.path = place->node;
  return found;
}

void CameraPlace::remember(Found const& found) {
  if (!m_known && m_candidate && m_candidate->node == found.source.path && !found.identity.empty())
    m_known = m_candidate;
}

Result<host::Place> CameraPlace::at_address() {
  auto address = TRY(host::parse_address(m_source.path));
  // A camera has nodes for pictures and for what describes them; the pictures come first.
  if (auto* const usb = std::get_if<host::UsbAddress>(&address); usb != nullptr && !usb->number) usb->number = 1;
  return m_source.bus->find(address, host::Kind::video);
}

Result<host::Place> CameraPlace::elsewhere() {
  for (auto& place : m_source.bus->list(host::Kind::video)) {
    if (is_known(place)) return std::move(place);
  }
  return Error::make("device_absent", Retry::later, m_known->identity);
}

/// One without a serial number is known by its socket as well.
bool CameraPlace::is_known(host::Place const& place) const {
  if (place.identity != m_known->identity) return false;
  return m_known->identity.back() != ':' || place.socket == m_known->socket;
}

}  // namespace yizhan::camera

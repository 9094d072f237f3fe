#include "peripherals/emulated/bus.h"

#include <algorithm>

namespace yizhan::emulated {

void EmulatedBus::attach(WireDevice& device, std::string identity, std::string socket, host::Kind kind) {
  host::Place place;
  place.kind = kind;
  place.device = socket + "/" + identity;
  place.identity = std::move(identity);
  place.socket = std::move(socket);
  place.vendor = "Yizhan";
  place.product = "emulated";
  std::lock_guard const lock(m_mutex);
  m_entries.push_back({&device, std::move(place)});
}

void EmulatedBus::detach(WireDevice& device) {
  std::lock_guard const lock(m_mutex);
  m_entries.erase(
      std::remove_if(m_entries.begin(), m_entries.end(), [&](Entry const& entry) { return entry.device == &device; }),
      m_entries.end());
}

Result<void> EmulatedBus::plug(WireDevice& device, std::filesystem::path const& node) {
  TRY(device.plug_at(node));
  host::Place arrived;
  {
    std::lock_guard const lock(m_mutex);
    auto const entry = std::find_if(m_entries.begin(), m_entries.end(),
                                    [&](Entry const& candidate) { return candidate.device == &device; });
    if (entry == m_entries.end()) return Error::make("device_not_emulated", Retry::no, node.string());
    arrived = entry->place;
  }
  arrived.node = node.string();
  m_watchers.tell(arrived);
  return {};
}

void EmulatedBus::unplug(WireDevice& device) { device.unplug(); }

Result<void> EmulatedBus::renumber(WireDevice& device, std::filesystem::path const& node) {
  unplug(device);
  return plug(device, node);
}

Result<void> EmulatedBus::swap(WireDevice& device, WireDevice& other) {
  auto const node = device.path();
  unplug(device);
  return renumber(other, node);
}

std::vector<host::Place> EmulatedBus::list(host::Kind kind) {
  std::vector<host::Place> places;
  std::lock_guard const lock(m_mutex);
  for (auto const& entry : m_entries) {
    if (entry.place.kind != kind || !entry.device->plugged()) continue;
    places.push_back(entry.place);
    places.back().node = entry.device->path().string();
  }
  std::sort(places.begin(), places.end(), [](auto const& a, auto const& b) { return a.node < b.node; });
  return places;
}

std::unique_ptr<host::Watch> EmulatedBus::watch(Listener arrived) { return m_watchers.add(std::move(arrived)); }

}  // namespace yizhan::emulated

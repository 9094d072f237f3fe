#include "peripherals/host/bus.h"

#include <algorithm>
#include <filesystem>
#include <list>

namespace yizhan::host {

namespace {

Error absent(std::string detail) { return Error::make("device_absent", Retry::later, std::move(detail)); }

/// One device is one, however many interfaces it has; `number` chooses among those.
Result<Place> only_one(std::vector<Place> found, std::string const& name, std::optional<int> number = {}) {
  if (found.empty()) return absent(name);
  auto const same_device = [&](Place const& place) { return place.device == found.front().device; };
  if (!std::all_of(found.begin(), found.end(), same_device))
    return Error::make("device_ambiguous", Retry::later, name + ": " + std::to_string(found.size()) + " places");
  if (!number) {
    if (found.size() == 1) return std::move(found.front());
    return Error::make("device_ambiguous", Retry::no, name + ": several interfaces, add #1, #2, …");
  }
  std::sort(found.begin(), found.end(), [](Place const& a, Place const& b) { return a.interface < b.interface; });
  if (static_cast<std::size_t>(*number) > found.size()) return absent(name);
  return std::move(found[static_cast<std::size_t>(*number) - 1]);
}

struct Finder {
  Bus& bus;
  Kind kind;
  std::string name;

  template <class Matches>
  [[nodiscard]] std::vector<Place> matching(Matches matches) const {
    auto places = bus.list(kind);
    places.erase(std::remove_if(places.begin(), places.end(), [&](Place const& p) { return !matches(p); }),
                 places.end());
    return places;
  }

  Result<Place> operator()(PathAddress const& address) const {
    auto const at = [&](std::string const& node) {
      return matching([&](Place const& place) { return place.node == node; });
    };
    if (auto found = at(address.path); !found.empty()) return std::move(found.front());
    std::error_code error;
    auto const real = std::filesystem::canonical(address.path, error).string();
    if (error) return absent(address.path);
    if (auto found = at(real); !found.empty()) return std::move(found.front());
    Place unknown;
    unknown.kind = kind;
    unknown.node = address.path;
    return unknown;
  }
  Result<Place> operator()(UsbAddress const& address) const {
    auto const begin = usb_identity(address.vendor, address.product, address.serial);
    auto found = matching([&](Place const& place) {
      return address.serial.empty() ? place.identity.compare(0, begin.size(), begin) == 0 : place.identity == begin;
    });
    return only_one(std::move(found), name, address.number);
  }
  Result<Place> operator()(SocketAddress const& address) const {
    // "…-usb-0:1.4" is the socket of "…-usb-0:1.4:1.0".
    auto const with_interface = address.id_path + ":";
    auto found = matching([&](Place const& place) {
      return place.socket == address.id_path || place.socket.compare(0, with_interface.size(), with_interface) == 0;
    });
    return only_one(std::move(found), name);
  }
  Result<Place> operator()(TcpAddress const&) const {
    Place network;
    network.kind = kind;
    network.node = name;
    return network;
  }
};

}  // namespace

std::string_view to_string(Kind kind) {
  switch (kind) {
    case Kind::tty: return "tty";
    case Kind::usb: return "usb";
    case Kind::usblp: return "usblp";
    case Kind::video: return "video4linux";
    case Kind::hidraw: return "hidraw";
    case Kind::input: return "input";
  }
  return "tty";
}

std::vector<Place> Bus::list() {
  std::vector<Place> all;
  for (auto const kind : k_all_kinds) {
    auto places = list(kind);
    std::move(places.begin(), places.end(), std::back_inserter(all));
  }
  return all;
}

Result<Place> Bus::find(Address const& address, Kind kind) {
  return std::visit(Finder{*this, kind, host::to_string(address)}, address);
}

struct Watchers::State {
  std::mutex mutex;  // held during calls: a watch that ends waits for them
  std::list<Bus::Listener> listeners;
};

class Watchers::Entry final : public Watch {
 public:
  Entry(std::shared_ptr<State> state, Bus::Listener listener) : m_state(std::move(state)) {
    std::lock_guard const lock(m_state->mutex);
    m_at = m_state->listeners.insert(m_state->listeners.end(), std::move(listener));
  }
  ~Entry() override {
    std::lock_guard const lock(m_state->mutex);
    m_state->listeners.erase(m_at);
  }

 private:
  std::shared_ptr<State> const m_state;
  std::list<Bus::Listener>::iterator m_at;
};

std::shared_ptr<Watchers::State> Watchers::make_state() { return std::make_shared<State>(); }

std::unique_ptr<Watch> Watchers::add(Bus::Listener listener) {
  return std::make_unique<Entry>(m_state, std::move(listener));
}

void Watchers::tell(Place const& place) {
  std::lock_guard const lock(m_state->mutex);
  for (auto const& listener : m_state->listeners) listener(place);
}

}  // namespace yizhan::host

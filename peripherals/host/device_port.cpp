#include <algorithm>
#include <mutex>

#include "peripherals/host/port.h"
#include "peripherals/host/serial_port.h"
#include "peripherals/host/transports.h"

namespace yizhan::host {

namespace {

bool begins_with(std::string_view text, std::string_view begin) { return text.substr(0, begin.size()) == begin; }

bool is_expected(Place const& place, UsbAddress const& expected) {
  auto const identity = usb_identity(expected.vendor, expected.product, expected.serial);
  return expected.serial.empty() ? begins_with(place.identity, identity) : place.identity == identity;
}

bool is_same(Place const& place, Place const& known) {
  if (place.identity != known.identity || place.interface != known.interface) return false;
  bool const has_serial = !known.identity.empty() && known.identity.back() != ':';
  return has_serial || place.socket == known.socket;
}

class DevicePort final : public Port {
 public:
  DevicePort(std::shared_ptr<Bus> bus, Address address, PortSettings settings)
      : m_bus(std::move(bus)), m_address(std::move(address)), m_settings(std::move(settings)) {
    if (!m_bus) return;
    m_watch = m_bus->watch([this](Place const& place) {
      if (std::find(m_settings.kinds.begin(), m_settings.kinds.end(), place.kind) == m_settings.kinds.end()) return;
      std::lock_guard const lock(m_mutex);
      if (m_arrived) m_arrived();
    });
  }

  Result<OpenedLine> open(std::shared_ptr<Interrupt> interrupt) override {
    if (auto const* const tcp = std::get_if<TcpAddress>(&m_address))
      return OpenedLine{TRY(open_tcp(*tcp, std::move(interrupt))), name(), {}};
    auto const place = TRY(locate());
    auto line = TRY(open_line(place, std::move(interrupt)));
    // A node can get another device between finding and opening it; an open file is never another's later.
    if (!place.identity.empty() && !is_still_there(place)) return foreign(place, "changed while it was opened");
    if (!m_known && !place.identity.empty()) m_known = place;
    return OpenedLine{std::move(line), place.node, place.identity};
  }

  [[nodiscard]] std::string name() const override { return to_string(m_address); }

  void on_arrival(std::function<void()> arrived) override {
    std::lock_guard const lock(m_mutex);
    m_arrived = std::move(arrived);
  }

 private:
  [[nodiscard]] bool is_path() const { return std::holds_alternative<PathAddress>(m_address); }
  /// Without memory of it anything may be the one, unless another was configured.
  [[nodiscard]] bool is_mine(Place const& place) const {
    if (m_settings.expected && !is_expected(place, *m_settings.expected)) return false;
    return !m_known || std::holds_alternative<UsbAddress>(m_address) || is_same(place, *m_known);
  }

  Error foreign(Place const& place, std::string_view why) const {
    return Error::make(
        "device_foreign", Retry::later,
        place.node + ": " + (place.identity.empty() ? "unknown" : place.identity) + ", " + std::string(why));
  }

  Result<Place> locate() {
    auto at_address = find_at_address();
    if (at_address && is_mine(*at_address)) return at_address;
    if (!at_address && !at_address.error().is("device_absent")) return at_address;
    if (is_path() && (m_known || m_settings.expected)) {
      auto elsewhere = find_elsewhere();
      if (elsewhere || !elsewhere.error().is("device_absent")) return elsewhere;
    }
    if (!at_address) return at_address;
    return foreign(*at_address, m_known ? "not " + m_known->identity : "not the one that is configured");
  }

  Result<Place> find_at_address() {
    std::optional<Place> unknown;
    std::optional<Error> error;
    for (auto const kind : m_settings.kinds) {
      auto found = m_bus->find(m_address, kind);
      if (found && !found->device.empty()) return found;
      if (found) {
        unknown = std::move(*found);
      } else if (!found.error().is("device_absent")) {
        return found;
      } else if (!error) {
        error = std::move(found).error();
      }
    }
    if (!unknown) return std::move(*error);
    unknown->kind = kind_by_name(unknown->node);
    return std::move(*unknown);
  }

  /// Where the bus knows nothing of a node, its name tells.
  [[nodiscard]] Kind kind_by_name(std::string_view node) const {
    auto const may_be = [&](Kind kind) {
      return std::find(m_settings.kinds.begin(), m_settings.kinds.end(), kind) != m_settings.kinds.end();
    };
    if (begins_with(node, "/dev/usb/lp") && may_be(Kind::usblp)) return Kind::usblp;
    if (begins_with(node, "/dev/bus/usb/") && may_be(Kind::usb)) return Kind::usb;
    return may_be(Kind::tty) ? Kind::tty : m_settings.kinds.front();
  }

  Result<Place> find_elsewhere() {
    std::vector<Place> found;
    for (auto const kind : m_settings.kinds) {
      for (auto& place : m_bus->list(kind)) {
        if (is_mine(place)) found.push_back(std::move(place));
      }
    }
    if (found.size() == 1) return std::move(found.front());
    if (found.empty()) return Error::make("device_absent", Retry::later, name());
    return Error::make("device_ambiguous", Retry::later,
                       found[0].identity + " at " + found[0].node + " and " + found[1].node);
  }

  Result<std::unique_ptr<Line>> open_line(Place const& place, std::shared_ptr<Interrupt> interrupt) {
    switch (place.kind) {
      case Kind::usblp: return open_printer_node(place.node, std::move(interrupt));
      case Kind::usb: return open_usb_bulk(place.node, m_settings.pipes, std::move(interrupt));
      default: return std::unique_ptr<Line>(TRY(SerialPort::open(place.node, m_settings.baud, std::move(interrupt))));
    }
  }

  [[nodiscard]] bool is_still_there(Place const& place) {
    auto const now = m_bus->find(PathAddress{place.node}, place.kind);
    return now && is_same(*now, place) && now->device == place.device;
  }

  std::shared_ptr<Bus> const m_bus;
  Address const m_address;
  PortSettings const m_settings;
  std::optional<Place> m_known;  // device's thread
  std::mutex m_mutex;
  std::function<void()> m_arrived;
  std::unique_ptr<Watch> m_watch;  // last: its calls use the rest
};

}  // namespace

std::shared_ptr<Port> make_port(std::shared_ptr<Bus> bus, Address address, PortSettings settings) {
  return std::make_shared<DevicePort>(std::move(bus), std::move(address), std::move(settings));
}

}  // namespace yizhan::host

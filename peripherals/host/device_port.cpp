#include <mutex>

#include "peripherals/host/locator.h"
#include "peripherals/host/port.h"
#include "peripherals/host/serial_port.h"
#include "peripherals/host/transports.h"

namespace yizhan::host {

namespace {

class DevicePort final : public Port {
 public:
  DevicePort(std::shared_ptr<Bus> const& bus, Address address, PortSettings settings)
      : m_locator(bus, std::move(address), settings.kinds, settings.expected),
        m_baud(settings.baud),
        m_pipes(settings.pipes) {
    if (!bus) return;
    m_watch = bus->watch([this](Place const& place) {
      if (!m_locator.may_be(place.kind)) return;
      std::lock_guard const lock(m_mutex);
      if (m_arrived) m_arrived();
    });
  }

  Result<OpenedLine> open(std::shared_ptr<Interrupt> interrupt) override {
    if (auto const* const tcp = std::get_if<TcpAddress>(&m_locator.address())) {
      auto connected = TRY(open_tcp(*tcp, std::move(interrupt)));
      return OpenedLine{std::move(connected), name(), {}};
    }
    auto const place = TRY(m_locator.locate());
    auto line = TRY(open_line(place, std::move(interrupt)));
    TRY(m_locator.confirm(place));
    return OpenedLine{std::move(line), place.node, place.identity};
  }

  [[nodiscard]] std::string name() const override { return to_string(m_locator.address()); }

  void on_arrival(std::function<void()> arrived) override {
    std::lock_guard const lock(m_mutex);
    m_arrived = std::move(arrived);
  }

 private:
  Result<std::unique_ptr<Line>> open_line(Place const& place, std::shared_ptr<Interrupt> interrupt) const {
    switch (place.kind) {
      case Kind::tty: return std::unique_ptr<Line>(TRY(SerialPort::open(place.node, m_baud, std::move(interrupt))));
      case Kind::usblp: return open_printer_node(place.node, std::move(interrupt));
      case Kind::usb: return open_usb_bulk(place.node, m_pipes, std::move(interrupt));
      case Kind::hidraw:
      case Kind::input: return open_report_node(place.node, std::move(interrupt));
      case Kind::video: break;
    }
    return Error::make("device_refused", Retry::no, place.node + ": pictures are no bytes of a line");
  }

  Locator m_locator;  // device's thread, but for what never changes
  int const m_baud;
  UsbPipes const m_pipes;
  std::mutex m_mutex;
  std::function<void()> m_arrived;
  std::unique_ptr<Watch> m_watch;  // last: its calls use the rest
};

}  // namespace

std::shared_ptr<Port> make_port(std::shared_ptr<Bus> bus, Address address, PortSettings settings) {
  return std::make_shared<DevicePort>(bus, std::move(address), std::move(settings));
}

}  // namespace yizhan::host

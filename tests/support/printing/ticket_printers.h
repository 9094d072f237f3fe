#pragma once
/// The emulated ticket printer behind each carrier its driver opens, and what tells whether a ticket is whole.
#include <algorithm>
#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "peripherals/emulated/bus.h"
#include "peripherals/emulated/network_printer.h"
#include "peripherals/emulated/ticket_printer.h"
#include "peripherals/host/port.h"

namespace yizhan::test {

enum class Carrier { serial, printer_node, tcp };

[[nodiscard]] inline std::string to_string(Carrier carrier) {
  return carrier == Carrier::serial ? "Serial" : carrier == Carrier::tcp ? "Tcp" : "PrinterNode";
}

/// Throws std::runtime_error where it cannot be made.
class WiredTicketPrinter {
 public:
  /// `folder` is for its node. `width` in dots.
  WiredTicketPrinter(Carrier carrier, int width, std::filesystem::path const& folder) : m_node(folder / "usb" / "lp0") {
    if (carrier == Carrier::tcp) {
      m_network = made(emulated::EmulatedNetworkPrinter::create(width));
      m_port = host::make_port(nullptr, host::TcpAddress{"127.0.0.1", m_network->port()});
      return;
    }
    if (carrier == Carrier::serial) m_node = folder / "ttyS0";
    m_wired = made(emulated::EmulatedPrinter::create(m_node, width));
    host::PortSettings settings;
    settings.kinds = {carrier == Carrier::serial ? host::Kind::tty : host::Kind::usblp};
    m_bus->attach(*m_wired, "usb:0416:5011:T1", "pci-0000:00:14.0-usb-0:2:1.0", settings.kinds.front());
    m_port = host::make_port(m_bus, host::PathAddress{m_node.string()}, settings);
  }
  ~WiredTicketPrinter() {
    if (m_wired) m_bus->detach(*m_wired);
  }
  WiredTicketPrinter(WiredTicketPrinter const&) = delete;
  WiredTicketPrinter& operator=(WiredTicketPrinter const&) = delete;

  emulated::PrinterMechanism& operator*() {
    return m_network ? static_cast<emulated::PrinterMechanism&>(*m_network) : *m_wired;
  }
  emulated::PrinterMechanism* operator->() { return &**this; }
  /// One driver at a time.
  [[nodiscard]] std::shared_ptr<host::Port> port() const { return m_port; }

  void unplug() { m_network ? m_network->unplug() : m_bus->unplug(*m_wired); }
  void plug() {
    auto const plugged = m_network ? m_network->plug() : m_bus->plug(*m_wired, m_node);
    if (!plugged) throw std::runtime_error(plugged.error().to_line());
  }
  [[nodiscard]] bool plugged() const { return m_network ? m_network->plugged() : m_wired->plugged(); }

 private:
  template <class Printer>
  static std::unique_ptr<Printer> made(Result<std::unique_ptr<Printer>> printer) {
    if (!printer) throw std::runtime_error(printer.error().to_line());
    return std::move(*printer);
  }

  std::filesystem::path m_node;
  std::shared_ptr<emulated::EmulatedBus> m_bus = std::make_shared<emulated::EmulatedBus>();
  std::unique_ptr<emulated::EmulatedPrinter> m_wired;
  std::unique_ptr<emulated::EmulatedNetworkPrinter> m_network;
  std::shared_ptr<host::Port> m_port;
};

/// A picture no other `number` has, without bytes that would get a dot more on their way.
[[nodiscard]] inline device::PaperImage numbered_picture(int width, int height, unsigned number) {
  device::PaperImage image{width, height, {}};
  auto const row = static_cast<unsigned>(image.row_bytes());
  for (unsigned i = 0; i < row * static_cast<unsigned>(height); ++i) {
    // Each row has the number, four bits in a byte.
    auto const bits = i % row < 8 ? (number >> (4 * (i % row)) & 0xFU) << 1U : i * 7;
    image.bits.push_back(static_cast<std::uint8_t>(bits | 0x81U));
  }
  return image;
}

/// Whether one of these papers begins with the whole picture.
[[nodiscard]] inline int copies_of(device::PaperImage const& picture, std::vector<device::PaperImage> const& papers) {
  return static_cast<int>(std::count_if(papers.begin(), papers.end(), [&](device::PaperImage const& paper) {
    return paper.width == picture.width && paper.bits.size() >= picture.bits.size() &&
           std::equal(picture.bits.begin(), picture.bits.end(), paper.bits.begin());
  }));
}

}  // namespace yizhan::test

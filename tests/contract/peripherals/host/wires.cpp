#include "tests/contract/peripherals/host/wires.h"

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <optional>

#include "peripherals/emulated/pty.h"
#include "peripherals/host/serial_port.h"
#include "tests/contract/peripherals/host/mock_usb_device.h"
#include "tests/support/temp_dir.h"

namespace yizhan::test {

namespace {

std::string read_from(int fd, std::size_t length) {
  std::string all;
  std::array<char, 4096> chunk;
  pollfd item{fd, POLLIN, 0};
  while (all.size() < length && ::poll(&item, 1, 10'000) > 0) {
    auto const got = ::read(fd, chunk.data(), chunk.size());
    if (got <= 0) break;
    all.append(chunk.data(), static_cast<std::size_t>(got));
  }
  return all;
}

using Opener = Result<std::unique_ptr<host::Line>> (*)(std::string const& node, std::shared_ptr<host::Interrupt>);

Result<std::unique_ptr<host::Line>> open_serial(std::string const& node, std::shared_ptr<host::Interrupt> interrupt) {
  return std::unique_ptr<host::Line>(TRY(host::SerialPort::open(node, 115200, std::move(interrupt))));
}

/// A pseudo terminal stands for the tty, and for the kernel's printer and HID nodes too: all are read, written and
/// polled, and all give an error once the plug is pulled.
class PtyWire final : public Wire {
 public:
  explicit PtyWire(Opener opener) : m_opener(opener), m_pty(std::move(*emulated::Pty::open(m_folder / "node"))) {}
  Result<std::unique_ptr<host::Line>> open(std::shared_ptr<host::Interrupt> interrupt) override {
    return m_opener((m_folder / "node").string(), std::move(interrupt));
  }
  void send(std::string_view bytes) override { m_pty->write(std::as_bytes(std::span(bytes))); }
  std::string received(std::size_t length) override { return read_from(m_pty->fd(), length); }
  void unplug() override { m_pty.reset(); }
  void jam() override {}  // nobody reads, so the terminal's buffer fills

 private:
  Opener const m_opener;
  TempDir m_folder{"wire"};
  std::optional<emulated::Pty> m_pty;
};

class TcpWire final : public Wire {
 public:
  TcpWire() : m_listener(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    ::bind(m_listener, reinterpret_cast<sockaddr*>(&address), size);
    ::listen(m_listener, 4);
    ::getsockname(m_listener, reinterpret_cast<sockaddr*>(&address), &size);
    m_address.host = "127.0.0.1";
    m_address.port = ntohs(address.sin_port);
  }
  ~TcpWire() override { unplug(); }
  Result<std::unique_ptr<host::Line>> open(std::shared_ptr<host::Interrupt> interrupt) override {
    auto line = TRY(host::open_tcp(m_address, std::move(interrupt)));
    m_peer = ::accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC);
    return line;
  }
  void send(std::string_view bytes) override { ::send(m_peer, bytes.data(), bytes.size(), MSG_NOSIGNAL); }
  std::string received(std::size_t length) override { return read_from(m_peer, length); }
  void unplug() override {
    if (m_listener >= 0) ::close(std::exchange(m_listener, -1));
    // Unread input makes it a reset, as a printer's power switch does.
    if (m_peer >= 0) ::close(std::exchange(m_peer, -1));
  }
  void jam() override {}
  [[nodiscard]] bool shared_by_nature() const override { return true; }

 private:
  int m_listener;
  int m_peer = -1;
  host::TcpAddress m_address;
};

class UsbWire final : public Wire {
 public:
  Result<std::unique_ptr<host::Line>> open(std::shared_ptr<host::Interrupt> interrupt) override {
    auto const node = m_gone ? "/dev/bus/usb/001/099" : m_device.node();
    return host::open_usb_bulk(node, {}, std::move(interrupt));
  }
  void send(std::string_view bytes) override { m_device.send(bytes); }
  std::string received(std::size_t length) override { return m_device.received(length); }
  void unplug() override {
    m_device.pull();
    m_gone = true;
  }
  void jam() override { m_device.jam(true); }

 private:
  MockMachine m_machine;
  MockUsbDevice m_device{m_machine, {"1-1.4", "0400", "c35a", "5A01"}, 4};
  bool m_gone = false;
};

}  // namespace

std::unique_ptr<Wire> make_serial_wire() { return std::make_unique<PtyWire>(&open_serial); }
std::unique_ptr<Wire> make_printer_node_wire() { return std::make_unique<PtyWire>(&host::open_printer_node); }
std::unique_ptr<Wire> make_report_node_wire() { return std::make_unique<PtyWire>(&host::open_report_node); }
std::unique_ptr<Wire> make_tcp_wire() { return std::make_unique<TcpWire>(); }
std::unique_ptr<Wire> make_usb_wire() { return std::make_unique<UsbWire>(); }

}  // namespace yizhan::test

// Something at the printer's address that never stops sending: it is no printer, and nobody waits for it for ever.
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <thread>

#include "peripherals/host/port.h"
#include "peripherals/ticket_printer/escpos_printer.h"

namespace yizhan {
namespace {

/// Sends zeros to whoever comes, as fast as they are taken.
class Flood {
 public:
  Flood() : m_socket(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(address);
    EXPECT_EQ(::bind(m_socket, reinterpret_cast<sockaddr*>(&address), size), 0);
    EXPECT_EQ(::listen(m_socket, 1), 0);
    EXPECT_EQ(::getsockname(m_socket, reinterpret_cast<sockaddr*>(&address), &size), 0);
    m_port = ntohs(address.sin_port);
    m_thread = std::thread([this] {
      int const peer = ::accept(m_socket, nullptr, nullptr);
      std::array<char, 4096> const zeros{};
      while (peer >= 0 && ::send(peer, zeros.data(), zeros.size(), MSG_NOSIGNAL) > 0) {
      }
      if (peer >= 0) ::close(peer);
    });
  }
  ~Flood() {
    ::shutdown(m_socket, SHUT_RDWR);
    m_thread.join();
    ::close(m_socket);
  }
  Flood(Flood const&) = delete;
  Flood& operator=(Flood const&) = delete;
  [[nodiscard]] std::uint16_t port() const { return m_port; }

 private:
  int const m_socket;
  std::uint16_t m_port = 0;
  std::thread m_thread;
};

TEST(TicketPrinterFlood, IsGivenUp) {
  Flood const flood;
  auto const port = host::make_port(nullptr, host::TcpAddress{"127.0.0.1", flood.port()});
  auto const status = ticket_printer::printer_status(*port);
  ASSERT_FALSE(status);
  EXPECT_TRUE(status.error().is("printer_offline")) << status.error().to_line();
}

}  // namespace
}  // namespace yizhan

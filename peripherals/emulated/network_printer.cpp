#include "peripherals/emulated/network_printer.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include "peripherals/emulated/loopback.h"

namespace yizhan::emulated {

Result<std::unique_ptr<EmulatedNetworkPrinter>> EmulatedNetworkPrinter::create(int width,
                                                                               std::filesystem::path tickets) {
  std::unique_ptr<EmulatedNetworkPrinter> printer(new EmulatedNetworkPrinter(width, std::move(tickets)));
  TRY(printer->plug());
  printer->m_thread = std::thread([raw = printer.get()] { raw->serve(); });
  return printer;
}

EmulatedNetworkPrinter::~EmulatedNetworkPrinter() {
  m_stop.raise();
  if (m_thread.joinable()) m_thread.join();
  close_all();
}

Result<void> EmulatedNetworkPrinter::plug() {
  std::lock_guard const lock(m_mutex);
  if (m_listener >= 0) return {};
  m_listener = TRY(listen_on_loopback(m_port));
  return {};
}

/// The serving thread closes: it may be waiting for these very sockets.
void EmulatedNetworkPrinter::unplug() {
  std::unique_lock lock(m_mutex);
  if (m_listener < 0) return;
  m_unplugging = true;
  m_closed.wait(lock, [this] { return !m_unplugging; });
}

bool EmulatedNetworkPrinter::plugged() const {
  std::lock_guard const lock(m_mutex);
  return m_listener >= 0;
}

void EmulatedNetworkPrinter::close_all() {
  if (m_connection >= 0) ::close(std::exchange(m_connection, -1));
  if (m_listener >= 0) ::close(std::exchange(m_listener, -1));
}

void EmulatedNetworkPrinter::serve() {
  while (!m_stop.raised()) serve_once();
}

void EmulatedNetworkPrinter::serve_once() {
  int listener = -1;
  int connection = -1;
  // A short limit, because it may be unplugged and plugged while this waits.
  std::chrono::milliseconds limit(20);
  {
    std::lock_guard const lock(m_mutex);
    if (std::exchange(m_unplugging, false) || (m_listener >= 0 && !go_on())) {
      close_all();
      lose_power();
    }
    m_closed.notify_all();
    listener = m_listener;
    connection = m_connection;
    limit = rests().value_or(limit);
  }
  pollfd items[] = {{m_stop.fd(), POLLIN, 0}, {listener, POLLIN, 0}, {connection, POLLIN, 0}};
  ::poll(items, 3, static_cast<int>(limit.count()));
  std::lock_guard const lock(m_mutex);
  if (m_stop.raised()) return;
  if (items[2].revents != 0) {
    std::array<std::byte, 4096> chunk;
    auto const got = ::recv(m_connection, chunk.data(), chunk.size(), MSG_DONTWAIT);
    bool const nothing_yet = got < 0 && (errno == EAGAIN || errno == EINTR);
    if (got > 0 && !take(std::span(chunk).first(static_cast<std::size_t>(got)))) {
      close_all();
      return lose_power();
    }
    if (got <= 0 && !nothing_yet) ::close(std::exchange(m_connection, -1));
  }
  if (items[1].revents == 0) return;
  int const accepted = ::accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC);
  if (accepted < 0) return;
  int const yes = 1;
  ::setsockopt(accepted, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  if (m_connection >= 0) ::close(m_connection);
  m_connection = accepted;
}

void EmulatedNetworkPrinter::answer(std::span<std::byte const> bytes) {
  if (m_connection < 0 || bytes.empty()) return;
  [[maybe_unused]] auto const sent = ::send(m_connection, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
}

}  // namespace yizhan::emulated

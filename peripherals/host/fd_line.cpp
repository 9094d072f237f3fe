#include "peripherals/host/fd_line.h"

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

namespace yizhan::host {

namespace {

Error absent(std::string detail) { return Error::make("device_absent", Retry::later, std::move(detail)); }

}  // namespace

Error open_error(std::string const& place, int number) {
  auto detail = place + ": " + std::strerror(number);
  switch (number) {
    case EACCES:
    case EPERM: return Error::make("device_refused", Retry::no, std::move(detail));
    case EBUSY:
    case EWOULDBLOCK: return Error::make("device_busy", Retry::later, std::move(detail));
    default: return absent(std::move(detail));
  }
}

FdLine::~FdLine() { ::close(m_fd); }

Result<FdLine::Ready> FdLine::wait(short events, Deadline const& deadline) {
  pollfd items[] = {{m_fd, events, 0}, {m_interrupt->fd(), POLLIN, 0}, {deadline.fd(), POLLIN, 0}};
  while (::poll(items, 3, -1) < 0) {
    if (errno != EINTR) return absent(std::strerror(errno));
  }
  if (items[1].revents != 0) return Error::make("device_cancelled");
  bool const ended = (items[0].revents & (POLLHUP | POLLERR)) != 0;
  if ((items[0].revents & events) != 0) return ended ? Ready::last_bytes : Ready::yes;
  if (items[0].revents != 0) return absent("hung up");
  return Error::make("device_timeout", Retry::later);
}

Result<void> FdLine::rest(Deadline const& deadline) {
  constexpr int k_milliseconds = 20;
  pollfd items[] = {{m_interrupt->fd(), POLLIN, 0}, {deadline.fd(), POLLIN, 0}};
  ::poll(items, 2, k_milliseconds);
  if (items[0].revents != 0) return Error::make("device_cancelled");
  if (items[1].revents != 0) return Error::make("device_timeout", Retry::later);
  return {};
}

Result<std::size_t> FdLine::read_some(std::span<std::byte> out, Deadline const& deadline) {
  for (;;) {
    auto const ready = TRY(wait(POLLIN, deadline));
    auto const got = ::read(m_fd, out.data(), out.size());
    if (got > 0) return static_cast<std::size_t>(got);
    if (got == 0 && (nothing_is_end() || ready == Ready::last_bytes)) return absent("end of input");
    if (got < 0 && errno != EAGAIN && errno != EINTR) return absent(std::strerror(errno));
    if (!nothing_is_end()) TRY(rest(deadline));
  }
}

Result<void> FdLine::write_all(std::span<std::byte const> bytes, Deadline const& deadline, std::size_t* written) {
  while (!bytes.empty()) {
    TRY(wait(POLLOUT, deadline));
    // A peer that went away is an error here, not a signal; on what is no socket, plain write() has none.
    auto put = ::send(m_fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (put < 0 && errno == ENOTSOCK) put = ::write(m_fd, bytes.data(), bytes.size());
    if (put < 0) {
      if (errno == EAGAIN || errno == EINTR) continue;
      return absent(std::strerror(errno));
    }
    if (written != nullptr) *written += static_cast<std::size_t>(put);
    bytes = bytes.subspan(static_cast<std::size_t>(put));
  }
  return {};
}

void FdLine::discard_input() {
  // What never stops sending is not waited for: whoever reads on finds out.
  constexpr int k_most = 64;
  std::array<std::byte, 1024> dropped;
  for (int i = 0; i<k_most&& ::read(m_fd, dropped.data(), dropped.size())> 0; ++i) {
  }
}

}  // namespace yizhan::host

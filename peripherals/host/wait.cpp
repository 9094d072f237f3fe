#include "peripherals/host/wait.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>

namespace yizhan::host {

namespace {

bool readable(int fd) {
  pollfd item{fd, POLLIN, 0};
  return ::poll(&item, 1, 0) > 0;
}

}  // namespace

Interrupt::Interrupt() : m_fd(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {}

Interrupt::~Interrupt() {
  if (m_fd >= 0) ::close(m_fd);
}

void Interrupt::raise() noexcept {
  std::uint64_t const one = 1;
  // Only a counter at its maximum refuses, and that one is raised.
  [[maybe_unused]] auto const written = ::write(m_fd, &one, sizeof one);
}

bool Interrupt::raised() const { return readable(m_fd); }

Deadline::Deadline(Duration in) : m_fd(::timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK)) {
  auto const micros = std::max<std::int64_t>(in.count(), 1);  // zero would disarm it
  itimerspec spec{};
  spec.it_value.tv_sec = micros / 1'000'000;
  spec.it_value.tv_nsec = micros % 1'000'000 * 1000;
  ::timerfd_settime(m_fd, 0, &spec, nullptr);
}

Deadline::~Deadline() {
  if (m_fd >= 0) ::close(m_fd);
}

bool Deadline::passed() const { return readable(m_fd); }

Result<void> pause(Duration time, Interrupt const& interrupt) {
  Deadline const deadline(time);
  pollfd items[] = {{interrupt.fd(), POLLIN, 0}, {deadline.fd(), POLLIN, 0}};
  while (::poll(items, 2, -1) < 0 && errno == EINTR) {
  }
  if (items[0].revents != 0) return Error::make("device_cancelled");
  return {};
}

Duration BackOff::next() {
  auto const now = m_next;
  m_next = std::min(m_next * 2, k_longest);
  return now;
}

}  // namespace yizhan::host

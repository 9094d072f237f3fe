#include "shared/hall/change_listener.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>

#include "shared/base/log.h"

namespace yizhan::hall {

namespace {

constexpr int k_first_pause_ms = 250;
constexpr int k_longest_pause_ms = 5000;

/// False: told to stop.
bool pause(int stop, int milliseconds) {
  pollfd descriptor{stop, POLLIN, 0};
  int ready = 0;
  do {
    ready = ::poll(&descriptor, 1, milliseconds);
  } while (ready < 0 && errno == EINTR);
  return ready == 0;
}

}  // namespace

ChangeListener::ChangeListener(ConnectionSettings settings, ChangeSignal signal)
    : m_signal(std::move(signal)),
      m_stop(::eventfd(0, EFD_CLOEXEC)),
      m_thread([this, settings = std::move(settings)] { listen(settings); }) {}

ChangeListener::~ChangeListener() {
  std::uint64_t const one = 1;
  if (::write(m_stop, &one, sizeof one) != sizeof one) log::error("hall listener: cannot be told to stop");
  m_thread.join();
  ::close(m_stop);
}

void ChangeListener::listen(ConnectionSettings settings) {
  log::set_thread_name("hall");
  PostgresLink link(std::move(settings), m_stop);
  bool away = false;
  int pause_ms = k_first_pause_ms;
  do {
    auto listening = link.call("LISTEN yizhan_hall", {});
    if (!listening) {
      if (!pause(m_stop, 0)) return;
      if (!away) log::warning("hall listener: {}", listening.error().to_line());
      away = true;
      link.disconnect();
      pause_ms = std::min(pause_ms * 2, k_longest_pause_ms);
      continue;
    }
    if (away) log::info("hall listener: connected again");
    away = false;
    pause_ms = k_first_pause_ms;
    do {
      if (m_signal) m_signal();
    } while (link.wait_for_notification());
  } while (pause(m_stop, pause_ms));
}

}  // namespace yizhan::hall

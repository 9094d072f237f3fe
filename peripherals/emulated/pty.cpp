#include "peripherals/emulated/pty.h"

#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <string>
#include <system_error>
#include <utility>

namespace yizhan::emulated {

Result<Pty> Pty::open(std::filesystem::path path) {
  Pty pty;
  pty.m_master = ::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK);
  std::array<char, 128> name{};
  if (pty.m_master < 0 || ::grantpt(pty.m_master) != 0 || ::unlockpt(pty.m_master) != 0 ||
      ::ptsname_r(pty.m_master, name.data(), name.size()) != 0) {
    return Error::make("pty_failed", Retry::no, std::strerror(errno));
  }
  pty.m_slave = ::open(name.data(), O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK);
  termios settings{};
  if (pty.m_slave < 0 || ::tcgetattr(pty.m_slave, &settings) != 0) {
    return Error::make("pty_failed", Retry::no, std::strerror(errno));
  }
  ::cfmakeraw(&settings);
  ::tcsetattr(pty.m_slave, TCSANOW, &settings);

  std::error_code error;
  if (path.has_parent_path()) std::filesystem::create_directories(path.parent_path(), error);
  if (std::filesystem::is_symlink(path, error)) std::filesystem::remove(path, error);
  std::filesystem::create_symlink(name.data(), path, error);
  if (error) return Error::make("pty_failed", Retry::no, path.string() + ": " + error.message());
  pty.m_path = std::move(path);
  return pty;
}

Pty::~Pty() { unplug(); }

Pty::Pty(Pty&& other) noexcept
    : m_path(std::exchange(other.m_path, {})),
      m_master(std::exchange(other.m_master, -1)),
      m_slave(std::exchange(other.m_slave, -1)) {}

Pty& Pty::operator=(Pty&& other) noexcept {
  if (this != &other) {
    unplug();
    m_path = std::exchange(other.m_path, {});
    m_master = std::exchange(other.m_master, -1);
    m_slave = std::exchange(other.m_slave, -1);
  }
  return *this;
}

void Pty::unplug() {
  if (!m_path.empty()) {
    std::error_code ignored;
    std::filesystem::remove(std::exchange(m_path, {}), ignored);
  }
  if (m_master >= 0) ::close(std::exchange(m_master, -1));
  if (m_slave >= 0) ::close(std::exchange(m_slave, -1));
}

std::size_t Pty::read_some(std::span<std::byte> out) {
  auto const got = ::read(m_master, out.data(), out.size());
  return got > 0 ? static_cast<std::size_t>(got) : 0;
}

void Pty::write(std::span<std::byte const> bytes) {
  while (!bytes.empty()) {
    auto const put = ::write(m_master, bytes.data(), bytes.size());
    if (put > 0) {
      bytes = bytes.subspan(static_cast<std::size_t>(put));
      continue;
    }
    if (put < 0 && errno == EINTR) continue;
    if (put < 0 && errno != EAGAIN) return;
    pollfd item{m_master, POLLOUT, 0};
    if (::poll(&item, 1, 1000) <= 0 || (item.revents & POLLOUT) == 0) return;
  }
}

}  // namespace yizhan::emulated

#include "tests/support/display/virtual_display.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdlib>
#include <stdexcept>

namespace yizhan::test {

namespace {

/// What Xvfb writes to -displayfd once it accepts clients: its display's number and a newline.
std::string read_number(int pipe) {
  std::string number;
  constexpr int k_limit_ms = 30000;
  pollfd wait{pipe, POLLIN, 0};
  while (number.find('\n') == std::string::npos) {
    if (::poll(&wait, 1, k_limit_ms) <= 0) return {};
    std::array<char, 16> bytes{};
    ssize_t const got = ::read(pipe, bytes.data(), bytes.size());
    if (got <= 0) return {};
    number.append(bytes.data(), static_cast<std::size_t>(got));
  }
  return number.substr(0, number.find('\n'));
}

}  // namespace

VirtualDisplay::VirtualDisplay() {
  int ends[2] = {-1, -1};
  if (::pipe(ends) != 0) throw std::runtime_error("no pipe for Xvfb");
  m_pid = ::fork();
  if (m_pid == 0) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    ::close(ends[0]);
    int const null = ::open("/dev/null", O_WRONLY);
    ::dup2(null, STDERR_FILENO);
    std::string const fd = std::to_string(ends[1]);
    ::execlp("Xvfb", "Xvfb", "-displayfd", fd.c_str(), "-screen", "0", "1920x1920x24", "-nolisten", "tcp", "-noreset",
             static_cast<char*>(nullptr));
    ::_exit(127);
  }
  ::close(ends[1]);
  std::string const number = m_pid > 0 ? read_number(ends[0]) : std::string();
  ::close(ends[0]);
  if (number.empty()) throw std::runtime_error("Xvfb does not start (package xvfb)");
  m_name = ":" + number;
  ::setenv("DISPLAY", m_name.c_str(), 1);
  ::setenv("SDL_VIDEODRIVER", "x11", 1);
  ::setenv("LIBGL_ALWAYS_SOFTWARE", "1", 1);
}

VirtualDisplay::~VirtualDisplay() {
  if (m_pid <= 0) return;
  ::kill(m_pid, SIGTERM);
  int status = 0;
  ::waitpid(m_pid, &status, 0);
}

}  // namespace yizhan::test

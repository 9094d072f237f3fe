#include "peripherals/host/serial_port.h"

#include <fcntl.h>
#include <sys/file.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <optional>
#include <utility>

#include "peripherals/host/port.h"

namespace yizhan::host {

namespace {

std::optional<speed_t> speed_of(int baud) {
  constexpr std::array<std::pair<int, speed_t>, 12> speeds{{{1200, B1200},
                                                            {2400, B2400},
                                                            {4800, B4800},
                                                            {9600, B9600},
                                                            {19200, B19200},
                                                            {38400, B38400},
                                                            {57600, B57600},
                                                            {115200, B115200},
                                                            {230400, B230400},
                                                            {460800, B460800},
                                                            {921600, B921600},
                                                            {1000000, B1000000}}};
  for (auto const& [rate, speed] : speeds) {
    if (rate == baud) return speed;
  }
  return std::nullopt;
}

bool make_raw(int fd, speed_t speed) {
  termios settings{};
  if (::tcgetattr(fd, &settings) != 0) return false;
  ::cfmakeraw(&settings);
  settings.c_cflag |= CLOCAL | CREAD;
  settings.c_cflag &= ~static_cast<tcflag_t>(CSTOPB | CRTSCTS);
  settings.c_cc[VMIN] = 0;
  settings.c_cc[VTIME] = 0;
  return ::cfsetspeed(&settings, speed) == 0 && ::tcsetattr(fd, TCSANOW, &settings) == 0;
}

}  // namespace

Result<std::unique_ptr<SerialPort>> SerialPort::open(std::string const& path, int baud,
                                                     std::shared_ptr<Interrupt> interrupt) {
  auto const speed = speed_of(baud);
  if (!speed) return Error::make("device_baud", Retry::no, std::to_string(baud));
  int const fd = ::open(path.c_str(), O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
  if (fd < 0) return open_error(path, errno);
  std::unique_ptr<SerialPort> port(new SerialPort(fd, std::move(interrupt)));
  if (::isatty(fd) == 0) return Error::make("device_absent", Retry::no, path + ": not a serial port");
  // Goes with the descriptor, unlike TIOCEXCL, which would outlive a crash on a pseudo terminal.
  if (::flock(fd, LOCK_EX | LOCK_NB) != 0) return open_error(path, errno);
  if (!make_raw(fd, *speed)) return open_error(path, errno);
  port->discard_input();
  return port;
}

SerialPort::~SerialPort() {
  // Output nobody takes any more would hold close() for its drain time-out of 30 s.
  ::tcflush(fd(), TCOFLUSH);
}

void SerialPort::discard_input() { ::tcflush(fd(), TCIFLUSH); }

namespace {

class FixedSerialPort final : public Port {
 public:
  FixedSerialPort(std::string path, int baud) : m_path(std::move(path)), m_baud(baud) {}
  Result<OpenedLine> open(std::shared_ptr<Interrupt> interrupt) override {
    auto opened = TRY(SerialPort::open(m_path, m_baud, std::move(interrupt)));
    return OpenedLine{std::move(opened), m_path, {}};
  }
  [[nodiscard]] std::string name() const override { return m_path; }

 private:
  std::string const m_path;
  int const m_baud;
};

}  // namespace

std::shared_ptr<Port> serial_port_at(std::string path, int baud) {
  return std::make_shared<FixedSerialPort>(std::move(path), baud);
}

}  // namespace yizhan::host

#include "tools/emulators/server.h"

#include <poll.h>
#include <signal.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <string>
#include <vector>

namespace yizhan::emulators {

namespace {

constexpr std::size_t k_longest_line = 16 * 1024;

Error failed(char const* what) {
  return Error::make("socket_failed", Retry::no, std::string(what) + ": " + std::strerror(errno));
}

class Descriptor {
 public:
  explicit Descriptor(int fd) : m_fd(fd) {}
  ~Descriptor() {
    if (m_fd >= 0) ::close(m_fd);
  }
  Descriptor(Descriptor&& other) noexcept : m_fd(std::exchange(other.m_fd, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(m_fd, other.m_fd);
    return *this;
  }
  [[nodiscard]] int get() const { return m_fd; }

 private:
  int m_fd;
};

struct Client {
  Descriptor fd;
  std::string input;
};

std::string answer_to(emulated::EmulatedHall& hall, std::string_view line) {
  auto const result = hall.command(line);
  if (result) return result->empty() ? "ok\n" : "ok " + *result + "\n";
  return "error " + std::string(result.error().code()) + ": " + result.error().detail() + "\n";
}

enum class Served { more, gone, quit };

Served serve_client(Client& client, emulated::EmulatedHall& hall) {
  std::array<char, 4096> chunk;
  auto const got = ::recv(client.fd.get(), chunk.data(), chunk.size(), 0);
  if (got <= 0) return Served::gone;
  client.input.append(chunk.data(), static_cast<std::size_t>(got));
  for (std::size_t end; (end = client.input.find('\n')) != std::string::npos;) {
    auto const line = client.input.substr(0, end);
    client.input.erase(0, end + 1);
    if (line.empty()) continue;
    auto const answer = line == "quit" ? "ok\n" : answer_to(hall, line);
    if (::send(client.fd.get(), answer.data(), answer.size(), MSG_NOSIGNAL) < 0) return Served::gone;
    if (line == "quit") return Served::quit;
  }
  return client.input.size() > k_longest_line ? Served::gone : Served::more;
}

Result<Descriptor> listen_at(std::filesystem::path const& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  auto const text = path.string();
  if (text.size() >= sizeof address.sun_path) return Error::make("socket_failed", Retry::no, "path too long: " + text);
  std::memcpy(address.sun_path, text.c_str(), text.size() + 1);
  Descriptor socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (socket.get() < 0) return failed("socket");
  ::unlink(text.c_str());
  auto const old_mask = ::umask(0177);
  auto const bound = ::bind(socket.get(), reinterpret_cast<sockaddr const*>(&address), sizeof address);
  ::umask(old_mask);
  if (bound != 0 || ::listen(socket.get(), 8) != 0) return failed(text.c_str());
  return socket;
}

}  // namespace

Result<void> serve(std::filesystem::path const& path, emulated::EmulatedHall& hall, void (*ready)()) {
  sigset_t signals;
  ::sigemptyset(&signals);
  ::sigaddset(&signals, SIGINT);
  ::sigaddset(&signals, SIGTERM);
  Descriptor const ended(::signalfd(-1, &signals, SFD_CLOEXEC));
  auto const listener = TRY(listen_at(path));
  ready();

  std::vector<Client> clients;
  bool quit = false;
  while (!quit) {
    std::vector<pollfd> items{{ended.get(), POLLIN, 0}, {listener.get(), POLLIN, 0}};
    for (auto const& client : clients) items.push_back({client.fd.get(), POLLIN, 0});
    if (::poll(items.data(), items.size(), -1) < 0) continue;
    if (items[0].revents != 0) break;
    for (std::size_t i = clients.size(); i-- > 0 && !quit;) {
      if (items[i + 2].revents == 0) continue;
      auto const served = serve_client(clients[i], hall);
      quit = served == Served::quit;
      if (served == Served::gone) clients.erase(clients.begin() + static_cast<std::ptrdiff_t>(i));
    }
    if (items[1].revents != 0) {
      Descriptor accepted(::accept4(listener.get(), nullptr, nullptr, SOCK_CLOEXEC));
      if (accepted.get() >= 0) clients.push_back({std::move(accepted), {}});
    }
  }
  ::unlink(path.c_str());
  return {};
}

}  // namespace yizhan::emulators

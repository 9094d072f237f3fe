#include "tools/platform/back_office.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <vector>

#include "shared/base/log.h"
#include "tools/platform/listen.h"

namespace yizhan::platform {

namespace {

constexpr std::size_t k_line_limit = 1U << 16;
constexpr std::size_t k_clients = 16;

struct Client {
  int socket = -1;
  std::string text;  // not answered yet
};

/// False where the client is gone. A client reads what it asked for: its buffer takes an answer, or it is dropped.
bool send_all(int socket, std::string const& line) {
  for (std::size_t sent = 0; sent < line.size();) {
    auto const count = ::send(socket, line.data() + sent, line.size() - sent, MSG_NOSIGNAL);
    if (count < 0) {
      pollfd writable{socket, POLLOUT, 0};
      constexpr int k_patience_ms = 2000;
      if (errno == EAGAIN && ::poll(&writable, 1, k_patience_ms) == 1) continue;
      return false;
    }
    sent += static_cast<std::size_t>(count);
  }
  return true;
}

/// False where the client is to be closed.
bool serve(Client& client, Database& database, World const& world) {
  std::array<char, 4096> block{};
  auto const count = ::recv(client.socket, block.data(), block.size(), 0);
  if (count <= 0) return count < 0 && errno == EAGAIN;
  client.text.append(block.data(), static_cast<std::size_t>(count));
  for (auto end = client.text.find('\n'); end != std::string::npos; end = client.text.find('\n')) {
    auto const answer = answer_back_office(std::string_view(client.text).substr(0, end), database, world);
    client.text.erase(0, end + 1);
    if (!send_all(client.socket, answer.dump() + '\n')) return false;
  }
  return client.text.size() <= k_line_limit;
}

}  // namespace

Result<std::unique_ptr<BackOffice>> BackOffice::start(std::string const& path, std::string database_uri,
                                                      World const& world) {
  auto const listening = TRY(listen_unix(path));
  return std::unique_ptr<BackOffice>(new BackOffice(listening.socket, path, std::move(database_uri), world));
}

BackOffice::BackOffice(int socket, std::string path, std::string database_uri, World const& world)
    : m_socket(socket),
      m_bell(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)),
      m_path(std::move(path)),
      m_uri(std::move(database_uri)),
      m_world(world),
      m_thread([this] { run(); }) {}

BackOffice::~BackOffice() {
  std::uint64_t const one = 1;
  [[maybe_unused]] auto const written = ::write(m_bell, &one, sizeof one);
  m_thread.join();
  ::close(m_bell);
  ::close(m_socket);
  ::unlink(m_path.c_str());
}

void BackOffice::run() {
  log::set_thread_name("back_office");
  Database database(m_uri);
  std::vector<Client> clients;
  while (true) {
    std::vector<pollfd> sources{{m_bell, POLLIN, 0}, {clients.size() < k_clients ? m_socket : -1, POLLIN, 0}};
    for (auto const& client : clients) sources.push_back({client.socket, POLLIN, 0});
    ::poll(sources.data(), sources.size(), -1);
    if (sources[0].revents != 0) break;
    for (std::size_t i = clients.size(); i-- > 0;) {
      if (sources[i + 2].revents == 0 || serve(clients[i], database, m_world)) continue;
      ::close(clients[i].socket);
      clients.erase(clients.begin() + static_cast<std::ptrdiff_t>(i));
    }
    if (sources[1].revents == 0) continue;
    int const socket = ::accept4(m_socket, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK);
    if (socket >= 0) clients.push_back({socket, ""});
  }
  for (auto const& client : clients) ::close(client.socket);
}

}  // namespace yizhan::platform

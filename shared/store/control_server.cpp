#include "shared/store/control_server.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <nlohmann/json.hpp>
#include <thread>
#include <vector>

#include "shared/base/log.h"
#include "shared/store/control_socket.h"
#include "shared/store/files.h"

namespace yizhan::store {
namespace {

constexpr std::size_t k_most_connections = 16;

struct Connection {
  FileDescriptor fd;
  std::string in;
  std::string out;
  bool ending = false;  // hang up once `out` is written
};

Error socket_error(std::filesystem::path const& path) {
  return Error::make("control_socket", Retry::no, path.string() + ", errno " + std::to_string(errno));
}

bool is_alive(sockaddr_un const& address) {
  FileDescriptor const probe(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  return ::connect(probe.get(), as_sockaddr(address), sizeof address) == 0;
}

bool same_user(int fd) {
  ucred peer{};
  socklen_t size = sizeof peer;
  return ::getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 && peer.uid == ::geteuid();
}

}  // namespace

struct ControlServer::State {
  std::filesystem::path path;
  Handler handler;
  FileDescriptor listener;
  FileDescriptor stop;  // eventfd
  std::vector<Connection> connections;
  std::thread thread;

  void run();
  void accept_one();
  /// False: the connection is to be closed.
  bool read_some(Connection& connection);
  bool write_some(Connection& connection);
  std::string answer(std::string_view line);
};

ControlServer::ControlServer() : m_state(std::make_unique<State>()) {}

Result<std::unique_ptr<ControlServer>> ControlServer::start(std::filesystem::path const& path, Handler handler) {
  auto const address = socket_address(path);
  if (!address) return Error::make("control_socket", Retry::no, path.string() + " is too long");
  if (is_alive(*address)) return Error::make("folder_in_use", Retry::later, path.string());
  ::unlink(path.c_str());

  std::unique_ptr<ControlServer> server(new ControlServer);
  auto& state = *server->m_state;
  state.listener = FileDescriptor(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  state.stop = FileDescriptor(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
  if (!state.listener.valid() || !state.stop.valid()) return socket_error(path);
  // Between bind and chmod the folder's 0700 keeps others out.
  if (::bind(state.listener.get(), as_sockaddr(*address), sizeof *address) != 0) return socket_error(path);
  state.path = path;
  if (::chmod(path.c_str(), 0600) != 0 || ::listen(state.listener.get(), 8) != 0) return socket_error(path);
  state.handler = std::move(handler);
  state.thread = std::thread([&state] { state.run(); });
  return server;
}

ControlServer::~ControlServer() {
  if (m_state->thread.joinable()) {
    std::uint64_t const one = 1;
    (void)!::write(m_state->stop.get(), &one, sizeof one);
    m_state->thread.join();
  }
  if (!m_state->path.empty()) ::unlink(m_state->path.c_str());
}

void ControlServer::State::run() {
  log::set_thread_name("control");
  std::vector<pollfd> polled;
  while (true) {
    polled.assign({{stop.get(), POLLIN, 0}, {listener.get(), POLLIN, 0}});
    for (auto const& connection : connections) {
      auto const wanted = connection.out.empty() ? POLLIN : POLLOUT;
      polled.push_back({connection.fd.get(), static_cast<short>(wanted), 0});
    }
    if (::poll(polled.data(), polled.size(), -1) < 0) {
      if (errno == EINTR) continue;
      log::error("control socket: poll failed, errno {}", errno);
      return;
    }
    if (polled[0].revents != 0) return;
    for (std::size_t i = 0; i < connections.size(); ++i) {
      if (polled[i + 2].revents == 0) continue;
      auto& connection = connections[i];
      bool const open = connection.out.empty() ? read_some(connection) : write_some(connection);
      if (!open) connection.fd.close();
    }
    std::erase_if(connections, [](Connection const& connection) { return !connection.fd.valid(); });
    if (polled[1].revents != 0) accept_one();
  }
}

void ControlServer::State::accept_one() {
  FileDescriptor fd(::accept4(listener.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
  if (!fd.valid()) return;
  if (!same_user(fd.get())) {
    log::warning("control socket: refused another user");
    return;
  }
  if (connections.size() >= k_most_connections) return;
  connections.push_back({std::move(fd), {}, {}, false});
}

bool ControlServer::State::read_some(Connection& connection) {
  char buffer[4096];
  auto const got = ::read(connection.fd.get(), buffer, sizeof buffer);
  if (got < 0) return errno == EAGAIN || errno == EINTR;
  if (got == 0) return false;
  connection.in.append(buffer, static_cast<std::size_t>(got));
  for (auto end = connection.in.find('\n'); end != std::string::npos; end = connection.in.find('\n')) {
    connection.out += answer(std::string_view(connection.in).substr(0, end));
    connection.in.erase(0, end + 1);
  }
  if (connection.in.size() > k_longest_line) {
    connection.out += answer({});
    connection.ending = true;
  }
  return connection.out.empty() || write_some(connection);
}

bool ControlServer::State::write_some(Connection& connection) {
  auto const sent = ::send(connection.fd.get(), connection.out.data(), connection.out.size(), MSG_NOSIGNAL);
  if (sent < 0) return errno == EAGAIN || errno == EINTR;
  connection.out.erase(0, static_cast<std::size_t>(sent));
  return !(connection.out.empty() && connection.ending);
}

std::string ControlServer::State::answer(std::string_view line) {
  nlohmann::json reply;
  auto const request = nlohmann::json::parse(line, nullptr, false);
  if (line.size() > k_longest_line || !request.is_object()) {
    reply = {{"error", "request_malformed"}};
  } else {
    try {
      reply = handler(request);
    } catch (std::exception const&) {
      // nlohmann throws on members of another type than the handler asks for.
      reply = {{"error", "request_malformed"}};
    }
  }
  return reply.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + '\n';
}

}  // namespace yizhan::store

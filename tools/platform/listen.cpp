#include "tools/platform/listen.h"

#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <memory>

namespace yizhan::platform {

namespace {

constexpr int k_backlog = 511;

Error failed(int socket, std::string const& address) {
  int const why = errno;
  if (socket >= 0) ::close(socket);
  return Error::make("listen_failed", Retry::later, address + ": " + std::strerror(why));
}

std::string with_real_port(int socket, std::string const& host) {
  sockaddr_storage bound{};
  socklen_t size = sizeof bound;
  std::array<char, NI_MAXSERV> port{};
  ::getsockname(socket, reinterpret_cast<sockaddr*>(&bound), &size);
  ::getnameinfo(reinterpret_cast<sockaddr*>(&bound), size, nullptr, 0, port.data(), port.size(), NI_NUMERICSERV);
  return host + ":" + port.data();
}

}  // namespace

Result<Listening> listen_tcp(std::string const& address) {
  auto const colon = address.rfind(':');
  if (colon == std::string::npos) return Error::make("listen_address", Retry::no, "expected ADDR:PORT");
  auto const shown = address.substr(0, colon);
  auto host = shown;
  if (host.size() > 2 && host.front() == '[' && host.back() == ']') host = host.substr(1, host.size() - 2);
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE | AI_NUMERICHOST | AI_NUMERICSERV;
  addrinfo* found = nullptr;
  if (::getaddrinfo(host.empty() ? nullptr : host.c_str(), address.c_str() + colon + 1, &hints, &found) != 0)
    return Error::make("listen_address", Retry::no, "expected a numeric ADDR:PORT");
  std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> const first(found, &::freeaddrinfo);
  int const socket = ::socket(first->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  int const on = 1;
  if (socket < 0 || ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) != 0 ||
      ::bind(socket, first->ai_addr, first->ai_addrlen) != 0 || ::listen(socket, k_backlog) != 0)
    return failed(socket, address);
  return Listening{socket, with_real_port(socket, shown)};
}

Result<Listening> listen_unix(std::string const& path) {
  sockaddr_un name{};
  name.sun_family = AF_UNIX;
  if (path.size() >= sizeof name.sun_path) return Error::make("listen_address", Retry::no, "the path is too long");
  std::memcpy(name.sun_path, path.c_str(), path.size());
  int const socket = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  struct stat present {};
  if (::lstat(path.c_str(), &present) == 0 && S_ISSOCK(present.st_mode)) ::unlink(path.c_str());
  auto const mask = ::umask(0177);
  bool const bound = socket >= 0 && ::bind(socket, reinterpret_cast<sockaddr*>(&name), sizeof name) == 0;
  ::umask(mask);
  if (!bound || ::listen(socket, k_backlog) != 0) return failed(socket, path);
  return Listening{socket, path};
}

}  // namespace yizhan::platform

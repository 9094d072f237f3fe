#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <mutex>
#include <thread>
#include <vector>

#include "peripherals/host/fd_line.h"
#include "peripherals/host/transports.h"

namespace yizhan::host {

namespace {

constexpr Duration k_connect_limit = std::chrono::milliseconds(1500);

class TcpLine final : public FdLine {
 public:
  TcpLine(int fd, std::shared_ptr<Interrupt> interrupt) : FdLine(fd, std::move(interrupt)) {}
};

struct Endpoint {
  sockaddr_storage address{};
  socklen_t size = 0;
};

std::vector<Endpoint> look_up(TcpAddress const& address, int flags) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = flags | AI_NUMERICSERV;
  addrinfo* found = nullptr;
  if (::getaddrinfo(address.host.c_str(), std::to_string(address.port).c_str(), &hints, &found) != 0) return {};
  std::vector<Endpoint> endpoints;
  for (auto const* one = found; one != nullptr; one = one->ai_next) {
    Endpoint endpoint;
    std::memcpy(&endpoint.address, one->ai_addr, one->ai_addrlen);
    endpoint.size = one->ai_addrlen;
    endpoints.push_back(endpoint);
  }
  ::freeaddrinfo(found);
  return endpoints;
}

Error absent(TcpAddress const& address, std::string const& why) {
  return Error::make("device_absent", Retry::later, to_string(Address(address)) + ": " + why);
}

/// Until `fd` has one of `events`. Errors: device_timeout, device_cancelled.
Result<void> wait_for(int fd, short events, Deadline const& deadline, Interrupt const& interrupt) {
  pollfd items[] = {{fd, events, 0}, {interrupt.fd(), POLLIN, 0}, {deadline.fd(), POLLIN, 0}};
  while (::poll(items, 3, -1) < 0 && errno == EINTR) {
  }
  if (items[1].revents != 0) return Error::make("device_cancelled");
  if (items[0].revents != 0) return {};
  return Error::make("device_timeout", Retry::later);
}

/// The resolver cannot be hurried or stopped: a thread of its own is left to end when it likes.
Result<std::vector<Endpoint>> look_up_name(TcpAddress const& address, Deadline const& deadline,
                                           Interrupt const& interrupt) {
  struct Answer {
    std::mutex mutex;
    std::vector<Endpoint> endpoints;
    Interrupt there;
  };
  auto const answer = std::make_shared<Answer>();
  std::thread([answer, address] {
    auto endpoints = look_up(address, 0);
    {
      std::lock_guard const lock(answer->mutex);
      answer->endpoints = std::move(endpoints);
    }
    answer->there.raise();
  }).detach();
  auto const waited = wait_for(answer->there.fd(), POLLIN, deadline, interrupt);
  if (!waited)
    return waited.error().is("device_cancelled") ? waited.error() : absent(address, "name not found in time");
  std::lock_guard const lock(answer->mutex);
  return answer->endpoints;
}

/// Three unanswered questions a second apart end a connection, and so do 3 s of bytes nobody acknowledged.
void set_options(int fd) {
  auto const set = [fd](int level, int option, int value) { ::setsockopt(fd, level, option, &value, sizeof value); };
  set(SOL_SOCKET, SO_KEEPALIVE, 1);
  set(IPPROTO_TCP, TCP_KEEPIDLE, 1);
  set(IPPROTO_TCP, TCP_KEEPINTVL, 1);
  set(IPPROTO_TCP, TCP_KEEPCNT, 3);
  set(IPPROTO_TCP, TCP_USER_TIMEOUT, 3000);
  set(IPPROTO_TCP, TCP_NODELAY, 1);
}

}  // namespace

Result<std::unique_ptr<Line>> open_tcp(TcpAddress const& address, std::shared_ptr<Interrupt> interrupt) {
  Deadline const deadline(k_connect_limit);
  auto endpoints = look_up(address, AI_NUMERICHOST);
  if (endpoints.empty()) endpoints = TRY(look_up_name(address, deadline, *interrupt));
  std::string why = "unknown name";
  for (auto const& endpoint : endpoints) {
    int const fd = ::socket(endpoint.address.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0) continue;
    auto line = std::make_unique<TcpLine>(fd, interrupt);
    set_options(fd);
    int result = ::connect(fd, reinterpret_cast<sockaddr const*>(&endpoint.address), endpoint.size) == 0 ? 0 : errno;
    if (result == EINPROGRESS) {
      if (auto const waited = wait_for(fd, POLLOUT, deadline, *interrupt); !waited) {
        if (waited.error().is("device_cancelled")) return waited.error();
        return absent(address, "no connection in time");
      }
      socklen_t size = sizeof result;
      ::getsockopt(fd, SOL_SOCKET, SO_ERROR, &result, &size);
    }
    if (result == 0) return std::unique_ptr<Line>(std::move(line));
    why = std::strerror(result);
  }
  return absent(address, why);
}

}  // namespace yizhan::host

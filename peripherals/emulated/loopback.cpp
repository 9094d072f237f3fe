#include "peripherals/emulated/loopback.h"

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace yizhan::emulated {

Result<int> listen_on_loopback(std::uint16_t& port) {
  constexpr int k_waiting = 8;
  int const listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  int const yes = 1;
  ::setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(port);
  socklen_t size = sizeof address;
  auto* const general = reinterpret_cast<sockaddr*>(&address);
  if (listener < 0 || ::bind(listener, general, size) != 0 || ::listen(listener, k_waiting) != 0 ||
      ::getsockname(listener, general, &size) != 0) {
    auto const why = errno;
    if (listener >= 0) ::close(listener);
    return Error::make("port_failed", Retry::later, std::strerror(why));
  }
  port = ntohs(address.sin_port);
  return listener;
}

}  // namespace yizhan::emulated

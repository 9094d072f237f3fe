#include "shared/store/control_client.h"

#include <poll.h>
#include <unistd.h>

#include <cerrno>

#include "shared/store/control_socket.h"
#include "shared/store/files.h"

namespace yizhan::store {
namespace {

constexpr std::size_t k_longest_answer = 16 * 1024 * 1024;  // bytes; a longer one is not from our server

Error broken(std::string detail) { return Error::make("control_broken", Retry::later, std::move(detail)); }

}  // namespace

Result<nlohmann::json> ask_owner(std::filesystem::path const& socket, nlohmann::json const& request, Duration limit,
                                 SteadyClock const& clock) {
  auto const address = socket_address(socket);
  if (!address) return Error::make("control_absent", Retry::no, socket.string() + " is too long");
  FileDescriptor const fd(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  if (!fd.valid() || ::connect(fd.get(), as_sockaddr(*address), sizeof *address) != 0) {
    return Error::make("control_absent", Retry::later, socket.string() + ", errno " + std::to_string(errno));
  }
  auto const deadline = clock.now() + limit;
  /// Errors: control_timeout.
  auto const wait_for = [&](short events) -> Result<void> {
    while (true) {
      auto const left = std::chrono::ceil<std::chrono::milliseconds>(deadline - clock.now()).count();
      if (left <= 0) return Error::make("control_timeout", Retry::later, socket.string());
      pollfd polled{fd.get(), events, 0};
      int const ready = ::poll(&polled, 1, static_cast<int>(std::min<std::int64_t>(left, 60'000)));
      if (ready > 0) return {};
      if (ready < 0 && errno != EINTR) return broken("poll, errno " + std::to_string(errno));
    }
  };

  auto const line = request.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + '\n';
  for (std::size_t sent = 0; sent < line.size();) {
    TRY(wait_for(POLLOUT));
    auto const count = ::send(fd.get(), line.data() + sent, line.size() - sent, MSG_NOSIGNAL);
    if (count >= 0) {
      sent += static_cast<std::size_t>(count);
    } else if (errno != EAGAIN && errno != EINTR) {
      break;  // hung up on: the answer may say why
    }
  }
  std::string answer;
  while (answer.find('\n') == std::string::npos) {
    TRY(wait_for(POLLIN));
    char buffer[4096];
    auto const got = ::recv(fd.get(), buffer, sizeof buffer, 0);
    if (got > 0) {
      answer.append(buffer, static_cast<std::size_t>(got));
      if (answer.size() > k_longest_answer) return broken("the answer is too long");
    } else if (got == 0) {
      return broken("hung up");
    } else if (errno != EAGAIN && errno != EINTR) {
      return broken("errno " + std::to_string(errno));
    }
  }
  auto json = nlohmann::json::parse(answer.begin(), answer.begin() + static_cast<std::ptrdiff_t>(answer.find('\n')),
                                    nullptr, false);
  if (!json.is_object()) return broken("no JSON object");
  return json;
}

}  // namespace yizhan::store

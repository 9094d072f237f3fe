#pragma once
/// What both ends of control.sock share. Internal to shared/store.
#include <sys/socket.h>
#include <sys/un.h>

#include <cstring>
#include <filesystem>
#include <optional>

namespace yizhan::store {

inline constexpr std::size_t k_longest_line = 64 * 1024;  // bytes, without the newline

/// Empty where the path is too long for a Unix socket (107 bytes).
inline std::optional<sockaddr_un> socket_address(std::filesystem::path const& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  auto const& text = path.native();
  if (text.empty() || text.size() >= sizeof address.sun_path) return std::nullopt;
  std::memcpy(address.sun_path, text.data(), text.size());
  return address;
}

// The socket calls take the general type.
inline sockaddr const* as_sockaddr(sockaddr_un const& address) { return reinterpret_cast<sockaddr const*>(&address); }

}  // namespace yizhan::store

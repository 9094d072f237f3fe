#pragma once
/// The far end of a serial line: a pseudo terminal whose near end stands at a path of its own, as a real port would.
#include <cstddef>
#include <filesystem>
#include <span>

#include "shared/base/result.h"

namespace yizhan::emulated {

/// Thread: any one at a time.
class Pty {
 public:
  /// `path` becomes a symbolic link to the near end; an older link there is replaced. Errors: pty_failed.
  static Result<Pty> open(std::filesystem::path path);
  ~Pty();
  Pty(Pty&& other) noexcept;
  Pty& operator=(Pty&& other) noexcept;
  Pty(Pty const&) = delete;
  Pty& operator=(Pty const&) = delete;

  [[nodiscard]] int fd() const { return m_master; }
  [[nodiscard]] std::filesystem::path const& path() const { return m_path; }

  /// What has arrived, possibly nothing.
  std::size_t read_some(std::span<std::byte> out);
  /// Waits up to a second for room; what does not fit then is lost, as on a wire nobody listens to.
  void write(std::span<std::byte const> bytes);
  /// Pulls the plug: whoever has the port open sees it hang up, and the path is gone.
  void unplug();

 private:
  Pty() = default;

  std::filesystem::path m_path;
  int m_master = -1;
  int m_slave = -1;  // held open, so that the line lives on while the driver reopens it
};

}  // namespace yizhan::emulated

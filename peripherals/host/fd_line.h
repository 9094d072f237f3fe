#pragma once
/// A line over one file descriptor that poll(2) understands.
#include <string>

#include "peripherals/host/line.h"

namespace yizhan::host {

/// What an errno of open(2), flock(2) or connect(2) means for a device: device_absent, device_busy, device_refused.
[[nodiscard]] Error open_error(std::string const& place, int number);

class FdLine : public Line {
 public:
  ~FdLine() override;
  Result<std::size_t> read_some(std::span<std::byte> out, Deadline const& deadline) final;
  Result<void> write_all(std::span<std::byte const> bytes, Deadline const& deadline, std::size_t* written) final;
  void discard_input() override;

 protected:
  /// `fd`, non-blocking, is closed by the line.
  FdLine(int fd, std::shared_ptr<Interrupt> interrupt) : m_fd(fd), m_interrupt(std::move(interrupt)) {}
  [[nodiscard]] int fd() const { return m_fd; }
  /// Nothing came though poll(2) said so: an end, or only a device that answers so. True: it is an end.
  [[nodiscard]] virtual bool nothing_is_end() const { return true; }

 private:
  enum class Ready { yes, last_bytes };
  Result<Ready> wait(short events, Deadline const& deadline);
  Result<void> rest(Deadline const& deadline);

  int const m_fd;
  std::shared_ptr<Interrupt> const m_interrupt;
};

}  // namespace yizhan::host

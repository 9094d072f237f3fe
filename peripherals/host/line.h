#pragma once
/// A byte stream to a device, whatever carries it: serial port, USB bulk pipes, printer class node, TCP.
#include <cstddef>
#include <memory>
#include <span>

#include "peripherals/host/wait.h"
#include "shared/base/result.h"

namespace yizhan::host {

/// Owned by one device's thread. All waits end at once when the interrupt it was opened with is raised
/// (device_cancelled).
class Line {
 public:
  Line() = default;
  virtual ~Line() = default;
  Line(Line const&) = delete;
  Line& operator=(Line const&) = delete;

  /// At least one byte. Errors: device_timeout (later), device_absent (unplugged, later), device_cancelled.
  virtual Result<std::size_t> read_some(std::span<std::byte> out, Deadline const& deadline) = 0;
  /// All of it; `written`, if given, counts the bytes that left also when it fails. Errors: as above.
  virtual Result<void> write_all(std::span<std::byte const> bytes, Deadline const& deadline,
                                 std::size_t* written = nullptr) = 0;
  /// Drops what has arrived and was not read.
  virtual void discard_input() = 0;
};

}  // namespace yizhan::host

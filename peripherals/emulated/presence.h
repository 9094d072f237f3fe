#pragma once
/// A presence sensor as the node of its input device shows it: records of 24 bytes, here over a pseudo terminal.
#include <memory>
#include <string_view>

#include "peripherals/emulated/wire_device.h"

namespace yizhan::emulated {

class EmulatedPresence final : public WireDevice {
 public:
  static Result<std::unique_ptr<EmulatedPresence>> create(std::filesystem::path path);
  ~EmulatedPresence() override { stop(); }

  /// Somebody comes or goes: the switch's record and the one that ends a report. Thread: any.
  void set(bool present);
  /// A record of another kind.
  void send_record(std::uint16_t type, std::uint16_t code, std::int32_t value);
  void send_bytes(std::string_view bytes);

 private:
  explicit EmulatedPresence(std::filesystem::path path) : WireDevice(std::move(path)) {}
  void bytes(std::span<std::byte const>, std::unique_lock<std::mutex>&) override {}
};

}  // namespace yizhan::emulated

#pragma once
/// A scanner module as its serial line shows it.
#include <memory>
#include <string>
#include <string_view>

#include "peripherals/emulated/wire_device.h"

namespace yizhan::emulated {

class EmulatedScanner final : public WireDevice {
 public:
  static Result<std::unique_ptr<EmulatedScanner>> create(std::filesystem::path path);
  ~EmulatedScanner() override { stop(); }

  /// Sends the text and CR LF, in pieces as a slow line would. Thread: any.
  void scan(std::string_view text);
  /// The same without an end: the driver must notice the silence.
  void scan_without_end(std::string_view text);

 private:
  explicit EmulatedScanner(std::filesystem::path path) : WireDevice(std::move(path)) {}
  void bytes(std::span<std::byte const>, std::unique_lock<std::mutex>&) override {}
};

}  // namespace yizhan::emulated

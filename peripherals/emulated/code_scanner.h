#pragma once
/// Scanner modules as their wires show them: a serial line, and HID point-of-sale reports.
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
  /// As they are: noise, half a code.
  void send_bytes(std::string_view bytes);

 private:
  explicit EmulatedScanner(std::filesystem::path path) : WireDevice(std::move(path)) {}
  void bytes(std::span<std::byte const>, std::unique_lock<std::mutex>&) override {}
};

/// A HID point-of-sale scanner: what a read of its node gives, 64 bytes a report, here over a pseudo terminal.
class EmulatedHidScanner final : public WireDevice {
 public:
  static Result<std::unique_ptr<EmulatedHidScanner>> create(std::filesystem::path path);
  ~EmulatedHidScanner() override { stop(); }

  /// All reports of the text. Thread: any.
  void scan(std::string_view text);
  /// The last report is lost.
  void scan_without_last(std::string_view text);
  void send_bytes(std::string_view bytes);

 private:
  explicit EmulatedHidScanner(std::filesystem::path path) : WireDevice(std::move(path)) {}
  void bytes(std::span<std::byte const>, std::unique_lock<std::mutex>&) override {}
};

}  // namespace yizhan::emulated

#pragma once
/// An ESC/POS printer at a serial line, or as a printer class node.
#include <memory>

#include "peripherals/emulated/printer_mechanism.h"
#include "peripherals/emulated/wire_device.h"

namespace yizhan::emulated {

class EmulatedPrinter final : public WireDevice, public PrinterMechanism {
 public:
  /// `width` in dots, 384 or 576. `tickets`: where ticket-1.png … go; empty: nowhere.
  static Result<std::unique_ptr<EmulatedPrinter>> create(std::filesystem::path path, int width,
                                                         std::filesystem::path tickets = {});
  ~EmulatedPrinter() override { stop(); }

 private:
  EmulatedPrinter(std::filesystem::path path, int width, std::filesystem::path tickets)
      : WireDevice(std::move(path)), PrinterMechanism(m_mutex, width, std::move(tickets)) {}
  void bytes(std::span<std::byte const> arrived, std::unique_lock<std::mutex>& lock) override;
  void power_lost() override { lose_power(); }
  std::optional<std::chrono::milliseconds> idle() override;
  void answer(std::span<std::byte const> bytes) override { send(bytes); }
};

}  // namespace yizhan::emulated

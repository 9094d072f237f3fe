#pragma once
/// The same printer at a network: raw TCP as on port 9100, here on a free port of 127.0.0.1. One connection at a time;
/// the newest takes the place of an older one.
#include <condition_variable>
#include <memory>
#include <string>
#include <thread>

#include "peripherals/emulated/printer_mechanism.h"
#include "shared/base/result.h"

namespace yizhan::emulated {

class EmulatedNetworkPrinter final : public PrinterMechanism {
 public:
  /// Errors: port_failed.
  static Result<std::unique_ptr<EmulatedNetworkPrinter>> create(int width, std::filesystem::path tickets = {});
  ~EmulatedNetworkPrinter() override;

  /// The same as long as it lives.
  [[nodiscard]] std::uint16_t port() const { return m_port; }
  /// Nobody listens any more and the connection is gone once it returns; and the other way round. Thread: any but its
  /// own, for all. Errors: port_failed.
  void unplug();
  Result<void> plug();
  [[nodiscard]] bool plugged() const;

 private:
  EmulatedNetworkPrinter(int width, std::filesystem::path tickets)
      : PrinterMechanism(m_mutex, width, std::move(tickets)) {}
  void serve();
  void serve_once();
  void close_all();
  void answer(std::span<std::byte const> bytes) override;

  mutable std::mutex m_mutex;
  std::condition_variable m_closed;
  host::Interrupt m_stop;
  std::uint16_t m_port = 0;
  int m_listener = -1;
  int m_connection = -1;
  bool m_unplugging = false;
  std::thread m_thread;
};

}  // namespace yizhan::emulated

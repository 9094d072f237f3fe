#pragma once
/// An ESC/POS printer as its serial line shows it: real-time status, a buffer that waits while something is wrong, paper
/// that ends in the middle of a ticket.
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "peripherals/emulated/escpos_interpreter.h"
#include "peripherals/emulated/wire_device.h"

namespace yizhan::emulated {

enum class PrinterFault { none, near_end, paper_end, cover, cutter, overheated, unrecoverable, offline, silent };
[[nodiscard]] std::optional<PrinterFault> parse_printer_fault(std::string_view name);

class EmulatedPrinter final : public WireDevice {
 public:
  /// `width` in dots, 384 or 576. `tickets`: where ticket-1.png … go; empty: nowhere.
  static Result<std::unique_ptr<EmulatedPrinter>> create(std::filesystem::path path, int width,
                                                         std::filesystem::path tickets = {});
  ~EmulatedPrinter() override { stop(); }

  /// Thread: any, for all. A fault stays until `none`; what waits in the buffer is printed then.
  void set_fault(PrinterFault fault);
  /// The fault comes by itself after so many more rows of dots (a cutter's: at the next cut).
  void fault_after_rows(PrinterFault fault, int rows);
  /// The plug is pulled after so many more bytes.
  void unplug_after_bytes(std::size_t bytes);
  /// Rows of dots a second; 0 prints at once. 150 mm/s are 1200.
  void set_speed(int rows_a_second);

  [[nodiscard]] std::vector<device::PaperImage> tickets() const;
  [[nodiscard]] int rows_burnt() const;
  /// Real-time commands that stood within a picture's data, and bytes no command begins with: both 0 with a correct
  /// driver.
  [[nodiscard]] int real_time_in_data() const;
  [[nodiscard]] int unknown_bytes() const;

 private:
  EmulatedPrinter(std::filesystem::path path, int width, std::filesystem::path tickets);
  void bytes(std::span<std::byte const> arrived, std::unique_lock<std::mutex>& lock) override;
  void power_lost() override;
  void receive(std::uint8_t byte);
  void answer_real_time(std::uint8_t n);
  std::optional<std::chrono::milliseconds> idle() override;
  void work();
  void keep_ticket();
  void send_byte(std::uint8_t byte);
  [[nodiscard]] bool stopped() const;

  int const m_width;
  std::filesystem::path const m_folder;
  EscPosInterpreter m_interpreter;
  std::deque<std::uint8_t> m_buffer;
  std::vector<std::uint8_t> m_real_time;  // a command that may be one
  PrinterFault m_fault = PrinterFault::none;
  std::optional<PrinterFault> m_coming_fault;
  int m_rows_to_fault = 0;
  std::optional<std::size_t> m_bytes_to_unplug;
  int m_speed = 0;
  std::optional<host::Deadline> m_next_rows;  // the mechanism is busy until then
  int m_rows_burnt = 0;
  int m_real_time_in_data = 0;
  std::vector<device::PaperImage> m_tickets;
};

}  // namespace yizhan::emulated

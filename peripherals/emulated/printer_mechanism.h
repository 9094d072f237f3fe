#pragma once
/// An ESC/POS printer without its plug: real-time status, automatic status, a buffer that waits while something is
/// wrong, paper that ends in the middle of a ticket. What carries the bytes is another class's.
#include <chrono>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <mutex>
#include <optional>
#include <random>
#include <span>
#include <string_view>
#include <vector>

#include "peripherals/emulated/escpos_interpreter.h"
#include "peripherals/host/wait.h"

namespace yizhan::emulated {

/// silent: prints and answers nothing. garbled: as none, but answers are altered, lost, or have others between them, with
/// every fault that comes later, too. unplugged: only to come at a moment.
enum class PrinterFault {
  none,
  near_end,
  paper_end,
  cover,
  cutter,
  overheated,
  recoverable,
  unrecoverable,
  waiting,
  offline,
  silent,
  garbled,
  unplugged
};
[[nodiscard]] std::optional<PrinterFault> parse_printer_fault(std::string_view name);

class PrinterMechanism {
 public:
  PrinterMechanism(PrinterMechanism const&) = delete;
  PrinterMechanism& operator=(PrinterMechanism const&) = delete;

  // Thread: any, for all.
  /// A fault stays until `none`; what waits in the buffer is printed then.
  void set_fault(PrinterFault fault);
  /// The fault comes by itself after so many more rows of dots (a cutter's: at the next cut).
  void fault_after_rows(PrinterFault fault, int rows);
  /// The same instead of the next cut, or right after it.
  void fault_at_cut(PrinterFault fault);
  void fault_after_cut(PrinterFault fault);
  /// The plug is pulled after so many more bytes.
  void unplug_after_bytes(std::size_t bytes);
  /// Rows of dots a second; 0 prints at once. 150 mm/s are 1200.
  void set_speed(int rows_a_second);
  /// Whether it knows GS a; without, it takes the command and does nothing.
  void set_automatic_status(bool known);
  /// Without its plug it keeps what it has, as a printer with a power supply of its own does.
  void set_self_powered(bool self_powered);
  /// Sends XOFF with more than 3 KiB in its buffer, XON with less than 1 KiB.
  void set_flow_control(bool on);
  void seed(std::uint32_t seed);

  /// What was cut off, and what came out otherwise (a roll's end is where a ticket on it ends too).
  [[nodiscard]] std::vector<device::PaperImage> tickets() const;
  [[nodiscard]] std::vector<device::PaperImage> scraps() const;
  [[nodiscard]] int rows_burnt() const;
  /// Bytes that arrived, but real-time commands.
  [[nodiscard]] std::uint64_t data_bytes() const;
  /// Real-time commands that stood within a picture's data, and bytes no command begins with: both 0 with a correct
  /// driver.
  [[nodiscard]] int real_time_in_data() const;
  [[nodiscard]] int unknown_bytes() const;
  [[nodiscard]] std::size_t largest_backlog() const;

 protected:
  /// `mutex` guards all of this, and is held while the functions below run.
  PrinterMechanism(std::mutex& mutex, int width, std::filesystem::path tickets);
  virtual ~PrinterMechanism() = default;

  virtual void answer(std::span<std::byte const> bytes) = 0;
  /// False: the plug must be pulled now.
  [[nodiscard]] bool take(std::span<std::byte const> arrived);
  [[nodiscard]] bool go_on();
  /// Until go_on() has something to do.
  [[nodiscard]] std::optional<std::chrono::milliseconds> rests() const;
  void lose_power();

 private:
  enum class Moment { none, rows, cut, after_cut };
  void come(PrinterFault fault, Moment moment, int rows);
  void enter(PrinterFault fault);
  bool enter_if_at(Moment moment);
  void receive(std::uint8_t byte);
  void answer_real_time(std::uint8_t n);
  void tell_change();
  void tell_flow();
  void work();
  void cut();
  void keep_ticket();
  void send_byte(std::uint8_t byte);
  [[nodiscard]] bool stopped() const;

  std::mutex& m_guard;
  std::filesystem::path const m_folder;
  EscPosInterpreter m_interpreter;
  std::deque<std::uint8_t> m_buffer;
  std::vector<std::uint8_t> m_real_time;  // a command that may be one
  PrinterFault m_fault = PrinterFault::none;
  PrinterFault m_coming_fault = PrinterFault::none;
  Moment m_coming = Moment::none;
  int m_rows_to_fault = 0;
  std::optional<std::size_t> m_bytes_to_unplug;
  bool m_pull = false;
  int m_speed = 0;
  bool m_knows_automatic_status = true;
  bool m_self_powered = false;
  bool m_flow_control = false;
  bool m_held = false;  // XOFF was sent
  std::size_t m_largest_backlog = 0;
  std::optional<host::Deadline> m_next_rows;  // the mechanism is busy until then
  bool m_garbled = false;
  int m_rows_burnt = 0;
  std::uint64_t m_data_bytes = 0;
  int m_real_time_in_data = 0;
  std::minstd_rand m_noise{1};
  std::vector<device::PaperImage> m_tickets;
  std::vector<device::PaperImage> m_scraps;
};

}  // namespace yizhan::emulated

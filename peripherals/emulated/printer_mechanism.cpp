#include "peripherals/emulated/printer_mechanism.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "shared/paper/mono_image.h"

namespace yizhan::emulated {

namespace {

constexpr std::pair<std::string_view, PrinterFault> k_names[] = {
    {"none", PrinterFault::none},
    {"near_end", PrinterFault::near_end},
    {"paper_end", PrinterFault::paper_end},
    {"cover", PrinterFault::cover},
    {"cutter", PrinterFault::cutter},
    {"overheated", PrinterFault::overheated},
    {"recoverable", PrinterFault::recoverable},
    {"unrecoverable", PrinterFault::unrecoverable},
    {"waiting", PrinterFault::waiting},
    {"offline", PrinterFault::offline},
    {"silent", PrinterFault::silent},
    {"garbled", PrinterFault::garbled},
};
constexpr int k_rows_at_a_time = 24;
constexpr std::size_t k_xoff_above = 3072, k_xon_below = 1024;

}  // namespace

std::optional<PrinterFault> parse_printer_fault(std::string_view name) {
  for (auto const& [known, fault] : k_names) {
    if (known == name) return fault;
  }
  return std::nullopt;
}

PrinterMechanism::PrinterMechanism(std::mutex& mutex, int width, std::filesystem::path tickets)
    : m_guard(mutex), m_folder(std::move(tickets)), m_interpreter(width) {}

// --- the script's hand ------------------------------------------------------------------------------------------------
void PrinterMechanism::set_fault(PrinterFault fault) {
  std::lock_guard const lock(m_guard);
  m_coming = Moment::none;
  enter(fault);
  if (m_speed == 0) work();
}

void PrinterMechanism::come(PrinterFault fault, Moment moment, int rows) {
  std::lock_guard const lock(m_guard);
  m_coming_fault = fault;
  m_coming = moment;
  m_rows_to_fault = rows;
}

void PrinterMechanism::fault_after_rows(PrinterFault fault, int rows) {
  come(fault, fault == PrinterFault::cutter ? Moment::cut : Moment::rows, rows);
}
void PrinterMechanism::fault_at_cut(PrinterFault fault) { come(fault, Moment::cut, 0); }
void PrinterMechanism::fault_after_cut(PrinterFault fault) { come(fault, Moment::after_cut, 0); }

void PrinterMechanism::unplug_after_bytes(std::size_t bytes) {
  std::lock_guard const lock(m_guard);
  m_bytes_to_unplug = bytes;
}
void PrinterMechanism::set_speed(int rows_a_second) {
  std::lock_guard const lock(m_guard);
  m_speed = rows_a_second;
}
void PrinterMechanism::set_automatic_status(bool known) {
  std::lock_guard const lock(m_guard);
  m_knows_automatic_status = known;
}
void PrinterMechanism::set_self_powered(bool self_powered) {
  std::lock_guard const lock(m_guard);
  m_self_powered = self_powered;
}
void PrinterMechanism::set_flow_control(bool on) {
  std::lock_guard const lock(m_guard);
  m_flow_control = on;
}
void PrinterMechanism::seed(std::uint32_t seed) {
  std::lock_guard const lock(m_guard);
  m_noise.seed(seed);
}

std::vector<device::PaperImage> PrinterMechanism::tickets() const {
  std::lock_guard const lock(m_guard);
  return m_tickets;
}
std::vector<device::PaperImage> PrinterMechanism::scraps() const {
  std::lock_guard const lock(m_guard);
  return m_scraps;
}
int PrinterMechanism::rows_burnt() const {
  std::lock_guard const lock(m_guard);
  return m_rows_burnt;
}
std::uint64_t PrinterMechanism::data_bytes() const {
  std::lock_guard const lock(m_guard);
  return m_data_bytes;
}
int PrinterMechanism::real_time_in_data() const {
  std::lock_guard const lock(m_guard);
  return m_real_time_in_data;
}
int PrinterMechanism::unknown_bytes() const {
  std::lock_guard const lock(m_guard);
  return m_interpreter.unknown_bytes();
}
std::size_t PrinterMechanism::largest_backlog() const {
  std::lock_guard const lock(m_guard);
  return m_largest_backlog;
}

// --- faults -----------------------------------------------------------------------------------------------------------
bool PrinterMechanism::stopped() const {
  switch (m_fault) {
    case PrinterFault::none:
    case PrinterFault::near_end:
    case PrinterFault::silent:
    case PrinterFault::unplugged: return false;
    default: return true;
  }
}

void PrinterMechanism::enter(PrinterFault fault) {
  if (fault == PrinterFault::unplugged) {
    m_pull = true;
    return;
  }
  if (fault == PrinterFault::none) m_garbled = false;
  if (fault == PrinterFault::garbled) {
    m_garbled = true;
    fault = PrinterFault::none;
  }
  bool const changed = std::exchange(m_fault, fault) != fault;
  if (fault == PrinterFault::paper_end) {
    auto scrap = m_interpreter.take_ticket();
    if (scrap.height > 0) m_scraps.push_back(std::move(scrap));
  }
  if (changed) tell_change();
}

bool PrinterMechanism::enter_if_at(Moment moment) {
  if (m_coming != moment) return false;
  if (moment == Moment::rows && m_rows_to_fault-- > 0) return false;
  m_coming = Moment::none;
  enter(m_coming_fault);
  return true;
}

void PrinterMechanism::lose_power() {
  m_pull = false;
  m_real_time.clear();
  if (m_self_powered) return;
  m_buffer.clear();
  m_interpreter.reset();
}

// --- the wire ---------------------------------------------------------------------------------------------------------
void PrinterMechanism::send_byte(std::uint8_t byte) {
  if (m_fault == PrinterFault::silent) return;
  std::array<std::byte, 2> bytes{static_cast<std::byte>(byte), {}};
  std::size_t size = 1;
  if (m_garbled) {
    auto const other = static_cast<std::byte>(m_noise() >> 8U & 0xFFU);
    switch (m_noise() % 24) {
      case 0: bytes[0] = other; break;
      case 1: size = 0; break;
      case 2: bytes = {other, bytes[0]}, size = 2; break;
      case 3: bytes = {bytes[0], std::byte{0}}, size = 2; break;  // as if GS r had been answered
      default: break;
    }
  }
  answer(std::span(bytes).first(size));
}

bool PrinterMechanism::take(std::span<std::byte const> arrived) {
  for (auto const byte : arrived) {
    if (m_bytes_to_unplug && (*m_bytes_to_unplug)-- == 0) {
      m_bytes_to_unplug.reset();
      return false;
    }
    receive(std::to_integer<std::uint8_t>(byte));
  }
  m_largest_backlog = std::max(m_largest_backlog, m_buffer.size());
  tell_flow();
  if (m_speed == 0) work();
  return !m_pull;
}

/// Real-time commands are carried out as they arrive, also in the middle of a picture, as printers do.
void PrinterMechanism::receive(std::uint8_t byte) {
  m_real_time.push_back(byte);
  if (m_real_time[0] == 0x10) {
    if (m_real_time.size() == 1) return;
    if (byte == 0x04 && m_real_time.size() == 2) return;
    if (m_real_time.size() == 3) {
      answer_real_time(byte);
      return m_real_time.clear();
    }
    if (byte == 0x05 || byte == 0x14) ++m_real_time_in_data;
    if (byte == 0x10) {  // the second may begin one
      m_buffer.push_back(0x10);
      ++m_data_bytes;
      m_real_time.pop_back();
      return;
    }
  }
  m_data_bytes += m_real_time.size();
  m_buffer.insert(m_buffer.end(), m_real_time.begin(), m_real_time.end());
  m_real_time.clear();
}

void PrinterMechanism::answer_real_time(std::uint8_t n) {
  if (n < 1 || n > 4) {
    ++m_real_time_in_data;
    return;
  }
  unsigned answer = 0x12;
  bool const error = m_fault == PrinterFault::cutter || m_fault == PrinterFault::overheated ||
                     m_fault == PrinterFault::recoverable || m_fault == PrinterFault::unrecoverable;
  switch (n) {
    case 1:
      answer |= stopped() ? 0x08U : 0U;
      answer |= m_fault == PrinterFault::waiting ? 0x20U : 0U;
      break;
    case 2:
      answer |= m_fault == PrinterFault::cover ? 0x04U : 0U;
      answer |= m_fault == PrinterFault::paper_end ? 0x20U : 0U;
      answer |= error ? 0x40U : 0U;
      break;
    case 3:
      answer |= m_fault == PrinterFault::recoverable ? 0x04U : 0U;
      answer |= m_fault == PrinterFault::cutter ? 0x08U : 0U;
      answer |= m_fault == PrinterFault::unrecoverable ? 0x20U : 0U;
      answer |= m_fault == PrinterFault::overheated ? 0x40U : 0U;
      break;
    default:
      answer |= m_fault == PrinterFault::near_end ? 0x0CU : 0U;
      answer |= m_fault == PrinterFault::paper_end ? 0x6CU : 0U;
      break;
  }
  send_byte(static_cast<std::uint8_t>(answer));
}

/// Automatic status, where it was asked for: all four bytes.
void PrinterMechanism::tell_change() {
  if (!m_knows_automatic_status || m_interpreter.told_changes() == 0) return;
  auto const set = [this](PrinterFault fault, unsigned bits) { return m_fault == fault ? bits : 0U; };
  send_byte(static_cast<std::uint8_t>(0x10U | (stopped() ? 0x08U : 0U) | set(PrinterFault::cover, 0x20)));
  send_byte(static_cast<std::uint8_t>(set(PrinterFault::waiting, 0x01) | set(PrinterFault::recoverable, 0x04) |
                                      set(PrinterFault::cutter, 0x08) | set(PrinterFault::unrecoverable, 0x20) |
                                      set(PrinterFault::overheated, 0x40)));
  send_byte(static_cast<std::uint8_t>(set(PrinterFault::near_end, 0x03) | set(PrinterFault::paper_end, 0x0F)));
  send_byte(0x00);
}

void PrinterMechanism::tell_flow() {
  if (!m_flow_control) return;
  if (!m_held && m_buffer.size() > k_xoff_above) {
    m_held = true;
    send_byte(0x13);
  } else if (m_held && m_buffer.size() < k_xon_below) {
    m_held = false;
    send_byte(0x11);
  }
}

// --- the mechanism ----------------------------------------------------------------------------------------------------
bool PrinterMechanism::go_on() {
  if (m_pull) return false;
  if (m_speed == 0 || m_buffer.empty() || stopped()) return true;
  if (m_next_rows && !m_next_rows->passed()) return true;
  work();
  m_next_rows.emplace(std::chrono::milliseconds(1000 * k_rows_at_a_time / m_speed));
  return !m_pull;
}

std::optional<std::chrono::milliseconds> PrinterMechanism::rests() const {
  if (m_speed == 0 || m_buffer.empty() || stopped()) return std::nullopt;
  return std::chrono::milliseconds(2);
}

/// Prints what is in the buffer as far as nothing is wrong: all of it, or as many rows as the mechanism does at a time.
void PrinterMechanism::work() {
  int rows = 0;
  while (!m_buffer.empty() && !stopped() && !m_pull && (m_speed == 0 || rows < k_rows_at_a_time)) {
    auto const byte = m_buffer.front();
    m_buffer.pop_front();
    switch (m_interpreter.push(byte)) {
      case EscPosInterpreter::Action::none: break;
      case EscPosInterpreter::Action::row:
        enter_if_at(Moment::rows);
        ++rows;
        ++m_rows_burnt;
        break;
      case EscPosInterpreter::Action::cut: cut(); break;
      case EscPosInterpreter::Action::status_in_order:
        send_byte(m_fault == PrinterFault::near_end ? 0x03 : 0x00);
        break;
      case EscPosInterpreter::Action::automatic_status: tell_change(); break;
    }
  }
  tell_flow();
}

void PrinterMechanism::cut() {
  // What becomes of a cut that something prevented differs; here it is never made up for.
  if (enter_if_at(Moment::cut) && (stopped() || m_pull)) return;
  keep_ticket();
  enter_if_at(Moment::after_cut);
}

void PrinterMechanism::keep_ticket() {
  auto ticket = m_interpreter.take_ticket();
  if (ticket.height == 0) return;
  m_tickets.push_back(std::move(ticket));
  if (m_folder.empty()) return;
  auto const& kept = m_tickets.back();
  paper::MonoImage picture(kept.width, kept.height);
  picture.bits = kept.bits;
  [[maybe_unused]] auto const written =
      paper::write_png(m_folder / fmt::format("ticket-{}.png", m_tickets.size()), picture);
}

}  // namespace yizhan::emulated

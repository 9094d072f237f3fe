#include "peripherals/emulated/ticket_printer.h"

#include <fmt/format.h>

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
    {"unrecoverable", PrinterFault::unrecoverable},
    {"offline", PrinterFault::offline},
    {"silent", PrinterFault::silent},
};
constexpr int k_rows_at_a_time = 24;

}  // namespace

std::optional<PrinterFault> parse_printer_fault(std::string_view name) {
  for (auto const& [known, fault] : k_names) {
    if (known == name) return fault;
  }
  return std::nullopt;
}

EmulatedPrinter::EmulatedPrinter(std::filesystem::path path, int width, std::filesystem::path tickets)
    : WireDevice(std::move(path)), m_width(width), m_folder(std::move(tickets)), m_interpreter(width) {}

Result<std::unique_ptr<EmulatedPrinter>> EmulatedPrinter::create(std::filesystem::path path, int width,
                                                                 std::filesystem::path tickets) {
  std::unique_ptr<EmulatedPrinter> printer(new EmulatedPrinter(std::move(path), width, std::move(tickets)));
  TRY(printer->start());
  return printer;
}

void EmulatedPrinter::set_fault(PrinterFault fault) {
  std::lock_guard const lock(m_mutex);
  m_fault = fault;
  m_coming_fault.reset();
  if (m_speed == 0) work();
}

void EmulatedPrinter::fault_after_rows(PrinterFault fault, int rows) {
  std::lock_guard const lock(m_mutex);
  m_coming_fault = fault;
  m_rows_to_fault = rows;
}

void EmulatedPrinter::unplug_after_bytes(std::size_t bytes) {
  std::lock_guard const lock(m_mutex);
  m_bytes_to_unplug = bytes;
}

void EmulatedPrinter::set_speed(int rows_a_second) {
  std::lock_guard const lock(m_mutex);
  m_speed = rows_a_second;
}

std::vector<device::PaperImage> EmulatedPrinter::tickets() const {
  std::lock_guard const lock(m_mutex);
  return m_tickets;
}

int EmulatedPrinter::rows_burnt() const {
  std::lock_guard const lock(m_mutex);
  return m_rows_burnt;
}

int EmulatedPrinter::real_time_in_data() const {
  std::lock_guard const lock(m_mutex);
  return m_real_time_in_data;
}

int EmulatedPrinter::unknown_bytes() const {
  std::lock_guard const lock(m_mutex);
  return m_interpreter.unknown_bytes();
}

void EmulatedPrinter::power_lost() {
  m_buffer.clear();
  m_real_time.clear();
  m_interpreter.reset();
}

bool EmulatedPrinter::stopped() const { return m_fault != PrinterFault::none && m_fault != PrinterFault::near_end; }

void EmulatedPrinter::send_byte(std::uint8_t byte) {
  auto const one = static_cast<std::byte>(byte);
  send(std::span(&one, 1));
}

void EmulatedPrinter::bytes(std::span<std::byte const> arrived, std::unique_lock<std::mutex>& /*lock*/) {
  for (auto const byte : arrived) {
    if (m_bytes_to_unplug && (*m_bytes_to_unplug)-- == 0) {
      m_bytes_to_unplug.reset();
      return unplug_locked();
    }
    receive(std::to_integer<std::uint8_t>(byte));
  }
  if (m_speed == 0) work();
}

/// Real-time commands are carried out as they arrive, also in the middle of a picture, as printers do.
void EmulatedPrinter::receive(std::uint8_t byte) {
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
      m_real_time.pop_back();
      return;
    }
  }
  m_buffer.insert(m_buffer.end(), m_real_time.begin(), m_real_time.end());
  m_real_time.clear();
}

void EmulatedPrinter::answer_real_time(std::uint8_t n) {
  if (n < 1 || n > 4) {
    ++m_real_time_in_data;
    return;
  }
  if (m_fault == PrinterFault::silent) return;
  unsigned answer = 0x12;
  bool const error =
      m_fault == PrinterFault::cutter || m_fault == PrinterFault::overheated || m_fault == PrinterFault::unrecoverable;
  switch (n) {
    case 1: answer |= stopped() ? 0x08U : 0U; break;
    case 2:
      answer |= m_fault == PrinterFault::cover ? 0x04U : 0U;
      answer |= m_fault == PrinterFault::paper_end ? 0x20U : 0U;
      answer |= error ? 0x40U : 0U;
      break;
    case 3:
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

std::optional<std::chrono::milliseconds> EmulatedPrinter::idle() {
  if (m_speed == 0 || m_buffer.empty() || stopped()) return std::nullopt;
  if (m_next_rows && !m_next_rows->passed()) return std::chrono::milliseconds(2);
  work();
  m_next_rows.emplace(std::chrono::milliseconds(1000 * k_rows_at_a_time / m_speed));
  return std::chrono::milliseconds(2);
}

/// Prints what is in the buffer as far as nothing is wrong: all of it, or as many rows as the mechanism does at a time.
void EmulatedPrinter::work() {
  int rows = 0;
  while (!m_buffer.empty() && !stopped() && plugged_locked() && (m_speed == 0 || rows < k_rows_at_a_time)) {
    auto const byte = m_buffer.front();
    m_buffer.pop_front();
    switch (m_interpreter.push(byte)) {
      case EscPosInterpreter::Action::none: break;
      case EscPosInterpreter::Action::row:
        if (m_coming_fault && *m_coming_fault != PrinterFault::cutter && m_rows_to_fault-- <= 0) {
          m_fault = *std::exchange(m_coming_fault, std::nullopt);
        }
        ++rows;
        ++m_rows_burnt;
        break;
      case EscPosInterpreter::Action::cut:
        if (m_coming_fault == PrinterFault::cutter) {
          m_fault = *std::exchange(m_coming_fault, std::nullopt);
        } else {
          keep_ticket();
        }
        break;
      case EscPosInterpreter::Action::status_in_order:
        send_byte(m_fault == PrinterFault::near_end ? 0x03 : 0x00);
        break;
    }
  }
}

void EmulatedPrinter::keep_ticket() {
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

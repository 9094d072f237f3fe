#include "peripherals/emulated/escpos_interpreter.h"

#include <algorithm>
#include <utility>

namespace yizhan::emulated {

namespace {

constexpr int k_line_dots = 30;  // 1/6 inch at 203 dpi, less the matrix' own gap

}  // namespace

void EscPosInterpreter::reset() {
  m_command.clear();
  m_row.clear();
  m_raster_left = 0;
  m_told_changes = 0;
}

device::PaperImage EscPosInterpreter::take_ticket() {
  m_paper.width = m_width;
  return std::exchange(m_paper, {});
}

void EscPosInterpreter::feed(int rows) {
  m_paper.width = m_width;
  m_paper.height += rows;
  m_paper.bits.resize(static_cast<std::size_t>(m_paper.height) * static_cast<std::size_t>((m_width + 7) / 8));
}

void EscPosInterpreter::burn_row() {
  feed(1);
  auto const row_bytes = static_cast<std::size_t>((m_width + 7) / 8);
  auto const used = std::min(m_row.size(), row_bytes);
  std::copy_n(m_row.begin(), used, m_paper.bits.end() - static_cast<std::ptrdiff_t>(row_bytes));
  m_row.clear();
}

/// Of the command that has begun; nothing while that cannot be told yet, 0 where it is unknown.
std::optional<std::size_t> EscPosInterpreter::command_length() const {
  auto const& c = m_command;
  if (c.size() < 2) return std::nullopt;
  switch (c[0] << 8 | c[1]) {
    case 0x1B40:  // initialise
    case 0x1C26:
    case 0x1C2E: return 2;  // Chinese on, off
    case 0x1B61:
    case 0x1B45:
    case 0x1B64:
    case 0x1C57:  // align, bold, feed lines, large Chinese
    case 0x1D21:
    case 0x1D72:
    case 0x1D61: return 3;  // size, status, automatic status
    case 0x1D56:            // cut; 65 and 66 have a feed
      if (c.size() < 3) return std::nullopt;
      return c[2] == 0x41 || c[2] == 0x42 ? 4 : 3;
    case 0x1D76: return 8;  // raster's header
    case 0x1D28:            // QR: two bytes of length
      if (c.size() < 5) return std::nullopt;
      return 5 + c[3] + (std::size_t{c[4]} << 8);
    default: return 0;
  }
}

EscPosInterpreter::Action EscPosInterpreter::push(std::uint8_t byte) {
  if (m_raster_left > 0) {
    m_row.push_back(byte);
    --m_raster_left;
    if (m_row.size() < static_cast<std::size_t>(m_raster_row_bytes)) return Action::none;
    burn_row();
    return Action::row;
  }
  if (m_command.empty() && byte != 0x1B && byte != 0x1C && byte != 0x1D) {
    if (byte == 0x0A) {
      feed(k_line_dots);
    } else if (byte >= 0x20) {
      m_text.push_back(static_cast<char>(byte));
    } else if (byte != 0x00 && byte != 0x0D) {
      ++m_unknown;
    }
    return Action::none;
  }
  m_command.push_back(byte);
  auto const length = command_length();
  if (!length || (*length != 0 && m_command.size() < *length)) return Action::none;
  if (*length == 0) ++m_unknown;
  auto const action = *length == 0 ? Action::none : command();
  m_command.clear();
  return action;
}

EscPosInterpreter::Action EscPosInterpreter::command() {
  auto const& c = m_command;
  switch (c[0] << 8 | c[1]) {
    case 0x1B64: feed(c[2] * k_line_dots); return Action::none;
    case 0x1D72: return Action::status_in_order;
    case 0x1D61: m_told_changes = c[2]; return Action::automatic_status;
    case 0x1D56: feed(c.size() == 4 ? c[3] : 0); return Action::cut;
    case 0x1D28: store_qr(); return Action::none;
    case 0x1D76: {
      if (c[2] != 0x30) {
        ++m_unknown;
        return Action::none;
      }
      m_raster_row_bytes = c[4] | c[5] << 8;
      m_raster_left = static_cast<std::size_t>(m_raster_row_bytes) * static_cast<std::size_t>(c[6] | c[7] << 8);
      return Action::none;
    }
    default: return Action::none;
  }
}

/// GS ( k: store (31 50 30 data) and print (31 51 30).
void EscPosInterpreter::store_qr() {
  auto const& c = m_command;
  if (c.size() < 8 || c[2] != 0x6B || c[5] != 0x31) return;
  if (c[6] == 0x50) m_qr_stored.assign(c.begin() + 8, c.end());
  if (c[6] == 0x51) m_qr = m_qr_stored;
}

}  // namespace yizhan::emulated

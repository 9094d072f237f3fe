#include "peripherals/ticket_printer/escpos.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>

namespace yizhan::ticket_printer {

namespace {

// 16 mm of paper: small enough for any printer's buffer, and its height's byte (80) is no part of a real-time command.
constexpr int k_band_rows = 128;

/// Bytes of a band up to the last one with a dot: the white right of it need not travel.
int used_bytes(std::span<std::uint8_t const> rows, int row_bytes) {
  int used = 1;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (rows[i] != 0) used = std::max(used, static_cast<int>(i % static_cast<std::size_t>(row_bytes)) + 1);
  }
  return used;
}

bool completes_real_time_command(std::uint8_t byte) { return byte == 0x04 || byte == 0x05 || byte == 0x14; }

/// Appends raster data; the byte before it may be data of an earlier row.
void append_row(std::vector<std::uint8_t>& out, std::span<std::uint8_t const> row) {
  for (auto const byte : row) {
    if (out.back() == 0x10 && completes_real_time_command(byte)) out.back() = 0x18;
    out.push_back(byte);
  }
}

}  // namespace

std::vector<std::uint8_t> encode_ticket(device::PaperImage const& image) {
  std::vector<std::uint8_t> out{0x1B, 0x40};
  auto const row_bytes = image.row_bytes();
  std::span<std::uint8_t const> const bits(image.bits);
  for (int y = 0; y < image.height; y += k_band_rows) {
    auto const rows = std::min(k_band_rows, image.height - y);
    auto const band = bits.subspan(static_cast<std::size_t>(y) * static_cast<std::size_t>(row_bytes),
                                   static_cast<std::size_t>(rows) * static_cast<std::size_t>(row_bytes));
    auto const used = used_bytes(band, row_bytes);
    // xH is 0 and parts xL from yL; yH is 0 and parts yL from the data: no header completes a command.
    out.insert(out.end(),
               {0x1D, 0x76, 0x30, 0x00, static_cast<std::uint8_t>(used), 0x00, static_cast<std::uint8_t>(rows), 0x00});
    for (int row = 0; row < rows; ++row) {
      append_row(out, band.subspan(static_cast<std::size_t>(row) * static_cast<std::size_t>(row_bytes),
                                   static_cast<std::size_t>(used)));
    }
  }
  // GS V 66: feed to the cutter (and 3 dots), partial cut.
  out.insert(out.end(), {0x1D, 0x56, 0x42, 0x03});
  return out;
}

device::PrinterStatus decode_status(std::array<std::uint8_t, 4> const& raw) {
  device::PrinterStatus status;
  status.raw = raw;
  status.online = (raw[0] & 0x08) == 0;
  status.cover_open = (raw[1] & 0x04) != 0;
  status.waiting = (raw[0] & 0x20) != 0;
  status.recoverable_error = (raw[2] & 0x04) != 0;
  status.cutter_error = (raw[2] & 0x08) != 0;
  status.unrecoverable_error = (raw[2] & 0x20) != 0;
  status.overheated = (raw[2] & 0x40) != 0;
  bool const paper_end = (raw[3] & 0x60) != 0 || (raw[1] & 0x20) != 0;
  bool const near_end = (raw[3] & 0x0C) != 0;
  status.paper = paper_end ? device::Paper::end : near_end ? device::Paper::near_end : device::Paper::ok;
  return status;
}

std::optional<Error> fault_of(device::PrinterStatus const& status) {
  auto const& raw = status.raw;
  auto detail = fmt::format("status {:02x} {:02x} {:02x} {:02x}", raw[0], raw[1], raw[2], raw[3]);
  // The cause a person can cure first; "offline" is what is left without one.
  if (status.cover_open) return Error::make("cover_open", Retry::later, std::move(detail));
  if (status.paper == device::Paper::end) return Error::make("paper_end", Retry::later, std::move(detail));
  if (status.cutter_error) return Error::make("cutter_jam", Retry::later, std::move(detail));
  if (status.overheated) return Error::make("printer_overheated", Retry::later, std::move(detail));
  if (status.unrecoverable_error) return Error::make("printer_error", Retry::no, std::move(detail));
  if (status.recoverable_error) return Error::make("printer_recoverable", Retry::later, std::move(detail));
  if (status.waiting) return Error::make("printer_waiting", Retry::later, std::move(detail));
  if (!status.online) return Error::make("printer_offline", Retry::later, std::move(detail));
  if ((raw[1] & 0x40) != 0) return Error::make("printer_error", Retry::later, std::move(detail));
  return std::nullopt;
}

int paper_mm(device::PaperImage const& image) {
  // What lies between the head and the cutter is moved past it before each cut: 13 mm, give or take 2, with common
  // mechanisms.
  constexpr int k_head_to_cutter_mm = 13;
  constexpr int k_dots_a_mm = 8;
  return (image.height + k_dots_a_mm - 1) / k_dots_a_mm + k_head_to_cutter_mm;
}

}  // namespace yizhan::ticket_printer

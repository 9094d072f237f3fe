#pragma once
/// The few ESC/POS commands this driver speaks, as bytes. Everything is raster: printers know GB 18030's one- and
/// two-byte characters only.
#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "peripherals/api/ticket_printer.h"

namespace yizhan::ticket_printer {

/// Initialise, the picture in bands of GS v 0, feed, cut. Holds none of the real-time commands 10 04, 10 05, 10 14
/// anywhere, which a printer would carry out in the middle of the picture: where two bytes would make one, the first
/// gets a dot more (10 → 18).
/// REQUIRES: image.width is 384 or 576 (any ≤ 2040 works).
[[nodiscard]] std::vector<std::uint8_t> encode_ticket(device::PaperImage const& image);

/// No band's data is longer.
inline constexpr std::size_t k_max_band_bytes = 128 * 255;

/// DLE EOT n, n = 1 … 4: answered at once, even while the printer is offline or prints.
[[nodiscard]] constexpr std::array<std::uint8_t, 3> real_time_status(int n) {
  return {0x10, 0x04, static_cast<std::uint8_t>(n)};
}
/// GS r 1: answered in its place among the data, so only when everything before it was printed.
inline constexpr std::array<std::uint8_t, 3> k_status_in_order{0x1D, 0x72, 0x01};

/// Whether a byte can be the answer to DLE EOT (0xx1xx10) or to GS r (0xx0xxxx); others are flow control (11, 13) or
/// automatic status.
[[nodiscard]] constexpr bool is_real_time_answer(std::uint8_t byte) { return (byte & 0x93) == 0x12; }
[[nodiscard]] constexpr bool is_in_order_answer(std::uint8_t byte) { return (byte & 0x90) == 0; }

[[nodiscard]] device::PrinterStatus decode_status(std::array<std::uint8_t, 4> const& raw);
/// Why nothing can be printed; nothing where all is well (near end is well).
[[nodiscard]] std::optional<Error> fault_of(device::PrinterStatus const& status);

}  // namespace yizhan::ticket_printer

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
/// REQUIRES: image.width is 384 or 576 (any ≤ 576 works).
[[nodiscard]] std::vector<std::uint8_t> encode_ticket(device::PaperImage const& image);

/// A printer that was left within a command is back at its beginning after so many zeros: no band of a picture that
/// fits the paper is longer.
inline constexpr std::size_t k_longest_command = 128 * 72 + 8;
/// GS V 66 0: what is on the paper so far is cut off.
inline constexpr std::array<std::uint8_t, 4> k_cut_off{0x1D, 0x56, 0x42, 0x00};
/// GS a: the printer tells by itself when it goes off line, meets an error, or its paper changes.
inline constexpr std::array<std::uint8_t, 3> k_automatic_status{0x1D, 0x61, 0x0E};
/// ESC @, with which every ticket begins.
inline constexpr std::size_t k_initialise_bytes = 2;

/// DLE EOT n, n = 1 … 4: answered at once, even while the printer is offline or prints.
[[nodiscard]] constexpr std::array<std::uint8_t, 3> real_time_status(int n) {
  return {0x10, 0x04, static_cast<std::uint8_t>(n)};
}
/// GS r 1: answered in its place among the data, so only when everything before it was printed.
inline constexpr std::array<std::uint8_t, 3> k_status_in_order{0x1D, 0x72, 0x01};

[[nodiscard]] device::PrinterStatus decode_status(std::array<std::uint8_t, 4> const& raw);
/// Why nothing can be printed; nothing where all is well (near end is well).
[[nodiscard]] std::optional<Error> fault_of(device::PrinterStatus const& status);

/// Paper a ticket takes, from cut to cut.
[[nodiscard]] int paper_mm(device::PaperImage const& image);

}  // namespace yizhan::ticket_printer

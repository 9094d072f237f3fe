#pragma once
/// What an SDT module is asked and what its answers mean.
#include <array>
#include <cstdint>
#include <string>

#include "peripherals/api/id_reader.h"
#include "shared/base/result.h"
#include "shared/base/secret.h"

namespace yizhan::id_reader {

/// CMD PARA, the status of success and how many data bytes come with it: an answer of another shape belongs to an
/// earlier command that was given up, and is not taken for this one's.
struct Command {
  std::array<std::byte, 2> code;
  std::uint8_t success = 0x90;
  std::size_t min_data = 0;
  std::size_t max_data = 0;
};
inline constexpr Command k_sam_status{{std::byte{0x11}, std::byte{0xFF}}};
inline constexpr Command k_sam_number{{std::byte{0x12}, std::byte{0xFF}}, 0x90, 16, 16};
inline constexpr Command k_find_card{{std::byte{0x20}, std::byte{0x01}}, 0x9F, 0, 4};
inline constexpr Command k_select_card{{std::byte{0x20}, std::byte{0x02}}, 0x90, 0, 8};
inline constexpr Command k_read_card{{std::byte{0x30}, std::byte{0x01}}, 0x90, 4, 0x0C00};
inline constexpr Command k_newest_address{{std::byte{0x30}, std::byte{0x03}}, 0x90, 2, 256};

/// SW3 of answers that are no failure.
inline constexpr std::uint8_t k_no_card = 0x80;
inline constexpr std::uint8_t k_no_content = 0x91;

struct Reply {
  std::uint8_t status = 0;  // SW3
  SecretBytes data;
  [[nodiscard]] bool fits(Command const& command) const;
};

/// Errors: reader_garbled (SW1 SW2 not zero: not an answer of this protocol).
Result<Reply> parse_reply(SecretBytes const& payload);

/// The error a status stands for. Codes: reader_garbled (10/11, later), reader_command_refused (21/23/24),
/// reader_untrusted_card (31/32/33), card_wrong_type (40), card_read_failed (41/47, later), reader_self_test (60),
/// reader_unauthorised (66), card_absent (80, later), card_select_failed (81, later), reader_unknown_status.
[[nodiscard]] Error error_of_status(std::uint8_t status);
/// Whether it says something of the card, not of the reader.
[[nodiscard]] bool is_about_card(Error const& error);

/// Data of the answer to k_read_card: text and photo lengths (two bytes each, big-endian), then both. A third field
/// (fingerprints) is never taken over. Errors: card_read_failed (lengths that do not add up, later).
Result<device::CardReading> parse_reading(SecretBytes const& data);

/// "05.01-20170101-0001234567-0987654321". REQUIRES: 16 bytes.
[[nodiscard]] std::string format_sam_number(std::span<std::byte const> data);

}  // namespace yizhan::id_reader

#pragma once
/// What a multi-function reader is asked and what its answers mean.
///
/// Published: the frames, CA 01 (read the card; parameter 00 all, 01 number, 02 name and number, 03 text), 31 11
/// (version), the status 9000, and that the answer to "all" holds text length and photo length (two bytes each,
/// big-endian), then both, as an SDT module's. What they leave open stands in MultiLayout.
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "shared/base/result.h"
#include "shared/base/secret.h"

namespace yizhan::id_reader {

/// Assumptions about readers nobody published; each is true of the emulated one. A model that differs differs here.
struct MultiLayout {
  /// Parameter of CA 01 that looks for a card at the least cost: its number, which is scrubbed at once.
  std::byte look{0x01};
  /// Parameter of CA 01 that reads text and photo. The same as `look`: one command does both.
  std::byte read{0x00};
  /// Status words with this high byte carry the status of the SDT module inside as the low byte (sdt_protocol.h).
  std::uint8_t module_status = 0x6F;
};

struct MultiCommand {
  std::vector<std::byte> code;
  std::size_t min_data = 0;
  std::size_t max_data = 0;
};
/// A version is at most 64 bytes, a look at most 256 (text alone).
[[nodiscard]] MultiCommand multi_version();
[[nodiscard]] MultiCommand multi_card(MultiLayout const& layout, std::byte parameter);

inline constexpr std::uint16_t k_multi_success = 0x9000;
/// A refusal comes with a few bytes at most, which say nothing.
inline constexpr std::size_t k_multi_refusal_data = 16;

struct MultiReply {
  std::uint16_t status = 0;
  SecretBytes data;
  /// An answer of another shape belongs to an earlier question that was given up.
  [[nodiscard]] bool fits(MultiCommand const& command) const;
};
/// Errors: reader_garbled (no status, later).
Result<MultiReply> parse_multi_reply(SecretBytes const& payload);

/// The SDT status a word carries, or nothing.
[[nodiscard]] std::optional<std::uint8_t> module_status_of(std::uint16_t status, MultiLayout const& layout);
/// Codes: those of error_of_status() (sdt_protocol.h), reader_unknown_status.
[[nodiscard]] Error error_of_multi_status(std::uint16_t status, MultiLayout const& layout);

/// Versions are text; what is not printable ASCII is shown as hex digits.
[[nodiscard]] std::string format_version(std::span<std::byte const> data);

}  // namespace yizhan::id_reader

#include "peripherals/id_reader/multi_protocol.h"

#include <fmt/format.h>

#include <algorithm>

#include "peripherals/id_reader/multi_frame.h"
#include "peripherals/id_reader/sdt_protocol.h"
#include "shared/base/text.h"

namespace yizhan::id_reader {

MultiCommand multi_version() { return {{std::byte{0x31}, std::byte{0x11}}, 1, 64}; }

MultiCommand multi_card(MultiLayout const& layout, std::byte parameter) {
  constexpr std::size_t k_lengths = 4;
  bool const whole = parameter == layout.read;
  return {{std::byte{0xCA}, std::byte{0x01}, parameter}, whole ? k_lengths : 1, whole ? k_max_multi_reply - 2 : 256};
}

bool MultiReply::fits(MultiCommand const& command) const {
  if (status == k_multi_success) return data.size() >= command.min_data && data.size() <= command.max_data;
  return data.size() <= k_multi_refusal_data;
}

Result<MultiReply> parse_multi_reply(SecretBytes const& payload) {
  auto const bytes = payload.view();
  if (bytes.size() < 2) return Error::make("reader_garbled", Retry::later, "no status");
  auto const status = std::to_integer<unsigned>(bytes[0]) << 8 | std::to_integer<unsigned>(bytes[1]);
  return MultiReply{static_cast<std::uint16_t>(status), SecretBytes(bytes.subspan(2))};
}

std::optional<std::uint8_t> module_status_of(std::uint16_t status, MultiLayout const& layout) {
  if (status >> 8 != layout.module_status) return std::nullopt;
  return static_cast<std::uint8_t>(status & 0xFF);
}

Error error_of_multi_status(std::uint16_t status, MultiLayout const& layout) {
  if (auto const module = module_status_of(status, layout)) return error_of_status(*module);
  return Error::make("reader_unknown_status", Retry::no, fmt::format("status {:04x}", status));
}

std::string format_version(std::span<std::byte const> data) {
  std::string version;
  bool printable = true;
  for (auto const byte : data) {
    auto const character = std::to_integer<char>(byte);
    printable = printable && character >= 0x20 && character < 0x7F;
    version.push_back(character);
  }
  return printable ? std::string(text::trim(version)) : text::to_hex(data);
}

}  // namespace yizhan::id_reader

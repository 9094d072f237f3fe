#include "peripherals/id_reader/sdt_protocol.h"

#include <fmt/format.h>

#include "shared/base/text.h"

namespace yizhan::id_reader {

namespace {

std::size_t big_endian16(std::span<std::byte const> bytes, std::size_t at) {
  return std::to_integer<std::size_t>(bytes[at]) << 8 | std::to_integer<std::size_t>(bytes[at + 1]);
}

std::uint32_t little_endian32(std::span<std::byte const> bytes, std::size_t at) {
  std::uint32_t value = 0;
  for (std::size_t i = 4; i-- > 0;) value = value << 8 | std::to_integer<std::uint32_t>(bytes[at + i]);
  return value;
}

}  // namespace

bool Reply::fits(Command const& command) const {
  if (status == command.success) return data.size() >= command.min_data && data.size() <= command.max_data;
  return data.empty();
}

Result<Reply> parse_reply(SecretBytes const& payload) {
  auto const bytes = payload.view();
  if (bytes.size() < 3 || bytes[0] != std::byte{} || bytes[1] != std::byte{}) {
    return Error::make("reader_garbled", Retry::later, "status bytes");
  }
  return Reply{std::to_integer<std::uint8_t>(bytes[2]), SecretBytes(bytes.subspan(3))};
}

Error error_of_status(std::uint8_t status) {
  auto detail = fmt::format("status {:02x}", status);
  switch (status) {
    case 0x10:
    case 0x11: return Error::make("reader_garbled", Retry::later, std::move(detail));
    case 0x21:
    case 0x23:
    case 0x24: return Error::make("reader_command_refused", Retry::no, std::move(detail));
    case 0x31:
    case 0x32:
    case 0x33: return Error::make("reader_untrusted_card", Retry::no, std::move(detail));
    case 0x40: return Error::make("card_wrong_type", Retry::no, std::move(detail));
    case 0x41:
    case 0x47: return Error::make("card_read_failed", Retry::later, std::move(detail));
    case 0x60: return Error::make("reader_self_test", Retry::no, std::move(detail));
    case 0x66: return Error::make("reader_unauthorised", Retry::no, std::move(detail));
    case k_no_card: return Error::make("card_absent", Retry::later, std::move(detail));
    case 0x81: return Error::make("card_select_failed", Retry::later, std::move(detail));
    default: return Error::make("reader_unknown_status", Retry::no, std::move(detail));
  }
}

bool is_about_card(Error const& error) {
  return error.is("reader_untrusted_card") || error.is("card_wrong_type") || error.is("card_read_failed") ||
         error.is("card_select_failed");
}

Result<device::CardReading> parse_reading(SecretBytes const& data) {
  auto const bytes = data.view();
  // Two fields, or three where a module sends fingerprints unasked: the lengths tell, they must add up exactly.
  for (std::size_t fields = 2; fields <= 3; ++fields) {
    auto const header = 2 * fields;
    if (bytes.size() < header) break;
    std::size_t sum = 0;
    for (std::size_t i = 0; i < fields; ++i) sum += big_endian16(bytes, 2 * i);
    if (header + sum != bytes.size()) continue;
    auto const text = big_endian16(bytes, 0);
    auto const photo = big_endian16(bytes, 2);
    return device::CardReading{SecretBytes(bytes.subspan(header, text)),
                               SecretBytes(bytes.subspan(header + text, photo)), SecretText()};
  }
  return Error::make("card_read_failed", Retry::later, "lengths of the reading");
}

std::string format_sam_number(std::span<std::byte const> data) {
  return fmt::format("{:02}.{:02}-{}-{:010}-{:010}", std::to_integer<unsigned>(data[0]),
                     std::to_integer<unsigned>(data[2]), little_endian32(data, 4), little_endian32(data, 8),
                     little_endian32(data, 12));
}

}  // namespace yizhan::id_reader

#include "peripherals/smart_card/apdu.h"

#include <algorithm>
#include <cassert>

namespace yizhan::smart_card {

namespace {

constexpr std::size_t k_longest_data = 255;
constexpr std::size_t k_longest_answer = 256;
constexpr std::uint8_t k_get_response = 0xC0;
// A card that always has more to say would never end.
constexpr int k_most_pieces = 4;

std::size_t length_of(std::uint16_t status) { return (status & 0xFF) == 0 ? k_longest_answer : status & 0xFF; }

}  // namespace

SecretBytes encode(Command const& command, Protocol protocol) {
  assert(command.data.size() <= k_longest_data && command.expected <= k_longest_answer);
  bool const has_data = !command.data.empty();
  // In T=0 the fifth byte is always there.
  bool const has_le =
      command.expected > 0 ? !has_data || protocol == Protocol::t1 : !has_data && protocol == Protocol::t0;
  SecretBytes bytes(4 + (has_data ? 1 + command.data.size() : 0) + (has_le ? 1 : 0));
  auto const out = bytes.span();
  out[1] = std::byte{command.instruction};
  out[2] = std::byte{command.p1};
  out[3] = std::byte{command.p2};
  if (has_data) {
    out[4] = static_cast<std::byte>(command.data.size());
    std::copy(command.data.view().begin(), command.data.view().end(), out.begin() + 5);
  }
  if (has_le) out.back() = static_cast<std::byte>(command.expected);  // 256 is written 00
  return bytes;
}

Result<Response> parse_response(SecretBytes const& bytes) {
  if (bytes.size() < 2 || bytes.size() > k_longest_answer + 2) {
    return Error::make("card_garbled", Retry::later, "answer of " + std::to_string(bytes.size()) + " bytes");
  }
  auto const data = bytes.view().first(bytes.size() - 2);
  auto const end = bytes.view().last(2);
  auto const status = std::to_integer<unsigned>(end[0]) << 8 | std::to_integer<unsigned>(end[1]);
  // ISO 7816-3 §10.3.3: SW1 is 6x but not 60, or 9x.
  bool const is_status = (status >> 12 == 6 && status >> 8 != 0x60) || status >> 12 == 9;
  if (!is_status) return Error::make("card_garbled", Retry::later, "no status");
  return Response{static_cast<std::uint16_t>(status), SecretBytes(data)};
}

Result<Response> Channel::ask(Command command) const {
  auto raw = TRY(m_transmit(encode(command, m_protocol)));
  auto response = TRY(parse_response(raw));
  if (response.status >> 8 == 0x6C && command.expected > 0) {
    command.expected = length_of(response.status);
    raw = TRY(m_transmit(encode(command, m_protocol)));
    response = TRY(parse_response(raw));
  }
  for (int piece = 0; response.status >> 8 == 0x61; ++piece) {
    if (piece == k_most_pieces) return Error::make("card_garbled", Retry::later, "an answer without end");
    Command const next{.instruction = k_get_response, .data = {}, .expected = length_of(response.status)};
    raw = TRY(m_transmit(encode(next, m_protocol)));
    auto more = TRY(parse_response(raw));
    SecretBytes joined(response.data.size() + more.data.size());
    auto const end = std::copy(response.data.view().begin(), response.data.view().end(), joined.span().begin());
    std::copy(more.data.view().begin(), more.data.view().end(), end);
    response = Response{more.status, std::move(joined)};
  }
  return response;
}

}  // namespace yizhan::smart_card

#include "peripherals/smart_card/staff_card.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cassert>

#include "shared/base/text.h"

namespace yizhan::smart_card {

namespace {

constexpr std::array<std::uint8_t, 9> k_application = {0xF0, 'Y', 'I', 'Z', 'H', 'A', 'N', 0x01, 0x01};
constexpr std::uint8_t k_facts_version = 1;
constexpr std::size_t k_facts_size = 12;
constexpr std::size_t k_largest_certificate = 2048;
constexpr std::size_t k_chunk = 240;
constexpr std::size_t k_pin_field = 8;
constexpr std::uint16_t k_success = 0x9000;

std::uint8_t byte_of(std::size_t value) { return static_cast<std::uint8_t>(value & 0xFF); }

Error refusal(std::uint16_t status) {
  switch (status) {
    case 0x6982: return Error::make("card_pin_needed");
    case 0x6983: return Error::make("card_pin_blocked");
    case 0x6A82:
    case 0x6D00:
    case 0x6E00: return Error::make("card_unknown", Retry::no, fmt::format("status {:04x}", status));
    default: return Error::make("card_refused", Retry::no, fmt::format("status {:04x}", status));
  }
}

Error garbled(char const* what) { return Error::make("card_garbled", Retry::later, what); }

}  // namespace

bool is_pin(std::string_view text) {
  return text.size() >= 6 && text.size() <= k_pin_field &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool is_context(std::string_view text) { return !text.empty() && text.size() <= 128; }

Result<Response> StaffCard::ask(Command command, std::size_t wanted) {
  auto response = TRY(m_channel.ask(std::move(command)));
  if (response.status != k_success) return refusal(response.status);
  if (response.data.size() != wanted) return garbled("length of the data");
  return response;
}

Result<CardFacts> StaffCard::open() {
  SecretBytes const name(std::as_bytes(std::span(k_application)));
  TRY(ask({.instruction = 0xA4, .p1 = 0x04, .p2 = 0x0C, .data = name.clone()}, 0));
  auto const facts =
      TRY(ask({.instruction = 0xCA, .p1 = 0x01, .p2 = 0x01, .data = {}, .expected = k_facts_size}, k_facts_size));
  auto const bytes = facts.data.view();
  if (std::to_integer<unsigned>(bytes[0]) != k_facts_version) {
    return Error::make("card_unknown", Retry::no, "version of the application");
  }
  CardFacts result;
  result.card_id = text::to_hex(bytes.subspan(1, 8));
  result.certificate_size = std::to_integer<std::size_t>(bytes[9]) << 8 | std::to_integer<std::size_t>(bytes[10]);
  result.attempts_left = std::to_integer<int>(bytes[11]);
  if (result.certificate_size == 0 || result.certificate_size > k_largest_certificate) {
    return garbled("size of the certificate");
  }
  if (result.attempts_left > 15) return garbled("number of attempts");
  return result;
}

Result<std::string> StaffCard::certificate(std::size_t size) {
  std::string der;
  while (der.size() < size) {
    auto const at = der.size();
    auto const wanted = std::min(k_chunk, size - at);
    auto const chunk = TRY(
        ask({.instruction = 0xB0, .p1 = byte_of(at >> 8), .p2 = byte_of(at), .data = {}, .expected = wanted}, wanted));
    der += text::chars_of(chunk.data.view());
  }
  return der;
}

Result<PinOutcome> StaffCard::verify_pin(SecretText const& pin) {
  assert(is_pin(pin.view()));
  SecretBytes field(k_pin_field);
  std::fill(field.span().begin(), field.span().end(), std::byte{0xFF});
  auto const digits = text::bytes_of(pin.view());
  std::copy(digits.begin(), digits.end(), field.span().begin());
  auto const response = TRY(m_channel.ask({.instruction = 0x20, .p2 = 0x81, .data = std::move(field)}));
  if (response.status == k_success) return PinOutcome{true, 0};
  if ((response.status & 0xFFF0) == 0x63C0) {
    int const left = response.status & 0xF;
    return PinOutcome{false, left};
  }
  return refusal(response.status);
}

Result<device::CardSignature> StaffCard::sign(std::string_view context, device::CardChallenge const& challenge) {
  assert(is_context(context));
  SecretBytes data(1 + context.size() + challenge.size());
  data.span()[0] = static_cast<std::byte>(context.size());
  auto const words = text::bytes_of(context);
  auto const end = std::copy(words.begin(), words.end(), data.span().begin() + 1);
  std::copy(challenge.begin(), challenge.end(), end);
  device::CardSignature signature{};
  auto const response = TRY(
      ask({.instruction = 0x88, .p1 = 0x01, .data = std::move(data), .expected = signature.size()}, signature.size()));
  std::copy(response.data.view().begin(), response.data.view().end(), signature.begin());
  return signature;
}

}  // namespace yizhan::smart_card

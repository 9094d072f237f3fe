#pragma once
/// Commands and answers of ISO 7816-4, short form, as far as the staff card needs them.
#include <cstddef>
#include <cstdint>
#include <functional>

#include "shared/base/result.h"
#include "shared/base/secret.h"

namespace yizhan::smart_card {

enum class Protocol { t0, t1 };

/// CLA is 00. `expected`: bytes of data wanted back (Le), at most 256; 0: none.
struct Command {
  std::uint8_t instruction = 0;
  std::uint8_t p1 = 0;
  std::uint8_t p2 = 0;
  SecretBytes data;  // at most 255 bytes
  std::size_t expected = 0;
};

/// T=0 has no room for Le behind data (ISO 7816-3 §12.2.5): the card then says what waits with 61xx.
[[nodiscard]] SecretBytes encode(Command const& command, Protocol protocol);

struct Response {
  std::uint16_t status = 0;  // SW1 SW2; 9000 is success
  SecretBytes data;
};
/// Errors: card_garbled (shorter than a status, longer than a short answer, or no status at the end).
Result<Response> parse_response(SecretBytes const& bytes);

/// One command to the card, one answer, both raw.
using Transmit = std::function<Result<SecretBytes>(SecretBytes const& command)>;

class Channel {
 public:
  Channel(Transmit transmit, Protocol protocol) : m_transmit(std::move(transmit)), m_protocol(protocol) {}
  /// Fetches what 61xx announces and asks again with the length 6Cxx names.
  /// Errors: card_garbled, and those of the transmission.
  Result<Response> ask(Command command) const;

 private:
  Transmit m_transmit;
  Protocol m_protocol;
};

}  // namespace yizhan::smart_card

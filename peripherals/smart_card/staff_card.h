#pragma once
/// The staff card's application as this end speaks to it (README.md has every byte). One conversation at a time.
#include <string>
#include <string_view>

#include "peripherals/api/smart_card.h"
#include "peripherals/smart_card/apdu.h"

namespace yizhan::smart_card {

struct CardFacts {
  std::string card_id;  // 16 hex digits
  std::size_t certificate_size = 0;
  int attempts_left = 0;
};

struct PinOutcome {
  bool right = false;
  int attempts_left = 0;  // where it was not
};

/// 6 to 8 digits.
[[nodiscard]] bool is_pin(std::string_view text);
/// 1 to 128 bytes.
[[nodiscard]] bool is_context(std::string_view text);

/// Errors of all: those of the channel; card_refused with the status in the detail.
class StaffCard {
 public:
  explicit StaffCard(Channel channel) : m_channel(std::move(channel)) {}

  /// Selects the application and reads what it says of itself; a PIN that was right is forgotten by that.
  /// Errors: card_unknown, card_garbled.
  Result<CardFacts> open();
  Result<std::string> certificate(std::size_t size);
  /// REQUIRES: is_pin(). Errors: card_pin_blocked.
  Result<PinOutcome> verify_pin(SecretText const& pin);
  /// REQUIRES: is_context(). Errors: card_pin_needed.
  Result<device::CardSignature> sign(std::string_view context, device::CardChallenge const& challenge);

 private:
  Result<Response> ask(Command command, std::size_t wanted);

  Channel m_channel;
};

}  // namespace yizhan::smart_card

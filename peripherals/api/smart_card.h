#pragma once
/// Staff smart cards (工作人员智能卡): a card that lies in a reader as long as somebody works, and proves with a key that
/// never leaves it that it is the one its certificate names. Removed means locked.
#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "peripherals/api/device.h"
#include "shared/base/secret.h"

namespace yizhan::device {

using CardChallenge = std::array<std::byte, 32>;
using CardSignature = std::array<std::byte, 64>;  // ES256, r ‖ s

/// `id` is the caller's and comes back with the answer. `insertion` is that of the CardInserted the caller means: a request
/// never reaches a card that was put in since.
struct CardRequest {
  std::uint64_t id = 0;
  std::uint64_t insertion = 0;
};

/// A card of ours is in the reader and answers.
struct CardInserted {
  std::uint64_t insertion = 0;
  std::string card_id;  // 16 hex digits
  std::string atr;      // hex
  int attempts_left = 0;
};
/// Something is in the reader that cannot be used: card_unknown (no card of ours), card_garbled, card_timeout (no answer),
/// card_busy (another program holds it; tried again by itself).
struct CardRejected {
  Error error;
};
/// After CardInserted or CardRejected, also where the reader or its service went: lock.
struct CardRemoved {};

struct CertificateRead {
  std::uint64_t request = 0;
  std::string der;
};
struct PinVerified {
  std::uint64_t request = 0;
};
struct ChallengeSigned {
  std::uint64_t request = 0;
  CardSignature signature{};
};
/// Codes: card_removed (also for a card of before), card_garbled, card_timeout (later), card_busy (later), card_pin_wrong
/// and card_pin_blocked (with attempts_left), card_pin_malformed (never reached the card), card_pin_needed,
/// card_refused (another status; in the detail).
struct CardRequestFailed {
  std::uint64_t request = 0;
  Error error;
  std::optional<int> attempts_left;
};
/// Absent: card_service_absent (no pcscd), card_reader_absent. Faulted: card_service_refused, card_reader_failed; the
/// card in it garbled or without answer.
struct SmartCardHealth {
  Health health;
};
using SmartCardEvent = std::variant<CardInserted, CardRejected, CardRemoved, CertificateRead, PinVerified,
                                    ChallengeSigned, CardRequestFailed, SmartCardHealth>;

/// Every request has exactly one answer, in the order of the requests, at the latest 1.5 s a command of the card after its
/// turn came. Thread: any, for all.
class SmartCardReader {
 public:
  using Listener = std::function<void(SmartCardEvent)>;
  virtual ~SmartCardReader() = default;

  /// Begins to watch the reader. A card that is in it already is told as inserted.
  virtual void start() = 0;
  /// Answer: CertificateRead. X.509 DER as the card holds it, unchecked.
  virtual void read_certificate(CardRequest request) = 0;
  /// Answer: PinVerified. 6 to 8 digits. The card counts wrong ones; a right one is good for one signature and keeps the
  /// card for this program until then.
  virtual void verify_pin(CardRequest request, SecretText pin) = 0;
  /// Answer: ChallengeSigned. `context`: who asks (1 to 128 bytes), part of what is signed, so that no other terminal can use
  /// it (crypto/staff_challenge.h). REQUIRES: `challenge` random, made for this once.
  virtual void sign_challenge(CardRequest request, std::string context, CardChallenge challenge) = 0;
  /// The card forgets that a PIN was right.
  virtual void forget_pin() = 0;
  /// Answer: SmartCardHealth.
  virtual void check_health() = 0;
};

}  // namespace yizhan::device

#pragma once
/// One card in one reader, by libpcsclite (winscard). Every call is made by `Calls` and has 1.5 s.
#include <winscard.h>

#include <memory>
#include <string>

#include "peripherals/smart_card/apdu.h"
#include "peripherals/smart_card/calls.h"

namespace yizhan::smart_card {

inline constexpr Duration k_command_limit = std::chrono::milliseconds(1500);

/// Of PC/SC's return codes: card_service_absent (later), card_service_refused, card_reader_absent (later), card_reader_failed (later),
/// card_removed, card_busy (later), card_garbled (later), card_reset (another program reset the card, later).
[[nodiscard]] Error error_of(LONG code);

/// Thread: the device's. The destructor gives the card back and resets it, so that it forgets a PIN.
/// Errors of all: error_of(), card_timeout (later), device_cancelled.
class PcscLink {
 public:
  /// `calls` and `interrupt` outlive the link.
  static Result<std::unique_ptr<PcscLink>> open(Calls& calls, host::Interrupt const& interrupt,
                                                std::string const& reader);
  ~PcscLink();
  PcscLink(PcscLink const&) = delete;
  PcscLink& operator=(PcscLink const&) = delete;

  /// The card is this program's alone from here to end().
  Result<void> begin();
  void end();
  Result<SecretBytes> transmit(SecretBytes const& command);
  [[nodiscard]] Protocol protocol() const;

 private:
  struct Handles;
  PcscLink(Calls& calls, host::Interrupt const& interrupt);
  Result<void> make(std::function<LONG(Handles&)> call);

  Calls& m_calls;
  host::Interrupt const& m_interrupt;
  std::shared_ptr<Handles> const m_handles;  // used by the calls' thread only
};

}  // namespace yizhan::smart_card

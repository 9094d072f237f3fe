// A card that answers anything: what the driver makes of it keeps its limits, and it never asks on and on.
#include <cstdlib>

#include "peripherals/smart_card/staff_card.h"
#include "tests/fuzz/peripherals/smart_card/pieces.h"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  using namespace yizhan;
  using namespace yizhan::smart_card;
  if (size == 0) return 0;
  auto const protocol = (data[0] & 1) != 0 ? Protocol::t0 : Protocol::t1;
  auto const answers = pieces_of(data + 1, size - 1);
  std::size_t next = 0;
  int commands = 0;
  StaffCard card(Channel(
      [&](SecretBytes const& command) -> Result<SecretBytes> {
        if (command.size() < 4 || command.size() > 261 || ++commands > 200) std::abort();
        if (next == answers.size()) return Error::make("card_timeout");
        return SecretBytes(answers[next++]);
      },
      protocol));
  if (auto const facts = card.open()) {
    if (facts->card_id.size() != 16 || facts->attempts_left > 15 || facts->certificate_size > 2048) std::abort();
    auto const certificate = card.certificate(facts->certificate_size);
    if (certificate && certificate->size() != facts->certificate_size) std::abort();
  }
  if (auto const outcome = card.verify_pin(SecretText("246810"))) {
    if (outcome->attempts_left < 0 || outcome->attempts_left > 15) std::abort();
  }
  static_cast<void>(card.sign("urn:yizhan:device:420106001001:001", {}));
  return 0;
}

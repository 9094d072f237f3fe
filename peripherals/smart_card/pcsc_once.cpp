#include "peripherals/smart_card/pcsc_link.h"
#include "peripherals/smart_card/pcsc_reader.h"
#include "peripherals/smart_card/staff_card.h"
#include "peripherals/smart_card/watcher.h"

namespace yizhan::smart_card {

Result<CardReport> inspect_once(std::string const& reader, Duration wait) {
  host::Interrupt never;
  host::Interrupt seen;
  Watcher watcher(reader, [&](Sight const& sight) {
    if (sight.card || sight.fault) seen.raise();
  });
  watcher.start();
  if (host::pause(wait, seen)) return Error::make("card_absent", Retry::later);
  auto const sight = watcher.latest();
  if (sight.fault) return *sight.fault;
  Calls calls;
  auto const link = TRY(PcscLink::open(calls, never, sight.reader));
  TRY(link->begin());
  StaffCard card(Channel([&](SecretBytes const& command) { return link->transmit(command); }, link->protocol()));
  auto const facts = TRY(card.open());
  auto certificate = TRY(card.certificate(facts.certificate_size));
  link->end();
  return CardReport{sight.reader, facts.card_id, sight.atr, std::move(certificate), facts.attempts_left};
}

}  // namespace yizhan::smart_card

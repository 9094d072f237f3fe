// Commands of any kind to the emulated card: always an answer with a status, never a signature without the PIN, and attempts only
// come back with it.
#include <cstdlib>
#include <string>

#include "peripherals/emulated/smart_card.h"
#include "tests/fuzz/peripherals/smart_card/pieces.h"
#include "tests/support/pki/pki.h"

namespace {

bool holds_pin(std::vector<std::byte> const& command) {
  std::string const text(reinterpret_cast<char const*>(command.data()), command.size());
  return text.find("246810") != std::string::npos;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  using namespace yizhan;
  if (size == 0) return 0;
  static auto const issued = test::self_signed("urn:yizhan:staff:420106001001:017", WallTime{std::chrono::hours{1}});
  emulated::StaffCardData made;
  made.key_pem = issued.key_pem;
  made.certificate = issued.certificate_pem;
  made.t0 = (data[0] & 1) != 0;
  auto card = emulated::StaffCardApplication::create(std::move(made));
  if (!card) std::abort();
  bool pin_was_there = false;
  for (auto const& command : pieces_of(data + 1, size - 1)) {
    auto const before = card->attempts_left();
    pin_was_there = pin_was_there || holds_pin(command);
    auto const answer = card->answer(command);
    if (answer.size() < 2 || answer.size() > 258) std::abort();
    if (card->attempts_left() < 0 || (card->attempts_left() > before && !holds_pin(command))) std::abort();
    if (answer.size() == 66 && command.size() > 33 && !pin_was_there) std::abort();
  }
  return 0;
}

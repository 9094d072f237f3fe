// Requests as the emulated document printer reads them off its wire, whole and byte by byte.
#include <cstdint>
#include <cstdlib>

#include "peripherals/emulated/http_server.h"
#include "peripherals/emulated/ipp_message.h"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  using namespace yizhan::emulated;
  std::string_view const bytes(reinterpret_cast<char const*>(data), size);
  if (auto message = parse_ipp(bytes)) {
    // Groups within and names keep their form; what stood behind the end is no part of it.
    auto const again = parse_ipp(to_bytes(*message));
    if (!again) std::abort();
    message->size = again->size;
    if (*again != *message) std::abort();
  }
  if (size > 4096) return 0;
  HttpInput whole;
  auto event = whole.push(bytes);
  if (event == HttpInput::Event::wants_continue) event = whole.push({});
  HttpInput pieces;
  auto last = HttpInput::Event::more;
  for (char const byte : bytes) {
    last = pieces.push({&byte, 1});
    if (last == HttpInput::Event::complete || last == HttpInput::Event::bad) break;
  }
  if (last == HttpInput::Event::complete && event == HttpInput::Event::complete &&
      whole.take_body() != pieces.take_body()) {
    std::abort();
  }
  return 0;
}

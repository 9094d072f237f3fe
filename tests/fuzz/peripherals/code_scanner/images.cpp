// A picture file from anywhere: decoded or refused; small ones are searched for codes too.
#include <cstdint>
#include <cstdlib>

#include "peripherals/code_scanner/decode.h"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  using namespace yizhan::code_scanner;
  auto const image = decode_image({data, size});
  if (!image) return 0;
  auto const pixels = static_cast<std::size_t>(image->width) * static_cast<std::size_t>(image->height);
  if (pixels == 0 || image->pixels.size() != pixels) std::abort();
  if (pixels <= 64 * 64) static_cast<void>(find_codes_thorough(*image));
  return 0;
}

// A device's address from a configuration: what is read is written so that it is read again as the same.
#include <cstdint>
#include <cstdlib>

#include "peripherals/host/address.h"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  using namespace yizhan::host;
  auto const address = parse_address({reinterpret_cast<char const*>(data), size});
  if (!address) return 0;
  auto const again = parse_address(to_string(*address));
  if (!again || *again != *address) std::abort();
  return 0;
}

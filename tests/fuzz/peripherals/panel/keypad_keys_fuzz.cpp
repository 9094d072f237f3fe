// A list of keys from a configuration: all of it understood, or the part that is not.
#include <cstdint>
#include <cstdlib>

#include "peripherals/panel/keypad_map.h"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  std::string_view const list(reinterpret_cast<char const*>(data), size);
  auto const map = yizhan::panel::parse_keypad(list);
  if (!map) {
    if (list.find(map.error().detail()) == std::string_view::npos) std::abort();
    return 0;
  }
  for (auto const& [key, action] : *map) {
    if (key < 0x04 || key > 0xE7) std::abort();
  }
  return 0;
}

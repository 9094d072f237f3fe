// Bytes of an input device: a record each 24, however they are cut.
#include <cstdint>
#include <cstdlib>

#include "peripherals/panel/input_records.h"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  using namespace yizhan::panel;
  std::string_view const bytes(reinterpret_cast<char const*>(data), size);
  for (std::size_t const piece : {std::size_t{1}, std::size_t{24}, std::size_t{31}}) {
    InputRecords records;
    std::size_t found = 0;
    for (std::size_t at = 0; at < size; at += piece) found += records.push(bytes.substr(at, piece)).size();
    if (found != size / 24 || records.pending() != (size % 24 != 0)) std::abort();
  }
  return 0;
}

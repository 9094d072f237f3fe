// What the hall's database answers and what an intent keeps: any bytes give a value or an error, and a value that was
// read is written and read the same again.
#include <cstdint>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "shared/hall/command_json.h"

namespace {

template <class Read>
void check(nlohmann::json const& json, Read&& read) {
  auto const value = read(json);
  if (!value) return;
  auto const written = yizhan::hall::to_json(*value);
  auto const again = read(written);
  if (!again || yizhan::hall::to_json(*again) != written) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  auto const json = yizhan::hall::parse_json({reinterpret_cast<char const*>(data), size});
  if (!json) return 0;
  check(*json, [](auto const& value) { return yizhan::hall::command_from_json(value); });
  check(*json, [](auto const& value) { return yizhan::hall::ticket_from_json(value); });
  check(*json, [](auto const& value) { return yizhan::hall::reply_from_json(value); });
  return 0;
}

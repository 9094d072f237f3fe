// What any holder of a device's certificate may send to POST /v1/events: gzip or not, JSON or not. The first byte says
// whether the body claims to be gzip.
#include <cstdint>
#include <cstdlib>

#include "tools/platform/body.h"
#include "tools/platform/event.h"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  using namespace yizhan::platform;
  if (size == 0) return 0;
  auto const device = parse_device_urn("urn:yizhan:device:420106001001:001");
  Request request{.method = "POST",
                  .path = "/v1/events",
                  .content_type = "application/cloudevents-batch+json",
                  .content_encoding = data[0] % 2 == 0 ? "" : "gzip",
                  .body = std::string(reinterpret_cast<char const*>(data + 1), size - 1),
                  .device = *device};
  auto const body = read_body(request, "application/cloudevents-batch+json");
  if (body.bytes.size() > k_body_limit) std::abort();
  if (body.refusal) return 0;
  auto const batch = parse_batch(body.bytes, *device);
  if (batch.refusal && !batch.events.empty()) std::abort();
  for (auto const& event : batch.events) {
    // What was taken apart goes together again, and hashes to 64 digits.
    auto const again = with_place(event.fact, event.epoch, event.sequence, event.chain);
    auto const second = parse_batch("[" + again + "]", *device);
    if (second.refusal || second.events.at(0).fact_sha256 != event.fact_sha256) std::abort();
    if (next_chain(k_chain_start, event.placed).size() != 64) std::abort();
  }
  return 0;
}

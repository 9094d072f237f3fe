// Bytes from a multi-function reader: frames are found, statuses, versions and readings taken apart; whatever comes, the
// next good frame is still found after a reset. The first byte sets how long an answer may be.
#include <algorithm>
#include <cstdlib>

#include "peripherals/id_reader/multi_frame.h"
#include "peripherals/id_reader/multi_protocol.h"
#include "peripherals/id_reader/sdt_protocol.h"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  using namespace yizhan;
  using namespace yizhan::id_reader;
  MultiFrameDecoder decoder;
  MultiLayout const layout;
  auto const longest = size > 0 && data[0] < 128 ? std::size_t{data[0]} : k_max_multi_reply;
  decoder.expect_at_most(longest);
  for (std::size_t i = 1; i < size; ++i) {
    if (decoder.push(static_cast<std::byte>(data[i])) != MultiFrameDecoder::Found::frame) continue;
    auto const payload = decoder.take_payload();
    if (payload.size() < k_min_multi_reply || payload.size() > std::max(longest, k_min_multi_reply)) std::abort();
    auto const reply = parse_multi_reply(payload);
    if (!reply) std::abort();
    static_cast<void>(error_of_multi_status(reply->status, layout).to_line());
    if (auto const reading = parse_reading(reply->data)) {
      if (reading->text.size() + reading->photo.size() + 4 > reply->data.size()) std::abort();
    }
    if (reply->fits(multi_version()) && reply->status == k_multi_success) {
      for (auto const character : format_version(reply->data.view())) {
        if (character < 0x20 || character > 0x7E) std::abort();
      }
    }
  }
  decoder.reset();
  auto found = MultiFrameDecoder::Found::nothing;
  constexpr std::byte good[] = {std::byte{0x90}, std::byte{0x00}};
  for (auto const byte : encode_multi_frame(good)) found = decoder.push(byte);
  if (found != MultiFrameDecoder::Found::frame || decoder.take_payload().size() != 2) std::abort();
  return 0;
}

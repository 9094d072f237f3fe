// Bytes from an SDT module: frames are found, statuses and readings taken apart; whatever comes, the next good frame is
// still found after a reset.
#include <cstdlib>

#include "peripherals/id_reader/sdt_frame.h"
#include "peripherals/id_reader/sdt_protocol.h"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  using namespace yizhan;
  using namespace yizhan::id_reader;
  FrameDecoder decoder;
  for (std::size_t i = 0; i < size; ++i) {
    if (decoder.push(static_cast<std::byte>(data[i])) != FrameDecoder::Found::frame) continue;
    auto const payload = decoder.take_payload();
    if (payload.size() + 1 < k_min_reply_length || payload.size() + 1 > k_max_reply_length) std::abort();
    auto const reply = parse_reply(payload);
    if (!reply) continue;
    static_cast<void>(error_of_status(reply->status).to_line());
    if (auto const reading = parse_reading(reply->data)) {
      if (reading->text.size() + reading->photo.size() + 4 > reply->data.size()) std::abort();
    }
    if (reply->fits(k_sam_number) && reply->status == 0x90) static_cast<void>(format_sam_number(reply->data.view()));
  }
  decoder.reset();
  bool found = false;
  constexpr std::byte good[] = {std::byte{0x00}, std::byte{0x00}, std::byte{0x90}};
  for (auto const byte : encode_frame(good)) found = decoder.push(byte) == FrameDecoder::Found::frame;
  if (!found) std::abort();
  return 0;
}

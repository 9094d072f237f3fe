#include "peripherals/id_reader/multi_frame.h"

#include <gtest/gtest.h>

#include "peripherals/id_reader/multi_protocol.h"
#include "shared/base/text.h"

namespace yizhan::id_reader {
namespace {

using Found = MultiFrameDecoder::Found;

std::vector<std::byte> hex(std::string_view text) { return *text::from_hex(text); }
std::string to_hex(std::span<std::byte const> bytes) { return text::to_hex(bytes); }

std::vector<std::string> frames_in(MultiFrameDecoder& decoder, std::span<std::byte const> bytes) {
  std::vector<std::string> frames;
  for (auto const byte : bytes) {
    if (decoder.push(byte) == Found::frame) frames.push_back(to_hex(decoder.take_payload().view()));
  }
  return frames;
}

TEST(MultiFrames, CommandsAreTheByteSequencesOfTheReadersManual) {
  MultiLayout const layout;
  EXPECT_EQ(to_hex(encode_multi_frame(multi_version().code)), "02000231112003");
  EXPECT_EQ(to_hex(encode_multi_frame(multi_card(layout, std::byte{0x00}).code)), "020003ca0100cb03");
  EXPECT_EQ(to_hex(encode_multi_frame(multi_card(layout, std::byte{0x01}).code)), "020003ca0101ca03");
}

TEST(MultiFrames, AnAnswerIsTakenByteByByte) {
  MultiFrameDecoder decoder;
  EXPECT_EQ(frames_in(decoder, hex("02000290009003")), std::vector<std::string>{"9000"});
  EXPECT_EQ(frames_in(decoder, hex("0200046f800102ec03")), std::vector<std::string>{"6f800102"});
}

TEST(MultiFrames, ABeginThatIsNoneIsSkippedHoweverItGoesOn) {
  MultiFrameDecoder decoder;
  decoder.expect_at_most(multi_version().max_data + 2);
  std::string const good = "02000290009003";
  // No length, one too large, one that fits but ends in no 03, and one right before the frame.
  for (auto const* const noise : {"020000", "02ffff", "0200020202", "02", "0202020202", "ff0003", "020001"}) {
    EXPECT_EQ(frames_in(decoder, hex(noise + good)), std::vector<std::string>{"9000"}) << noise;
  }
}

TEST(MultiFrames, ABeginBeforeAReadingIsSkippedOnceItsEndIsNone) {
  std::vector<std::byte> reading = hex("9000");
  reading.resize(1286, std::byte{0x5A});
  auto bytes = hex("02");  // with the frame's own begin: length 0x0200
  auto const frame = encode_multi_frame(reading);
  bytes.insert(bytes.end(), frame.begin(), frame.end());
  MultiFrameDecoder decoder;
  EXPECT_EQ(frames_in(decoder, bytes).size(), 1U);
}

TEST(MultiFrames, AFrameWithinAFrameIsData) {
  std::string const inner = "0200026f80ef03";
  MultiFrameDecoder decoder;
  EXPECT_EQ(frames_in(decoder, encode_multi_frame(hex("9000" + inner))), std::vector<std::string>{"9000" + inner});
}

TEST(MultiFrames, ABadChecksumIsReportedAndTheNextFrameTaken) {
  MultiFrameDecoder decoder;
  auto found = Found::nothing;
  for (auto const byte : hex("02000290009103")) found = decoder.push(byte);
  EXPECT_EQ(found, Found::bad_checksum);
  EXPECT_EQ(frames_in(decoder, hex("02000290009003")).size(), 1U);
}

TEST(MultiFrames, TheLargestLengthIsTakenAndNoneAbove) {
  std::vector<std::byte> const payload(k_max_multi_reply, std::byte{0x5A});
  MultiFrameDecoder decoder;
  EXPECT_EQ(frames_in(decoder, encode_multi_frame(payload)).size(), 1U);
  std::vector<std::byte> const larger(k_max_multi_reply + 1, std::byte{0x5A});
  EXPECT_EQ(frames_in(decoder, encode_multi_frame(larger)).size(), 0U);
}

TEST(MultiFrames, WhereShortAnswersAreExpectedALongOneIsNoFrame) {
  MultiFrameDecoder decoder;
  decoder.expect_at_most(4);
  EXPECT_EQ(frames_in(decoder, encode_multi_frame(hex("9000aabbcc"))).size(), 0U);
  EXPECT_EQ(frames_in(decoder, encode_multi_frame(hex("9000aabb"))).size(), 1U);
}

}  // namespace
}  // namespace yizhan::id_reader

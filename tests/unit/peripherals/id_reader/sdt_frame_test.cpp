#include "peripherals/id_reader/sdt_frame.h"

#include <gtest/gtest.h>

#include "peripherals/id_reader/sdt_protocol.h"
#include "shared/base/text.h"

namespace yizhan::id_reader {
namespace {

std::vector<std::byte> hex(std::string_view text) { return *text::from_hex(text); }
std::string to_hex(std::span<std::byte const> bytes) { return text::to_hex(bytes); }

std::vector<std::string> frames_in(FrameDecoder& decoder, std::span<std::byte const> bytes) {
  std::vector<std::string> frames;
  for (auto const byte : bytes) {
    if (decoder.push(byte) == FrameDecoder::Found::frame) frames.push_back(to_hex(decoder.take_payload().view()));
  }
  return frames;
}

TEST(SdtFrames, CommandsAreTheByteSequencesOfTheModulesManual) {
  EXPECT_EQ(to_hex(encode_frame(k_sam_status.code)), "aaaaaa9669000311ffed");
  EXPECT_EQ(to_hex(encode_frame(k_sam_number.code)), "aaaaaa9669000312ffee");
  EXPECT_EQ(to_hex(encode_frame(k_find_card.code)), "aaaaaa96690003200122");
  EXPECT_EQ(to_hex(encode_frame(k_select_card.code)), "aaaaaa96690003200221");
  EXPECT_EQ(to_hex(encode_frame(k_read_card.code)), "aaaaaa96690003300132");
  EXPECT_EQ(to_hex(encode_frame(k_newest_address.code)), "aaaaaa96690003300330");
}

TEST(SdtFrames, EveryKnownStatusFrameIsTaken) {
  FrameDecoder decoder;
  for (auto const* const body : {"00040000"
                                 "9094",
                                 "00040000"
                                 "9195",
                                 "00040000"
                                 "8084",
                                 "00040000"
                                 "8185",
                                 "00040000"
                                 "4145",
                                 "00040000"
                                 "1014",
                                 "00040000"
                                 "1115",
                                 "00040000"
                                 "2125",
                                 "00040000"
                                 "2327",
                                 "00040000"
                                 "2420",
                                 "00040000"
                                 "3135",
                                 "00040000"
                                 "3236",
                                 "00040000"
                                 "3337",
                                 "00040000"
                                 "4044",
                                 "00040000"
                                 "4743",
                                 "00040000"
                                 "6064",
                                 "00040000"
                                 "6662",
                                 "000800009f0000000097",
                                 "000c0000900000000000000000"
                                 "9c"}) {
    auto const frames = frames_in(decoder, hex(std::string("aaaaaa9669") + body));
    ASSERT_EQ(frames.size(), 1U) << body;
  }
}

TEST(SdtFrames, NoiseAndHalfPreamblesBeforeAFrameAreSkipped) {
  FrameDecoder decoder;
  EXPECT_EQ(frames_in(decoder, hex("00aaaa96aaaaaa96aaaaaaaaaa9669000400008084")), std::vector<std::string>{"000080"});
}

TEST(SdtFrames, AnImpossibleLengthIsNoFrameAndMayBeginTheNextPreamble) {
  FrameDecoder decoder;
  // LEN AA AA, whose bytes are the next preamble's first two.
  EXPECT_EQ(frames_in(decoder, hex("aaaaaa9669aaaaaa9669000400009094")), std::vector<std::string>{"000090"});
  EXPECT_EQ(frames_in(decoder, hex("aaaaaa96690003000000")).size(), 0U);
  EXPECT_EQ(frames_in(decoder, hex("aaaaaa96690c01")).size(), 0U);
  EXPECT_EQ(frames_in(decoder, hex("aaaaaa9669000400009094")).size(), 1U);
}

TEST(SdtFrames, APreambleWithinAFrameIsData) {
  std::string const inner = "aaaaaa9669000400008084";
  auto const frame = encode_frame(hex("000090" + inner));
  FrameDecoder decoder;
  EXPECT_EQ(frames_in(decoder, frame), std::vector<std::string>{"000090" + inner});
}

TEST(SdtFrames, ABadChecksumIsReportedAndTheNextFrameTaken) {
  FrameDecoder decoder;
  auto const bad = hex("aaaaaa9669000400009095");
  auto found = FrameDecoder::Found::nothing;
  for (auto const byte : bad) found = decoder.push(byte);
  EXPECT_EQ(found, FrameDecoder::Found::bad_checksum);
  EXPECT_EQ(frames_in(decoder, hex("aaaaaa9669000400009094")).size(), 1U);
}

TEST(SdtFrames, TheLargestLengthIsTaken) {
  std::vector<std::byte> const payload(k_max_reply_length - 1, std::byte{0x5A});
  FrameDecoder decoder;
  EXPECT_EQ(frames_in(decoder, encode_frame(payload)).size(), 1U);
}

}  // namespace
}  // namespace yizhan::id_reader

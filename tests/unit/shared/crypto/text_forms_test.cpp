#include <gtest/gtest.h>

#include "shared/base/text.h"
#include "shared/crypto/credential.h"

namespace yizhan::crypto {
namespace {

TEST(Base45, TheExamplesOfRfc9285) {
  for (auto const& [plain, coded] : {std::pair<std::string_view, std::string_view>{"AB", "BB8"},
                                     {"Hello!!", "%69 VD92EX0"},
                                     {"base-45", "UJCLQE7W581"},
                                     {"ietf!", "QED8WEX0"},
                                     {"", ""}}) {
    EXPECT_EQ(base45_encode(text::bytes_of(plain)), coded);
    auto const back = base45_decode(coded);
    ASSERT_TRUE(back) << coded;
    EXPECT_EQ(text::chars_of(*back), plain);
  }
}

TEST(Base45, EveryByteComesBackAtEitherPlaceOfAPair) {
  for (int value = 0; value < 256; ++value) {
    std::vector<std::byte> const bytes{static_cast<std::byte>(value), std::byte{0xFF}, static_cast<std::byte>(value)};
    EXPECT_EQ(base45_decode(base45_encode(bytes)).value(), bytes);
  }
}

TEST(Base45, WhatNoEncoderWritesIsRefused) {
  // GGW is 65535; the RFC's own example of an overflow is ":::".
  EXPECT_TRUE(base45_decode("FGW"));
  for (char const* text : {"GGW", ":::", "A", "AAAA", "ab8", "BB\n", "V5", "::"}) {
    auto const result = base45_decode(text);
    ASSERT_FALSE(result) << text;
    EXPECT_TRUE(result.error().is("base45_invalid"));
  }
}

TEST(Zlib, ComesBackUpToTheLimitAndNotBeyond) {
  std::vector<std::byte> const plain(4096, std::byte{0x33});
  EXPECT_EQ(zlib_inflate(zlib_deflate(plain), 4096).value(), plain);
  EXPECT_TRUE(zlib_inflate(zlib_deflate(plain), 4095).error().is("inflate_too_large"));
  EXPECT_TRUE(zlib_inflate(zlib_deflate({}), 0).value().empty());
}

TEST(Zlib, ABombStopsAtTheLimit) {
  auto const bomb = zlib_deflate(std::vector<std::byte>(64 * 1024 * 1024));
  ASSERT_LT(bomb.size(), 100000U);
  EXPECT_TRUE(zlib_inflate(bomb, 4096).error().is("inflate_too_large"));
}

TEST(Zlib, CutOrFollowedStreamsAreRefused) {
  auto packed = zlib_deflate(text::bytes_of("some text, some text"));
  for (std::size_t size = 0; size < packed.size(); ++size)
    EXPECT_TRUE(zlib_inflate(std::span(packed).first(size), 4096).error().is("inflate_failed")) << size;
  packed.push_back(std::byte{0});
  EXPECT_TRUE(zlib_inflate(packed, 4096).error().is("inflate_failed"));
}

}  // namespace
}  // namespace yizhan::crypto

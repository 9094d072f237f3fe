#include "shared/crypto/hash.h"

#include <gtest/gtest.h>

#include "shared/base/text.h"

namespace yizhan::crypto {
namespace {

std::vector<std::byte> hex(std::string_view text) { return text::from_hex(text).value(); }

TEST(Hash, Sm3OfAbcIsTheStandardsExample) {
  EXPECT_EQ(text::to_hex(sm3(text::bytes_of("abc"))),
            "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
}

TEST(Hash, Sha256OfAbcIsTheStandardsExample) {
  EXPECT_EQ(sha256_hex(text::bytes_of("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

// GB/T 15852.2-2024 style: RFC 2104 spelled out with SM3 (block 64 bytes) must give the same.
TEST(Hash, HmacSm3IsRfc2104OverSm3) {
  for (std::size_t const key_size : {0U, 1U, 32U, 64U, 65U, 200U}) {
    std::vector<std::byte> key(key_size, std::byte{0x5A});
    auto block = key.size() > 64 ? std::vector<std::byte>() : key;
    if (key.size() > 64) {
      auto const digest = sm3(key);
      block.assign(digest.begin(), digest.end());
    }
    block.resize(64);
    auto inner = block;
    auto outer = block;
    for (auto& byte : inner) byte ^= std::byte{0x36};
    for (auto& byte : outer) byte ^= std::byte{0x5C};
    auto const message = text::bytes_of("kind and number");
    inner.insert(inner.end(), message.begin(), message.end());
    auto const first = sm3(inner);
    outer.insert(outer.end(), first.begin(), first.end());
    EXPECT_EQ(text::to_hex(hmac_sm3(key, message)), text::to_hex(sm3(outer))) << key_size;
  }
}

// RFC 5869 with an empty salt, spelled out for one block.
TEST(Hash, DerivedKeysAreHkdfSm3AndDifferByLabel) {
  std::vector<std::byte> const key(32, std::byte{7});
  auto const extracted = hmac_sm3(std::vector<std::byte>(32), key);
  std::string const input = std::string("label") + '\x01';
  EXPECT_EQ(text::to_hex(derive_key(key, "label").view()), text::to_hex(hmac_sm3(extracted, text::bytes_of(input))));
  EXPECT_NE(text::to_hex(derive_key(key, "label").view()), text::to_hex(derive_key(key, "Label").view()));
  EXPECT_EQ(derive_key(key, "label", 100).size(), 100U);
}

TEST(Hash, ChainHashesRawPreviousThenText) {
  std::string const zeros(64, '0');
  std::vector<std::byte> input(32);
  for (auto const byte : text::bytes_of("{}")) input.push_back(byte);
  auto const first = chain_after(zeros, "{}");
  EXPECT_EQ(first, sha256_hex(input));
  input = hex(first);
  for (auto const byte : text::bytes_of("[]")) input.push_back(byte);
  EXPECT_EQ(chain_after(first, "[]"), sha256_hex(input));
}

TEST(Hash, ChainNeverFollowsSomethingThatIsNoLink) {
  EXPECT_EQ(chain_after("", "{}"), "");
  EXPECT_EQ(chain_after(std::string(62, '0'), "{}"), "");
  EXPECT_EQ(chain_after(std::string(64, 'g'), "{}"), "");
}

TEST(Hash, EqualComparesLengthAndContent) {
  EXPECT_TRUE(equal(hex("00ff"), hex("00ff")));
  EXPECT_FALSE(equal(hex("00ff"), hex("00fe")));
  EXPECT_FALSE(equal(hex("00ff"), hex("00")));
  EXPECT_TRUE(equal({}, {}));
}

}  // namespace
}  // namespace yizhan::crypto

#include "shared/crypto/seal.h"

#include <gtest/gtest.h>

#include <set>

#include "shared/base/manual_env.h"
#include "shared/base/text.h"

namespace yizhan::crypto {
namespace {

struct SealTest : testing::Test {
  std::vector<std::byte> key = std::vector<std::byte>(32, std::byte{9});
  SeededSecureRng rng{1};
  Sealer sealer{key};
};

TEST_F(SealTest, OpensWhatItSealedOfAnySize) {
  for (std::size_t const size : {0U, 1U, 15U, 16U, 17U, 1000U, 100000U}) {
    std::vector<std::byte> const plain(size, std::byte{0x42});
    auto const sealed = sealer.seal(plain, text::bytes_of("row 7"), rng);
    EXPECT_EQ(sealed.size(), 1 + 16 + size + 32);
    auto const opened = sealer.open(sealed, text::bytes_of("row 7"));
    ASSERT_TRUE(opened);
    EXPECT_TRUE(std::ranges::equal(opened->view(), plain));
  }
}

TEST_F(SealTest, EveryFlippedBitIsFound) {
  auto const sealed = sealer.seal(text::bytes_of("张三"), text::bytes_of("a"), rng);
  for (std::size_t bit = 0; bit < sealed.size() * 8; ++bit) {
    auto altered = sealed;
    altered[bit / 8] ^= static_cast<std::byte>(1U << (bit % 8));
    auto const opened = sealer.open(altered, text::bytes_of("a"));
    ASSERT_FALSE(opened) << bit;
    EXPECT_TRUE(opened.error().is("seal_broken"));
  }
}

TEST_F(SealTest, EveryShorterFormIsRefused) {
  auto const sealed = sealer.seal(text::bytes_of("x"), {}, rng);
  for (std::size_t size = 0; size < sealed.size(); ++size)
    EXPECT_FALSE(sealer.open(std::span(sealed).first(size), {})) << size;
}

TEST_F(SealTest, AssociatedDataAndKeyMustBeTheSame) {
  auto const sealed = sealer.seal(text::bytes_of("x"), text::bytes_of("row 7"), rng);
  EXPECT_FALSE(sealer.open(sealed, text::bytes_of("row 8")));
  EXPECT_FALSE(sealer.open(sealed, text::bytes_of("row ")));
  EXPECT_FALSE(Sealer(std::vector<std::byte>(32, std::byte{8})).open(sealed, text::bytes_of("row 7")));
}

TEST_F(SealTest, SamePlainNeverLooksTheSameAndNeverShows) {
  std::set<std::vector<std::byte>> seen;
  for (int i = 0; i < 50; ++i) {
    auto const sealed = sealer.seal(text::bytes_of("420106199003070016"), {}, rng);
    EXPECT_EQ(text::chars_of(sealed).find("420106"), std::string_view::npos);
    EXPECT_TRUE(seen.insert(sealed).second);
  }
}

}  // namespace
}  // namespace yizhan::crypto

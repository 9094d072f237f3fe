#include "tools/platform/upload.h"

#include <gtest/gtest.h>

#include "shared/base/manual_env.h"
#include "tools/platform/base64.h"
#include "tools/platform/rate_limit.h"

namespace yizhan::platform {
namespace {

TEST(Base64, TakesOnlyWhatIsPaddedAndOfItsAlphabet) {
  auto const decoded = [](std::string_view text) {
    auto const bytes = from_base64(text);
    return bytes ? std::string(text::chars_of(*bytes)) : "refused";
  };
  EXPECT_EQ(decoded("Zm9vYmFy"), "foobar");  // RFC 4648 §10
  EXPECT_EQ(decoded("Zm9vYg=="), "foob");
  EXPECT_EQ(decoded("+/+/"), "\xfb\xff\xbf");
  EXPECT_EQ(decoded(""), "");
  for (char const* text : {"Zm9vYg", "Zm9v=", "Zm9vYg=", "-_-_", "Zm9v Yg=", "====", "Zm=v"})
    EXPECT_EQ(decoded(text), "refused") << text;
}

TEST(UploadHeaders, ANamesCaseAndAlphabetAreExact) {
  EXPECT_TRUE(is_sha256(std::string(64, 'a')));
  for (auto const& text :
       {std::string(63, 'a'), std::string(65, 'a'), std::string(64, 'A'), std::string(64, 'g'), std::string(64, '\0')})
    EXPECT_FALSE(is_sha256(text));
}

TEST(RateLimit, ABucketEmptiesAndFillsByOneAnInterval) {
  using std::chrono::seconds;
  ManualClock clock(WallTime{});
  RateLimit limit(clock.steady(), 3, seconds(10));
  for (int i = 0; i < 3; ++i) EXPECT_FALSE(limit.refuse("a")) << i;
  EXPECT_EQ(limit.refuse("a"), seconds(10));
  EXPECT_FALSE(limit.refuse("b")) << "each device has its own";
  clock.advance(seconds(4));
  EXPECT_EQ(limit.refuse("a"), seconds(6)) << "asking does not make it later";
  clock.advance(seconds(6));
  EXPECT_FALSE(limit.refuse("a"));
  EXPECT_EQ(limit.refuse("a"), seconds(10));
  clock.advance(seconds(1000));
  for (int i = 0; i < 3; ++i) EXPECT_FALSE(limit.refuse("a")) << "and is never fuller than full";
  EXPECT_TRUE(limit.refuse("a"));
}

}  // namespace
}  // namespace yizhan::platform

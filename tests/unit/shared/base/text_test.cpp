#include "shared/base/text.h"

#include <gtest/gtest.h>

namespace yizhan {
namespace {

using namespace std::string_literals;

TEST(Utf8, RareHanziAreOneCodePointEach) {
  std::string const names = "䶮𬱖𬭎𠮷";
  EXPECT_TRUE(text::is_utf8(names));
  EXPECT_EQ(text::length(names), 4U);
  EXPECT_EQ(text::to_code_points(names), (std::u32string{0x4DAE, 0x2CC56, 0x2CB4E, 0x20BB7}));
  EXPECT_EQ(text::from_code_points(text::to_code_points(names)), names);
  EXPECT_EQ(text::prefix(names, 2), "䶮𬱖");
}

TEST(Utf8, OverlongSurrogatesAndCutFormsAreRefused) {
  for (auto const& bytes :
       {"\xC0\xAF"s, "\xE0\x80\xAF"s, "\xED\xA0\x80"s, "\xF4\x90\x80\x80"s, "\xE5\xBC"s, "\x80"s, "\xFF"s}) {
    EXPECT_FALSE(text::is_utf8(bytes));
    auto const points = text::to_code_points(bytes);
    EXPECT_EQ(points, std::u32string(bytes.size(), U'\uFFFD'));
  }
}

TEST(Utf8, ABadByteDoesNotTakeItsNeighboursAway) {
  EXPECT_EQ(text::from_code_points(text::to_code_points("张\xFF三")), "张\uFFFD三");
}

TEST(Utf8, CodePointsThatCannotBeWrittenBecomeReplacements) {
  EXPECT_EQ(text::from_code_points(std::u32string{0xD800, 0x110000}), "\uFFFD\uFFFD");
}

TEST(Utf16, SupplementaryHanziTakeTwoUnits) {
  auto const bytes = text::to_utf16le("𠮷a");
  EXPECT_EQ(text::to_hex(bytes), "42d8b7df6100");
  EXPECT_EQ(text::from_utf16le(bytes), "𠮷a");
}

TEST(Utf16, LoneSurrogatesAndOddLengthsBecomeReplacements) {
  EXPECT_EQ(text::from_utf16le(text::from_hex("42d86100").value()), "\uFFFDa");
  EXPECT_EQ(text::from_utf16le(text::from_hex("b7df").value()), "\uFFFD");
  EXPECT_EQ(text::from_utf16le(text::from_hex("610042").value()), "a\uFFFD");
  EXPECT_EQ(text::from_utf16le(text::from_hex("42d8").value()), "\uFFFD");
}

TEST(Trim, TakesNulAndIdeographicSpaceToo) {
  EXPECT_EQ(text::trim("\u3000 张三\0\u3000 \0"s), "张三");
  EXPECT_EQ(text::trim("\u3000\u3000"), "");
  EXPECT_EQ(text::trim("a b"), "a b");
}

TEST(WithoutControls, RemovesC0C1AndLineSeparators) {
  EXPECT_EQ(text::without_controls("a\x1B[2J\u0085b\u2028c\x7F\nd"), "a[2Jbcd");
}

TEST(AsciiCase, LeavesOtherBytesAlone) {
  EXPECT_EQ(text::to_lower_ascii("ÀB张Z"), "Àb张z");
  EXPECT_EQ(text::to_upper_ascii("àb张z"), "àB张Z");
}

TEST(Hex, RoundTripsAndRefusesOddOrForeignCharacters) {
  EXPECT_EQ(text::to_hex(text::from_hex("00FFa5").value()), "00ffa5");
  EXPECT_TRUE(text::from_hex("0").error().is("bad_hex"));
  EXPECT_TRUE(text::from_hex("0g").error().is("bad_hex"));
}

TEST(Base64url, MatchesRfc4648AndHasOneSpellingPerValue) {
  std::pair<char const*, char const*> const vectors[] = {
      {"", ""},           {"f", "Zg"},          {"fo", "Zm8"},          {"foo", "Zm9v"},
      {"foob", "Zm9vYg"}, {"fooba", "Zm9vYmE"}, {"foobar", "Zm9vYmFy"}, {"\xFB\xFF", "-_8"}};
  for (auto const& [plain, encoded] : vectors) {
    EXPECT_EQ(text::to_base64url(text::bytes_of(plain)), encoded);
    EXPECT_EQ(text::chars_of(text::from_base64url(encoded).value()), plain);
  }
  for (auto const* wrong : {"Zh", "Zg==", "Z", "Zm+v", "Zm9vYmF", "Zm8\n"}) {
    EXPECT_TRUE(text::from_base64url(wrong).error().is("bad_base64")) << wrong;
  }
}

}  // namespace
}  // namespace yizhan

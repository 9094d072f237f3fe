#include "peripherals/code_scanner/decode.h"

#include <gtest/gtest.h>

#include "peripherals/code_scanner/zxing_adapter.h"
#include "shared/paper/mono_image.h"
#include "shared/paper/qr.h"
#include "tests/support/temp_dir.h"
#include "tests/unit/peripherals/code_scanner/sheets.h"

namespace yizhan::code_scanner {
namespace {

using ZXing::BarcodeFormat;

std::string const k_text = "YZ1:6BFOXN*TS0BI$ZD-PHQ7I9AD66V5B22CH9M9ESI9XBHXK-%69LQOGI.*V76GCV*BM-25X4XV";

std::string found(std::vector<FoundCode> const& codes) {
  std::string all;
  for (auto const& code : codes) all += (all.empty() ? "" : "|") + code.format + "=" + code.text;
  return all;
}
std::string fast(GreyImage const& image) { return found(find_codes_fast(image)); }
std::string thorough(GreyImage const& image) { return found(find_codes_thorough(image)); }

TEST(Decode, NamesTheFormatsAsZXingDoes) {
  EXPECT_EQ(fast(sheets::code(BarcodeFormat::QRCode, k_text)), "QRCode=" + k_text);
  EXPECT_EQ(fast(sheets::code(BarcodeFormat::DataMatrix, "hello")), "DataMatrix=hello");
  EXPECT_EQ(fast(sheets::code(BarcodeFormat::EAN13, "6901234567892")), "EAN13=6901234567892");
  EXPECT_EQ(fast(sheets::code(BarcodeFormat::Code128, "ABC-123")), "Code128=ABC-123");
}

TEST(Decode, TheFastPassTakesAQrAtAnyAngle) {
  for (double const degrees : {0.0, 17.0, 45.0, 90.0, 133.0, 180.0, 270.0}) {
    EXPECT_EQ(fast(sheets::turned(sheets::code(BarcodeFormat::QRCode, k_text, 5), degrees, 400)), "QRCode=" + k_text)
        << degrees;
  }
}

TEST(Decode, TheThoroughPassTakesWhatTheFastOneMisses) {
  auto const bars = sheets::turned(sheets::code(BarcodeFormat::EAN13, "6901234567892", 3), 90, 500);
  EXPECT_EQ(fast(bars), "");
  EXPECT_EQ(thorough(bars), "EAN13=6901234567892");
  auto const light_on_dark = sheets::inverted(sheets::code(BarcodeFormat::QRCode, k_text, 4));
  EXPECT_EQ(fast(light_on_dark), "");
  EXPECT_EQ(thorough(light_on_dark), "QRCode=" + k_text);
}

TEST(Decode, TakesVerySmallAndBadlyLitCodes) {
  EXPECT_EQ(thorough(sheets::code(BarcodeFormat::QRCode, "A001", 1)), "QRCode=A001");
  EXPECT_EQ(thorough(sheets::badly_lit(sheets::code(BarcodeFormat::QRCode, k_text, 6), 3)), "QRCode=" + k_text);
  EXPECT_EQ(thorough(sheets::inverted(sheets::badly_lit(sheets::code(BarcodeFormat::QRCode, k_text, 6), 4))),
            "QRCode=" + k_text);
}

TEST(Decode, TakesTwoCodesOfOnePicture) {
  auto const left = sheets::code(BarcodeFormat::QRCode, "left", 4);
  auto const right = sheets::code(BarcodeFormat::QRCode, "right", 4);
  GreyImage both{left.width + right.width, left.height, {}};
  for (int y = 0; y < both.height; ++y) {
    for (int x = 0; x < left.width; ++x) both.pixels.push_back(sheets::at(left, x, y, 255));
    for (int x = 0; x < right.width; ++x) both.pixels.push_back(sheets::at(right, x, y, 255));
  }
  auto const codes = find_codes_fast(both);
  ASSERT_EQ(codes.size(), 2U);
  EXPECT_NE(codes[0].text, codes[1].text);
}

TEST(Decode, TellsWhereTheCodeIs) {
  auto const codes = find_codes_fast(sheets::code(BarcodeFormat::QRCode, "A001", 10));
  ASSERT_EQ(codes.size(), 1U);
  ASSERT_EQ(codes[0].corners.size(), 4U);
  EXPECT_NEAR(codes[0].corners[0].first, 40, 12);
  EXPECT_NEAR(codes[0].corners[2].second, 40 + 210, 12);
}

TEST(Decode, ReadsChineseWithAndWithoutItsCharset) {
  auto const qr = paper::enlarge_qr(*paper::make_qr("姓名䶮𠮷", paper::QrLevel::medium), 4);
  GreyImage image{qr.width, qr.height, {}};
  for (int y = 0; y < qr.height; ++y) {
    for (int x = 0; x < qr.width; ++x) image.pixels.push_back(qr.black(x, y) ? 0 : 255);
  }
  EXPECT_EQ(fast(image), "QRCode=姓名䶮𠮷");
}

TEST(Decode, NoiseIsNoCode) {
  for (std::uint64_t seed = 0; seed < 6; ++seed) EXPECT_EQ(thorough(sheets::noise(320, 240, seed)), "") << seed;
  EXPECT_EQ(fast(GreyImage{1, 1, {255}}), "");
  EXPECT_EQ(thorough(GreyImage{1, 1, {0}}), "");
  EXPECT_EQ(thorough(GreyImage{3, 500, std::vector<std::uint8_t>(1500, 9)}), "");
}

TEST(Decode, ATelephonesLargePictureIsReadInReducedSize) {
  auto const small = sheets::code(BarcodeFormat::QRCode, k_text, 12);
  GreyImage large{4000, 3000, std::vector<std::uint8_t>(12'000'000, 180)};
  for (int y = 0; y < small.height; ++y) {
    for (int x = 0; x < small.width; ++x) {
      large.pixels[static_cast<std::size_t>((y + 900) * large.width + x + 1700)] = sheets::at(small, x, y, 255);
    }
  }
  auto const codes = find_codes_thorough(large);
  ASSERT_EQ(found(codes), "QRCode=" + k_text);
  EXPECT_NEAR(codes[0].corners[0].first, 1748, 20) << "in the large picture's pixels";
}

TEST(Decode, BarsThatAreReadableInEverySizeEndNoProgram) {
  auto const bars = sheets::code(BarcodeFormat::EAN13, "6901234567892", 12);
  GreyImage large{2000, 1500, std::vector<std::uint8_t>(3'000'000, 255)};
  for (int y = 0; y < 900; ++y) {
    for (int x = 0; x < bars.width; ++x) {
      large.pixels[static_cast<std::size_t>((y + 300) * large.width + x + 200)] =
          sheets::at(bars, x, bars.height / 2, 255);
    }
  }
  EXPECT_EQ(found(read_codes(large, {Effort::turned, Threshold::local, Kinds::all})), "EAN13=6901234567892");
  EXPECT_EQ(thorough(large), "EAN13=6901234567892");
}

TEST(Decode, ScansAFile) {
  test::TempDir folder("scan");
  auto const qr = paper::enlarge_qr(*paper::make_qr(k_text, paper::QrLevel::quartile), 4);
  ASSERT_TRUE(paper::write_png(folder / "qr.png", qr));
  auto const codes = scan_file(folder / "qr.png");
  ASSERT_TRUE(codes);
  EXPECT_EQ(found(*codes), "QRCode=" + k_text);
  EXPECT_TRUE(scan_file(folder / "missing.png").error().is("image_unreadable"));
}

}  // namespace
}  // namespace yizhan::code_scanner

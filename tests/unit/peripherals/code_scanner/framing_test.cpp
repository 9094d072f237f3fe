#include "peripherals/code_scanner/framing.h"

#include <gtest/gtest.h>

#include "peripherals/code_scanner/charset.h"

namespace yizhan::code_scanner {
namespace {

std::vector<std::string> texts(std::vector<Result<FramedCode>> const& codes) {
  std::vector<std::string> texts;
  for (auto const& code : codes) texts.push_back(code ? code->text : "!" + std::string(code.error().code()));
  return texts;
}

TEST(ScannerFraming, EndsAtEitherLineEndAndInPieces) {
  Framing framing({});
  EXPECT_TRUE(framing.push("YZ1:AB").empty());
  EXPECT_TRUE(framing.pending());
  EXPECT_EQ(texts(framing.push("C\r\nsecond\nthird\rfour")), (std::vector<std::string>{"YZ1:ABC", "second", "third"}));
  EXPECT_EQ(framing.silence()->value().text, "four");
  EXPECT_FALSE(framing.silence());
  EXPECT_TRUE(framing.push("\r\n\r\n").empty()) << "empty lines are no codes";
}

TEST(ScannerFraming, TakesOffPrefixSuffixAndAimIdentifier) {
  Framing framing({.prefix = "<<", .suffix = ">>", .aim_identifier = true});
  auto const codes = framing.push("]Q1<<hello>>\r]E06901234567892\r]x0?\r");
  ASSERT_EQ(codes.size(), 3U);
  EXPECT_EQ(codes[0]->text, "hello");
  EXPECT_EQ(codes[0]->format, "QRCode");
  EXPECT_EQ(codes[1]->format, "EAN13");
  EXPECT_EQ(codes[2]->format, "");
}

TEST(ScannerFraming, TheIdentifierMayStandBehindThePrefix) {
  Framing framing({.prefix = "~", .aim_identifier = true});
  auto const codes = framing.push("~]d2GS1\r]E401234565\r]C0A-1\r]\r");
  ASSERT_EQ(codes.size(), 4U);
  EXPECT_EQ(codes[0]->text, "GS1");
  EXPECT_EQ(codes[0]->format, "DataMatrix");
  EXPECT_EQ(codes[1]->format, "EAN8");
  EXPECT_EQ(codes[2]->format, "Code128");
  EXPECT_EQ(codes[3]->text, "]");
}

TEST(ScannerFraming, EndsAsTheScannerIsSet) {
  Framing tab({.end = CodeEnd::tab});
  EXPECT_EQ(texts(tab.push("A001\tB\r002\t")), (std::vector<std::string>{"A001", "!code_not_text"}));
  Framing silence({.end = CodeEnd::silence});
  EXPECT_TRUE(silence.push("A001").empty());
  EXPECT_EQ(silence.silence()->value().text, "A001");
  EXPECT_EQ(silence.silence_time(), std::chrono::milliseconds(50));
}

TEST(ScannerFraming, FourThousandAndNinetySixBytesAreTheMost) {
  Framing framing({});
  EXPECT_EQ(texts(framing.push(std::string(4096, 'A') + "\r")), (std::vector<std::string>{std::string(4096, 'A')}));
  EXPECT_EQ(texts(framing.push(std::string(4097, 'A') + "\r")), (std::vector<std::string>{"!code_too_long"}));
  EXPECT_EQ(texts(framing.push(std::string(100'000, 'A'))), std::vector<std::string>{});
  EXPECT_EQ(texts(framing.push("\rnext\r")), (std::vector<std::string>{"!code_too_long", "next"}));
}

TEST(ScannerFraming, ACodeCannotType) {
  Framing framing({});
  for (int control = 0; control < 0x20; ++control) {
    if (control == '\r' || control == '\n') continue;
    auto const code = std::string("A") + static_cast<char>(control) + "B\r";
    EXPECT_EQ(texts(framing.push(code)), (std::vector<std::string>{"!code_not_text"})) << control;
  }
  EXPECT_EQ(texts(framing.push("A\x7f\r")), (std::vector<std::string>{"!code_not_text"}));
  EXPECT_EQ(texts(framing.push("A\xC2\x85\r")), (std::vector<std::string>{"!code_not_text"}));
}

TEST(CodeCharset, IsUtf8ElseGb18030ElseLatin1) {
  EXPECT_EQ(text_of_bytes("\xE5\xBC\xA0\xE4\xB8\x89"), "张三");
  EXPECT_EQ(text_of_bytes("\xD5\xC5\xC8\xFD"), "张三");
  EXPECT_EQ(text_of_bytes("\xFE\x9F"), "䶮");
  EXPECT_EQ(text_of_bytes("\x95\x34\xB2\x35"), "𠮷");
  EXPECT_EQ(text_of_bytes("caf\xE9"), "café") << "a lead byte without a trail byte is no GB18030";
  EXPECT_EQ(text_of_bytes(""), "");
}

}  // namespace
}  // namespace yizhan::code_scanner

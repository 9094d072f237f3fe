#include "peripherals/code_scanner/hid_pos.h"

#include <gtest/gtest.h>

namespace yizhan::code_scanner {
namespace {

std::string report(std::string data, bool more) {
  std::string bytes{"\x02"};
  bytes.push_back(static_cast<char>(data.size()));
  data.resize(56);
  bytes += data;
  bytes.append(4, '\0');
  bytes += "s";  // symbology, by the maker
  bytes.push_back(more ? '\1' : '\0');
  return bytes;
}

std::vector<std::string> texts(std::vector<Result<FramedCode>> const& codes) {
  std::vector<std::string> texts;
  for (auto const& code : codes) texts.push_back(code ? code->text : "!" + std::string(code.error().code()));
  return texts;
}
using Texts = std::vector<std::string>;

TEST(HidPos, OneReportIsACode) {
  HidPosFraming framing({.prefix = "<", .aim_identifier = true});
  auto const codes = framing.push(report("]Q1<A001", false));
  ASSERT_EQ(codes.size(), 1U);
  EXPECT_EQ(codes[0]->text, "A001");
  EXPECT_EQ(codes[0]->format, "QRCode");
  EXPECT_FALSE(framing.pending());
}

TEST(HidPos, PartsAreJoinedHoweverTheyArrive) {
  auto const wire = report(std::string(56, 'a'), true) + report(std::string(56, 'b'), true) + report("c", false);
  auto const whole = std::string(56, 'a') + std::string(56, 'b') + "c";
  for (std::size_t const piece : {1U, 7U, 64U, 65U, 192U}) {
    HidPosFraming framing({});
    Texts found;
    for (std::size_t at = 0; at < wire.size(); at += piece) {
      for (auto const& text : texts(framing.push(std::string_view(wire).substr(at, piece)))) found.push_back(text);
    }
    EXPECT_EQ(found, (Texts{whole})) << piece;
  }
}

TEST(HidPos, TwoCodesInOneRead) {
  HidPosFraming framing({});
  EXPECT_EQ(texts(framing.push(report("A001", false) + report("A002", false))), (Texts{"A001", "A002"}));
}

TEST(HidPos, ALengthBeyondTheReportIsNoReport) {
  HidPosFraming framing({});
  auto wrong = report("A001", false);
  wrong[1] = 57;
  EXPECT_EQ(texts(framing.push(wrong + report("A002", false) + report("A003", false))),
            (Texts{"!code_incomplete", "A003"}));
}

TEST(HidPos, ACodeThatLostItsBeginningIsNeverTold) {
  HidPosFraming framing({});
  auto first = report(std::string(56, 'x'), true);
  first[0] = 0x42;
  EXPECT_EQ(texts(framing.push(first + report("A002", false))), (Texts{"!code_incomplete"}));
}

TEST(HidPos, NoiseIsForgottenInSilence) {
  HidPosFraming framing({});
  EXPECT_TRUE(framing.push("noise").empty());
  EXPECT_TRUE(framing.pending());
  EXPECT_FALSE(framing.silence());
  EXPECT_EQ(texts(framing.push(report("A001", false))), (Texts{"A001"}));
}

TEST(HidPos, ALostLastPartEndsInSilence) {
  HidPosFraming framing({});
  EXPECT_TRUE(framing.push(report("A0", true)).empty());
  auto const lost = framing.silence();
  ASSERT_TRUE(lost);
  EXPECT_TRUE(lost->error().is("code_incomplete"));
  EXPECT_EQ(texts(framing.push(report("A001", false))), (Texts{"A001"}));
  EXPECT_TRUE(framing.push(report("half", false).substr(0, 40)).empty());
  ASSERT_TRUE(framing.silence());
}

TEST(HidPos, FourThousandAndNinetySixBytesAreTheMost) {
  HidPosFraming framing({});
  for (int i = 0; i < 73; ++i) EXPECT_TRUE(framing.push(report(std::string(56, 'q'), true)).empty());
  EXPECT_EQ(texts(framing.push(report(std::string(8, 'q'), false))), (Texts{std::string(4096, 'q')}));
  for (int i = 0; i < 73; ++i) EXPECT_TRUE(framing.push(report(std::string(56, 'q'), true)).empty());
  EXPECT_EQ(texts(framing.push(report(std::string(9, 'q'), false))), (Texts{"!code_too_long"}));
}

TEST(HidPos, ACodeCannotType) {
  HidPosFraming framing({});
  EXPECT_EQ(texts(framing.push(report("A\x1b[A", false) + report("", false))),
            (Texts{"!code_not_text", "!code_not_text"}));
}

}  // namespace
}  // namespace yizhan::code_scanner

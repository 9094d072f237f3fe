#include "shared/paper/qr.h"

#include <gtest/gtest.h>

#include "tests/unit/shared/paper/code_of.h"

namespace yizhan::paper {
namespace {

/// Version of a QR code by its size: 17 + 4 × version modules.
int version(MonoImage const& qr) { return (qr.width - 17) / 4; }

TEST(QrCodes, AreReadBack) {
  for (std::string const text : {"A001", "YZ1:6BFOXN*TS0BI$ZD", "https://example.test/t/ABCDEF", "张三䶮𠮷"}) {
    EXPECT_EQ(code_of(enlarge_qr(*make_qr(text, QrLevel::quartile), 4)), text);
  }
}

// ISO/IEC 18004, table 7: the most alphanumeric characters of version 10 are 311 at M, 221 at Q.
TEST(QrCodes, CapitalsAreWrittenInAlphanumericModeAtTheAskedLevel) {
  EXPECT_EQ(version(*make_qr(std::string(311, 'A'), QrLevel::medium)), 10);
  EXPECT_EQ(version(*make_qr(std::string(312, 'A'), QrLevel::medium)), 11);
  EXPECT_EQ(version(*make_qr(std::string(221, 'A'), QrLevel::quartile)), 10);
  EXPECT_EQ(version(*make_qr(std::string(222, 'A'), QrLevel::quartile)), 11);
}

TEST(QrCodes, HaveAQuietZoneOfFourModules) {
  auto const picture = enlarge_qr(*make_qr("A001", QrLevel::medium), 3);
  EXPECT_EQ(picture.width, (21 + 8) * 3);
  for (int i = 0; i < picture.width; ++i) {
    for (int edge = 0; edge < 12; ++edge) {
      EXPECT_FALSE(picture.black(i, edge) || picture.black(edge, i));
      EXPECT_FALSE(picture.black(i, picture.height - 1 - edge) || picture.black(picture.width - 1 - edge, i));
    }
  }
  EXPECT_TRUE(picture.black(12, 12));
}

TEST(QrCodes, EmptyAndTooLongTextIsRefused) {
  EXPECT_TRUE(make_qr("", QrLevel::medium).error().is("qr_empty"));
  EXPECT_TRUE(make_qr(std::string(5000, 'A'), QrLevel::medium).error().is("qr_too_long"));
}

}  // namespace
}  // namespace yizhan::paper

#include <gtest/gtest.h>

#include "shared/base/log.h"

namespace yizhan {
namespace {

TEST(Redact, CitizensNumbersWhereverTheyStand) {
  EXPECT_EQ(log::redact("420106199003070016"), "******************");
  EXPECT_EQ(log::redact("card 42010219850615123X read"), "card ****************** read");
  EXPECT_EQ(log::redact("card=11010519491231002x,"), "card=******************,");
  EXPECT_EQ(log::redact("张三420106199003070016到窗口"), "张三******************到窗口");
  EXPECT_EQ(log::redact("id420106199003070016end"), "id******************end");
  EXPECT_EQ(log::redact("\"420106 19900307 0016\""), "\"****** ******** ****\"");
  EXPECT_EQ(log::redact("420102-19850615-123X."), "******-********-****.");
}

TEST(Redact, OldAndForeignForms) {
  EXPECT_EQ(log::redact("old 420106900307001!"), "old ***************!");
  EXPECT_EQ(log::redact("USA420090010118"), "***************");
  EXPECT_EQ(log::redact("持卡人usa420090010118。"), "持卡人***************。");
  EXPECT_EQ(log::redact("926840199001010014"), "******************");
}

TEST(Redact, MobileNumbersHoweverTheyAreWritten) {
  EXPECT_EQ(log::redact("13800000000"), "***********");
  EXPECT_EQ(log::redact("call 138 0000 0000 now"), "call *** **** **** now");
  EXPECT_EQ(log::redact("138-0000-0000"), "***-****-****");
  EXPECT_EQ(log::redact("+8613800000000"), "+*************");
  EXPECT_EQ(log::redact("+86 138-0000-0000"), "+86 ***-****-****");
  EXPECT_EQ(log::redact("008613800000000"), "***************");
  EXPECT_EQ(log::redact("013800000000"), "************");
  EXPECT_EQ(log::redact("电话19912345678，"), "电话***********，");
  EXPECT_EQ(log::redact("hall 420106001001 13800000000"), "hall 420106001001 ***********");
}

TEST(Redact, FullWidthDigitsCountAsDigits) { EXPECT_EQ(log::redact("电话１３８０００００００0"), "电话***********"); }

TEST(Redact, SeveralInOneLine) {
  EXPECT_EQ(log::redact("420106199003070016/13800000000/42010219850615123X"),
            "******************/***********/******************");
}

TEST(Redact, WhatOperatorsMustReadStays) {
  for (auto const* line : {"sequence 0000000000000012 epoch 17",
                           "sequence 1380000000000123",
                           "2026-11-24 05:39:00.123Z",
                           "2026-11-24T13:39:00+08:00",
                           "1795498740123 ms",
                           "1795498740123000 us",
                           "urn:yizhan:device:420106001001:001",
                           "case 4201060010012026112400100017",
                           "018f0f2e-79b0-7cc3-98c4-138000000001",
                           "13800000-1380-7000-9000-138000000000",
                           "chain 13800000000ab13800000000cd13800000000ef13800000000ab13800000000c",
                           "ticket A001 AK0012",
                           "3.14159265358979 s",
                           "12345678901",
                           "10000000000 bytes",
                           "999999999999999999",
                           "192.168.100.200:8443",
                           "EAN 6901234567892",
                           "/dev/pts/13",
                           "abc420106001001"}) {
    EXPECT_EQ(log::redact(line), line);
  }
}

TEST(Redact, BytesThatAreNoTextPassThrough) {
  std::string const bytes("\xEF\xBC\xFF\x00\x80 13800000000", 17);
  EXPECT_EQ(log::redact(bytes), std::string("\xEF\xBC\xFF\x00\x80 ***********", 17));
}

}  // namespace
}  // namespace yizhan

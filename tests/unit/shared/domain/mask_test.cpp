#include <gtest/gtest.h>

#include "shared/domain/identity/id_number.h"

namespace yizhan::identity {
namespace {

TEST(Mask, Numbers) {
  EXPECT_EQ(mask_id_number("420106199003070016"), "420106********0016");
  EXPECT_EQ(mask_id_number("42010219850615123X"), "420102********123X");
  EXPECT_EQ(mask_id_number("USA420090010118"), "USA***********18");
  EXPECT_EQ(mask_id_number("E12345678"), "E*******8");
  EXPECT_EQ(mask_id_number("ab"), "**");
  EXPECT_EQ(mask_id_number(""), "");
}

TEST(Mask, NamesKeepTheFirstCharacterWhateverPlaneItIsIn) {
  EXPECT_EQ(mask_name("张三"), "张*");
  EXPECT_EQ(mask_name("𠮷田小百合"), "𠮷*");
  EXPECT_EQ(mask_name("J"), "J*");
  EXPECT_EQ(mask_name(""), "");
}

TEST(Mask, Phones) {
  EXPECT_EQ(mask_phone("13800000000"), "138****0000");
  EXPECT_EQ(mask_phone("02712345678"), "027****5678");
  EXPECT_EQ(mask_phone("+447700900123"), "***********23");
  EXPECT_EQ(mask_phone("12"), "**");
}

TEST(Mask, BirthShowsTheYear) {
  EXPECT_EQ(mask_birth("1990-03-07"), "1990-**-**");
  EXPECT_EQ(mask_birth(""), "");
}

TEST(Mask, AddressesEndWithTheCounty) {
  EXPECT_EQ(mask_address("湖北省武汉市武昌区中南路1号"), "湖北省武汉市武昌区*");
  EXPECT_EQ(mask_address("湖北省荆门市钟祥市郢中街道2号"), "湖北省荆门市钟祥市*");
  EXPECT_EQ(mask_address("湖北省恩施土家族苗族自治州来凤县翔凤镇3号"), "湖北省恩施土家族苗族自治州来凤县*");
  EXPECT_EQ(mask_address("湖北省恩施土家族苗族自治州恩施市舞阳坝4号"), "湖北省恩施土家族苗族自治州恩施市*");
  EXPECT_EQ(mask_address("湖北省神农架林区松柏镇5号"), "湖北省神农架林区*");
  EXPECT_EQ(mask_address("内蒙古自治区呼伦贝尔市陈巴尔虎旗巴彦库仁镇"), "内蒙古自治区呼伦贝尔市陈巴尔虎旗*");
  EXPECT_EQ(mask_address("上海市浦东新区世纪大道6号"), "上海市浦东新区*");
}

TEST(Mask, AHousingEstateIsNoCounty) {
  EXPECT_EQ(mask_address("湖北省仙桃市干河街道阳光小区5栋"), "湖北省仙桃市*");
  EXPECT_EQ(mask_address("湖北省潜江市园林街道好多超市旁"), "湖北省潜江市*");
  EXPECT_EQ(mask_address("somewhere else"), "somewh*");
  EXPECT_EQ(mask_address(""), "");
}

}  // namespace
}  // namespace yizhan::identity

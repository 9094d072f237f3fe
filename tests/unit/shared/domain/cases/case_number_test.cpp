#include "shared/domain/cases/case_number.h"

#include <gtest/gtest.h>

namespace yizhan::cases {
namespace {

calendar::BusinessDay day(char const* text) { return calendar::BusinessDay::parse(text).value(); }

// ISO 7064 MOD 11,10 by hand. The remainder begins with 10; for each digit: sum = (remainder + digit) mod 10, 10 instead of 0;
// remainder = 2 · sum mod 11. The check digit brings the last remainder to 1 mod 10. The standard's example 0794 gives 5:
// 10+0=10→10, 20 mod 11=9 | 9+7=16→6, 12→1 | 1+9=10→10, 20→9 | 9+4=13→3, 6 | 6+5=11→1.
//
// 420106001001 20261124 001 0001, remainders after each digit:
//   4: 14→4, 8 | 2: 10→10, 9 | 0: 9, 18→7 | 1: 8, 16→5 | 0: 5, 10 | 6: 16→6, 1 | 0: 1, 2 | 0: 2, 4 | 1: 5, 10 | 0: 10→10, 9
//   0: 9, 7 | 1: 8, 5 | 2: 7, 3 | 0: 3, 6 | 2: 8, 5 | 6: 11→1, 2 | 1: 3, 6 | 1: 7, 3 | 2: 5, 10 | 4: 14→4, 8
//   0: 8, 5 | 0: 5, 10 | 1: 11→1, 2 | 0: 2, 4 | 0: 4, 8 | 0: 8, 5 | 1: 6, 12→1      → 1 + 0 = 1: the check digit is 0.
TEST(CaseNumber, EndsWithIso7064CheckDigit) {
  EXPECT_EQ(case_number("420106001001", day("2026-11-24"), "001", 1), "4201060010012026112400100010");
  // The last digit 2 instead of 1: 5+2=7, 14→3; 3+8=11→1.
  EXPECT_EQ(case_number("420106001001", day("2026-11-24"), "001", 2), "4201060010012026112400100028");
}

TEST(CaseNumber, IsTakenBackWhole) {
  EXPECT_TRUE(is_case_number("4201060010012026112400100010"));
  for (auto const* wrong : {"", "420106001001202611240010001", "42010600100120261124001000100",
                            "4201060010012026112400100011",     // check digit
                            "420106001001202611240010001X",     // no digit
                            "4201060010012026133100100015"}) {  // no such day
    EXPECT_FALSE(is_case_number(wrong)) << wrong;
  }
}

TEST(CaseNumber, AnyWrongDigitIsFound) {
  auto const good = case_number("420106001001", day("2026-11-24"), "017", 9999);
  ASSERT_TRUE(is_case_number(good));
  for (std::size_t i = 0; i < good.size(); ++i) {
    for (char digit = '0'; digit <= '9'; ++digit) {
      auto changed = good;
      changed[i] = digit;
      EXPECT_EQ(is_case_number(changed), changed == good) << changed;
    }
  }
}

TEST(CaseNumber, IsReadInFoursAndMaskedToSeven) {
  EXPECT_EQ(grouped("4201060010012026112400100010"), "4201 0600 1001 2026 1124 0010 0010");
  EXPECT_EQ(masked("4201060010012026112400100010"), "…0100010");
  EXPECT_EQ(grouped(""), "");
  EXPECT_EQ(masked("12"), "12");
}

}  // namespace
}  // namespace yizhan::cases

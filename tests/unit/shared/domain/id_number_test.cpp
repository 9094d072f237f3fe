#include "shared/domain/identity/id_number.h"

#include <gtest/gtest.h>

namespace yizhan::identity {
namespace {

struct Case {
  char const* number;
  IdKind kind;
  std::optional<IdFault> fault;
};

TEST(IdNumber, EveryKindOfDocumentIsTold) {
  for (auto const& [number, kind, fault] : {
           Case{"11010519491231002X", IdKind::citizen, {}},  // the example of GB 11643-1999
           Case{"11010519491231002x", IdKind::citizen, {}}, Case{"420106199003070016", IdKind::citizen, {}},
           Case{"42010219850615123X", IdKind::citizen, {}}, Case{"420106900307001", IdKind::citizen15, {}},
           Case{"810000199001010019", IdKind::hk, {}}, Case{"820000199001010029", IdKind::macau, {}},
           Case{"830000199001010039", IdKind::taiwan, {}}, Case{"926840199001010014", IdKind::foreign2023, {}},
           Case{"USA420090010118", IdKind::foreign2017, {}}, Case{"usa420090010118", IdKind::foreign2017, {}},
           Case{"000000199003070014", IdKind::citizen, {}},  // an unknown area is no fault
       }) {
    auto const check = check_id_number(number);
    EXPECT_STREQ(to_string(check.kind), to_string(kind)) << number;
    EXPECT_EQ(check.fault, fault) << number;
    EXPECT_TRUE(check.valid()) << number;
  }
}

TEST(IdNumber, EveryFaultIsNamed) {
  for (auto const& [number, kind, fault] : {
           Case{"", IdKind::unknown, IdFault::length},
           Case{"4201061990030700", IdKind::unknown, IdFault::length},
           Case{"4201061990030700166", IdKind::unknown, IdFault::length},
           Case{"42010619900307001A", IdKind::unknown, IdFault::character},
           Case{"4201061990O3070016", IdKind::unknown, IdFault::character},
           Case{"张三张三张三", IdKind::unknown, IdFault::character},
           Case{"US4420090010118", IdKind::unknown, IdFault::character},
           Case{"USA42009001011X", IdKind::unknown, IdFault::character},
           Case{"420106199002300016", IdKind::citizen, IdFault::date},
           Case{"420106199902290016", IdKind::citizen, IdFault::date},
           Case{"420106179903070016", IdKind::citizen, IdFault::date},
           Case{"420106901307001", IdKind::citizen15, IdFault::date},
           Case{"USA420090130118", IdKind::foreign2017, IdFault::date},
           Case{"420106199003070017", IdKind::citizen, IdFault::checksum},
           Case{"420106199003070061", IdKind::citizen, IdFault::checksum},
           Case{"USA420090010119", IdKind::foreign2017, IdFault::checksum},
       }) {
    auto const check = check_id_number(number);
    EXPECT_EQ(check.kind, kind) << number;
    EXPECT_EQ(check.fault, fault) << number;
    EXPECT_FALSE(check.valid()) << number;
  }
}

TEST(IdNumber, LeapDaysExistInLeapYearsOnly) {
  std::string leap = "42010620000229001";
  leap.push_back(citizen_check_character(leap));
  EXPECT_TRUE(check_id_number(leap).valid());
  std::string common = "42010619000229001";
  common.push_back(citizen_check_character(common));
  EXPECT_EQ(check_id_number(common).fault, IdFault::date);
}

TEST(IdNumber, OneWrongDigitIsAlwaysFound) {
  std::string const good = "420106199003070016";
  for (std::size_t i = 0; i < 17; ++i) {
    for (char digit = '0'; digit <= '9'; ++digit) {
      auto changed = good;
      changed[i] = digit;
      if (changed == good) continue;
      EXPECT_FALSE(check_id_number(changed).valid()) << changed;
    }
  }
}

TEST(IdNumber, OldNumbersGrowToEighteen) {
  EXPECT_EQ(upgrade_citizen15("420106900307001").value().view(), "420106199003070016");
  EXPECT_TRUE(upgrade_citizen15("420106901307001").error().is("id_number_invalid"));
  EXPECT_TRUE(upgrade_citizen15("USA420090010118").error().is("id_number_invalid"));
}

TEST(MrzCheckDigit, MatchesIcao9303) {
  EXPECT_EQ(mrz_check_digit("520727"), '3');        // Doc 9303 part 3, example
  EXPECT_EQ(mrz_check_digit("D23145890734"), '9');  // likewise
  EXPECT_EQ(mrz_check_digit("AB2134<<<"), '5');     // likewise
  EXPECT_EQ(mrz_check_digit("USA42009001011"), '8');
}

TEST(Phone, SpacesAndHyphensAreTakenOut) {
  EXPECT_EQ(normalise_phone("138 0000-0000").value().view(), "13800000000");
  for (auto const* wrong : {"", "1380000000", "138000000000", "12800000000", "+8613800000000", "1380000000a"}) {
    EXPECT_TRUE(normalise_phone(wrong).error().is("phone_invalid")) << wrong;
  }
}

}  // namespace
}  // namespace yizhan::identity

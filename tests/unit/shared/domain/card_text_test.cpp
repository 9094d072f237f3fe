#include "shared/domain/identity/card_text.h"

#include <gtest/gtest.h>

#include "shared/base/text.h"
#include "shared/domain/identity/id_number.h"

namespace yizhan::identity {
namespace {

using std::chrono::year_month_day;
constexpr year_month_day k_today{std::chrono::year{2026}, std::chrono::month{11}, std::chrono::day{24}};

/// A block as a module lays it out: spaces, then each field at its byte offset.
class Block {
 public:
  Block() {
    for (std::size_t i = 0; i < m_bytes.size(); i += 2) m_bytes[i] = std::byte{' '};
  }
  Block& put(std::size_t offset, std::string_view utf8) {
    auto const bytes = text::to_utf16le(utf8);
    std::copy(bytes.begin(), bytes.end(), m_bytes.begin() + static_cast<std::ptrdiff_t>(offset));
    return *this;
  }
  Block& raw(std::size_t offset, std::uint16_t unit) {
    m_bytes[offset] = static_cast<std::byte>(unit & 0xFF);
    m_bytes[offset + 1] = static_cast<std::byte>(unit >> 8);
    return *this;
  }
  [[nodiscard]] std::array<std::byte, 256> const& bytes() const { return m_bytes; }
  [[nodiscard]] CardText decode(year_month_day today = k_today) const {
    auto card = decode_card_text(m_bytes, today);
    EXPECT_TRUE(card.has_value());
    return card ? std::move(card).value() : CardText{};
  }

 private:
  std::array<std::byte, 256> m_bytes{};
};

Block citizen() {
  return Block()
      .put(0, "张三")
      .put(30, "1")
      .put(32, "01")
      .put(36, "19900307")
      .put(52, "湖北省武汉市武昌区示范街道1号")
      .put(122, "420106199003070016")
      .put(158, "武汉市公安局武昌分局")
      .put(188, "20200101")
      .put(204, "20400101");
}

Block residence_permit() {
  return Block()
      .put(0, "陈大文")
      .put(30, "1")
      .put(36, "19900101")
      .put(52, "湖北省武汉市武昌区示范街道2号")
      .put(122, "810000199001010019")
      .put(158, "武汉市公安局")
      .put(188, "20220101")
      .put(204, "20270101")
      .put(220, "H12345678")
      .put(238, "01")
      .put(248, "J");
}

Block foreign_2017() {
  return Block()
      .put(0, "DOE, JOHN")
      .put(120, "1")
      .put(122, "USA420090010118")
      .put(152, "USA")
      .put(158, "多约翰")
      .put(188, "20180101")
      .put(204, "20280101")
      .put(220, "19900101")
      .put(236, "01")
      .put(240, "1500")
      .put(248, "I");
}

Block foreign_2023() {
  return Block()
      .put(0, "多约翰")
      .put(30, "1")
      .put(32, "02")
      .put(36, "19900101")
      .put(52, "DOE, JOHN CONSTANTINE MAXIMILIAN AL")
      .put(122, "926840199001010014")
      .put(188, "20240101")
      .put(204, "20340101")
      .put(220, "EXANDER")
      .put(242, "USA")
      .put(248, "Y")
      .put(250, "001");
}

TEST(CardText, CitizenAtItsOffsets) {
  auto const card = citizen().decode();
  EXPECT_EQ(card.kind, CardKind::citizen);
  EXPECT_EQ(card.name.view(), "张三");
  EXPECT_TRUE(card.name_en.empty());
  EXPECT_EQ(card.sex, Sex::male);
  EXPECT_EQ(card.ethnic, "汉");
  EXPECT_EQ(card.birth.view(), "1990-03-07");
  EXPECT_EQ(card.address.view(), "湖北省武汉市武昌区示范街道1号");
  EXPECT_EQ(card.number.view(), "420106199003070016");
  EXPECT_EQ(card.issuer, "武汉市公安局武昌分局");
  EXPECT_EQ(card.valid_from, "2020-01-01");
  EXPECT_EQ(card.valid_to, "2040-01-01");
  EXPECT_TRUE(card.warnings.empty());
}

TEST(CardText, ResidencePermitOfHongKongMacauTaiwan) {
  auto const card = residence_permit().decode();
  EXPECT_EQ(card.kind, CardKind::hk_mo_tw);
  EXPECT_EQ(card.name.view(), "陈大文");
  EXPECT_EQ(card.ethnic, "");
  EXPECT_EQ(card.number.view(), "810000199001010019");
  EXPECT_EQ(card.permit_number.view(), "H12345678");
  EXPECT_EQ(card.issue_count, "01");
  EXPECT_EQ(card.issuer, "武汉市公安局");
  EXPECT_TRUE(card.warnings.empty());
}

TEST(CardText, ForeignResidentOf2017) {
  auto const card = foreign_2017().decode();
  EXPECT_EQ(card.kind, CardKind::foreign2017);
  EXPECT_EQ(card.name.view(), "多约翰");
  EXPECT_EQ(card.name_en.view(), "DOE, JOHN");
  EXPECT_EQ(card.sex, Sex::male);
  EXPECT_EQ(card.birth.view(), "1990-01-01");
  EXPECT_EQ(card.number.view(), "USA420090010118");
  EXPECT_EQ(card.nationality, "USA");
  EXPECT_EQ(card.issuer, "1500");
  EXPECT_TRUE(card.address.empty());
  EXPECT_TRUE(card.warnings.empty());
}

TEST(CardText, ForeignResidentOf2023WithTheOldNumberDerived) {
  // 9 26 840 19900101 001 4: region 26, link 001 → USA + 26 + 00 + 900101 + 1 + check digit.
  auto const card = foreign_2023().decode();
  EXPECT_EQ(card.kind, CardKind::foreign2023);
  EXPECT_EQ(card.name.view(), "多约翰");
  EXPECT_EQ(card.number.view(), "926840199001010014");
  EXPECT_EQ(card.nationality, "USA");
  EXPECT_EQ(card.issue_count, "02");
  std::string old = "USA26009001011";
  old.push_back(mrz_check_digit(old));
  EXPECT_EQ(card.old_number.view(), old);
  EXPECT_TRUE(check_id_number(card.old_number.view()).valid());
  EXPECT_TRUE(card.warnings.empty());
}

TEST(CardText, AnEnglishNameGoesOnInItsSecondField) {
  EXPECT_EQ(foreign_2023().decode().name_en.view(), "DOE, JOHN CONSTANTINE MAXIMILIAN ALEXANDER");
}

TEST(CardText, EachTypeSurvivesEncodingByteForByte) {
  for (auto const& block : {citizen(), residence_permit(), foreign_2017(), foreign_2023()}) {
    auto const card = block.decode();
    auto again = encode_card_text(card);
    if (card.kind == CardKind::foreign2017) {
      // The form's version is no field of ours.
      auto const version = text::to_utf16le("01");
      std::copy(version.begin(), version.end(), again.begin() + 236);
    }
    EXPECT_EQ(again, block.bytes()) << to_string(card.kind);
  }
}

TEST(CardText, RareHanziOfOtherPlanesAreKept) {
  auto const card = citizen().put(0, "䶮𬱖𠮷").decode();
  EXPECT_EQ(card.name.view(), "䶮𬱖𠮷");
  EXPECT_EQ(decode_card_text(encode_card_text(card), k_today).value().name.view(), "䶮𬱖𠮷");
}

TEST(CardText, PaddingMayBeNulOrIdeographicSpace) {
  auto const card = citizen().raw(6, 0).raw(8, 0x3000).decode();
  EXPECT_EQ(card.name.view(), "张三");
}

TEST(CardText, LongTermNeverExpires) {
  auto const card = citizen().put(204, "长期      ").decode();
  EXPECT_EQ(card.valid_to, "long_term");
  EXPECT_TRUE(card.warnings.empty());
}

TEST(CardText, ValidityIsJudgedByToday) {
  EXPECT_TRUE(citizen().put(204, "20261123").decode().has(CardWarning::expired));
  EXPECT_FALSE(citizen().put(204, "20261124").decode().has(CardWarning::expired));
  EXPECT_TRUE(citizen().put(188, "20261125").decode().has(CardWarning::not_yet_valid));
  EXPECT_FALSE(citizen().put(188, "20261124").decode().has(CardWarning::not_yet_valid));
}

TEST(CardText, ValidityIsJudgedOnEveryKindOfCard) {
  for (auto block : {citizen(), residence_permit(), foreign_2017(), foreign_2023()}) {
    auto const kind = block.decode().kind;
    EXPECT_TRUE(block.decode(std::chrono::year(2041) / 1 / 1).has(CardWarning::expired)) << to_string(kind);
    EXPECT_TRUE(block.decode(std::chrono::year(2017) / 1 / 1).has(CardWarning::not_yet_valid)) << to_string(kind);
    EXPECT_TRUE(block.put(204, "长期      ").decode(std::chrono::year(2041) / 1 / 1).warnings.empty());
  }
}

TEST(CardText, ContradictionsAreWarnedOf) {
  EXPECT_TRUE(citizen().put(122, "420106199003070017").decode().has(CardWarning::check_digit));
  EXPECT_TRUE(citizen().put(36, "19900308").decode().has(CardWarning::birth_mismatch));
  EXPECT_TRUE(citizen().put(30, "2").decode().has(CardWarning::sex_mismatch));
  EXPECT_TRUE(foreign_2017().put(220, "19900102").decode().has(CardWarning::birth_mismatch));
  EXPECT_TRUE(citizen().raw(2, 0xE863).decode().has(CardWarning::private_use));
}

TEST(CardText, AnUnstatedSexContradictsNothing) {
  auto const card = citizen().put(30, "9").decode();
  EXPECT_EQ(card.sex, Sex::unspecified);
  EXPECT_TRUE(card.warnings.empty());
}

TEST(CardText, FieldsThatCannotBeReadAreEmptyAndWarnedOf) {
  auto const bad_birth = citizen().put(36, "1990O307").decode();
  EXPECT_TRUE(bad_birth.birth.empty());
  EXPECT_TRUE(bad_birth.has(CardWarning::unreadable));
  EXPECT_EQ(bad_birth.name.view(), "张三");

  auto const lone_surrogate = citizen().raw(0, 0xD842).decode();
  EXPECT_TRUE(lone_surrogate.name.empty());
  EXPECT_TRUE(lone_surrogate.has(CardWarning::unreadable));

  auto const bad_number = citizen().put(122, "4201061990030700!6").decode();
  EXPECT_TRUE(bad_number.number.empty());
  EXPECT_TRUE(bad_number.has(CardWarning::unreadable));

  EXPECT_TRUE(citizen().put(32, "77").decode().has(CardWarning::unreadable));
  EXPECT_TRUE(citizen().put(30, "x").decode().has(CardWarning::unreadable));
  EXPECT_TRUE(citizen().put(248, "Q").decode().has(CardWarning::unreadable));
  EXPECT_TRUE(citizen().put(204, "        ").decode().has(CardWarning::unreadable));
}

TEST(CardText, OtherSizesAndBlankBlocksAreErrors) {
  std::array<std::byte, 255> const short_block{};
  EXPECT_TRUE(decode_card_text(short_block, k_today).error().is("card_text_size"));
  EXPECT_TRUE(decode_card_text(Block().bytes(), k_today).error().is("card_text_blank"));
  std::array<std::byte, 256> const zeros{};
  EXPECT_TRUE(decode_card_text(zeros, k_today).error().is("card_text_blank"));
}

TEST(Ethnic, CodesAndNamesAreOneToOne) {
  EXPECT_EQ(ethnic_name("01"), "汉");
  EXPECT_EQ(ethnic_name("15"), "土家");
  EXPECT_EQ(ethnic_name("46"), "德昂");
  EXPECT_EQ(ethnic_name("56"), "基诺");
  EXPECT_EQ(ethnic_name("57"), "");
  int known = 0;
  for (int code = 0; code < 100; ++code) {
    std::string const digits{static_cast<char>('0' + code / 10), static_cast<char>('0' + code % 10)};
    auto const name = ethnic_name(digits);
    if (name.empty()) continue;
    ++known;
    EXPECT_EQ(ethnic_code(name), digits);
  }
  EXPECT_EQ(known, 58);
}

}  // namespace
}  // namespace yizhan::identity

/// The emulated card's bytes as peripherals/smart_card/README.md writes them.
#include <gtest/gtest.h>

#include "shared/base/text.h"
#include "shared/crypto/staff_challenge.h"
#include "tests/support/smart_card/private_pcscd.h"

namespace yizhan::emulated {
namespace {

class CardApplication : public testing::Test {
 protected:
  std::string answer(std::string_view hex) { return text::to_hex(m_card.answer(*text::from_hex(hex))); }
  StaffCardData m_data = test::make_staff_card();
  StaffCardApplication m_card = std::move(*StaffCardApplication::create(m_data));

  static constexpr char const* k_select = "00a4040c09f059495a48414e0101";
  static constexpr char const* k_right = "0020008108323436383130ffff";
  static constexpr char const* k_wrong = "0020008108323436383131ffff";
};

TEST_F(CardApplication, StatusWords) {
  EXPECT_EQ(answer("00ca01010c"), "6985");
  EXPECT_EQ(answer("00a4040c09f059495a48414e0102"), "6a82");
  EXPECT_EQ(answer("00a4000002"
                   "3f00"),
            "6a86");
  EXPECT_EQ(answer(k_select), "9000");
  EXPECT_EQ(answer("80ca01010c"), "6e00");
  EXPECT_EQ(answer("00cb01010c"), "6d00");
  EXPECT_EQ(answer("00ca01020c"), "6a86");
  EXPECT_EQ(answer("00ca010100"), "6c0c");
  EXPECT_EQ(answer("00b07fff01"), "6b00");
  EXPECT_EQ(answer("00b00000"), "6700");
  EXPECT_EQ(answer("00"), "6700");
  EXPECT_EQ(answer("0020008108"
                   "3234363831ffffff"),
            "6a80");
  EXPECT_EQ(answer("0020008108"
                   "323436383130ff30"),
            "6a80");
  EXPECT_EQ(m_card.attempts_left(), 3);
}

TEST_F(CardApplication, APinIsForgottenByWhatTheReadmeNames) {
  std::string const sign =
      "0088010022"
      "0161" +
      std::string(64, '0') + "40";
  auto const signs = [&] { return answer(sign).size() == 132; };
  answer(k_select);
  EXPECT_EQ(answer(sign), "6982");
  answer(k_right);
  EXPECT_TRUE(signs());
  EXPECT_FALSE(signs());
  answer(k_right);
  answer(k_select);
  EXPECT_FALSE(signs());
  answer(k_right);
  answer(k_wrong);
  EXPECT_FALSE(signs());
  answer(k_right);
  m_card.reset();
  answer(k_select);
  EXPECT_FALSE(signs());
}

TEST_F(CardApplication, SignsTheWordsTheContextAndTheChallenge) {
  answer(k_select);
  answer(k_right);
  auto const bytes =
      m_card.answer(*text::from_hex("0088010024"
                                    "03616263" +
                                    std::string(64, '7') + "40"));
  ASSERT_EQ(bytes.size(), 66U);
  crypto::Signature signature{};
  std::copy(bytes.begin(), bytes.end() - 2, signature.begin());
  std::array<std::byte, 32> challenge{};
  challenge.fill(std::byte{0x77});
  EXPECT_EQ(text::to_hex(crypto::staff_challenge_message("abc", challenge)),
            "79697a68616e2f73746166662d636172642f31"
            "03616263" +
                std::string(64, '7'));
  auto const certificate = *crypto::Certificate::parse(m_data.certificate);
  EXPECT_TRUE(crypto::verify_staff_challenge(certificate, "abc", challenge, signature));
  EXPECT_FALSE(crypto::verify_staff_challenge(certificate, "abd", challenge, signature));
  EXPECT_FALSE(crypto::verify_staff_challenge(certificate, "", challenge, signature));
  challenge[0] = std::byte{};
  EXPECT_FALSE(crypto::verify_staff_challenge(certificate, "abc", challenge, signature));
}

TEST_F(CardApplication, TheAttemptIsTakenBeforeThePinIsCompared) {
  test::TempDir const folder("card");
  m_data.memory = folder / "attempts";
  m_card = std::move(*StaffCardApplication::create(m_data));
  answer(k_select);
  EXPECT_EQ(answer(k_wrong), "63c2");
  EXPECT_EQ(test::read_file(m_data.memory), "2\n");
  EXPECT_EQ(answer(k_right), "9000");
  EXPECT_EQ(test::read_file(m_data.memory), "3\n");
  test::write_file(m_data.memory, "4\n");
  auto const foreign = StaffCardApplication::create(m_data);
  ASSERT_FALSE(foreign);
  EXPECT_TRUE(foreign.error().is("card_memory"));
}

}  // namespace
}  // namespace yizhan::emulated

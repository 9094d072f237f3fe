/// The driver's bytes as peripherals/smart_card/README.md writes them.
#include <gtest/gtest.h>

#include "peripherals/smart_card/staff_card.h"
#include "shared/base/text.h"

namespace yizhan::smart_card {
namespace {

SecretBytes bytes(std::string_view hex) { return SecretBytes(*text::from_hex(hex)); }

/// A card of prepared answers that notes what it was sent.
struct Script {
  std::vector<std::string> answers;
  std::vector<std::string> sent;
  std::size_t next = 0;

  StaffCard card(Protocol protocol = Protocol::t1) {
    return StaffCard(Channel(
        [this](SecretBytes const& command) -> Result<SecretBytes> {
          sent.push_back(text::to_hex(command.view()));
          if (next == answers.size()) return Error::make("card_timeout");
          return bytes(answers[next++]);
        },
        protocol));
  }
};

TEST(CardCommands, SelectAndFacts) {
  Script script{{"9000",
                 "010102030405060708018003"
                 "9000"},
                {}};
  auto const facts = script.card().open();
  ASSERT_TRUE(facts);
  EXPECT_EQ(script.sent, (std::vector<std::string>{"00a4040c09f059495a48414e0101", "00ca01010c"}));
  EXPECT_EQ(facts->card_id, "0102030405060708");
  EXPECT_EQ(facts->certificate_size, 0x180U);
  EXPECT_EQ(facts->attempts_left, 3);
}

TEST(CardCommands, TheCertificateIsReadInChunksOf240) {
  std::string const chunk(480, '5');
  Script script{{chunk + "9000", chunk + "9000", "0a0b9000"}, {}};
  auto const der = script.card().certificate(482);
  ASSERT_TRUE(der);
  EXPECT_EQ(der->size(), 482U);
  EXPECT_EQ(script.sent, (std::vector<std::string>{"00b00000f0", "00b000f0f0", "00b001e002"}));
}

TEST(CardCommands, APinFillsEightBytes) {
  Script script{{"9000", "63c1", "6983"}, {}};
  auto card = script.card();
  EXPECT_TRUE(card.verify_pin(SecretText("246810"))->right);
  EXPECT_EQ(card.verify_pin(SecretText("12345678"))->attempts_left, 1);
  auto const blocked = card.verify_pin(SecretText("246810"));
  ASSERT_FALSE(blocked);
  EXPECT_TRUE(blocked.error().is("card_pin_blocked"));
  EXPECT_EQ(script.sent[0], "0020008108323436383130ffff");
  EXPECT_EQ(script.sent[1], "00200081083132333435363738");
}

TEST(CardCommands, ASignatureIsAskedWithItsContext) {
  device::CardChallenge challenge{};
  challenge[31] = std::byte{0x7F};
  std::string const sent =
      "00880100240361626300000000000000000000000000000000000000000000000000000000000000"
      "7f";
  std::string const signature(128, 'a');
  Script script{{signature + "9000", "6982"}, {}};
  auto card = script.card();
  auto const signed_by = card.sign("abc", challenge);
  ASSERT_TRUE(signed_by);
  EXPECT_EQ(text::to_hex(*signed_by), signature);
  EXPECT_EQ(script.sent[0], sent + "40");
  auto const refused = card.sign("abc", challenge);
  ASSERT_FALSE(refused);
  EXPECT_TRUE(refused.error().is("card_pin_needed"));

  Script old{{"6140", signature + "9000"}, {}};
  EXPECT_TRUE(old.card(Protocol::t0).sign("abc", challenge));
  EXPECT_EQ(old.sent, (std::vector<std::string>{sent, "00c0000040"}));
}

TEST(CardCommands, WhatIsNoAnswerIsGarbled) {
  for (auto const* answer : {"", "90", "0000", "6000", "ffff", "019000", "4f9000"}) {
    Script script{{answer}, {}};
    auto const facts = script.card().open();
    ASSERT_FALSE(facts) << answer;
    EXPECT_TRUE(facts.error().is("card_garbled")) << answer;
  }
  Script endless{std::vector<std::string>(20,
                                          "0161"
                                          "01"),
                 {}};
  auto const facts = endless.card().open();
  ASSERT_FALSE(facts);
  EXPECT_TRUE(facts.error().is("card_garbled"));
  EXPECT_LE(endless.sent.size(), 6U);
}

TEST(CardCommands, OtherCardsAreUnknown) {
  for (auto const* answer : {"6a82", "6d00", "6e00"}) {
    Script script{{answer}, {}};
    auto const facts = script.card().open();
    ASSERT_FALSE(facts);
    EXPECT_TRUE(facts.error().is("card_unknown")) << answer;
  }
  Script later{{"9000",
                "020102030405060708018003"
                "9000"},
               {}};
  EXPECT_TRUE(later.card().open().error().is("card_unknown"));
}

}  // namespace
}  // namespace yizhan::smart_card

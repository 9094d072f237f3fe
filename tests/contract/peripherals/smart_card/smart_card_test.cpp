/// What staff cards promise (peripherals/api/smart_card.h), by the PC/SC driver, a real pcscd with its virtual reader and a card
/// at the other end of that.
#include "tests/contract/peripherals/smart_card/card_desk.h"

namespace yizhan {
namespace {

using emulated::SmartCardFault;

class SmartCardContract : public CardDesk {
 protected:
  SmartCardContract() {
    issue();
    drive();
  }
};

TEST_F(SmartCardContract, TheHolderOfTheKeyIsWhoTheCertificateNames) {
  insert();
  EXPECT_EQ(m_inserted.card_id, "4201060000000017");
  EXPECT_EQ(m_inserted.attempts_left, 3);
  EXPECT_EQ(m_inserted.atr.substr(0, 4), "3b86");
  EXPECT_EQ(certificate(), "read");
  EXPECT_EQ(m_der, crypto::Certificate::parse(m_certificate)->der());
  EXPECT_EQ(verify("246810"), "right");
  EXPECT_EQ(sign(), "signed");
  EXPECT_TRUE(signature_is_good());
  EXPECT_FALSE(signature_is_good("urn:yizhan:device:420106001001:002"));
}

TEST_F(SmartCardContract, ARightPinIsGoodForOneSignature) {
  insert();
  EXPECT_EQ(sign(), "card_pin_needed");
  EXPECT_EQ(verify("246810"), "right");
  EXPECT_EQ(certificate(), "read");  // in between
  EXPECT_EQ(sign(), "signed");
  EXPECT_TRUE(signature_is_good());
  EXPECT_EQ(sign(), "card_pin_needed");
  EXPECT_EQ(verify("246810"), "right");
  m_driver->forget_pin();
  EXPECT_EQ(sign(), "card_pin_needed");
}

TEST_F(SmartCardContract, RemovedMeansLocked) {
  insert();
  EXPECT_EQ(verify("246810"), "right");
  auto const before = next_request();
  remove();
  m_driver->sign_challenge(before, k_context, m_challenge);
  EXPECT_EQ(answer(before), "card_removed");
  insert();
  EXPECT_EQ(sign(), "card_pin_needed");
}

TEST_F(SmartCardContract, ARequestNeverReachesTheNextCard) {
  insert();
  auto const meant = next_request();
  remove();
  m_card.reset();
  issue(test::make_staff_card({.card_id = {1, 2, 3, 4, 5, 6, 7, 8}}));
  insert();
  EXPECT_EQ(m_inserted.card_id, "0102030405060708");
  m_driver->verify_pin(meant, SecretText("246810"));
  EXPECT_EQ(answer(meant), "card_removed");
  EXPECT_EQ(m_card->commands(0x20), 0);
  EXPECT_EQ(verify("246810"), "right");
}

TEST_F(SmartCardContract, WrongPinsAreCountedOnTheCardUntilItBlocks) {
  insert();
  EXPECT_EQ(verify("111111"), "card_pin_wrong 2");
  EXPECT_EQ(verify("246810"), "right");
  EXPECT_EQ(verify("111111"), "card_pin_wrong 2");
  EXPECT_EQ(sign(), "card_pin_needed");
  EXPECT_EQ(verify("11111111"), "card_pin_wrong 1");
  remove();
  insert();
  EXPECT_EQ(m_inserted.attempts_left, 1);
  EXPECT_EQ(verify("222222"), "card_pin_blocked 0");
  EXPECT_EQ(verify("246810"), "card_pin_blocked 0");
  EXPECT_EQ(sign(), "card_pin_needed");
  remove();
  insert();
  EXPECT_EQ(m_inserted.attempts_left, 0);
  EXPECT_EQ(verify("246810"), "card_pin_blocked 0");
}

TEST_F(SmartCardContract, WhatIsNoPinCostsNoAttempt) {
  insert();
  for (auto const* pin : {"", "12345", "123456789", "12345a", "123 456"}) {
    EXPECT_EQ(verify(pin), "card_pin_malformed") << pin;
  }
  EXPECT_EQ(m_card->commands(0x20), 0);
}

TEST_F(SmartCardContract, ACardThatIsInAlreadyIsTold) {
  m_driver.reset();
  m_card->insert();
  ASSERT_TRUE(test::eventually([&] { return m_pcscd.log().find("Card ATR: 3B 86") != std::string::npos; }));
  drive();
  EXPECT_TRUE(m_events.next<device::CardInserted>());
}

TEST_F(SmartCardContract, CardsOfOthersAreRejectedAndOursTakenAfterwards) {
  m_card->set_fault(SmartCardFault::foreign);
  m_card->insert();
  auto const rejected = m_events.next<device::CardRejected>();
  ASSERT_TRUE(rejected);
  EXPECT_TRUE(rejected->error.is("card_unknown"));
  EXPECT_EQ(verify("246810"), "card_removed");
  remove();
  m_card->set_fault(SmartCardFault::none);
  insert();
  EXPECT_EQ(verify("246810"), "right");
}

TEST_F(SmartCardContract, ACardOfOthersIsNoFaultOfTheReaders) {
  m_driver.reset();
  m_card->set_fault(SmartCardFault::foreign);
  m_card->insert();
  ASSERT_TRUE(test::eventually([&] { return m_pcscd.log().find("Card ATR: 3B 86") != std::string::npos; }));
  drive();
  ASSERT_TRUE(m_events.next<device::CardRejected>());
  m_driver->check_health();
  auto const health = m_events.next<device::SmartCardHealth>();
  ASSERT_TRUE(health);
  EXPECT_EQ(health->health.state, device::State::ready);
}

TEST_F(SmartCardContract, NoiseIsNoAnswer) {
  insert();
  for (auto const fault : {SmartCardFault::garbled, SmartCardFault::partial}) {
    m_card->set_fault(fault);
    EXPECT_EQ(verify("246810"), "card_garbled");
    EXPECT_TRUE(faulted_with("card_garbled"));
    m_card->set_fault(SmartCardFault::none);
    EXPECT_EQ(verify("246810"), "right");
    EXPECT_EQ(m_health.state, device::State::ready);
    EXPECT_EQ(sign(), "signed");
    EXPECT_TRUE(signature_is_good());
  }
  EXPECT_EQ(m_events.count<device::CardRemoved>(), 0);
}

TEST_F(SmartCardContract, AGarbledCardIsRejected) {
  m_card->set_fault(SmartCardFault::garbled);
  m_card->insert();
  auto const rejected = m_events.next<device::CardRejected>();
  ASSERT_TRUE(rejected);
  EXPECT_TRUE(rejected->error.is("card_garbled"));
  remove();
  m_card->set_fault(SmartCardFault::none);
  insert();
}

TEST_F(SmartCardContract, ASlowCardIsWaitedFor) {
  insert();
  m_card->set_fault(SmartCardFault::slow);
  EXPECT_EQ(verify("246810"), "right");
  EXPECT_EQ(sign(), "signed");
  EXPECT_TRUE(signature_is_good());
}

TEST_F(SmartCardContract, PulledOutInTheMiddleOfACommand) {
  insert();
  m_card->set_fault(SmartCardFault::pull);
  EXPECT_EQ(verify("246810"), "card_removed");
  EXPECT_TRUE(m_events.next<device::CardRemoved>());
  m_card->set_fault(SmartCardFault::none);
  insert();
  EXPECT_EQ(m_inserted.attempts_left, 3);
  EXPECT_EQ(verify("246810"), "right");
  m_card->set_fault(SmartCardFault::pull);
  EXPECT_EQ(sign(), "card_removed");
}

TEST_F(SmartCardContract, ASilentCardIsGivenUpAndAnotherOneWorksAfterwards) {
  insert();
  m_card->set_fault(SmartCardFault::silent);
  auto const before = std::chrono::steady_clock::now();
  EXPECT_EQ(verify("246810"), "card_timeout");
  auto const took = std::chrono::steady_clock::now() - before;
  EXPECT_GE(took, 1400ms);
  EXPECT_LT(took, 4s);
  EXPECT_TRUE(faulted_with("card_timeout"));
  EXPECT_EQ(verify("246810"), "card_timeout");
  m_card->remove();
  EXPECT_TRUE(m_events.next<device::CardRemoved>());
  m_card->set_fault(SmartCardFault::none);
  insert();
  EXPECT_EQ(verify("246810"), "right");
  EXPECT_EQ(sign(), "signed");
  EXPECT_TRUE(signature_is_good());
  // What was asked in vain did not come later.
  EXPECT_EQ(m_card->commands(0x20), 1);
}

TEST_F(SmartCardContract, EveryRequestHasItsAnswerInOrder) {
  insert();
  std::vector<device::CardRequest> requests;
  for (int i = 0; i < 8; ++i) {
    requests.push_back(next_request());
    m_driver->read_certificate(requests.back());
  }
  m_card->remove();
  for (auto const& request : requests) {
    auto const told = answer(request);
    EXPECT_TRUE(told == "read" || told == "card_removed") << told;
  }
  ASSERT_TRUE(m_events.next<device::CardRemoved>());
  EXPECT_EQ(m_events.count<device::CertificateRead>() + m_events.count<device::CardRequestFailed>(), 8);
}

TEST_F(SmartCardContract, ItsEndDoesNotWaitForACard) {
  insert();
  m_card->set_fault(SmartCardFault::silent);
  m_driver->read_certificate(next_request());
  ASSERT_TRUE(test::eventually([&] { return m_card->commands(0xA4) > 1; }));
  auto const before = std::chrono::steady_clock::now();
  m_driver.reset();
  m_thread.stop();
  EXPECT_LT(std::chrono::steady_clock::now() - before, 3s);
}

TEST_F(SmartCardContract, TenReplugsAreTenInsertions) {
  for (int i = 0; i < 10; ++i) {
    insert();
    ASSERT_EQ(verify("246810"), "right") << i;
    remove();
  }
  EXPECT_EQ(m_inserted.insertion, 10U);
}

class OldProtocolContract : public CardDesk {};

TEST_F(OldProtocolContract, CardsWithT0Work) {
  auto data = test::make_staff_card();
  data.t0 = true;
  issue(std::move(data));
  drive();
  insert();
  EXPECT_EQ(certificate(), "read");
  EXPECT_EQ(m_der, crypto::Certificate::parse(m_certificate)->der());
  EXPECT_EQ(verify("111111"), "card_pin_wrong 2");
  EXPECT_EQ(verify("246810"), "right");
  EXPECT_EQ(sign(), "signed");
  EXPECT_TRUE(signature_is_good());
}

}  // namespace
}  // namespace yizhan

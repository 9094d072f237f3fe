/// pcscd comes, goes, hangs; readers come; the card's memory outlives all of it.
#include "tests/contract/peripherals/smart_card/card_desk.h"

namespace yizhan {
namespace {

using emulated::SmartCardFault;

class CardServiceContract : public CardDesk {};

TEST_F(CardServiceContract, KilledItIsAbsentAndBackWithinThreeSeconds) {
  issue();
  drive();
  insert();
  EXPECT_EQ(verify("246810"), "right");
  m_pcscd.kill();
  EXPECT_TRUE(m_events.next<device::CardRemoved>());
  EXPECT_TRUE(wait_for_state(device::State::absent, "card_service_absent"));
  EXPECT_EQ(sign(), "card_removed");
  m_pcscd.start();
  auto const before = std::chrono::steady_clock::now();
  EXPECT_TRUE(wait_for_state(device::State::ready));
  auto const took = std::chrono::steady_clock::now() - before;
  EXPECT_LT(took, 3s);
  RecordProperty("ready_after_ms", static_cast<int>(std::chrono::milliseconds(took / 1ms).count()));
  auto const again = m_events.next<device::CardInserted>();
  ASSERT_TRUE(again);
  m_inserted = *again;
  EXPECT_EQ(sign(), "card_pin_needed");
}

TEST_F(CardServiceContract, NotThereAtTheStartItIsLookedFor) {
  m_pcscd.kill();
  drive();
  EXPECT_TRUE(wait_for_state(device::State::absent, "card_service_absent"));
  m_pcscd.start();
  EXPECT_TRUE(wait_for_state(device::State::ready));
}

TEST_F(CardServiceContract, WithoutAReaderItIsAbsent) {
  m_pcscd.kill();
  m_pcscd.start(false);
  issue();
  drive();
  EXPECT_TRUE(wait_for_state(device::State::absent, "card_reader_absent"));
  m_pcscd.kill();
  m_pcscd.start(true);
  EXPECT_TRUE(wait_for_state(device::State::ready));
  insert();
  EXPECT_EQ(verify("246810"), "right");
}

TEST_F(CardServiceContract, TheReaderIsTheOneThatWasNamed) {
  issue();
  smart_card::PcscReaderOptions options;
  options.reader = "no such reader";
  drive(options);
  EXPECT_TRUE(wait_for_state(device::State::absent, "card_reader_absent"));
  options.reader = "PCD 00 01";
  drive(options);
  auto health = m_events.next<device::SmartCardHealth>();
  ASSERT_TRUE(health);
  EXPECT_EQ(health->health.identity, "Virtual PCD 00 01");
  options.reader = "PCD 00 00";
  drive(options);
  insert();
  m_driver->check_health();
  health = m_events.next<device::SmartCardHealth>();
  ASSERT_TRUE(health);
  EXPECT_EQ(health->health.identity, "Virtual PCD 00 00");
}

TEST_F(CardServiceContract, TheCountOfWrongPinsOutlivesTheServiceAndTheCardsPower) {
  test::TempDir const folder("card");
  auto data = test::make_staff_card();
  data.memory = folder / "attempts";
  issue(data);
  drive();
  insert();
  EXPECT_EQ(verify("111111"), "card_pin_wrong 2");
  m_pcscd.kill();
  m_card.reset();
  m_pcscd.start();
  issue(data);
  insert();
  EXPECT_EQ(m_inserted.attempts_left, 2);
  EXPECT_EQ(verify("111111"), "card_pin_wrong 1");
  EXPECT_EQ(verify("111111"), "card_pin_blocked 0");
  m_card.reset();
  issue(data);
  insert();
  EXPECT_EQ(verify("246810"), "card_pin_blocked 0");
}

TEST_F(CardServiceContract, AHangingServiceHoldsNobody) {
  issue();
  drive();
  insert();
  m_pcscd.freeze();
  EXPECT_EQ(verify("246810"), "card_timeout");
  auto const before = std::chrono::steady_clock::now();
  m_driver.reset();
  m_thread.stop();
  EXPECT_LT(std::chrono::steady_clock::now() - before, 3s);
  m_pcscd.thaw();
}

TEST_F(CardServiceContract, ALookFromTheCommandLineSpendsNoAttempt) {
  issue();
  auto none = smart_card::inspect_once("", 100ms);
  ASSERT_FALSE(none);
  EXPECT_TRUE(none.error().is("card_absent"));
  m_card->insert();
  auto const report = smart_card::inspect_once("", 5s);
  ASSERT_TRUE(report) << report.error().to_line();
  EXPECT_EQ(report->card_id, "4201060000000017");
  EXPECT_EQ(report->attempts_left, 3);
  EXPECT_EQ(report->reader, "Virtual PCD 00 00");
  EXPECT_EQ(crypto::Certificate::parse(report->certificate)->uri(), "urn:yizhan:staff:420106001001:017");
  m_pcscd.kill();
  auto const gone = smart_card::inspect_once("", 5s);
  ASSERT_FALSE(gone);
  EXPECT_TRUE(gone.error().is("card_service_absent"));
}

}  // namespace
}  // namespace yizhan

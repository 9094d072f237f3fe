/// The limits an ID reader keeps whatever the wire does, and how often it looks.
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "tests/contract/peripherals/id_reader/readers.h"

namespace yizhan {
namespace {

using namespace std::chrono_literals;
using device::CardFailed;
using device::CardFound;
using device::CardRead;
using device::Pace;
using device::ReaderHealth;
using emulated::ReaderFault;

class IdReaderLimits : public AnyReader {};

TEST_P(IdReaderLimits, ASilentReaderIsShownWithinTwoSecondsAfterItsTimeOut) {
  m_driver->start_polling();
  ASSERT_TRUE(wait_for_state(device::State::ready));
  auto const before = std::chrono::steady_clock::now();
  m_module->set_fault(ReaderFault::silent);
  auto const health =
      m_events.next<ReaderHealth>([](auto const& e) { return e.health.state == device::State::faulted; });
  ASSERT_TRUE(health);
  EXPECT_LT(std::chrono::steady_clock::now() - before, 3500ms);
  EXPECT_EQ(health->health.last_fault->code(), "reader_silent");
  m_module->set_fault(ReaderFault::none);
  EXPECT_TRUE(wait_for_state(device::State::ready));
}

TEST_P(IdReaderLimits, AReadingThatStopsHalfwayFailsAfterFiveSeconds) {
  m_driver->start_polling();
  m_module->set_fault(ReaderFault::half);
  auto const before = std::chrono::steady_clock::now();
  m_module->present(m_people.at("zhang-san"));
  EXPECT_EQ(failure_code(), "card_read_failed");
  auto const took = std::chrono::steady_clock::now() - before;
  EXPECT_GT(took, 4s);
  EXPECT_LT(took, 7s);
}

TEST_P(IdReaderLimits, IsDestroyedWithinHalfASecondWhateverItDoes) {
  for (auto const fault : {ReaderFault::none, ReaderFault::silent, ReaderFault::slow}) {
    make_driver();
    m_module->set_fault(fault);
    m_module->present(m_people.at("zhang-san"));
    m_driver->start_polling();
    std::this_thread::sleep_for(100ms);
    auto const before = std::chrono::steady_clock::now();
    m_driver.reset();
    auto const events = m_events.size();
    EXPECT_LT(std::chrono::steady_clock::now() - before, 500ms);
    std::this_thread::sleep_for(50ms);
    EXPECT_EQ(m_events.size(), events);
  }
}

TEST_P(IdReaderLimits, NothingArrivesAfterPollingStopped) {
  m_driver->start_polling();
  m_module->set_fault(ReaderFault::slow);
  m_module->present(m_people.at("zhang-san"));
  ASSERT_TRUE(m_events.next<CardFound>());
  m_driver->stop_polling();
  EXPECT_FALSE(m_events.next<CardRead>({}, 1500ms));
}

TEST_P(IdReaderLimits, AReaderThatSendsAByteASecondIsAsSilentAsOneThatSendsNone) {
  m_driver->start_polling();
  ASSERT_TRUE(wait_for_state(device::State::ready));
  auto const before = std::chrono::steady_clock::now();
  m_module->set_fault(ReaderFault::trickle);
  auto const health =
      m_events.next<ReaderHealth>([](auto const& e) { return e.health.state == device::State::faulted; });
  ASSERT_TRUE(health);
  EXPECT_LT(std::chrono::steady_clock::now() - before, 3500ms);
  EXPECT_EQ(health->health.last_fault->code(), "reader_silent");
}

TEST_P(IdReaderLimits, AReadingThatTricklesInFailsAfterFiveSeconds) {
  m_driver->start_polling();
  m_module->set_fault(ReaderFault::crawl);
  m_module->present(m_people.at("zhang-san"));
  ASSERT_TRUE(m_events.next<CardFound>());
  auto const before = std::chrono::steady_clock::now();
  EXPECT_EQ(failure_code(), "card_read_failed");
  auto const took = std::chrono::steady_clock::now() - before;
  EXPECT_GT(took, 4s);
  EXPECT_LT(took, 7s);
}

/// Times the thread of the driver went to sleep and was woken.
long wake_ups_of(std::string const& thread) {
  for (auto const& task : std::filesystem::directory_iterator("/proc/self/task")) {
    std::string name;
    std::getline(std::ifstream(task.path() / "comm"), name);
    if (name != thread) continue;
    std::ifstream status(task.path() / "status");
    for (std::string word; status >> word;) {
      long count = 0;
      if (word == "voluntary_ctxt_switches:" && status >> count) return count;
    }
  }
  return -1;
}

/// Counted in looks, not in time: a slow machine looks less often, never more.
TEST_P(IdReaderLimits, WhereNoCardIsExpectedItLooksOnceASecondAndSleepsInBetween) {
  make_driver([](auto& options) { options.poll_interval = id_reader::ReaderOptions().poll_interval; });
  m_driver->start_polling(Pace::idle);
  ASSERT_TRUE(looks(1));
  auto const wake_ups = wake_ups_of("id_reader");
  ASSERT_GE(wake_ups, 0);
  auto const begin = std::chrono::steady_clock::now();
  constexpr int k_looks = 3;
  ASSERT_TRUE(looks(k_looks));
  std::chrono::duration<double> const took = std::chrono::steady_clock::now() - begin;
  auto const woken = wake_ups_of("id_reader") - wake_ups;
  EXPECT_GT(took.count(), k_looks - 0.1);
  EXPECT_LE(woken, 5 * k_looks);
  std::printf("%s idle: %.2f looks and %.1f wake-ups a second\n", GetParam().name, k_looks / took.count(),
              static_cast<double>(woken) / took.count());
}

TEST_P(IdReaderLimits, AScreenThatAsksForACardIsServedAtOnceAndThreeTimesASecond) {
  make_driver([](auto& options) {
    options.poll_interval = id_reader::ReaderOptions().poll_interval;
    options.idle_interval = 1h;
  });
  m_driver->start_polling(Pace::idle);
  ASSERT_TRUE(test::eventually([&] { return m_module->searches() == 1; }));
  m_driver->start_polling(Pace::expecting);
  ASSERT_TRUE(looks(1)) << "not after the hour";
  m_driver->start_polling(Pace::expecting);
  auto const wake_ups = wake_ups_of("id_reader");
  auto const begin = std::chrono::steady_clock::now();
  constexpr int k_looks = 5;
  ASSERT_TRUE(looks(k_looks));
  std::chrono::duration<double> const took = std::chrono::steady_clock::now() - begin;
  auto const woken = wake_ups_of("id_reader") - wake_ups;
  EXPECT_GT(took.count(), k_looks * 0.3 - 0.1);
  EXPECT_LE(woken, 5 * k_looks);
  std::printf("%s expecting: %.2f looks and %.1f wake-ups a second\n", GetParam().name, k_looks / took.count(),
              static_cast<double>(woken) / took.count());
  m_driver->start_polling(Pace::idle);
  m_module->present(m_people.at("zhang-san"));
  m_driver->start_polling(Pace::expecting);
  EXPECT_TRUE(m_events.next<CardRead>());
}

INSTANTIATE_TEST_SUITE_P(Readers, IdReaderLimits, testing::ValuesIn(reader_kinds()), name_of);

}  // namespace
}  // namespace yizhan

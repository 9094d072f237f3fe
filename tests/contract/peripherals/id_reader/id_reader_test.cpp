/// What an ID reader promises (peripherals/api/id_reader.h), by the SDT driver over a real pseudo terminal.
#include <gtest/gtest.h>

#include <map>

#include "peripherals/emulated/id_reader.h"
#include "peripherals/emulated/people.h"
#include "peripherals/id_reader/sdt_reader.h"
#include "shared/base/real_env.h"
#include "shared/base/text.h"
#include "shared/domain/identity/card_text.h"
#include "tests/support/devices/event_log.h"
#include "tests/support/temp_dir.h"

namespace yizhan {
namespace {

using namespace std::chrono_literals;
using device::CardFailed;
using device::CardFound;
using device::CardRead;
using device::ReaderHealth;
using emulated::ReaderFault;

class IdReaderContract : public testing::Test {
 protected:
  IdReaderContract() {
    m_people = *emulated::load_people("assets/demo/people.json");
    m_module = std::move(*emulated::EmulatedReader::create(m_folder.path() / "reader", 7));
    make_driver();
  }
  void make_driver(bool keep_photo = false) {
    m_driver.reset();
    id_reader::SdtReaderOptions options;
    options.port = host::serial_port_at((m_folder.path() / "reader").string(), 115200);
    options.poll_interval = 20ms;
    options.keep_photo = keep_photo;
    m_driver = id_reader::make_sdt_reader(m_thread, m_env.env(), options, m_events.listener());
  }
  bool wait_for_state(device::State state) {
    return m_events.next<ReaderHealth>([&](auto const& event) { return event.health.state == state; }).has_value();
  }
  std::string failure_code() {
    auto const failed = m_events.next<CardFailed>();
    return failed ? std::string(failed->error.code()) : "nothing";
  }
  /// The module has seen the card gone: the driver asked and was told so.
  void take_away() {
    m_module->remove();
    EXPECT_TRUE(settle());
  }
  /// The driver looks for a card three more times.
  bool settle() {
    auto const before = m_module->searches();
    return test::eventually([&] { return m_module->searches() >= before + 3; });
  }

  test::TempDir m_folder{"reader"};
  RealEnv m_env;
  test::EventLog<device::IdReaderEvent> m_events;
  std::map<std::string, emulated::Card> m_people;
  std::unique_ptr<emulated::EmulatedReader> m_module;
  ThreadExecutor m_thread{"id_reader"};
  std::unique_ptr<device::IdReader> m_driver;
};

TEST_F(IdReaderContract, ReadsACardWithItsNewestAddress) {
  m_driver->start_polling();
  ASSERT_TRUE(wait_for_state(device::State::ready));
  m_module->present(m_people.at("zhang-san"));
  ASSERT_TRUE(m_events.next<CardFound>());
  auto const read = m_events.next<CardRead>();
  ASSERT_TRUE(read);
  EXPECT_EQ(text::to_hex(read->reading.text.view()), text::to_hex(m_people.at("zhang-san").text));
  EXPECT_TRUE(read->reading.newest_address.view().ends_with("603室"));
  EXPECT_TRUE(read->reading.photo.empty()) << "nobody asked for the photo";
}

TEST_F(IdReaderContract, KeepsThePhotoOnlyWhenAsked) {
  make_driver(true);
  m_driver->start_polling();
  m_module->present(m_people.at("li-si"));
  auto const read = m_events.next<CardRead>();
  ASSERT_TRUE(read);
  EXPECT_EQ(text::to_hex(read->reading.photo.view()), text::to_hex(m_people.at("li-si").photo));
  EXPECT_TRUE(read->reading.newest_address.empty());
}

TEST_F(IdReaderContract, ReadsAllFourKindsOfCards) {
  m_driver->start_polling();
  for (auto const* const name : {"zhang-san", "chan-siuming", "smith-2023", "garcia-2017", "yu-hong"}) {
    m_module->present(m_people.at(name));
    auto const read = m_events.next<CardRead>();
    ASSERT_TRUE(read) << name;
    auto const text = identity::decode_card_text(read->reading.text.view(), std::chrono::year(2026) / 11 / 24);
    ASSERT_TRUE(text) << name;
    EXPECT_TRUE(text->warnings.empty()) << name;
    take_away();
  }
}

TEST_F(IdReaderContract, TellsTheModulesNumber) {
  m_driver->check_health();
  auto const health = m_events.next<ReaderHealth>();
  ASSERT_TRUE(health);
  EXPECT_EQ(health->health.identity, "05.01-20171401-0001234567-0987654321");
  EXPECT_EQ(health->health.state, device::State::ready);
}

TEST_F(IdReaderContract, TheSameCardIsReadAgainOnlyAfterItWasTakenAway) {
  m_driver->start_polling();
  m_module->present(m_people.at("zhang-san"));
  ASSERT_TRUE(m_events.next<CardRead>());
  ASSERT_TRUE(settle());
  EXPECT_EQ(m_events.count<CardRead>() + m_events.count<CardFound>(), 2);
  take_away();
  m_module->present(m_people.at("zhang-san"));
  EXPECT_TRUE(m_events.next<CardRead>());
}

TEST_F(IdReaderContract, EachFailureOfACardHasItsCodeAndIsToldOnce) {
  std::map<ReaderFault, std::string> const codes{
      {ReaderFault::auth31, "reader_untrusted_card"},     {ReaderFault::auth32, "reader_untrusted_card"},
      {ReaderFault::auth33, "reader_untrusted_card"},     {ReaderFault::wrong_type, "card_wrong_type"},
      {ReaderFault::read_failed, "card_read_failed"},     {ReaderFault::random_failed, "card_read_failed"},
      {ReaderFault::select_failed, "card_select_failed"}, {ReaderFault::pull, "card_read_failed"}};
  m_driver->start_polling();
  for (auto const& [fault, code] : codes) {
    m_module->set_fault(fault);
    m_module->present(m_people.at("li-si"));
    ASSERT_TRUE(m_events.next<CardFound>());
    EXPECT_EQ(failure_code(), code);
    auto const before = m_events.count<CardFailed>();
    ASSERT_TRUE(settle());
    EXPECT_EQ(m_events.count<CardFailed>(), before) << code << " is told again though the card never left";
    m_module->set_fault(ReaderFault::none);
    take_away();
  }
  EXPECT_EQ(m_module->readings(), 0);
}

TEST_F(IdReaderContract, ARefusedCommandEndsTheReadingAndFaultsTheReader) {
  for (auto const fault : {ReaderFault::bad_command, ReaderFault::not_permitted, ReaderFault::unknown}) {
    make_driver();
    m_driver->start_polling();
    ASSERT_TRUE(wait_for_state(device::State::ready));
    m_module->set_fault(fault);
    m_module->present(m_people.at("li-si"));
    EXPECT_EQ(failure_code(), "card_read_failed");
    EXPECT_TRUE(wait_for_state(device::State::faulted));
    m_driver->stop_polling();
    m_module->set_fault(ReaderFault::none);
    m_module->remove();
  }
}

TEST_F(IdReaderContract, ReadsThroughPiecesNoiseAndSlowness) {
  m_driver->start_polling();
  for (auto const fault : {ReaderFault::partial, ReaderFault::noisy, ReaderFault::slow}) {
    m_module->set_fault(fault);
    m_module->present(m_people.at("wang-nainai"));
    auto const read = m_events.next<CardRead>();
    ASSERT_TRUE(read);
    EXPECT_EQ(text::to_hex(read->reading.text.view()), text::to_hex(m_people.at("wang-nainai").text));
    take_away();
  }
}

TEST_F(IdReaderContract, GarbledAnswersFaultTheReaderAndItComesBack) {
  m_driver->start_polling();
  ASSERT_TRUE(wait_for_state(device::State::ready));
  m_module->set_fault(ReaderFault::garbled);
  m_module->present(m_people.at("zhang-san"));
  ASSERT_TRUE(wait_for_state(device::State::faulted));
  EXPECT_EQ(m_events.count<CardRead>(), 0);
  m_module->set_fault(ReaderFault::none);
  EXPECT_TRUE(m_events.next<CardRead>());
}

TEST_F(IdReaderContract, ASilentReaderIsShownWithinTwoSecondsAfterItsTimeOut) {
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

TEST_F(IdReaderContract, AReadingThatStopsHalfwayFailsAfterFiveSeconds) {
  m_driver->start_polling();
  m_module->set_fault(ReaderFault::half);
  auto const before = std::chrono::steady_clock::now();
  m_module->present(m_people.at("zhang-san"));
  EXPECT_EQ(failure_code(), "card_read_failed");
  auto const took = std::chrono::steady_clock::now() - before;
  EXPECT_GT(took, 4s);
  EXPECT_LT(took, 7s);
}

TEST_F(IdReaderContract, AReaderThatIsNotHealthyIsFaultedWithItsReason) {
  for (auto const& [fault, code] :
       std::map<ReaderFault, std::string>{{ReaderFault::self_test, "reader_self_test"},
                                          {ReaderFault::unauthorised, "reader_unauthorised"},
                                          {ReaderFault::checksum, "reader_garbled"},
                                          {ReaderFault::length, "reader_garbled"}}) {
    make_driver();
    m_module->set_fault(fault);
    m_driver->check_health();
    auto const health = m_events.next<ReaderHealth>();
    ASSERT_TRUE(health);
    EXPECT_EQ(health->health.state, device::State::faulted);
    EXPECT_EQ(health->health.last_fault->code(), code);
  }
}

TEST_F(IdReaderContract, AnUnpluggedReaderIsAbsentAndIsBackWithinThreeSeconds) {
  m_driver->start_polling();
  ASSERT_TRUE(wait_for_state(device::State::ready));
  m_module->unplug();
  ASSERT_TRUE(wait_for_state(device::State::absent));
  ASSERT_TRUE(m_module->plug());
  auto const before = std::chrono::steady_clock::now();
  ASSERT_TRUE(wait_for_state(device::State::ready));
  EXPECT_LT(std::chrono::steady_clock::now() - before, 3s);
  m_module->present(m_people.at("zhang-san"));
  EXPECT_TRUE(m_events.next<CardRead>());
}

TEST_F(IdReaderContract, UnpluggedInTheMiddleOfAReadingFailsTheCard) {
  m_driver->start_polling();
  m_module->set_fault(ReaderFault::slow);
  m_module->present(m_people.at("zhang-san"));
  ASSERT_TRUE(m_events.next<CardFound>());
  m_module->unplug();
  EXPECT_EQ(failure_code(), "card_read_failed");
  EXPECT_TRUE(wait_for_state(device::State::absent));
}

TEST_F(IdReaderContract, NothingArrivesAfterPollingStopped) {
  m_driver->start_polling();
  m_module->set_fault(ReaderFault::slow);
  m_module->present(m_people.at("zhang-san"));
  ASSERT_TRUE(m_events.next<CardFound>());
  m_driver->stop_polling();
  EXPECT_FALSE(m_events.next<CardRead>({}, 2s));
}

TEST_F(IdReaderContract, IsDestroyedWithinHalfASecondWhateverItDoes) {
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

TEST_F(IdReaderContract, StartedTwiceItStillPollsOnce) {
  m_driver->start_polling();
  m_driver->start_polling();
  m_module->present(m_people.at("zhang-san"));
  ASSERT_TRUE(m_events.next<CardRead>());
  ASSERT_TRUE(settle());
  EXPECT_EQ(m_events.count<CardRead>(), 1);
}

class SdtOnce : public IdReaderContract {
 protected:
  SdtOnce() { m_driver.reset(); }
  [[nodiscard]] std::string port() const { return (m_folder.path() / "reader").string(); }
};

TEST_F(SdtOnce, ReadsOneCard) {
  m_module->present(m_people.at("zhang-san"));
  auto const reading = id_reader::read_once(*host::serial_port_at(port(), 115200), 1s);
  ASSERT_TRUE(reading);
  EXPECT_EQ(reading->text.size(), 256U);
}

TEST_F(SdtOnce, SaysWhatIsMissing) {
  EXPECT_TRUE(id_reader::read_once(*host::serial_port_at(port(), 115200), 100ms).error().is("card_absent"));
  EXPECT_TRUE(id_reader::read_once(*host::serial_port_at(port() + "x", 115200), 100ms).error().is("device_absent"));
  EXPECT_TRUE(id_reader::read_once(*host::serial_port_at(port(), 12345), 100ms).error().is("device_baud"));
  EXPECT_TRUE(id_reader::read_once(*host::serial_port_at("/dev/null", 115200), 100ms).error().is("device_absent"));
  m_module->set_fault(ReaderFault::auth31);
  m_module->present(m_people.at("zhang-san"));
  EXPECT_TRUE(id_reader::read_once(*host::serial_port_at(port(), 115200), 1s).error().is("reader_untrusted_card"));
  m_module->set_fault(ReaderFault::silent);
  EXPECT_TRUE(id_reader::read_once(*host::serial_port_at(port(), 115200), 100ms).error().is("reader_silent"));
}

TEST_F(SdtOnce, TellsTheModulesStatus) {
  auto const good = id_reader::reader_status(*host::serial_port_at(port(), 115200));
  ASSERT_TRUE(good);
  EXPECT_EQ(good->status, 0x90);
  EXPECT_EQ(good->number, "05.01-20171401-0001234567-0987654321");
  m_module->set_fault(ReaderFault::unauthorised);
  EXPECT_EQ(id_reader::reader_status(*host::serial_port_at(port(), 115200))->status, 0x66);
}

TEST_F(SdtOnce, APortInUseIsNotShared) {
  make_driver();
  m_driver->check_health();
  ASSERT_TRUE(m_events.next<ReaderHealth>());
  EXPECT_TRUE(id_reader::reader_status(*host::serial_port_at(port(), 115200)).error().is("device_busy"));
}

}  // namespace
}  // namespace yizhan

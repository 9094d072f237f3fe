/// What an ID reader promises (peripherals/api/id_reader.h), by each driver over a real pseudo terminal.
#include <set>

#include "peripherals/emulated/bus.h"
#include "shared/base/log.h"
#include "shared/domain/identity/card_text.h"
#include "tests/contract/peripherals/id_reader/readers.h"

namespace yizhan {
namespace {

using namespace std::chrono_literals;
using device::CardFailed;
using device::CardFound;
using device::CardRead;
using device::ReaderHealth;
using emulated::ReaderFault;

class IdReaderContract : public AnyReader {};

TEST_P(IdReaderContract, ReadsACardWithItsNewestAddress) {
  m_driver->start_polling();
  ASSERT_TRUE(wait_for_state(device::State::ready));
  m_module->present(m_people.at("zhang-san"));
  ASSERT_TRUE(m_events.next<CardFound>());
  auto const read = m_events.next<CardRead>();
  ASSERT_TRUE(read);
  EXPECT_EQ(text::to_hex(read->reading.text.view()), text::to_hex(m_people.at("zhang-san").text));
  if (GetParam().newest_address) {
    EXPECT_TRUE(read->reading.newest_address.view().ends_with("603室"));
  } else {
    EXPECT_TRUE(read->reading.newest_address.empty());
  }
  EXPECT_TRUE(read->reading.photo.empty()) << "nobody asked for the photo";
}

TEST_P(IdReaderContract, KeepsThePhotoOnlyWhenAsked) {
  make_driver([](auto& options) { options.keep_photo = true; });
  m_driver->start_polling();
  m_module->present(m_people.at("li-si"));
  auto const read = m_events.next<CardRead>();
  ASSERT_TRUE(read);
  EXPECT_EQ(text::to_hex(read->reading.photo.view()), text::to_hex(m_people.at("li-si").photo));
  EXPECT_TRUE(read->reading.newest_address.empty());
}

TEST_P(IdReaderContract, ReadsAllFourKindsOfCards) {
  std::set<identity::CardKind> kinds;
  m_driver->start_polling();
  for (auto const* const name : {"zhang-san", "chan-siuming", "smith-2023", "garcia-2017", "yu-hong"}) {
    m_module->present(m_people.at(name));
    auto const read = m_events.next<CardRead>();
    ASSERT_TRUE(read) << name;
    auto const text = identity::decode_card_text(read->reading.text.view(), std::chrono::year(2026) / 11 / 24);
    ASSERT_TRUE(text) << name;
    EXPECT_TRUE(text->warnings.empty()) << name;
    EXPECT_EQ(text->old_number.empty(), text->kind != identity::CardKind::foreign2023) << name;
    kinds.insert(text->kind);
    take_away();
  }
  EXPECT_EQ(kinds.size(), 4U);
}

TEST_P(IdReaderContract, ACardPastItsDayIsReadAllTheSame) {
  m_driver->start_polling();
  m_module->present(m_people.at("zhang-san"));
  auto const read = m_events.next<CardRead>();
  ASSERT_TRUE(read);
  auto const text = identity::decode_card_text(read->reading.text.view(), std::chrono::year(2099) / 1 / 1);
  ASSERT_TRUE(text);
  EXPECT_TRUE(text->has(identity::CardWarning::expired)) << "a warning, not a failure";
}

TEST_P(IdReaderContract, TellsTheModulesNumber) {
  m_driver->check_health();
  auto const health = m_events.next<ReaderHealth>();
  ASSERT_TRUE(health);
  EXPECT_EQ(health->health.identity, GetParam().number);
  EXPECT_EQ(health->health.state, device::State::ready);
}

TEST_P(IdReaderContract, TheSameCardIsReadAgainOnlyAfterItWasTakenAway) {
  m_driver->start_polling();
  m_module->present(m_people.at("zhang-san"));
  ASSERT_TRUE(m_events.next<CardRead>());
  ASSERT_TRUE(settle());
  EXPECT_EQ(m_events.count<CardRead>() + m_events.count<CardFound>(), 2);
  take_away();
  m_module->present(m_people.at("zhang-san"));
  EXPECT_TRUE(m_events.next<CardRead>());
}

TEST_P(IdReaderContract, EachFailureOfACardHasItsCodeAndIsToldOnce) {
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

TEST_P(IdReaderContract, ARefusedCommandEndsTheReadingAndFaultsTheReader) {
  for (auto const fault : {ReaderFault::bad_command, ReaderFault::not_permitted, ReaderFault::unknown}) {
    make_driver();
    m_driver->start_polling();
    ASSERT_TRUE(wait_for_state(device::State::ready));
    m_module->set_fault(fault);
    m_module->present(m_people.at("li-si"));
    EXPECT_EQ(failure_code(), "card_read_failed");
    EXPECT_TRUE(wait_for_state(device::State::faulted));
    // Asked once: while the card lies there the reader is back, and does not fall over it again.
    EXPECT_TRUE(wait_for_state(device::State::ready));
    m_driver->check_health();
    bool failed_again = false;
    m_events.next_that([&](auto const& event) {
      failed_again = failed_again || std::holds_alternative<device::CardFailed>(event);
      return std::holds_alternative<device::ReaderHealth>(event);
    });
    EXPECT_FALSE(failed_again);
    m_driver->stop_polling();
    m_module->set_fault(ReaderFault::none);
    m_module->remove();
  }
}

TEST_P(IdReaderContract, ReadsThroughPiecesNoiseAndSlowness) {
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

TEST_P(IdReaderContract, GarbledAnswersFaultTheReaderAndItComesBack) {
  m_driver->start_polling();
  ASSERT_TRUE(wait_for_state(device::State::ready));
  m_module->set_fault(ReaderFault::garbled);
  m_module->present(m_people.at("zhang-san"));
  ASSERT_TRUE(wait_for_state(device::State::faulted));
  EXPECT_EQ(m_events.count<CardRead>(), 0);
  m_module->set_fault(ReaderFault::none);
  EXPECT_TRUE(m_events.next<CardRead>());
}

TEST_P(IdReaderContract, AReaderThatIsNotHealthyIsFaultedWithItsReason) {
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

TEST_P(IdReaderContract, AnUnpluggedReaderIsAbsentAndIsBackWithinThreeSeconds) {
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

TEST_P(IdReaderContract, UnpluggedInTheMiddleOfAReadingFailsTheCard) {
  m_driver->start_polling();
  m_module->set_fault(ReaderFault::slow);
  m_module->present(m_people.at("zhang-san"));
  ASSERT_TRUE(m_events.next<CardFound>());
  m_module->unplug();
  EXPECT_EQ(failure_code(), "card_read_failed");
  EXPECT_TRUE(wait_for_state(device::State::absent));
}

TEST_P(IdReaderContract, StartedTwiceItStillPollsOnce) {
  m_driver->start_polling();
  m_driver->start_polling();
  m_module->present(m_people.at("zhang-san"));
  ASSERT_TRUE(m_events.next<CardRead>());
  ASSERT_TRUE(settle());
  EXPECT_EQ(m_events.count<CardRead>(), 1);
}

/// One reader by its number, and what happens where another stands at its place.
TEST_P(IdReaderContract, AnotherReaderThanTheExpectedIsForeignUntilTheRightOneIsBack) {
  make_driver([](auto& options) { options.expected_identity = GetParam().number; });
  m_module->set_fault(ReaderFault::wrong_device);
  m_module->present(m_people.at("zhang-san"));
  m_driver->start_polling();
  auto const health = m_events.next<ReaderHealth>();
  ASSERT_TRUE(health);
  EXPECT_EQ(health->health.state, device::State::faulted);
  EXPECT_EQ(health->health.last_fault->code(), "device_foreign");
  EXPECT_EQ(health->health.identity, GetParam().other_number);
  m_module->set_fault(ReaderFault::none);
  ASSERT_TRUE(wait_for_state(device::State::ready));
  EXPECT_TRUE(m_events.next<CardRead>());
}

TEST_P(IdReaderContract, WhereNoneIsExpectedAnExchangedReaderIsTakenAndTheLogTells) {
  auto const log = m_folder.path() / "log";
  ASSERT_TRUE(log::open_file(log));
  m_driver->start_polling();
  ASSERT_TRUE(wait_for_state(device::State::ready));
  m_module->unplug();
  ASSERT_TRUE(wait_for_state(device::State::absent));
  EXPECT_EQ(test::read_file(log).find("another reader"), std::string::npos);
  m_module->set_fault(ReaderFault::wrong_device);
  ASSERT_TRUE(m_module->plug());
  ASSERT_TRUE(wait_for_state(device::State::ready));
  EXPECT_NE(test::read_file(log).find("another reader"), std::string::npos);
  m_module->present(m_people.at("zhang-san"));
  EXPECT_TRUE(m_events.next<CardRead>());
}

/// The bus tells that something was plugged in.
class ToldPort final : public host::Port {
 public:
  explicit ToldPort(std::shared_ptr<host::Port> inner) : m_inner(std::move(inner)) {}
  Result<host::OpenedLine> open(std::shared_ptr<host::Interrupt> interrupt) override {
    ++m_opened;
    return m_inner->open(std::move(interrupt));
  }
  [[nodiscard]] std::string name() const override { return m_inner->name(); }
  void on_arrival(std::function<void()> arrived) override {
    std::lock_guard const lock(m_mutex);
    m_arrived = std::move(arrived);
  }
  /// False where nobody listens any more.
  bool tell() {
    std::lock_guard const lock(m_mutex);
    if (m_arrived) m_arrived();
    return m_arrived != nullptr;
  }
  [[nodiscard]] int opened() const { return m_opened; }

 private:
  std::shared_ptr<host::Port> const m_inner;
  std::mutex m_mutex;
  std::function<void()> m_arrived;
  std::atomic<int> m_opened = 0;
};

TEST_P(IdReaderContract, IsTriedAtOnceWhenItArrives) {
  auto const told = std::make_shared<ToldPort>(port());
  m_module->unplug();
  make_driver([&](auto& options) { options.port = told; });
  EXPECT_TRUE(told->tell()) << "before anything is asked";
  EXPECT_EQ(told->opened(), 0);
  m_driver->start_polling();
  // By now its back-off is a second long.
  ASSERT_TRUE(test::eventually([&] { return told->opened() >= 4; }));
  ASSERT_TRUE(m_module->plug());
  auto const before = std::chrono::steady_clock::now();
  EXPECT_TRUE(told->tell());
  ASSERT_TRUE(wait_for_state(device::State::ready));
  EXPECT_LT(std::chrono::steady_clock::now() - before, 700ms);
  m_driver.reset();
  EXPECT_TRUE(test::eventually([&] { return !told->tell(); })) << "it listens after its end";
}

TEST_P(IdReaderContract, IsFoundUnderAnotherNodeAndNotConfusedWithWhatTakesItsPlace) {
  auto const node = [this](char const* name) { return m_folder.path() / name; };
  auto other = emulated::EmulatedReader::create(node("other"), 8, GetParam().wire);
  ASSERT_TRUE(other);
  auto const bus = std::make_shared<emulated::EmulatedBus>();
  bus->attach(*m_module, "usb:0400:c35a:5A01", "emulated-1");
  bus->attach(**other, "usb:0400:c35a:5A02", "emulated-2");
  make_driver([&](auto& options) { options.port = host::make_port(bus, host::PathAddress{node("reader").string()}); });
  m_driver->start_polling();
  ASSERT_TRUE(wait_for_state(device::State::ready));
  ASSERT_TRUE(bus->swap(*m_module, **other));
  ASSERT_TRUE(m_events.next<ReaderHealth>(
      [](auto const& e) { return e.health.last_fault && e.health.last_fault->is("device_foreign"); }));
  EXPECT_EQ((*other)->searches(), 0) << "another reader was asked";
  auto const before = std::chrono::steady_clock::now();
  ASSERT_TRUE(bus->plug(*m_module, node("reader-1")));
  auto const back = m_events.next<ReaderHealth>([](auto const& e) { return e.health.state == device::State::ready; });
  ASSERT_TRUE(back);
  EXPECT_LT(std::chrono::steady_clock::now() - before, 3s);
  EXPECT_EQ(back->health.port, node("reader-1").string());
  m_module->present(m_people.at("zhang-san"));
  EXPECT_TRUE(m_events.next<CardRead>());
  m_driver.reset();
  bus->detach(*m_module);
  bus->detach(**other);
}

class ReaderOnce : public AnyReader {
 protected:
  ReaderOnce() { m_driver.reset(); }
  Result<device::CardReading> read(std::chrono::milliseconds wait) {
    return id_reader::read_once(*port(), wait, false, GetParam().protocol);
  }
  Result<id_reader::ReaderStatus> status() { return id_reader::reader_status(*port(), GetParam().protocol); }
};

TEST_P(ReaderOnce, ReadsOneCard) {
  m_module->present(m_people.at("zhang-san"));
  auto const reading = read(1s);
  ASSERT_TRUE(reading);
  EXPECT_EQ(reading->text.size(), 256U);
}

TEST_P(ReaderOnce, SaysWhatIsMissing) {
  auto const protocol = GetParam().protocol;
  auto const path = port()->name();
  EXPECT_TRUE(read(100ms).error().is("card_absent"));
  EXPECT_TRUE(id_reader::read_once(*port_at(path + "x"), 100ms, false, protocol).error().is("device_absent"));
  EXPECT_TRUE(
      id_reader::read_once(*host::serial_port_at(path, 12345), 100ms, false, protocol).error().is("device_baud"));
  EXPECT_TRUE(id_reader::read_once(*port_at("/dev/null"), 100ms, false, protocol).error().is("device_absent"));
  m_module->set_fault(ReaderFault::auth31);
  m_module->present(m_people.at("zhang-san"));
  EXPECT_TRUE(read(1s).error().is("reader_untrusted_card"));
  m_module->set_fault(ReaderFault::silent);
  EXPECT_TRUE(read(100ms).error().is("reader_silent"));
}

TEST_P(ReaderOnce, TellsTheModulesStatus) {
  auto const good = status();
  ASSERT_TRUE(good);
  EXPECT_EQ(good->status, GetParam().healthy);
  EXPECT_EQ(good->number, GetParam().number);
  EXPECT_FALSE(good->fault);
  m_module->set_fault(ReaderFault::unauthorised);
  auto const bad = status();
  ASSERT_TRUE(bad);
  EXPECT_EQ(bad->status & 0xFF, 0x66);
  EXPECT_TRUE(bad->fault && bad->fault->is("reader_unauthorised"));
}

TEST_P(ReaderOnce, APortInUseIsNotShared) {
  make_driver();
  m_driver->check_health();
  ASSERT_TRUE(m_events.next<ReaderHealth>());
  EXPECT_TRUE(status().error().is("device_busy"));
}

INSTANTIATE_TEST_SUITE_P(Readers, IdReaderContract, testing::ValuesIn(reader_kinds()), name_of);
INSTANTIATE_TEST_SUITE_P(Readers, ReaderOnce, testing::ValuesIn(reader_kinds()), name_of);

}  // namespace
}  // namespace yizhan

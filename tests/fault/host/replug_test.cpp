// Plugs pulled and put in again, a thousand times: the devices come back under whichever node, and none is ever taken
// for another. The drivers, their ports and the serial lines are the real ones; the bus and the devices are emulated.
#include <gtest/gtest.h>

#include <cstdio>
#include <random>
#include <thread>

#include "peripherals/code_scanner/serial_scanner.h"
#include "peripherals/emulated/bus.h"
#include "peripherals/emulated/code_scanner.h"
#include "peripherals/emulated/id_reader.h"
#include "peripherals/emulated/people.h"
#include "peripherals/emulated/ticket_printer.h"
#include "peripherals/id_reader/card_reader.h"
#include "peripherals/ticket_printer/escpos_printer.h"
#include "shared/base/real_env.h"
#include "tests/fault/host/station.h"
#include "tests/support/temp_dir.h"

namespace yizhan {
namespace {

using namespace std::chrono_literals;
using device::State;
using test::Clock;
using test::Seconds;

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define YZ_SANITIZED 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) || defined(YZ_SANITIZED)
constexpr int k_replugs = 90;
constexpr auto k_note = " (fewer: sanitizers)";
#else
constexpr int k_replugs = 1000;
constexpr auto k_note = "";
#endif
constexpr auto k_back_limit = 3s;
constexpr auto k_command_limit = 3500ms;  // its time-out of 1.5 s, and 2 s
constexpr auto k_reading_limit = 7s;      // its time-out of 5 s, and 2 s
/// What is waited for at most, so that a figure beyond a limit is a figure and no hang.
constexpr auto k_patience = 15s;

class Machine {
 public:
  std::string node(int number) const { return (m_folder / ("tty" + std::to_string(number))).string(); }
  std::shared_ptr<host::Port> port(int number) { return host::make_port(m_bus, host::PathAddress{node(number)}); }

  test::TempDir m_folder{"replug"};
  RealEnv m_env;
  std::shared_ptr<emulated::EmulatedBus> const m_bus = std::make_shared<emulated::EmulatedBus>();
  test::Nodes m_nodes{{node(3), node(4), node(5), node(6), node(7), node(8)}};  // 0 to 2 are taken
};

struct Figures {
  int replugs = 0;
  int foreign = 0;
  std::vector<double> back;  // seconds
};

/// Pulls one device's plug again and again.
class Hand {
 public:
  Hand(Machine& machine, emulated::WireDevice& device, test::HealthLog& health, std::string identity, unsigned seed)
      : m_machine(machine), m_device(device), m_health(health), m_configured(device.path().string()), m_rng(seed) {
    machine.m_bus->attach(device, std::move(identity), "hub-" + std::to_string(seed));
    machine.m_bus->attach(m_stranger, "usb:1a86:7523:", "hub-stranger-" + std::to_string(seed));
    m_stranger.unplug();
  }
  ~Hand() {
    m_machine.m_bus->detach(m_device);
    m_machine.m_bus->detach(m_stranger);
  }

  Figures replug(int times) {
    for (int i = 0; i < times && !testing::Test::HasFailure(); ++i) once();
    EXPECT_EQ(m_stranger.heard(), 0U) << "bytes meant for " << m_configured;
    if (m_stranger.heard() != 0) ++m_figures.foreign;
    return std::move(m_figures);
  }

 private:
  void once() {
    auto const last = m_device.path().string();
    auto const pulled_at = Clock::now();
    m_machine.m_bus->unplug(m_device);
    m_machine.m_nodes.give_back(last);
    bool const another_first = m_rng() % 3 == 0;
    if (another_first) put_another_first(pulled_at);
    // Every second time the driver has seen that the device is gone, else it finds it back under its hands.
    if (m_rng() % 2 == 0) {
      EXPECT_TRUE(m_health.wait(
          pulled_at, [](auto const& health) { return health.state != State::ready; }, k_patience))
          << m_configured << " pulled, and its driver did not notice";
    }
    auto const wanted = m_rng() % 2 == 0 ? last : std::string();
    auto const node = m_machine.m_nodes.take(wanted, m_rng());
    auto const plugged_at = Clock::now();
    ASSERT_TRUE(m_machine.m_bus->plug(m_device, node));
    auto const back = m_health.wait(
        plugged_at, [&](auto const& health) { return health.state == State::ready; }, k_patience);
    ASSERT_TRUE(back) << m_configured << " at " << node << " did not come back";
    if (back->health.port != node) ++m_figures.foreign;
    EXPECT_EQ(back->health.port, node);
    m_figures.back.push_back(Seconds(back->at - plugged_at).count());
    ++m_figures.replugs;
    if (another_first) {
      auto const at = m_stranger.path().string();
      m_machine.m_bus->unplug(m_stranger);
      m_machine.m_nodes.give_back(at);
    }
  }

  /// At the node the driver is configured for, if no other device of the machine stands there.
  void put_another_first(Clock::time_point pulled_at) {
    bool const at_configured = m_machine.m_nodes.take_exactly(m_configured);
    auto const node = at_configured ? m_configured : m_machine.m_nodes.take({}, m_rng());
    ASSERT_TRUE(m_machine.m_bus->plug(m_stranger, node));
    if (!at_configured) return;
    auto const is_foreign = [](auto const& health) {
      return health.state == State::faulted && health.last_fault && health.last_fault->is("device_foreign");
    };
    EXPECT_TRUE(m_health.wait(pulled_at, is_foreign, k_patience)) << m_configured << " did not tell of another device";
  }

  Machine& m_machine;
  emulated::WireDevice& m_device;
  test::HealthLog& m_health;
  std::string const m_configured;
  std::mt19937 m_rng;
  test::Stranger m_stranger{m_configured + ".stranger"};
  Figures m_figures;
};

/// Health events go to the log, everything else is not asked here.
template <class Event, class Health>
std::function<void(Event)> health_into(test::HealthLog& log) {
  return [&log](Event const& event) {
    if (auto const* told = std::get_if<Health>(&event)) log.add(told->health);
  };
}

/// How long until the fault is shown, from `since`, and that it goes again.
template <class Cure>
double shown_after(test::HealthLog& health, Clock::time_point since, Cure cure) {
  auto const shown = health.wait(
      since, [](auto const& told) { return told.state == State::faulted; }, k_patience);
  auto const cured_at = Clock::now();
  cure();
  EXPECT_TRUE(health.wait(
      cured_at, [](auto const& told) { return told.state == State::ready; }, k_patience));
  EXPECT_TRUE(shown) << "silence was not shown";
  return shown ? Seconds(shown->at - since).count() : k_patience.count();
}

double max_of(std::vector<double> const& values) { return *std::max_element(values.begin(), values.end()); }

TEST(Replugging, AThousandTimesNeverTakesADeviceForAnotherAndSilenceIsShown) {
  Machine machine;
  auto people = *emulated::load_people("assets/demo/people.json");
  auto const reader = std::move(*emulated::EmulatedReader::create(machine.node(0), 7));
  auto const scanner = std::move(*emulated::EmulatedScanner::create(machine.node(1)));
  auto const printer = std::move(*emulated::EmulatedPrinter::create(machine.node(2), 576));
  test::HealthLog reader_health;
  test::HealthLog scanner_health;
  test::HealthLog printer_health;
  Hand reader_hand(machine, *reader, reader_health, "usb:0400:c35a:5A01", 1);
  Hand scanner_hand(machine, *scanner, scanner_health, "usb:1eab:1a06:SC01", 2);
  Hand printer_hand(machine, *printer, printer_health, "usb:0416:5011:TP01", 3);

  ThreadExecutor reader_thread("id_reader");
  ThreadExecutor scanner_thread("code_scanner");
  ThreadExecutor printer_thread("ticket_printer");
  id_reader::ReaderOptions reader_options;
  reader_options.port = machine.port(0);
  reader_options.poll_interval = 50ms;  // a thousand pulled plugs are noticed within the test's time
  auto const reader_driver =
      id_reader::make_card_reader(reader_thread, machine.m_env.env(), reader_options,
                                  health_into<device::IdReaderEvent, device::ReaderHealth>(reader_health));
  code_scanner::SerialScannerOptions scanner_options;
  scanner_options.port = machine.port(1);
  auto const scanner_driver =
      code_scanner::make_serial_scanner(scanner_thread, machine.m_env.env(), scanner_options,
                                        health_into<device::CodeScannerEvent, device::ScannerHealth>(scanner_health));
  ticket_printer::EscPosPrinterOptions printer_options;
  printer_options.port = machine.port(2);
  auto const printer_driver = ticket_printer::make_escpos_printer(
      printer_thread, machine.m_env.env(), printer_options,
      health_into<device::TicketPrinterEvent, device::PrinterHealth>(printer_health));
  reader_driver->start_polling();
  scanner_driver->start_scanning();
  auto const is_ready = [](auto const& health) { return health.state == State::ready; };
  for (auto* const health : {&reader_health, &scanner_health, &printer_health})
    ASSERT_TRUE(health->wait({}, is_ready, k_patience));

  Figures figures[3];
  std::vector<double> silent_commands[2];
  double silent_reading = 0;
  std::thread reader_work([&] {
    figures[0] = reader_hand.replug(k_replugs / 3);
    for (int i = 0; i < 3; ++i) {
      auto const since = Clock::now();
      reader->set_fault(emulated::ReaderFault::silent);
      silent_commands[0].push_back(
          shown_after(reader_health, since, [&] { reader->set_fault(emulated::ReaderFault::none); }));
    }
    reader->set_fault(emulated::ReaderFault::half);
    auto const since = Clock::now();
    reader->present(people.at("zhang-san"));
    silent_reading = shown_after(reader_health, since, [&] {
      reader->remove();
      reader->set_fault(emulated::ReaderFault::none);
    });
  });
  std::thread scanner_work([&] { figures[1] = scanner_hand.replug(k_replugs / 3); });
  std::thread printer_work([&] {
    figures[2] = printer_hand.replug(k_replugs - 2 * (k_replugs / 3));
    for (int i = 0; i < 3; ++i) {
      auto const since = Clock::now();
      printer->set_fault(emulated::PrinterFault::silent);
      printer_driver->check_health();
      silent_commands[1].push_back(
          shown_after(printer_health, since, [&] { printer->set_fault(emulated::PrinterFault::none); }));
    }
  });
  reader_work.join();
  scanner_work.join();
  printer_work.join();

  EXPECT_EQ(printer->unknown_bytes(), 0) << "bytes of another driver";
  std::vector<double> back;
  int replugs = 0;
  int foreign = 0;
  for (auto const& one : figures) {
    back.insert(back.end(), one.back.begin(), one.back.end());
    replugs += one.replugs;
    foreign += one.foreign;
  }
  ASSERT_EQ(replugs, k_replugs);
  std::sort(back.begin(), back.end());
  auto const silent = std::max(max_of(silent_commands[0]), max_of(silent_commands[1]));
  std::printf(
      "promise 22: %d replugs%s, %d as another device, back in p50 %.2f p99 %.2f max %.2f s; silent shown after max "
      "%.2f s, a reading after %.2f s\n",
      replugs, k_note, foreign, back[back.size() / 2], back[back.size() * 99 / 100], back.back(), silent,
      silent_reading);
  EXPECT_EQ(foreign, 0);
  EXPECT_LE(back.back(), Seconds(k_back_limit).count());
  EXPECT_LE(silent, Seconds(k_command_limit).count());
  EXPECT_LE(silent_reading, Seconds(k_reading_limit).count());
}

}  // namespace
}  // namespace yizhan

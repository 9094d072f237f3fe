/// What a code scanner promises (peripherals/api/code_scanner.h), by the drivers over real pseudo terminals.
#include <gtest/gtest.h>

#include <fstream>

#include "peripherals/code_scanner/serial_scanner.h"
#include "peripherals/code_scanner/wedge.h"
#include "peripherals/emulated/code_scanner.h"
#include "shared/base/real_env.h"
#include "tests/support/devices/event_log.h"
#include "tests/support/temp_dir.h"

namespace yizhan {
namespace {

using namespace std::chrono_literals;
using device::CodeScanned;
using device::CodeUnusable;
using device::ScannerHealth;

enum class Wire { serial, hid };

/// A port that says when something was plugged in.
class WatchedPort final : public host::Port {
 public:
  explicit WatchedPort(std::string path) : m_inner(host::serial_port_at(std::move(path), 115200)) {}
  Result<host::OpenedLine> open(std::shared_ptr<host::Interrupt> interrupt) override {
    ++m_attempts;
    return m_inner->open(std::move(interrupt));
  }
  [[nodiscard]] std::string name() const override { return m_inner->name(); }
  void on_arrival(std::function<void()> arrived) override {
    std::lock_guard const lock(m_mutex);
    m_arrived = std::move(arrived);
  }
  void announce() {
    std::lock_guard const lock(m_mutex);
    if (m_arrived) m_arrived();
  }
  [[nodiscard]] bool watched() {
    std::lock_guard const lock(m_mutex);
    return m_arrived != nullptr;
  }
  [[nodiscard]] int attempts() const { return m_attempts; }

 private:
  std::shared_ptr<host::Port> m_inner;
  std::mutex m_mutex;
  std::function<void()> m_arrived;
  std::atomic<int> m_attempts = 0;
};

class CodeScannerContract : public testing::TestWithParam<Wire> {
 protected:
  CodeScannerContract() {
    auto const path = m_folder / "scanner";
    m_port = std::make_shared<WatchedPort>(path.string());
    if (GetParam() == Wire::serial) {
      m_serial = std::move(*emulated::EmulatedScanner::create(path));
      code_scanner::SerialScannerOptions options;
      options.port = m_port;
      m_driver = code_scanner::make_serial_scanner(m_thread, m_env.env(), options, m_events.listener());
    } else {
      m_hid = std::move(*emulated::EmulatedHidScanner::create(path));
      code_scanner::HidScannerOptions options;
      options.port = m_port;
      m_driver = code_scanner::make_hid_scanner(m_thread, m_env.env(), options, m_events.listener());
    }
  }
  void scan(std::string_view text) { m_serial ? m_serial->scan(text) : m_hid->scan(text); }
  emulated::WireDevice& module() {
    return m_serial ? static_cast<emulated::WireDevice&>(*m_serial) : static_cast<emulated::WireDevice&>(*m_hid);
  }
  void start() {
    m_driver->start_scanning();
    // The driver drops what came before it was asked; from the first code on it is listening.
    ASSERT_TRUE(test::eventually([&] {
      scan("ready?");
      return m_events.next<CodeScanned>({}, 100ms).has_value();
    }));
  }
  bool wait_for_state(device::State state) {
    return m_events.next<ScannerHealth>([&](auto const& event) { return event.health.state == state; }).has_value();
  }
  std::string next_text() {
    auto const scanned = m_events.next<CodeScanned>([](auto const& event) { return event.text != "ready?"; });
    return scanned ? scanned->text : "nothing";
  }

  test::TempDir m_folder{"scanner"};
  RealEnv m_env;
  test::EventLog<device::CodeScannerEvent> m_events;
  std::unique_ptr<emulated::EmulatedScanner> m_serial;
  std::unique_ptr<emulated::EmulatedHidScanner> m_hid;
  std::shared_ptr<WatchedPort> m_port;
  ThreadExecutor m_thread{"scanner"};
  std::unique_ptr<device::CodeScanner> m_driver;
};

INSTANTIATE_TEST_SUITE_P(Wires, CodeScannerContract, testing::Values(Wire::serial, Wire::hid),
                         [](auto const& info) { return info.param == Wire::serial ? "serial" : "hid"; });

TEST_P(CodeScannerContract, TellsEachCodeInOrder) {
  start();
  scan("YZ1:ABC");
  scan("张三 䶮");
  EXPECT_EQ(next_text(), "YZ1:ABC");
  EXPECT_EQ(next_text(), "张三 䶮");
}

TEST_P(CodeScannerContract, ALongCodeArrivesWhole) {
  start();
  std::string const text(4000, 'Q');
  scan(text);
  EXPECT_EQ(next_text(), text);
}

TEST_P(CodeScannerContract, TooLongOrTypingCodesAreUnusable) {
  start();
  scan(std::string(5000, 'Q'));
  auto const too_long = m_events.next<CodeUnusable>();
  ASSERT_TRUE(too_long);
  EXPECT_TRUE(too_long->error.is("code_too_long"));
  scan("rm -rf\x1b[A");
  auto const typing = m_events.next<CodeUnusable>();
  ASSERT_TRUE(typing);
  EXPECT_TRUE(typing->error.is("code_not_text"));
  scan("next");
  EXPECT_EQ(next_text(), "next");
}

TEST_P(CodeScannerContract, WhatWasScannedWhileNobodyAskedIsDropped) {
  start();
  m_driver->stop_scanning();
  m_driver->check_health();
  ASSERT_TRUE(m_events.next<ScannerHealth>());
  scan("too early");
  start();
  scan("in time");
  EXPECT_EQ(next_text(), "in time");
}

TEST_P(CodeScannerContract, UnpluggedItIsAbsentAndComesBack) {
  start();
  module().unplug();
  ASSERT_TRUE(wait_for_state(device::State::absent));
  ASSERT_TRUE(module().plug());
  ASSERT_TRUE(wait_for_state(device::State::ready));
  scan("back");
  EXPECT_EQ(next_text(), "back");
}

TEST_P(CodeScannerContract, HealthIsToldWhenAskedAlsoWhileIdle) {
  m_driver->check_health();
  auto const ready = m_events.next<ScannerHealth>();
  ASSERT_TRUE(ready);
  EXPECT_EQ(ready->health.state, device::State::ready);
  module().unplug();
  m_driver->check_health();
  auto const absent = m_events.next<ScannerHealth>();
  ASSERT_TRUE(absent);
  EXPECT_EQ(absent->health.state, device::State::absent);
}

TEST_P(CodeScannerContract, PluggedInItIsOpenedAtOnceAlsoWhileIdle) {
  module().unplug();
  m_driver->check_health();
  ASSERT_TRUE(wait_for_state(device::State::absent));
  auto const attempts = m_port->attempts();
  ASSERT_TRUE(module().plug());
  m_port->announce();
  ASSERT_TRUE(wait_for_state(device::State::ready));
  EXPECT_EQ(m_port->attempts(), attempts + 1);
  m_driver.reset();
  EXPECT_FALSE(m_port->watched());
}

TEST_P(CodeScannerContract, IsDestroyedWithinHalfASecond) {
  start();
  auto const before = std::chrono::steady_clock::now();
  m_driver.reset();
  m_thread.stop();
  EXPECT_LT(std::chrono::steady_clock::now() - before, 500ms);
}

using SerialScannerContract = CodeScannerContract;
INSTANTIATE_TEST_SUITE_P(Wires, SerialScannerContract, testing::Values(Wire::serial));

TEST_P(SerialScannerContract, ACodeWithoutAnEndIsToldAfterSilence) {
  start();
  m_serial->scan_without_end("no line end");
  EXPECT_EQ(next_text(), "no line end");
}

using HidScannerContract = CodeScannerContract;
INSTANTIATE_TEST_SUITE_P(Wires, HidScannerContract, testing::Values(Wire::hid));

TEST_P(HidScannerContract, ACodeWhoseLastReportIsLostIsNoCode) {
  start();
  m_hid->scan_without_last(std::string(100, 'Q'));
  auto const lost = m_events.next<CodeUnusable>();
  ASSERT_TRUE(lost);
  EXPECT_TRUE(lost->error.is("code_incomplete"));
  scan("whole");
  EXPECT_EQ(next_text(), "whole");
}

TEST_P(HidScannerContract, NoiseTakesOneCodeWithItAtMost) {
  start();
  m_hid->send_bytes("\x7f\x02\xffnoise");
  m_hid->scan(std::string(100, 'Q'));
  auto const damaged = m_events.next<CodeUnusable>();
  ASSERT_TRUE(damaged);
  EXPECT_TRUE(damaged->error.is("code_incomplete"));
  m_hid->scan("A001");
  EXPECT_EQ(next_text(), "A001");
}

/// The keyboard scanner has no wire of its own: bursts of keys are handed to it.
class WedgeContract : public testing::Test {
 protected:
  WedgeContract() {
    std::ofstream(m_options.node) << "keyboard";
    m_driver = code_scanner::make_wedge_scanner(m_thread, m_env.env(), m_options, m_events.listener());
  }

  test::TempDir m_folder{"wedge"};
  RealEnv m_env;
  test::EventLog<device::CodeScannerEvent> m_events;
  code_scanner::WedgeOptions m_options{.prefix = "~#", .node = (m_folder / "event-kbd").string()};
  ThreadExecutor m_thread{"scanner"};
  std::unique_ptr<code_scanner::WedgeScanner> m_driver;
};

TEST_F(WedgeContract, OnlyCodesWithItsPrefixAndItsEndAreTold) {
  using code_scanner::TypedEnd;
  m_driver->typed({"~#too early", TypedEnd::enter, true});
  m_driver->start_scanning();
  m_driver->typed({"A000", TypedEnd::enter, true});
  m_driver->typed({"~#A002", TypedEnd::tab, true});
  m_driver->typed({"~#A003", TypedEnd::silence, true});
  m_driver->typed({"~#A001", TypedEnd::enter, true});
  auto const scanned = m_events.next<CodeScanned>();
  ASSERT_TRUE(scanned);
  EXPECT_EQ(scanned->text, "A001");
  m_driver->typed({"~#A004", TypedEnd::enter, false});
  auto const typing = m_events.next<CodeUnusable>();
  ASSERT_TRUE(typing);
  EXPECT_TRUE(typing->error.is("code_not_text"));
  EXPECT_EQ(m_events.count<CodeScanned>(), 1);
}

TEST_F(WedgeContract, ItsNodeTellsWhetherItIsThere) {
  m_driver->check_health();
  auto const ready = m_events.next<ScannerHealth>();
  ASSERT_TRUE(ready);
  EXPECT_EQ(ready->health.state, device::State::ready);
  std::filesystem::remove(m_options.node);
  m_driver->check_health();
  auto const absent = m_events.next<ScannerHealth>();
  ASSERT_TRUE(absent);
  EXPECT_EQ(absent->health.state, device::State::absent);
}

}  // namespace
}  // namespace yizhan

/// What a code scanner promises (peripherals/api/code_scanner.h), by the serial driver over a real pseudo terminal.
#include "peripherals/code_scanner/serial_scanner.h"

#include <gtest/gtest.h>

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

class SerialScannerContract : public testing::Test {
 protected:
  SerialScannerContract() {
    m_module = std::move(*emulated::EmulatedScanner::create(m_folder / "scanner"));
    code_scanner::SerialScannerOptions options;
    options.port = host::serial_port_at((m_folder / "scanner").string(), 115200);
    m_driver = code_scanner::make_serial_scanner(m_thread, m_env.env(), options, m_events.listener());
  }
  void start() {
    m_driver->start_scanning();
    // The driver drops what came before it was asked; from the first code on it is listening.
    ASSERT_TRUE(test::eventually([&] {
      m_module->scan("ready?");
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
  std::unique_ptr<emulated::EmulatedScanner> m_module;
  ThreadExecutor m_thread{"scanner"};
  std::unique_ptr<device::CodeScanner> m_driver;
};

TEST_F(SerialScannerContract, TellsEachCodeInOrder) {
  start();
  m_module->scan("YZ1:ABC");
  m_module->scan("张三 䶮");
  EXPECT_EQ(next_text(), "YZ1:ABC");
  EXPECT_EQ(next_text(), "张三 䶮");
}

TEST_F(SerialScannerContract, ACodeWithoutAnEndIsToldAfterSilence) {
  start();
  m_module->scan_without_end("no line end");
  EXPECT_EQ(next_text(), "no line end");
}

TEST_F(SerialScannerContract, ALongCodeArrivesWhole) {
  start();
  std::string const text(4000, 'Q');
  m_module->scan(text);
  EXPECT_EQ(next_text(), text);
}

TEST_F(SerialScannerContract, TooLongOrTypingCodesAreUnusable) {
  start();
  m_module->scan(std::string(5000, 'Q'));
  auto const too_long = m_events.next<CodeUnusable>();
  ASSERT_TRUE(too_long);
  EXPECT_TRUE(too_long->error.is("code_too_long"));
  m_module->scan("rm -rf\x1b[A");
  auto const typing = m_events.next<CodeUnusable>();
  ASSERT_TRUE(typing);
  EXPECT_TRUE(typing->error.is("code_not_text"));
  m_module->scan("next");
  EXPECT_EQ(next_text(), "next");
}

TEST_F(SerialScannerContract, WhatWasScannedWhileNobodyAskedIsDropped) {
  start();
  m_driver->stop_scanning();
  m_driver->check_health();
  ASSERT_TRUE(m_events.next<ScannerHealth>());
  m_module->scan("too early");
  start();
  m_module->scan("in time");
  EXPECT_EQ(next_text(), "in time");
}

TEST_F(SerialScannerContract, UnpluggedItIsAbsentAndComesBack) {
  start();
  m_module->unplug();
  ASSERT_TRUE(wait_for_state(device::State::absent));
  ASSERT_TRUE(m_module->plug());
  ASSERT_TRUE(wait_for_state(device::State::ready));
  m_module->scan("back");
  EXPECT_EQ(next_text(), "back");
}

TEST_F(SerialScannerContract, HealthIsToldWhenAskedAlsoWhileIdle) {
  m_driver->check_health();
  auto const ready = m_events.next<ScannerHealth>();
  ASSERT_TRUE(ready);
  EXPECT_EQ(ready->health.state, device::State::ready);
  m_module->unplug();
  m_driver->check_health();
  auto const absent = m_events.next<ScannerHealth>();
  ASSERT_TRUE(absent);
  EXPECT_EQ(absent->health.state, device::State::absent);
}

TEST_F(SerialScannerContract, IsDestroyedWithinHalfASecond) {
  start();
  auto const before = std::chrono::steady_clock::now();
  m_driver.reset();
  m_thread.stop();
  EXPECT_LT(std::chrono::steady_clock::now() - before, 500ms);
}

}  // namespace
}  // namespace yizhan

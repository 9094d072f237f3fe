/// The same driver before CUPS's reference printer: a third opinion on the bytes.
#include "tests/contract/peripherals/document_printer/printing.h"
#include "tests/support/printing/eve_printer.h"

namespace yizhan {
namespace {

class EvePrinterContract : public Printing {
 protected:
  EvePrinterContract() { drive(impatient(m_printer.uri())); }
  test::EvePrinter m_printer;
};

TEST_F(EvePrinterContract, WhatComesOutIsWhatWasSent) {
  EXPECT_EQ(outcome(print(17)), "printed") << m_printer.jobs();
  EXPECT_EQ(m_printer.printed(), 1);
  EXPECT_EQ(m_printer.document(1), document(17));
  EXPECT_EQ(outcome(print(18)), "printed");
  EXPECT_EQ(m_printer.document(2), document(18));
}

// It calls all its reasons warnings and goes on as if it printed.
TEST_F(EvePrinterContract, WithoutPaperTheJobIsCancelledAndNeverComesOut) {
  for (auto const& [reason, code] : {std::pair{"media-empty", "tray_empty"},
                                     {"media-jam", "paper_jam"},
                                     {"cover-open", "printer_door_open"},
                                     {"toner-empty", "toner_empty"}}) {
    test::EvePrinter printer;
    auto options = impatient(printer.uri());
    options.silence = 20s;
    drive(options);
    printer.set_reasons(reason);
    printer.hold_back();
    auto const job = print();
    // Cancelled, it waits for what "prints" to end.
    ASSERT_TRUE(test::eventually([&] { return printer.jobs().find("operation-id=Cancel-Job") != std::string::npos; }))
        << reason;
    printer.give_up();
    EXPECT_EQ(outcome(job), std::string("failed ") + code);
    EXPECT_EQ(printer.printed(), 0);
  }
}

TEST_F(EvePrinterContract, AWarningAloneStopsNoJob) {
  auto options = impatient(m_printer.uri());
  options.doubt = 20s;
  drive(options);
  m_printer.set_reasons("media-empty");
  EXPECT_EQ(outcome(print()), "printed");
}

TEST_F(EvePrinterContract, AJobThatDoesNotEvenEndIsUnknown) {
  m_printer.set_reasons("media-jam");
  m_printer.hold_back();
  EXPECT_EQ(outcome(print()), "unknown paper_jam");
}

TEST_F(EvePrinterContract, AJobThePrinterGivesUpHasFailed) {
  m_printer.give_up();
  EXPECT_EQ(outcome(print()), "failed printer_rejected");
  EXPECT_EQ(m_printer.printed(), 0);
}

TEST_F(EvePrinterContract, KilledInTheMiddleTheJobIsUnknown) {
  m_printer.hold_back();
  auto const job = print();
  ASSERT_TRUE(wait_for_state(device::State::ready));
  ASSERT_TRUE(test::eventually(20s, [&] { return m_printer.jobs().find("rocessing") != std::string::npos; }));
  m_printer.kill();
  EXPECT_EQ(outcome(job), "unknown printer_unreachable");
}

TEST_F(EvePrinterContract, BackWithoutMemoryItDoesNotKnowTheJob) {
  auto options = impatient(m_printer.uri());
  options.silence = 20s;
  drive(options);
  m_printer.hold_back();
  auto const job = print();
  ASSERT_TRUE(wait_for_state(device::State::ready));
  ASSERT_TRUE(test::eventually(20s, [&] { return m_printer.jobs().find("rocessing") != std::string::npos; }));
  m_printer.kill();
  m_printer.give_up();
  m_printer.start();
  EXPECT_EQ(outcome(job), "unknown printer_unreachable");
}

TEST_F(EvePrinterContract, ABusyPrinterIsWaitedFor) {
  m_printer.hold_back();
  m_printer.occupy("somebody");
  auto const job = print(4);
  ASSERT_TRUE(wait_for_state(device::State::ready));
  m_printer.release();
  EXPECT_EQ(outcome(job), "printed");
  EXPECT_EQ(m_printer.document(2), document(4));
}

TEST_F(EvePrinterContract, OnlyTheCertificateThatWasAgreedOnIsSpokenTo) {
  auto options = impatient("ipps" + m_printer.uri().substr(3));
  options.certificate = "sha256:" + std::string(64, '0');
  options.reply = 5s;
  drive(options);
  EXPECT_EQ(outcome(print()), "failed printer_certificate");
  m_driver->check_health();
  auto const health = m_events.next<device::DocumentPrinterHealth>(
      [](auto const& event) { return event.health.state == device::State::faulted; });
  ASSERT_TRUE(health);
  auto const detail = health->health.last_fault->detail();
  ASSERT_EQ(detail.substr(0, 14), "it has sha256:");
  EXPECT_EQ(m_printer.jobs().find("operation-id=Create-Job"), std::string::npos);
  options.certificate = detail.substr(7);
  drive(options);
  EXPECT_EQ(outcome(print(21)), "printed");
  EXPECT_EQ(m_printer.document(1), document(21));
}

TEST_F(EvePrinterContract, NobodyAtTheAddressIsAbsent) {
  m_printer.kill();
  EXPECT_EQ(outcome(print()), "failed device_absent");
}

}  // namespace
}  // namespace yizhan

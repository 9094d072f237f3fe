/// What a ticket printer promises (peripherals/api/ticket_printer.h), by the ESC/POS driver over a real pseudo terminal.
#include <gtest/gtest.h>

#include "peripherals/emulated/ticket_printer.h"
#include "peripherals/ticket_printer/escpos_printer.h"
#include "shared/base/real_env.h"
#include "tests/support/devices/event_log.h"
#include "tests/support/temp_dir.h"

namespace yizhan {
namespace {

using namespace std::chrono_literals;
using device::PaperImage;
using device::PrinterHealth;
using device::PrintFailed;
using device::PrintFinished;
using device::PrintUnknown;
using emulated::PrinterFault;

PaperImage picture(int height = 600) {
  PaperImage image{576, height, {}};
  // No byte is 10: nothing needs a dot more.
  for (int i = 0; i < image.row_bytes() * height; ++i) image.bits.push_back(static_cast<std::uint8_t>(i * 7 | 0x81));
  return image;
}

class TicketPrinterContract : public testing::Test {
 protected:
  TicketPrinterContract() {
    m_printer = std::move(*emulated::EmulatedPrinter::create(m_folder / "printer", 576));
    ticket_printer::EscPosPrinterOptions options;
    options.port = host::serial_port_at((m_folder / "printer").string(), 115200);
    m_driver = ticket_printer::make_escpos_printer(m_thread, m_env.env(), options, m_events.listener());
  }
  Uuid print(int height = 600) {
    auto const job = Uuid::v7(m_env.env());
    m_driver->print(job, picture(height));
    return job;
  }
  /// "printed", "failed CODE" or "unknown CODE" of the job, whatever else is told meanwhile.
  std::string outcome(Uuid job) {
    std::string told = "nothing";
    m_events.next_that([&](auto const& event) {
      if (auto const* done = std::get_if<PrintFinished>(&event); done && done->job == job) told = "printed";
      if (auto const* failed = std::get_if<PrintFailed>(&event); failed && failed->job == job) {
        told = "failed " + std::string(failed->error.code());
      }
      if (auto const* lost = std::get_if<PrintUnknown>(&event); lost && lost->job == job) {
        told = "unknown " + std::string(lost->error.code());
      }
      return told != "nothing";
    });
    return told;
  }
  bool wait_for_state(device::State state) {
    return m_events.next<PrinterHealth>([&](auto const& event) { return event.health.state == state; }).has_value();
  }

  test::TempDir m_folder{"printer"};
  RealEnv m_env;
  test::EventLog<device::TicketPrinterEvent> m_events;
  std::unique_ptr<emulated::EmulatedPrinter> m_printer;
  ThreadExecutor m_thread{"printer"};
  std::unique_ptr<device::TicketPrinter> m_driver;
};

TEST_F(TicketPrinterContract, PrintsThePictureDotForDot) {
  EXPECT_EQ(outcome(print()), "printed");
  auto const tickets = m_printer->tickets();
  ASSERT_EQ(tickets.size(), 1U);
  auto paper = tickets[0];
  auto const image = picture();
  paper.bits.resize(image.bits.size());
  EXPECT_EQ(paper.bits, image.bits);
  EXPECT_EQ(m_printer->real_time_in_data(), 0);
  EXPECT_EQ(m_printer->unknown_bytes(), 0);
}

TEST_F(TicketPrinterContract, JobsArePrintedInOrderEachWithOneOutcome) {
  std::vector<Uuid> jobs;
  for (int i = 0; i < 5; ++i) jobs.push_back(print(100 + i));
  for (auto const& job : jobs) EXPECT_EQ(outcome(job), "printed");
  auto const tickets = m_printer->tickets();
  ASSERT_EQ(tickets.size(), 5U);
  for (std::size_t i = 1; i < tickets.size(); ++i) EXPECT_GT(tickets[i].height, tickets[i - 1].height);
}

TEST_F(TicketPrinterContract, WhatIsWrongBeforeAJobFailsItAndNothingIsSent) {
  for (auto const& [fault, code] :
       std::vector<std::pair<PrinterFault, std::string>>{{PrinterFault::paper_end, "paper_end"},
                                                         {PrinterFault::cover, "cover_open"},
                                                         {PrinterFault::cutter, "cutter_jam"},
                                                         {PrinterFault::overheated, "printer_overheated"},
                                                         {PrinterFault::unrecoverable, "printer_error"},
                                                         {PrinterFault::offline, "printer_offline"},
                                                         {PrinterFault::silent, "printer_offline"}}) {
    m_printer->set_fault(fault);
    EXPECT_EQ(outcome(print()), "failed " + code);
    m_printer->set_fault(PrinterFault::none);
    EXPECT_TRUE(wait_for_state(device::State::ready)) << "cured " << code;
  }
  EXPECT_TRUE(m_printer->tickets().empty());
}

TEST_F(TicketPrinterContract, NearEndIsAWarning) {
  m_printer->set_fault(PrinterFault::near_end);
  EXPECT_EQ(outcome(print()), "printed");
  auto const health = m_events.next<PrinterHealth>();
  ASSERT_TRUE(health && health->status);
  EXPECT_EQ(health->status->paper, device::Paper::near_end);
  EXPECT_EQ(health->health.state, device::State::ready);
}

TEST_F(TicketPrinterContract, PaperThatEndsInTheMiddleIsNeverCalledPrinted) {
  m_printer->set_speed(1200);
  m_printer->fault_after_rows(PrinterFault::paper_end, 200);
  EXPECT_EQ(outcome(print()), "unknown paper_end");
  EXPECT_TRUE(m_printer->tickets().empty());
}

TEST_F(TicketPrinterContract, ACoverOpenedInTheMiddleIsNoticedWithinTwoSeconds) {
  m_printer->set_speed(300);
  auto const job = print();
  ASSERT_TRUE(test::eventually([&] { return m_printer->rows_burnt() > 50; }));
  auto const before = std::chrono::steady_clock::now();
  m_printer->set_fault(PrinterFault::cover);
  EXPECT_EQ(outcome(job), "unknown cover_open");
  EXPECT_LT(std::chrono::steady_clock::now() - before, 2s);
}

TEST_F(TicketPrinterContract, ACutterThatJamsAtTheEndIsNeverCalledPrinted) {
  m_printer->fault_after_rows(PrinterFault::cutter, 0);
  EXPECT_EQ(outcome(print()), "unknown cutter_jam");
}

TEST_F(TicketPrinterContract, AStatusThatIsLostAfterTheJobLeavesItUnknown) {
  m_printer->set_speed(300);
  auto const job = print();
  ASSERT_TRUE(test::eventually([&] { return m_printer->rows_burnt() > 50; }));
  m_printer->set_fault(PrinterFault::silent);
  EXPECT_EQ(outcome(job), "unknown printer_offline");
}

TEST_F(TicketPrinterContract, UnpluggedInTheMiddleLeavesItUnknownAndThePrinterAbsent) {
  m_printer->unplug_after_bytes(5000);
  EXPECT_EQ(outcome(print()), "unknown device_absent");
  EXPECT_TRUE(wait_for_state(device::State::absent));
  EXPECT_EQ(outcome(print()), "failed device_absent");
  auto const before = std::chrono::steady_clock::now();
  ASSERT_TRUE(m_printer->plug());
  ASSERT_TRUE(wait_for_state(device::State::ready));
  EXPECT_LT(std::chrono::steady_clock::now() - before, 3s);
  EXPECT_EQ(outcome(print()), "printed");
  EXPECT_EQ(m_printer->tickets().size(), 1U);
}

TEST_F(TicketPrinterContract, NoPointAtWhichPaperEndsGivesAFalsePrinted) {
  for (int rows = 0; rows <= 120; rows += 20) {
    auto const before = m_printer->tickets().size();
    m_printer->fault_after_rows(PrinterFault::paper_end, rows);
    auto const told = outcome(print(100));
    bool const whole = m_printer->tickets().size() > before;
    EXPECT_TRUE(whole || told != "printed") << rows << " rows: " << told;
    m_printer->set_fault(PrinterFault::none);
    // What waited in the printer is printed after the refill; the next job must not take its answer.
    ASSERT_TRUE(test::eventually([&] { return m_printer->tickets().size() == before + 1; }));
  }
}

// The refill sets off the old job's answer just before the paper ends again within the new one.
TEST_F(TicketPrinterContract, AnOldJobsAnswerIsNotTheNewOnes) {
  m_printer->fault_after_rows(PrinterFault::paper_end, 50);
  EXPECT_EQ(outcome(print(300)), "unknown paper_end");
  m_printer->set_speed(1200);
  m_printer->set_fault(PrinterFault::none);
  m_printer->fault_after_rows(PrinterFault::paper_end, 400);
  EXPECT_EQ(outcome(print(300)), "unknown paper_end");
  EXPECT_EQ(m_printer->tickets().size(), 1U);
}

TEST_F(TicketPrinterContract, ATicketAtARealPrintersSpeedIsDoneWithinTenSeconds) {
  m_printer->set_speed(1200);
  auto const before = std::chrono::steady_clock::now();
  EXPECT_EQ(outcome(print(1200)), "printed");
  EXPECT_LT(std::chrono::steady_clock::now() - before, 10s);
}

TEST_F(TicketPrinterContract, HealthIsToldWhenAsked) {
  m_driver->check_health();
  auto const health = m_events.next<PrinterHealth>();
  ASSERT_TRUE(health && health->status);
  EXPECT_EQ(health->health.state, device::State::ready);
  EXPECT_EQ(health->status->raw, (std::array<std::uint8_t, 4>{0x12, 0x12, 0x12, 0x12}));
}

TEST_F(TicketPrinterContract, IsDestroyedWithinHalfASecondInTheMiddleOfAJob) {
  m_printer->set_speed(100);
  print();
  ASSERT_TRUE(test::eventually([&] { return m_printer->rows_burnt() > 0; }));
  auto const before = std::chrono::steady_clock::now();
  m_driver.reset();
  m_thread.stop();
  EXPECT_LT(std::chrono::steady_clock::now() - before, 500ms);
  EXPECT_EQ(m_events.count<PrintFinished>(), 0);
}

TEST_F(TicketPrinterContract, TheCommandLinesStatusTellsAllFourBytes) {
  m_driver.reset();
  auto const port = (m_folder / "printer").string();
  m_printer->set_fault(PrinterFault::paper_end);
  auto const status = ticket_printer::printer_status(*host::serial_port_at(port, 115200));
  ASSERT_TRUE(status);
  EXPECT_EQ(status->paper, device::Paper::end);
  EXPECT_EQ(status->raw, (std::array<std::uint8_t, 4>{0x1A, 0x32, 0x12, 0x7E}));
  m_printer->set_fault(PrinterFault::silent);
  EXPECT_TRUE(ticket_printer::printer_status(*host::serial_port_at(port, 115200)).error().is("printer_offline"));
  EXPECT_TRUE(ticket_printer::printer_status(*host::serial_port_at(port + "x", 115200)).error().is("device_absent"));
}

}  // namespace
}  // namespace yizhan

/// What a ticket printer promises (peripherals/api/ticket_printer.h), by the ESC/POS driver over each carrier.
#include <gtest/gtest.h>

#include <future>

#include "peripherals/ticket_printer/escpos.h"
#include "peripherals/ticket_printer/escpos_printer.h"
#include "shared/base/real_env.h"
#include "tests/support/devices/event_log.h"
#include "tests/support/printing/ticket_printers.h"
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
using test::Carrier;

struct Case {
  Carrier carrier;
  int width;
  bool tells_changes;
};

std::string name_of(testing::TestParamInfo<Case> const& info) {
  auto const& one = info.param;
  return to_string(one.carrier) + (one.width == 384 ? "58mm" : "80mm") + (one.tells_changes ? "Automatic" : "Asked");
}

class TicketPrinterContract : public testing::TestWithParam<Case> {
 protected:
  TicketPrinterContract() {
    m_printer->set_automatic_status(GetParam().tells_changes);
    drive();
  }
  ~TicketPrinterContract() override { m_driver.reset(); }
  void drive() {
    ticket_printer::EscPosPrinterOptions options;
    options.port = m_printer.port();
    options.look_unheard = 500ms;
    m_driver = ticket_printer::make_escpos_printer(m_thread, m_env.env(), options, m_events.listener());
  }
  /// The port is free afterwards: the driver's thread may still have had it in hand.
  void stop_driving() {
    m_driver.reset();
    std::promise<void> done;
    m_thread.post([&] { done.set_value(); });
    done.get_future().wait();
  }
  [[nodiscard]] static PaperImage picture(int height = 600) {
    return test::numbered_picture(GetParam().width, height, 1);
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
  test::WiredTicketPrinter m_printer{GetParam().carrier, GetParam().width, m_folder.path()};
  ThreadExecutor m_thread{"printer"};
  std::unique_ptr<device::TicketPrinter> m_driver;
};

TEST_P(TicketPrinterContract, PrintsThePictureDotForDot) {
  EXPECT_EQ(outcome(print()), "printed");
  auto const tickets = m_printer->tickets();
  ASSERT_EQ(tickets.size(), 1U);
  EXPECT_EQ(test::copies_of(picture(), tickets), 1);
  EXPECT_TRUE(m_printer->scraps().empty());
  EXPECT_EQ(m_printer->real_time_in_data(), 0);
  EXPECT_EQ(m_printer->unknown_bytes(), 0);
}

TEST_P(TicketPrinterContract, JobsArePrintedInOrderEachWithOneOutcome) {
  std::vector<Uuid> jobs;
  for (int i = 0; i < 5; ++i) jobs.push_back(print(100 + i));
  for (auto const& job : jobs) EXPECT_EQ(outcome(job), "printed");
  auto const tickets = m_printer->tickets();
  ASSERT_EQ(tickets.size(), 5U);
  for (std::size_t i = 1; i < tickets.size(); ++i) EXPECT_GT(tickets[i].height, tickets[i - 1].height);
}

TEST_P(TicketPrinterContract, WhatIsWrongBeforeAJobFailsItAndNothingIsSent) {
  for (auto const& [fault, code] :
       std::vector<std::pair<PrinterFault, std::string>>{{PrinterFault::paper_end, "paper_end"},
                                                         {PrinterFault::cover, "cover_open"},
                                                         {PrinterFault::cutter, "cutter_jam"},
                                                         {PrinterFault::overheated, "printer_overheated"},
                                                         {PrinterFault::unrecoverable, "printer_error"},
                                                         {PrinterFault::recoverable, "printer_recoverable"},
                                                         {PrinterFault::waiting, "printer_waiting"},
                                                         {PrinterFault::offline, "printer_offline"},
                                                         {PrinterFault::silent, "printer_offline"}}) {
    m_printer->set_fault(fault);
    EXPECT_EQ(outcome(print()), "failed " + code);
    auto const cured = std::chrono::steady_clock::now();
    m_printer->set_fault(PrinterFault::none);
    EXPECT_TRUE(wait_for_state(device::State::ready)) << "cured " << code;
    EXPECT_LT(std::chrono::steady_clock::now() - cured, 5s) << code;
  }
  EXPECT_TRUE(m_printer->tickets().empty());
}

TEST_P(TicketPrinterContract, NearEndIsAWarning) {
  m_printer->set_fault(PrinterFault::near_end);
  EXPECT_EQ(outcome(print()), "printed");
  m_driver->check_health();
  auto const health = m_events.next<PrinterHealth>();
  ASSERT_TRUE(health && health->status);
  EXPECT_EQ(health->status->paper, device::Paper::near_end);
  EXPECT_EQ(health->health.state, device::State::ready);
}

TEST_P(TicketPrinterContract, TellsThePaperAJobTook) {
  auto const job = print(800);
  auto const done = m_events.next<PrintFinished>([&](auto const& event) { return event.job == job; });
  ASSERT_TRUE(done);
  EXPECT_EQ(done->paper_mm, 113);
}

// Nobody asks for a job or for its health.
TEST_P(TicketPrinterContract, WhatGoesWrongAndIsCuredBetweenJobsIsNoticed) {
  ASSERT_EQ(outcome(print(50)), "printed");
  // 200 ms where it tells by itself, 500 ms where it is asked, and what a busy machine needs.
  auto const limit = 2s;
  for (auto const fault : {PrinterFault::cover, PrinterFault::paper_end}) {
    auto const before = std::chrono::steady_clock::now();
    m_printer->set_fault(fault);
    ASSERT_TRUE(wait_for_state(device::State::faulted));
    EXPECT_LT(std::chrono::steady_clock::now() - before, limit);
    m_printer->set_fault(PrinterFault::none);
    ASSERT_TRUE(wait_for_state(device::State::ready));
  }
}

TEST_P(TicketPrinterContract, PulledOutBetweenJobsItIsAbsentAtOnceAndComesBack) {
  ASSERT_TRUE(wait_for_state(device::State::ready));
  auto const before = std::chrono::steady_clock::now();
  m_printer.unplug();
  ASSERT_TRUE(wait_for_state(device::State::absent));
  EXPECT_LT(std::chrono::steady_clock::now() - before, 1s);
  auto const back = std::chrono::steady_clock::now();
  m_printer.plug();
  ASSERT_TRUE(wait_for_state(device::State::ready));
  EXPECT_LT(std::chrono::steady_clock::now() - back, 3s);
}

TEST_P(TicketPrinterContract, PaperThatEndsInTheMiddleIsNeverCalledPrinted) {
  m_printer->set_speed(1200);
  m_printer->fault_after_rows(PrinterFault::paper_end, 200);
  EXPECT_EQ(outcome(print()), "unknown paper_end");
  EXPECT_TRUE(m_printer->tickets().empty());
}

TEST_P(TicketPrinterContract, ACoverOpenedInTheMiddleIsNoticedWithinTwoSeconds) {
  m_printer->set_speed(300);
  auto const job = print();
  ASSERT_TRUE(test::eventually([&] { return m_printer->rows_burnt() > 50; }));
  auto const before = std::chrono::steady_clock::now();
  m_printer->set_fault(PrinterFault::cover);
  EXPECT_EQ(outcome(job), "unknown cover_open");
  EXPECT_LT(std::chrono::steady_clock::now() - before, 2s);
}

TEST_P(TicketPrinterContract, ACutterThatJamsAtTheEndIsNeverCalledPrinted) {
  m_printer->fault_after_rows(PrinterFault::cutter, 0);
  EXPECT_EQ(outcome(print()), "unknown cutter_jam");
}

TEST_P(TicketPrinterContract, AStatusThatIsLostAfterTheJobLeavesItUnknown) {
  m_printer->set_speed(300);
  auto const job = print();
  ASSERT_TRUE(test::eventually([&] { return m_printer->rows_burnt() > 50; }));
  m_printer->set_fault(PrinterFault::silent);
  EXPECT_EQ(outcome(job), "unknown printer_offline");
}

TEST_P(TicketPrinterContract, UnpluggedInTheMiddleLeavesItUnknownAndThePrinterAbsent) {
  m_printer->unplug_after_bytes(15'000);
  EXPECT_EQ(outcome(print()), "unknown device_absent");
  EXPECT_TRUE(wait_for_state(device::State::absent));
  EXPECT_EQ(outcome(print()), "failed device_absent");
  auto const before = std::chrono::steady_clock::now();
  m_printer.plug();
  ASSERT_TRUE(wait_for_state(device::State::ready));
  EXPECT_LT(std::chrono::steady_clock::now() - before, 3s);
  EXPECT_EQ(outcome(print()), "printed");
  EXPECT_EQ(test::copies_of(picture(), m_printer->tickets()), 1);
}

// It keeps its power, and waits for the rest of the picture when its cable is back.
TEST_P(TicketPrinterContract, ATicketTornByACableIsNoPartOfTheNext) {
  m_printer->set_self_powered(true);
  m_printer->unplug_after_bytes(15'000);
  EXPECT_EQ(outcome(print()), "unknown device_absent");
  m_printer.plug();
  ASSERT_TRUE(wait_for_state(device::State::ready));
  EXPECT_EQ(outcome(print()), "printed");
  EXPECT_EQ(m_printer->tickets().size(), 2U) << "half of the first one, cut off, and the second";
  EXPECT_EQ(test::copies_of(picture(), m_printer->tickets()), 1);
  EXPECT_EQ(m_printer->unknown_bytes(), 0);
}

// The program was killed in the middle of a picture.
TEST_P(TicketPrinterContract, ATicketTornByAnEarlierRunIsNoPartOfTheNext) {
  stop_driving();
  {
    auto line = m_printer.port()->open(std::make_shared<host::Interrupt>());
    ASSERT_TRUE(line);
    auto bytes = ticket_printer::encode_ticket(picture());
    bytes.resize(bytes.size() / 2);
    host::Deadline const deadline(5s);
    ASSERT_TRUE(line->line->write_all(std::as_bytes(std::span(bytes)), deadline));
    ASSERT_TRUE(test::eventually([&] { return m_printer->rows_burnt() > 200; }));
  }
  drive();
  EXPECT_EQ(outcome(print(100)), "printed");
  EXPECT_EQ(outcome(print(100)), "printed");
  EXPECT_EQ(test::copies_of(picture(100), m_printer->tickets()), 2);
}

TEST_P(TicketPrinterContract, AnswersThatAreAlteredLostOrTooManyGiveNoFalsePrinted) {
  m_printer->set_speed(2400);
  for (std::uint32_t seed = 1; seed <= 3; ++seed) {
    m_printer->seed(seed);
    m_printer->set_fault(PrinterFault::garbled);
    m_printer->fault_after_rows(PrinterFault::paper_end, 150);
    EXPECT_NE(outcome(print(200)), "printed") << "seed " << seed;
    m_printer->set_fault(PrinterFault::none);
    m_driver->check_health();
    ASSERT_TRUE(wait_for_state(device::State::ready));
    EXPECT_EQ(outcome(print(40)), "printed") << "seed " << seed;
  }
}

TEST_P(TicketPrinterContract, NoPointAtWhichPaperEndsGivesAFalsePrinted) {
  for (int rows = 0; rows <= 120; rows += 20) {
    auto const before = test::copies_of(picture(100), m_printer->tickets());
    m_printer->fault_after_rows(PrinterFault::paper_end, rows);
    EXPECT_EQ(outcome(print(100)), rows < 100 ? "unknown paper_end" : "printed") << rows << " rows";
    m_printer->set_fault(PrinterFault::none);
    EXPECT_EQ(outcome(print(100)), "printed") << "after the refill";
    EXPECT_EQ(test::copies_of(picture(100), m_printer->tickets()), before + (rows < 100 ? 1 : 2));
  }
}

// What waited in the printer comes out after the refill, and sets off the old job's answers just before the paper ends
// again within the new one. It tells nothing by itself: the whole old job is in its buffer.
TEST_P(TicketPrinterContract, AnOldJobsAnswerIsNotTheNewOnes) {
  m_printer->set_automatic_status(false);
  m_printer->fault_after_rows(PrinterFault::paper_end, 50);
  EXPECT_EQ(outcome(print(300)), "unknown paper_end");
  m_printer->set_speed(1200);
  m_printer->set_fault(PrinterFault::none);
  m_printer->fault_after_rows(PrinterFault::paper_end, 400);
  EXPECT_EQ(outcome(print(300)), "unknown paper_end");
  EXPECT_EQ(m_printer->tickets().size(), 1U);
}

TEST_P(TicketPrinterContract, ATicketAtARealPrintersSpeedIsDoneWithinTenSeconds) {
  m_printer->set_speed(1200);
  auto const before = std::chrono::steady_clock::now();
  EXPECT_EQ(outcome(print(1200)), "printed");
  EXPECT_LT(std::chrono::steady_clock::now() - before, 10s);
}

TEST_P(TicketPrinterContract, HealthIsToldWhenAsked) {
  m_driver->check_health();
  auto const health = m_events.next<PrinterHealth>();
  ASSERT_TRUE(health && health->status);
  EXPECT_EQ(health->health.state, device::State::ready);
  EXPECT_EQ(health->status->raw, (std::array<std::uint8_t, 4>{0x12, 0x12, 0x12, 0x12}));
}

TEST_P(TicketPrinterContract, IsDestroyedWithinHalfASecondInTheMiddleOfAJob) {
  m_printer->set_speed(100);
  print();
  ASSERT_TRUE(test::eventually([&] { return m_printer->rows_burnt() > 0; }));
  auto const before = std::chrono::steady_clock::now();
  m_driver.reset();
  m_thread.stop();
  EXPECT_LT(std::chrono::steady_clock::now() - before, 500ms);
  EXPECT_EQ(m_events.count<PrintFinished>(), 0);
}

// 43 KB for a printer that has 4 and is slower than the line. The other carriers hold back by themselves.
TEST_P(TicketPrinterContract, AtASerialLineAPrinterThatCannotKeepUpIsWaitedFor) {
  if (GetParam().carrier != Carrier::serial) GTEST_SKIP();
  m_printer->set_flow_control(true);
  m_printer->set_speed(600);
  EXPECT_EQ(outcome(print()), "printed");
  EXPECT_EQ(test::copies_of(picture(), m_printer->tickets()), 1);
  EXPECT_LT(m_printer->largest_backlog(), 30'000U);
}

TEST_P(TicketPrinterContract, TheCommandLinesStatusTellsAllFourBytes) {
  stop_driving();
  m_printer->set_fault(PrinterFault::paper_end);
  auto const status = ticket_printer::printer_status(*m_printer.port());
  ASSERT_TRUE(status);
  EXPECT_EQ(status->paper, device::Paper::end);
  EXPECT_EQ(status->raw, (std::array<std::uint8_t, 4>{0x1A, 0x32, 0x12, 0x7E}));
  m_printer->set_fault(PrinterFault::silent);
  EXPECT_TRUE(ticket_printer::printer_status(*m_printer.port()).error().is("printer_offline"));
  m_printer.unplug();
  EXPECT_TRUE(ticket_printer::printer_status(*m_printer.port()).error().is("device_absent"));
}

INSTANTIATE_TEST_SUITE_P(Carriers, TicketPrinterContract,
                         testing::Values(Case{Carrier::serial, 576, true}, Case{Carrier::serial, 384, false},
                                         Case{Carrier::tcp, 576, false}, Case{Carrier::tcp, 384, true},
                                         Case{Carrier::printer_node, 576, true},
                                         Case{Carrier::printer_node, 384, false}),
                         name_of);

}  // namespace
}  // namespace yizhan

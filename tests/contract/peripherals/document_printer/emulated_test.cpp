/// What a document printer promises (peripherals/api/document_printer.h), by the IPP driver and the emulated printer,
/// which can be stopped, held, closed and silent.
#include "peripherals/emulated/document_printer.h"

#include <stdlib.h>

#include "tests/contract/peripherals/document_printer/printing.h"
#include "tests/support/temp_dir.h"

namespace yizhan {
namespace {

using emulated::DocumentPrinterFault;

class EmulatedDocumentPrinterContract : public Printing {
 protected:
  EmulatedDocumentPrinterContract() {
    m_printer = std::move(*emulated::EmulatedDocumentPrinter::create(m_folder.path()));
    drive(impatient(m_printer->uri()));
  }
  ~EmulatedDocumentPrinterContract() override { EXPECT_EQ(m_printer->bad_requests(), 0); }

  test::TempDir m_folder{"paper"};
  std::unique_ptr<emulated::EmulatedDocumentPrinter> m_printer;
};

TEST_F(EmulatedDocumentPrinterContract, WhatComesOutIsWhatWasSent) {
  EXPECT_EQ(outcome(print(17)), "printed");
  EXPECT_EQ(m_printer->printed(), 1);
  EXPECT_EQ(test::read_file(m_folder / "document-1.pdf"), document(17));
  EXPECT_EQ(m_printer->job_names(), std::vector<std::string>{"notice"});
}

TEST_F(EmulatedDocumentPrinterContract, LargeDocumentsArriveWhole) {
  std::string large = "%PDF-1.5\n";
  for (unsigned i = 0; large.size() < 3'000'000; ++i) large += std::to_string(i * 7919U);
  auto const job = Uuid::v7(m_env.env());
  m_driver->print(job, {SecretBytes(text::bytes_of(large)), "form"});
  EXPECT_EQ(outcome(job), "printed");
  EXPECT_TRUE(test::read_file(m_folder / "document-1.pdf") == large);
}

TEST_F(EmulatedDocumentPrinterContract, JobsComeOutInOrderEachWithOneOutcome) {
  std::vector<Uuid> jobs;
  for (int i = 1; i <= 4; ++i) jobs.push_back(print(i));
  for (auto const& job : jobs) EXPECT_EQ(outcome(job), "printed");
  for (int i = 1; i <= 4; ++i) {
    EXPECT_EQ(test::read_file(m_folder / ("document-" + std::to_string(i) + ".pdf")), document(i));
  }
}

TEST_F(EmulatedDocumentPrinterContract, AStoppedPrinterFailsAJobBeforeItIsSent) {
  for (auto const& [fault, code] : {std::pair{DocumentPrinterFault::paper_end, "tray_empty"},
                                    {DocumentPrinterFault::cover, "printer_door_open"},
                                    {DocumentPrinterFault::jam, "paper_jam"},
                                    {DocumentPrinterFault::toner, "toner_empty"},
                                    {DocumentPrinterFault::stopped, "printer_stopped"},
                                    {DocumentPrinterFault::offline, "printer_unreachable"},
                                    {DocumentPrinterFault::closed, "printer_stopped"}}) {
    m_printer->set_fault(fault);
    EXPECT_EQ(outcome(print()), std::string("failed ") + code);
  }
  EXPECT_TRUE(m_printer->job_names().empty());
  m_printer->set_fault(DocumentPrinterFault::none);
  EXPECT_EQ(outcome(print()), "printed");
}

TEST_F(EmulatedDocumentPrinterContract, AFaultWhileItPrintsCancelsTheJobSoThatItNeverComesOutLater) {
  for (auto const& [fault, code] : {std::pair{DocumentPrinterFault::paper_end, "tray_empty"},
                                    {DocumentPrinterFault::cover, "printer_door_open"},
                                    {DocumentPrinterFault::toner, "toner_empty"},
                                    {DocumentPrinterFault::stopped, "printer_stopped"}}) {
    m_printer->fault_while_printing(fault);
    EXPECT_EQ(outcome(print()), std::string("failed ") + code);
    EXPECT_EQ(m_printer->waiting(), 0);
    m_printer->set_fault(DocumentPrinterFault::none);
  }
  EXPECT_EQ(m_printer->printed(), 0);
  EXPECT_EQ(outcome(print(5)), "printed");
  EXPECT_EQ(test::read_file(m_folder / "document-1.pdf"), document(5));
}

TEST_F(EmulatedDocumentPrinterContract, AShortFaultIsWaitedFor) {
  auto options = impatient(m_printer->uri());
  options.patience = 15s;
  drive(options);
  m_printer->fault_while_printing(DocumentPrinterFault::paper_end);
  auto const job = print();
  ASSERT_TRUE(wait_for_state(device::State::faulted));
  m_printer->set_fault(DocumentPrinterFault::none);
  EXPECT_EQ(outcome(job), "printed");
}

TEST_F(EmulatedDocumentPrinterContract, AHeldJobIsCancelled) {
  m_printer->set_fault(DocumentPrinterFault::held);
  EXPECT_EQ(outcome(print()), "failed job_held");
  EXPECT_EQ(m_printer->waiting(), 0);
  m_printer->set_fault(DocumentPrinterFault::none);
  EXPECT_EQ(m_printer->printed(), 0);
}

TEST_F(EmulatedDocumentPrinterContract, AJobOverItsTimeIsCancelled) {
  auto options = impatient(m_printer->uri());
  options.patience = 60s;
  options.limit = 300ms;
  drive(options);
  m_printer->fault_while_printing(DocumentPrinterFault::stopped);
  EXPECT_EQ(outcome(print()), "failed print_timeout");
  EXPECT_EQ(m_printer->waiting(), 0);
}

TEST_F(EmulatedDocumentPrinterContract, APrinterThatNoLongerAnswersLeavesTheJobUnknownAndCancelsItWhenItIsBack) {
  m_printer->fault_while_printing(DocumentPrinterFault::silent);
  EXPECT_EQ(outcome(print()), "unknown printer_unreachable");
  EXPECT_EQ(m_printer->waiting(), 1);
  m_printer->set_fault(DocumentPrinterFault::none);
  // What was unknown must not come out before the next person.
  ASSERT_TRUE(wait_for_state(device::State::ready));
  EXPECT_EQ(m_printer->waiting(), 0);
  EXPECT_EQ(outcome(print(9)), "printed");
  EXPECT_EQ(test::read_file(m_folder / "document-1.pdf"), document(9));
}

TEST_F(EmulatedDocumentPrinterContract, ASilentPrinterFailsAJobBeforeItIsSent) {
  m_printer->set_fault(DocumentPrinterFault::silent);
  EXPECT_EQ(outcome(print()), "failed printer_unreachable");
}

TEST_F(EmulatedDocumentPrinterContract, PulledOutItIsAbsentAndComesBack) {
  EXPECT_EQ(outcome(print()), "printed");
  m_printer->unplug();
  EXPECT_EQ(outcome(print()), "failed device_absent");
  ASSERT_TRUE(m_printer->plug());
  ASSERT_TRUE(wait_for_state(device::State::ready));
  EXPECT_EQ(outcome(print()), "printed");
}

TEST_F(EmulatedDocumentPrinterContract, WhatAnEarlierRunLeftIsCancelledFirstAndOthersJobsAreNot) {
  m_printer->leave_job("yizhan-test");
  m_printer->leave_job("somebody");
  EXPECT_EQ(outcome(print(3)), "printed");
  EXPECT_EQ(m_printer->waiting(), 1);
  EXPECT_EQ(test::read_file(m_folder / "document-1.pdf"), document(3));
}

TEST_F(EmulatedDocumentPrinterContract, ALongDocumentFromASlowPrinterIsWaitedFor) {
  m_printer->set_pages(40);
  EXPECT_EQ(outcome(print(6)), "printed");
  EXPECT_EQ(m_printer->pages_out(), 40);
  EXPECT_EQ(test::read_file(m_folder / "document-1.pdf"), document(6));
}

TEST_F(EmulatedDocumentPrinterContract, PaperThatEndsAfterTheSecondOfThreePagesFailsTheJob) {
  m_printer->set_pages(3);
  m_printer->fault_while_printing(DocumentPrinterFault::paper_end, 2);
  EXPECT_EQ(outcome(print()), "failed tray_empty");
  m_printer->set_fault(DocumentPrinterFault::none);
  EXPECT_EQ(outcome(print(8)), "printed");
  EXPECT_EQ(m_printer->pages_out(), 5) << "the third page of the first job did not come out later";
  EXPECT_EQ(test::read_file(m_folder / "document-1.pdf"), document(8));
}

TEST_F(EmulatedDocumentPrinterContract, CancelledAtItsPanelOrGivenUpItIsNotPrinted) {
  m_printer->fault_while_printing(DocumentPrinterFault::cancelled);
  EXPECT_EQ(outcome(print()), "failed job_cancelled");
  m_printer->fault_while_printing(DocumentPrinterFault::aborted);
  EXPECT_EQ(outcome(print()), "failed printer_rejected");
  EXPECT_EQ(m_printer->printed(), 0);
  EXPECT_EQ(outcome(print()), "printed");
}

TEST_F(EmulatedDocumentPrinterContract, PulledOutInTheMiddleTheJobIsUnknownAndNothingComesOutLater) {
  m_printer->set_pages(1000);
  auto const job = print();
  ASSERT_TRUE(test::eventually([&] { return m_printer->pages_out() > 2; }));
  m_printer->unplug();
  EXPECT_EQ(outcome(job), "unknown printer_unreachable");
  ASSERT_TRUE(m_printer->plug());
  ASSERT_TRUE(wait_for_state(device::State::ready));
  EXPECT_EQ(m_printer->waiting(), 0) << "cancelled when it was back";
}

TEST_F(EmulatedDocumentPrinterContract, BackInTimeTheJobGoesOn) {
  auto options = impatient(m_printer->uri());
  options.silence = 15s;
  drive(options);
  m_printer->set_pages(30);
  auto const job = print();
  ASSERT_TRUE(test::eventually([&] { return m_printer->pages_out() > 2; }));
  m_printer->unplug();
  ASSERT_TRUE(wait_for_state(device::State::absent));
  ASSERT_TRUE(m_printer->plug());
  EXPECT_EQ(outcome(job), "printed");
}

// Numbers begin anew after a power cut: the job that has ours now is somebody else's, and that one is complete.
TEST_F(EmulatedDocumentPrinterContract, AnotherJobWithTheSameNumberIsNotOurs) {
  auto options = impatient(m_printer->uri());
  options.silence = 15s;
  drive(options);
  m_printer->set_pages(1000);
  auto const job = print();
  ASSERT_TRUE(test::eventually([&] { return m_printer->pages_out() > 2; }));
  m_printer->unplug();
  m_printer->lose_memory();
  m_printer->leave_job("somebody", /*complete=*/true);
  ASSERT_TRUE(m_printer->plug());
  EXPECT_EQ(outcome(job), "unknown printer_unreachable");
  EXPECT_EQ(m_printer->printed(), 0);
}

TEST_F(EmulatedDocumentPrinterContract, APrinterThatWantsAPasswordIsAFaultOfItsOwn) {
  m_printer->set_fault(DocumentPrinterFault::denied);
  EXPECT_EQ(outcome(print()), "failed printer_denied");
  m_printer->set_fault(DocumentPrinterFault::none);
  ASSERT_TRUE(wait_for_state(device::State::ready));
  EXPECT_EQ(outcome(print()), "printed");
}

TEST_F(EmulatedDocumentPrinterContract, APasswordItWantsInTheMiddleLeavesNoJobBehind) {
  m_printer->set_pages(1000);
  m_printer->fault_while_printing(DocumentPrinterFault::denied, 2);
  EXPECT_EQ(outcome(print()), "unknown printer_unreachable");
  EXPECT_EQ(m_printer->waiting(), 1);
  m_printer->set_fault(DocumentPrinterFault::none);
  ASSERT_TRUE(wait_for_state(device::State::ready));
  EXPECT_EQ(m_printer->waiting(), 0);
}

// The name of a queue instead of an address: CUPS is asked, here on another port than 631.
TEST_F(EmulatedDocumentPrinterContract, AQueueOfCupsIsFoundByItsName) {
  auto const uri = m_printer->uri();
  auto const from = uri.find("//") + 2;
  ASSERT_EQ(::setenv("CUPS_SERVER", uri.substr(from, uri.find('/', from) - from).c_str(), 1), 0);
  drive(impatient("hall_queue"));
  EXPECT_EQ(outcome(print(11)), "printed");
  EXPECT_EQ(test::read_file(m_folder / "document-1.pdf"), document(11));
  m_printer->set_fault(DocumentPrinterFault::stopped);
  EXPECT_EQ(outcome(print()), "failed printer_stopped");
  ::unsetenv("CUPS_SERVER");
}

TEST_F(EmulatedDocumentPrinterContract, TellsItsHealthAndReasons) {
  m_driver->check_health();
  auto health = m_events.next<device::DocumentPrinterHealth>();
  ASSERT_TRUE(health && health->status);
  EXPECT_EQ(health->health.state, device::State::ready);
  EXPECT_EQ(health->health.name, "document_printer");
  EXPECT_EQ(health->health.identity, "Emulated A4");
  EXPECT_TRUE(health->status->reasons.empty());
  m_printer->set_fault(DocumentPrinterFault::paper_end);
  m_driver->check_health();
  health = m_events.next<device::DocumentPrinterHealth>();
  ASSERT_TRUE(health && health->status);
  EXPECT_EQ(health->health.state, device::State::faulted);
  EXPECT_TRUE(health->health.last_fault->is("tray_empty"));
  EXPECT_EQ(health->status->reasons, std::vector<std::string>{"media-empty-error"});
  // Cured, it says so unasked.
  m_printer->set_fault(DocumentPrinterFault::none);
  EXPECT_TRUE(wait_for_state(device::State::ready));
}

TEST_F(EmulatedDocumentPrinterContract, ItsEndDoesNotWaitForAPrinter) {
  auto options = impatient(m_printer->uri());
  options.reply = 60s;
  drive(options);
  m_printer->set_fault(DocumentPrinterFault::silent);
  print();
  m_driver->check_health();
  auto const before = std::chrono::steady_clock::now();
  m_driver.reset();
  m_thread.stop();
  EXPECT_LT(std::chrono::steady_clock::now() - before, 5s);
  EXPECT_EQ(m_events.size(), 0U);
}

}  // namespace
}  // namespace yizhan

#pragma once
#include <gtest/gtest.h>

#include "peripherals/document_printer/ipp_printer.h"
#include "shared/base/real_env.h"
#include "shared/base/text.h"
#include "tests/support/devices/event_log.h"

namespace yizhan {

using namespace std::chrono_literals;

/// The driver, impatient, with what it tells.
class Printing : public testing::Test {
 protected:
  static document_printer::IppPrinterOptions impatient(std::string uri) {
    document_printer::IppPrinterOptions options;
    options.uri = std::move(uri);
    options.user = "yizhan-test";
    options.poll = 20ms;
    options.patience = 200ms;
    options.doubt = 400ms;
    options.silence = 700ms;
    options.limit = 20s;
    options.reply = 1s;
    return options;
  }
  void drive(document_printer::IppPrinterOptions options) {
    m_driver = document_printer::make_ipp_printer(m_thread, m_env.env(), std::move(options), m_events.listener());
  }
  static std::string document(int number) { return "%PDF-1.5\nstamp " + std::to_string(number) + "\n%%EOF\n"; }
  Uuid print(int number = 1) {
    auto const job = Uuid::v7(m_env.env());
    m_driver->print(job, {SecretBytes(text::bytes_of(document(number))), "notice"});
    return job;
  }
  /// "printed", "failed CODE" or "unknown CODE" of the job, whatever else is told meanwhile.
  std::string outcome(Uuid job) {
    std::string told = "nothing";
    m_events.next_that([&](auto const& event) {
      if (auto const* done = std::get_if<device::PrintFinished>(&event); done && done->job == job) told = "printed";
      if (auto const* failed = std::get_if<device::PrintFailed>(&event); failed && failed->job == job) {
        told = "failed " + std::string(failed->error.code());
      }
      if (auto const* lost = std::get_if<device::PrintUnknown>(&event); lost && lost->job == job) {
        told = "unknown " + std::string(lost->error.code());
      }
      return told != "nothing";
    });
    return told;
  }
  bool wait_for_state(device::State state) {
    return m_events.next<device::DocumentPrinterHealth>([&](auto const& event) { return event.health.state == state; })
        .has_value();
  }

  RealEnv m_env;
  test::EventLog<device::DocumentPrinterEvent> m_events;
  ThreadExecutor m_thread{"doc_printer"};
  std::unique_ptr<device::DocumentPrinter> m_driver;
};

}  // namespace yizhan

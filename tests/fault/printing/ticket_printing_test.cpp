/// Tickets and every fault at every moment: what is called printed lies cut off below the printer.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <future>
#include <map>
#include <random>
#include <thread>

#include "peripherals/ticket_printer/escpos_printer.h"
#include "shared/base/real_env.h"
#include "tests/fault/printing/tally.h"
#include "tests/support/devices/event_log.h"
#include "tests/support/printing/ticket_printers.h"
#include "tests/support/sanitizers.h"
#include "tests/support/temp_dir.h"

namespace yizhan {
namespace {

using namespace std::chrono_literals;
using emulated::PrinterFault;
using test::Carrier;
using test::Clock;
using test::seconds_since;
using test::Tally;

constexpr int k_jobs = test::k_sanitized ? 48 : 600;
constexpr int k_stations = 12;
constexpr int k_jobs_each = k_jobs / k_stations;

enum class Moment { before, in_the_picture, at_the_cut, after_the_cut };

struct Trouble {
  PrinterFault fault = PrinterFault::none;
  Moment moment = Moment::before;
  bool power_cycled = false;  // plugged in again at once
  bool garbled = false;       // answers are noisy all the while
};

/// One printer, its driver, and a seeded row of jobs.
class Station {
 public:
  explicit Station(unsigned number)
      : m_random(1000 + number),
        m_width(number % 2 == 0 ? 576 : 384),
        m_printer(number % 3 == 0   ? Carrier::tcp
                  : number % 3 == 1 ? Carrier::serial
                                    : Carrier::printer_node,
                  m_width, m_folder.path()) {
    m_printer->seed(number);
    m_printer->set_automatic_status(number % 4 != 3);
    ticket_printer::EscPosPrinterOptions options;
    options.port = m_printer.port();
    m_driver = ticket_printer::make_escpos_printer(m_thread, m_env.env(), options, m_events.listener());
  }

  Tally run() {
    for (int i = 0; i < k_jobs_each; ++i) one_job(random_trouble());
    one_job({});  // at the end all is well
    check_afterwards();
    return m_tally;
  }

 private:
  struct Job {
    device::PaperImage picture;
    std::string outcome;
    Trouble trouble;
    int outcomes = 0;
  };

  unsigned any(unsigned below) { return static_cast<unsigned>(m_random() % below); }

  Trouble random_trouble() {
    constexpr PrinterFault k_faults[] = {
        PrinterFault::none,          PrinterFault::near_end,   PrinterFault::paper_end,   PrinterFault::cover,
        PrinterFault::cutter,        PrinterFault::overheated, PrinterFault::recoverable, PrinterFault::paper_end,
        PrinterFault::unrecoverable, PrinterFault::waiting,    PrinterFault::offline,     PrinterFault::silent,
        PrinterFault::unplugged,     PrinterFault::unplugged};
    Trouble trouble;
    trouble.fault = k_faults[any(std::size(k_faults))];
    trouble.moment = static_cast<Moment>(any(4));
    trouble.power_cycled = trouble.fault == PrinterFault::unplugged && any(2) == 0;
    trouble.garbled = any(5) == 0;
    return trouble;
  }

  void arrange(Trouble const& trouble, int height) {
    constexpr int k_speeds[] = {0, 0, 1200, 2400};
    m_printer->set_speed(k_speeds[any(4)]);
    m_printer->set_self_powered(any(2) == 0);
    if (trouble.garbled) m_printer->set_fault(PrinterFault::garbled);
    switch (trouble.moment) {
      case Moment::before:
        if (trouble.fault == PrinterFault::unplugged) return m_printer.unplug();
        if (trouble.fault != PrinterFault::none) m_printer->set_fault(trouble.fault);
        return;
      case Moment::in_the_picture:
        if (trouble.fault == PrinterFault::unplugged && any(2) == 0) {
          return m_printer->unplug_after_bytes(any(static_cast<unsigned>(height * m_width / 8)));
        }
        return m_printer->fault_after_rows(trouble.fault, static_cast<int>(any(static_cast<unsigned>(height))));
      case Moment::at_the_cut: return m_printer->fault_at_cut(trouble.fault);
      case Moment::after_the_cut: return m_printer->fault_after_cut(trouble.fault);
    }
  }

  void one_job(Trouble trouble) {
    auto const height = 60 + static_cast<int>(any(340));
    auto const number = static_cast<unsigned>(m_jobs.size());
    Job job{test::numbered_picture(m_width, height, number), {}, trouble, 0};
    arrange(trouble, height);
    auto const bytes_before = m_printer->data_bytes();
    auto const id = Uuid::v7(m_env.env());
    auto const begun = Clock::now();
    m_driver->print(id, job.picture);
    auto const limit = begun + 30s;
    while (job.outcome.empty() && Clock::now() < limit) {
      hear([&] { return !job.outcome.empty(); }, id, job, 20ms);
      if (trouble.power_cycled && !m_printer.plugged()) m_printer.plug();
    }
    m_tally.outcome_s = std::max(m_tally.outcome_s, seconds_since(begun));
    bool const whole = test::copies_of(job.picture, m_printer->tickets()) > 0;
    count(job, whole, m_printer->data_bytes() > bytes_before || !m_printer.plugged() || trouble.power_cycled);

    learn_state(id, job);
    auto const cured = Clock::now();
    m_printer->set_fault(PrinterFault::none);
    m_printer->unplug_after_bytes(~std::size_t{0});
    m_printer.plug();
    if (m_state != device::State::ready) hear([&] { return m_state == device::State::ready; }, id, job, 30s);
    EXPECT_EQ(m_state, device::State::ready) << about(job);
    m_tally.back_s = std::max(m_tally.back_s, seconds_since(cured));
    m_jobs.emplace(id, std::move(job));
  }

  /// What the driver thinks of the printer as it is: it is asked now, so that nothing hastens it after the cure.
  void learn_state(Uuid id, Job& job) {
    m_driver->check_health();
    std::promise<void> asked;
    m_thread.post([&] { asked.set_value(); });
    asked.get_future().wait();
    hear([] { return false; }, id, job, 0ms);
  }

  void count(Job const& job, bool whole, bool bytes_out) {
    m_tally.count(job.outcome, whole);
    auto const kind = job.outcome.substr(0, job.outcome.find(' '));
    EXPECT_TRUE(whole || kind != "printed") << "false printed: " << about(job);
    EXPECT_TRUE(bytes_out || kind != "unknown") << "nothing was sent: " << about(job);
    bool const well = job.trouble.fault == PrinterFault::none || job.trouble.fault == PrinterFault::near_end;
    // Under sanitizers a thread may be away for longer than a printer may be silent.
    bool const must = well && !job.trouble.garbled && !test::k_sanitized;
    EXPECT_TRUE(!must || kind == "printed") << about(job);
  }

  /// Takes events until `enough`, or for so long.
  void hear(std::function<bool()> const& enough, Uuid id, Job& job, std::chrono::milliseconds limit) {
    m_events.next_that(
        [&](device::TicketPrinterEvent const& event) {
          if (auto const* health = std::get_if<device::PrinterHealth>(&event)) m_state = health->health.state;
          if (auto const told = test::told(event)) note(*told, id, job);
          return enough();
        },
        limit);
  }
  void note(test::Told const& told, Uuid id, Job& job) {
    auto const old = m_jobs.find(told.job);
    auto& one = told.job == id || old == m_jobs.end() ? job : old->second;
    ++one.outcomes;
    if (one.outcome.empty()) one.outcome = told.words;
  }

  void check_afterwards() {
    m_driver.reset();
    auto const papers = m_printer->tickets();
    for (auto const& [id, job] : m_jobs) {
      m_tally.without_one_outcome += job.outcomes == 1 ? 0 : 1;
      EXPECT_EQ(job.outcomes, 1) << about(job);
      if (!job.outcome.starts_with("failed")) continue;
      auto const copies = test::copies_of(job.picture, papers);
      m_tally.out_later += copies > 0 ? 1 : 0;
      EXPECT_EQ(copies, 0) << "it came out: " << about(job);
    }
    EXPECT_EQ(m_printer->real_time_in_data(), 0);
  }

  static std::string about(Job const& job) {
    return fmt::format("{} rows, fault {} at moment {}{}{}: {}", job.picture.height,
                       static_cast<int>(job.trouble.fault), static_cast<int>(job.trouble.moment),
                       job.trouble.power_cycled ? ", power cycled" : "", job.trouble.garbled ? ", garbled" : "",
                       job.outcome);
  }

  std::mt19937 m_random;
  int const m_width;
  test::TempDir m_folder{"station"};
  RealEnv m_env;
  test::EventLog<device::TicketPrinterEvent> m_events;
  test::WiredTicketPrinter m_printer;
  ThreadExecutor m_thread{"printer"};
  std::unique_ptr<device::TicketPrinter> m_driver;
  device::State m_state = device::State::absent;
  std::map<Uuid, Job> m_jobs;
  Tally m_tally;
};

TEST(TicketPrintingFault, NothingIsCalledPrintedThatIsNot) {
  std::vector<std::unique_ptr<Station>> stations;
  for (unsigned i = 0; i < k_stations; ++i) stations.push_back(std::make_unique<Station>(i));
  std::vector<Tally> tallies(stations.size());
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < stations.size(); ++i) {
    threads.emplace_back([&, i] { tallies[i] = stations[i]->run(); });
  }
  for (auto& thread : threads) thread.join();
  Tally all;
  for (auto const& tally : tallies) all.add(tally);
  fmt::print(
      "promise 21: {} jobs{}, printed {}, failed {}, unknown {} ({} of them whole), false printed {}; outcome max "
      "{:.1f} "
      "s, back max {:.1f} s\n",
      all.jobs, test::k_sanitized ? " (fewer under sanitizers)" : "", all.printed, all.failed, all.unknown,
      all.unknown_but_out, all.false_printed, all.outcome_s, all.back_s);
  EXPECT_EQ(all.jobs, k_jobs + k_stations);
  EXPECT_EQ(all.false_printed, 0);
  EXPECT_EQ(all.failed_but_out + all.out_later, 0);
  EXPECT_EQ(all.without_one_outcome, 0);
  EXPECT_EQ(all.printed + all.failed + all.unknown, all.jobs);
  EXPECT_LE(all.outcome_s, 10.0);
  EXPECT_LE(all.back_s, 5.0);
}

}  // namespace
}  // namespace yizhan

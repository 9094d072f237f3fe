/// Documents and every fault at every moment: what is called printed came out whole, and what is not does not come out
/// later, before somebody else.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <future>
#include <map>
#include <random>
#include <set>
#include <thread>

#include "peripherals/document_printer/ipp_printer.h"
#include "peripherals/emulated/document_printer.h"
#include "shared/base/real_env.h"
#include "shared/base/text.h"
#include "tests/fault/printing/tally.h"
#include "tests/support/devices/event_log.h"
#include "tests/support/sanitizers.h"
#include "tests/support/temp_dir.h"

namespace yizhan {
namespace {

using namespace std::chrono_literals;
using emulated::DocumentPrinterFault;
using test::Clock;
using test::seconds_since;
using test::Tally;

constexpr int k_jobs = test::k_sanitized ? 24 : 120;
constexpr int k_stations = 12;
constexpr int k_jobs_each = k_jobs / k_stations;

enum class Moment { before, while_printing, after };

struct Trouble {
  DocumentPrinterFault fault = DocumentPrinterFault::none;
  Moment moment = Moment::before;
  bool unplugged = false;
  bool memory_lost = false;
};

class Station {
 public:
  explicit Station(unsigned number) : m_random(2000 + number) {
    document_printer::IppPrinterOptions options;
    options.uri = m_printer->uri();
    options.user = "yizhan-test";
    options.poll = 20ms;
    options.patience = 300ms;
    options.silence = 1s;
    options.reply = 500ms;
    m_driver = document_printer::make_ipp_printer(m_thread, m_env.env(), options, m_events.listener());
  }

  Tally run() {
    for (int i = 0; i < k_jobs_each; ++i) one_job(random_trouble());
    one_job({});  // at the end all is well
    for (auto const& [id, job] : m_jobs) {
      m_tally.without_one_outcome += job.outcomes == 1 ? 0 : 1;
      EXPECT_EQ(job.outcomes, 1) << about(job);
    }
    EXPECT_EQ(m_printer->bad_requests(), 0);
    EXPECT_EQ(m_printer->waiting(), 0);
    return m_tally;
  }

 private:
  struct Job {
    int number = 0;
    Trouble trouble;
    std::string outcome;
    int outcomes = 0;
  };

  static std::unique_ptr<emulated::EmulatedDocumentPrinter> made(std::filesystem::path const& folder) {
    auto printer = emulated::EmulatedDocumentPrinter::create(folder);
    return printer ? std::move(*printer) : nullptr;
  }
  unsigned any(unsigned below) { return static_cast<unsigned>(m_random() % below); }

  Trouble random_trouble() {
    constexpr DocumentPrinterFault k_faults[] = {
        DocumentPrinterFault::none,    DocumentPrinterFault::paper_end, DocumentPrinterFault::cover,
        DocumentPrinterFault::jam,     DocumentPrinterFault::toner,     DocumentPrinterFault::stopped,
        DocumentPrinterFault::offline, DocumentPrinterFault::held,      DocumentPrinterFault::closed,
        DocumentPrinterFault::silent,  DocumentPrinterFault::denied,    DocumentPrinterFault::cancelled,
        DocumentPrinterFault::aborted};
    Trouble trouble;
    trouble.moment = static_cast<Moment>(any(3));
    if (any(4) == 0) {
      trouble.unplugged = true;
      trouble.memory_lost = any(2) == 0;
      return trouble;
    }
    trouble.fault = k_faults[any(std::size(k_faults))];
    bool const needs_a_job =
        trouble.fault == DocumentPrinterFault::cancelled || trouble.fault == DocumentPrinterFault::aborted;
    bool const needs_none =
        trouble.fault == DocumentPrinterFault::held || trouble.fault == DocumentPrinterFault::closed;
    if (needs_a_job) trouble.moment = Moment::while_printing;
    if (needs_none) trouble.moment = Moment::before;
    return trouble;
  }

  void one_job(Trouble trouble) {
    Job job{static_cast<int>(m_jobs.size()) + 1, trouble, {}, 0};
    auto const pages = 1 + static_cast<int>(any(8));
    m_printer->set_pages(pages);
    auto const out_before = m_printer->pages_out();
    auto const at_page = static_cast<int>(any(static_cast<unsigned>(pages)));
    if (trouble.moment == Moment::before) {
      trouble.unplugged ? m_printer->unplug() : m_printer->set_fault(trouble.fault);
    } else if (trouble.moment == Moment::while_printing && !trouble.unplugged) {
      m_printer->fault_while_printing(trouble.fault, at_page);
    }
    auto const id = Uuid::v7(m_env.env());
    auto const begun = Clock::now();
    auto const text = document(job.number);
    m_driver->print(id, {SecretBytes(text::bytes_of(text)), "notice"});
    bool pulled = false;
    while (job.outcome.empty() && Clock::now() < begun + 30s) {
      hear([&] { return !job.outcome.empty(); }, id, job, 5ms);
      bool const now = trouble.moment == Moment::while_printing && m_printer->pages_out() >= out_before + at_page;
      if (!trouble.unplugged || pulled || !now) continue;
      pulled = true;
      m_printer->unplug();
      if (!trouble.memory_lost) continue;
      m_printer->lose_memory();
      EXPECT_TRUE(m_printer->plug());
    }
    m_tally.outcome_s = std::max(m_tally.outcome_s, seconds_since(begun));
    bool const whole = papers().count(text) > 0;
    count(job, whole);
    if (trouble.moment == Moment::after) {
      trouble.unplugged ? m_printer->unplug() : m_printer->set_fault(trouble.fault);
    }
    come_back(id, job);
    bool const out_now = papers().count(text) > 0;
    m_tally.out_later += !whole && out_now ? 1 : 0;
    EXPECT_EQ(whole, out_now) << "it came out later: " << about(job);
    m_jobs.emplace(id, std::move(job));
  }

  void come_back(Uuid id, Job& job) {
    // What the driver thinks of the printer as it is: it is asked now, so that nothing hastens it after the cure.
    m_driver->check_health();
    std::promise<void> asked;
    m_thread.post([&] { asked.set_value(); });
    asked.get_future().wait();
    hear([] { return false; }, id, job, 0ms);
    auto const cured = Clock::now();
    m_printer->set_fault(DocumentPrinterFault::none);
    EXPECT_TRUE(m_printer->plug());
    if (m_state != device::State::ready) hear([&] { return m_state == device::State::ready; }, id, job, 30s);
    EXPECT_EQ(m_state, device::State::ready) << about(job);
    m_tally.back_s = std::max(m_tally.back_s, seconds_since(cured));
  }

  void count(Job const& job, bool whole) {
    m_tally.count(job.outcome, whole);
    auto const kind = job.outcome.substr(0, job.outcome.find(' '));
    EXPECT_TRUE(whole || kind != "printed") << "false printed: " << about(job);
    EXPECT_TRUE(!whole || kind != "failed") << "it came out: " << about(job);
    bool const well = job.trouble.fault == DocumentPrinterFault::none && !job.trouble.unplugged;
    EXPECT_TRUE(!(well || job.trouble.moment == Moment::after) || kind == "printed") << about(job);
    EXPECT_TRUE(job.trouble.moment != Moment::before || kind != "unknown") << "nothing was sent: " << about(job);
  }

  /// The documents that came out.
  [[nodiscard]] std::set<std::string> papers() const {
    std::set<std::string> all;
    for (int i = 1; i <= m_printer->printed(); ++i) {
      all.insert(test::read_file(m_folder / ("document-" + std::to_string(i) + ".pdf")));
    }
    return all;
  }
  static std::string document(int number) { return fmt::format("%PDF-1.5\nstamp {}\n%%EOF\n", number); }

  void hear(std::function<bool()> const& enough, Uuid id, Job& job, std::chrono::milliseconds limit) {
    m_events.next_that(
        [&](device::DocumentPrinterEvent const& event) {
          if (auto const* health = std::get_if<device::DocumentPrinterHealth>(&event)) m_state = health->health.state;
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

  static std::string about(Job const& job) {
    return fmt::format("fault {} at moment {}{}{}: {}", static_cast<int>(job.trouble.fault),
                       static_cast<int>(job.trouble.moment), job.trouble.unplugged ? ", unplugged" : "",
                       job.trouble.memory_lost ? ", memory lost" : "", job.outcome);
  }

  std::mt19937 m_random;
  test::TempDir m_folder{"documents"};
  RealEnv m_env;
  test::EventLog<device::DocumentPrinterEvent> m_events;
  std::unique_ptr<emulated::EmulatedDocumentPrinter> m_printer = made(m_folder.path());
  ThreadExecutor m_thread{"printer"};
  std::unique_ptr<device::DocumentPrinter> m_driver;
  device::State m_state = device::State::absent;
  std::map<Uuid, Job> m_jobs;
  Tally m_tally;
};

TEST(DocumentPrintingFault, NothingIsCalledPrintedThatIsNot) {
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
      "promise 21, documents: {} jobs{}, printed {}, failed {}, unknown {} ({} of them whole), false printed {}, out "
      "later "
      "{}; outcome max {:.1f} s, back max {:.1f} s\n",
      all.jobs, test::k_sanitized ? " (fewer under sanitizers)" : "", all.printed, all.failed, all.unknown,
      all.unknown_but_out, all.false_printed, all.out_later, all.outcome_s, all.back_s);
  EXPECT_EQ(all.jobs, k_jobs + k_stations);
  EXPECT_EQ(all.false_printed, 0);
  EXPECT_EQ(all.failed_but_out, 0);
  EXPECT_EQ(all.out_later, 0);
  EXPECT_EQ(all.without_one_outcome, 0);
  EXPECT_EQ(all.printed + all.failed + all.unknown, all.jobs);
  EXPECT_LE(all.outcome_s, 10.0);
  EXPECT_LE(all.back_s, 5.0);
}

}  // namespace
}  // namespace yizhan

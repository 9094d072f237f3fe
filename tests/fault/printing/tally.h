#pragma once
/// What the printing tests count, for tickets and for documents.
#include <algorithm>
#include <chrono>
#include <optional>
#include <string>
#include <variant>

#include "peripherals/api/ticket_printer.h"

namespace yizhan::test {

using Clock = std::chrono::steady_clock;

[[nodiscard]] inline double seconds_since(Clock::time_point before) {
  return std::chrono::duration<double>(Clock::now() - before).count();
}

/// What became of a job: "printed", "failed CODE", "unknown CODE".
struct Told {
  Uuid job;
  std::string words;
};
template <class Event>
[[nodiscard]] std::optional<Told> told(Event const& event) {
  if (auto const* done = std::get_if<device::PrintFinished>(&event)) return Told{done->job, "printed"};
  if (auto const* failed = std::get_if<device::PrintFailed>(&event)) {
    return Told{failed->job, "failed " + std::string(failed->error.code())};
  }
  if (auto const* lost = std::get_if<device::PrintUnknown>(&event)) {
    return Told{lost->job, "unknown " + std::string(lost->error.code())};
  }
  return std::nullopt;
}

struct Tally {
  int jobs = 0, printed = 0, failed = 0, unknown = 0;
  int false_printed = 0, failed_but_out = 0, unknown_but_out = 0, out_later = 0, without_one_outcome = 0;
  double outcome_s = 0, back_s = 0;

  /// `whole`: it came out, all of it.
  void count(std::string const& outcome, bool whole) {
    auto const kind = outcome.substr(0, outcome.find(' '));
    int const out = whole ? 1 : 0;
    ++jobs;
    if (kind == "printed") ++printed, false_printed += 1 - out;
    if (kind == "failed") ++failed, failed_but_out += out;
    if (kind == "unknown") ++unknown, unknown_but_out += out;
  }
  void add(Tally const& other) {
    jobs += other.jobs, printed += other.printed, failed += other.failed, unknown += other.unknown;
    false_printed += other.false_printed, failed_but_out += other.failed_but_out;
    unknown_but_out += other.unknown_but_out, out_later += other.out_later;
    without_one_outcome += other.without_one_outcome;
    outcome_s = std::max(outcome_s, other.outcome_s), back_s = std::max(back_s, other.back_s);
  }
};

}  // namespace yizhan::test

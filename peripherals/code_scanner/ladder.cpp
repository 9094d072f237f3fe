#include "peripherals/code_scanner/ladder.h"

#include <algorithm>
#include <cmath>

#include "peripherals/code_scanner/ladder_passes.h"

namespace yizhan::code_scanner {

namespace {

double nanoseconds(Duration time) { return std::chrono::duration<double, std::nano>(time).count(); }

}  // namespace

/// What is kept from look to look.
class DecodeLadder::Work {
 public:
  PassInput input;
  std::array<double, k_passes.size()> cost{};  // nanoseconds a pixel of the pass's area, as lately measured
  std::array<bool, k_passes.size()> done{};    // in this round
  std::size_t round = 0;

  Work() {
    for (std::size_t i = 0; i < k_passes.size(); ++i) cost[i] = k_passes[i].first_guess;
  }

  [[nodiscard]] double expected(std::size_t pass) {
    // A pass over a like frame may take a fifth longer than the last ones.
    return 1.2 * cost[pass] * static_cast<double>(input.area_of(k_passes[pass].area));
  }

  /// Rises at once with what was measured and falls slowly: one frame too dear is worse than one pass too few.
  void learn(std::size_t pass, Duration took) {
    auto const area = static_cast<double>(std::max<std::int64_t>(1, input.area_of(k_passes[pass].area)));
    double const measured = nanoseconds(took) / area;
    cost[pass] = std::max(measured, cost[pass] + 0.2 * (measured - cost[pass]));
  }

  /// A pass that is too dear for any frame is not tried, but what made it dear may be over.
  void doubt(std::size_t pass) { cost[pass] *= 0.9; }
};

DecodeLadder::DecodeLadder(SteadyClock const& clock, Duration budget)
    : m_clock(clock), m_budget(budget), m_work(std::make_unique<Work>()) {}

DecodeLadder::~DecodeLadder() { forget(); }

LadderLook DecodeLadder::look(GreyImage const& frame, Region const& region) {
  auto const begin = m_clock.now();
  auto before = begin;
  LadderLook look;
  auto& work = *m_work;
  auto const attempt = [&](std::size_t pass) {
    look.found = run_pass(k_passes[pass], work.input);
    look.passes.push_back(k_passes[pass].name);
    auto const now = m_clock.now();
    work.learn(pass, now - before);
    before = now;
    look.took = now - begin;
    return !look.found.empty();
  };

  work.input.take(frame, region, work.round);
  double cheap = 0;
  for (std::size_t pass = 0; pass < k_cheap_passes; ++pass) {
    if (attempt(pass)) return look;
    cheap += work.expected(pass);
  }
  bool all_done = true;
  for (std::size_t pass = k_cheap_passes; pass < k_passes.size(); ++pass) {
    if (work.done[pass] || !work.input.suits(k_passes[pass])) continue;
    auto const expected = work.expected(pass);
    if (nanoseconds(look.took) + expected > nanoseconds(m_budget)) {
      if (cheap + expected > nanoseconds(m_budget)) {
        work.doubt(pass);
      } else {
        all_done = false;
      }
      continue;
    }
    work.done[pass] = true;
    if (attempt(pass)) return look;
  }
  if (all_done) {
    work.done.fill(false);
    ++work.round;
  }
  return look;
}

void DecodeLadder::forget() {
  m_work->input.scrub();
  m_work->done.fill(false);
  m_work->round = 0;
}

std::vector<std::string_view> DecodeLadder::passes() {
  std::vector<std::string_view> names;
  for (auto const& pass : k_passes) names.push_back(pass.name);
  return names;
}

}  // namespace yizhan::code_scanner

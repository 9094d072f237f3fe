#include "shared/sync/backoff.h"

#include <algorithm>

namespace yizhan::sync {

void Backoff::failed(SteadyTime now, Rng& rng, std::optional<Duration> retry_after) {
  // 2⁹ s already exceeds the longest.
  auto const bound = std::min(k_longest, Duration(k_first * (1L << std::min(m_failures, 9U))));
  ++m_failures;
  Duration const jitter(static_cast<Duration::rep>(rng.below(static_cast<std::uint64_t>(bound.count()) + 1)));
  m_asked.reset();
  if (retry_after) m_asked = now + std::clamp(*retry_after, Duration{0}, k_longest_asked);
  // Added, not compared: machines told the same time must not all come at that time.
  m_until = m_asked.value_or(now) + jitter;
}

void Backoff::succeeded() { *this = {}; }

void Backoff::link_up() {
  m_failures = 0;
  m_until = m_asked;
}

std::optional<SteadyTime> Backoff::until() const { return m_until; }

}  // namespace yizhan::sync

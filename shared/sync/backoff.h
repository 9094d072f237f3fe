#pragma once
/// Full-jitter exponential back-off: after the n-th failure in a row wait a random time in [0, min(5 min, 1 s · 2ⁿ)), so
/// that a hall full of machines does not come back as one.
#include <chrono>
#include <optional>

#include "shared/base/env.h"

namespace yizhan::sync {

class Backoff {
 public:
  static constexpr Duration k_first = std::chrono::seconds(1);
  static constexpr Duration k_longest = std::chrono::minutes(5);
  /// A Retry-After beyond this would silence a machine for a mistake on the other side.
  static constexpr Duration k_longest_asked = std::chrono::hours(1);

  void failed(SteadyTime now, Rng& rng, std::optional<Duration> retry_after);
  void succeeded();
  /// Forgets failures, but not what the platform asked for.
  void link_up();
  /// nullopt: not waiting for anything.
  [[nodiscard]] std::optional<SteadyTime> until() const;

 private:
  unsigned m_failures = 0;
  std::optional<SteadyTime> m_until;
  std::optional<SteadyTime> m_asked;  // by Retry-After
};

}  // namespace yizhan::sync

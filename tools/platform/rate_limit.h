#pragma once
/// How often a device may ask: a bucket of `burst` calls that fills by one every `interval`.
#include <algorithm>
#include <chrono>
#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "shared/base/env.h"

namespace yizhan::platform {

class RateLimit {
 public:
  RateLimit(SteadyClock const& clock, int burst, std::chrono::seconds interval)
      : m_clock(clock), m_burst(burst), m_interval(interval) {}

  /// nullopt: go on. Else come back after so many seconds. Thread: any.
  [[nodiscard]] std::optional<std::chrono::seconds> refuse(std::string const& device) {
    std::lock_guard const lock(m_mutex);
    auto const now = m_clock.now();
    // The bucket as the moment at which it is full again: each call moves it on by one interval.
    auto& full_again = m_full_again.try_emplace(device, now).first->second;
    full_again = std::max(full_again, now);
    auto const wait = full_again + m_interval - now - m_burst * m_interval;
    if (wait.count() > 0) return std::chrono::ceil<std::chrono::seconds>(wait);
    full_again += m_interval;
    return std::nullopt;
  }

 private:
  SteadyClock const& m_clock;
  int const m_burst;
  std::chrono::seconds const m_interval;
  std::mutex m_mutex;
  std::map<std::string, SteadyTime> m_full_again;  // one a certificate: as many as there are devices
};

}  // namespace yizhan::platform

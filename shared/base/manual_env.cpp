#include "shared/base/manual_env.h"

#include <algorithm>
#include <cassert>
#include <cstring>

namespace yizhan {

ManualClock::ManualClock(WallTime start) : m_wall_time(start) {}

void ManualClock::advance(Duration by) {
  assert(by >= Duration{0});
  std::lock_guard const lock(m_mutex);
  m_wall_time += by;
  m_steady_time += by;
}

void ManualClock::set_wall(WallTime time) {
  std::lock_guard const lock(m_mutex);
  m_wall_time = time;
}

WallTime ManualClock::Wall::now() const {
  std::lock_guard const lock(owner.m_mutex);
  return owner.m_wall_time;
}

SteadyTime ManualClock::Steady::now() const {
  std::lock_guard const lock(owner.m_mutex);
  return owner.m_steady_time;
}

void SeededSecureRng::fill(std::span<std::byte> out) {
  while (!out.empty()) {
    std::uint64_t const word = m_rng.next();
    auto const count = std::min(out.size(), sizeof word);
    std::memcpy(out.data(), &word, count);
    out = out.subspan(count);
  }
}

void ManualExecutor::post_after(Duration delay, Task task) {
  m_items.push_back({m_clock.now() + delay, m_next_order++, std::move(task)});
}

std::size_t ManualExecutor::run_due() {
  std::size_t ran = 0;
  for (;;) {
    auto const first = std::min_element(m_items.begin(), m_items.end(), [](Item const& a, Item const& b) {
      return a.due != b.due ? a.due < b.due : a.order < b.order;
    });
    if (first == m_items.end() || first->due > m_clock.now()) return ran;
    Task const task = std::move(first->task);
    m_items.erase(first);
    task();
    ++ran;
  }
}

std::optional<SteadyTime> ManualExecutor::next_due() const {
  std::optional<SteadyTime> next;
  for (auto const& item : m_items) next = next ? std::min(*next, item.due) : item.due;
  return next;
}

}  // namespace yizhan

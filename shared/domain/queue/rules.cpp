#include "shared/domain/queue/rules.h"

#include <algorithm>
#include <cmath>

namespace yizhan::queue {

WallTime order_key(Ticket const& ticket, Policy const& policy) {
  return ticket.priority == PriorityClass::priority ? ticket.issued_at - policy.ageing : ticket.issued_at;
}

bool goes_before(Ticket const& a, Ticket const& b, Policy const& policy) {
  auto const key_a = order_key(a, policy);
  auto const key_b = order_key(b, policy);
  return key_a != key_b ? key_a < key_b : a.id < b.id;
}

std::optional<std::size_t> next_ticket(std::span<Ticket const> waiting, std::span<char const> queues,
                                       Policy const& policy) {
  std::optional<std::size_t> best;
  for (std::size_t i = 0; i < waiting.size(); ++i) {
    auto const& ticket = waiting[i];
    bool const ours = std::find(queues.begin(), queues.end(), ticket.queue) != queues.end();
    if (!ours || ticket.state != TicketState::waiting) continue;
    if (!best || goes_before(ticket, waiting[*best], policy)) best = i;
  }
  return best;
}

namespace {

struct Quartiles {
  double low;   // seconds
  double high;  // seconds
};

/// The value a quarter (three quarters) of the way through the sorted times, between neighbours in proportion.
double quantile(std::vector<std::chrono::seconds> const& sorted, double where) {
  double const position = where * static_cast<double>(sorted.size() - 1);
  auto const below = static_cast<std::size_t>(position);
  auto const above = std::min(below + 1, sorted.size() - 1);
  double const part = position - static_cast<double>(below);
  return static_cast<double>(sorted[below].count()) * (1 - part) + static_cast<double>(sorted[above].count()) * part;
}

Quartiles service_quartiles(WaitInputs const& inputs, Policy const& policy) {
  constexpr std::size_t k_enough = 5;
  if (inputs.service_times.size() < k_enough) {
    // Nothing measured yet: a third either way of the default, about what the quartiles of a day turn out to be.
    double const usual = static_cast<double>(std::chrono::seconds(policy.default_service_time).count());
    return {usual * 2 / 3, usual * 4 / 3};
  }
  auto sorted = inputs.service_times;
  std::sort(sorted.begin(), sorted.end());
  return {quantile(sorted, 0.25), quantile(sorted, 0.75)};
}

}  // namespace

WaitRange estimate_wait(WaitInputs const& inputs, Policy const& policy) {
  using std::chrono::minutes;
  int const ahead = std::max(inputs.ahead, 0);
  if (ahead == 0) return {minutes{0}, minutes{1}, 0};
  auto const [low, high] = service_quartiles(inputs, policy);
  double const rounds = static_cast<double>(ahead) / std::max(inputs.working_counters, 1);
  minutes const least{static_cast<int>(std::floor(low * rounds / 60))};
  minutes const most{static_cast<int>(std::ceil(high * rounds / 60))};
  return {least, std::max(most, least + minutes{1}), ahead};
}

bool may_become(TicketState from, TicketState to) {
  using enum TicketState;
  switch (from) {
    case waiting: return to == called || to == cancelled || to == expired;
    case called:
      return to == called || to == waiting || to == serving || to == no_show || to == cancelled || to == expired;
    case serving: return to == finished || to == expired;
    case held: return to == expired;
    case finished:
    case no_show:
    case cancelled:
    case expired: return false;
  }
  return false;
}

}  // namespace yizhan::queue

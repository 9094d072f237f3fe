#pragma once
/// Who is next and how long it takes.
#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "shared/domain/queue/ticket.h"

namespace yizhan::queue {

struct Policy {
  /// A priority ticket goes before normal ones that have waited less than this longer (published on the ticket):
  /// order key = issued_at − (priority ? ageing : 0).
  std::chrono::minutes ageing{15};
  /// Age from which `elder` priority is offered; policy, not law.
  int elder_age = 70;
  int max_calls = 3;
  /// Used until the day has measured service times.
  std::chrono::minutes default_service_time{6};
};

/// The order in which tickets are called. Total: ties by number of issue (id).
[[nodiscard]] WallTime order_key(Ticket const& ticket, Policy const& policy);
[[nodiscard]] bool goes_before(Ticket const& a, Ticket const& b, Policy const& policy);
/// The first waiting ticket a counter with these queues should call.
[[nodiscard]] std::optional<std::size_t> next_ticket(std::span<Ticket const> waiting, std::span<char const> queues,
                                                     Policy const& policy);

/// Optimistic and pessimistic, whole minutes.
struct WaitRange {
  std::chrono::minutes low{};
  std::chrono::minutes high{};
  int ahead = 0;
};
struct WaitInputs {
  int ahead = 0;
  int working_counters = 1;
  /// Measured service times of today in this queue, newest last; may be empty.
  std::vector<std::chrono::seconds> service_times;
};
/// Quartiles of the measured times (default where fewer than 5) × people ahead ÷ counters; 0 ahead → 0..1.
[[nodiscard]] WaitRange estimate_wait(WaitInputs const& inputs, Policy const& policy);

/// Which transitions exist. Office and both hall backends ask here (the PostgreSQL function repeats the table and
/// a test compares the two).
[[nodiscard]] bool may_become(TicketState from, TicketState to);

}  // namespace yizhan::queue

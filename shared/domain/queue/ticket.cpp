#include "shared/domain/queue/ticket.h"

#include <array>
#include <cassert>
#include <cstdio>

namespace yizhan::queue {

namespace {
constexpr std::array k_states{TicketState::waiting, TicketState::called,    TicketState::serving, TicketState::finished,
                              TicketState::no_show, TicketState::cancelled, TicketState::held,    TicketState::expired};
}  // namespace

char const* to_string(TicketState state) {
  switch (state) {
    case TicketState::waiting: return "waiting";
    case TicketState::called: return "called";
    case TicketState::serving: return "serving";
    case TicketState::finished: return "finished";
    case TicketState::no_show: return "no_show";
    case TicketState::cancelled: return "cancelled";
    case TicketState::held: return "held";
    case TicketState::expired: return "expired";
  }
  return "waiting";
}

std::optional<TicketState> parse_ticket_state(std::string_view text) {
  for (auto const state : k_states) {
    if (text == to_string(state)) return state;
  }
  return std::nullopt;
}

char const* to_string(PriorityClass priority) {
  switch (priority) {
    case PriorityClass::priority: return "priority";
    case PriorityClass::normal: return "normal";
  }
  return "normal";
}

std::optional<PriorityClass> parse_priority(std::string_view text) {
  if (text == "priority") return PriorityClass::priority;
  if (text == "normal") return PriorityClass::normal;
  return std::nullopt;
}

std::string ticket_label(char queue, std::string_view series, int serial) {
  assert(serial >= 1 && serial <= 9999);
  char digits[16];
  std::snprintf(digits, sizeof digits, "%03d", serial);
  std::string label(1, queue);
  return label.append(series).append(digits);
}

bool is_queue_letter(char letter) { return letter >= 'A' && letter <= 'Z' && letter != 'I' && letter != 'O'; }

}  // namespace yizhan::queue

#pragma once
/// Queue vocabulary (排队叫号): Ticket (号票), Counter (窗口).
#include <optional>
#include <string>
#include <vector>

#include "shared/base/env.h"
#include "shared/base/uuid.h"
#include "shared/domain/calendar/hall_time.h"
#include "shared/domain/identity/person.h"

namespace yizhan::queue {

/// waiting → called → serving → finished. called → waiting (put back) | no_show | called (recall). waiting|called →
/// cancelled. waiting|called|held → expired at closing; serving → expired only once its day is over. Nothing becomes
/// `held` yet.
enum class TicketState { waiting, called, serving, finished, no_show, cancelled, held, expired };
/// Lower is nearer. `veteran` (退役军人), `elder` (老人), `disabled` (残疾人), `appointment`: all one class, `priority`;
/// the reason is printed, the class counts.
enum class PriorityClass { priority, normal };

[[nodiscard]] char const* to_string(TicketState state);
[[nodiscard]] std::optional<TicketState> parse_ticket_state(std::string_view text);
[[nodiscard]] char const* to_string(PriorityClass priority);
[[nodiscard]] std::optional<PriorityClass> parse_priority(std::string_view text);

/// A queue: one letter (A–Z without I and O).
struct Queue {
  char letter = 'A';
  std::string name_zh;
  std::string name_en;
};

struct Ticket {
  Uuid id;
  calendar::BusinessDay day;
  std::string number;  // label, "A001" or "AK001"
  char queue = 'A';
  std::string series;   // "" = the hall's
  std::string service;  // service item code
  PriorityClass priority = PriorityClass::normal;
  TicketState state = TicketState::waiting;
  identity::Holder holder;  // empty: nobody
  WallTime issued_at{};     // hall time
  std::string issued_by;    // device URN
  std::string counter;      // where called or served, "" before
  std::optional<WallTime> called_at;
  std::optional<WallTime> started_at;
  std::optional<WallTime> ended_at;
  int calls = 0;

  [[nodiscard]] bool open() const {
    return state == TicketState::waiting || state == TicketState::called || state == TicketState::serving ||
           state == TicketState::held;
  }
};

/// Ticket labels: letter + series + 3–4 digits. REQUIRES: 1 ≤ serial ≤ 9999.
[[nodiscard]] std::string ticket_label(char queue, std::string_view series, int serial);
[[nodiscard]] bool is_queue_letter(char letter);

}  // namespace yizhan::queue

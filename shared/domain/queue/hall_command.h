#pragma once
/// What may be asked of a hall's queue (HallAuthority), as values: a command has its id before it is applied, so a
/// repeat returns the first result.
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "shared/domain/queue/rules.h"
#include "shared/domain/queue/ticket.h"

namespace yizhan::queue {

/// Same holder, same service, open before service began → that ticket comes back with `existing` (no new one).
struct IssueTicket {
  Uuid ticket;
  char queue = 'A';
  std::string series;  // "" = the hall's own
  std::string service;
  PriorityClass priority = PriorityClass::normal;
  identity::Holder holder;
};
/// The next one by the rules out of `queues`; errors: queue_empty; counter_busy (it has a called or serving ticket).
struct CallNext {
  std::vector<char> queues;
};
/// A waiting ticket picked by its label. Errors: ticket_not_found, ticket_not_waiting, counter_busy.
struct CallNumber {
  std::string number;
};
/// The ticket must be at the command's counter (except cancel). Errors: ticket_not_found, ticket_wrong_state,
/// ticket_other_counter, recall_limit.
struct Recall {
  Uuid ticket;
};
struct NoShow {
  Uuid ticket;
};
struct StartService {
  Uuid ticket;
};
struct FinishService {
  Uuid ticket;
};
struct Cancel {
  Uuid ticket;
};
/// All open tickets of days before `day` become expired; with `closing` also those of `day` that are not being served.
struct CloseDay {
  bool closing = false;
};

struct HallCommand {
  Uuid id;                    // UUIDv7, made first
  calendar::BusinessDay day;  // by hall time of the issuing machine
  WallTime at{};              // hall time
  std::string device;         // URN
  std::string counter;        // "" for a kiosk
  std::variant<IssueTicket, CallNext, CallNumber, Recall, NoShow, StartService, FinishService, Cancel, CloseDay> what;
};

struct HallReply {
  Ticket ticket;               // as it is after the command (not for CloseDay)
  std::vector<Ticket> closed;  // CloseDay
  bool existing = false;       // IssueTicket found an open one
  bool repeated = false;       // this command id had been applied before
};

/// One line of the display's and the counter's picture.
struct HallView {
  calendar::BusinessDay day;
  std::vector<Ticket> waiting;         // in calling order
  std::vector<Ticket> active;          // called or serving, newest call first
  std::vector<Ticket> recently_ended;  // ≤ 20, newest first
  std::int64_t version = 0;            // grows with every change
};

/// A call to be announced, in order. `sequence` grows by one per call or recall in the hall and day.
struct Announcement {
  std::int64_t sequence = 0;
  Uuid ticket;
  std::string number;
  std::string counter;
  bool recall = false;
};

}  // namespace yizhan::queue

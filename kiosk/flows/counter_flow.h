#pragma once
/// A clerk's work at a counter (窗口): sign in with staff number and PIN, call, serve, finish; call a number; take a ticket for
/// somebody. One ticket at a time.
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "kiosk/flows/step.h"
#include "shared/base/secret.h"
#include "shared/domain/catalog/catalog.h"
#include "shared/domain/queue/hall_command.h"

namespace yizhan::flows {

namespace counter {

struct Staff {
  std::string number;
  std::string role;
};

// --- States -------------------------------------------------------------------------------------------------------
enum class Field { number, pin };
struct SignedOut {
  std::string number;
  SecretText pin;
  Field focus = Field::number;
  bool checking = false;
  std::string problem;     // staff_refused, staff_locked …
  int attempts_left = -1;  // −1: not said
  std::chrono::seconds locked_for{};
};
/// "Call number …".
struct NumberEntry {
  std::string typed;
};
/// "Take a ticket for a resident": choose a service by search.
struct TakeEntry {
  std::string search;
  queue::PriorityClass priority = queue::PriorityClass::normal;
};
enum class Action { none, call, recall, no_show, start, finish, take };
struct Desk {
  Staff staff;
  queue::HallView view;
  std::optional<queue::Ticket> current;  // called or serving here
  Action busy = Action::none;            // asked, not yet answered
  std::string problem;                   // last refusal's code
  std::string notice;                    // translation key of what was done
  std::string notice_number;
  std::variant<std::monostate, NumberEntry, TakeEntry> panel;
};
using State = std::variant<SignedOut, Desk>;

// --- Events -------------------------------------------------------------------------------------------------------
struct NumberEdited {
  std::string text;
};
struct PinEdited {
  SecretText text;
};
struct Submit {};  // Enter
struct CallNext {};
struct Recall {};
struct NoShow {};
struct Start {};
struct Finish {};
struct OpenNumber {};
struct OpenTake {};
struct PanelEdited {
  std::string text;
};
struct PriorityToggled {};
struct WaitingChosen {
  std::string number;
};  // a row of the waiting list
struct ServiceChosen {
  std::string service;
};
struct Escape {};
struct SignOut {};
struct Idle {};  // nobody touched it for the configured time: lock
// From the office.
struct SignedIn {
  Staff staff;
};
struct SignInRefused {
  std::string code;
  int attempts_left = -1;
  std::chrono::seconds locked_for{};
};
struct ViewArrived {
  queue::HallView view;
};
struct TicketChanged {
  queue::Ticket ticket;
};
struct TicketTaken {
  queue::Ticket ticket;
};
struct Refused {
  std::string code;
};

using Event = std::variant<NumberEdited, PinEdited, Submit, CallNext, Recall, NoShow, Start, Finish, OpenNumber,
                           OpenTake, PanelEdited, PriorityToggled, WaitingChosen, ServiceChosen, Escape, SignOut, Idle,
                           SignedIn, SignInRefused, ViewArrived, TicketChanged, TicketTaken, Refused>;

// --- Effects ------------------------------------------------------------------------------------------------------
struct DoSignIn {
  std::string number;
  SecretText pin;
};
struct DoCallNext {};
struct DoCallNumber {
  std::string number;
};
struct DoRecall {
  Uuid ticket;
};
struct DoNoShow {
  Uuid ticket;
};
struct DoStart {
  Uuid ticket;
};
struct DoFinish {
  Uuid ticket;
};
/// Commits and prints a ticket for a resident who stands here.
struct DoTake {
  std::string service;
  queue::PriorityClass priority = queue::PriorityClass::normal;
};
struct DoRefresh {};
struct DoWipe {};
using Effect =
    std::variant<DoSignIn, DoCallNext, DoCallNumber, DoRecall, DoNoShow, DoStart, DoFinish, DoTake, DoRefresh, DoWipe>;

}  // namespace counter

class CounterFlow {
 public:
  /// `counter`: this counter's name, as on the display.
  CounterFlow(std::shared_ptr<catalog::Catalog const> catalog, std::string counter)
      : m_catalog(std::move(catalog)), m_counter(std::move(counter)) {}

  std::vector<counter::Effect> step(counter::Event event);

  [[nodiscard]] counter::State const& state() const { return m_state; }
  [[nodiscard]] catalog::Catalog const& catalog() const { return *m_catalog; }
  void use_catalog(std::shared_ptr<catalog::Catalog const> catalog) { m_catalog = std::move(catalog); }
  [[nodiscard]] std::string const& counter() const { return m_counter; }
  /// "counter.signed_out", "counter.desk.idle", "counter.desk.called", "counter.desk.serving", "counter.desk.number",
  /// "counter.desk.take".
  [[nodiscard]] std::string name() const;

 private:
  friend struct CounterStep;
  std::shared_ptr<catalog::Catalog const> m_catalog;
  std::string m_counter;
  counter::State m_state = counter::SignedOut{};
};

}  // namespace yizhan::flows

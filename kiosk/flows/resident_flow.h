#pragma once
/// The resident's journey: welcome → identify → choose a service → what to bring → confirm → ticket. Also "find my
/// ticket" and "print again". One question a screen.
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "kiosk/flows/step.h"
#include "shared/base/secret.h"
#include "shared/base/uuid.h"
#include "shared/domain/catalog/catalog.h"
#include "shared/domain/identity/card_text.h"
#include "shared/domain/identity/person.h"
#include "shared/domain/queue/rules.h"
#include "shared/domain/queue/ticket.h"

namespace yizhan::flows {

namespace resident {

enum class Method { card, code, phone, document, nobody };
/// Why a ticket goes before others; declared by the resident, checked at the counter.
enum class PriorityReason { none, elder, veteran, disabled };
enum class Purpose { take_ticket, find_ticket };
/// `none`: not asked for (an open ticket was offered again).
enum class Printing { none, waiting, printed, failed, unknown };

struct TicketView {
  queue::Ticket ticket;
  queue::WaitRange wait;
  bool existing = false;
  Uuid print_job;
};
/// A ticket whose paper did not come, offered on the welcome screen by its number alone.
struct Unprinted {
  Uuid ticket;
  std::string number;
};
/// How long each queue is, for the welcome screen.
struct QueueLength {
  char queue = 'A';
  int waiting = 0;
  queue::WaitRange wait;
};

// --- States -------------------------------------------------------------------------------------------------------
struct Welcome {};
/// Which way to say who you are.
struct ChooseMethod {};
/// "Place your card": the reader is looking; `reading` once a card was found. `problem` is an error code.
struct PresentCard {
  bool reading = false;
  std::string problem;
};
/// "Hold your code": the camera and the scanner are looking.
struct PresentCode {
  bool resolving = false;
  std::string problem;
};
struct EnterPhone {
  SecretText typed;
  std::string problem;
};
struct EnterDocument {
  identity::DocumentKind kind = identity::DocumentKind::id_card;
  SecretText typed;
  std::string problem;
};
/// Card or code read; shows masked name and number, warnings, "take your card".
struct Recognised {
  std::vector<identity::CardWarning> warnings;
};
struct ChooseGroup {
  std::string search;
};
struct ChooseService {
  std::string group;
};
struct WhatToBring {
  std::string service;
};
struct Confirm {
  std::string service;
  PriorityReason priority = PriorityReason::none;
  std::optional<queue::WaitRange> wait;
};
struct Issuing {
  std::string service;
  PriorityReason priority = PriorityReason::none;
};
struct Issued {
  TicketView view;
  Printing printing = Printing::waiting;
  std::string problem;
};
/// What was found for "my ticket"; may be empty.
struct MyTickets {
  bool looking = true;
  std::vector<TicketView> tickets;
};
/// "Give this ticket up?"
struct ConfirmCancel {
  TicketView view;
  bool sent = false;
  std::vector<TicketView> tickets{};  // what Back shows again
};
/// A clear end: what happened and what to do (translation `error.<code>` and `remedy.<code>`). `retry`: Next tries the
/// same again.
struct Problem {
  std::string code;
  std::optional<Issuing> retry;
};
/// Another person's card while a session is open: start over as them?
struct OtherPerson {
  identity::Person other;
  std::vector<identity::CardWarning> warnings;
};

using State =
    std::variant<Welcome, ChooseMethod, PresentCard, PresentCode, EnterPhone, EnterDocument, Recognised, ChooseGroup,
                 ChooseService, WhatToBring, Confirm, Issuing, Issued, MyTickets, ConfirmCancel, Problem, OtherPerson>;

// --- Events -------------------------------------------------------------------------------------------------------
// Taps.
struct Begin {
  Purpose purpose = Purpose::take_ticket;
};
struct Back {};
/// Ends the session: everything of it is wiped.
struct Leave {};
struct MethodChosen {
  Method method = Method::card;
};
struct Edited {
  SecretText text;
};
struct DocumentKindChosen {
  identity::DocumentKind kind = identity::DocumentKind::id_card;
};
/// The primary button, whatever it says.
struct Next {};
struct Searched {
  std::string text;
};
struct GroupChosen {
  std::string group;
};
struct ServiceChosen {
  std::string service;
};
struct PriorityChosen {
  PriorityReason reason = PriorityReason::none;
};
struct ReprintChosen {
  Uuid ticket;
};
struct CancelChosen {
  Uuid ticket;
};
struct SwitchPerson {};
struct KeepPerson {};
// Devices.
struct CardSeen {};
struct CardIdentified {
  identity::Person person;
  std::vector<identity::CardWarning> warnings;
};
struct CardRefused {
  std::string code;
};
struct CodeSeen {
  std::string text;
};
struct CodeResolved {
  std::string service;        // of an appointment, "" otherwise
  std::string ticket_number;  // of a ticket
  std::optional<identity::Person> person;
};
struct CodeRefused {
  std::string code;
};
// Office.
struct TicketReady {
  TicketView view;
};
struct TicketRefused {
  std::string code;
};
struct TicketsFound {
  std::vector<TicketView> tickets;
};
struct TicketCancelled {
  Uuid ticket;
};
struct WaitKnown {
  std::string service;
  queue::WaitRange wait;
};
// Printer.
struct PrintDone {
  Uuid job;
};
struct PrintRefused {
  Uuid job;
  std::string code;
  bool unknown = false;  // bytes went out, the outcome is not known
};

using Event = std::variant<Begin, Back, Leave, MethodChosen, Edited, DocumentKindChosen, Next, Searched, GroupChosen,
                           ServiceChosen, PriorityChosen, ReprintChosen, CancelChosen, SwitchPerson, KeepPerson,
                           CardSeen, CardIdentified, CardRefused, CodeSeen, CodeResolved, CodeRefused, TicketReady,
                           TicketRefused, TicketsFound, TicketCancelled, WaitKnown, PrintDone, PrintRefused>;

// --- Effects ------------------------------------------------------------------------------------------------------
/// Camera and lamp on or off; the card reader polls whenever the resident mode is up.
struct StartScanner {};
struct StopScanner {};
/// Ask the office, with a copy of the session's person. Answered by TicketReady or TicketRefused.
struct TakeTicket {
  std::string service;
  PriorityReason priority = PriorityReason::none;
  identity::Person person;
};
struct FindTickets {
  identity::Person person;  // number empty: by ticket_number
  std::string ticket_number;
};
struct CancelTicket {
  Uuid ticket;
};
struct Reprint {
  Uuid ticket;
};
struct ResolveCode {
  std::string text;
};
struct AskWait {
  std::string service;
};
struct Print {
  TicketView view;
};
struct Speak {
  Sentence sentence;
};
/// The session is over: scrub, reopen the database, reset language, size and volume.
struct Wipe {};

using Effect = std::variant<StartScanner, StopScanner, TakeTicket, FindTickets, CancelTicket, Reprint, ResolveCode,
                            AskWait, Print, Speak, Wipe>;

}  // namespace resident

class ResidentFlow {
 public:
  struct Policy {
    int elder_age = 70;
    int this_year = 0;  // by hall time; 0: age is not judged
  };
  /// `catalog` outlives the flow.
  ResidentFlow(catalog::Catalog const& catalog, Policy policy) : m_catalog(catalog), m_policy(policy) {}

  std::vector<resident::Effect> step(resident::Event event);

  [[nodiscard]] resident::State const& state() const { return m_state; }
  [[nodiscard]] identity::Person const* person() const { return m_person ? &*m_person : nullptr; }
  [[nodiscard]] resident::Purpose purpose() const { return m_purpose; }
  [[nodiscard]] catalog::Catalog const& catalog() const { return m_catalog; }
  /// True from the first tap, card or code until Wipe: the idle time-out runs.
  [[nodiscard]] bool in_session() const { return m_in_session; }
  /// Old enough for priority by the card's birth year.
  [[nodiscard]] bool is_elder() const;
  /// "resident.welcome", "resident.confirm", "resident.ticket.issued" …: for scenarios and tests.
  [[nodiscard]] std::string name() const;

  /// What the welcome screen shows; not part of a session.
  std::vector<resident::QueueLength> queue_lengths;
  std::vector<resident::Unprinted> unprinted;
  bool reader_usable = true;
  bool scanner_usable = true;

 private:
  friend struct ResidentStep;
  catalog::Catalog const& m_catalog;
  Policy m_policy;
  resident::State m_state = resident::Welcome{};
  resident::State m_before = resident::Welcome{};  // what OtherPerson goes back to
  std::optional<identity::Person> m_person;
  resident::Purpose m_purpose = resident::Purpose::take_ticket;
  std::string m_wanted_service;  // from an appointment code
  bool m_in_session = false;
};

}  // namespace yizhan::flows

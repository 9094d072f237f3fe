#pragma once
/// The resident's journey: welcome → identify → choose a matter → (matter_flow.h) apply for it here, or confirm → ticket.
/// Also "my cases" (progress_flow.h), "rate" (rating_flow.h), "find my ticket" and "print again". One question a screen.
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "kiosk/flows/common.h"
#include "kiosk/flows/matter_flow.h"
#include "kiosk/flows/progress_flow.h"
#include "kiosk/flows/rating_flow.h"
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

using flows::Back;
using flows::CardRefused;
using flows::CardSeen;
using flows::Leave;
using flows::Next;
using flows::Printing;
using flows::Speak;

enum class Method { card, code, phone, document, nobody };
/// Why a ticket goes before others; declared by the resident, checked at the counter.
enum class PriorityReason { none, elder, veteran, disabled };
/// `take_ticket`: to have something done, here or at a counter. `progress` and `rate` need a card or a code.
enum class Purpose { take_ticket, find_ticket, progress, rate };
/// The ways to choose a matter, besides searching.
enum class FindBy { fields, life_events, audiences };

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
/// Fields, life events or audiences of the catalogue, or what was found for `search`.
struct ChooseGroup {
  FindBy by = FindBy::fields;
  std::string search;
};
/// ResidentFlow::listed().
struct ChooseService {
  FindBy by = FindBy::fields;
  std::string group;
};
/// ResidentFlow::matter() has it.
struct InMatter {};
/// ResidentFlow::progress() has it.
struct InProgress {};
/// ResidentFlow::rating() has it.
struct InRating {};
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
/// What was found for "my ticket"; may be empty. `ratable`: the visit of the ticket asked for is over and can be rated
/// (RateChosen).
struct MyTickets {
  bool looking = true;
  std::vector<TicketView> tickets;
  std::optional<Ratable> ratable{};
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

using State = std::variant<Welcome, ChooseMethod, PresentCard, PresentCode, EnterPhone, EnterDocument, Recognised,
                           ChooseGroup, ChooseService, InMatter, InProgress, InRating, Confirm, Issuing, Issued,
                           MyTickets, ConfirmCancel, Problem, OtherPerson>;

// --- Events -------------------------------------------------------------------------------------------------------
// Taps.
struct Begin {
  Purpose purpose = Purpose::take_ticket;
};
struct MethodChosen {
  Method method = Method::card;
};
struct Edited {
  SecretText text;
};
struct DocumentKindChosen {
  identity::DocumentKind kind = identity::DocumentKind::id_card;
};
struct Searched {
  std::string text;
};
struct FindByChosen {
  FindBy by = FindBy::fields;
};
struct GroupChosen {
  std::string group;
};
/// An item or a bundle.
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
/// The visit of MyTickets::ratable.
struct RateVisit {};
struct SwitchPerson {};
struct KeepPerson {};
// Devices.
struct CardIdentified {
  identity::Person person;
  std::vector<identity::CardWarning> warnings;
};
struct CodeSeen {
  std::string text;
};
struct CodeResolved {
  std::string service;        // of an appointment, "" otherwise
  std::string ticket_number;  // of a ticket
  std::optional<identity::Person> person;
  std::string case_code{};  // of a case: the code itself, to look it up with
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
  std::optional<Ratable> ratable{};  // asked for by number, and over
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

using Event = std::variant<Begin, Back, Leave, MethodChosen, Edited, DocumentKindChosen, Next, Searched, FindByChosen,
                           GroupChosen, ServiceChosen, PriorityChosen, ReprintChosen, CancelChosen, RateVisit,
                           SwitchPerson, KeepPerson, CardSeen, CardIdentified, CardRefused, CodeSeen, CodeResolved,
                           CodeRefused, TicketReady, TicketRefused, TicketsFound, TicketCancelled, WaitKnown, PrintDone,
                           PrintRefused, matter::Event, progress::Event, rating::Event>;

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
  identity::Person person;  // number empty: by ticket_number; then TicketsFound::ratable is answered, too
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
/// The session is over: scrub, reopen the database, reset language, size and volume.
struct Wipe {};

/// A Speak of a part is always told as Speak.
using Effect = std::variant<StartScanner, StopScanner, TakeTicket, FindTickets, CancelTicket, Reprint, ResolveCode,
                            AskWait, Print, Speak, Wipe, matter::Effect, progress::Effect, rating::Effect>;

}  // namespace resident

class ResidentFlow {
 public:
  struct Policy {
    int elder_age = 70;
  };
  ResidentFlow(std::shared_ptr<catalog::Catalog const> catalog, Policy policy, IdSource make_id);

  std::vector<resident::Effect> step(resident::Event event);
  /// Call after the …_usable below have changed, also within a session: a page that waits for a device says when it is
  /// gone and when it is back.
  std::vector<resident::Effect> devices_changed();

  [[nodiscard]] resident::State const& state() const { return m_state; }
  [[nodiscard]] identity::Person const* person() const { return m_person ? &*m_person : nullptr; }
  [[nodiscard]] resident::Purpose purpose() const { return m_purpose; }
  [[nodiscard]] catalog::Catalog const& catalog() const { return *m_catalog; }
  [[nodiscard]] std::shared_ptr<catalog::Catalog const> const& shared_catalog() const { return m_catalog; }
  /// Another catalogue from now on; false, and nothing changes, within a session.
  bool use_catalog(std::shared_ptr<catalog::Catalog const> catalog);
  /// True from the first tap, card or code until Wipe: the idle time-out runs.
  [[nodiscard]] bool in_session() const { return m_in_session; }
  /// Something is being committed: the idle time-out waits for its answer.
  [[nodiscard]] bool busy() const;
  /// Old enough for priority by the card's birth year.
  [[nodiscard]] bool is_elder() const;
  /// Whether this way of saying who one is serves the purpose of this session.
  [[nodiscard]] bool offers(resident::Method method) const;
  /// Whether any of them can be used now.
  [[nodiscard]] bool offers_any_method() const;
  /// What ChooseGroup chooses from, and what ChooseService lists: bundles first.
  [[nodiscard]] std::vector<catalog::Group> const& groups(resident::FindBy by) const;
  [[nodiscard]] std::vector<catalog::Matter> listed(resident::ChooseService const& state) const;
  /// The parts, in their states (InMatter, InProgress, InRating) and while OtherPerson lies over them; null elsewhere, but
  /// for the matter a ticket is being confirmed for.
  [[nodiscard]] MatterFlow const* matter() const { return m_matter ? &*m_matter : nullptr; }
  [[nodiscard]] ProgressFlow const* progress() const { return m_progress ? &*m_progress : nullptr; }
  [[nodiscard]] RatingFlow const* rating() const { return m_rating ? &*m_rating : nullptr; }
  /// "resident.home", "resident.confirm", "resident.matter.notice" …: for scenarios and tests.
  [[nodiscard]] std::string name() const;

  /// What the welcome screen shows; not part of a session.
  std::vector<resident::QueueLength> queue_lengths;
  std::vector<resident::Unprinted> unprinted;
  bool reader_usable = true;
  bool scanner_usable = true;
  bool ticket_printer_usable = true;
  bool document_camera_usable = true;
  bool document_printer_usable = true;
  bool applications_possible = true;                          // this machine can keep and send personal content
  calendar::BusinessDay today;                                // by hall time; {}: age is not judged
  std::shared_ptr<calendar::HolidayCalendar const> holidays;  // never null
  std::shared_ptr<forms::Divisions const> divisions;          // for addresses; null: none known

 private:
  friend struct ResidentStep;
  std::shared_ptr<catalog::Catalog const> m_catalog;
  Policy m_policy;
  IdSource m_make_id;
  resident::State m_state = resident::Welcome{};
  resident::State m_before = resident::Welcome{};  // what OtherPerson goes back to
  std::optional<identity::Person> m_person;
  resident::Purpose m_purpose = resident::Purpose::take_ticket;
  std::string m_wanted_service;    // from an appointment code
  resident::ChooseService m_list;  // that a matter was chosen from; group "": none
  std::optional<MatterFlow> m_matter;
  std::optional<ProgressFlow> m_progress;
  std::optional<RatingFlow> m_rating;
  bool m_in_session = false;
  bool m_awaited_usable = true;  // the device the page in front waits for, when it was last asked about
};

}  // namespace yizhan::flows

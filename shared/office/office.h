#pragma once
/// Use cases of a service hall, one transaction each (with a PostgreSQL hall: intent → apply → result). Each lives in a
/// file of its own (take_ticket.cpp …) that reads top to bottom. Thread: the store thread.
#include <chrono>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "shared/base/env.h"
#include "shared/base/result.h"
#include "shared/crypto/keys.h"
#include "shared/domain/calendar/hall_time.h"
#include "shared/domain/catalog/catalog.h"
#include "shared/domain/config/config.h"
#include "shared/domain/identity/person.h"
#include "shared/hall/hall_authority.h"
#include "shared/office/holder_index.h"

namespace yizhan::store {
class Store;
}

namespace yizhan::office {

/// Locks of a staff number after wrong PINs; each further failure doubles the lock.
struct LoginPolicy {
  int free_failures = 4;  // the next one locks
  std::chrono::seconds first_lock{30};
  std::chrono::seconds longest_lock{3600};
};

struct Settings {
  std::string device;    // URN
  std::string hall;      // 12 digits
  std::string terminal;  // 3 digits
  std::string counter;   // name shown on display, "" on a kiosk
  std::string zone = "Asia/Shanghai";
  std::string series;  // this machine's own series letters, two candidates, e.g. "KX"; the second is the spare one
  queue::Policy queue;
  LoginPolicy login;
  std::vector<config::OpenHours> hours;          // of each day, local; empty: the day ends at midnight only
  std::chrono::minutes offer_unprinted_for{10};  // after a start or a refill
};

/// Signs ticket QR codes; absent on a machine without a device key (the QR is the number alone then).
struct Signer {
  crypto::PrivateKey key;
  crypto::Certificate certificate;
};

struct TakeTicket {
  std::string service;      // ServiceItem::code
  identity::Person person;  // number empty: by service alone
  queue::PriorityClass priority = queue::PriorityClass::normal;
  bool by_clerk = false;   // ticket taken at the counter
  std::string credential;  // hex id of the appointment code shown, which counts once; empty: none
};

/// What to show and print.
struct IssuedTicket {
  queue::Ticket ticket;
  queue::WaitRange wait;
  bool existing = false;  // the open one was offered again
  std::string qr;         // YZ1: credential, or the number alone
  Uuid print_job;         // queued in the same transaction
};

/// A ticket whose paper did not come (welcome screen: "A012 — reprint").
struct UnprintedTicket {
  Uuid print_job;
  queue::Ticket ticket;
};
enum class PrintState { queued, sent, printed, failed, unknown };

struct StaffMember {
  std::string number;
  std::string role;  // clerk | supervisor | technician
};
/// What to tell after a refused login.
struct LoginRefused {
  int attempts_left = 0;  // before a lock; 0 while locked
  std::chrono::seconds locked_for{};
};
/// Who came for a ticket, for the clerk who serves it.
struct Visitor {
  identity::DocumentKind kind = identity::DocumentKind::id_card;
  SecretText number;
  SecretText name;
};

class Office {
 public:
  /// `hall_key` (32 bytes): people's names and numbers are sealed under it, in this machine's database only; empty: they
  /// are not kept at all. The references, and `catalog` until another one is used, outlive the office.
  Office(Env env, store::Store& store, hall::HallAuthority& authority, calendar::HallClock& clock,
         catalog::Catalog const& catalog, HolderIndex holders, Settings settings, std::optional<Signer> signer,
         std::span<std::byte const> hall_key = {});
  ~Office();

  /// Tickets are taken for its items from now on.
  void use_catalog(std::shared_ptr<catalog::Catalog const> catalog);
  /// Called after each change this machine made to the queue (embedded hall's signal).
  void on_change(hall::ChangeSignal signal);
  /// Before the first screen: finishes open intents, turns `sent` print jobs into `unknown`, closes past days.
  /// Errors: hall_unreachable leaves the intents open; the kiosk starts all the same and tries again (so does each command).
  Result<void> recover();

  // --- Resident ---------------------------------------------------------------------------------------------
  /// Errors: service_unknown, service_closed (the day was closed here), code_used, and the hall's.
  Result<IssuedTicket> take_ticket(TakeTicket const& request);
  /// My open tickets of today.
  Result<std::vector<IssuedTicket>> look_up(identity::Person const& person);
  Result<IssuedTicket> look_up_number(std::string const& number);
  Result<void> cancel(Uuid const& ticket);
  Result<queue::WaitRange> wait_for(std::string const& service);
  /// Makes a new print job for an open ticket.
  Result<IssuedTicket> reprint(Uuid const& ticket);

  // --- Counter ----------------------------------------------------------------------------------------------
  Result<queue::Ticket> call_next(std::vector<char> const& queues);
  Result<queue::Ticket> call_number(std::string const& number);
  Result<queue::Ticket> recall(Uuid const& ticket);
  Result<queue::Ticket> no_show(Uuid const& ticket);
  Result<queue::Ticket> start_service(Uuid const& ticket);
  Result<queue::Ticket> finish_service(Uuid const& ticket);
  /// Staff number and PIN, never one alone. Lock-out doubles on steady time and survives a restart.
  /// Errors: staff_locked, staff_refused (the same for unknown number and wrong PIN).
  Result<StaffMember> log_in(std::string const& number, SecretText const& pin);
  /// What stands beside the last refusal.
  [[nodiscard]] LoginRefused last_refusal() const;
  /// Later actions are the machine's own again in the audit log.
  void log_out();
  /// Adds or replaces. Errors: staff_number_invalid (not 1–16 ASCII letters and digits).
  Result<void> add_staff(std::string const& number, std::string const& role, SecretText const& pin);

  /// Who came for a ticket taken on this machine; nobody where it was taken by service alone or elsewhere.
  Result<std::optional<Visitor>> visitor(Uuid const& ticket);

  // --- Display, screens -------------------------------------------------------------------------------------
  Result<queue::HallView> view();
  Result<std::vector<queue::Announcement>> announcements(std::int64_t after);

  // --- Print jobs -------------------------------------------------------------------------------------------
  Result<void> mark_print(Uuid const& job, PrintState state);
  /// For ten minutes after a start, and after a refill: tickets not printed, still open.
  Result<std::vector<UnprintedTicket>> unprinted();
  /// The printer can print again: unprinted() offers for ten minutes from now.
  void printer_refilled();

  // --- Day --------------------------------------------------------------------------------------------------
  [[nodiscard]] Result<calendar::BusinessDay> today();
  /// Days before today end: their open tickets expire, with events. `closing`: today ends too, and no more tickets are
  /// given out here today. The first action of a new day does the former by itself.
  Result<void> close_day(bool closing);
  /// Once a minute: days before today end and, once, today after the last of its Settings::hours. Before the first
  /// opening tickets are given out: people come early.
  Result<void> keep_hours();
  /// End of a session: personal rows of finished visits are gone, the page cache is dropped.
  Result<void> wipe_session();

 private:
  struct State;
  std::unique_ptr<State> m_state;
};

}  // namespace yizhan::office

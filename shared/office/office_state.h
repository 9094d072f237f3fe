#pragma once
/// What the use cases share. Only shared/office includes this.
#include <map>

#include "shared/crypto/seal.h"
#include "shared/office/command_runner.h"
#include "shared/office/office.h"
#include "shared/store/store.h"

namespace yizhan::office {

/// A staff number's wrong PINs in this process; `locked_until` on the steady clock.
struct LoginLock {
  int failures = 0;
  SteadyTime locked_until{};
};

struct Office::State {
  Env env;
  store::Store& store;
  hall::HallAuthority& authority;
  calendar::HallClock& clock;
  std::shared_ptr<catalog::Catalog const> catalog;
  HolderIndex holders;
  Settings settings;
  std::optional<Signer> signer;
  std::optional<crypto::Sealer> sealer;
  CommandRunner runner;
  hall::ChangeSignal signal;

  std::optional<calendar::BusinessDay> open_day;  // the day this process last found past days closed on
  SteadyTime offer_unprinted_since;
  bool recovered_print_jobs = false;  // once a process: later ones are its own
  std::string staff;                  // who is logged in, "" nobody
  LoginRefused last_refusal;
  std::map<std::string, LoginLock> locks;
  std::string dummy_verifier;  // for unknown numbers, made at the first login

  [[nodiscard]] Result<calendar::BusinessDay> today() const;
  /// Today, after past days' open tickets have ended.
  [[nodiscard]] Result<calendar::BusinessDay> begin();
  [[nodiscard]] std::string actor() const { return staff.empty() ? "machine" : "staff:" + staff; }

  using What = decltype(queue::HallCommand::what);
  [[nodiscard]] Result<queue::HallReply> run(What what, Attachment attachment = {}) {
    return run_at(clock.now(), std::move(what), std::move(attachment));
  }
  /// The command's day is the one of `at`.
  [[nodiscard]] Result<queue::HallReply> run_at(WallTime at, What what, Attachment attachment = {});
  /// Ends past days; `closing`: the day of `at` as well.
  [[nodiscard]] Result<void> end_days(WallTime at, bool closing);
  /// run() for a command about one ticket.
  [[nodiscard]] Result<queue::Ticket> run_for_ticket(What what);
  void changed() const {
    if (signal) signal();
  }

  [[nodiscard]] Result<std::string> series_today(calendar::BusinessDay const& day);
  /// How long `ticket`, waiting or about to be issued, will wait; nothing for one that no longer waits.
  [[nodiscard]] Result<queue::WaitRange> wait_of(queue::Ticket const& ticket);
  /// What its QR code says: a YZ1: credential that ends with the day, the number alone without a signing key.
  [[nodiscard]] std::string code_of(queue::Ticket const& ticket);
  /// Name and number sealed for `visits`; empty without either or without a hall key.
  [[nodiscard]] std::vector<std::byte> seal_person(identity::Person const& person);
  [[nodiscard]] Result<IssuedTicket> shown(queue::Ticket const& ticket, Uuid const& print_job = {});
};

}  // namespace yizhan::office

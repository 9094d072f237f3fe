#include <algorithm>
#include <nlohmann/json.hpp>

#include "shared/crypto/pin_hash.h"
#include "shared/office/office_state.h"

namespace yizhan::office {

namespace {

constexpr std::size_t k_longest_staff_number = 16;

bool is_staff_number(std::string const& number) {
  return !number.empty() && number.size() <= k_longest_staff_number && std::ranges::all_of(number, [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  });
}

Duration lock_after(int failures, LoginPolicy const& policy) {
  int const beyond = failures - policy.free_failures;
  if (beyond <= 0) return Duration{0};
  constexpr int k_enough_doublings = 16;  // past any sensible longest_lock
  return std::min<Duration>(policy.first_lock * (1 << std::min(beyond - 1, k_enough_doublings)), policy.longest_lock);
}

Result<LoginLock> load_lock(store::Database& database, std::string const& number, SteadyTime now) {
  auto statement = TRY(database.prepare("SELECT failures, remaining_us FROM login_locks WHERE number = ?"));
  statement.bind_all(number);
  if (!TRY(statement.step())) return LoginLock{};
  return LoginLock{static_cast<int>(statement.integer(0)), now + Duration(statement.integer(1))};
}

/// What remains of a lock is written, not when it ends: no clock that somebody may set takes part.
Result<void> store_lock(store::Store& store, std::string const& number, LoginLock const& lock, SteadyTime now) {
  return store.commit([&]() -> Result<void> {
    auto statement =
        TRY(store.database().prepare("INSERT INTO login_locks (number, failures, remaining_us) VALUES (?1, ?2, ?3) "
                                     "ON CONFLICT (number) DO UPDATE SET failures = ?2, remaining_us = ?3"));
    auto const remaining = std::max(Duration{0}, lock.locked_until - now);
    return statement.bind_all(number, lock.failures, remaining.count()).run();
  });
}

std::chrono::seconds rounded_up(Duration time) { return std::chrono::ceil<std::chrono::seconds>(time); }

}  // namespace

Result<StaffMember> Office::log_in(std::string const& number, SecretText const& pin) {
  auto& office = *m_state;
  auto& database = office.store.database();
  auto const& policy = office.settings.login;
  auto const now = office.env.steady.now();
  office.last_refusal = {};
  if (!is_staff_number(number) || pin.empty()) return Error::make("staff_refused");

  auto known = office.locks.find(number);
  if (known == office.locks.end()) known = office.locks.emplace(number, TRY(load_lock(database, number, now))).first;
  auto& lock = known->second;
  if (lock.locked_until > now) {
    office.last_refusal.locked_for = rounded_up(lock.locked_until - now);
    TRY(store_lock(office.store, number, lock, now));  // a restart goes on from here
    return Error::make("staff_locked");
  }

  // Counted before the PIN is looked at, so that ending the process after a guess gains nothing.
  ++lock.failures;
  lock.locked_until = now + lock_after(lock.failures, policy);
  TRY(store_lock(office.store, number, lock, now));

  std::string verifier;
  StaffMember member{.number = number, .role = {}};
  {
    auto statement = TRY(database.prepare("SELECT role, verifier FROM staff WHERE number = ? AND active = 1"));
    statement.bind_all(number);
    if (TRY(statement.step())) {
      member.role = statement.text(0);
      verifier = statement.text(1);
    }
  }
  bool const exists = !verifier.empty();
  if (!exists) {  // an unknown number takes as long as a known one
    if (office.dummy_verifier.empty()) office.dummy_verifier = crypto::hash_pin("nobody", office.env.secure_rng);
    verifier = office.dummy_verifier;
  }
  bool const right = TRY(crypto::verify_pin(pin.view(), verifier)) && exists;
  auto const note = [&]() -> Result<void> {
    // What was typed for a number that does not exist may be anything, a person's ID number too.
    std::string const subject = exists ? "staff:" + number : "staff:unknown";
    return office.store.audit().append(right ? "staff.login" : "staff.login_refused", subject, subject,
                                       nlohmann::json::object());
  };
  TRY(office.store.commit(note));
  if (!right) {
    office.last_refusal.attempts_left = std::max(0, policy.free_failures + 1 - lock.failures);
    office.last_refusal.locked_for = rounded_up(lock.locked_until - now);
    return Error::make(lock.locked_until > now ? "staff_locked" : "staff_refused");
  }
  lock = {};
  TRY(store_lock(office.store, number, lock, now));
  office.staff = number;
  return member;
}

LoginRefused Office::last_refusal() const { return m_state->last_refusal; }

void Office::log_out() { m_state->staff.clear(); }

Result<void> Office::add_staff(std::string const& number, std::string const& role, SecretText const& pin) {
  auto& office = *m_state;
  if (!is_staff_number(number)) return Error::make("staff_number_invalid");
  auto const verifier = crypto::hash_pin(pin.view(), office.env.secure_rng);
  return office.store.commit([&]() -> Result<void> {
    auto statement =
        TRY(office.store.database().prepare("INSERT INTO staff (number, role, verifier) VALUES (?1, ?2, ?3) "
                                            "ON CONFLICT (number) DO UPDATE SET role = ?2, verifier = ?3, active = 1"));
    TRY(statement.bind_all(number, role, verifier).run());
    return office.store.audit().append("staff.added", office.actor(), "staff:" + number, {{"role", role}});
  });
}

}  // namespace yizhan::office

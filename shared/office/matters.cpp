#include "shared/office/matters.h"

#include "shared/base/log.h"
#include "shared/office/matters_state.h"

namespace yizhan::office {

Matters::Matters(Env env, store::Store& store, calendar::HallClock& clock, HolderIndex holders,
                 MattersSettings settings, std::optional<Signer> signer, std::span<std::byte const> hall_key)
    : m_state(new State{.env = env,
                        .store = store,
                        .clock = clock,
                        .holders = std::move(holders),
                        .settings = std::move(settings),
                        .signer = std::move(signer),
                        .dossiers = store::Dossiers::create(store, hall_key, env)}) {}

Matters::~Matters() = default;

void Matters::use_calendar(std::shared_ptr<calendar::HolidayCalendar const> calendar) {
  m_state->calendar = std::move(calendar);
}
void Matters::use_upload_key(std::optional<crypto::Certificate> certificate) {
  m_state->upload_key = std::move(certificate);
}
void Matters::use_hall(hall::HallAuthority& hall) { m_state->hall = &hall; }
void Matters::use_divisions(std::shared_ptr<forms::Divisions const> divisions) {
  m_state->divisions = std::move(divisions);
}
void Matters::on_change(std::function<void()> signal) { m_state->signal = std::move(signal); }

Result<identity::Holder> Matters::State::holder_of(identity::Person const& person) const {
  bool const identified =
      person.verification == identity::Verification::card_read || person.verification == identity::Verification::code;
  if (!identified || person.number.empty()) return Error::make("person_unknown");
  return holders.of(person);
}

void Matters::State::sweep() const {
  if (auto const swept = store.blobs().sweep(); !swept)
    log::info("documents stay until the next sweep: {}", swept.error().to_line());
}

Result<void> Matters::State::forget_case(Uuid const& id, identity::Holder const& holder) {
  for (auto const* sql : {"DELETE FROM case_papers WHERE case_id = ?", "DELETE FROM supplements WHERE case_id = ?",
                          "DELETE FROM case_parts WHERE case_id = ?", "DELETE FROM cases WHERE id = ?"}) {
    auto statement = TRY(store.database().prepare(sql));
    TRY(statement.bind_all(id).run());
  }
  TRY(store.uploads().forget(id));
  return dossiers->remove(id, holder);
}

Result<void> Matters::keep_house() {
  auto& matters = *m_state;
  auto& database = matters.store.database();
  auto const now = matters.clock.now();
  auto const today = TRY(matters.today());

  struct Old {
    Uuid id;
    identity::Holder holder;
  };
  std::vector<Old> old;
  {
    auto rows = TRY(database.prepare("SELECT id, holder FROM cases WHERE ended_at <= ?"));
    rows.bind_all((now - std::chrono::days(matters.settings.keep_case_days)).time_since_epoch().count());
    while (TRY(rows.step())) {
      auto const id = TRY(rows.uuid(0));
      old.push_back({id, rows.text(1)});
    }
  }
  std::vector<std::string> stray;  // pages of drafts that were never saved, and of supplements that were never sent
  {
    auto rows =
        TRY(database.prepare("SELECT DISTINCT owner FROM blob_owners WHERE owner NOT LIKE 'upload/%' AND created_at <= "
                             "? AND NOT EXISTS (SELECT 1 "
                             "FROM dossiers WHERE id = owner AND kind = 'draft')"));
    rows.bind_all((now - std::chrono::hours(24)).time_since_epoch().count());
    while (TRY(rows.step())) stray.push_back(rows.text(0));
  }
  bool expired = false;
  bool past_days = false;
  {
    auto rows =
        TRY(database.prepare("SELECT EXISTS (SELECT 1 FROM dossiers WHERE expires_at <= ?), EXISTS (SELECT 1 FROM "
                             "taken_tickets WHERE day < ?)"));
    rows.bind_all(now.time_since_epoch().count(), today.to_string());
    TRY(rows.step());
    expired = rows.integer(0) != 0;
    past_days = rows.integer(1) != 0;
  }
  if (old.empty() && stray.empty() && !expired && !past_days) return matters.store.blobs().sweep();

  auto const clean = [&]() -> Result<void> {
    auto& blobs = matters.store.blobs();
    for (auto const& id : TRY(matters.dossiers->expire(now))) {
      TRY(blobs.release_all(id.to_string()));
      TRY(blobs.release_all(prepared_owner(id)));
    }
    for (auto const& owner : stray) TRY(blobs.release_all(owner));
    for (auto const& one : old) {
      if (TRY(matters.delivered(one.id))) TRY(matters.forget_case(one.id, one.holder));
    }
    auto tickets = TRY(database.prepare("DELETE FROM taken_tickets WHERE day < ?"));
    return tickets.bind_all(today.to_string()).run();
  };
  TRY(matters.store.commit(clean));
  return matters.store.blobs().sweep();
}

}  // namespace yizhan::office

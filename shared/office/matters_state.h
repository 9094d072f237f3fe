#pragma once
/// What the use cases of matters share. Only shared/office includes this.
#include "shared/domain/forms/divisions.h"
#include "shared/hall/hall_authority.h"
#include "shared/office/matters.h"
#include "shared/store/blobs.h"
#include "shared/store/dossiers.h"
#include "shared/store/store.h"
#include "shared/store/uploads.h"

namespace yizhan::office {

struct Matters::State {
  Env env;
  store::Store& store;
  calendar::HallClock& clock;
  HolderIndex holders;
  MattersSettings settings;
  std::optional<Signer> signer;
  std::unique_ptr<store::Dossiers> dossiers;
  std::shared_ptr<calendar::HolidayCalendar const> calendar = std::make_shared<calendar::HolidayCalendar>();
  std::optional<crypto::Certificate> upload_key;
  std::shared_ptr<forms::Divisions const> divisions;
  hall::HallAuthority* hall = nullptr;
  std::function<void()> signal;

  /// Errors: person_unknown.
  [[nodiscard]] Result<identity::Holder> holder_of(identity::Person const& person) const;
  [[nodiscard]] Result<calendar::BusinessDay> today() const { return calendar::local_day(clock.now(), settings.zone); }
  /// A day counted from one of ours is only as good as the clock.
  [[nodiscard]] calendar::Due counted_here(calendar::Due due) const {
    due.provisional = due.provisional || clock.state() != calendar::ClockState::trusted;
    return due;
  }
  /// What nobody owns any more goes after a commit; where it cannot (a full disk), keep_house() does it later.
  void sweep() const;
  void changed() const {
    if (signal) signal();
  }

  /// The draft's version where it is stored and this holder's.
  [[nodiscard]] Result<std::optional<store::DossierHead>> draft_head(Uuid const& id, identity::Holder const& holder);
  /// Errors: draft_unknown.
  [[nodiscard]] Result<cases::Draft> draft(Uuid const& id, identity::Holder const& holder);
  /// This holder's case. Errors: case_unknown.
  [[nodiscard]] Result<cases::Case> case_of(Uuid const& id, identity::Holder const& holder);
  [[nodiscard]] Result<CaseView> view_of(cases::Case what);
  /// The platform has event and documents.
  [[nodiscard]] Result<bool> delivered(Uuid const& case_id);
  /// What a receipt's QR code says: a YZ1: code, the number alone without a signing key.
  [[nodiscard]] std::string code_of(cases::Case const& what);
  /// The number in a text that was scanned or typed; "" where it is none of ours. `proven`: a signed code said it.
  struct ReadNumber {
    std::string number;
    bool proven = false;
  };
  [[nodiscard]] ReadNumber read_number(std::string const& text);
  Result<void> forget_case(Uuid const& id, identity::Holder const& holder);
};

/// Owner of what is being made ready for the platform, until the transaction that hands it over.
[[nodiscard]] inline std::string prepared_owner(Uuid const& id) { return "prepared/" + id.to_string(); }

}  // namespace yizhan::office

#pragma once
/// Use cases of a matter (办事): draft, papers, application, case, rating. One transaction each; personal content is sealed
/// here and encrypted to the platform before it leaves. Thread: the store thread.
///
/// Where a person is asked for, it is one whom a card or the platform's code identified; anybody else (typed, nobody) is
/// person_unknown: a number alone opens nothing.
#include <functional>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "shared/base/env.h"
#include "shared/base/result.h"
#include "shared/crypto/keys.h"
#include "shared/domain/calendar/hall_time.h"
#include "shared/domain/calendar/workdays.h"
#include "shared/domain/cases/case.h"
#include "shared/domain/cases/draft.h"
#include "shared/domain/catalog/catalog.h"
#include "shared/domain/feedback/evaluation.h"
#include "shared/domain/line/line_port.h"
#include "shared/office/holder_index.h"
#include "shared/office/office.h"

namespace yizhan::forms {
class Divisions;
}
namespace yizhan::hall {
class HallAuthority;
}
namespace yizhan::store {
class Store;
}

namespace yizhan::office {

struct DraftHead {
  Uuid id;
  std::string matter;
  WallTime updated_at{};
};

/// A paper of this person that was handed in before.
struct OnFile {
  std::string material;
  std::vector<std::string> pages;  // SHA-256 of the pages themselves
  WallTime at{};
};

struct Submission {
  Uuid draft;
  std::shared_ptr<catalog::Catalog const> catalog;  // the one the resident saw
  identity::Person applicant;
  std::vector<std::byte> application_pdf;  // exactly what was shown and signed
  cases::Signature signature;              // empty where the matter needs none
  std::vector<std::byte> signature_png;
  std::string channel = "kiosk";
};

/// More papers for a part that asked for them (补正), or promised before (容缺).
struct Supplement {
  Uuid id;  // made by the caller before; a repeat with the same id does nothing
  Uuid case_id;
  int part = 1;
  std::vector<cases::HeldMaterial> materials;  // stored with put_page(Supplement::id, …)
  identity::Person applicant;
};

/// A case as its applicant may see it, here and when it is asked for.
struct CaseView {
  cases::Case what;
  cases::Overall overall;
  std::vector<std::optional<calendar::Due>> due;             // by part: the promise
  std::vector<std::optional<calendar::Due>> supplement_due;  // by part
  bool delivered = false;                                    // the platform has event and documents
  std::string qr;                                            // YZ1: case code, or the number alone
};

/// What is rated: a finished visit by its ticket, or a decided case.
struct Ratable {
  enum class About { visit, case_ } about = About::visit;
  Uuid subject;
  std::string label;   // ticket number or masked case number
  std::string matter;  // item or bundle code
};

struct MattersSettings {
  std::string device;    // URN
  std::string hall;      // 12 digits
  std::string terminal;  // 3 digits
  std::string zone = "Asia/Shanghai";
  int keep_draft_hours = 72;
  int keep_case_days = 90;  // after its end, in this machine
  feedback::FollowUpPolicy follow_up;
};

class Matters {
 public:
  /// The references outlive this object. `hall_key` empty: nothing personal can be kept, so no drafts and no applications
  /// (no_hall_key).
  Matters(Env env, store::Store& store, calendar::HallClock& clock, HolderIndex holders, MattersSettings settings,
          std::optional<Signer> signer, std::span<std::byte const> hall_key);
  ~Matters();

  /// The holidays in force; drafts, deadlines and follow-ups use them from then on.
  void use_calendar(std::shared_ptr<calendar::HolidayCalendar const> calendar);
  /// The platform's certificate for documents (use "upload" in the trust list); none: applications wait (upload_key_unknown).
  void use_upload_key(std::optional<crypto::Certificate> certificate);
  /// Whose finished visits can be rated; it outlives this object. None: no visits can.
  void use_hall(hall::HallAuthority& hall);
  /// Addresses of applications are checked against them; none: their codes must only nest.
  void use_divisions(std::shared_ptr<forms::Divisions const> divisions);

  // --- Draft ------------------------------------------------------------------------------------------------
  /// Makes it or replaces it; what became a case already stays one. Errors: person_unknown, draft_foreign, page_unknown (a
  /// page that was not put for this draft), no_hall_key, disk_full.
  Result<void> save_draft(identity::Person const& person, cases::Draft const& draft);
  Result<std::vector<DraftHead>> drafts(identity::Person const& person);
  /// Errors: draft_unknown (also expired, or another person's).
  Result<cases::Draft> open_draft(identity::Person const& person, Uuid const& id);
  Result<void> discard_draft(identity::Person const& person, Uuid const& id);
  /// A compressed picture of a page, for a draft or supplement. Returns its SHA-256. A page that no draft names goes after a
  /// day. Errors: disk_full, blob_too_large.
  Result<std::string> put_page(Uuid const& owner, std::span<std::byte const> jpeg);
  Result<void> drop_page(Uuid const& owner, std::string const& sha256);
  Result<std::vector<std::byte>> page(std::string const& sha256);
  /// Papers this person handed in from this machine and the platform took.
  Result<std::vector<OnFile>> on_file(identity::Person const& person);

  // --- Case -------------------------------------------------------------------------------------------------
  /// Number, case, parts, encrypted documents to upload, event, audit record in ONE transaction; the draft is gone with it.
  /// A draft submitted before gives the case it became. Checks form, papers and signature anew. Errors: person_unknown,
  /// draft_unknown, form_incomplete (detail: fields), materials_incomplete (detail: materials), signature_missing,
  /// signature_of_other_document, matter_not_here, upload_key_unknown, numbers_withheld, numbers_exhausted, disk_full. With each of
  /// them the draft is as it was.
  Result<CaseView> submit(Submission const& submission);
  /// Newest first; of this machine.
  Result<std::vector<CaseView>> cases(identity::Person const& person);
  /// By a case's code or number, of this person only, or, with `person` null, by a signed code alone. Errors: case_unknown (the
  /// same for another person's).
  Result<CaseView> find_case(std::string const& number, identity::Person const* person);
  /// Errors: case_unknown, case_act_out_of_order (nothing was asked for or promised), materials_incomplete,
  /// upload_key_unknown, disk_full.
  Result<CaseView> supplement(Supplement const& supplement);
  /// All parts that are not accepted yet. Errors: case_unknown, case_act_out_of_order.
  Result<CaseView> withdraw(identity::Person const& person, Uuid const& case_id);
  /// A change the platform told (GET /v1/changes) about a case of this machine; false where it is none of ours. Called inside
  /// the transaction that stores it.
  Result<bool> apply(line::Change const& change);
  /// Called on the store thread after apply() or an own action changed a case.
  void on_change(std::function<void()> signal);

  /// Documents the platform cannot take, for staff.
  struct ParkedDocument {
    std::string case_number;
    std::string kind;     // application, signature, material
    std::string problem;  // of the platform's answer
  };
  Result<std::vector<ParkedDocument>> parked_documents();
  struct Counts {
    int drafts = 0;
    int open_cases = 0;
    int cases = 0;
    int undelivered = 0;  // the platform lacks event or documents
  };
  Result<Counts> counts();

  // --- Rating -----------------------------------------------------------------------------------------------
  /// Today's finished visits whose tickets were taken here, and ended cases, not rated yet.
  Result<std::vector<Ratable>> ratable(identity::Person const& person);
  /// By the number of a finished visit of today. Errors: ticket_not_found, rated_already.
  Result<Ratable> ratable_ticket(std::string const& number);
  /// Id (where it is nil), time and day are set here. Returns until when a bad grade is followed up. A repeat with the same
  /// id does nothing. Errors: rating_invalid, rated_already.
  Result<std::optional<calendar::Due>> evaluate(feedback::Evaluation const& evaluation);
  /// The oldest first.
  Result<std::vector<feedback::FollowUp>> follow_ups(bool open_only);
  /// Errors: follow_up_unknown, follow_up_out_of_order.
  Result<feedback::FollowUp> step_follow_up(Uuid const& id, feedback::FollowUpAct act, std::string const& staff);
  /// The next of its two deadlines, as the calendar and the clock are now; none when closed.
  [[nodiscard]] std::optional<calendar::Due> next_due(feedback::FollowUp const& follow_up) const;
  Result<feedback::Figures> figures(calendar::BusinessDay const& from, calendar::BusinessDay const& to);

  /// Once a minute: expired drafts and pages, and old cases the platform has, go, with what they owned.
  Result<void> keep_house();

  struct State;  // matters_state.h, of shared/office only

 private:
  std::unique_ptr<State> m_state;
};

}  // namespace yizhan::office

#pragma once
/// "My cases": looked for here and at the platform, by card or by a receipt's code. Part of the resident's journey.
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "kiosk/flows/common.h"
#include "shared/domain/cases/remote_case.h"

namespace yizhan::flows {

namespace progress {

// --- States -------------------------------------------------------------------------------------------------------
struct Looking {};
/// ProgressFlow::entries() and drafts(). Next: to the services.
struct List {};
/// Timeline, deadline, what is asked of the resident.
struct Detail {
  std::size_t entry = 0;
  std::string problem;  // of a withdrawal
};
/// "Withdraw this application?" Next does.
struct ConfirmWithdraw {
  std::size_t entry = 0;
  bool sent = false;
};
struct Problem {
  std::string code;
  bool retry = true;  // Next looks again
};
using State = std::variant<Looking, List, Detail, ConfirmWithdraw, Problem>;

// --- Events -------------------------------------------------------------------------------------------------------
struct EntryChosen {
  std::size_t entry = 0;
};
struct DraftChosen {
  Uuid draft;
};
struct SupplementChosen {
  int part = 1;
};
struct WithdrawChosen {};
struct RateChosen {};
struct LookAgain {};
// Office.
struct CasesFound {
  std::vector<CaseView> cases;
  std::vector<DraftHead> drafts;
};
struct CasesRefused {
  std::string code;
};
struct Withdrawn {
  CaseView view;
};
struct WithdrawRefused {
  std::string code;
};
// Platform. `as_of`: when it said so.
struct PlatformAnswered {
  std::vector<cases::RemoteCase> cases;
  WallTime as_of{};
};
/// `as_of`: until when this machine knows what the platform decided.
struct PlatformAway {
  std::string code;
  std::optional<WallTime> as_of;
};
using Event =
    std::variant<Back, Next, EntryChosen, DraftChosen, SupplementChosen, WithdrawChosen, RateChosen, LookAgain,
                 CasesFound, CasesRefused, Withdrawn, WithdrawRefused, PlatformAnswered, PlatformAway>;

// --- Effects ------------------------------------------------------------------------------------------------------
/// Cases and drafts of this machine, newest first. With `code` the one case of a scanned receipt, and no drafts; the
/// person is nobody then. Answered by CasesFound or CasesRefused.
struct LoadCases {
  identity::Person person;
  std::string code;
};
/// The same at the platform. Answered by PlatformAnswered or PlatformAway.
struct AskPlatform {
  identity::Person person;
  std::string code;
};
/// Answered by Withdrawn or WithdrawRefused.
struct WithdrawCase {
  identity::Person person;
  Uuid case_id;
};
using Effect = std::variant<LoadCases, AskPlatform, WithdrawCase, Speak>;

struct Outcome {
  enum class Kind { none, finished, services, draft, supplement, rate };
  Kind kind = Kind::none;
  std::optional<DraftHead> draft;
  std::optional<CaseView> view;  // to supplement
  int part = 1;
  std::optional<Ratable> ratable;
};

enum class Platform { asked, answered, away };

/// A case in the list: of this machine, of the platform, or of both.
struct Entry {
  std::optional<CaseView> here;
  std::optional<cases::RemoteCase> there;
  [[nodiscard]] std::string const& number() const { return here ? here->what.number : there->number; }
  [[nodiscard]] std::string const& matter() const { return here ? here->what.matter : there->matter; }
  [[nodiscard]] cases::State state() const;
  [[nodiscard]] WallTime submitted_at() const { return here ? here->what.submitted_at : there->submitted_at; }
  [[nodiscard]] bool needs_applicant() const { return state() == cases::State::supplement; }
};

}  // namespace progress

class ProgressFlow {
 public:
  struct Step;

  /// By card. The first effects are in `list`.
  static ProgressFlow by_card(identity::Person const& person, std::vector<progress::Effect>& list);
  /// By the code of a receipt: masked, without name, nothing can be done but look.
  static ProgressFlow by_code(std::string code, std::vector<progress::Effect>& list);

  std::vector<progress::Effect> step(progress::Event event);
  /// A card was read.
  std::vector<progress::Effect> identified(identity::Person const& person);
  /// A draft or supplement was left: the page before it, without an outcome.
  void come_back() { m_outcome = {}; }

  [[nodiscard]] progress::State const& state() const { return m_state; }
  [[nodiscard]] progress::Outcome const& outcome() const { return m_outcome; }
  /// "list", "detail" …: behind "resident.progress.".
  [[nodiscard]] std::string name() const;
  [[nodiscard]] bool busy() const;

  /// Newest first.
  [[nodiscard]] std::vector<progress::Entry> const& entries() const { return m_entries; }
  [[nodiscard]] std::vector<DraftHead> const& drafts() const { return m_drafts; }
  /// Known by card: may supplement, withdraw, rate and continue.
  [[nodiscard]] bool by_card() const { return m_person.has_value(); }
  [[nodiscard]] progress::Platform platform() const { return m_platform; }
  [[nodiscard]] std::string const& platform_problem() const { return m_platform_problem; }
  [[nodiscard]] std::optional<WallTime> as_of() const { return m_as_of; }
  [[nodiscard]] bool may_supplement(progress::Entry const& entry, int part) const;
  [[nodiscard]] bool may_withdraw(progress::Entry const& entry) const;
  [[nodiscard]] bool may_rate(progress::Entry const& entry) const;

 private:
  ProgressFlow() = default;

  progress::State m_state = progress::Looking{};
  progress::Outcome m_outcome;
  std::optional<identity::Person> m_person;
  std::string m_code;
  std::vector<progress::Entry> m_entries;
  std::vector<CaseView> m_here;
  std::vector<cases::RemoteCase> m_there;
  std::vector<DraftHead> m_drafts;
  progress::Platform m_platform = progress::Platform::asked;
  std::string m_platform_problem;
  std::optional<WallTime> m_as_of;
};

}  // namespace yizhan::flows

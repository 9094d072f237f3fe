#pragma once
/// Evaluation (好差评): one of five grades and why, once for a visit or case, always voluntary; staff neither see nor give
/// it. A bad grade is followed up (回访整改). Grades, reasons and who verifies: 国办发〔2019〕51号; GB/T 39734, 39735-2020.
#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/env.h"
#include "shared/base/result.h"
#include "shared/base/uuid.h"
#include "shared/domain/calendar/workdays.h"
#include "shared/domain/catalog/service_item.h"

namespace yizhan::feedback {

enum class Grade {
  very_dissatisfied = 1,    // 非常不满意
  dissatisfied = 2,         // 不满意
  basically_satisfied = 3,  // 基本满意
  satisfied = 4,            // 满意
  very_satisfied = 5,       // 非常满意
};
/// The best first, as they are asked.
inline constexpr std::array k_grades = {Grade::very_satisfied, Grade::satisfied, Grade::basically_satisfied,
                                        Grade::dissatisfied, Grade::very_dissatisfied};
[[nodiscard]] std::optional<Grade> grade_of(int number);
/// 差评: to be followed up.
[[nodiscard]] bool bad(Grade grade);

/// The national codes of why ("510"); the first digit is the grade. They are texts under `evaluation.option.<code>`, as
/// the grades are under `evaluation.grade.<number>`.
[[nodiscard]] std::span<std::string_view const> options(Grade grade);
/// Of any grade.
[[nodiscard]] bool is_option(std::string_view code);

enum class About { visit, case_ };

struct Evaluation {
  Uuid id;
  About about = About::visit;
  Uuid subject;        // the ticket or the case
  std::string matter;  // item or bundle code
  Grade grade = Grade::very_satisfied;
  std::vector<std::string> options;
  WallTime at{};
  calendar::BusinessDay day;  // local day of `at`
};

/// Options belong to the grade, each once; at most `most_options` where that is not 0.
/// Errors: rating_invalid (what is wrong).
Result<void> check(Evaluation const& evaluation, std::size_t most_options = 0);

// --- Follow-up --------------------------------------------------------------------------------------------------------

/// Periods differ from place to place (5 working days in one city, 15 in another), so they are configured. Both run from
/// the day after the rating.
struct FollowUpPolicy {
  catalog::Period contact{1, calendar::TimeUnit::workday};  // until somebody has asked (回访)
  catalog::Period close{5, calendar::TimeUnit::workday};    // until it is put right or explained
};

///   opened ─contact→ contacted ─rectify_…→ rectifying ─close→ closed
///                     │    │ └──explain──→ explained ──close→ closed
///               appeal_…  deny_appeal
///                     ▼    │
///                   appealed ─exclude────→ excluded ───close→ closed
enum class FollowUpState { opened, contacted, appealed, rectifying, explained, excluded, closed };
enum class FollowUpAct {
  contact,           // the resident was asked, or there is no way to (the record says which)
  rectify_at_once,   // 立行立改
  rectify_by_list,   // 台账限期整改
  explain,           // nothing can be put right: explained to the resident
  appeal_mistaken,   // 误评: the resident says it was meant otherwise
  appeal_malicious,  // 恶意: the office says so
  deny_appeal,
  exclude,  // the appeal holds; no figure counts the rating from then on
  close,
};

/// Persistent as it stands. `measure` and `appeal` are what was done last of their kind.
struct FollowUp {
  Uuid id;
  Uuid evaluation;
  About about = About::visit;
  Uuid subject;
  std::string matter;
  Grade grade = Grade::very_dissatisfied;
  FollowUpPolicy policy;  // as it was on the day it was opened
  FollowUpState state = FollowUpState::opened;
  std::optional<FollowUpAct> measure;  // rectify_at_once, rectify_by_list, explain, exclude
  std::optional<FollowUpAct> appeal;   // appeal_mistaken, appeal_malicious, deny_appeal
  calendar::BusinessDay opened;
  std::optional<calendar::BusinessDay> contacted;
  std::optional<calendar::BusinessDay> closed;
};

/// REQUIRES: bad(evaluation.grade).
[[nodiscard]] FollowUp open_follow_up(Uuid const& id, Evaluation const& evaluation, FollowUpPolicy const& policy);
/// Errors: follow_up_out_of_order (the act does not fit the state); nothing changes then.
Result<void> step(FollowUp& follow_up, FollowUpAct act, calendar::BusinessDay const& day);
/// What may be done now, in the order of FollowUpAct.
[[nodiscard]] std::vector<FollowUpAct> possible_acts(FollowUpState state);

[[nodiscard]] calendar::Due contact_due(FollowUp const& follow_up, calendar::HolidayCalendar const& calendar);
[[nodiscard]] calendar::Due close_due(FollowUp const& follow_up, calendar::HolidayCalendar const& calendar);
/// The next of the two that is not met; none when closed.
[[nodiscard]] std::optional<calendar::Due> next_due(FollowUp const& follow_up,
                                                    calendar::HolidayCalendar const& calendar);
[[nodiscard]] bool overdue(FollowUp const& follow_up, calendar::HolidayCalendar const& calendar,
                           calendar::BusinessDay const& today);

/// Names as they are stored and in translations: "opened", "rectify_at_once".
[[nodiscard]] char const* to_string(About about);
[[nodiscard]] char const* to_string(FollowUpState state);
[[nodiscard]] char const* to_string(FollowUpAct act);
[[nodiscard]] std::optional<About> parse_about(std::string_view text);
[[nodiscard]] std::optional<FollowUpState> parse_follow_up_state(std::string_view text);
[[nodiscard]] std::optional<FollowUpAct> parse_follow_up_act(std::string_view text);

// --- Figures ----------------------------------------------------------------------------------------------------------

/// Of a hall and a time. An excluded rating counts nowhere but in `excluded`.
struct Figures {
  std::array<int, 5> grades{};  // [0]: grade 1
  int excluded = 0;
  int contacted = 0;  // bad ones whose resident was asked (回访)
  int closed = 0;     // bad ones that are put right or explained

  /// `follow_up`: null where there is none.
  void add(Evaluation const& evaluation, FollowUp const* follow_up);

  [[nodiscard]] int count(Grade grade) const { return grades[static_cast<std::size_t>(grade) - 1]; }
  [[nodiscard]] int total() const;
  [[nodiscard]] int bad() const;
  // Parts of one thousand, rounded; none where there is nothing to divide by.
  [[nodiscard]] std::optional<int> satisfaction() const;    // grades 3 to 5 of all
  [[nodiscard]] std::optional<int> bad_rate() const;        // grades 1 and 2 of all
  [[nodiscard]] std::optional<int> follow_up_rate() const;  // contacted of the bad ones
};

}  // namespace yizhan::feedback

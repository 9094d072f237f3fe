#pragma once
/// A case (办件): what was applied for, in one part for each item. A single item has one part, a bundle several; each part
/// goes its own way, and the case's overall state follows from them. Pure rules; the legal clock counts working days.
///
///   submitted → received → accepted → decided
///                │  ▲        │  ▲
///                │  └ supplement (补正, before acceptance: asked once for all that is missing)
///                │           └ suspended (特别程序: hearing, inspection, expert review; the clock stands)
///                └ refused (不予受理; also from supplement, where nothing was brought)
///   submitted, received, supplement → withdrawn (by the applicant)
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/env.h"
#include "shared/base/result.h"
#include "shared/base/uuid.h"
#include "shared/domain/calendar/workdays.h"
#include "shared/domain/catalog/service_item.h"
#include "shared/domain/identity/person.h"

namespace yizhan::cases {

enum class State { submitted, received, accepted, supplement, suspended, decided, refused, withdrawn };
enum class Outcome { none, granted, denied };
/// What happens to a part. `submit` and `withdraw`, `supplied` are the applicant's, the rest the platform's.
enum class Act { submit, receive, accept, ask_supplement, supplied, suspend, resume, decide, refuse, withdraw };

[[nodiscard]] char const* to_string(State state);
[[nodiscard]] std::optional<State> parse_state(std::string_view text);
[[nodiscard]] char const* to_string(Outcome outcome);
[[nodiscard]] std::optional<Outcome> parse_outcome(std::string_view text);
[[nodiscard]] char const* to_string(Act act);
[[nodiscard]] std::optional<Act> parse_act(std::string_view text);

/// One step of a part's way, as it is stored and shown.
struct Step {
  Act act = Act::submit;
  WallTime at{};
  calendar::BusinessDay day;  // local day of `at`
  std::string
      reason;  // code: materials_missing, condition_unmet, hearing, inspection, appraisal, expert_review …; "" none
  std::vector<std::string> materials;  // asked for (ask_supplement): Material::id
  int days = 0;                        // within (ask_supplement): working days
  Outcome outcome = Outcome::none;     // decide
  std::string source;                  // id of the event that told; "" own
};

struct Part {
  int number = 1;
  std::string item;
  std::vector<std::string> after;  // items
  State state = State::submitted;
  Outcome outcome = Outcome::none;
  catalog::Period promise;  // 承诺 at the time of application
  catalog::Period legal;    // 法定
  std::vector<Step> steps;
  std::vector<std::string> promised_materials;  // 容缺: to be brought later
  std::optional<calendar::Due> materials_due;
};

struct Case {
  Uuid id;
  std::string number;
  std::string matter;  // item or bundle code
  bool bundle = false;
  identity::Holder holder;
  std::int64_t catalog_version = 0;
  WallTime submitted_at{};
  std::string province_number;  // the province's own, "" unknown
  std::vector<Part> parts;
  bool rated = false;
};

/// The state after `act`. REQUIRES: a decision has an outcome. Errors: case_act_out_of_order (the act does not fit the state). An act that was applied before (same
/// source) is not an error: nothing changes.
Result<void> apply(Part& part, Step const& step);

/// The last day of a part by its promise (or the law's period with `legal`): from acceptance, days suspended do not count.
/// The day of suspension stands, the day of resumption counts again. None before acceptance, while the clock stands and for
/// what is done at once. `provisional`: a year's holidays are not known.
[[nodiscard]] std::optional<calendar::Due> due(Part const& part, calendar::HolidayCalendar const& calendar,
                                               bool legal = false);
/// Last day to bring what was asked for; none where nothing is asked.
[[nodiscard]] std::optional<calendar::Due> supplement_due(Part const& part, calendar::HolidayCalendar const& calendar);

/// All parts together: what the resident must do first (supplement), else what is furthest behind; decided only where every
/// part has ended, denied or refused parts do not end the others.
struct Overall {
  State state = State::submitted;
  int ended = 0;
  int parts = 0;
  int granted = 0;
  bool needs_applicant = false;
};
[[nodiscard]] Overall overall(Case const& what);
/// Parts that wait for another one still open.
[[nodiscard]] bool blocked(Case const& what, Part const& part);

}  // namespace yizhan::cases

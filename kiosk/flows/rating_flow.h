#pragma once
/// 好差评: five grades, then why, with nothing chosen before somebody chooses. Voluntary: each page can be skipped, and
/// whoever walks away has not rated. Part of the resident's journey.
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "kiosk/flows/common.h"

namespace yizhan::flows {

namespace rating {

// --- States -------------------------------------------------------------------------------------------------------
struct Looking {};
/// RatingFlow::ratables(); may be empty.
struct ChooseWhat {};
/// Five faces.
struct Grade {};
/// Why: any number of the grade's codes, or none. Next gives the rating.
struct Options {
  int grade = 0;
  std::vector<std::string> chosen;
};
struct Sending {
  int grade = 0;
  std::vector<std::string> chosen;
};
/// `follow_up`: somebody will see to it, by when.
struct Thanks {
  int grade = 0;
  std::optional<calendar::Due> follow_up;
};
struct Problem {
  std::string code;
  std::optional<Sending> retry;  // Next tries again
};
using State = std::variant<Looking, ChooseWhat, Grade, Options, Sending, Thanks, Problem>;

// --- Events -------------------------------------------------------------------------------------------------------
struct RatableChosen {
  std::size_t index = 0;
};
/// 5 very satisfied … 1 very dissatisfied.
struct GradeChosen {
  int grade = 0;
};
struct OptionToggled {
  std::string code;
};
/// Before a grade: no rating. After it: no reasons.
struct Skip {};
struct RatablesFound {
  std::vector<Ratable> ratables;
};
struct RatablesRefused {
  std::string code;
};
struct Rated {
  std::optional<calendar::Due> follow_up;
};
struct RateRefused {
  std::string code;
};
using Event = std::variant<Back, Next, RatableChosen, GradeChosen, OptionToggled, Skip, RatablesFound, RatablesRefused,
                           Rated, RateRefused>;

// --- Effects ------------------------------------------------------------------------------------------------------
/// What this person may rate, or the visit of a ticket. Answered by RatablesFound or RatablesRefused.
struct LoadRatables {
  identity::Person person;
  std::string ticket_number;
};
/// Answered by Rated or RateRefused.
struct Rate {
  Ratable what;
  int grade = 0;
  std::vector<std::string> options;
};
using Effect = std::variant<LoadRatables, Rate, Speak>;

}  // namespace rating

class RatingFlow {
 public:
  struct Step;

  /// What there is to rate is asked for. The first effects are in `list`.
  static RatingFlow of_person(identity::Person const& person, std::vector<rating::Effect>& list);
  static RatingFlow of_ticket(std::string number, std::vector<rating::Effect>& list);
  static RatingFlow of(Ratable what, std::vector<rating::Effect>& list);

  std::vector<rating::Effect> step(rating::Event event);

  [[nodiscard]] rating::State const& state() const { return m_state; }
  /// Done or skipped; the session ends.
  [[nodiscard]] bool finished() const { return m_finished; }
  /// "grade", "options" …: behind "resident.rating.".
  [[nodiscard]] std::string name() const;
  [[nodiscard]] bool busy() const { return std::holds_alternative<rating::Sending>(m_state); }

  [[nodiscard]] std::vector<Ratable> const& ratables() const { return m_ratables; }
  /// What is being rated; null before it was chosen.
  [[nodiscard]] Ratable const* what() const { return m_what ? &*m_what : nullptr; }

 private:
  RatingFlow() = default;

  rating::State m_state = rating::Looking{};
  std::vector<Ratable> m_ratables;
  std::optional<Ratable> m_what;
  bool m_finished = false;
};

}  // namespace yizhan::flows

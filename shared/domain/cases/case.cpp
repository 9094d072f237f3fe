#include "shared/domain/cases/case.h"

#include <algorithm>
#include <array>
#include <utility>

namespace yizhan::cases {

namespace {

template <class Enum, std::size_t N>
using Names = std::array<std::pair<Enum, char const*>, N>;

constexpr Names<State, 8> k_states{{{State::submitted, "submitted"},
                                    {State::received, "received"},
                                    {State::accepted, "accepted"},
                                    {State::supplement, "supplement"},
                                    {State::suspended, "suspended"},
                                    {State::decided, "decided"},
                                    {State::refused, "refused"},
                                    {State::withdrawn, "withdrawn"}}};
constexpr Names<Outcome, 3> k_outcomes{
    {{Outcome::none, "none"}, {Outcome::granted, "granted"}, {Outcome::denied, "denied"}}};
constexpr Names<Act, 10> k_acts{{{Act::submit, "submit"},
                                 {Act::receive, "receive"},
                                 {Act::accept, "accept"},
                                 {Act::ask_supplement, "ask_supplement"},
                                 {Act::supplied, "supplied"},
                                 {Act::suspend, "suspend"},
                                 {Act::resume, "resume"},
                                 {Act::decide, "decide"},
                                 {Act::refuse, "refuse"},
                                 {Act::withdraw, "withdraw"}}};

template <class Enum, std::size_t N>
char const* name_of(Names<Enum, N> const& names, Enum value) {
  for (auto const& [one, name] : names) {
    if (one == value) return name;
  }
  return names[0].second;
}

template <class Enum, std::size_t N>
std::optional<Enum> value_of(Names<Enum, N> const& names, std::string_view text) {
  for (auto const& [value, name] : names) {
    if (text == name) return value;
  }
  return std::nullopt;
}

struct Arrow {
  State from;
  Act act;
  State to;
};

/// The picture in the header. `submit` is the first step of a part and has no arrow.
constexpr std::array k_arrows{
    Arrow{State::submitted, Act::receive, State::received},
    Arrow{State::submitted, Act::withdraw, State::withdrawn},
    Arrow{State::received, Act::accept, State::accepted},
    Arrow{State::received, Act::ask_supplement, State::supplement},
    Arrow{State::received, Act::refuse, State::refused},
    Arrow{State::supplement, Act::refuse, State::refused},
    Arrow{State::received, Act::withdraw, State::withdrawn},
    Arrow{State::supplement, Act::supplied, State::received},
    Arrow{State::supplement, Act::withdraw, State::withdrawn},
    Arrow{State::accepted, Act::suspend, State::suspended},
    Arrow{State::accepted, Act::decide, State::decided},
    Arrow{State::suspended, Act::resume, State::accepted},
};

std::optional<State> next(Part const& part, Act act) {
  if (act == Act::submit) return part.steps.empty() ? std::optional(State::submitted) : std::nullopt;
  auto const* const arrow = std::find_if(k_arrows.begin(), k_arrows.end(),
                                         [&](Arrow const& one) { return one.from == part.state && one.act == act; });
  return arrow == k_arrows.end() ? std::nullopt : std::optional(arrow->to);
}

bool ended(State state) { return state == State::decided || state == State::refused || state == State::withdrawn; }

/// How far an open part has come.
int rank(State state) {
  switch (state) {
    case State::supplement: return 0;
    case State::submitted: return 1;
    case State::received: return 2;
    case State::suspended: return 3;
    case State::accepted: return 4;
    case State::decided:
    case State::refused:
    case State::withdrawn: break;
  }
  return 5;
}

/// What a case of ended parts is called: decided where anything was decided, else refused before withdrawn.
int end_rank(State state) { return state == State::decided ? 0 : state == State::refused ? 1 : 2; }

}  // namespace

char const* to_string(State state) { return name_of(k_states, state); }
std::optional<State> parse_state(std::string_view text) { return value_of(k_states, text); }
char const* to_string(Outcome outcome) { return name_of(k_outcomes, outcome); }
std::optional<Outcome> parse_outcome(std::string_view text) { return value_of(k_outcomes, text); }
char const* to_string(Act act) { return name_of(k_acts, act); }
std::optional<Act> parse_act(std::string_view text) { return value_of(k_acts, text); }

Result<void> apply(Part& part, Step const& step) {
  auto const told_before = [&](Step const& one) { return one.source == step.source; };
  if (!step.source.empty() && std::any_of(part.steps.begin(), part.steps.end(), told_before)) return {};
  auto const state = next(part, step.act);
  if (!state) {
    return Error::make("case_act_out_of_order", Retry::no,
                       std::string(to_string(step.act)) + " in " + to_string(part.state));
  }
  part.state = *state;
  if (step.act == Act::decide) part.outcome = step.outcome;
  part.steps.push_back(step);
  return {};
}

Overall overall(Case const& what) {
  Overall all;
  all.parts = static_cast<int>(what.parts.size());
  Part const* first = nullptr;
  for (auto const& part : what.parts) {
    if (ended(part.state)) ++all.ended;
    if (part.outcome == Outcome::granted) ++all.granted;
    if (part.state == State::supplement) all.needs_applicant = true;
    if (first == nullptr || rank(part.state) < rank(first->state)) first = &part;
  }
  if (first == nullptr) return all;
  if (all.ended == all.parts) {
    first = &*std::min_element(what.parts.begin(), what.parts.end(), [](Part const& left, Part const& right) {
      return end_rank(left.state) < end_rank(right.state);
    });
  }
  all.state = first->state;
  return all;
}

bool blocked(Case const& what, Part const& part) {
  return std::any_of(what.parts.begin(), what.parts.end(), [&](Part const& other) {
    bool const awaited = std::find(part.after.begin(), part.after.end(), other.item) != part.after.end();
    return awaited && other.number != part.number && !ended(other.state);
  });
}

}  // namespace yizhan::cases

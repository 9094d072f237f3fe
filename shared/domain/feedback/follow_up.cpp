#include <algorithm>
#include <cassert>

#include "shared/domain/feedback/evaluation.h"

namespace yizhan::feedback {

namespace {

using State = FollowUpState;
using Act = FollowUpAct;

struct Arrow {
  State from;
  Act act;
  State to;
};
constexpr std::array k_arrows = {
    Arrow{State::opened, Act::contact, State::contacted},
    Arrow{State::contacted, Act::rectify_at_once, State::rectifying},
    Arrow{State::contacted, Act::rectify_by_list, State::rectifying},
    Arrow{State::contacted, Act::explain, State::explained},
    Arrow{State::contacted, Act::appeal_mistaken, State::appealed},
    Arrow{State::contacted, Act::appeal_malicious, State::appealed},
    Arrow{State::appealed, Act::deny_appeal, State::contacted},
    Arrow{State::appealed, Act::exclude, State::excluded},
    Arrow{State::rectifying, Act::close, State::closed},
    Arrow{State::explained, Act::close, State::closed},
    Arrow{State::excluded, Act::close, State::closed},
};

constexpr std::array k_abouts = {"visit", "case"};
constexpr std::array k_states = {"opened", "contacted", "appealed", "rectifying", "explained", "excluded", "closed"};
constexpr std::array k_acts = {"contact",          "rectify_at_once", "rectify_by_list", "explain", "appeal_mistaken",
                               "appeal_malicious", "deny_appeal",     "exclude",         "close"};

template <class T, std::size_t N>
char const* name_of(std::array<char const*, N> const& names, T value) {
  return names.at(static_cast<std::size_t>(value));
}
template <class T, std::size_t N>
std::optional<T> value_of(std::array<char const*, N> const& names, std::string_view text) {
  auto const found = std::find(names.begin(), names.end(), text);
  if (found == names.end()) return std::nullopt;
  return static_cast<T>(found - names.begin());
}

calendar::Due due(FollowUp const& follow_up, catalog::Period const& period, calendar::HolidayCalendar const& calendar) {
  return calendar::due_after(calendar, follow_up.opened, period.count, period.unit);
}

}  // namespace

FollowUp open_follow_up(Uuid const& id, Evaluation const& evaluation, FollowUpPolicy const& policy) {
  assert(bad(evaluation.grade));
  FollowUp follow_up;
  follow_up.id = id;
  follow_up.evaluation = evaluation.id;
  follow_up.about = evaluation.about;
  follow_up.subject = evaluation.subject;
  follow_up.matter = evaluation.matter;
  follow_up.grade = evaluation.grade;
  follow_up.policy = policy;
  follow_up.opened = evaluation.day;
  return follow_up;
}

Result<void> step(FollowUp& follow_up, FollowUpAct act, calendar::BusinessDay const& day) {
  auto const arrow = std::find_if(k_arrows.begin(), k_arrows.end(),
                                  [&](Arrow const& one) { return one.from == follow_up.state && one.act == act; });
  if (arrow == k_arrows.end()) {
    return Error::make("follow_up_out_of_order", Retry::no,
                       std::string(to_string(act)) + " when " + to_string(follow_up.state));
  }
  follow_up.state = arrow->to;
  switch (act) {
    case Act::contact: follow_up.contacted = day; break;
    case Act::rectify_at_once:
    case Act::rectify_by_list:
    case Act::explain:
    case Act::exclude: follow_up.measure = act; break;
    case Act::appeal_mistaken:
    case Act::appeal_malicious:
    case Act::deny_appeal: follow_up.appeal = act; break;
    case Act::close: follow_up.closed = day; break;
  }
  return {};
}

std::vector<FollowUpAct> possible_acts(FollowUpState state) {
  std::vector<FollowUpAct> acts;
  for (auto const& arrow : k_arrows) {
    if (arrow.from == state) acts.push_back(arrow.act);
  }
  return acts;
}

calendar::Due contact_due(FollowUp const& follow_up, calendar::HolidayCalendar const& calendar) {
  return due(follow_up, follow_up.policy.contact, calendar);
}
calendar::Due close_due(FollowUp const& follow_up, calendar::HolidayCalendar const& calendar) {
  return due(follow_up, follow_up.policy.close, calendar);
}

std::optional<calendar::Due> next_due(FollowUp const& follow_up, calendar::HolidayCalendar const& calendar) {
  if (follow_up.closed) return std::nullopt;
  return follow_up.contacted ? close_due(follow_up, calendar) : contact_due(follow_up, calendar);
}

bool overdue(FollowUp const& follow_up, calendar::HolidayCalendar const& calendar, calendar::BusinessDay const& today) {
  auto const next = next_due(follow_up, calendar);
  return next && next->day < today;
}

char const* to_string(About about) { return name_of(k_abouts, about); }
char const* to_string(FollowUpState state) { return name_of(k_states, state); }
char const* to_string(FollowUpAct act) { return name_of(k_acts, act); }
std::optional<About> parse_about(std::string_view text) { return value_of<About>(k_abouts, text); }
std::optional<FollowUpState> parse_follow_up_state(std::string_view text) {
  return value_of<FollowUpState>(k_states, text);
}
std::optional<FollowUpAct> parse_follow_up_act(std::string_view text) { return value_of<FollowUpAct>(k_acts, text); }

}  // namespace yizhan::feedback

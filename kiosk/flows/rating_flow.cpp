#include "kiosk/flows/rating_flow.h"

#include <algorithm>

#include "shared/domain/feedback/evaluation.h"

namespace yizhan::flows {

using namespace rating;

namespace rating {
template <class E>
concept Answer = AnyOf<E, RatablesFound, RatablesRefused, Rated, RateRefused>;
}

/// One overload set per state. The template at the end of each lists what the state deliberately leaves alone.
struct RatingFlow::Step {
  using Effects = std::vector<Effect>;
  RatingFlow& flow;

  template <class... Effect_>
  static Effects effects(Effect_... list) {
    return list_of<rating::Effect>(std::move(list)...);
  }
  Effects to(State state, Effects list = {}) {
    flow.m_state = std::move(state);
    return list;
  }
  Effects finish() {
    flow.m_finished = true;
    return {};
  }
  Effects to_grade(Ratable what) {
    flow.m_what = std::move(what);
    return to(Grade{}, effects(say("speech.rate")));
  }
  Effects rate(Sending sending) {
    auto list = effects(Rate{*flow.m_what, sending.grade, sending.chosen});
    return to(std::move(sending), std::move(list));
  }

  Effects on(Looking&, RatablesFound event) {
    flow.m_ratables = std::move(event.ratables);
    if (flow.m_ratables.size() == 1) return to_grade(flow.m_ratables.front());
    return to(ChooseWhat{}, effects(say(flow.m_ratables.empty() ? "speech.nothing_to_rate" : "speech.rate_what")));
  }
  Effects on(Looking&, RatablesRefused event) {
    auto list = effects(say("error." + event.code));
    return to(Problem{std::move(event.code), {}}, std::move(list));
  }
  Effects on(Looking&, Back) { return finish(); }
  Effects on(Looking&, Skip) { return finish(); }
  template <class E>
  requires(AnyOf<E, Next, RatableChosen, GradeChosen, OptionToggled, Rated, RateRefused>) Effects
      on(Looking&, E const&) {
    return {};
  }

  Effects on(ChooseWhat&, RatableChosen event) {
    if (event.index >= flow.m_ratables.size()) return {};
    return to_grade(flow.m_ratables[event.index]);
  }
  Effects on(ChooseWhat&, Back) { return finish(); }
  Effects on(ChooseWhat&, Skip) { return finish(); }
  Effects on(ChooseWhat&, Next) { return flow.m_ratables.empty() ? finish() : Effects{}; }
  template <class E>
  requires(Answer<E> || AnyOf<E, GradeChosen, OptionToggled>) Effects on(ChooseWhat&, E const&) { return {}; }

  Effects on(Grade&, GradeChosen event) {
    if (!feedback::grade_of(event.grade)) return {};
    return to(Options{event.grade, {}}, effects(say("speech.rate_why")));
  }
  Effects on(Grade&, Back) { return flow.m_ratables.size() > 1 ? to(ChooseWhat{}) : finish(); }
  Effects on(Grade&, Skip) { return finish(); }
  template <class E>
  requires(Answer<E> || AnyOf<E, Next, RatableChosen, OptionToggled>) Effects on(Grade&, E const&) { return {}; }

  Effects on(Options& state, OptionToggled event) {
    auto const known = feedback::options(*feedback::grade_of(state.grade));
    if (std::find(known.begin(), known.end(), event.code) == known.end()) return {};
    if (std::erase(state.chosen, event.code) == 0) state.chosen.push_back(std::move(event.code));
    return {};
  }
  Effects on(Options& state, Next) { return rate({state.grade, state.chosen}); }
  Effects on(Options& state, Skip) { return rate({state.grade, {}}); }
  Effects on(Options&, Back) { return to(Grade{}); }
  template <class E>
  requires(Answer<E> || AnyOf<E, RatableChosen, GradeChosen>) Effects on(Options&, E const&) { return {}; }

  Effects on(Sending& state, Rated event) {
    return to(Thanks{state.grade, event.follow_up},
              effects(say(event.follow_up ? "speech.rated_follow_up" : "speech.rated")));
  }
  Effects on(Sending& state, RateRefused event) {
    auto list = effects(say("error." + event.code));
    std::optional<Sending> retry;
    if (event.code != "rated_already" && event.code != "rating_invalid") retry = state;
    return to(Problem{std::move(event.code), std::move(retry)}, std::move(list));
  }
  template <class E>
  requires(AnyOf<E, Back, Next, Skip, RatableChosen, GradeChosen, OptionToggled, RatablesFound, RatablesRefused>)
      Effects on(Sending&, E const&) {
    return {};
  }

  template <class E>
  requires(AnyOf<E, Back, Next, Skip>) Effects on(Thanks&, E const&) { return finish(); }
  template <class E>
  requires(Answer<E> || AnyOf<E, RatableChosen, GradeChosen, OptionToggled>) Effects on(Thanks&, E const&) {
    return {};
  }

  Effects on(Problem& state, Next) {
    if (!state.retry) return finish();
    auto again = std::move(*state.retry);
    return rate(std::move(again));
  }
  Effects on(Problem&, Back) { return finish(); }
  Effects on(Problem&, Skip) { return finish(); }
  template <class E>
  requires(Answer<E> || AnyOf<E, RatableChosen, GradeChosen, OptionToggled>) Effects on(Problem&, E const&) {
    return {};
  }
};

RatingFlow RatingFlow::of_person(identity::Person const& person, std::vector<Effect>& list) {
  RatingFlow flow;
  list = Step::effects(LoadRatables{person.clone(), {}});
  return flow;
}

RatingFlow RatingFlow::of_ticket(std::string number, std::vector<Effect>& list) {
  RatingFlow flow;
  list = Step::effects(LoadRatables{{}, std::move(number)});
  return flow;
}

RatingFlow RatingFlow::of(Ratable what, std::vector<Effect>& list) {
  RatingFlow flow;
  list = Step{flow}.to_grade(std::move(what));
  return flow;
}

std::vector<Effect> RatingFlow::step(Event event) {
  Step step{*this};
  return std::visit([&](auto& state, auto& what) { return step.on(state, std::move(what)); }, m_state, event);
}

std::string RatingFlow::name() const {
  return std::visit(Overloaded{
                        [](Looking const&) { return "looking"; },
                        [](ChooseWhat const&) { return "what"; },
                        [](Grade const&) { return "grade"; },
                        [](Options const&) { return "options"; },
                        [](Sending const&) { return "sending"; },
                        [](Thanks const&) { return "thanks"; },
                        [](Problem const&) { return "problem"; },
                    },
                    m_state);
}

}  // namespace yizhan::flows

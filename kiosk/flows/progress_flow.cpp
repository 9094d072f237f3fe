#include "kiosk/flows/progress_flow.h"

#include <algorithm>

#include "shared/domain/cases/case_number.h"

namespace yizhan::flows {

using namespace progress;

namespace progress {

/// What was done here and has not arrived there yet is the newer word; else the platform decides.
cases::State Entry::state() const {
  if (!there) return here->overall.state;
  return here && !here->delivered ? here->overall.state : there->state;
}

template <class E>
concept ListTap = AnyOf<E, EntryChosen, DraftChosen, LookAgain>;
template <class E>
concept DetailTap = AnyOf<E, SupplementChosen, WithdrawChosen, RateChosen>;

}  // namespace progress

/// One overload set per state. The template at the end of each lists what the state deliberately leaves alone.
struct ProgressFlow::Step {
  using Effects = std::vector<Effect>;
  ProgressFlow& flow;

  template <class... Effect_>
  static Effects effects(Effect_... list) {
    return list_of<progress::Effect>(std::move(list)...);
  }
  Effects to(State state, Effects list = {}) {
    flow.m_state = std::move(state);
    return list;
  }
  Effects done(Outcome outcome) {
    flow.m_outcome = std::move(outcome);
    return {};
  }

  Effects look() {
    flow.m_here.clear();
    flow.m_there.clear();
    flow.m_entries.clear();
    flow.m_drafts.clear();
    flow.m_platform = Platform::asked;
    flow.m_platform_problem.clear();
    auto const who = [&] { return flow.m_person ? flow.m_person->clone() : identity::Person{}; };
    return to(Looking{}, effects(LoadCases{who(), flow.m_code}, AskPlatform{who(), flow.m_code}));
  }

  /// Both lists as one, newest first. The page that shows a case keeps it.
  void join() {
    std::string shown;
    if (auto const* detail = std::get_if<Detail>(&flow.m_state)) shown = flow.m_entries[detail->entry].number();
    if (auto const* asked = std::get_if<ConfirmWithdraw>(&flow.m_state)) shown = flow.m_entries[asked->entry].number();
    flow.m_entries.clear();
    for (auto const& view : flow.m_here) flow.m_entries.push_back({view, {}});
    for (auto const& remote : flow.m_there) {
      auto const same = std::find_if(flow.m_entries.begin(), flow.m_entries.end(), [&](auto const& entry) {
        return entry.here &&
               (entry.here->what.number == remote.number || cases::masked(entry.here->what.number) == remote.number);
      });
      if (same != flow.m_entries.end()) {
        same->there = remote;
      } else {
        flow.m_entries.push_back({{}, remote});
      }
    }
    std::stable_sort(flow.m_entries.begin(), flow.m_entries.end(),
                     [](auto const& a, auto const& b) { return a.submitted_at() > b.submitted_at(); });
    auto const place = [&]() -> std::size_t {
      for (std::size_t i = 0; i < flow.m_entries.size(); ++i) {
        auto const& entry = flow.m_entries[i];
        if (entry.number() == shown || (entry.there && entry.there->number == shown)) return i;
      }
      return flow.m_entries.size();
    };
    if (shown.empty()) return;
    auto const now = place();
    if (now == flow.m_entries.size()) {
      flow.m_state = List{};
    } else if (auto* detail = std::get_if<Detail>(&flow.m_state)) {
      detail->entry = now;
    } else if (auto* asked = std::get_if<ConfirmWithdraw>(&flow.m_state)) {
      asked->entry = now;
    }
  }

  /// A receipt's code means one case: no list to choose from.
  Effects show() {
    join();
    if (!flow.by_card() && flow.m_entries.size() == 1) return to(Detail{}, effects(say("speech.case_found")));
    if (!flow.m_entries.empty() || !flow.m_drafts.empty()) return to(List{}, effects(say("speech.cases_found")));
    if (flow.m_platform == Platform::asked) return to(List{});
    return to(List{},
              effects(say(flow.m_platform == Platform::away ? "speech.platform_away" : "speech.no_case_found")));
  }

  // --- any state: what the platform says ----------------------------------------------------------------------------
  template <class S>
  Effects on(S&, PlatformAnswered event) {
    flow.m_there = std::move(event.cases);
    flow.m_as_of = event.as_of;
    return known(Platform::answered);
  }
  template <class S>
  Effects on(S&, PlatformAway event) {
    flow.m_platform_problem = std::move(event.code);
    flow.m_as_of = event.as_of;
    return known(Platform::away);
  }
  Effects known(Platform platform) {
    flow.m_platform = platform;
    if (std::holds_alternative<Looking>(flow.m_state)) return {};  // the list comes with what is here
    bool const empty = flow.m_entries.empty() && flow.m_drafts.empty();
    if (std::holds_alternative<List>(flow.m_state) && empty) return show();
    join();
    return {};
  }

  // --- states -------------------------------------------------------------------------------------------------------
  Effects on(Looking&, CasesFound event) {
    flow.m_here = std::move(event.cases);
    flow.m_drafts = std::move(event.drafts);
    return show();
  }
  Effects on(Looking&, CasesRefused event) {
    // Another person's case and one that never was are the same answer; the platform may still know it.
    if (event.code == "case_unknown") return show();
    auto list = effects(say("error." + event.code));
    return to(Problem{std::move(event.code), true}, std::move(list));
  }
  Effects on(Looking&, Back) { return done({Outcome::Kind::finished, {}, {}, 1, {}}); }
  template <class E>
  requires(ListTap<E> || DetailTap<E> || AnyOf<E, Next, Withdrawn, WithdrawRefused>) Effects on(Looking&, E const&) {
    return {};
  }

  Effects on(List&, EntryChosen event) {
    if (event.entry >= flow.m_entries.size()) return {};
    return to(Detail{event.entry, {}});
  }
  Effects on(List&, DraftChosen event) {
    for (auto const& draft : flow.m_drafts) {
      if (draft.id == event.draft && flow.by_card()) return done({Outcome::Kind::draft, draft, {}, 1, {}});
    }
    return {};
  }
  Effects on(List&, LookAgain) { return look(); }
  Effects on(List&, Next) { return done({Outcome::Kind::services, {}, {}, 1, {}}); }
  Effects on(List&, Back) { return done({Outcome::Kind::finished, {}, {}, 1, {}}); }
  template <class E>
  requires(DetailTap<E> || AnyOf<E, CasesFound, CasesRefused, Withdrawn, WithdrawRefused>) Effects on(List&, E const&) {
    return {};
  }

  Effects on(Detail& state, SupplementChosen event) {
    auto const& entry = flow.m_entries[state.entry];
    if (!flow.may_supplement(entry, event.part)) return {};
    return done({Outcome::Kind::supplement, {}, entry.here, event.part, {}});
  }
  Effects on(Detail& state, WithdrawChosen) {
    if (!flow.may_withdraw(flow.m_entries[state.entry])) return {};
    return to(ConfirmWithdraw{state.entry, false}, effects(say("speech.confirm_withdraw")));
  }
  Effects on(Detail& state, RateChosen) {
    auto const& entry = flow.m_entries[state.entry];
    if (!flow.may_rate(entry)) return {};
    auto const& what = entry.here->what;
    return done({Outcome::Kind::rate,
                 {},
                 {},
                 1,
                 Ratable{Ratable::About::case_, what.id, cases::masked(what.number), what.matter}});
  }
  Effects on(Detail&, Next) { return back(); }
  Effects on(Detail&, Back) { return back(); }
  Effects back() {
    if (flow.by_card()) return to(List{});
    return done({Outcome::Kind::finished, {}, {}, 1, {}});
  }
  template <class E>
  requires(ListTap<E> || AnyOf<E, CasesFound, CasesRefused, Withdrawn, WithdrawRefused>) Effects on(Detail&, E const&) {
    return {};
  }

  Effects on(ConfirmWithdraw& state, Next) {
    if (state.sent) return {};
    state.sent = true;
    return effects(WithdrawCase{flow.m_person->clone(), flow.m_entries[state.entry].here->what.id});
  }
  Effects on(ConfirmWithdraw& state, Back) {
    if (state.sent) return {};  // the answer decides what there is to go back to
    return to(Detail{state.entry, {}});
  }
  Effects on(ConfirmWithdraw& state, Withdrawn event) {
    auto const entry = state.entry;
    for (auto& view : flow.m_here) {
      if (view.what.id == event.view.what.id) view = event.view;
    }
    auto list = to(Detail{entry, {}}, effects(say("speech.case_withdrawn")));
    join();
    return list;
  }
  Effects on(ConfirmWithdraw& state, WithdrawRefused event) {
    auto list = effects(say("error." + event.code));
    return to(Detail{state.entry, std::move(event.code)}, std::move(list));
  }
  template <class E>
  requires(ListTap<E> || DetailTap<E> || AnyOf<E, CasesFound, CasesRefused>) Effects on(ConfirmWithdraw&, E const&) {
    return {};
  }

  Effects on(Problem& state, Next) {
    if (state.retry) return look();
    return done({Outcome::Kind::finished, {}, {}, 1, {}});
  }
  Effects on(Problem&, Back) { return done({Outcome::Kind::finished, {}, {}, 1, {}}); }
  template <class E>
  requires(ListTap<E> || DetailTap<E> || AnyOf<E, CasesFound, CasesRefused, Withdrawn, WithdrawRefused>) Effects
      on(Problem&, E const&) {
    return {};
  }
};

ProgressFlow ProgressFlow::by_card(identity::Person const& person, std::vector<Effect>& list) {
  ProgressFlow flow;
  flow.m_person = person.clone();
  list = Step{flow}.look();
  return flow;
}

ProgressFlow ProgressFlow::by_code(std::string code, std::vector<Effect>& list) {
  ProgressFlow flow;
  flow.m_code = std::move(code);
  list = Step{flow}.look();
  return flow;
}

std::vector<Effect> ProgressFlow::step(Event event) {
  Step step{*this};
  return std::visit([&](auto& state, auto& what) { return step.on(state, std::move(what)); }, m_state, event);
}

/// The card opens more than the code did: everything is looked for anew, as its holder's.
std::vector<Effect> ProgressFlow::identified(identity::Person const& person) {
  if (m_person) return {};
  m_person = person.clone();
  m_code.clear();
  return Step{*this}.look();
}

std::string ProgressFlow::name() const {
  return std::visit(Overloaded{
                        [](Looking const&) { return "looking"; },
                        [](List const&) { return "list"; },
                        [](Detail const&) { return "detail"; },
                        [](ConfirmWithdraw const&) { return "withdraw"; },
                        [](Problem const&) { return "problem"; },
                    },
                    m_state);
}

bool ProgressFlow::busy() const {
  auto const* asked = std::get_if<ConfirmWithdraw>(&m_state);
  return asked != nullptr && asked->sent;
}

bool ProgressFlow::may_supplement(Entry const& entry, int part) const {
  return by_card() && entry.here && !asked_materials(*entry.here, part).empty();
}

bool ProgressFlow::may_withdraw(Entry const& entry) const {
  if (!by_card() || !entry.here) return false;
  auto const& parts = entry.here->what.parts;
  return std::any_of(parts.begin(), parts.end(), [](auto const& part) {
    return part.state == cases::State::submitted || part.state == cases::State::received ||
           part.state == cases::State::supplement;
  });
}

bool ProgressFlow::may_rate(Entry const& entry) const {
  return by_card() && entry.here && !entry.here->what.rated && entry.state() == cases::State::decided;
}

}  // namespace yizhan::flows

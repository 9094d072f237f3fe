#include "kiosk/flows/counter_flow.h"

#include "shared/base/text.h"

namespace yizhan::flows {

using namespace counter;
using Effects = std::vector<Effect>;

namespace {
template <class Effect_>
Effects one(Effect_ effect) {
  Effects list;
  list.emplace_back(std::move(effect));
  return list;
}
}  // namespace

struct CounterStep {
  CounterFlow& flow;

  // --- signed out ---------------------------------------------------------------------------------------------------

  Effects on(SignedOut& state, NumberEdited event) {
    state.number = std::move(event.text);
    state.focus = Field::number;
    state.problem.clear();
    return {};
  }
  Effects on(SignedOut& state, PinEdited event) {
    // What was wrong stays on the screen until something new is typed.
    if (!event.text.empty()) state.problem.clear();
    state.pin = std::move(event.text);
    state.focus = Field::pin;
    return {};
  }
  Effects on(SignedOut& state, Submit) {
    if (state.checking) return {};
    if (state.number.empty()) {
      state.focus = Field::number;
      return {};
    }
    if (state.pin.empty()) {
      state.focus = Field::pin;
      return {};
    }
    state.checking = true;
    return one(DoSignIn{state.number, std::move(state.pin)});
  }
  Effects on(SignedOut&, SignedIn event) {
    Desk desk;
    desk.staff = std::move(event.staff);
    flow.m_state = std::move(desk);
    return one(DoRefresh{});
  }
  Effects on(SignedOut& state, SignInRefused event) {
    state.checking = false;
    state.pin.wipe();
    state.focus = Field::pin;
    state.problem = std::move(event.code);
    state.attempts_left = event.attempts_left;
    state.locked_for = event.locked_for;
    return {};
  }
  Effects on(SignedOut& state, Refused event) {
    state.checking = false;
    state.problem = std::move(event.code);
    return {};
  }
  Effects on(SignedOut& state, AnyOf<Escape, Idle> auto const&) {
    state = {};
    return {};
  }
  Effects on(SignedOut&,
             AnyOf<CallNext, Recall, NoShow, Start, Finish, OpenNumber, OpenTake, PanelEdited, PriorityToggled,
                   WaitingChosen, ServiceChosen, SignOut, ViewArrived, TicketChanged, TicketTaken> auto const&) {
    return {};
  }

  // --- at the desk --------------------------------------------------------------------------------------------------

  bool free(Desk const& desk) const { return desk.busy == Action::none; }
  bool in_state(Desk const& desk, queue::TicketState state) const {
    return free(desk) && desk.current && desk.current->state == state;
  }
  template <class Effect_>
  Effects ask(Desk& desk, Action action, Effect_ effect) {
    desk.busy = action;
    desk.problem.clear();
    desk.notice.clear();
    desk.panel = std::monostate{};
    return one(std::move(effect));
  }
  Effects say(Desk& desk, char const* problem) {
    desk.problem = problem;
    return {};
  }
  Effects call_number(Desk& desk, std::string number) {
    if (!free(desk)) return {};
    if (desk.current) return say(desk, "counter_busy");
    return ask(desk, Action::call, DoCallNumber{std::move(number)});
  }

  Effects on(Desk& desk, CallNext) {
    if (!free(desk)) return {};
    if (desk.current) return say(desk, "counter_busy");
    return ask(desk, Action::call, DoCallNext{});
  }
  Effects on(Desk& desk, Recall) {
    if (!in_state(desk, queue::TicketState::called)) return say(desk, "nobody_called");
    return ask(desk, Action::recall, DoRecall{desk.current->id});
  }
  Effects on(Desk& desk, NoShow) {
    if (!in_state(desk, queue::TicketState::called)) return say(desk, "nobody_called");
    return ask(desk, Action::no_show, DoNoShow{desk.current->id});
  }
  Effects on(Desk& desk, Start) {
    if (!in_state(desk, queue::TicketState::called)) return say(desk, "nobody_called");
    return ask(desk, Action::start, DoStart{desk.current->id});
  }
  Effects on(Desk& desk, Finish) {
    if (!in_state(desk, queue::TicketState::serving)) return say(desk, "nobody_served");
    return ask(desk, Action::finish, DoFinish{desk.current->id});
  }
  Effects on(Desk& desk, OpenNumber) {
    desk.panel = NumberEntry{};
    return {};
  }
  Effects on(Desk& desk, OpenTake) {
    desk.panel = TakeEntry{};
    return {};
  }
  Effects on(Desk& desk, PanelEdited event) {
    if (auto* entry = std::get_if<NumberEntry>(&desk.panel)) entry->typed = text::to_upper_ascii(event.text);
    if (auto* entry = std::get_if<TakeEntry>(&desk.panel)) entry->search = std::move(event.text);
    return {};
  }
  Effects on(Desk& desk, PriorityToggled) {
    if (auto* entry = std::get_if<TakeEntry>(&desk.panel)) {
      entry->priority = entry->priority == queue::PriorityClass::normal ? queue::PriorityClass::priority
                                                                        : queue::PriorityClass::normal;
    }
    return {};
  }
  Effects on(Desk& desk, Submit) {
    if (auto* entry = std::get_if<NumberEntry>(&desk.panel); entry != nullptr && !entry->typed.empty()) {
      return call_number(desk, entry->typed);
    }
    return {};
  }
  Effects on(Desk& desk, WaitingChosen event) { return call_number(desk, std::move(event.number)); }
  Effects on(Desk& desk, ServiceChosen event) {
    auto const* entry = std::get_if<TakeEntry>(&desk.panel);
    if (entry == nullptr || !free(desk)) return {};
    auto const priority = entry->priority;
    return ask(desk, Action::take, DoTake{std::move(event.service), priority});
  }
  Effects on(Desk& desk, Escape) {
    desk.panel = std::monostate{};
    desk.problem.clear();
    return {};
  }
  /// A clerk does not leave a resident standing: a called or served ticket is finished or put as no-show first.
  Effects on(Desk& desk, SignOut) {
    if (desk.current) return say(desk, "counter_busy");
    flow.m_state = SignedOut{};
    return one(DoWipe{});
  }
  Effects on(Desk&, Idle) {
    flow.m_state = SignedOut{};
    return one(DoWipe{});
  }
  Effects on(Desk& desk, ViewArrived event) {
    desk.view = std::move(event.view);
    if (!free(desk)) return {};
    // The hall is the truth: what it says is at this counter is the current ticket, also after a restart.
    desk.current.reset();
    for (auto const& ticket : desk.view.active) {
      if (ticket.counter == flow.m_counter) desk.current = ticket;
    }
    return {};
  }
  Effects on(Desk& desk, TicketChanged event) {
    static constexpr char const* k_notice[] = {"",
                                               "counter.notice.called",
                                               "counter.notice.recalled",
                                               "counter.notice.no_show",
                                               "counter.notice.started",
                                               "counter.notice.finished",
                                               ""};
    desk.notice = k_notice[static_cast<int>(desk.busy)];
    desk.notice_number = event.ticket.number;
    desk.busy = Action::none;
    bool const here =
        event.ticket.state == queue::TicketState::called || event.ticket.state == queue::TicketState::serving;
    if (here)
      desk.current = std::move(event.ticket);
    else
      desk.current.reset();
    return one(DoRefresh{});
  }
  Effects on(Desk& desk, TicketTaken event) {
    desk.busy = Action::none;
    desk.notice = "counter.notice.taken";
    desk.notice_number = std::move(event.ticket.number);
    return one(DoRefresh{});
  }
  Effects on(Desk& desk, Refused event) {
    desk.busy = Action::none;
    desk.problem = std::move(event.code);
    return one(DoRefresh{});
  }
  Effects on(Desk&, AnyOf<NumberEdited, PinEdited, SignedIn, SignInRefused> auto const&) { return {}; }
};

std::vector<Effect> CounterFlow::step(Event event) {
  CounterStep step{*this};
  return std::visit([&](auto& state, auto& what) { return step.on(state, std::move(what)); }, m_state, event);
}

std::string CounterFlow::name() const {
  auto const* desk = std::get_if<Desk>(&m_state);
  if (desk == nullptr) return "counter.signed_out";
  if (std::holds_alternative<NumberEntry>(desk->panel)) return "counter.desk.number";
  if (std::holds_alternative<TakeEntry>(desk->panel)) return "counter.desk.take";
  if (!desk->current) return "counter.desk.idle";
  return desk->current->state == queue::TicketState::serving ? "counter.desk.serving" : "counter.desk.called";
}

}  // namespace yizhan::flows

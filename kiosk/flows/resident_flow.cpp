#include "kiosk/flows/resident_flow.h"

#include <charconv>

#include "shared/base/text.h"
#include "shared/domain/identity/id_number.h"

namespace yizhan::flows {

using namespace resident;
using Effects = std::vector<Effect>;

namespace {

template <class... Effect_>
Effects effects(Effect_... list) {
  Effects all;
  (all.emplace_back(std::move(list)), ...);
  return all;
}

Speak say(std::string key) { return {Sentence{std::move(key), {}}}; }

bool same_person(identity::Person const& a, identity::Person const& b) {
  return a.kind == b.kind && a.number.view() == b.number.view();
}

/// The code of what is wrong with a typed document number, empty where it may be used.
std::string document_problem(identity::DocumentKind kind, std::string_view typed) {
  if (typed.empty()) return "entry_empty";
  if (kind == identity::DocumentKind::id_card) {
    return identity::check_id_number(typed).valid() ? "" : "id_number_invalid";
  }
  if (typed.size() < 5 || typed.size() > 20) return "document_number_length";
  for (char const c : typed) {
    if (!((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z'))) return "document_number_character";
  }
  return "";
}

}  // namespace

/// One overload set per state. `AnyOf` lists what a state deliberately leaves alone.
struct ResidentStep {
  ResidentFlow& flow;

  // --- moves shared by states ---------------------------------------------------------------------------------------

  Effects leave() {
    flow.m_person.reset();
    flow.m_wanted_service.clear();
    flow.m_purpose = Purpose::take_ticket;
    flow.m_in_session = false;
    flow.m_before = Welcome{};
    flow.m_state = Welcome{};
    return effects(StopScanner{}, Wipe{});
  }

  Effects to(State state, Effects list = {}) {
    flow.m_in_session = true;
    flow.m_state = std::move(state);
    return list;
  }

  Effects to_method() {
    flow.m_person.reset();
    return to(ChooseMethod{}, effects(StopScanner{}, say("speech.choose_method")));
  }

  Effects recognise(identity::Person person, std::vector<identity::CardWarning> warnings) {
    flow.m_person = std::move(person);
    return to(Recognised{std::move(warnings)}, effects(StopScanner{}, say("speech.take_your_card")));
  }

  Effects card(CardIdentified event) {
    if (!flow.m_person || flow.m_person->number.empty())
      return recognise(std::move(event.person), std::move(event.warnings));
    if (same_person(*flow.m_person, event.person)) return effects(say("speech.take_your_card"));
    flow.m_before = std::exchange(flow.m_state, Welcome{});
    return to(OtherPerson{std::move(event.person), std::move(event.warnings)}, effects(say("speech.other_person")));
  }

  Effects refused_card(CardRefused const& event) {
    return to(PresentCard{false, event.code}, effects(StopScanner{}, say("error." + event.code)));
  }

  /// After the person is settled (or is nobody).
  Effects onward() {
    if (flow.m_purpose == Purpose::find_ticket) {
      return to(MyTickets{}, effects(StopScanner{}, FindTickets{flow.m_person->clone(), {}}));
    }
    if (!flow.m_wanted_service.empty()) return to_service(flow.m_wanted_service);
    return to(ChooseGroup{}, effects(StopScanner{}, say("speech.choose_service")));
  }

  Effects to_service(std::string const& code) {
    if (flow.m_catalog.find(code) == nullptr)
      return to(Problem{"service_unknown", {}}, effects(say("error.service_unknown")));
    return to(WhatToBring{code}, effects(say("speech.what_to_bring")));
  }

  Effects resolved(CodeResolved event) {
    if (event.person) flow.m_person = std::move(event.person);
    if (!event.ticket_number.empty()) {
      flow.m_purpose = Purpose::find_ticket;
      identity::Person nobody;
      nobody.verification = identity::Verification::none;
      return to(MyTickets{}, effects(StopScanner{}, FindTickets{std::move(nobody), event.ticket_number}));
    }
    if (!flow.m_person) {
      flow.m_person.emplace();
      flow.m_person->verification = identity::Verification::code;
    }
    flow.m_wanted_service = event.service;
    return onward();
  }

  Effects issued(TicketReady event) {
    if (event.view.existing) {
      auto argument = std::pair{std::string("number"), event.view.ticket.number};
      return to(Issued{std::move(event.view), Printing::none, {}},
                effects(Speak{Sentence{"speech.ticket_existing", {std::move(argument)}}}));
    }
    auto const view = event.view;
    auto argument = std::pair{std::string("number"), view.ticket.number};
    return to(Issued{view, Printing::waiting, {}},
              effects(Print{view}, Speak{Sentence{"speech.ticket_ready", {std::move(argument)}}}));
  }

  Effects reprint(ReprintChosen const& event) { return to(Issuing{}, effects(resident::Reprint{event.ticket})); }

  // --- welcome ------------------------------------------------------------------------------------------------------

  Effects on(Welcome&, Begin event) {
    flow.m_purpose = event.purpose;
    return to_method();
  }
  Effects on(Welcome&, CardSeen) { return to(PresentCard{true, {}}); }
  Effects on(Welcome&, CardIdentified event) { return card(std::move(event)); }
  Effects on(Welcome&, CardRefused event) { return refused_card(event); }
  Effects on(Welcome&, CodeSeen event) {
    return to(PresentCode{true, {}}, effects(ResolveCode{std::move(event.text)}));
  }
  Effects on(Welcome&, ReprintChosen event) { return reprint(event); }
  Effects on(Welcome&,
             AnyOf<Back, Leave, MethodChosen, Edited, DocumentKindChosen, Next, Searched, GroupChosen, ServiceChosen,
                   PriorityChosen, CancelChosen, SwitchPerson, KeepPerson, CodeResolved, CodeRefused, TicketReady,
                   TicketRefused, TicketsFound, TicketCancelled, WaitKnown, PrintDone, PrintRefused> auto const&) {
    return {};
  }

  // --- identify -----------------------------------------------------------------------------------------------------

  Effects on(ChooseMethod&, MethodChosen event) {
    switch (event.method) {
      case Method::card: return to(PresentCard{}, effects(say("speech.present_card")));
      case Method::code: return to(PresentCode{}, effects(StartScanner{}, say("speech.present_code")));
      case Method::phone: return to(EnterPhone{}, effects(say("speech.enter_phone")));
      case Method::document: return to(EnterDocument{}, effects(say("speech.enter_document")));
      case Method::nobody: break;
    }
    flow.m_person.emplace();
    return onward();
  }
  Effects on(ChooseMethod&, CardSeen) { return to(PresentCard{true, {}}); }
  Effects on(ChooseMethod&, CardIdentified event) { return card(std::move(event)); }
  Effects on(ChooseMethod&, CardRefused event) { return refused_card(event); }
  Effects on(ChooseMethod&, CodeSeen event) {
    return to(PresentCode{true, {}}, effects(ResolveCode{std::move(event.text)}));
  }
  Effects on(ChooseMethod&, AnyOf<Back, Leave> auto const&) { return leave(); }
  Effects on(ChooseMethod&,
             AnyOf<Begin, Edited, DocumentKindChosen, Next, Searched, GroupChosen, ServiceChosen, PriorityChosen,
                   ReprintChosen, CancelChosen, SwitchPerson, KeepPerson, CodeResolved, CodeRefused, TicketReady,
                   TicketRefused, TicketsFound, TicketCancelled, WaitKnown, PrintDone, PrintRefused> auto const&) {
    return {};
  }

  Effects on(PresentCard& state, CardSeen) {
    state = {true, {}};
    return {};
  }
  Effects on(PresentCard&, CardIdentified event) { return card(std::move(event)); }
  Effects on(PresentCard&, CardRefused event) { return refused_card(event); }
  Effects on(PresentCard&, CodeSeen event) {
    return to(PresentCode{true, {}}, effects(ResolveCode{std::move(event.text)}));
  }
  Effects on(PresentCard&, Back) { return to_method(); }
  Effects on(PresentCard&, Leave) { return leave(); }
  Effects on(
      PresentCard&,
      AnyOf<Begin, MethodChosen, Edited, DocumentKindChosen, Next, Searched, GroupChosen, ServiceChosen, PriorityChosen,
            ReprintChosen, CancelChosen, SwitchPerson, KeepPerson, CodeResolved, CodeRefused, TicketReady,
            TicketRefused, TicketsFound, TicketCancelled, WaitKnown, PrintDone, PrintRefused> auto const&) {
    return {};
  }

  Effects on(PresentCode& state, CodeSeen event) {
    if (state.resolving) return {};
    state = {true, {}};
    return effects(ResolveCode{std::move(event.text)});
  }
  Effects on(PresentCode& state, CodeResolved event) {
    if (!state.resolving) return {};  // of a code shown before the resident went back
    return resolved(std::move(event));
  }
  Effects on(PresentCode&, CodeRefused event) {
    return to(PresentCode{false, event.code}, effects(StartScanner{}, say("error." + event.code)));
  }
  Effects on(PresentCode&, CardSeen) { return to(PresentCard{true, {}}, effects(StopScanner{})); }
  Effects on(PresentCode&, CardIdentified event) { return card(std::move(event)); }
  Effects on(PresentCode&, CardRefused event) { return refused_card(event); }
  Effects on(PresentCode&, Back) { return to_method(); }
  Effects on(PresentCode&, Leave) { return leave(); }
  Effects on(PresentCode&,
             AnyOf<Begin, MethodChosen, Edited, DocumentKindChosen, Next, Searched, GroupChosen, ServiceChosen,
                   PriorityChosen, ReprintChosen, CancelChosen, SwitchPerson, KeepPerson, TicketReady, TicketRefused,
                   TicketsFound, TicketCancelled, WaitKnown, PrintDone, PrintRefused> auto const&) {
    return {};
  }

  Effects on(EnterPhone& state, Edited event) {
    state.typed = std::move(event.text);
    state.problem.clear();
    return {};
  }
  Effects on(EnterPhone& state, Next) {
    auto phone = identity::normalise_phone(state.typed.view());
    if (!phone) {
      state.problem = phone.error().code();
      return effects(say("error." + state.problem));
    }
    identity::Person person;
    person.kind = identity::DocumentKind::phone;
    person.number = std::move(*phone);
    person.verification = identity::Verification::typed;
    flow.m_person = std::move(person);
    return onward();
  }
  Effects on(EnterPhone&, Back) { return to_method(); }
  Effects on(EnterPhone&, Leave) { return leave(); }
  Effects on(EnterPhone&, CardIdentified event) { return card(std::move(event)); }
  Effects on(EnterPhone&, CardRefused event) { return refused_card(event); }
  Effects on(EnterPhone&, AnyOf<Begin, MethodChosen, DocumentKindChosen, Searched, GroupChosen, ServiceChosen,
                                PriorityChosen, ReprintChosen, CancelChosen, SwitchPerson, KeepPerson, CardSeen,
                                CodeSeen, CodeResolved, CodeRefused, TicketReady, TicketRefused, TicketsFound,
                                TicketCancelled, WaitKnown, PrintDone, PrintRefused> auto const&) {
    return {};
  }

  Effects on(EnterDocument& state, Edited event) {
    state.typed = SecretText(text::to_upper_ascii(event.text.view()));
    state.problem.clear();
    return {};
  }
  Effects on(EnterDocument& state, DocumentKindChosen event) {
    state = {event.kind, {}, {}};
    return {};
  }
  Effects on(EnterDocument& state, Next) {
    state.problem = document_problem(state.kind, state.typed.view());
    if (!state.problem.empty()) return effects(say("error." + state.problem));
    identity::Person person;
    person.kind = state.kind;
    person.number = std::move(state.typed);
    person.verification = identity::Verification::typed;
    if (person.kind == identity::DocumentKind::id_card && person.number.view().size() == 18) {
      person.birth_year = person.number.view().substr(6, 4);
    }
    flow.m_person = std::move(person);
    return onward();
  }
  Effects on(EnterDocument&, Back) { return to_method(); }
  Effects on(EnterDocument&, Leave) { return leave(); }
  Effects on(EnterDocument&, CardIdentified event) { return card(std::move(event)); }
  Effects on(EnterDocument&, CardRefused event) { return refused_card(event); }
  Effects on(EnterDocument&,
             AnyOf<Begin, MethodChosen, Searched, GroupChosen, ServiceChosen, PriorityChosen, ReprintChosen,
                   CancelChosen, SwitchPerson, KeepPerson, CardSeen, CodeSeen, CodeResolved, CodeRefused, TicketReady,
                   TicketRefused, TicketsFound, TicketCancelled, WaitKnown, PrintDone, PrintRefused> auto const&) {
    return {};
  }

  Effects on(Recognised&, Next) { return onward(); }
  Effects on(Recognised&, Begin event) {
    flow.m_purpose = event.purpose;
    return onward();
  }
  Effects on(Recognised&, Back) { return to_method(); }
  Effects on(Recognised&, Leave) { return leave(); }
  Effects on(Recognised&, CardIdentified event) { return card(std::move(event)); }
  Effects on(Recognised&, AnyOf<MethodChosen, Edited, DocumentKindChosen, Searched, GroupChosen, ServiceChosen,
                                PriorityChosen, ReprintChosen, CancelChosen, SwitchPerson, KeepPerson, CardSeen,
                                CardRefused, CodeSeen, CodeResolved, CodeRefused, TicketReady, TicketRefused,
                                TicketsFound, TicketCancelled, WaitKnown, PrintDone, PrintRefused> auto const&) {
    return {};
  }

  // --- choose -------------------------------------------------------------------------------------------------------

  Effects on(ChooseGroup& state, Searched event) {
    state.search = std::move(event.text);
    return {};
  }
  Effects on(ChooseGroup&, GroupChosen event) { return to(ChooseService{std::move(event.group)}); }
  Effects on(ChooseGroup&, ServiceChosen event) { return to_service(event.service); }
  Effects on(ChooseGroup&, Back) { return to_method(); }
  Effects on(ChooseGroup&, Leave) { return leave(); }
  Effects on(ChooseGroup&, CardIdentified event) { return card(std::move(event)); }
  Effects on(ChooseGroup&,
             AnyOf<Begin, MethodChosen, Edited, DocumentKindChosen, Next, PriorityChosen, ReprintChosen, CancelChosen,
                   SwitchPerson, KeepPerson, CardSeen, CardRefused, CodeSeen, CodeResolved, CodeRefused, TicketReady,
                   TicketRefused, TicketsFound, TicketCancelled, WaitKnown, PrintDone, PrintRefused> auto const&) {
    return {};
  }

  Effects on(ChooseService&, ServiceChosen event) { return to_service(event.service); }
  Effects on(ChooseService&, Back) { return to(ChooseGroup{}); }
  Effects on(ChooseService&, Leave) { return leave(); }
  Effects on(ChooseService&, CardIdentified event) { return card(std::move(event)); }
  Effects on(ChooseService&, AnyOf<Begin, MethodChosen, Edited, DocumentKindChosen, Next, Searched, GroupChosen,
                                   PriorityChosen, ReprintChosen, CancelChosen, SwitchPerson, KeepPerson, CardSeen,
                                   CardRefused, CodeSeen, CodeResolved, CodeRefused, TicketReady, TicketRefused,
                                   TicketsFound, TicketCancelled, WaitKnown, PrintDone, PrintRefused> auto const&) {
    return {};
  }

  Effects on(WhatToBring& state, Next) {
    auto const service = state.service;
    auto const reason = flow.is_elder() ? PriorityReason::elder : PriorityReason::none;
    return to(Confirm{service, reason, {}}, effects(AskWait{service}, say("speech.confirm")));
  }
  Effects on(WhatToBring& state, Back) {
    flow.m_wanted_service.clear();
    return to(ChooseService{flow.m_catalog.find(state.service)->group});
  }
  Effects on(WhatToBring&, Leave) { return leave(); }
  Effects on(WhatToBring&, CardIdentified event) { return card(std::move(event)); }
  Effects on(WhatToBring&, AnyOf<Begin, MethodChosen, Edited, DocumentKindChosen, Searched, GroupChosen, ServiceChosen,
                                 PriorityChosen, ReprintChosen, CancelChosen, SwitchPerson, KeepPerson, CardSeen,
                                 CardRefused, CodeSeen, CodeResolved, CodeRefused, TicketReady, TicketRefused,
                                 TicketsFound, TicketCancelled, WaitKnown, PrintDone, PrintRefused> auto const&) {
    return {};
  }

  Effects on(Confirm& state, WaitKnown event) {
    if (event.service == state.service) state.wait = event.wait;
    return {};
  }
  Effects on(Confirm& state, PriorityChosen event) {
    state.priority = event.reason;
    return {};
  }
  Effects on(Confirm& state, Next) {
    Issuing const issuing{state.service, state.priority};
    return to(issuing, effects(TakeTicket{issuing.service, issuing.priority, flow.m_person->clone()}));
  }
  Effects on(Confirm& state, Back) { return to(WhatToBring{state.service}); }
  Effects on(Confirm&, Leave) { return leave(); }
  Effects on(Confirm&, CardIdentified event) { return card(std::move(event)); }
  Effects on(Confirm&,
             AnyOf<Begin, MethodChosen, Edited, DocumentKindChosen, Searched, GroupChosen, ServiceChosen, ReprintChosen,
                   CancelChosen, SwitchPerson, KeepPerson, CardSeen, CardRefused, CodeSeen, CodeResolved, CodeRefused,
                   TicketReady, TicketRefused, TicketsFound, TicketCancelled, PrintDone, PrintRefused> auto const&) {
    return {};
  }

  // --- ticket -------------------------------------------------------------------------------------------------------

  // A ticket is being committed: nothing may turn that off half-way, so taps and cards wait.
  Effects on(Issuing& state, TicketReady event) {
    // Asked to print again: the ticket exists, and this time it is printed.
    if (state.service.empty()) event.view.existing = false;
    return issued(std::move(event));
  }
  Effects on(Issuing& state, TicketRefused event) {
    std::optional<Issuing> retry;
    if (!state.service.empty()) retry = state;
    return to(Problem{event.code, std::move(retry)}, effects(say("error." + event.code)));
  }
  Effects on(Issuing&, Leave) { return leave(); }
  Effects on(Issuing&, AnyOf<Begin, Back, MethodChosen, Edited, DocumentKindChosen, Next, Searched, GroupChosen,
                             ServiceChosen, PriorityChosen, ReprintChosen, CancelChosen, SwitchPerson, KeepPerson,
                             CardSeen, CardIdentified, CardRefused, CodeSeen, CodeResolved, CodeRefused, TicketsFound,
                             TicketCancelled, WaitKnown, PrintDone, PrintRefused> auto const&) {
    return {};
  }

  Effects on(Issued& state, PrintDone event) {
    if (event.job == state.view.print_job) state.printing = Printing::printed;
    return {};
  }
  Effects on(Issued& state, PrintRefused event) {
    if (event.job != state.view.print_job) return {};
    state.printing = event.unknown ? Printing::unknown : Printing::failed;
    state.problem = event.code;
    auto argument = std::pair{std::string("number"), state.view.ticket.number};
    return effects(Speak{Sentence{"speech.ticket_not_printed", {std::move(argument)}}});
  }
  Effects on(Issued&, ReprintChosen event) { return reprint(event); }
  Effects on(Issued&, AnyOf<Back, Leave, Next> auto const&) { return leave(); }
  Effects on(Issued&, CardIdentified event) { return card(std::move(event)); }
  Effects on(
      Issued&,
      AnyOf<Begin, MethodChosen, Edited, DocumentKindChosen, Searched, GroupChosen, ServiceChosen, PriorityChosen,
            CancelChosen, SwitchPerson, KeepPerson, CardSeen, CardRefused, CodeSeen, CodeResolved, CodeRefused,
            TicketReady, TicketRefused, TicketsFound, TicketCancelled, WaitKnown> auto const&) {
    return {};
  }

  // --- my tickets ---------------------------------------------------------------------------------------------------

  Effects on(MyTickets& state, TicketsFound event) {
    state = {false, std::move(event.tickets)};
    return effects(say(state.tickets.empty() ? "speech.no_ticket_found" : "speech.tickets_found"));
  }
  Effects on(MyTickets&, TicketRefused event) {
    return to(Problem{event.code, {}}, effects(say("error." + event.code)));
  }
  Effects on(MyTickets&, ReprintChosen event) { return reprint(event); }
  Effects on(MyTickets& state, CancelChosen event) {
    for (auto const& view : state.tickets) {
      if (view.ticket.id == event.ticket) {
        return to(ConfirmCancel{view, false, state.tickets}, effects(say("speech.confirm_cancel")));
      }
    }
    return {};
  }
  Effects on(MyTickets&, Next) {
    flow.m_purpose = Purpose::take_ticket;
    if (!flow.m_person) return to_method();
    return onward();
  }
  Effects on(MyTickets&, AnyOf<Back, Leave> auto const&) { return leave(); }
  Effects on(MyTickets&, CardIdentified event) { return card(std::move(event)); }
  Effects on(MyTickets&,
             AnyOf<Begin, MethodChosen, Edited, DocumentKindChosen, Searched, GroupChosen, ServiceChosen,
                   PriorityChosen, SwitchPerson, KeepPerson, CardSeen, CardRefused, CodeSeen, CodeResolved, CodeRefused,
                   TicketReady, TicketCancelled, WaitKnown, PrintDone, PrintRefused> auto const&) {
    return {};
  }

  Effects on(ConfirmCancel& state, Next) {
    if (state.sent) return {};
    state.sent = true;
    return effects(CancelTicket{state.view.ticket.id});
  }
  Effects on(ConfirmCancel& state, TicketCancelled event) {
    if (event.ticket != state.view.ticket.id) return {};
    return leave_after("speech.ticket_cancelled");
  }
  Effects on(ConfirmCancel&, TicketRefused event) {
    return to(Problem{event.code, {}}, effects(say("error." + event.code)));
  }
  Effects on(ConfirmCancel& state, Back) {
    if (state.sent) return {};  // the answer decides what there is to go back to
    auto tickets = std::move(state.tickets);
    return to(MyTickets{false, std::move(tickets)});
  }
  Effects on(ConfirmCancel&, Leave) { return leave(); }
  Effects on(
      ConfirmCancel&,
      AnyOf<Begin, MethodChosen, Edited, DocumentKindChosen, Searched, GroupChosen, ServiceChosen, PriorityChosen,
            ReprintChosen, CancelChosen, SwitchPerson, KeepPerson, CardSeen, CardIdentified, CardRefused, CodeSeen,
            CodeResolved, CodeRefused, TicketReady, TicketsFound, WaitKnown, PrintDone, PrintRefused> auto const&) {
    return {};
  }
  Effects leave_after(std::string key) {
    auto list = leave();
    list.emplace_back(say(std::move(key)));
    return list;
  }

  // --- problems and other people ------------------------------------------------------------------------------------

  Effects on(Problem& state, Next) {
    if (!state.retry || !flow.m_person) return leave();
    Issuing const issuing = *state.retry;
    return to(issuing, effects(TakeTicket{issuing.service, issuing.priority, flow.m_person->clone()}));
  }
  Effects on(Problem&, AnyOf<Back, Leave> auto const&) { return leave(); }
  Effects on(Problem&, CardIdentified event) { return card(std::move(event)); }
  Effects on(Problem&, AnyOf<Begin, MethodChosen, Edited, DocumentKindChosen, Searched, GroupChosen, ServiceChosen,
                             PriorityChosen, ReprintChosen, CancelChosen, SwitchPerson, KeepPerson, CardSeen,
                             CardRefused, CodeSeen, CodeResolved, CodeRefused, TicketReady, TicketRefused, TicketsFound,
                             TicketCancelled, WaitKnown, PrintDone, PrintRefused> auto const&) {
    return {};
  }

  Effects on(OtherPerson& state, SwitchPerson) {
    auto other = std::move(state.other);
    auto warnings = std::move(state.warnings);
    auto list = leave();
    for (auto& effect : recognise(std::move(other), std::move(warnings))) list.push_back(std::move(effect));
    return list;
  }
  Effects on(OtherPerson&, AnyOf<KeepPerson, Back> auto const&) {
    auto before = std::exchange(flow.m_before, Welcome{});
    return to(std::move(before));
  }
  Effects on(OtherPerson&, Leave) { return leave(); }
  Effects on(OtherPerson& state, CardIdentified event) {
    if (flow.m_person && same_person(*flow.m_person, event.person)) return on(state, KeepPerson{});
    state = {std::move(event.person), std::move(event.warnings)};
    return {};
  }
  // What arrives for the page behind the question still reaches it.
  Effects on(OtherPerson&, PrintDone event) { return behind(event); }
  Effects on(OtherPerson&, PrintRefused event) { return behind(std::move(event)); }
  Effects on(OtherPerson&, WaitKnown event) { return behind(std::move(event)); }
  Effects on(OtherPerson&, TicketsFound event) { return behind(std::move(event)); }
  Effects on(OtherPerson&,
             AnyOf<Begin, MethodChosen, Edited, DocumentKindChosen, Next, Searched, GroupChosen, ServiceChosen,
                   PriorityChosen, ReprintChosen, CancelChosen, CardSeen, CardRefused, CodeSeen, CodeResolved,
                   CodeRefused, TicketReady, TicketRefused, TicketCancelled> auto const&) {
    return {};
  }
  template <class Event_>
  Effects behind(Event_ event) {
    if (auto* page = std::get_if<Issued>(&flow.m_before)) {
      if constexpr (AnyOf<Event_, PrintDone, PrintRefused>) return on(*page, std::move(event));
    }
    if (auto* page = std::get_if<Confirm>(&flow.m_before)) {
      if constexpr (AnyOf<Event_, WaitKnown>) return on(*page, std::move(event));
    }
    if (auto* page = std::get_if<MyTickets>(&flow.m_before)) {
      if constexpr (AnyOf<Event_, TicketsFound>) return on(*page, std::move(event));
    }
    return {};
  }
};

std::vector<Effect> ResidentFlow::step(Event event) {
  ResidentStep step{*this};
  return std::visit([&](auto& state, auto&& what) { return step.on(state, std::move(what)); }, m_state,
                    std::move(event));
}

bool ResidentFlow::is_elder() const {
  if (!m_person || m_policy.this_year == 0) return false;
  int year = 0;
  auto const& text = m_person->birth_year;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), year);
  return error == std::errc{} && end == text.data() + text.size() && m_policy.this_year - year >= m_policy.elder_age;
}

std::string ResidentFlow::name() const {
  return std::visit(
      Overloaded{
          [](Welcome const&) { return "resident.home"; },
          [](ChooseMethod const&) { return "resident.identify"; },
          [](PresentCard const& s) {
            return s.reading ? "resident.card.reading" : s.problem.empty() ? "resident.card" : "resident.card.problem";
          },
          [](PresentCode const& s) { return s.problem.empty() ? "resident.code" : "resident.code.problem"; },
          [](EnterPhone const&) { return "resident.phone"; },
          [](EnterDocument const&) { return "resident.document"; },
          [](Recognised const&) { return "resident.recognised"; },
          [](ChooseGroup const&) { return "resident.groups"; },
          [](ChooseService const&) { return "resident.services"; },
          [](WhatToBring const&) { return "resident.bring"; },
          [](Confirm const&) { return "resident.confirm"; },
          [](Issuing const&) { return "resident.ticket.issuing"; },
          [](Issued const& s) { return s.view.existing ? "resident.ticket.existing" : "resident.ticket.issued"; },
          [](MyTickets const& s) { return s.looking ? "resident.tickets.looking" : "resident.tickets"; },
          [](ConfirmCancel const&) { return "resident.tickets.cancel"; },
          [](Problem const&) { return "resident.problem"; },
          [](OtherPerson const&) { return "resident.other_person"; },
      },
      m_state);
}

}  // namespace yizhan::flows

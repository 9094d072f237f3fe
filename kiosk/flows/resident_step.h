#pragma once
/// What each event means in each state of the resident's journey. Internal to kiosk/flows; by topic in resident_*.cpp.
#include "kiosk/flows/resident_flow.h"

namespace yizhan::flows {

namespace resident {
// Events of one kind. A state names the kinds it leaves alone.
template <class E>
concept Typing = AnyOf<E, Edited, DocumentKindChosen>;
template <class E>
concept Choosing = AnyOf<E, Searched, FindByChosen, GroupChosen, ServiceChosen>;
template <class E>
concept TicketTap = AnyOf<E, PriorityChosen, ReprintChosen, CancelChosen, RateVisit>;
template <class E>
concept WhoGoesOn = AnyOf<E, SwitchPerson, KeepPerson>;
template <class E>
concept CodeAnswer = AnyOf<E, CodeResolved, CodeRefused>;
template <class E>
concept TicketAnswer = AnyOf<E, TicketReady, TicketRefused, TicketsFound, TicketCancelled, WaitKnown>;
template <class E>
concept TicketPaper = AnyOf<E, PrintDone, PrintRefused>;
template <class E>
concept PartEvent = AnyOf<E, matter::Event, progress::Event, rating::Event>;
}  // namespace resident

/// One overload set per state. The template at the end of each lists what the state deliberately leaves alone.
struct ResidentStep {
  using Effects = std::vector<resident::Effect>;
  ResidentFlow& flow;

  // --- moves shared by states (resident_moves.cpp) ------------------------------------------------------------------
  Effects leave();
  Effects leave_after(std::string key);
  Effects to(resident::State state, Effects list = {});
  Effects to_method();
  Effects recognise(identity::Person person, std::vector<identity::CardWarning> warnings);
  Effects card(resident::CardIdentified event);
  Effects refused_card(resident::CardRefused const& event);
  Effects onward();
  Effects to_matter(std::string const& code);
  Effects to_confirm(std::string const& service);
  Effects to_progress(std::string code);
  Effects to_rating(RatingFlow rating, std::vector<rating::Effect> list);
  Effects resolved(resident::CodeResolved event);
  Effects issued(resident::TicketReady event);
  Effects reprint(resident::ReprintChosen const& event);
  [[nodiscard]] matter::World world() const;
  [[nodiscard]] bool in_part() const;

  // --- welcome and identify (resident_identify.cpp) -----------------------------------------------------------------
  Effects on(resident::Welcome&, resident::Begin event);
  Effects on(resident::Welcome&, resident::CardSeen);
  Effects on(resident::Welcome&, resident::CardIdentified event);
  Effects on(resident::Welcome&, resident::CardRefused event);
  Effects on(resident::Welcome&, resident::CodeSeen event);
  Effects on(resident::Welcome&, resident::ReprintChosen event);
  template <class E>
  requires(resident::Typing<E> || resident::Choosing<E> || resident::TicketTap<E> || resident::WhoGoesOn<E> ||
           resident::CodeAnswer<E> || resident::TicketAnswer<E> || resident::TicketPaper<E> || resident::PartEvent<E> ||
           AnyOf<E, Back, Leave, Next, resident::MethodChosen>) Effects on(resident::Welcome&, E const&) {
    return {};
  }

  Effects on(resident::ChooseMethod&, resident::MethodChosen event);
  Effects on(resident::ChooseMethod&, resident::CardSeen);
  Effects on(resident::ChooseMethod&, resident::CardIdentified event);
  Effects on(resident::ChooseMethod&, resident::CardRefused event);
  Effects on(resident::ChooseMethod&, resident::CodeSeen event);
  Effects on(resident::ChooseMethod&, Back) { return leave(); }
  Effects on(resident::ChooseMethod&, Leave) { return leave(); }
  template <class E>
  requires(resident::Typing<E> || resident::Choosing<E> || resident::TicketTap<E> || resident::WhoGoesOn<E> ||
           resident::CodeAnswer<E> || resident::TicketAnswer<E> || resident::TicketPaper<E> || resident::PartEvent<E> ||
           AnyOf<E, resident::Begin, Next>) Effects on(resident::ChooseMethod&, E const&) {
    return {};
  }

  Effects on(resident::PresentCard& state, resident::CardSeen);
  Effects on(resident::PresentCard&, resident::CardIdentified event);
  Effects on(resident::PresentCard&, resident::CardRefused event);
  Effects on(resident::PresentCard&, resident::CodeSeen event);
  Effects on(resident::PresentCard&, Back) { return to_method(); }
  Effects on(resident::PresentCard&, Leave) { return leave(); }
  template <class E>
  requires(resident::Typing<E> || resident::Choosing<E> || resident::TicketTap<E> || resident::WhoGoesOn<E> ||
           resident::CodeAnswer<E> || resident::TicketAnswer<E> || resident::TicketPaper<E> || resident::PartEvent<E> ||
           AnyOf<E, resident::Begin, resident::MethodChosen, Next>) Effects on(resident::PresentCard&, E const&) {
    return {};
  }

  Effects on(resident::PresentCode& state, resident::CodeSeen event);
  Effects on(resident::PresentCode& state, resident::CodeResolved event);
  Effects on(resident::PresentCode&, resident::CodeRefused event);
  Effects on(resident::PresentCode&, resident::CardSeen);
  Effects on(resident::PresentCode&, resident::CardIdentified event);
  Effects on(resident::PresentCode&, resident::CardRefused event);
  Effects on(resident::PresentCode&, Back) { return to_method(); }
  Effects on(resident::PresentCode&, Leave) { return leave(); }
  template <class E>
  requires(resident::Typing<E> || resident::Choosing<E> || resident::TicketTap<E> || resident::WhoGoesOn<E> ||
           resident::TicketAnswer<E> || resident::TicketPaper<E> || resident::PartEvent<E> ||
           AnyOf<E, resident::Begin, resident::MethodChosen, Next>) Effects on(resident::PresentCode&, E const&) {
    return {};
  }

  Effects on(resident::EnterPhone& state, resident::Edited event);
  Effects on(resident::EnterPhone& state, Next);
  Effects on(resident::EnterPhone&, resident::CardIdentified event);
  Effects on(resident::EnterPhone&, resident::CardRefused event);
  Effects on(resident::EnterPhone&, Back) { return to_method(); }
  Effects on(resident::EnterPhone&, Leave) { return leave(); }
  template <class E>
  requires(resident::Choosing<E> || resident::TicketTap<E> || resident::WhoGoesOn<E> || resident::CodeAnswer<E> ||
           resident::TicketAnswer<E> || resident::TicketPaper<E> || resident::PartEvent<E> ||
           AnyOf<E, resident::Begin, resident::MethodChosen, resident::DocumentKindChosen, resident::CardSeen,
                 resident::CodeSeen>) Effects on(resident::EnterPhone&, E const&) {
    return {};
  }

  Effects on(resident::EnterDocument& state, resident::Edited event);
  Effects on(resident::EnterDocument& state, resident::DocumentKindChosen event);
  Effects on(resident::EnterDocument& state, Next);
  Effects on(resident::EnterDocument&, resident::CardIdentified event);
  Effects on(resident::EnterDocument&, resident::CardRefused event);
  Effects on(resident::EnterDocument&, Back) { return to_method(); }
  Effects on(resident::EnterDocument&, Leave) { return leave(); }
  template <class E>
  requires(resident::Choosing<E> || resident::TicketTap<E> || resident::WhoGoesOn<E> || resident::CodeAnswer<E> ||
           resident::TicketAnswer<E> || resident::TicketPaper<E> || resident::PartEvent<E> ||
           AnyOf<E, resident::Begin, resident::MethodChosen, resident::CardSeen, resident::CodeSeen>) Effects
      on(resident::EnterDocument&, E const&) {
    return {};
  }

  Effects on(resident::Recognised&, Next) { return onward(); }
  Effects on(resident::Recognised&, resident::Begin event);
  Effects on(resident::Recognised&, resident::CardIdentified event);
  Effects on(resident::Recognised&, Back) { return to_method(); }
  Effects on(resident::Recognised&, Leave) { return leave(); }
  template <class E>
  requires(resident::Typing<E> || resident::Choosing<E> || resident::TicketTap<E> || resident::WhoGoesOn<E> ||
           resident::CodeAnswer<E> || resident::TicketAnswer<E> || resident::TicketPaper<E> || resident::PartEvent<E> ||
           AnyOf<E, resident::MethodChosen, resident::CardSeen, resident::CardRefused, resident::CodeSeen>) Effects
      on(resident::Recognised&, E const&) {
    return {};
  }

  // --- choose, and the parts (resident_choose.cpp) ------------------------------------------------------------------
  Effects on(resident::ChooseGroup& state, resident::Searched event);
  Effects on(resident::ChooseGroup& state, resident::FindByChosen event);
  Effects on(resident::ChooseGroup& state, resident::GroupChosen event);
  Effects on(resident::ChooseGroup& state, resident::ServiceChosen event);
  Effects on(resident::ChooseGroup&, resident::CardIdentified event);
  Effects on(resident::ChooseGroup&, Back) { return to_method(); }
  Effects on(resident::ChooseGroup&, Leave) { return leave(); }
  template <class E>
  requires(resident::Typing<E> || resident::TicketTap<E> || resident::WhoGoesOn<E> || resident::CodeAnswer<E> ||
           resident::TicketAnswer<E> || resident::TicketPaper<E> || resident::PartEvent<E> ||
           AnyOf<E, resident::Begin, resident::MethodChosen, Next, resident::CardSeen, resident::CardRefused,
                 resident::CodeSeen>) Effects on(resident::ChooseGroup&, E const&) {
    return {};
  }

  Effects on(resident::ChooseService& state, resident::ServiceChosen event);
  Effects on(resident::ChooseService&, resident::CardIdentified event);
  Effects on(resident::ChooseService& state, Back);
  Effects on(resident::ChooseService&, Leave) { return leave(); }
  template <class E>
  requires(resident::Typing<E> || resident::TicketTap<E> || resident::WhoGoesOn<E> || resident::CodeAnswer<E> ||
           resident::TicketAnswer<E> || resident::TicketPaper<E> || resident::PartEvent<E> ||
           AnyOf<E, resident::Begin, resident::MethodChosen, Next, resident::Searched, resident::FindByChosen,
                 resident::GroupChosen, resident::CardSeen, resident::CardRefused, resident::CodeSeen>) Effects
      on(resident::ChooseService&, E const&) {
    return {};
  }

  /// Effects of a part as those of the whole, and what its outcome leads to.
  Effects after(std::vector<matter::Effect> list);
  Effects after(std::vector<progress::Effect> list);
  Effects after(std::vector<rating::Effect> list);
  Effects back_to_list();

  Effects on(resident::InMatter&, matter::Event event) { return after(flow.m_matter->step(std::move(event))); }
  Effects on(resident::InMatter&, Back) { return after(flow.m_matter->step(Back{})); }
  Effects on(resident::InMatter&, Next) { return after(flow.m_matter->step(Next{})); }
  Effects on(resident::InMatter&, resident::CardSeen event) { return after(flow.m_matter->step(event)); }
  Effects on(resident::InMatter&, resident::CardRefused event) { return after(flow.m_matter->step(std::move(event))); }
  Effects on(resident::InMatter&, resident::CardIdentified event) { return card(std::move(event)); }
  Effects on(resident::InMatter&, Leave) { return leave(); }
  template <class E>
  requires(resident::Typing<E> || resident::Choosing<E> || resident::TicketTap<E> || resident::WhoGoesOn<E> ||
           resident::CodeAnswer<E> || resident::TicketAnswer<E> || resident::TicketPaper<E> ||
           AnyOf<E, resident::Begin, resident::MethodChosen, resident::CodeSeen, progress::Event, rating::Event>)
      Effects on(resident::InMatter&, E const&) {
    return {};
  }

  Effects on(resident::InProgress&, progress::Event event) { return after(flow.m_progress->step(std::move(event))); }
  Effects on(resident::InProgress&, Back) { return after(flow.m_progress->step(Back{})); }
  Effects on(resident::InProgress&, Next) { return after(flow.m_progress->step(Next{})); }
  Effects on(resident::InProgress&, resident::CardIdentified event) { return card(std::move(event)); }
  Effects on(resident::InProgress&, Leave) { return leave(); }
  template <class E>
  requires(resident::Typing<E> || resident::Choosing<E> || resident::TicketTap<E> || resident::WhoGoesOn<E> ||
           resident::CodeAnswer<E> || resident::TicketAnswer<E> || resident::TicketPaper<E> ||
           AnyOf<E, resident::Begin, resident::MethodChosen, resident::CardSeen, resident::CardRefused,
                 resident::CodeSeen, matter::Event, rating::Event>) Effects on(resident::InProgress&, E const&) {
    return {};
  }

  Effects on(resident::InRating&, rating::Event event) { return after(flow.m_rating->step(std::move(event))); }
  Effects on(resident::InRating&, Back) { return after(flow.m_rating->step(Back{})); }
  Effects on(resident::InRating&, Next) { return after(flow.m_rating->step(Next{})); }
  Effects on(resident::InRating&, resident::CardIdentified event) { return card(std::move(event)); }
  Effects on(resident::InRating&, Leave) { return leave(); }
  template <class E>
  requires(resident::Typing<E> || resident::Choosing<E> || resident::TicketTap<E> || resident::WhoGoesOn<E> ||
           resident::CodeAnswer<E> || resident::TicketAnswer<E> || resident::TicketPaper<E> ||
           AnyOf<E, resident::Begin, resident::MethodChosen, resident::CardSeen, resident::CardRefused,
                 resident::CodeSeen, matter::Event, progress::Event>) Effects on(resident::InRating&, E const&) {
    return {};
  }

  // --- ticket (resident_ticket.cpp) ---------------------------------------------------------------------------------
  Effects on(resident::Confirm& state, resident::WaitKnown event);
  Effects on(resident::Confirm& state, resident::PriorityChosen event);
  Effects on(resident::Confirm& state, Next);
  Effects on(resident::Confirm& state, Back);
  Effects on(resident::Confirm&, resident::CardIdentified event) { return card(std::move(event)); }
  Effects on(resident::Confirm&, Leave) { return leave(); }
  template <class E>
  requires(resident::Typing<E> || resident::Choosing<E> || resident::WhoGoesOn<E> || resident::CodeAnswer<E> ||
           resident::TicketPaper<E> || resident::PartEvent<E> ||
           AnyOf<E, resident::Begin, resident::MethodChosen, resident::ReprintChosen, resident::CancelChosen,
                 resident::RateVisit, resident::CardSeen, resident::CardRefused, resident::CodeSeen,
                 resident::TicketReady, resident::TicketRefused, resident::TicketsFound, resident::TicketCancelled>)
      Effects on(resident::Confirm&, E const&) {
    return {};
  }

  // A ticket is being committed: nothing may turn that off half-way, so taps and cards wait.
  Effects on(resident::Issuing& state, resident::TicketReady event);
  Effects on(resident::Issuing& state, resident::TicketRefused event);
  Effects on(resident::Issuing&, Leave) { return leave(); }
  template <class E>
  requires(resident::Typing<E> || resident::Choosing<E> || resident::TicketTap<E> || resident::WhoGoesOn<E> ||
           resident::CodeAnswer<E> || resident::TicketPaper<E> || resident::PartEvent<E> ||
           AnyOf<E, resident::Begin, Back, resident::MethodChosen, Next, resident::CardSeen, resident::CardIdentified,
                 resident::CardRefused, resident::CodeSeen, resident::TicketsFound, resident::TicketCancelled,
                 resident::WaitKnown>) Effects on(resident::Issuing&, E const&) {
    return {};
  }

  Effects on(resident::Issued& state, resident::PrintDone event);
  Effects on(resident::Issued& state, resident::PrintRefused event);
  Effects on(resident::Issued&, resident::ReprintChosen event) { return reprint(event); }
  Effects on(resident::Issued&, resident::CardIdentified event) { return card(std::move(event)); }
  Effects on(resident::Issued&, Back) { return leave(); }
  Effects on(resident::Issued&, Next) { return leave(); }
  Effects on(resident::Issued&, Leave) { return leave(); }
  template <class E>
  requires(resident::Typing<E> || resident::Choosing<E> || resident::WhoGoesOn<E> || resident::CodeAnswer<E> ||
           resident::TicketAnswer<E> || resident::PartEvent<E> ||
           AnyOf<E, resident::Begin, resident::MethodChosen, resident::PriorityChosen, resident::CancelChosen,
                 resident::RateVisit, resident::CardSeen, resident::CardRefused, resident::CodeSeen>) Effects
      on(resident::Issued&, E const&) {
    return {};
  }

  Effects on(resident::MyTickets& state, resident::TicketsFound event);
  Effects on(resident::MyTickets&, resident::TicketRefused event);
  Effects on(resident::MyTickets&, resident::ReprintChosen event) { return reprint(event); }
  Effects on(resident::MyTickets& state, resident::CancelChosen event);
  Effects on(resident::MyTickets& state, resident::RateVisit);
  Effects on(resident::MyTickets&, Next);
  Effects on(resident::MyTickets&, resident::CardIdentified event) { return card(std::move(event)); }
  Effects on(resident::MyTickets&, Back) { return leave(); }
  Effects on(resident::MyTickets&, Leave) { return leave(); }
  template <class E>
  requires(resident::Typing<E> || resident::Choosing<E> || resident::WhoGoesOn<E> || resident::CodeAnswer<E> ||
           resident::TicketPaper<E> || resident::PartEvent<E> ||
           AnyOf<E, resident::Begin, resident::MethodChosen, resident::PriorityChosen, resident::CardSeen,
                 resident::CardRefused, resident::CodeSeen, resident::TicketReady, resident::TicketCancelled,
                 resident::WaitKnown>) Effects on(resident::MyTickets&, E const&) {
    return {};
  }

  Effects on(resident::ConfirmCancel& state, Next);
  Effects on(resident::ConfirmCancel& state, resident::TicketCancelled event);
  Effects on(resident::ConfirmCancel&, resident::TicketRefused event);
  Effects on(resident::ConfirmCancel& state, Back);
  Effects on(resident::ConfirmCancel&, Leave) { return leave(); }
  template <class E>
  requires(resident::Typing<E> || resident::Choosing<E> || resident::TicketTap<E> || resident::WhoGoesOn<E> ||
           resident::CodeAnswer<E> || resident::TicketPaper<E> || resident::PartEvent<E> ||
           AnyOf<E, resident::Begin, resident::MethodChosen, resident::CardSeen, resident::CardIdentified,
                 resident::CardRefused, resident::CodeSeen, resident::TicketReady, resident::TicketsFound,
                 resident::WaitKnown>) Effects on(resident::ConfirmCancel&, E const&) {
    return {};
  }

  // --- problems and other people (resident_flow.cpp) ----------------------------------------------------------------
  Effects on(resident::Problem& state, Next);
  Effects on(resident::Problem&, resident::CardIdentified event) { return card(std::move(event)); }
  Effects on(resident::Problem&, Back) { return leave(); }
  Effects on(resident::Problem&, Leave) { return leave(); }
  template <class E>
  requires(resident::Typing<E> || resident::Choosing<E> || resident::TicketTap<E> || resident::WhoGoesOn<E> ||
           resident::CodeAnswer<E> || resident::TicketAnswer<E> || resident::TicketPaper<E> || resident::PartEvent<E> ||
           AnyOf<E, resident::Begin, resident::MethodChosen, resident::CardSeen, resident::CardRefused,
                 resident::CodeSeen>) Effects on(resident::Problem&, E const&) {
    return {};
  }

  Effects on(resident::OtherPerson& state, resident::SwitchPerson);
  Effects on(resident::OtherPerson&, resident::KeepPerson) { return keep(); }
  Effects on(resident::OtherPerson&, Back) { return keep(); }
  Effects on(resident::OtherPerson&, Leave) { return leave(); }
  Effects on(resident::OtherPerson& state, resident::CardIdentified event);
  // What arrives for the page behind the question still reaches it.
  Effects on(resident::OtherPerson&, resident::PrintDone event);
  Effects on(resident::OtherPerson&, resident::PrintRefused event);
  Effects on(resident::OtherPerson&, resident::WaitKnown event);
  Effects on(resident::OtherPerson&, resident::TicketsFound event);
  Effects on(resident::OtherPerson&, matter::Event event);
  Effects on(resident::OtherPerson&, progress::Event event);
  Effects on(resident::OtherPerson&, rating::Event event);
  Effects keep();
  template <class E>
  requires(resident::Typing<E> || resident::Choosing<E> || resident::TicketTap<E> || resident::CodeAnswer<E> ||
           AnyOf<E, resident::Begin, resident::MethodChosen, Next, resident::CardSeen, resident::CardRefused,
                 resident::CodeSeen, resident::TicketReady, resident::TicketRefused, resident::TicketCancelled>) Effects
      on(resident::OtherPerson&, E const&) {
    return {};
  }

  template <class... Effect_>
  static Effects effects(Effect_... list) {
    return list_of<resident::Effect>(std::move(list)...);
  }
};

}  // namespace yizhan::flows

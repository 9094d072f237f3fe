// Moves that states of the resident's journey share.
#include "kiosk/flows/resident_step.h"

namespace yizhan::flows {

using namespace resident;
using Effects = ResidentStep::Effects;

namespace {

bool same_person(identity::Person const& a, identity::Person const& b) {
  return a.kind == b.kind && a.number.view() == b.number.view();
}

}  // namespace

Effects ResidentStep::leave() {
  Effects list;
  if (flow.m_matter) {
    for (auto& effect : flow.m_matter->leave()) list.emplace_back(std::move(effect));
  }
  list.emplace_back(StopScanner{});
  list.emplace_back(Wipe{});
  flow.m_person.reset();
  flow.m_wanted_service.clear();
  flow.m_list = {};
  flow.m_matter.reset();
  flow.m_progress.reset();
  flow.m_rating.reset();
  flow.m_purpose = Purpose::take_ticket;
  flow.m_in_session = false;
  flow.m_before = Welcome{};
  flow.m_state = Welcome{};
  return list;
}

Effects ResidentStep::leave_after(std::string key) {
  auto list = leave();
  list.emplace_back(say(std::move(key)));
  return list;
}

Effects ResidentStep::to(State state, Effects list) {
  flow.m_in_session = true;
  flow.m_state = std::move(state);
  return list;
}

Effects ResidentStep::to_method() {
  flow.m_person.reset();
  return to(ChooseMethod{}, effects(StopScanner{}, say(flow.offers_any_method() ? "speech.choose_method"
                                                                                : "error.identify_impossible")));
}

Effects ResidentStep::recognise(identity::Person person, std::vector<identity::CardWarning> warnings) {
  flow.m_person = std::move(person);
  return to(Recognised{std::move(warnings)}, effects(StopScanner{}, say("speech.take_your_card")));
}

bool ResidentStep::in_part() const {
  return std::holds_alternative<InMatter>(flow.m_state) || std::holds_alternative<InProgress>(flow.m_state) ||
         std::holds_alternative<InRating>(flow.m_state);
}

/// The one place where a card meets a session. Nobody becomes somebody; what was only typed is replaced where a card was
/// asked for; the same card resumes; another person's asks first.
Effects ResidentStep::card(CardIdentified event) {
  if (flow.busy()) return {};
  bool const stays = in_part() || std::holds_alternative<Confirm>(flow.m_state);
  bool const nobody = !flow.m_person || flow.m_person->number.empty();
  if (nobody && !stays) return recognise(std::move(event.person), std::move(event.warnings));
  bool const same = !nobody && same_person(*flow.m_person, event.person);
  bool const asked_for = std::holds_alternative<InMatter>(flow.m_state) &&
                         std::holds_alternative<matter::NeedCard>(flow.m_matter->state()) &&
                         flow.m_person->verification != identity::Verification::card_read;
  if (!nobody && !same && !asked_for) {
    flow.m_before = std::exchange(flow.m_state, Welcome{});
    return to(OtherPerson{std::move(event.person), std::move(event.warnings)}, effects(say("speech.other_person")));
  }
  auto list = effects(say("speech.take_your_card"));
  flow.m_person = std::move(event.person);
  Effects more;
  if (std::holds_alternative<InMatter>(flow.m_state)) more = after(flow.m_matter->identified(*flow.m_person));
  if (std::holds_alternative<InProgress>(flow.m_state)) more = after(flow.m_progress->identified(*flow.m_person));
  for (auto& effect : more) list.push_back(std::move(effect));
  return list;
}

Effects ResidentStep::refused_card(CardRefused const& event) {
  return to(PresentCard{false, event.code}, effects(StopScanner{}, say("error." + event.code)));
}

/// After the person is settled (or is nobody).
Effects ResidentStep::onward() {
  bool const known = flow.m_person && !flow.m_person->number.empty();
  switch (flow.m_purpose) {
    case Purpose::find_ticket: return to(MyTickets{}, effects(StopScanner{}, FindTickets{flow.m_person->clone(), {}}));
    case Purpose::progress: return known ? to_progress({}) : to_method();
    case Purpose::rate: {
      if (!known) return to_method();
      std::vector<rating::Effect> list;
      auto rating = RatingFlow::of_person(*flow.m_person, list);
      return to_rating(std::move(rating), std::move(list));
    }
    case Purpose::take_ticket: break;
  }
  if (!flow.m_wanted_service.empty()) return to_matter(flow.m_wanted_service);
  return to(ChooseGroup{}, effects(StopScanner{}, say("speech.choose_service")));
}

matter::World ResidentStep::world() const {
  return {flow.m_catalog,
          flow.holidays,
          flow.today,
          flow.m_make_id,
          flow.document_camera_usable,
          flow.document_printer_usable,
          flow.applications_possible,
          flow.divisions,
          flow.reader_usable};
}

Effects ResidentStep::to_matter(std::string const& code) {
  if (!flow.m_catalog->matter(code)) {
    return to(Problem{"service_unknown", {}}, effects(StopScanner{}, say("error.service_unknown")));
  }
  flow.m_matter = MatterFlow::begin(world(), code, flow.person());
  return to(InMatter{}, effects(StopScanner{}, say("speech.matter.about")));
}

Effects ResidentStep::to_confirm(std::string const& service) {
  auto const reason = flow.is_elder() ? PriorityReason::elder : PriorityReason::none;
  auto list = effects(AskWait{service}, say("speech.confirm"));
  if (!flow.ticket_printer_usable) list.emplace_back(say("speech.confirm_without_paper"));
  return to(Confirm{service, reason, {}}, std::move(list));
}

/// With `code` that of a receipt; the person is nobody then.
Effects ResidentStep::to_progress(std::string code) {
  std::vector<progress::Effect> list;
  flow.m_progress =
      code.empty() ? ProgressFlow::by_card(*flow.m_person, list) : ProgressFlow::by_code(std::move(code), list);
  flow.m_state = InProgress{};
  flow.m_in_session = true;
  auto all = effects(StopScanner{});
  for (auto& effect : after(std::move(list))) all.push_back(std::move(effect));
  return all;
}

Effects ResidentStep::to_rating(RatingFlow rating, std::vector<rating::Effect> list) {
  flow.m_rating = std::move(rating);
  flow.m_state = InRating{};
  flow.m_in_session = true;
  auto all = effects(StopScanner{});
  for (auto& effect : after(std::move(list))) all.push_back(std::move(effect));
  return all;
}

Effects ResidentStep::resolved(CodeResolved event) {
  if (event.person) flow.m_person = std::move(event.person);
  if (!event.case_code.empty()) {
    flow.m_purpose = Purpose::progress;
    return to_progress(std::move(event.case_code));
  }
  if (!event.ticket_number.empty()) {
    if (flow.m_purpose == Purpose::rate) {
      std::vector<rating::Effect> list;
      auto rating = RatingFlow::of_ticket(event.ticket_number, list);
      return to_rating(std::move(rating), std::move(list));
    }
    flow.m_purpose = Purpose::find_ticket;
    identity::Person nobody;
    nobody.verification = identity::Verification::none;
    return to(MyTickets{}, effects(StopScanner{}, FindTickets{std::move(nobody), event.ticket_number}));
  }
  if (!flow.m_person) {
    flow.m_person.emplace();
    flow.m_person->verification = identity::Verification::code;
  }
  if (!event.service.empty()) flow.m_purpose = Purpose::take_ticket;
  flow.m_wanted_service = event.service;
  return onward();
}

Effects ResidentStep::issued(TicketReady event) {
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

Effects ResidentStep::reprint(ReprintChosen const& event) {
  return to(Issuing{}, effects(resident::Reprint{event.ticket}));
}

}  // namespace yizhan::flows

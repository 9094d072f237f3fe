// From "take a ticket" to the ticket, and back to it.
#include "kiosk/flows/resident_step.h"

namespace yizhan::flows {

using namespace resident;
using Effects = ResidentStep::Effects;

Effects ResidentStep::on(Confirm& state, WaitKnown event) {
  if (event.service == state.service) state.wait = event.wait;
  return {};
}
Effects ResidentStep::on(Confirm& state, PriorityChosen event) {
  state.priority = event.reason;
  return {};
}
Effects ResidentStep::on(Confirm& state, Next) {
  Issuing const issuing{state.service, state.priority};
  return to(issuing, effects(TakeTicket{issuing.service, issuing.priority, flow.m_person->clone()}));
}
Effects ResidentStep::on(Confirm&, Back) {
  flow.m_matter->come_back();
  return to(InMatter{});
}

Effects ResidentStep::on(Issuing& state, TicketReady event) {
  // Asked to print again: the ticket exists, and this time it is printed.
  if (state.service.empty()) event.view.existing = false;
  return issued(std::move(event));
}
Effects ResidentStep::on(Issuing& state, TicketRefused event) {
  std::optional<Issuing> retry;
  if (!state.service.empty()) retry = state;
  return to(Problem{event.code, std::move(retry)}, effects(say("error." + event.code)));
}

Effects ResidentStep::on(Issued& state, PrintDone event) {
  if (event.job == state.view.print_job) state.printing = Printing::printed;
  return {};
}
Effects ResidentStep::on(Issued& state, PrintRefused event) {
  if (event.job != state.view.print_job) return {};
  state.printing = event.unknown ? Printing::unknown : Printing::failed;
  state.problem = event.code;
  auto argument = std::pair{std::string("number"), state.view.ticket.number};
  auto const* const key = event.unknown ? "speech.ticket_perhaps_printed" : "speech.ticket_not_printed";
  return effects(Speak{Sentence{key, {std::move(argument)}}});
}

Effects ResidentStep::on(MyTickets& state, TicketsFound event) {
  state = {false, std::move(event.tickets), std::move(event.ratable)};
  if (!state.tickets.empty()) return effects(say("speech.tickets_found"));
  return effects(say(state.ratable ? "speech.visit_over" : "speech.no_ticket_found"));
}
Effects ResidentStep::on(MyTickets&, TicketRefused event) {
  return to(Problem{event.code, {}}, effects(say("error." + event.code)));
}
Effects ResidentStep::on(MyTickets& state, CancelChosen event) {
  for (auto const& view : state.tickets) {
    if (view.ticket.id == event.ticket) {
      return to(ConfirmCancel{view, false, state.tickets}, effects(say("speech.confirm_cancel")));
    }
  }
  return {};
}
Effects ResidentStep::on(MyTickets& state, RateVisit) {
  if (!state.ratable) return {};
  std::vector<rating::Effect> list;
  auto rating = RatingFlow::of(*state.ratable, list);
  return to_rating(std::move(rating), std::move(list));
}
Effects ResidentStep::on(MyTickets&, Next) {
  flow.m_purpose = Purpose::take_ticket;
  if (!flow.m_person) return to_method();
  return onward();
}

Effects ResidentStep::on(ConfirmCancel& state, Next) {
  if (state.sent) return {};
  state.sent = true;
  return effects(CancelTicket{state.view.ticket.id});
}
Effects ResidentStep::on(ConfirmCancel& state, TicketCancelled event) {
  if (event.ticket != state.view.ticket.id) return {};
  return leave_after("speech.ticket_cancelled");
}
Effects ResidentStep::on(ConfirmCancel&, TicketRefused event) {
  return to(Problem{event.code, {}}, effects(say("error." + event.code)));
}
Effects ResidentStep::on(ConfirmCancel& state, Back) {
  if (state.sent) return {};  // the answer decides what there is to go back to
  auto tickets = std::move(state.tickets);
  return to(MyTickets{false, std::move(tickets)});
}

}  // namespace yizhan::flows

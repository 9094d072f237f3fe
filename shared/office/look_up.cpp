#include <algorithm>

#include "shared/office/office_state.h"

namespace yizhan::office {

Result<std::vector<IssuedTicket>> Office::look_up(identity::Person const& person) {
  auto& office = *m_state;
  auto const day = TRY(office.begin());
  std::vector<IssuedTicket> mine;
  for (auto const& ticket : TRY(office.authority.of_holder(day, office.holders.of(person))))
    mine.push_back(TRY(office.shown(ticket)));
  return mine;
}

Result<IssuedTicket> Office::look_up_number(std::string const& number) {
  auto& office = *m_state;
  auto const day = TRY(office.begin());
  auto const ticket = TRY(office.authority.find(day, number));
  if (!ticket) return Error::make("ticket_not_found");
  return office.shown(*ticket);
}

Result<queue::WaitRange> Office::wait_for(std::string const& service) {
  auto& office = *m_state;
  auto const matter = office.catalog->matter(service);
  if (!matter) return Error::make("service_unknown");
  auto const day = TRY(office.today());
  auto const inputs = TRY(office.authority.wait_inputs(day, matter.queue()));
  return queue::estimate_wait(inputs, office.settings.queue);
}

Result<queue::WaitRange> Office::State::wait_of(queue::Ticket const& ticket) {
  if (ticket.state != queue::TicketState::waiting) return queue::WaitRange{};
  auto inputs = TRY(authority.wait_inputs(ticket.day, ticket.queue));
  auto const view = TRY(authority.view(ticket.day));
  inputs.ahead = static_cast<int>(std::ranges::count_if(view.waiting, [&](queue::Ticket const& other) {
    return other.queue == ticket.queue && other.id != ticket.id && queue::goes_before(other, ticket, settings.queue);
  }));
  return queue::estimate_wait(inputs, settings.queue);
}

}  // namespace yizhan::office

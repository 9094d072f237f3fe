#include "shared/office/office_state.h"

namespace yizhan::office {

Result<IssuedTicket> Office::take_ticket(TakeTicket const& request) {
  auto& office = *m_state;
  auto const* item = office.catalog.find(request.service);
  if (item == nullptr) return Error::make("service_unknown");
  auto const day = TRY(office.begin());
  if (TRY(office.store.setting("office.closed_day")) == day.to_string()) return Error::make("service_closed");

  queue::IssueTicket wanted{.ticket = Uuid::v7(office.env),
                            .queue = item->queue,
                            .series = "",
                            .service = item->code,
                            .priority = request.priority,
                            .holder = office.holders.of(request.person)};
  // Asked before the ticket exists: a hall that vanishes now has given out nothing yet.
  queue::Ticket const prospect{.id = wanted.ticket,
                               .day = day,
                               .queue = item->queue,
                               .priority = request.priority,
                               .issued_at = office.clock.now()};
  auto const expected = TRY(office.wait_of(prospect));

  Attachment const attachment{.channel = request.by_clerk ? "counter" : "kiosk",
                              .print_job = Uuid::v7(office.env),
                              .personal = office.seal_person(request.person)};
  auto reply = office.run(wanted, attachment);
  if (!reply && reply.error().is("numbers_withheld") && !office.settings.series.empty()) {
    wanted.series = office.settings.series.back();
    reply = office.run(wanted, attachment);
  }
  auto const& issued = TRY(std::move(reply));

  auto const wait = issued.existing ? office.wait_of(issued.ticket).value_or(expected) : expected;
  return IssuedTicket{.ticket = issued.ticket,
                      .wait = wait,
                      .existing = issued.existing,
                      .qr = office.code_of(issued.ticket),
                      .print_job = *attachment.print_job};
}

}  // namespace yizhan::office

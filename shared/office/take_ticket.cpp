#include "shared/office/office_state.h"
#include "shared/office/used_code.h"

namespace yizhan::office {

Result<IssuedTicket> Office::take_ticket(TakeTicket const& request) {
  auto& office = *m_state;
  auto const matter = office.catalog->matter(request.service);  // an item, or a bundle
  if (!matter) return Error::make("service_unknown");
  auto const day = TRY(office.begin());
  if (TRY(office.store.setting("office.closed_day")) == day.to_string()) return Error::make("service_closed");
  if (!request.credential.empty() && TRY(office.store.setting(used_code(request.credential)))) {
    return Error::make("code_used");
  }

  auto const series = TRY(office.series_today(day));
  queue::IssueTicket const wanted{.ticket = Uuid::v7(office.env),
                                  .queue = matter.queue(),
                                  .series = series,
                                  .service = matter.code(),
                                  .priority = request.priority,
                                  .holder = office.holders.of(request.person)};
  // Asked before the ticket exists: a hall that vanishes now has given out nothing yet.
  queue::Ticket const prospect{.id = wanted.ticket,
                               .day = day,
                               .queue = matter.queue(),
                               .priority = request.priority,
                               .issued_at = office.clock.now()};
  auto const expected = TRY(office.wait_of(prospect));

  Attachment const attachment{.channel = request.by_clerk ? "counter" : "kiosk",
                              .print_job = Uuid::v7(office.env),
                              .personal = office.seal_person(request.person),
                              .credential = request.credential};
  auto const issued = TRY(office.run(wanted, attachment));

  auto const wait = issued.existing ? office.wait_of(issued.ticket).value_or(expected) : expected;
  return IssuedTicket{.ticket = issued.ticket,
                      .wait = wait,
                      .existing = issued.existing,
                      .qr = office.code_of(issued.ticket),
                      .print_job = *attachment.print_job};
}

/// The hall's own series; where this machine is the hall and does not know which of those numbers are out there (restored
/// backup), its spare one. Asked outside the command's transaction: a refusal must not undo what the store notes of it.
Result<std::string> Office::State::series_today(calendar::BusinessDay const& day) {
  constexpr std::size_t k_spare = 1;
  if (!authority.shares_transaction() || !TRY(store.numbers_withheld(day))) return std::string();
  return settings.series.size() > k_spare ? std::string(1, settings.series[k_spare]) : std::string();
}

}  // namespace yizhan::office

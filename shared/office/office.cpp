#include "shared/office/office.h"

#include "shared/office/office_state.h"

namespace yizhan::office {

Office::Office(Env env, store::Store& store, hall::HallAuthority& authority, calendar::HallClock& clock,
               catalog::Catalog const& catalog, HolderIndex holders, Settings settings, std::optional<Signer> signer,
               std::span<std::byte const> hall_key)
    : m_state(new State{.env = env,
                        .store = store,
                        .authority = authority,
                        .clock = clock,
                        .catalog = {std::shared_ptr<void>(), &catalog},
                        .holders = std::move(holders),
                        .settings = settings,
                        .signer = std::move(signer),
                        .sealer = {},
                        .runner = CommandRunner(env, store, authority, clock, settings.terminal, settings.zone),
                        .offer_unprinted_since = env.steady.now()}) {
  if (!hall_key.empty()) m_state->sealer.emplace(hall_key);
}

Office::~Office() = default;

void Office::use_catalog(std::shared_ptr<catalog::Catalog const> catalog) { m_state->catalog = std::move(catalog); }

void Office::on_change(hall::ChangeSignal signal) { m_state->signal = std::move(signal); }

Result<calendar::BusinessDay> Office::today() { return m_state->today(); }

Result<queue::HallView> Office::view() { return m_state->authority.view(TRY(m_state->today())); }

Result<std::vector<queue::Announcement>> Office::announcements(std::int64_t after) {
  return m_state->authority.announcements(TRY(m_state->today()), after);
}

// ---- State

Result<calendar::BusinessDay> Office::State::today() const { return calendar::local_day(clock.now(), settings.zone); }

Result<queue::HallReply> Office::State::run_at(WallTime at, What what, Attachment attachment) {
  auto const day = TRY(calendar::local_day(at, settings.zone));
  queue::HallCommand const command{.id = Uuid::v7(env),
                                   .day = day,
                                   .at = at,
                                   .device = settings.device,
                                   .counter = settings.counter,
                                   .what = std::move(what)};
  attachment.actor = actor();
  auto reply = runner.run(command, attachment);
  if (reply) changed();
  return reply;
}

Result<queue::Ticket> Office::State::run_for_ticket(What what) {
  TRY(begin());
  return TRY(run(std::move(what))).ticket;
}

Result<IssuedTicket> Office::State::shown(queue::Ticket const& ticket, Uuid const& print_job) {
  auto wait = TRY(wait_of(ticket));
  return IssuedTicket{.ticket = ticket, .wait = wait, .existing = true, .qr = code_of(ticket), .print_job = print_job};
}

}  // namespace yizhan::office

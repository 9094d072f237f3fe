#pragma once
#include "shared/domain/calendar/hall_time.h"
#include "shared/hall/hall_authority.h"
#include "shared/store/store.h"

namespace yizhan::hall {

/// The hall of one machine, in its own encrypted database. apply() and settle() REQUIRE an open Store::commit and write
/// into it; a refusal leaves nothing, since the caller's transaction ends with it.
class EmbeddedHall final : public HallAuthority {
 public:
  EmbeddedHall(store::Store& store, calendar::HallClock& clock, queue::Policy policy)
      : m_store(store), m_clock(clock), m_policy(policy) {}

  [[nodiscard]] bool shares_transaction() const override { return true; }
  Result<queue::HallReply> apply(queue::HallCommand const& command) override;
  Result<queue::HallReply> settle(queue::HallCommand const& command) override;

  Result<queue::HallView> view(calendar::BusinessDay const& day) override;
  Result<std::optional<queue::Ticket>> find(calendar::BusinessDay const& day, std::string const& number) override;
  Result<std::optional<queue::Ticket>> find(Uuid const& ticket) override;
  Result<std::vector<queue::Ticket>> of_holder(calendar::BusinessDay const& day,
                                               identity::Holder const& holder) override;
  Result<queue::WaitInputs> wait_inputs(calendar::BusinessDay const& day, char queue) override;
  Result<std::vector<queue::Announcement>> announcements(calendar::BusinessDay const& day, std::int64_t after) override;

 private:
  Result<queue::HallReply> carry_out(queue::HallCommand const& command);
  Result<queue::HallReply> issue(queue::HallCommand const& command, queue::IssueTicket const& wanted);
  Result<queue::HallReply> call_next(queue::HallCommand const& command, queue::CallNext const& wanted);
  Result<queue::HallReply> call_number(queue::HallCommand const& command, queue::CallNumber const& wanted);
  Result<queue::HallReply> move(queue::HallCommand const& command, Uuid const& id, queue::TicketState to);
  Result<queue::HallReply> recall(queue::HallCommand const& command, Uuid const& id);
  Result<queue::HallReply> close_day(queue::HallCommand const& command, bool closing);

  Result<void> check_counter_free(queue::HallCommand const& command);
  Result<queue::Ticket> ticket_for(queue::HallCommand const& command, Uuid const& id, queue::TicketState to);
  Result<void> announce(queue::HallCommand const& command, queue::Ticket& ticket);
  Result<std::optional<queue::HallReply>> earlier_reply(Uuid const& command);

  store::Store& m_store;
  calendar::HallClock& m_clock;
  queue::Policy m_policy;
};

}  // namespace yizhan::hall

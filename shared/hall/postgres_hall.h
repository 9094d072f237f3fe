#pragma once
#include <nlohmann/json_fwd.hpp>

#include "shared/domain/calendar/hall_time.h"
#include "shared/hall/change_listener.h"
#include "shared/hall/hall_authority.h"
#include "shared/hall/postgres_link.h"
#include "shared/store/store.h"

namespace yizhan::hall {

/// The hall of many machines, in PostgreSQL behind the functions of schema.sql. Every call is one transaction there and
/// gives up within 3 s; a lost connection is made anew by the next call.
class PostgresHall final : public HallAuthority {
 public:
  /// `uri`: a libpq connection URI. Starts the listener; does not wait for a connection. Errors: hall_uri.
  static Result<std::unique_ptr<PostgresHall>> create(std::string const& uri, store::Store& store,
                                                      calendar::HallClock& clock, queue::Policy policy,
                                                      ChangeSignal signal);

  [[nodiscard]] bool shares_transaction() const override { return false; }
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
  PostgresHall(ConnectionSettings settings, store::Store& store, calendar::HallClock& clock, queue::Policy policy,
               ChangeSignal signal);
  Result<queue::HallReply> send(queue::HallCommand const& command, bool settle);
  Result<nlohmann::json> ask(char const* function, nlohmann::json const& question);
  Result<std::vector<queue::Ticket>> tickets(nlohmann::json const& question);

  store::Store& m_store;
  calendar::HallClock& m_clock;
  queue::Policy m_policy;
  PostgresLink m_link;
  std::string m_epoch;  // "" until first asked for
  ChangeListener m_listener;
};

}  // namespace yizhan::hall

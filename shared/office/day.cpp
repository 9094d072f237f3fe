#include "shared/office/office_state.h"

namespace yizhan::office {

Result<calendar::BusinessDay> Office::State::begin() {
  auto const day = TRY(today());
  if (open_day == day) return day;
  TRY(run(queue::CloseDay{}));
  open_day = day;
  return day;
}

Result<void> Office::close_day(bool closing) {
  auto& office = *m_state;
  TRY(office.run(queue::CloseDay{closing}));
  office.open_day = TRY(office.today());
  if (closing) TRY(office.store.set_setting("office.closed_day", office.open_day->to_string()));
  return {};
}

Result<void> Office::recover() {
  auto& office = *m_state;
  if (!office.recovered_print_jobs) {
    office.offer_unprinted_since = office.env.steady.now();
    auto const forget_printing = [&]() -> Result<void> {
      // Nobody prints any more what the last process had under way.
      auto statement = TRY(office.store.database().prepare(
          "UPDATE print_jobs SET state = CASE state WHEN 'sent' THEN 'unknown' ELSE 'failed' END, updated_at = ? "
          "WHERE state IN ('queued', 'sent')"));
      return statement.bind_all(office.clock.now().time_since_epoch().count()).run();
    };
    TRY(office.store.commit(forget_printing));
    office.recovered_print_jobs = true;
  }
  TRY(office.runner.finish_open_intents());
  TRY(office.begin());
  return {};
}

}  // namespace yizhan::office

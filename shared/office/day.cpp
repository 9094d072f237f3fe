#include "shared/office/office_state.h"

namespace yizhan::office {

Result<calendar::BusinessDay> Office::State::begin() {
  auto const day = TRY(today());
  if (open_day == day) return day;
  TRY(run(queue::CloseDay{}));
  open_day = day;
  return day;
}

Result<void> Office::State::end_days(WallTime at, bool closing) {
  // Not today(): midnight may pass while the hall answers, and the new day must not count as closed.
  auto const day = TRY(calendar::local_day(at, settings.zone));
  TRY(run_at(at, queue::CloseDay{closing}));
  open_day = day;
  if (closing) TRY(store.set_setting("office.closed_day", day.to_string()));
  return {};
}

Result<void> Office::close_day(bool closing) { return m_state->end_days(m_state->clock.now(), closing); }

Result<void> Office::keep_hours() {
  auto& office = *m_state;
  auto const now = office.clock.now();
  auto const day = TRY(calendar::local_day(now, office.settings.zone));
  auto const minute = TRY(calendar::local_minute_of_day(now, office.settings.zone));
  auto const closed = TRY(office.store.setting("office.closed_day"));
  bool const closing = config::are_over(office.settings.hours, minute) && closed != day.to_string();
  return office.end_days(now, closing);
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

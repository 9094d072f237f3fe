#include "shared/sync/pull_lanes.h"

#include "shared/base/log.h"
#include "shared/domain/calendar/hall_time.h"
#include "shared/domain/line/line_port.h"
#include "shared/sync/messages.h"

namespace yizhan::sync {

using namespace std::chrono_literals;

void ChangesLane::start_round() {
  m_in_round = true;
  m_settled = false;
  look_again(Duration{0});
}

void ChangesLane::end_round() {
  m_in_round = false;
  look_again(Duration{0});
}

Result<std::optional<HttpRequest>> ChangesLane::make() {
  if (m_in_round && m_settled) {
    look_again(1h);  // the round's end changes it
    return std::optional<HttpRequest>();
  }
  m_asked_at = m_context.env.steady.now();
  if (m_expired) return std::optional(HttpRequest{"GET", "/v1/snapshot", {}, {}, {}});
  auto const cursor = TRY(m_context.port.cursor());
  auto const wait = m_in_round || m_more ? 0s : m_context.settings.changes_wait;
  return std::optional(HttpRequest{
      "GET", "/v1/changes?cursor=" + percent_encode(cursor) + "&wait=" + std::to_string(wait.count()), {}, {}, wait});
}

Result<void> ChangesLane::take(Answer const& answer) {
  if (answer.is("cursor_expired")) {
    m_expired = true;
    return {};
  }
  if (!answer.ok()) return error_of(answer);
  auto const changes = TRY(m_expired ? read_snapshot(answer.response.body) : read_changes(answer.response.body));
  if (!changes.events.empty() || changes.cursor != TRY(m_context.port.cursor()))
    TRY(m_context.port.apply_changes(changes.events, changes.cursor));
  m_expired = false;
  m_more = changes.more;
  m_settled = m_settled || !m_more;
  // A platform that answers "nothing" without waiting must not be asked in a loop.
  bool const at_once = m_context.env.steady.now() - m_asked_at < 1s;
  look_again(!m_more && changes.events.empty() && at_once ? Duration(5s) : Duration{0});
  return {};
}

void TimeLane::start_round() {
  m_settled = false;
  look_again(Duration{0});
}

Duration TimeLane::setting() const {
  return m_context.env.wall.now().time_since_epoch() - m_context.env.steady.now().time_since_epoch();
}

void TimeLane::watch_clock() {
  constexpr Duration k_tolerated = 2s;
  if (!m_setting || std::chrono::abs(setting() - *m_setting) <= k_tolerated) return;
  log::warning("this machine's clock was set: asking the platform for the time");
  m_setting.reset();
  look_again(Duration{0});
}

Result<std::optional<HttpRequest>> TimeLane::make() {
  m_asked_at = m_context.env.steady.now();
  return std::optional(HttpRequest{"GET", "/v1/time", {}, {}, {}});
}

Result<void> TimeLane::take(Answer const& answer) {
  if (!answer.ok()) return error_of(answer);
  auto const platform = TRY(read_time(answer.response.body));
  auto const trip = m_context.env.steady.now() - m_asked_at;
  // Half a trip is the error of the result.
  if (trip > 10s) return Error::make("network_slow", Retry::later, "the answer says little about now");
  auto const offset = platform - (m_context.env.wall.now() - trip / 2);
  m_context.clock.learn_offset(offset);
  TRY(m_context.port.store_clock(offset, m_context.clock.now()));
  m_setting = setting();
  m_settled = true;
  look_again(m_context.settings.time_interval);
  return {};
}

}  // namespace yizhan::sync
